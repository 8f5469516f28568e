"""The order of the neurons within their layers in which few arrows cross.

Barycentre sweeps after Sugiyama, Tagawa and Toda (1981), then exchanges of neighbours while they help. Arrows are
straight lines on the canvas, so an arrow over several layers is counted where its line runs, without helper neurons.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.functions.randomness import row_order
from annsim.network.builders import block_places
from annsim.network.crossings import Pieces, cut
from annsim.network.network import LAYER_DISTANCE, NEURON_DISTANCE
from annsim.network.order import Index
from annsim.network.places import Reals

PIECES_LIMIT = 150_000  # the longest arrows are not counted beyond it
WORK = 1_000_000  # pieces, arrows, neurons and layers looked at in all sweeps together; about a second
MOST_STARTS = 8
MOST_SWEEPS = 12  # from one start
MOST_EXCHANGES = 100  # rounds from one order


@dataclass(frozen=True, eq=False)
class Layers:
    """Neurons in layers; drawings that hang together by no arrow are parts, each with layers of its own.

    part, layer : (neuron,) which part, and which layer of it from the left.
    source, target : (arrow,) positions of neurons; the source of each arrow stands in an earlier layer of its part.
    """

    part: Index
    layer: Index
    source: Index
    target: Index


def with_few_crossings(layers: Layers, present: Index) -> Index:
    """Return the neurons by layer, by part, and from top to bottom, with as few crossings as a short search finds.

    Parameters
    ----------
    present : (neuron,) an order of all neurons, kept within each layer where neither the search nor that by number is
        better.
    """
    search = _Search(layers)
    orders = [search.by_layer(present), search.by_layer(np.arange(len(present)))]
    counts = [search.crossings(order) for order in orders]
    if counts[1] < counts[0]:
        orders, counts = orders[::-1], counts[::-1]
    best, least = orders[0], counts[0]
    for start in range(search.starts):
        if least == 0:
            break
        if start == len(orders):
            orders.append(search.by_layer(row_order(start, 0, len(present))))
            counts.append(search.crossings(orders[start]))
        found, crossings = search.improved(orders[start], counts[start])
        if crossings < least:
            best, least = found, crossings
    return search.upright(best, present)


class _Search:
    """Layers laid out for speed: `slots` are the places of all neurons by layer, part, and from top to bottom."""

    def __init__(self, layers: Layers) -> None:
        self._part, self._layer = layers.part, layers.layer
        self._source, self._target = layers.source, layers.target
        slots = np.lexsort((layers.part, layers.layer))
        self._slot_part, self._slot_layer = layers.part[slots], layers.layer[slots]
        group = self._slot_layer * (layers.part.max(initial=0) + 1) + self._slot_part
        self._first = np.flatnonzero(np.diff(group, prepend=-1))
        sizes = np.diff(self._first, append=len(slots))
        self._rank = np.arange(len(slots)) - np.repeat(self._first, sizes)
        columns = {size: round(block_places(size, 0.0)[1] / NEURON_DISTANCE) + 1 for size in np.unique(sizes).tolist()}
        widths = np.array([columns[size] for size in sizes.tolist()])
        self._slot_height = (self._rank - np.repeat((sizes - 1) / 2, sizes)) / np.repeat(widths, sizes)
        self._layer_ends = np.searchsorted(self._slot_layer, np.arange(self._slot_layer.max(initial=-1) + 2))
        self._into = self._arrows_by_layer(self._target, self._source)
        self._out_of = self._arrows_by_layer(self._source, self._target)
        self._pieces, self._counted = self._cut(widths)
        work = len(self._pieces.arrow) + len(self._source) + len(slots) + 200 * len(self._layer_ends)
        self._budget = WORK // max(1, work)
        self.starts = max(1, min(MOST_STARTS, self._budget // MOST_SWEEPS))

    def by_layer(self, order: Index) -> Index:
        """Return the neurons by layer and part, in each in the given order."""
        return order[np.lexsort((self._part[order], self._layer[order]))]

    def crossings(self, order: Index) -> int:
        """Return how many pairs of arrows cross."""
        heights = self._heights(order)
        left, right = self._source[self._counted], self._target[self._counted]
        return self._pieces.crossings(heights[left], heights[right])

    def improved(self, order: Index, least: int) -> tuple[Index, int]:
        """Return the best order that sweeps and then exchanges find from one with `least` crossings, and its own."""
        best, idle = order, 0
        for sweep in range(max(2, min(MOST_SWEEPS, self._budget))):
            order = self._swept(order, sweep)
            crossings = self.crossings(order)
            idle += 1
            if crossings < least:
                best, least, idle = order, crossings, 0
            if idle == 4:
                break
        for _ in range(min(MOST_EXCHANGES, max(self._budget // 6, min(self._budget, 1)))):
            order = self._exchanged(best)
            crossings = self.crossings(order)
            if crossings >= least:
                break
            best, least = order, crossings
        return best, least

    def upright(self, order: Index, present: Index) -> Index:
        """Return the order with those parts turned upside down that then look more like the present order."""
        rank = np.empty(len(present))
        rank[present] = np.arange(len(present))
        heights = self._heights(order)
        likeness = np.bincount(self._part, heights * rank)
        return np.lexsort((np.where(likeness < 0, -1, 1)[self._part] * heights, self._part, self._layer))

    def _heights(self, order: Index) -> Reals:
        heights = np.empty(len(order))
        heights[order] = self._slot_height
        return heights

    def _arrows_by_layer(self, own: Index, other: Index) -> list[tuple[Index, Index]]:
        """Return for each layer the ends of the arrows: the neuron in that layer, and the other."""
        by_layer = np.argsort(self._layer[own], kind="stable")
        ends = np.searchsorted(self._layer[own][by_layer], np.arange(1, len(self._layer_ends) - 1))
        return list(zip(np.split(own[by_layer], ends), np.split(other[by_layer], ends), strict=True))

    def _cut(self, widths: Index) -> tuple[Pieces, Index]:
        """Return the pieces of the arrows that are counted, and which arrows these are."""
        part, layer = self._part, self._layer
        lengths = layer[self._target] - layer[self._source]
        shortest = np.argsort(lengths, kind="stable")
        counted = shortest[: np.searchsorted(np.cumsum(lengths[shortest]), PIECES_LIMIT, "right")]
        # the layers of one part behind those of another, on one long line
        by_part = np.lexsort((self._slot_layer[self._first], self._slot_part[self._first]))
        width = (widths[by_part] - 1) * NEURON_DISTANCE
        x = np.cumsum(width + LAYER_DISTANCE) - width / 2
        group_part, group_layer = self._slot_part[self._first][by_part], self._slot_layer[self._first][by_part]
        stride = int(layer.max(initial=0)) + 1
        key = group_part * stride + group_layer
        column = np.searchsorted(key, part * stride + layer)
        return cut(column[self._source[counted]], column[self._target[counted]], x), counted

    def _swept(self, order: Index, sweep: int) -> Index:
        """Return the order after one sweep: each layer sorted by the mean height of the neurons it is joined to.

        Even sweeps go to the right and look left; two of four turn round those of equal mean.
        """
        order, heights = order.copy(), self._heights(order)
        count = len(self._layer_ends) - 1
        goes_right = sweep % 2 == 0
        arrows = self._into if goes_right else self._out_of
        place = np.empty(len(order), np.intp)
        for layer in range(1, count) if goes_right else range(count - 2, -1, -1):
            begin, end = self._layer_ends[layer], self._layer_ends[layer + 1]
            neurons = order[begin:end][:: -1 if sweep % 4 > 1 else 1]
            place[neurons] = np.arange(end - begin)
            own, other = arrows[layer]
            at = place[own]
            number = np.bincount(at, minlength=end - begin)
            mean = np.bincount(at, heights[other], minlength=end - begin) / np.maximum(number, 1)
            mean = np.where(number, mean, heights[neurons]).round(6)
            neurons = neurons[np.lexsort((mean, self._part[neurons]))]
            order[begin:end] = neurons
            heights[neurons] = self._slot_height[begin:end]
        return order

    def _exchanged(self, order: Index) -> Index:
        """Return the order after neighbours have changed places where that takes crossings away.

        Odd layers stand still while even ones change, and pairs do not overlap, so that no two exchanges meet.
        """
        order = order.copy()
        for parity in range(2):
            for shift in range(2):
                is_upper = (self._slot_layer % 2 == parity) & (self._rank % 2 == shift)
                is_upper[-1:] = False
                is_upper[:-1] &= self._rank[1:] > 0
                upper = np.flatnonzero(is_upper)
                pair = np.full(len(order), -1)
                pair[order[upper]] = pair[order[upper + 1]] = np.arange(len(upper))
                lower = np.zeros(len(order), np.bool_)
                lower[order[upper + 1]] = True
                better = upper[self._gains(pair, lower, self._heights(order), len(upper)) > 0]
                order[better], order[better + 1] = order[better + 1], order[better]
        return order

    def _gains(self, pair: Index, lower: NDArray[np.bool_], heights: Reals, count: int) -> NDArray[np.int64]:
        """Return for each pair how many crossings go when its two neurons change places.

        Of two arrows, one from each neuron of a pair, the one of the lower neuron crosses the other where it leads
        to a smaller height, and would after the exchange where it leads to a larger one.
        """
        own, other = np.concatenate((self._target, self._source)), np.concatenate((self._source, self._target))
        side = np.repeat([0, 1], len(self._source))
        here = pair[own] >= 0
        own, other, key = own[here], other[here], pair[own[here]] * 2 + side[here]
        in_order = np.lexsort((heights[other], key))
        own, key, height = own[in_order], key[in_order], heights[other][in_order]
        uppers = np.concatenate(([0], np.cumsum(~lower[own])))
        new_key = np.flatnonzero(np.diff(key, prepend=-1))
        new_height = np.flatnonzero(np.diff(key, prepend=-1).astype(np.bool_) | (np.diff(height, prepend=np.nan) != 0))
        first_of_key, end_of_key = _stretches(new_key, len(key))
        first_of_height, end_of_height = _stretches(new_height, len(key))
        smaller = uppers[first_of_height] - uppers[first_of_key]
        larger = uppers[end_of_key] - uppers[end_of_height]
        return np.bincount(key // 2, np.where(lower[own], larger - smaller, 0), minlength=count).astype(np.int64)


def _stretches(starts: Index, count: int) -> tuple[Index, Index]:
    """Return for each of `count` places where its stretch starts and where it ends, given where stretches start."""
    lengths = np.diff(starts, append=count)
    return np.repeat(starts, lengths), np.repeat(starts + lengths, lengths)
