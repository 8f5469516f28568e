"""The canvas without neurons: what it is for, and three ways to begin."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annsim.gui.canvas.eye import Eye
from annsim.gui.icons import icon
from annsim.gui.look import Look, font
from annsim.gui.theme import theme

GHOST_RADIUS = 22.0
GHOSTS = ((-84.0, -84.0), (-84.0, -16.0), (84.0, -50.0))  # the middle of the canvas is (0, 0)
TITLE_TOP, LINE_TOP, BUTTONS_TOP = 36.0, 62.0, 96.0
RAISED = 11.0  # the whole stands a little above the middle of its own height
WAYS = (
    ("layers_full", "Connected layers", "Add layers of neurons, fully connected"),
    ("fit_network", "From my data ...", "Choose data, and make the inputs and outputs it needs"),
    ("lesson", "Example ...", "Open one of the examples"),
)


class EmptyButtons(QWidget):
    """The three buttons in a row, `layers`, `data` and `example`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._buttons = []
        for _, text, tip in WAYS:
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAccessibleName(text.removesuffix(" ..."))
            button.setIconSize(QSize(18, 18))
            layout.addWidget(button)
            self._buttons.append(button)
        self.layers, self.data, self.example = self._buttons
        theme().changed.connect(self._take_icons)
        self._take_icons()

    def place(self, width: int, height: int) -> None:
        """Stand below the words in the middle of the canvas."""
        self.adjustSize()
        self.move((width - self.width()) // 2, int(height / 2 - RAISED + BUTTONS_TOP))

    def _take_icons(self) -> None:
        for (name, _, _), button in zip(WAYS, self._buttons, strict=True):
            button.setIcon(icon(name, size=18))
        self.adjustSize()


def paint_empty(painter: QPainter, look: Look, eye: Eye) -> None:
    """Paint ghost neurons and the words, in viewport pixels."""
    middle = QPointF(eye.width / 2, eye.height / 2 - RAISED)
    ink = look.colour("border_strong")
    first, second, last = (middle + QPointF(x, y) for x, y in GHOSTS)
    dashed = QPen(ink, 1.5)
    dashed.setDashPattern([3, 2.4])
    painter.setBrush(look.colour("canvas"))
    painter.setPen(dashed)
    for ghost in (first, second, last):
        painter.drawEllipse(ghost, GHOST_RADIUS, GHOST_RADIUS)
    for ghost in (first, second):
        _paint_ghost_arrow(painter, ghost, last, QPen(ink, 1.5))
    for top, style, token, text in (
        (TITLE_TOP, font("title"), "text", "Drag a neuron onto the canvas, or double-click"),
        (LINE_TOP, font("body"), "text_muted", "Then draw from its rim to another neuron to connect them."),
    ):
        painter.setFont(style)
        painter.setPen(look.colour(token))
        rect = QRectF(0, middle.y() + top, eye.width, 22)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_ghost_arrow(painter: QPainter, start: QPointF, end: QPointF, pen: QPen) -> None:
    way = end - start
    step = way / (way.x() ** 2 + way.y() ** 2) ** 0.5
    side = QPointF(-step.y(), step.x()) * 4
    tip = end - step * (GHOST_RADIUS + 3)
    painter.setPen(pen)
    painter.drawLine(start + step * (GHOST_RADIUS + 4), tip - step * 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.drawPolygon(QPolygonF([tip, tip - step * 10 + side, tip - step * 10 - side]))
