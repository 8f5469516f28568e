"""Where a thing that is being dragged comes to rest: in line with others, at their distance, or on the dots."""

from dataclasses import dataclass

import numpy as np

from annsim.gui.canvas.arrays import Numbers

REACH = 6.0  # px
NEIGHBOURS = 60  # the nearest things in view; in a crowd everything would be in line with something
SAME = 0.5  # so far off a line a thing still stands on it
LEAST_GAP = 2.0
Line = tuple[float, float, float, float]


@dataclass(frozen=True)
class Snapped:
    """Where a thing comes to rest; None along an axis where nothing holds it.

    `lines` run along what it is in line with, `gaps` are equal distances; both x1, y1, x2, y2 in the scene.
    """

    x: float | None = None
    y: float | None = None
    lines: tuple[Line, ...] = ()
    gaps: tuple[Line, ...] = ()


NOWHERE = Snapped()


@dataclass(frozen=True)
class _Rest:
    """One axis: where, how far off, and the equal gaps that hold it there."""

    value: float
    off: float
    gaps: tuple[tuple[float, float], ...] = ()


def snapped(place: Numbers, others: Numbers, reach: float, grid: float | None = None) -> Snapped:
    """Return where a thing at `place` (2,) comes to rest among others (thing, 2); all in the scene.

    Parameters
    ----------
    reach : how far a line draws.
    grid : the distance of the dots that draw where no thing does; None for no dots.
    """
    others = _nearest(place, others)
    rests = [_in_line(float(place[axis]), others[:, axis], reach) for axis in (0, 1)]
    for axis in (0, 1):  # equal gaps count within a column or row that the thing stands in
        across = rests[1 - axis]
        if across is not None and not across.gaps:
            row = others[np.abs(others[:, 1 - axis] - across.value) < SAME, axis]
            rests[axis] = _nearer(rests[axis], _at_equal_gap(float(place[axis]), row, reach))
    if grid is not None:
        rests = [_on_dots(float(v), grid) if rest is None else rest for v, rest in zip(place, rests, strict=True)]
    values = [float(v) if rest is None else rest.value for v, rest in zip(place, rests, strict=True)]
    lines: list[Line] = []
    gaps: list[Line] = []
    for axis, rest in enumerate(rests):
        if rest is None:
            continue
        lines += _line(axis, values, others)
        gaps += [_segment(1 - axis, values[1 - axis], a, b) for a, b in rest.gaps]
    x, y = (None if rest is None else rest.value for rest in rests)
    return Snapped(x, y, tuple(lines), tuple(gaps))


def _nearest(place: Numbers, others: Numbers) -> Numbers:
    if len(others) <= NEIGHBOURS:
        return others
    off = others - place
    return others[np.argpartition(np.einsum("ij,ij->i", off, off), NEIGHBOURS)[:NEIGHBOURS]]


def _in_line(value: float, others: Numbers, reach: float) -> _Rest | None:
    if not len(others):
        return None
    off = np.abs(others - value)
    nearest = int(np.argmin(off))
    return _Rest(float(others[nearest]), float(off[nearest])) if off[nearest] <= reach else None


def _at_equal_gap(value: float, others: Numbers, reach: float) -> _Rest | None:
    """Return the place in the middle of two neighbours, or as far beyond one as the next stands behind it."""
    below, above = np.sort(others[others < value])[-2:], np.sort(others[others > value])[:2]
    found: list[_Rest] = []

    def add(rest: float, *gaps: tuple[float, float]) -> None:
        if abs(rest - value) <= reach and all(b - a >= LEAST_GAP for a, b in gaps):
            found.append(_Rest(rest, abs(rest - value), gaps))

    if len(below) and len(above):
        middle = float(below[-1] + above[0]) / 2
        add(middle, (float(below[-1]), middle), (middle, float(above[0])))
    if len(above) == 2:
        near, far = above.tolist()
        add(2 * near - far, (2 * near - far, near), (near, far))
    if len(below) == 2:
        far, near = below.tolist()
        add(2 * near - far, (far, near), (near, 2 * near - far))
    return min(found, key=lambda rest: rest.off, default=None)


def _on_dots(value: float, grid: float) -> _Rest:
    dot = round(value / grid) * grid
    return _Rest(dot, abs(dot - value))


def _nearer(one: _Rest | None, other: _Rest | None) -> _Rest | None:
    if one is None or other is None:
        return one or other
    return other if other.off < one.off else one


def _line(axis: int, values: list[float], others: Numbers) -> list[Line]:
    """Return the line from the thing to all that stand at its value of an axis; none where nothing does."""
    along = others[np.abs(others[:, axis] - values[axis]) < SAME, 1 - axis]
    if not len(along):
        return []
    own = values[1 - axis]
    return [_segment(axis, values[axis], min(own, float(along.min())), max(own, float(along.max())))]


def _segment(axis: int, value: float, start: float, end: float) -> Line:
    """Return a segment on which coordinate `axis` is constant."""
    return (value, start, value, end) if axis == 0 else (start, value, end, value)
