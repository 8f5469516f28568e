"""Icons: drawn from the paths of the look, in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annsim.gui.look import Look, values
from annsim.gui.theme import theme

SCALES = (1.0, 1.5, 2.0)


def icon(name: str, token: str = "text", size: int = 20) -> QIcon:  # noqa: S107 (a colour token, no password)
    """Return an icon in the colour of a token, with its disabled variant."""
    look = theme().look
    result = QIcon()
    for scale in SCALES:
        pixels = round(size * scale)
        result.addPixmap(_pixmap(name, look.name(token), pixels, scale))
        result.addPixmap(_pixmap(name, look.name("text_disabled"), pixels, scale), QIcon.Mode.Disabled)
    return result


def pixmap(name: str, look: Look, token: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return one picture of an icon."""
    return _pixmap(name, look.name(token), round(size * scale), scale)


def paint_icon(painter: QPainter, name: str, colour: QColor, rect: QRectF) -> None:
    """Paint an icon into a rectangle."""
    _renderer(name, colour.name()).render(painter, rect)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    width = values()["stroke"]["icon"]
    body = values()["icons"][name]["svg"]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


@cache
def _pixmap(name: str, colour: str, pixels: int, scale: float) -> QPixmap:
    picture = QPixmap(QSize(pixels, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter)
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture
