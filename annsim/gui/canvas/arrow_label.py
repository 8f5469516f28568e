"""Weights in tags on their arrows, moved along until they are free."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from annsim.gui.canvas import arrow_style
from annsim.gui.canvas.arrays import Numbers, Truths
from annsim.gui.canvas.arrow_shape import Shapes
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.neuron_text import paint_centred, sized_font
from annsim.gui.canvas.quantity import Quantity
from annsim.gui.canvas.stage import Stage
from annsim.gui.icons import paint_icon
from annsim.gui.look import Look, number_text, values

HEIGHT = 18.0
LOCK = 12.0
PIXELS = float(values()["arrow"]["label_font"])
PLACES = (0.36, 0.44, 0.28, 0.52, 0.6, 0.22, 0.68, 0.76)
AT_MOST = 60


@dataclass(frozen=True, eq=False)
class Label:
    """A tag on an arrow, or on the arrow of a bias; `strength` is that of the weight, 0 to 1."""

    quantity: Quantity
    rect: QRectF
    weight: float
    strength: float
    is_locked: bool


@dataclass(frozen=True, eq=False)
class Labelled:
    """Arrows that may carry labels: what each label shows, its number, and whether that is locked."""

    arrows: Shapes
    quantities: list[Quantity]
    weights: Numbers
    locked: Truths


def weight_text(weight: float) -> str:
    """Return a weight with two decimals, or with as many as it takes not to look like 0."""
    if weight and abs(weight) < 0.005:
        return number_text(float(f"{weight:.1g}"))
    return number_text(weight, 2)


def place_labels(stage: Stage, eye: Eye, some: Labelled, taken: list[QRectF]) -> list[Label]:
    """Return the labels that have room, those of the strongest arrows first; `taken` grows by their places."""
    metrics = QFontMetricsF(sized_font(PIXELS, 400))
    centres, radii = eye.to_screen(stage.drawing.positions), stage.drawing.radii * eye.zoom
    labels: list[Label] = []
    strengths = stage.scale.strength(some.weights)
    for k in np.argsort(-strengths, kind="stable")[:AT_MOST].tolist():
        weight, is_locked = float(some.weights[k]), bool(some.locked[k])
        width = metrics.horizontalAdvance(weight_text(weight)) + 12 + (LOCK + 3 if is_locked else 0)
        for place in PLACES:
            x, y = some.arrows.at(k, place).tolist()
            rect = QRectF(round(x - width / 2) + 0.5, round(y - HEIGHT / 2) + 0.5, round(width), HEIGHT)
            if eye.rect.contains(rect) and _is_free(rect, taken, centres, radii):
                taken.append(rect.adjusted(-2, -2, 2, 2))
                labels.append(Label(some.quantities[k], rect, weight, float(strengths[k]), is_locked))
                break
    return labels


def paint_label(painter: QPainter, look: Look, label: Label) -> None:
    """Paint a tag."""
    painter.setPen(QPen(arrow_style.colour(look, label.weight, label.strength), 1))
    painter.setBrush(look.colour("canvas"))
    painter.drawRoundedRect(label.rect, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = label.rect.center()
    if label.is_locked:
        left = label.rect.left() + 6
        paint_icon(painter, "lock", look.colour("text"), QRectF(left, middle.y() - LOCK / 2, LOCK, LOCK))
        middle += QPointF((LOCK + 3) / 2, 0)
    paint_centred(painter, middle, weight_text(label.weight), sized_font(PIXELS, 400), look.colour("text"))


def _is_free(rect: QRectF, taken: list[QRectF], centres: Numbers, radii: Numbers) -> bool:
    if any(rect.intersects(other) for other in taken):
        return False
    low, high = (rect.left(), rect.top()), (rect.right(), rect.bottom())
    off = np.clip(centres, low, high) - centres
    return not bool((np.hypot(off[:, 0], off[:, 1]) < radii + 8).any())
