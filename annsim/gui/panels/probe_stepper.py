"""Chooses a row of the data: a number between two buttons."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from annsim.gui.icons import icon
from annsim.gui.look import font, size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.connection_row import ElidedLabel

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class RowEntry(QLineEdit):
    """The number of a row: Enter or leaving the field takes what was typed, Esc puts back, Up and Down step.

    Signals
    -------
    row_wanted : another row.
    refused : what was typed is no row; carries why.
    """

    row_wanted = Signal(int)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row, self._count = 0, 1
        self.setAccessibleName("Row of the data")
        self.setToolTip("Row of the data on the canvas, counted from 0; Up and Down go to its neighbours")
        self.editingFinished.connect(self._take)

    def show_row(self, row: int, count: int) -> None:
        """Show a row of so many; what is being typed stays."""
        self._row, self._count = row, count
        digits = QFontMetrics(font("body")).horizontalAdvance("0" * max(3, len(str(count - 1))))
        self.setFixedWidth(digits + 2 * values()["spacing"]["2"] + 6)
        if not self.isModified():
            self.setText(str(row))

    def step(self, by: int) -> None:
        """Go so many rows on, as far as there are any."""
        row = min(max(self._row + by, 0), self._count - 1)
        self.setModified(False)
        if row != self._row:
            self.row_wanted.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() in STEPS:
            self.step(STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._put_back()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if not self.isModified():
            return
        text = self.text().strip()
        plain = re.sub(r"[, _]", "", text)
        self._put_back()
        if not (plain.isascii() and plain.isdigit() and int(plain) < self._count):
            self.refused.emit(f"“{text[:40]}” is no row: there are rows 0 to {self._count - 1:,}.")
        elif int(plain) != self._row:
            self.row_wanted.emit(int(plain))

    def _put_back(self) -> None:
        self.setModified(False)
        self.setText(str(self._row))


class RowStepper(QWidget):
    """Back, number, next, and how many rows there are.

    Signals
    -------
    row_wanted : another row.
    refused : what was typed is no row; carries why.
    """

    row_wanted = Signal(int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = RowEntry()
        self.back, self.next = self._button("Row before this one", -1), self._button("Next row", 1)
        self._range = ElidedLabel()
        self._range.setProperty("role", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(values()["spacing"]["1"])
        for part in (self.back, self.entry, self.next):
            layout.addWidget(part)
        layout.addWidget(self._range, 1)
        self.entry.row_wanted.connect(self.row_wanted)
        self.entry.refused.connect(self.refused)
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_row(self, row: int, count: int) -> None:
        """Show a row of so many."""
        self.entry.show_row(row, count)
        self.back.setEnabled(row > 0)
        self.next.setEnabled(row < count - 1)
        self._range.set_whole(f"of {count:,} rows", f"of {count:,}")

    def _button(self, name: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoRepeat(True)
        button.setFixedSize(size("control") - 4, size("control"))
        button.clicked.connect(lambda: self.entry.step(by))
        return button

    def _recolour(self) -> None:
        forward = icon("chevron_right", size=size("icon_small"))
        self.next.setIcon(forward)
        self.back.setIcon(_mirrored(forward))


def _mirrored(picture: QIcon) -> QIcon:
    result, side = QIcon(), size("icon_small")
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        result.addPixmap(picture.pixmap(side, mode).transformed(QTransform.fromScale(-1, 1)), mode)
    return result
