"""The spaces between two neighbouring layers that are fully connected: a layer dropped there comes between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from annsim.gui.canvas.stage import Stage


@dataclass(frozen=True)
class Gap:
    """Two layers, and the space between them in the scene."""

    before: Sequence[int]
    after: Sequence[int]
    rect: QRectF


def gaps(stage: Stage) -> list[Gap]:
    """Return the spaces between layers of neighbouring depths, all of one connected to all of the other."""
    compiled, drawing = stage.document.compiled(), stage.drawing
    found = []
    if not compiled.neuron_count:
        return []
    depth_of = np.empty(len(drawing.ids), np.int64)
    depth_of[np.searchsorted(drawing.ids, compiled.neuron_ids)] = compiled.depth
    starts, ends = depth_of[drawing.source], depth_of[drawing.target]
    layers = [np.flatnonzero(depth_of == depth) for depth in range(int(depth_of.max()) + 1)]
    for depth, (before, after) in enumerate(pairwise(layers)):
        arrows = int(((starts == depth) & (ends == depth + 1)).sum())
        if not arrows or arrows != len(before) * len(after):
            continue
        here, there, radius = drawing.positions[before], drawing.positions[after], drawing.radii[after].max()
        left, right = here[:, 0].max() + radius, there[:, 0].min() - radius
        both = np.concatenate((here, there))[:, 1]
        if left < right:
            rect = QRectF(QPointF(left, both.min() - radius), QPointF(right, both.max() + radius))
            found.append(Gap(drawing.ids[before].tolist(), drawing.ids[after].tolist(), rect))
    return found


def gap_at(found: Sequence[Gap], x: float, y: float) -> Gap | None:
    """Return the space that holds a place of the scene."""
    return next((gap for gap in found if gap.rect.contains(QPointF(x, y))), None)
