"""One connection as a row: names, weight in a field, a bar from a middle line, a padlock."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from annsim.gui.look import font, size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.choice_box import LockButton
from annsim.gui.widgets.number_field import NumberField

BAR = 10  # height of the bar
LEAST_NAMES, LEAST_BAR = 60, 36
WIDEST_NUMBER = "−0.00000"


class WeightBar(QWidget):
    """A bar from a middle line: right and blue for a positive weight, left and orange for a negative one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(LEAST_BAR)
        theme().changed.connect(self.update)

    def show_share(self, share: float) -> None:
        """Show a weight as its share of the largest one, -1 to 1."""
        share = max(-1.0, min(1.0, share)) if share == share else 0.0
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(80, size("list_row"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the middle line and the bar."""
        painter, look = QPainter(self), theme().look
        middle, half = self.width() // 2, self.width() / 2 - 1
        length = self._share * half
        bar = QRectF(middle, (self.height() - BAR) / 2, length, BAR).normalized()
        painter.fillRect(bar, look.fill(1.0 if self._share > 0 else -1.0))
        painter.setPen(QPen(look.colour("plot_axis"), 1))
        painter.drawLine(middle, (self.height() - BAR) // 2 - 3, middle, (self.height() + BAR) // 2 + 3)
        painter.end()


class ElidedLabel(QLabel):
    """A line of text that gives way: first to a shorter text, then with "…"; its tool tip keeps the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = self._short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_whole(self, text: str, short: str = "") -> None:
        """Set the whole text, and what says the same where there is little room."""
        self._whole, self._short = text, short or text
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics, room = self.fontMetrics(), max(0, self.width())
        bare = self._short.strip("→ ")
        shown = next(
            (text for text in (self._whole, self._short, bare) if metrics.horizontalAdvance(text) <= room),
            metrics.elidedText(bare, Qt.TextElideMode.ElideMiddle, room),
        )
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)


class ConnectionRow(QWidget):
    """One connection; rows are used again for other connections, since making them costs more than filling them.

    Signals
    -------
    weight_wanted : (connection id, weight, session of the field).
    lock_wanted : (connection id, locked).
    refused : the weight typed is no number; carries why.
    """

    weight_wanted = Signal(int, float, int)
    lock_wanted = Signal(int, bool)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.connection_id = 0
        self._locked: bool | None = None
        self._names = ""
        self.names = ElidedLabel()
        self.names.setMinimumWidth(LEAST_NAMES)
        self.field = NumberField()
        self.field.setFixedWidth(number_width())
        self.bar = WeightBar()
        self.lock = LockButton("the weight")
        row = size("list_row")
        self.setFixedHeight(row + values()["spacing"]["1"])
        self.lock.setFixedSize(size("chip"), row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(values()["spacing"]["1"])
        layout.addWidget(self.names, 3)
        layout.addWidget(self.field)
        layout.addWidget(self.bar, 2)
        layout.addWidget(self.lock)
        self.field.committed.connect(self._want_weight)
        self.field.refused.connect(self.refused)
        self.lock.toggled_by_hand.connect(lambda locked: self.lock_wanted.emit(self.connection_id, locked))

    def start(self, connection_id: int, names: str, short: str, weight: float, locked: bool) -> None:
        """Show another connection."""
        self.connection_id = connection_id
        self._names = ""
        self.show_names(names, short)
        self.field.start_over(weight)
        self._locked = None
        self.show_locked(locked)

    def show_names(self, names: str, short: str) -> None:
        """Show the names of source and target; `short` where both have no room."""
        if names != self._names:
            self._names = names
            self.names.set_whole(names, short)
            self.field.setAccessibleName(f"Weight of {names}")
            self.field.set_hint(f"Weight w of the connection {names}; Up and Down change it by 0.01")
            self.lock.set_what(f"the weight of {names}")

    def show_weight(self, weight: float, is_live: bool) -> None:
        """Show the weight; see NumberField.set_number."""
        if weight != self.field.value:
            self.field.set_number(weight, is_live=is_live)
        elif not is_live:
            self.field.set_number(weight)

    def show_locked(self, locked: bool) -> None:
        """Show whether training leaves the weight as it is."""
        if locked != self._locked:
            self._locked = locked
            self.lock.show_locked(locked)

    def _want_weight(self, weight: float) -> None:
        self.weight_wanted.emit(self.connection_id, weight, self.field.session)


def number_width() -> int:
    """Return the width of a number field that shows five digits with sign and exponent."""
    return QFontMetrics(font("body")).horizontalAdvance(WIDEST_NUMBER) + 2 * values()["spacing"]["2"] + 4
