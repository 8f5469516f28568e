"""The thin lines that show what a dragged thing is in line with, and the marks of equal gaps."""

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.snap import Snapped
from annsim.gui.look import Look, values

STROKE = float(values()["stroke"]["hairline"])
BEYOND = 16.0  # px by which a line stands out beyond the rims
HASH_LENGTH, HASH_APART = 10.0, 4.0  # px of the two short strokes that mark equal lengths


def paint_guides(painter: QPainter, look: Look, eye: Eye, snapped: Snapped) -> None:
    """Paint lines and marks over the canvas, in viewport pixels."""
    painter.setPen(QPen(look.colour("accent"), STROKE))
    for line in snapped.lines:
        painter.drawLine(_longer(_on_screen(eye, line), eye.radius + BEYOND))
    painter.setPen(QPen(look.colour("accent"), 2 * STROKE))
    for gap in snapped.gaps:
        middle = _on_screen(eye, gap).center()
        is_upright = gap[0] == gap[2]
        for off in (-HASH_APART / 2, HASH_APART / 2):
            x, y = (middle.x(), middle.y() + off) if is_upright else (middle.x() + off, middle.y())
            dx, dy = (HASH_LENGTH / 2, 0.0) if is_upright else (0.0, HASH_LENGTH / 2)
            painter.drawLine(QLineF(x - dx, y - dy, x + dx, y + dy))


def _longer(line: QLineF, by: float) -> QLineF:
    """Return a line that goes on beyond both ends, where no neuron and no arrow covers it."""
    along = QPointF(line.dx(), line.dy()) / max(line.length(), 1.0) * by
    return QLineF(line.p1() - along, line.p2() + along)


def _on_screen(eye: Eye, line: tuple[float, float, float, float]) -> QLineF:
    """Return a line on whole pixels, so that it is sharp."""
    (x1, y1), (x2, y2) = eye.to_screen(((line[0], line[1]), (line[2], line[3]))).round().tolist()
    return QLineF(x1 + 0.5, y1 + 0.5, x2 + 0.5, y2 + 0.5)
