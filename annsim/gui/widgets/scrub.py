"""Numbers that are dragged: a pixel to the right adds a hundredth, with Shift a tenth of that, with Ctrl ten times."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from annsim.gui.holding import holding

if TYPE_CHECKING:
    from annsim.gui.widgets.number_field import NumberField

STARTS_AFTER = 4  # px; before, it is a click
NORMAL, FINE, COARSE = 10, 1, 100  # thousandths a pixel
HINT = "Drag to the right or left to change it: 0.01 a pixel, finer with Shift, coarser with Ctrl"


class Scrub:
    """One drag that changes a number; back at its beginning the number is exactly what it was."""

    def __init__(self, start: float, x: float) -> None:
        self.start = start
        self._x = round(x)
        self._thousandths = 0

    def moved(self, x: float, modifiers: Qt.KeyboardModifier) -> float:
        """Return the number after the pointer has moved to `x`, in pixels."""
        across, self._x = round(x) - self._x, round(x)
        is_fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        is_coarse = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._thousandths += across * (FINE if is_fine else COARSE if is_coarse else NORMAL)
        return changed(self.start, self._thousandths / 1000)


def changed(value: float, by: float) -> float:
    """Return a number changed by a round one; else 0.1 + 0.2 would show as 0.30000000000000004."""
    return float(f"{value + by:.15g}") if by else value


class FieldScrub(QObject):
    """Lets the number of a field be dragged: with Alt in the field itself, or on its label."""

    def __init__(self, field: "NumberField") -> None:
        super().__init__(field)
        self._field = field
        self._scrub: Scrub | None = None
        self._press: QPointF | None = None
        field.installEventFilter(self)

    def take_label(self, label: QLabel) -> None:
        """Let the number be dragged on its label, too."""
        label.installEventFilter(self)
        label.setCursor(Qt.CursorShape.SizeHorCursor)
        label.setToolTip(label.toolTip() or HINT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own)
        """Take the events of a drag; leave all others alone."""
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            return self._mouse(watched, event)
        if self._scrub is not None and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self._field.put_back()
                self._end()
            event.accept()  # no shortcut in the middle of a drag
            return True
        return False

    def _mouse(self, watched: QWidget, event: QMouseEvent) -> bool:
        kind, place = event.type(), event.globalPosition()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            is_meant = watched is not self._field or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._press = place if is_meant and self._can_change() else None
        elif self._press is None:
            return False
        elif kind == QEvent.Type.MouseMove:
            if self._scrub is None and (place - self._press).manhattanLength() >= STARTS_AFTER:
                self._begin(self._press)
            if self._scrub is not None:
                self._field.change_to(self._scrub.moved(place.x(), event.modifiers()))
        elif kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            was_click, self._press = self._scrub is None, None
            if was_click:
                self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._end()
            return True
        return self._press is not None

    def _can_change(self) -> bool:
        field = self._field
        if not field.isEnabled() or field.isReadOnly() or not field.commit():
            return False
        return field.value is not None and math.isfinite(field.value)

    def _begin(self, press: QPointF) -> None:
        value = self._field.value
        if value is None:
            return
        self._scrub = Scrub(value, press.x())
        self._field.begin_session()
        self._field.setCursor(Qt.CursorShape.SizeHorCursor)
        self._field.grabKeyboard()  # Esc puts back, whatever has the focus
        holding().begin()

    def _end(self) -> None:
        if self._scrub is not None:
            self._scrub, self._press = None, None
            self._field.releaseKeyboard()
            self._field.setCursor(Qt.CursorShape.IBeamCursor)
            self._field.begin_session()
            holding().end()
