"""The mark of the program: two neurons and a third, joined, on a ground of the accent."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from annsim.gui.look import Look

NEURONS = ((0.31, 0.3, 0.1), (0.31, 0.7, 0.1), (0.7, 0.5, 0.15))  # centre and radius, as shares of the side
ICON_SIZES = (16, 24, 32, 48, 64, 128)


def paint_logo(painter: QPainter, look: Look, rect: QRectF) -> None:
    """Paint it into a square."""
    side = rect.width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("accent"))
    painter.drawRoundedRect(rect, 0.21 * side, 0.21 * side)
    ink = look.colour("on_accent")
    first, second, last = (QPointF(rect.left() + x * side, rect.top() + y * side) for x, y, _ in NEURONS)
    painter.setPen(QPen(ink, 0.06 * side))
    for start in (first, second):
        painter.drawLine(start, last)
    painter.setBrush(ink)
    for centre, (_, _, radius) in zip((first, second, last), NEURONS, strict=True):
        is_open = centre is second
        painter.setBrush(look.colour("accent") if is_open else ink)
        painter.setPen(QPen(ink, 0.055 * side) if is_open else QPen(Qt.PenStyle.NoPen))
        painter.drawEllipse(centre, radius * side, radius * side)
    painter.restore()


def program_icon(look: Look) -> QIcon:
    """Return the icon of the program's windows."""
    result = QIcon()
    for side in ICON_SIZES:
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_logo(painter, look, QRectF(0, 0, side, side))
        painter.end()
        result.addPixmap(picture)
    return result
