"""Paints what stands beside a drawing: truth table, decision map, curve, points, pictures of classes."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from annsim.gui.look import RAMP_ENTRIES, Look, font, number_text, ramp_table, values
from annsim.gui.welcome.subject import Curve, DecisionMap, Numbers, Pictures, Points, Side, TruthTable

POINT, LARGE_POINT, FEW = 2.2, 4.0, 12  # px, and up to how many points are drawn large
CHIP = 22.0  # px, the width of an output in a truth table
ROW_AT_MOST = 24.0  # px
PICTURE_GAP = 6.0  # px

Ranks = NDArray[np.intp]


def paint_side(painter: QPainter, look: Look, rect: QRectF, side: Side) -> None:
    """Paint it into a rectangle, in pixels."""
    match side:
        case TruthTable():
            _paint_table(painter, look, rect, side)
        case DecisionMap():
            _paint_map(painter, look, rect, side)
        case Curve():
            _paint_curve(painter, look, rect, side)
        case Points():
            _paint_points(painter, look, rect, side)
        case Pictures():
            _paint_pictures(painter, look, rect, side)


def _paint_table(painter: QPainter, look: Look, rect: QRectF, table: TruthTable) -> None:
    """Paint one row of 0 and 1 a line, the outputs as chips in their colours."""
    count, outputs = table.outputs.shape
    height = min(ROW_AT_MOST, rect.height() / count)
    style = font("body" if height >= values()["type"]["small"][1] + 2 else "caption")
    painter.setFont(style)
    texts = [" ".join(f"{bit:.0f}" for bit in row) for row in table.inputs.tolist()]
    advance = painter.fontMetrics().horizontalAdvance(texts[0])
    gap = values()["spacing"]["2"]
    left = rect.center().x() - (advance + outputs * (CHIP + gap)) / 2
    top = rect.center().y() - count * height / 2
    for row, text in enumerate(texts):
        line = QRectF(left, top + row * height, advance + 1, height)
        painter.setPen(look.colour("text_muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        for place, value in enumerate(table.outputs[row].tolist()):
            chip = QRectF(left + advance + gap + place * (CHIP + gap / 2), line.top() + 1, CHIP, height - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.fill(value))
            radius = values()["radius"]["small"]
            painter.drawRoundedRect(chip, radius, radius)
            painter.setPen(look.on_fill(value))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, number_text(value, 0))


def _paint_map(painter: QPainter, look: Look, rect: QRectF, side: DecisionMap) -> None:
    square = _square(rect)
    scale = values()["map"]["ramp_scale"]
    entries = np.rint((side.values * scale + 1) / 2 * (RAMP_ENTRIES - 1)).astype(np.intp)
    colours = np.ascontiguousarray(ramp_table(look.theme, "fill_ramp")[entries])
    height, width = side.values.shape
    image = QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(square, image)
    places = _places(square, side.points, side.low, side.high)
    radius = LARGE_POINT if len(places) <= FEW else POINT + 0.4
    for place, is_upper in zip(places, side.classes.tolist(), strict=True):
        painter.setPen(QPen(look.colour("canvas"), 1))
        painter.setBrush(look.fill(1.0 if is_upper else -1.0))
        painter.drawEllipse(place, radius, radius)
    _paint_frame(painter, look, square)


def _paint_curve(painter: QPainter, look: Look, rect: QRectF, side: Curve) -> None:
    both = np.vstack([side.line, side.points])
    low, high = both.min(axis=0), both.max(axis=0)
    margin = 0.06 * np.maximum(high - low, 1e-12)
    low, high = low - margin, high + margin
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("curve_reference"))
    for place in _places(rect, side.points, low, high):
        painter.drawEllipse(place, POINT - 0.4, POINT - 0.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("curve_training"), 2))
    painter.drawPolyline(QPolygonF(_places(rect, side.line, low, high)))


def _paint_points(painter: QPainter, look: Look, rect: QRectF, side: Points) -> None:
    low, high = side.points.min(axis=0), side.points.max(axis=0)
    colours = values()["themes"][look.theme]["classes"]
    painter.setPen(QPen(look.colour("canvas"), 1))
    inside = _square(rect).adjusted(4, 4, -4, -4)
    for place, rank in zip(_places(inside, side.points, low, high), side.classes.tolist(), strict=True):
        painter.setBrush(QBrush(QColor(colours[rank % len(colours)])))
        _paint_mark(painter, place, rank)


def _paint_mark(painter: QPainter, place: QPointF, rank: int) -> None:
    """Paint the first marks of the look: square, circle, triangle, diamond; then again from the first."""
    half = POINT + 0.8
    if rank % 4 == 1:
        painter.drawEllipse(place, half, half)
        return
    corners = {
        0: [(-half, -half), (half, -half), (half, half), (-half, half)],
        2: [(0, -half - 0.6), (half + 0.6, half), (-half - 0.6, half)],
        3: [(0, -half - 0.8), (half + 0.8, 0), (0, half + 0.8), (-half - 0.8, 0)],
    }[rank % 4]
    painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in corners]))


def _paint_pictures(painter: QPainter, look: Look, rect: QRectF, side: Pictures) -> None:
    """Paint the pictures in rows, as large as they fit: ink in the colour of text."""
    count = len(side.pixels)
    columns = max(range(1, count + 1), key=lambda n: _cell(rect, n, -(-count // n)))
    rows = -(-count // columns)
    cell = _cell(rect, columns, rows)
    ink, ground = look.colour("text"), look.colour("canvas")
    left = rect.center().x() - (columns * (cell + PICTURE_GAP) - PICTURE_GAP) / 2
    top = rect.center().y() - (rows * (cell + PICTURE_GAP) - PICTURE_GAP) / 2
    for number, pixels in enumerate(side.pixels):
        place = QPointF(left + number % columns * (cell + PICTURE_GAP), top + number // columns * (cell + PICTURE_GAP))
        square = QRectF(place.x(), place.y(), cell, cell)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(square, _ink_image(pixels, ink, ground))
        _paint_frame(painter, look, square)


def _cell(rect: QRectF, columns: int, rows: int) -> float:
    """Return how large the pictures are in so many columns and rows."""
    return min((rect.width() + PICTURE_GAP) / columns, (rect.height() + PICTURE_GAP) / rows) - PICTURE_GAP


def _ink_image(pixels: Numbers, ink: QColor, ground: QColor) -> QImage:
    ends = np.array([[ground.red(), ground.green(), ground.blue()], [ink.red(), ink.green(), ink.blue()]], np.float64)
    shades = ends[0] + pixels[..., None] * (ends[1] - ends[0])
    colours = np.ascontiguousarray(np.rint(shades).astype(np.uint8))
    side = len(pixels)
    return QImage(colours.data, side, side, 3 * side, QImage.Format.Format_RGB888).copy()


def _paint_frame(painter: QPainter, look: Look, square: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("border"), 1))
    painter.drawRect(square)


def _places(rect: QRectF, points: Numbers, low: Numbers, high: Numbers) -> list[QPointF]:
    """Return where data points lie in a rectangle, y upwards."""
    share = (points - low) / np.maximum(high - low, 1e-12)
    x = rect.left() + share[:, 0] * rect.width()
    y = rect.bottom() - share[:, 1] * rect.height()
    return [QPointF(*place) for place in np.column_stack([x, y]).tolist()]


def _square(rect: QRectF) -> QRectF:
    size = min(rect.width(), rect.height())
    square = QRectF(0, 0, size, size)
    square.moveCenter(rect.center())
    return square
