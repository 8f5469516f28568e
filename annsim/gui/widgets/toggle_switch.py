"""A switch between two levels: its track has the colour of the level, its knob stands left or right."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from annsim.gui.look import Look, size, values
from annsim.gui.theme import theme

WIDTH, HEIGHT = 34, 18
Key = Qt.Key
LEVEL_KEYS: dict[int, bool] = {Key.Key_0: False, Key.Key_Left: False, Key.Key_1: True, Key.Key_Right: True}


class ToggleSwitch(QAbstractButton):
    """A switch for mouse and keys: Space turns it over, 0 and Left set it low, 1 and Right set it high.

    Signals
    -------
    switched : somebody wants it high (True) or low (False).
    """

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = 0.0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.switched)
        theme().changed.connect(self.update)

    def show_level(self, is_high: bool, fill: float) -> None:
        """Show a level, and its number on the scale of colours, -1 to 1."""
        if (is_high, fill) != (self.isChecked(), self._fill):
            self._fill = fill
            self.setChecked(is_high)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(WIDTH + 6, size("control"))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        wanted = LEVEL_KEYS.get(event.key())
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self.click()
        elif wanted is None:
            super().keyPressEvent(event)
        elif wanted != self.isChecked():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the switch and the ring of the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF((self.width() - WIDTH) / 2, (self.height() - HEIGHT) / 2, WIDTH, HEIGHT)
        paint_switch(painter, theme().look, box, self.isChecked(), self._fill, is_hovered=self.underMouse())
        if self.hasFocus():
            width = values()["stroke"]["focus"]
            ring = box.adjusted(-2, -2, 2, 2)
            painter.setPen(QPen(theme().look.colour("focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()


def paint_switch(
    painter: QPainter, look: Look, box: QRectF, is_high: bool | None, fill: float, *, is_hovered: bool = False
) -> None:
    """Paint a switch; the knob stands in the middle where the value is neither level (None)."""
    inside = box.adjusted(0.75, 0.75, -0.75, -0.75)
    radius = inside.height() / 2
    painter.setPen(QPen(look.colour("text" if is_hovered else "neuron_rim"), values()["stroke"]["rim"]))
    painter.setBrush(look.fill(fill))
    painter.drawRoundedRect(inside, radius, radius)
    place = {False: inside.left() + radius, None: inside.center().x(), True: inside.right() - radius}[is_high]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.on_fill(fill))
    knob = radius - 3
    painter.drawEllipse(QPointF(place, inside.center().y()), knob, knob)
