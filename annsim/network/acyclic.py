"""Which of many wished arrows can be drawn without a cycle, found for all together instead of arrow by arrow."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annsim.network.order import Index, depths

Truths = NDArray[np.bool_]
Arrows = tuple[Index, Index]  # source and target
STARTS_AT_ONCE = 2048  # 256 bytes a neuron


def without_cycles(count: int, present: Arrows, wished: Arrows) -> Truths:
    """Return which wished arrows can be added together; each other one would close a cycle with those and the present.

    Arrows that lie on no cycle are taken at once, O(arrows). Of the rest those from earlier to later have the right of
    way: by the depth that they have without them, then by number, so number the neurons from left to right. Then
    come those that still close no cycle, target by target.

    Parameters
    ----------
    count : number of neurons, numbered from 0.
    present, wished : (source, target) of the arrows; the present ones close no cycle.
    """
    source, target = wished
    core = _between_cycles(count, *_joined(present, wished))
    taken = ~(core[source] & core[target])
    drawn = _within(core, present)
    depth, _ = depths(np.ones(count, np.bool_), *drawn)
    rank = np.lexsort((np.arange(count), depth)).argsort()
    taken |= rank[source] < rank[target]
    rest = np.flatnonzero(~taken)
    if len(rest):
        drawn = _within(core, _joined(drawn, (source[taken], target[taken])))
        rest = rest[~_are_led_back(count, drawn, (source[rest], target[rest]))]  # few are left, seldom any
        taken[rest] = _one_after_another(count, drawn, (source[rest], target[rest]))
    return taken


def _one_after_another(count: int, drawn: Arrows, wished: Arrows) -> Truths:
    """Return which arrows are taken when each is asked for a cycle with all before; target by target.

    A new arrow leads whatever leads to its source to whatever its target leads to; O(targets * sources * targets / 8).
    """
    bits, row, place = _leads_back(count, drawn, wished)
    taken = np.zeros(len(row), np.bool_)
    for at in range(int(place.max(initial=-1)) + 1):
        arrows = np.flatnonzero(place == at)
        arrows = arrows[~_bit(bits, row[arrows], at)]
        taken[arrows] = True
        behind = _bit(bits, slice(None), at)
        bits[behind] |= np.bitwise_or.reduce(bits[row[arrows]], axis=0)
    return taken


def _are_led_back(count: int, drawn: Arrows, wished: Arrows) -> Truths:
    return _bit(*_leads_back(count, drawn, wished))


def _leads_back(count: int, drawn: Arrows, wished: Arrows) -> tuple[NDArray[np.uint8], Index, Index]:
    """Return for each source one bit for each target that leads to it, and for each arrow the row and the bit."""
    sources, row = np.unique(wished[0], return_inverse=True)
    targets, place = np.unique(wished[1], return_inverse=True)
    return leading_to(count, drawn, targets, sources), row, place


def leading_to(count: int, arrows: Arrows, starts: Index, ends: Index) -> NDArray[np.uint8]:
    """Return for each end one bit for each start: whether arrows lead to it from there; a neuron leads to itself.

    O(arrows * starts / 64).

    Returns
    -------
    (end, byte) : start s is bit s % 8 of byte s // 8.
    """
    source, target = arrows
    depth, _ = depths(np.ones(count, np.bool_), source, target)
    by_depth = np.lexsort((target, depth[target]))
    source, target = source[by_depth], target[by_depth]
    firsts = np.append(np.flatnonzero(np.diff(target, prepend=-1)), len(target))
    reached = target[firsts[:-1]]
    cuts = np.append(np.flatnonzero(np.diff(depth[reached], prepend=-1)), len(reached)).tolist()
    parts = [np.zeros((len(ends), 0), np.uint8)]
    for low in range(0, len(starts), STARTS_AT_ONCE):
        some = starts[low : low + STARTS_AT_ONCE]
        number = np.arange(len(some))
        bits = np.zeros((count, -(-len(some) // 64) * 8), np.uint8)
        bits[some, number // 8] = 1 << (number % 8)
        words = bits.view(np.uint64)
        for a, b in pairwise(cuts):
            into = source[firsts[a] : firsts[b]]
            words[reached[a:b]] |= np.bitwise_or.reduceat(words[into], firsts[a:b] - firsts[a], axis=0)
        parts.append(bits[ends])
    return np.concatenate(parts, axis=1)


def _bit(bits: NDArray[np.uint8], row: Index | slice, place: Index | int) -> Truths:
    return ((bits[row, place // 8] >> (place % 8)) & 1).astype(np.bool_)


def _between_cycles(count: int, source: Index, target: Index) -> Truths:
    """Return which neurons lie on a cycle, or behind one and before another."""
    nowhere = np.zeros(count, np.bool_)
    behind, before = nowhere.copy(), nowhere.copy()
    behind[depths(nowhere, source, target)[1]] = True
    back = _within(behind, (target, source))
    before[depths(nowhere, *back)[1]] = True
    return behind & before


def _joined(some: Arrows, others: Arrows) -> Arrows:
    return np.concatenate((some[0], others[0])), np.concatenate((some[1], others[1]))


def _within(neurons: Truths, arrows: Arrows) -> Arrows:
    here = neurons[arrows[0]] & neurons[arrows[1]]
    return arrows[0][here], arrows[1][here]
