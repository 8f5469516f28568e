"""The bias of a neuron drawn as what it is: an arrow of weight b from a source that is always +1."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.arrow_paint import paint_arrows
from annsim.gui.canvas.arrow_shape import GAP_SOURCE, GAP_TARGET, Shapes
from annsim.gui.canvas.drawing import Drawing, Numbers, Rows
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.neuron_text import paint_centred, sized_font
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import Look

OFFSET = np.array([-54.0, -54.0])
SOURCE_RADIUS = 13.0
TEXT_FROM = 9.0  # px of radius on screen


def bias_rows(drawing: Drawing) -> Rows:
    """Return the neurons that have a bias."""
    return np.flatnonzero(drawing.has_bias)


def bias_shapes(drawing: Drawing, rows: Rows, eye: Eye, gap: float) -> Shapes:
    """Return the arrows from the sources to their neurons; `rows` of the result are rows of neurons."""
    b = eye.to_screen(drawing.positions[rows])
    a = b + OFFSET * eye.zoom
    way = -OFFSET / np.hypot(*OFFSET)
    start = a + way * (SOURCE_RADIUS * eye.zoom + GAP_SOURCE)
    tip = b - way * (drawing.radii[rows][:, None] * eye.zoom + gap)
    return Shapes(rows, start, (start + tip) / 2, tip, np.zeros(len(rows), np.bool_))


def bias_source_at(drawing: Drawing, eye: Eye, x: float, y: float) -> int | None:
    """Return the id of the neuron whose bias source lies under a viewport point, or None."""
    rows = bias_rows(drawing)
    if not len(rows):
        return None
    off: Numbers = drawing.positions[rows] + OFFSET - eye.to_scene((x, y))
    distance = np.hypot(off[:, 0], off[:, 1])
    nearest = int(np.argmin(distance))
    return int(drawing.ids[rows[nearest]]) if distance[nearest] <= SOURCE_RADIUS else None


def paint_bias_inputs(
    painter: QPainter, look: Look, stage: Stage, eye: Eye, rows: Rows, gap: float = GAP_TARGET
) -> None:
    """Paint the sources of some neurons, as far as they are in view, with arrows that end `gap` pixels off the rim."""
    drawing = stage.drawing
    rows = rows[drawing.has_bias[rows]]
    places = eye.to_screen(drawing.positions[rows] + OFFSET / 2)
    reach = 80 * eye.zoom
    inside = ((places > -reach) & (places < np.array([eye.width, eye.height]) + reach)).all(axis=1)
    rows = rows[inside]
    arrows = bias_shapes(drawing, rows, eye, gap)
    paint_arrows(painter, look, stage, arrows, drawing.biases[rows])
    radius = SOURCE_RADIUS * eye.zoom
    for x, y in eye.to_screen(drawing.positions[rows] + OFFSET).tolist():
        painter.setPen(QPen(look.colour("neuron_rim"), 1))
        painter.setBrush(look.fill(1.0))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        if radius >= TEXT_FROM:
            paint_centred(painter, QPointF(x, y), "+1", sized_font(min(16, 0.85 * radius), 600), look.on_fill(1.0))
