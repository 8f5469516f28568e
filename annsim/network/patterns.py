"""Many neurons connected to many, by a pattern; arrows that cannot be are left out and counted by reason."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.errors import NetworkError
from annsim.functions.randomness import stream
from annsim.network.acyclic import without_cycles
from annsim.network.edits import Add
from annsim.network.network import Network
from annsim.network.order import Index
from annsim.network.places import Reals, places_of
from annsim.network.rules import CONNECTION_LIMIT, checked_seed

STREAM = 2**63  # of the seed; the row orders have the small ones
NEAR_TOGETHER = 40  # targets whose nearest sources are sought at once


@dataclass(frozen=True, eq=False)
class Ends:
    """The sources or the targets of a pattern, each once, from top to bottom, then from left to right.

    ids : (neuron,); places : (neuron, 2).
    """

    ids: NDArray[np.int64]
    places: Reals

    def __len__(self) -> int:
        return len(self.ids)


Pairs = tuple[Index, Index]
Pattern = Callable[[Ends, Ends], Pairs]  # from sources and targets to the rows of those to connect


@dataclass(frozen=True)
class Skipped:
    """How many arrows were left out, by reason."""

    there_already: int = 0
    onto_itself: int = 0
    into_inputs: int = 0
    from_softmax: int = 0
    closing_cycles: int = 0

    def __bool__(self) -> bool:
        return self != Skipped()

    def sentence(self, connected: int) -> str:
        """Return what happened, such as "12 connected, 3 were there already, 1 would close a cycle"."""
        reasons = (
            (self.there_already, "was there already", "were there already"),
            (self.onto_itself, "would lead from a neuron to itself", "would lead from neurons to themselves"),
            (self.into_inputs, "would lead into an input", "would lead into inputs"),
            (self.from_softmax, "would leave a softmax neuron", "would leave softmax neurons"),
            (self.closing_cycles, "would close a cycle", "would close a cycle"),
        )
        said = [f"{number:,} {one if number == 1 else many}" for number, one, many in reasons if number]
        return ", ".join([f"{connected:,} connected", *said])


def all_to_all(sources: Ends, targets: Ends) -> Pairs:
    """Connect every source to every target."""
    _check_number(len(sources) * len(targets))
    return np.tile(np.arange(len(sources)), len(targets)), np.repeat(np.arange(len(targets)), len(sources))


def one_to_one(sources: Ends, targets: Ends) -> Pairs:
    """Connect the first source to the first target, and so on, from top to bottom; what is over stays as it is."""
    rows = np.arange(min(len(sources), len(targets)))
    return rows, rows


def random_share(share: float, seed: int) -> Pattern:
    """Return the pattern that connects a share of all pairs, 0 to 1, drawn at random; the same seed, the same pairs."""
    if not 0 <= share <= 1:
        raise NetworkError(f"a share must be from 0 to 1, not {share}")
    seed = checked_seed(seed)

    def pattern(sources: Ends, targets: Ends) -> Pairs:
        source, target = all_to_all(sources, targets)
        lots = stream(seed, STREAM, len(source))
        drawn = np.sort(np.argsort(lots, kind="stable")[: round(share * len(source))])
        return source[drawn], target[drawn]

    return pattern


def nearest(count: int) -> Pattern:
    """Return the pattern that connects to each target its nearest sources, the target itself left out."""
    if count < 1:
        raise NetworkError(f"the number of nearest neurons must be at least 1, not {count}")

    def pattern(sources: Ends, targets: Ends) -> Pairs:
        number = min(count + 1, len(sources))  # a target may be among its own nearest
        _check_number(number * len(targets))
        source = np.empty((len(targets), number), np.intp)
        for rows in _near_together(targets.places):
            source[rows] = _nearest_rows(sources, targets.places[rows], number)
        is_other = sources.ids[source] != targets.ids[:, None]
        is_meant = is_other & (np.cumsum(is_other, axis=1) <= count)
        return source[is_meant], np.nonzero(is_meant)[0]

    return pattern


def connecting(
    network: Network, sources: Iterable[int], targets: Iterable[int], pattern: Pattern
) -> tuple[Add, Skipped]:
    """Return the edit that connects sources to targets by a pattern, and how many arrows it leaves out, by reason.

    Where the new arrows would close a cycle with each other, those from earlier to later, else from left to right,
    go first; what is left out would be refused afterwards too. Weights are those of arrows drawn by hand.

    Raises
    ------
    NetworkError
        For an id that is not there, and for more arrows than a network holds.
    """
    first, second = _ends(network, sources), _ends(network, targets)
    source_rows, target_rows = pattern(first, second)
    source, target = first.ids[source_rows], second.ids[target_rows]
    is_softmax = np.array([network.neuron_values(i).activation == "softmax" for i in first.ids.tolist()], np.bool_)
    is_input = np.array([network.neuron_values(i).role == "input" for i in second.ids.tolist()], np.bool_)
    wrong = (
        _are_connected(network, source, target),
        source == target,
        is_input[target_rows],
        is_softmax[source_rows],
    )
    reason = np.select(wrong, range(len(wrong)), default=len(wrong))
    source, target = source[reason == len(wrong)], target[reason == len(wrong)]
    taken = _taken(network, source, target)
    there_already, onto_itself, into_inputs, from_softmax, _ = np.bincount(reason, minlength=5).tolist()
    skipped = Skipped(there_already, onto_itself, into_inputs, from_softmax, int((~taken).sum()))
    source, target = source[taken], target[taken]
    name = f"Connect {source[0]} -> {target[0]}" if len(source) == 1 else f"Add {len(source):,} connections"
    return Add(connections=network.new_block(source, target), name=name), skipped


def _ends(network: Network, neurons: Iterable[int]) -> Ends:
    ids = np.array(sorted(set(neurons)), np.int64)
    places = places_of(network, ids.tolist())
    order = np.lexsort((ids, places[:, 0], places[:, 1]))
    return Ends(ids[order], places[order])


def _are_connected(network: Network, source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs have an arrow in the network."""
    block = network.store.block
    near = np.isin(block.target, np.unique(target)) & np.isin(block.source, np.unique(source))
    return np.isin((source << 32) | target, (block.source[near].astype(np.int64) << 32) | block.target[near])


def _taken(network: Network, source: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which arrows can be added without a cycle; the neurons are numbered from left to right."""
    ids = np.array(list(network.neurons), np.int64)
    x, y = places_of(network, ids.tolist()).T
    number = np.lexsort((ids, y, x)).argsort()
    block = network.store.block
    present = number[np.searchsorted(ids, block.source)], number[np.searchsorted(ids, block.target)]
    wished = number[np.searchsorted(ids, source)], number[np.searchsorted(ids, target)]
    return without_cycles(len(ids), present, wished)


def _near_together(places: Reals) -> list[Index]:
    """Return the rows in groups that stand near together: strips by x, cut by y."""
    groups = max(1, len(places) // NEAR_TOGETHER)
    strips = np.array_split(np.argsort(places[:, 0], kind="stable"), math.isqrt(groups))
    return [
        rows
        for strip in strips
        for rows in np.array_split(strip[np.argsort(places[strip, 1], kind="stable")], -(-groups // len(strips)))
    ]


def _nearest_rows(sources: Ends, targets: Reals, number: int) -> Index:
    """Return the rows of the nearest sources of targets that stand near together, (target, number), nearest first.

    From a middle that is within h of each target, let the `number` nearest sources be within d: those of any target
    are within d + h of it, so within d + 2 h of the middle, and only such are compared.
    """
    if number == 0 or len(targets) == 0:
        return np.empty((len(targets), number), np.intp)
    middle = (targets.min(axis=0) + targets.max(axis=0)) / 2
    farthest = np.hypot(*(targets - middle).T).max()
    away = np.hypot(*(sources.places - middle).T)
    enough = np.partition(away, number - 1)[number - 1] + 2 * farthest
    near = np.flatnonzero(away <= enough * (1 + 1e-9))
    distance = np.hypot(*(targets[:, None] - sources.places[near]).transpose(2, 0, 1))
    return near[np.argsort(distance, axis=1, kind="stable")[:, :number]]  # of two equally near the upper one


def _check_number(arrows: int) -> None:
    if arrows > CONNECTION_LIMIT:
        raise NetworkError(f"{arrows:,} arrows are too many", hint=f"A network holds at most {CONNECTION_LIMIT:,}.")
