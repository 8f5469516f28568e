"""The dots of the ground."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from annsim.gui.canvas.eye import Eye
from annsim.gui.look import Look, size

LEAST_DISTANCE = 16.0  # px between dots


def dot_distance(zoom: float) -> float:
    """Return the distance of the dots on screen."""
    distance = size("grid") * zoom
    while distance < LEAST_DISTANCE:
        distance *= 2
    return distance


class Grid:
    """Paints dots every 24 px of the scene, every 48 when looked at from farther off, and so on."""

    def __init__(self) -> None:
        self._picture = QImage()
        self._key: tuple[object, ...] = ()

    def paint(self, painter: QPainter, look: Look, eye: Eye) -> None:
        """Paint into a viewport, in pixels."""
        painter.fillRect(eye.rect, look.colour("canvas"))
        key = eye, look.theme
        if key != self._key:
            self._key = key
            self._draw(look.colour("grid_dot"), eye)
        painter.drawImage(0, 0, self._picture)

    def _draw(self, colour: QColor, eye: Eye) -> None:
        distance = dot_distance(eye.zoom)
        picture = eye.picture()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        columns = [eye.dx % distance + k * distance for k in range(int(eye.width / distance) + 1)]
        rows = [eye.dy % distance + k * distance for k in range(int(eye.height / distance) + 1)]
        painter.drawPoints([QPointF(x, y) for y in rows for x in columns])
        painter.end()
        self._picture = picture
