"""Where arrows run: trimmed at the rims, bent round neurons; and which of them lies under a point."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.gui.canvas.arrays import Numbers, Rows, Truths
from annsim.gui.canvas.arrow_style import FEW
from annsim.gui.canvas.drawing import RADIUS, Drawing
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.group_boxes import FOLDED_SIZE
from annsim.gui.look import values

GAP_SOURCE = float(values()["arrow"]["gap_source_px"])
GAP_TARGET = float(values()["arrow"]["gap_target_px"])
GAP_SELECTED = float(values()["arrow"]["gap_to_selected_px"])
HIT_ZONE = float(values()["arrow"]["hit_zone_px"])
BENDS = (64.0, 88.0, 112.0, 144.0, 184.0)
CLEARANCE = 6.0  # so far a bent line must stay off the rim of another neuron
BLOCKING = 0.6  # a straight line may graze a neuron, but not pass it nearer to its middle than this share of the radius
BENT_AT_MOST = 80  # where more arrows are blocked, curves would only tangle: all stay straight
SAMPLES = np.linspace(0.06, 0.94, 23)


@dataclass(frozen=True, eq=False)
class Shapes:
    """Some arrows on screen: start, control point and tip, each (arrow, 2); a straight one has its control midway."""

    rows: Rows
    start: Numbers
    control: Numbers
    tip: Numbers
    is_bent: NDArray[np.bool_]

    def at(self, k: int, t: float) -> Numbers:
        """Return the point of an arrow at share t of its way."""
        point: Numbers = (1 - t) ** 2 * self.start[k] + 2 * t * (1 - t) * self.control[k] + t**2 * self.tip[k]
        return point


def visible_rows(drawing: Drawing, eye: Eye) -> Rows:
    """Return the connections whose box meets the viewport."""
    points = eye.to_screen(drawing.positions)
    a, b = points[drawing.source], points[drawing.target]
    margin = eye.radius + BENDS[-1] / 2 * eye.zoom
    limit = np.array([eye.width, eye.height]) + margin
    is_in_view = ((np.maximum(a, b) > -margin) & (np.minimum(a, b) < limit)).all(axis=1)
    return np.flatnonzero(is_in_view & ~drawing.bundles.is_hidden)


def shapes(drawing: Drawing, rows: Rows, eye: Eye, selected: Rows) -> Shapes:
    """Return the shapes of connections; those that have no room between two rims are left out."""
    find_bends(drawing)
    a = eye.to_screen(drawing.positions[drawing.source[rows]])
    b = eye.to_screen(drawing.positions[drawing.target[rows]])
    bends = drawing.bends[rows]
    control = (a + b) / 2 + _normals(a, b) * (bends * eye.zoom)[:, None]
    is_selected = np.zeros(len(drawing.ids), np.bool_)
    is_selected[selected] = True
    gap_start = np.where(is_selected[drawing.source[rows]], GAP_SELECTED, GAP_SOURCE)
    gap_tip = np.where(is_selected[drawing.target[rows]], GAP_SELECTED, GAP_TARGET)
    way_start, way_tip = _unit(control - a), _unit(control - b)
    gap_start += _reach(drawing, drawing.source[rows], way_start) * eye.zoom
    gap_tip += _reach(drawing, drawing.target[rows], way_tip) * eye.zoom
    start = a + way_start * gap_start[:, None]
    tip = b + way_tip * gap_tip[:, None]
    straight = bends == 0
    control[straight] = (start[straight] + tip[straight]) / 2
    has_room = np.einsum("ij,ij->i", tip - start, b - a) > 0
    return Shapes(rows[has_room], start[has_room], control[has_room], tip[has_room], ~straight[has_room])


def _reach(drawing: Drawing, neurons: Rows, ways: Numbers) -> Numbers:
    """Return how far neurons reach in directions (arrow, 2): to the rim, or to the edge of the box they are in."""
    reach = drawing.radii[neurons]
    hidden = drawing.boxes.is_hidden[neurons]
    if hidden.any():
        half = FOLDED_SIZE / 2
        reach[hidden] = (half / np.maximum(np.abs(ways[hidden]), 1e-9)).min(axis=1)
    return reach


def find_bends(drawing: Drawing) -> None:
    """Find how far connections must bend so that they pass through no other neuron, for those not looked at yet."""
    unknown = np.isnan(drawing.bends)
    if not unknown.any():
        return
    drawing.bends[unknown] = 0.0
    rows = np.flatnonzero(unknown & ~drawing.bundles.is_hidden)
    if len(drawing.bends) > FEW:
        return
    blocked = rows[_is_blocked(drawing, rows)]
    if unknown.all():
        drawing.can_bend = len(blocked) <= BENT_AT_MOST
    if drawing.can_bend:
        for row in blocked.tolist():
            drawing.bends[row] = _clear_bend(drawing, row)


def _is_blocked(drawing: Drawing, rows: Rows) -> NDArray[np.bool_]:
    points = drawing.positions
    a, d = points[drawing.source[rows]], points[drawing.target[rows]] - points[drawing.source[rows]]
    length = np.maximum(np.hypot(*d.T), 1e-9)
    u = d / length[:, None]
    off = points[None, :, :] - a[:, None, :]  # (arrow, neuron, 2)
    along = np.einsum("anc,ac->an", off, u)
    aside = np.abs(off[..., 0] * u[:, None, 1] - off[..., 1] * u[:, None, 0])
    blocked = (along > 0) & (along < length[:, None]) & (aside < BLOCKING * drawing.radii)
    for ends in (drawing.source, drawing.target):
        blocked &= ~_is_same(drawing, ends[rows])
    # two neurons drawn over one another: nothing in between can be passed
    return blocked.any(axis=1) & (length > 2 * RADIUS)


def _clear_bend(drawing: Drawing, row: int) -> float:
    """Return the smallest bend that passes all other neurons; 0 where none does, since a loop misleads more."""
    ends = np.array([drawing.source[row], drawing.target[row]])
    a, b = drawing.positions[ends]
    stand_in = drawing.boxes.stand_in
    is_other = (stand_in == np.arange(len(stand_in))) & ~_is_same(drawing, ends).any(axis=0)
    others, radii = drawing.positions[is_other], drawing.radii[is_other]
    normal = _normals(a[None], b[None])[0]
    t = SAMPLES[:, None]
    bends = np.array([sign * size for size in BENDS for sign in (1, -1)])
    straight = (1 - t) * a + t * b
    curves = straight + 2 * t * (1 - t) * normal * bends[:, None, None]  # (bend, sample, 2)
    apart = np.hypot(*(curves[:, :, None] - others).transpose(3, 0, 1, 2)) - radii
    clear = apart.min(axis=(1, 2), initial=np.inf) >= CLEARANCE
    return float(bends[np.argmax(clear)]) if clear.any() else 0.0


def _is_same(drawing: Drawing, ends: Rows) -> Truths:
    """Return whether each neuron is an end, or lies in the same folded box: (end, neuron)."""
    stand_in = drawing.boxes.stand_in
    same: Truths = stand_in[None, :] == stand_in[ends][:, None]
    return same


def nearest_arrow(drawing: Drawing, eye: Eye, x: float, y: float) -> int | None:
    """Return the row of the connection under a viewport point, or None."""
    if not len(drawing.source):
        return None
    point = eye.to_scene((x, y))
    zone = HIT_ZONE / eye.zoom
    a, b = drawing.positions[drawing.source], drawing.positions[drawing.target]
    distance = distances(a, b, point)
    for row in np.flatnonzero(np.nan_to_num(drawing.bends)).tolist():
        curve = bent_points(drawing, row)
        distance[row] = distances(curve[:-1], curve[1:], point).min()
    distance[drawing.bundles.is_hidden] = np.inf
    row = int(np.argmin(distance))
    return row if distance[row] <= zone else None


def arrows_crossing(drawing: Drawing, low: Numbers, high: Numbers) -> Rows:
    """Return the connections on show whose line meets a scene rectangle."""
    a, b = drawing.positions[drawing.source], drawing.positions[drawing.target]
    t_in, t_out = np.zeros(len(a)), np.ones(len(a))
    for axis in (0, 1):
        step = b[:, axis] - a[:, axis]
        safe = np.where(np.abs(step) < 1e-9, 1e-9, step)
        t = np.sort(np.stack(((low[axis] - a[:, axis]) / safe, (high[axis] - a[:, axis]) / safe)), axis=0)
        t_in, t_out = np.maximum(t_in, t[0]), np.minimum(t_out, t[1])
    return np.flatnonzero((t_in <= t_out) & ~drawing.bundles.is_hidden)


def bent_points(drawing: Drawing, row: int) -> Numbers:
    """Return 25 points along a connection, from middle to middle in the scene, (point, 2)."""
    a, b = drawing.positions[drawing.source[row]], drawing.positions[drawing.target[row]]
    control = (a + b) / 2 + _normals(a[None], b[None])[0] * drawing.bends[row]
    t = np.linspace(0, 1, 25)[:, None]
    points: Numbers = (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b
    return points


def distances(a: Numbers, b: Numbers, point: Numbers) -> Numbers:
    """Return how far points (..., 2) are from lines that end at a and b, (line, 2) each; for several points (n, 1, 2)
    the result is (n, line).
    """
    d = b - a
    square = np.maximum(np.einsum("ij,ij->i", d, d), 1e-12)
    t = np.clip(((point - a) * d).sum(axis=-1) / square, 0, 1)
    off = a + d * t[..., None] - point
    return np.hypot(off[..., 0], off[..., 1])


def _unit(vectors: Numbers) -> Numbers:
    return vectors / np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-9)[:, None]


def _normals(a: Numbers, b: Numbers) -> Numbers:
    """Return unit vectors at right angles; for an arrow to the right they point up."""
    d = _unit(b - a)
    return np.stack((d[:, 1], -d[:, 0]), axis=1)
