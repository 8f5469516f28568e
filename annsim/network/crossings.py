"""How many pairs of arrows cross in a drawing whose neurons stand in columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.network.network import Network
from annsim.network.neuron import Position
from annsim.network.order import Index
from annsim.network.places import Reals, places_of

FINE = 2.0**40  # heights nearer to each other than this part of the drawing's height count as one
COLUMN_WIDTH = 2.0**-10  # px; neurons nearer to each other stand in one column


@dataclass(frozen=True, eq=False)
class Pieces:
    """Arrows cut where they pass a column; the space between two neighbouring columns is a gap.

    arrow, gap : (piece,) which arrow it is of, and where.
    start, end : (piece,) how far along the arrow it begins and ends, 0 at the arrow's left end, 1 at its right end.
    """

    arrow: Index
    gap: Index
    start: Reals
    end: Reals

    def crossings(self, left: Reals, right: Reals) -> int:
        """Return how many pairs cross when the ends of the arrows have these heights; O(pieces * log(pieces)).

        Arrows that meet at a neuron do not cross there, nor do those that lie on one line.
        """
        way = (right - left)[self.arrow]
        low, high = (
            float(min(left.min(initial=0), right.min(initial=0))),
            float(max(left.max(initial=0), right.max(initial=0))),
        )
        scale = FINE / ((high - low) or 1.0)
        first = _ranks(self.gap, ((left - low)[self.arrow] + way * self.start) * scale)
        last = _ranks(self.gap, ((left - low)[self.arrow] + way * self.end) * scale)
        in_order = np.sort(first * (int(last.max(initial=0)) + 1) + last)
        return inversions(in_order % (int(last.max(initial=0)) + 1))


def cut(left: Index, right: Index, column_x: Reals) -> Pieces:
    """Cut arrows that lead from a column `left` to a column `right` > `left`, given the columns' ascending places.

    Where an arrow passes a column it is cut a hair behind it, so that two arrows that meet exactly there change
    order within one gap, and are counted once.
    """
    lengths = right - left
    arrow = np.repeat(np.arange(len(left)), lengths)
    begin = np.cumsum(lengths) - lengths
    gap = np.arange(len(arrow)) - begin[arrow] + left[arrow]
    hair = 1e-3 * np.diff(column_x, append=np.inf).min(initial=1.0)
    from_left = column_x[left][arrow]
    width = column_x[right][arrow] - from_left
    start = np.where(gap == left[arrow], 0.0, (column_x[gap] + hair - from_left) / width)
    end = np.where(gap + 1 == right[arrow], 1.0, (column_x[gap + 1] + hair - from_left) / width)
    return Pieces(arrow, gap, start, end)


def inversions(values: NDArray[np.int64]) -> int:
    """Return the number of pairs i < j with values[i] > values[j], for values >= 0; O(n * log(largest)).

    The values are sorted by one binary digit after another, the highest first; a pair is counted at the highest
    digit in which its two values differ.
    """
    total = 0
    place = np.arange(len(values))
    for digit in range(int(values.max(initial=0)).bit_length() - 1, -1, -1):
        is_one = (values >> digit) & 1
        ones = np.cumsum(is_one) - is_one  # before each place
        starts = np.flatnonzero(np.diff(values >> (digit + 1), prepend=-1))
        ends = np.append(starts[1:], len(values))
        group = np.repeat(np.arange(len(starts)), ends - starts)
        ones -= ones[starts][group]
        zeros_of_group = np.add.reduceat(1 - is_one, starts)
        total += int((ones * (1 - is_one)).sum())
        start = starts[group]
        to = np.where(is_one, start + zeros_of_group[group] + ones, place - ones)
        split = np.empty_like(values)
        split[to] = values
        values = split
    return total


def crossings(network: Network, positions: Mapping[int, Position] | None = None) -> int:
    """Return how many pairs of arrows cross when all are straight, at other positions where some are given.

    Arrows that run straight up or down are left out. Every arrow is cut at every column that it passes, so this is
    quick for drawings in few columns: O(p log p) for p pieces.
    """
    ids = np.array(list(network.neurons), np.int64)
    places = places_of(network, ids.tolist())
    if positions:
        places[np.searchsorted(ids, list(positions))] = list(positions.values())
    x, y = places.T
    columns, column = np.unique(np.rint(x / COLUMN_WIDTH), return_inverse=True)
    block = network.store.block
    source, target = np.searchsorted(ids, block.source), np.searchsorted(ids, block.target)
    goes_on = column[source] != column[target]
    source, target = source[goes_on], target[goes_on]
    is_turned = column[source] > column[target]
    left, right = np.where(is_turned, target, source), np.where(is_turned, source, target)
    return cut(column[left], column[right], columns).crossings(y[left], y[right])


def _ranks(gap: Index, height: Reals) -> NDArray[np.int64]:
    """Return the ranks of the pieces by gap and height, equal heights of one gap alike."""
    fine = np.rint(height).astype(np.int64)
    order = np.lexsort((fine, gap))
    is_new = np.diff(gap[order], prepend=-1).astype(np.bool_) | np.diff(fine[order], prepend=-1).astype(np.bool_)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.cumsum(is_new)
    return ranks
