"""The bias of a neuron drawn as what it is: an arrow of weight b from a source that is always +1."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.arrow_paint import paint_arrows
from annsim.gui.canvas.arrow_shape import GAP_SELECTED, GAP_SOURCE, GAP_TARGET, HIT_ZONE, Shapes, distances
from annsim.gui.canvas.bias_places import APART, RADIUS
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.neuron_text import paint_centred, sized_font
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import Look

TEXT_FROM = 9.0  # px of radius on screen


def bias_rows(stage: Stage, rows: Rows) -> Rows:
    """Return those of some neurons that show a bias: no inputs, and none of a folded group."""
    drawing = stage.drawing
    return rows[drawing.has_bias[rows] & ~drawing.boxes.is_hidden[rows]]


def bias_sources(stage: Stage, rows: Rows) -> Numbers:
    """Return the middles of the sources of some neurons in the scene, (neuron, 2)."""
    drawing = stage.drawing
    sources: Numbers = drawing.positions[rows] + stage.bias_places.offsets(drawing)[rows]
    return sources


def source_boxes(stage: Stage, rows: Rows, eye: Eye) -> list[QRectF]:
    """Return squares on screen that no label may cover, a little smaller than the sources of some neurons."""
    half = 0.8 * RADIUS * eye.zoom
    return [
        QRectF(x - half, y - half, 2 * half, 2 * half) for x, y in eye.to_screen(bias_sources(stage, rows)).tolist()
    ]


def bias_shapes(stage: Stage, rows: Rows, eye: Eye) -> Shapes:
    """Return the arrows from the sources to their neurons; `rows` of the result are rows of neurons."""
    drawing = stage.drawing
    a, b = eye.to_screen(bias_sources(stage, rows)), eye.to_screen(drawing.positions[rows])
    way = (b - a) / np.hypot(*(b - a).T)[:, None]
    is_raised = np.isin(rows, stage.selected_rows())
    gap = np.where(is_raised, GAP_SELECTED, GAP_TARGET) + drawing.radii[rows] * eye.zoom
    start = a + way * (RADIUS * eye.zoom + GAP_SOURCE)
    tip = b - way * gap[:, None]
    return Shapes(rows, start, (start + tip) / 2, tip, np.zeros(len(rows), np.bool_))


def bias_at(stage: Stage, eye: Eye, x: float, y: float) -> int | None:
    """Return the id of the neuron whose bias source, or the arrow from it, lies under a viewport point, or None."""
    drawing, point = stage.drawing, eye.to_scene((x, y))
    rows = bias_rows(stage, np.arange(len(drawing.ids)))
    if not stage.shows_bias_inputs or not len(rows):
        return None
    sources = bias_sources(stage, rows)
    off = np.hypot(*(sources - point).T) - RADIUS
    off = np.minimum(off, distances(sources, drawing.positions[rows], point) - HIT_ZONE / eye.zoom)
    nearest = int(np.argmin(off))
    return int(drawing.ids[rows[nearest]]) if off[nearest] <= 0 else None


def paint_bias_inputs(painter: QPainter, look: Look, stage: Stage, eye: Eye, rows: Rows) -> None:
    """Paint the sources of some neurons, as far as they are in view, with their arrows."""
    rows = bias_rows(stage, rows)
    places = eye.to_screen(stage.drawing.positions[rows])
    reach = (APART + RADIUS) * eye.zoom
    rows = rows[((places > -reach) & (places < np.array([eye.width, eye.height]) + reach)).all(axis=1)]
    paint_arrows(painter, look, stage, bias_shapes(stage, rows, eye), stage.drawing.biases[rows])
    radius = RADIUS * eye.zoom
    for x, y in eye.to_screen(bias_sources(stage, rows)).tolist():
        painter.setPen(QPen(look.colour("neuron_rim"), 1))
        painter.setBrush(look.fill(1.0))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        if radius >= TEXT_FROM:
            paint_centred(painter, QPointF(x, y), "+1", sized_font(min(16, 0.85 * radius), 600), look.on_fill(1.0))
