"""The fields that open on the canvas over a number or a name, and the tag that says why a text is not taken."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from annsim.gui.canvas.in_place_texts import STAYS_OPEN
from annsim.gui.canvas.neuron_text import symbol_font
from annsim.gui.look import font, size, values
from annsim.gui.widgets.number_field import NumberField
from annsim.network.neuron import NAME_LIMIT

Key = Qt.Key
PAD: int = values()["spacing"]["2"]
WIDEST_NUMBER = "−0.00000000"
LEAST_NAME = 96


class InPlaceKeys(QObject):
    """What keys and focus mean in a field that is open on the canvas.

    Signals
    -------
    accepted, cancelled : Enter, Esc.
    left : the focus went elsewhere in the window.
    turned : Tab or Shift+Tab; carries whether forward.
    """

    accepted = Signal()
    cancelled = Signal()
    left = Signal()
    turned = Signal(bool)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own)
        """Take those keys; the field gets all others."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in STAYS_OPEN:
                self.left.emit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Key.Key_Return, Key.Key_Enter):
                self.accepted.emit()
            elif key == Key.Key_Escape:
                self.cancelled.emit()
            elif key in (Key.Key_Tab, Key.Key_Backtab):
                self.turned.emit(key == Key.Key_Tab)
            else:
                return False
            return True
        return False


class ValueField(NumberField):
    """A number in its place, with its symbol before it."""

    def __init__(self, parent: QWidget, symbol: str) -> None:
        super().__init__(parent)
        self.setObjectName("value_field")
        self.shows_reason = False
        label = QLabel(symbol, self)
        label.setFont(symbol_font(font("body").pixelSize()))
        label.setProperty("role", "muted")
        label.setGeometry(PAD, 0, label.sizeHint().width(), size("control"))
        self.setTextMargins(label.width() + PAD // 2, 0, 0, 0)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        width = QFontMetrics(font("body")).horizontalAdvance(WIDEST_NUMBER)
        return QSize(width + self.textMargins().left() + 2 * PAD + 4, super().sizeHint().height())


class NeuronNameField(QLineEdit):
    """A name in its place."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(name, parent)
        self.setObjectName("name_field")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setMaxLength(NAME_LIMIT)
        self.selectAll()

    def mark(self, is_wrong: bool) -> None:
        """Show whether the name was refused."""
        if is_wrong != bool(self.property("wrong")):
            self.setProperty("wrong", is_wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        width = self.fontMetrics().horizontalAdvance(self.text()) + 4 * PAD
        return QSize(max(LEAST_NAME, width), super().sizeHint().height())


class ReasonTag(QLabel):
    """Says below a field, or above it where there is no room, why its text is not taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._viewport = parent
        self.setObjectName("reason_tag")
        self.setProperty("role", "error")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(PAD, PAD // 2, PAD, PAD // 2)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, reason: str, field: QRect) -> None:
        """Show a reason beside a field; "" takes it away."""
        self.setText(reason)
        self.setVisible(bool(reason))
        self.adjustSize()
        self.place(field)

    def place(self, field: QRect) -> None:
        """Stand beside a field that has moved."""
        area, gap = self._viewport.rect(), PAD // 2
        below = field.bottom() + gap
        top = below if below + self.height() <= area.bottom() else field.top() - gap - self.height()
        self.move(QPoint(max(gap, min(field.left(), area.right() - gap - self.width())), top))
        self.raise_()
