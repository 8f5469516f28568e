"""Texts on the canvas: outlined, and drawn once into a small picture that is used again."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from annsim.gui.look import font, number_text, values

OUTLINE = 4.0


def sized_font(pixels: float, weight: int) -> QFont:
    """Return the program's font in a size in pixels, with figures of one width."""
    return _font(round(pixels * 2) / 2, weight)


@lru_cache(maxsize=256)
def _font(pixels: float, weight: int) -> QFont:
    result = font("body")
    result.setPixelSize(max(6, round(pixels)))
    result.setWeight(QFont.Weight(weight))
    return result


@lru_cache(maxsize=64)
def symbol_font(pixels: float) -> QFont:
    """Return the font of variables in formulas beside numbers of a size in pixels."""
    result = font("body")
    result.setFamilies(values()["type"]["family_formula"])
    result.setPixelSize(round(pixels) + 1)  # these serif faces stand smaller than those of a user interface
    result.setItalic(True)
    return result


def paint_outlined(painter: QPainter, middle: QPointF, text: str, style: QFont, ink: QColor, ground: QColor) -> None:
    """Paint a text centred on a point, with an outline in the colour of the ground."""
    ratio = painter.device().devicePixelRatioF()
    picture = _outlined(text, style.pixelSize(), style.weight(), ink.name(), ground.name(), ratio)
    size = picture.deviceIndependentSize()
    painter.drawImage(QPointF(round(middle.x() - size.width() / 2), round(middle.y() - size.height() / 2)), picture)


@lru_cache(maxsize=4096)
def _outlined(text: str, pixels: int, weight: int, ink: str, ground: str, ratio: float) -> QImage:
    style = sized_font(pixels, weight)
    metrics = QFontMetricsF(style)
    width, height = metrics.horizontalAdvance(text) + 2 * OUTLINE, metrics.height() + OUTLINE
    picture = QImage(round(width * ratio) + 1, round(height * ratio) + 1, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addText(OUTLINE, OUTLINE / 2 + metrics.ascent(), style, text)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(ground), OUTLINE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    # hinted glyphs are sharper than a filled path
    painter.setFont(style)
    painter.setPen(QColor(ink))
    painter.drawText(QPointF(OUTLINE, OUTLINE / 2 + metrics.ascent()), text)
    painter.end()
    return picture


def paint_centred(painter: QPainter, middle: QPointF, text: str, style: QFont, ink: QColor) -> None:
    """Paint a text centred on a point."""
    painter.setFont(style)
    painter.setPen(ink)
    painter.drawText(QRectF(middle.x() - 200, middle.y() - 40, 400, 80), Qt.AlignmentFlag.AlignCenter, text)


def fitting_number(value: float, decimals: int, style: QFont, room: float) -> str:
    """Return a number with fixed decimals, or with as many digits as there is room for."""
    metrics = QFontMetricsF(style)
    text = ""
    for text in (number_text(value, decimals), number_text(value, 1), number_text(value, 0), f"{value:.0e}"):
        if metrics.horizontalAdvance(text) <= room:
            break
    return text.replace("-", "−").replace("e+0", "e").replace("e+", "e")
