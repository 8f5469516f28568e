"""A field for a whole number: type it, or press Up and Down."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class CountField(QLineEdit):
    """A whole number between two bounds; a text that is none leaves the number as it is.

    Signals
    -------
    counted : the number is another, by typing or by keys.
    """

    counted = Signal(int)

    def __init__(self, value: int, least: int, most: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(str(value), parent)
        self._value, self._least, self._most = value, least, most
        self.setValidator(QIntValidator(least, most, self))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (Up and Down change it)")
        self.textEdited.connect(self._read)

    @property
    def value(self) -> int:
        """The number."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show another number; nothing is sent."""
        self._value = value
        self.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's own)
        """Step with Up and Down, by ten with the page keys."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._set(self._value + step)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's own)
        """Show the number again where what was typed is none."""
        super().focusOutEvent(event)
        if not self.hasAcceptableInput():
            self.setText(str(self._value))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's own)
        """Step with the wheel while the field is open; else leave the wheel to what lies below."""
        if self.hasFocus() and event.angleDelta().y():
            self._set(self._value + (1 if event.angleDelta().y() > 0 else -1))
        else:
            event.ignore()

    def _set(self, value: int) -> None:
        value = min(self._most, max(self._least, value))
        if value != self._value:
            self.show_value(value)
            self.selectAll()
            self.counted.emit(value)

    def _read(self, text: str) -> None:
        if self.hasAcceptableInput() and int(text) != self._value:
            self._value = int(text)
            self.counted.emit(self._value)
