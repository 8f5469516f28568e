"""Where the constant inputs +1 stand: beside their neurons, off other neurons, names and arrows as far as can be."""

import numpy as np

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.arrow_shape import bent_points, distances, find_bends
from annsim.gui.canvas.arrow_style import FEW
from annsim.gui.canvas.drawing import Drawing

RADIUS = 13.0  # of the circle +1, at 100 %
APART = 108.0  # from its middle to that of the neuron: the bias has room between them
NEARER = 76.0
# degrees clockwise from the right, the best first; below stand the tags and the name
ANGLES = (-135, -115, -155, -45, -65, -25, -90, 160, 20, 180, 0, 135, 45, 115, 65, 90)
MANY = 300  # neurons, above which all stand at the upper left
NEAR = 170.0  # px round a neuron within which arrows matter
ALONG = np.array([0.55, 0.7, 0.85])[:, None, None]  # of the way from the neuron to its +1
TOUCHES, ON_ARROW, CROSSES, ON_NAME, LATER = 50.0, 12.0, 3.0, 6.0, 0.35  # what a place costs
NAME_BELOW, NAME_HALF = 18.0, np.array([30.0, 10.0])


def _ways() -> Numbers:
    angles = np.radians([*ANGLES, *ANGLES])
    apart = np.repeat([APART, NEARER], len(ANGLES))
    return np.stack((apart * np.cos(angles), apart * np.sin(angles)), axis=1)


WAYS = _ways()  # (way, 2), the best first


class BiasPlaces:
    """The places of a drawing, found again only when neurons or arrows are elsewhere."""

    def __init__(self) -> None:
        self._version = -1
        self._geometry: tuple[bytes, ...] = ()
        self._offsets = np.empty((0, 2))

    def offsets(self, drawing: Drawing) -> Numbers:
        """Return for each neuron the way to its +1, (neuron, 2) at 100 %."""
        if drawing.version != self._version:
            self._version = drawing.version
            geometry = tuple(part.tobytes() for part in (drawing.positions, drawing.source, drawing.target))
            if geometry != self._geometry:
                self._geometry = geometry
                self._offsets = _offsets(drawing)
        return self._offsets


def _offsets(drawing: Drawing) -> Numbers:
    offsets = np.tile(WAYS[0], (len(drawing.ids), 1))
    if len(drawing.ids) > MANY or len(drawing.source) > FEW:
        return offsets
    find_bends(drawing)
    starts, ends = _segments(drawing)
    placed = np.empty((0, 2))
    for row in np.flatnonzero(drawing.has_bias & ~drawing.boxes.is_hidden).tolist():
        middle = drawing.positions[row]
        near = distances(starts, ends, middle) < NEAR
        best = int(np.argmin(_costs(drawing, row, starts[near], ends[near], placed)))
        offsets[row] = WAYS[best]
        placed = np.vstack((placed, middle + WAYS[best]))
    return offsets


def _segments(drawing: Drawing) -> tuple[Numbers, Numbers]:
    """Return the ends of the straight pieces that arrows are made of, (piece, 2) each."""
    bent: Rows = np.flatnonzero(np.nan_to_num(drawing.bends))
    straight = np.setdiff1d(np.flatnonzero(~drawing.bundles.is_hidden), bent)
    starts = [drawing.positions[drawing.source[straight]]]
    ends = [drawing.positions[drawing.target[straight]]]
    for row in bent.tolist():
        curve = bent_points(drawing, row)
        starts.append(curve[:-1])
        ends.append(curve[1:])
    return np.concatenate(starts), np.concatenate(ends)


def _costs(drawing: Drawing, row: int, starts: Numbers, ends: Numbers, placed: Numbers) -> Numbers:
    """Return what each way costs a neuron."""
    middle = drawing.positions[row]
    places = middle + WAYS
    costs = LATER * np.arange(len(WAYS), dtype=np.float64)
    off = np.hypot(*(places[:, None] - drawing.positions[None]).transpose(2, 0, 1)) - drawing.radii
    costs += TOUCHES * (off < RADIUS + 4).any(axis=1)
    names = drawing.positions + np.stack((np.zeros_like(drawing.radii), drawing.radii + NAME_BELOW), axis=1)
    on_name = (np.abs(places[:, None] - names[None]) < NAME_HALF + RADIUS).all(axis=2)
    costs += ON_NAME * on_name.any(axis=1)
    if len(placed):
        off = np.hypot(*(places[:, None] - placed[None]).transpose(2, 0, 1))
        costs += TOUCHES * (off < 2 * RADIUS + 6).any(axis=1)
    if len(starts):
        off = distances(starts, ends, places[:, None])
        costs += ON_ARROW * np.minimum(3, (off < RADIUS + 5).sum(axis=1))
        along = (middle + ALONG * WAYS).reshape(-1, 1, 2)
        crossed = (distances(starts, ends, along) < 5).reshape(len(ALONG), len(WAYS), -1)
        costs += CROSSES * np.minimum(4, crossed.any(axis=0).sum(axis=1))
    return costs
