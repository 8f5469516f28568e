"""How arrows are painted: few of them one by one with heads, many of them as thin lines, the weakest first."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annsim.gui.canvas import arrow_style
from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.arrow_shape import Shapes
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import Look, values

HEADS_FROM = 0.5  # zoom
SELECTED_BAND = 6.0
BAND_OPACITY = float(values()["arrow"]["selected_band_opacity"])
DASH = [float(length) for length in values()["arrow"]["dash_high_contrast_negative"]]
LEVELS = 48  # steps of strength in which many arrows are drawn
SMOOTH_UP_TO = 10_000
FAINTEST, GAIN = 0.06, 0.30  # opacity of a thin line by strength, where very many are drawn
VERY_MANY = 60_000


def paint_arrows(painter: QPainter, look: Look, stage: Stage, arrows: Shapes, weights: Numbers) -> None:
    """Paint arrows one by one, the weakest first, and their heads over all lines."""
    if not len(weights):
        return
    strengths, zoom = stage.scale.strength(weights), stage.zoom
    order = np.argsort(strengths, kind="stable").tolist()
    widths = [arrow_style.width(strength, zoom) for strength in strengths.tolist()]
    signs = np.sign(np.nan_to_num(weights)).tolist()
    colours = [arrow_style.colour(look, sign, s) for sign, s in zip(signs, strengths.tolist(), strict=True)]
    heads = [arrow_style.head(width) for width in widths] if zoom >= HEADS_FROM else [(0.0, 0.0)] * len(widths)
    lengths, halves = np.array(heads).T[:, :, None]
    way = arrows.tip - arrows.control
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    side = np.stack((-way[:, 1], way[:, 0]), axis=1) * halves
    back = arrows.tip - way * lengths
    lines = np.concatenate((arrows.start, arrows.tip - way * lengths * 0.85), axis=1).tolist()
    triangles = np.concatenate((arrows.tip, back + side, back - side), axis=1).tolist()
    for k in order:
        pen = QPen(colours[k], widths[k], Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if look.is_high_contrast and signs[k] < 0:
            pen.setDashPattern([length / widths[k] for length in DASH])
        painter.setPen(pen)
        line = QLineF(*lines[k])
        if arrows.is_bent[k]:
            path = QPainterPath(line.p1())
            path.quadTo(QPointF(*arrows.control[k]), line.p2())
            painter.strokePath(path, pen)
        else:
            painter.drawLine(line)
    if zoom < HEADS_FROM:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for k in order:
        x1, y1, x2, y2, x3, y3 = triangles[k]
        painter.setBrush(colours[k])
        painter.drawConvexPolygon([QPointF(x1, y1), QPointF(x2, y2), QPointF(x3, y3)])
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_band(painter: QPainter, look: Look, arrows: Shapes, k: int, width: float) -> None:
    """Paint the band under a selected arrow."""
    colour = QColor(look.colour("selection"))
    colour.setAlphaF(BAND_OPACITY)
    pen = QPen(colour, width + SELECTED_BAND, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    path = QPainterPath(QPointF(*arrows.start[k]))
    path.quadTo(QPointF(*arrows.control[k]), QPointF(*arrows.tip[k]))
    painter.strokePath(path, pen)


def paint_many(painter: QPainter, look: Look, stage: Stage, a: Numbers, b: Numbers, weights: Numbers) -> None:
    """Paint thin lines from a to b, (arrow, 2) in pixels, in steps of strength, the weakest first."""
    strengths = stage.scale.strength(weights)
    levels = np.round(strengths * LEVELS).astype(np.int64)
    signs = np.sign(np.nan_to_num(weights)).astype(np.int64)
    keys = levels * 3 + signs + 1
    order = np.argsort(keys, kind="stable")
    ends = np.concatenate((a[order], b[order]), axis=1)
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(weights) <= SMOOTH_UP_TO)
    # two thousand lines do not cover one another as sixty thousand do: the fewer, the less faint
    faintest = min(0.25, FAINTEST * (VERY_MANY / max(1, len(weights))) ** 0.4)
    for first, last in zip(starts.tolist(), [*starts[1:].tolist(), len(order)], strict=True):
        key = int(keys[order[first]])
        strength, sign = key // 3 / LEVELS, key % 3 - 1
        colour = QColor(arrow_style.colour(look, sign, strength))
        colour.setAlphaF(faintest + GAIN * strength**2)
        painter.setPen(QPen(colour, 1))
        painter.drawLines([QLineF(*line) for line in ends[first:last].tolist()])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
