"""What lies over the corners of the canvas: the scale of outputs and the zoom control."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from annsim.gui.icons import icon
from annsim.gui.look import Look, font
from annsim.gui.theme import theme

MARGIN = 12
BAR, BAR_HEIGHT = 96, 8
STOPS = 16


class Scale(QWidget):
    """The colours of outputs from -1 to 1, with their word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        word = self.fontMetrics().horizontalAdvance("output")
        return QSize(word + 12 + BAR + 12, 28)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        look = theme().look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("text_muted"))
        painter.setFont(font("small"))
        painter.drawText(QRectF(0, 0, 200, 16), Qt.AlignmentFlag.AlignVCenter, "output")
        left = painter.fontMetrics().horizontalAdvance("output") + 12
        ramp = QLinearGradient(left, 0, left + BAR, 0)
        for k in range(STOPS + 1):
            ramp.setColorAt(k / STOPS, look.fill(2 * k / STOPS - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(QRectF(left, 4, BAR, BAR_HEIGHT), 2, 2)
        painter.setPen(look.colour("text_muted"))
        painter.setFont(font("caption"))
        for share, text in ((0.0, "−1"), (0.5, "0"), (1.0, "1")):
            middle = QPointF(left + share * BAR, 21)
            painter.drawText(QRectF(middle.x() - 20, 13, 40, 16), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class Legend(QFrame):
    """The scale of outputs on a card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a double-click here adds no neuron below
        self.setObjectName("output_scale")
        self.setAccessibleName("Scale of outputs")
        self.setToolTip("Fill colour of a neuron: its output, from −1 (orange) over 0 (grey) to 1 (blue)")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 6, 4)
        layout.addWidget(Scale(self))
        self.adjustSize()


class ZoomControl(QFrame):
    """Zoom out, the present zoom, zoom in, fit."""

    zoomed_in = Signal()
    zoomed_out = Signal()
    fitted = Signal()
    reset = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a double-click here adds no neuron below
        self.setObjectName("zoom_control")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(0)
        self._buttons: dict[str, QToolButton] = {}
        for name, word, tip, signal in (
            ("zoom_out", "Zoom out", "Zoom out (Ctrl+−, or the wheel)", self.zoomed_out),
            ("", "100 %", "Zoom to 100 % (Ctrl+1)", self.reset),
            ("zoom_in", "Zoom in", "Zoom in (Ctrl++, or the wheel)", self.zoomed_in),
            ("zoom_fit", "Fit", "Show the whole network (Ctrl+0)", self.fitted),
        ):
            button = QToolButton(self)
            button.setAccessibleName(word)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys of the menu do the same
            button.setCursor(Qt.CursorShape.ArrowCursor)
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(lambda checked=False, signal=signal: signal.emit())
            self._buttons[name] = button
            layout.addWidget(button)
        self._buttons[""].setFont(font("small"))
        self._buttons[""].setMinimumWidth(58)
        theme().changed.connect(self._take_icons)
        self._take_icons()
        self.show_zoom(1.0)

    def show_zoom(self, zoom: float) -> None:
        """Show a zoom in per cent."""
        percent = 100 * zoom
        self._buttons[""].setText(f"{percent:.0f} %" if percent >= 1 else f"{percent:.1f} %")
        self.adjustSize()

    def _take_icons(self) -> None:
        for name, button in self._buttons.items():
            if name:
                button.setIcon(icon(name))


def paint_count(painter: QPainter, look: Look, drawn: int, in_view: int) -> None:
    """Paint in the upper left corner how many connections are drawn, where it is not all of them."""
    if drawn >= in_view:
        return
    text = f"Strongest {drawn:,} of {in_view:,} connections"
    painter.setFont(font("small"))
    rect = QRectF(MARGIN + 0.5, MARGIN + 0.5, painter.fontMetrics().horizontalAdvance(text) + 24, 28)
    painter.setPen(look.colour("border"))
    painter.setBrush(look.colour("raised"))
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(look.colour("text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
