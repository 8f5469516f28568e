"""What the canvas shows of a network, as arrays: one row a neuron, one row a connection."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.bundles import Bundles
from annsim.gui.canvas.group_boxes import FOLDED_SIZE, GroupBoxes
from annsim.gui.document import Document
from annsim.gui.look import values
from annsim.network.connections import empty_block

RADIUS: float = values()["neuron"]["diameter_at_100"] / 2
LEAST_RADIUS = 6.0
CROWD = 3000  # up to so many inputs each is compared with each
FARTHEST = 1e6  # a file may place a neuron anywhere; scroll bars count pixels in 32 bits


class Drawing:
    """The arrays behind a canvas; `follow` reads them anew from the document.

    Attributes
    ----------
    ids : (neuron,) ascending.
    places : (neuron, 2) of the network; while neurons are dragged, already where the hand holds them.
    positions : (neuron, 2) as shown: `places`, but a neuron of a folded group lies in the middle of its box.
    radii : (neuron,) at 100 %; inputs that stand closer than a neuron is wide, as pixels do, are drawn smaller.
        That of a neuron in a folded group reaches to the corners of the box.
    boxes : the groups, and with `boxes.is_hidden` (neuron,) the neurons of folded ones.
    bundles : which arrows are drawn once for several that begin or end at folded groups.
    has_bias : (neuron,) False for inputs.
    connection_ids : (connection,) ascending.
    source, target : (connection,) rows of neurons.
    fills : (neuron,) outputs on the scale of colours, -1 to 1.
    bends : (connection,) how far the middle of the curve is drawn aside; NaN where nobody has asked yet.
    can_bend : False where so many arrows are blocked that bending none is clearer.
    version : grows with every change of places and topology.
    weights_version : grows with every change of numbers.
    """

    def __init__(self) -> None:
        self.version = 0
        self.weights_version = 0
        self.ids = np.empty(0, np.int32)
        self.places = self.positions = np.empty((0, 2))
        self.radii = self._circles = np.empty(0)
        self.boxes = GroupBoxes({}, np.empty(0, np.int32))
        self.has_bias = np.empty(0, np.bool_)
        self.biases = np.empty(0)
        self.connection_ids, source, target, self.weights, self.locked = empty_block().columns()
        self.source, self.target = source.astype(np.intp), target.astype(np.intp)
        self.bundles = Bundles(self.source, self.target, self.boxes.stand_in, self.boxes.is_hidden)
        self.bends = np.empty(0)
        self.can_bend = True
        self.fills: list[float] = []

    def follow(self, document: Document) -> None:
        """Read everything from the document."""
        neurons = [document.network.neuron_values(i) for i in document.network.neurons]
        self.ids = np.array([values.id for values in neurons], np.int32)
        self.has_bias = np.array([values.role != "input" for values in neurons], np.bool_)
        self.places = np.clip(np.array([v.position for v in neurons]).reshape(-1, 2), -FARTHEST, FARTHEST)
        self._circles = np.where(self.has_bias, RADIUS, _crowded_radius(self.places[~self.has_bias]))
        self.boxes = GroupBoxes(document.network.groups, np.array([v.group for v in neurons], np.int32))
        self.radii = np.where(self.boxes.is_hidden, np.hypot(*FOLDED_SIZE) / 2, self._circles)
        self._fold()
        block = document.network.store.block
        self.connection_ids, self.locked = block.ids.copy(), block.locked.copy()
        self.source, self.target = np.searchsorted(self.ids, block.source), np.searchsorted(self.ids, block.target)
        self.bundles = Bundles(self.source, self.target, self.boxes.stand_in, self.boxes.is_hidden)
        self.bends = np.full(len(block), np.nan)
        self.version += 1
        self.follow_numbers(document)

    def follow_numbers(self, document: Document) -> None:
        """Read weights and biases from the moment on show."""
        moment, block = document.moment, document.network.store.block
        if len(block) != len(self.connection_ids):
            return  # an edit is under way; `follow` comes after it
        fits = len(moment.weights) == len(block)
        self.weights = moment.weights if fits else block.weight.copy()
        self.bundles.follow(self.weights)
        places = [moment.place.get(i, -1) for i in self.ids.tolist()]
        self.biases = np.array([moment.bias[k] if k >= 0 else 0.0 for k in places])
        rows = np.array(places, np.intp)
        with np.errstate(invalid="ignore", over="ignore"):
            fills = np.clip(moment.output[rows] / moment.output_scale[rows], -1, 1) if len(rows) else np.empty(0)
        self.fills = np.where(rows >= 0, fills, 0.0).tolist()
        self.weights_version += 1

    def shift(self, rows: Rows, by: Numbers, origin: Numbers) -> None:
        """Show neurons at `origin` moved by a vector; only their own arrows may bend anew."""
        self.places[rows] = origin + by
        self._fold()
        self.bends[self.arrows_of(rows)] = np.nan

    def whole(self, neuron_ids: Iterable[int]) -> frozenset[int]:
        """Return neurons with all others of the folded groups that they belong to: a box moves as one."""
        chosen, boxes = frozenset(neuron_ids), self.boxes
        if not boxes.is_hidden.any():
            return chosen
        among = np.isin(boxes.stand_in, boxes.stand_in[self.rows_of(chosen)])
        return chosen | frozenset(self.ids[among & boxes.is_hidden].tolist())

    def rows_of(self, neuron_ids: Iterable[int] | NDArray[np.integer]) -> Rows:
        """Return the rows of those neurons that are there."""
        return rows_in(self.ids, neuron_ids)

    def arrow_rows(self, connection_ids: Iterable[int] | NDArray[np.integer]) -> Rows:
        """Return the rows of those connections that are there."""
        return rows_in(self.connection_ids, connection_ids)

    def arrows_of(self, neuron_rows: Rows) -> Rows:
        """Return the rows of all connections that start or end at some neurons."""
        chosen = np.zeros(len(self.ids), np.bool_)
        chosen[neuron_rows] = True
        return np.flatnonzero(chosen[self.source] | chosen[self.target])

    def _fold(self) -> None:
        self.boxes.place(self.places, self._circles)
        self.positions = self.places.copy()
        self.boxes.show(self.positions)


def rows_in(ascending: NDArray[np.int32], wanted: Iterable[int] | NDArray[np.integer]) -> Rows:
    """Return where the wanted numbers stand in an ascending column; those that do not are left out."""
    if not len(ascending):
        return np.empty(0, np.intp)
    numbers = wanted.astype(np.int64) if isinstance(wanted, np.ndarray) else np.fromiter(wanted, np.int64)
    rows = np.minimum(np.searchsorted(ascending, numbers), len(ascending) - 1)
    return np.sort(rows[ascending[rows] == numbers])


def _crowded_radius(points: Numbers) -> float:
    """Return the radius at which no two of these neurons overlap, as far as it stays visible."""
    if len(points) < 2:
        return RADIUS
    some = points[:: 1 + len(points) // CROWD]
    apart = np.hypot(*(some[:, None] - points[None]).transpose(2, 0, 1))
    near = np.where(apart > 0, apart, np.inf).min(axis=1)
    return float(min(RADIUS, max(LEAST_RADIUS, 0.46 * np.median(near))))
