"""What a network refuses, and in which words. The canvas asks the same checks while an arrow is being dragged."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from annsim.errors import AnnsimError, NetworkError, shorten
from annsim.network.connections import ID_LIMIT, ConnectionBlock
from annsim.network.groups import GroupValues
from annsim.network.neuron import FIELDS, NeuronValues, checked, checked_number, checked_truth
from annsim.network.order import depths, find_cycle

if TYPE_CHECKING:
    from annsim.network.network import Network

NEURON_LIMIT = 100_000
CONNECTION_LIMIT = 10_000_000
SEED_LIMIT = 2**63 - 1


def checked_seed(seed: int) -> int:
    """Return a seed as an int, or raise NetworkError."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed <= SEED_LIMIT:
        raise NetworkError(f"the seed must be a whole number from 0 to {SEED_LIMIT}, not '{shorten(str(seed), 40)}'")
    return int(seed)


def check_lengths(ids: Sequence[Any] | NDArray[Any], values: Sequence[Any] | NDArray[Any]) -> None:
    """Refuse to set another number of values than there are ids."""
    if len(ids) != len(values):
        raise NetworkError(f"there are {len(values)} values for {len(ids)} ids")


def check_ids(ids: Iterable[int], kind: str) -> None:
    """Refuse ids that are not positive or stand there twice."""
    seen: set[int] = set()
    for number in ids:
        if not 0 < number <= ID_LIMIT:
            raise NetworkError(f"{kind} id {number} is not a positive 32-bit integer")
        if number in seen:
            raise NetworkError(f"{kind} id {number} stands there twice")
        seen.add(number)


def checked_values(values: NeuronValues) -> NeuronValues:
    """Return the neuron with every value in its proper type, or raise."""
    try:
        fields = {field: checked(field, getattr(values, field)) for field in FIELDS}
    except AnnsimError as error:
        raise error.at(f"neuron {values.id}") from None
    return NeuronValues(values.id, **fields)


def check_names(network: "Network", changed: Iterable[NeuronValues]) -> None:
    """Refuse a name that another neuron has; `changed` are neurons as they would be."""
    changed = tuple(changed)
    ids = {values.id for values in changed}
    new: dict[str, int] = {}
    for values in changed:
        owner = network.neuron_id_of(values.name)
        if owner is not None and owner not in ids:
            raise NetworkError(
                f"the name '{shorten(values.name, 40)}' is taken by neuron {owner}", where=f"neuron {values.id}"
            )
        if new.setdefault(values.name, values.id) != values.id:
            raise NetworkError(f"neurons {new[values.name]} and {values.id} would both be called '{values.name[:40]}'")


def check_neuron(values: NeuronValues, has_incoming: bool, has_outgoing: bool) -> None:
    """Refuse a neuron that contradicts itself or its arrows."""
    where = f"neuron {values.id} ({shorten(values.name, 40)})"
    if values.role == "input" and has_incoming:
        raise NetworkError(
            "an input neuron takes no arrows, and this one has some", where=where, hint="Remove them first."
        )
    if values.activation == "softmax":
        if values.role != "output":
            raise NetworkError("softmax is for output neurons only", where=where, hint="Choose another function.")
        if has_outgoing:
            raise NetworkError(
                "a softmax neuron has no outgoing arrows, since its output depends on all softmax neurons", where=where
            )


def check_new_neurons(network: "Network", neurons: Mapping[int, NeuronValues]) -> None:
    """Refuse neurons to be added whose ids or names are taken, that are too many or contradict themselves."""
    taken = next((i for i in neurons if i in network.neurons), None)
    if taken is not None:
        raise NetworkError(f"neuron id {taken} is taken")
    if len(network.neurons) + len(neurons) > NEURON_LIMIT:
        raise NetworkError(f"a network holds at most {NEURON_LIMIT:,} neurons")
    check_names(network, neurons.values())
    for values in neurons.values():
        check_neuron(values, has_incoming=False, has_outgoing=False)


def check_groups_exist(neurons: Iterable[NeuronValues], *groups: Container[int]) -> None:
    """Refuse a neuron that names a group which none of the tables holds."""
    for values in neurons:
        if values.group and not any(values.group in table for table in groups):
            raise NetworkError(
                f"there is no group {values.group}", where=f"neuron {values.id} ({shorten(values.name, 40)})"
            )


def check_groups_empty(groups: Iterable[GroupValues], left: Iterable[NeuronValues]) -> None:
    """Refuse to remove groups that a neuron names which stays."""
    titles = {values.id: values.title for values in groups}
    for values in left if titles else ():
        if values.group in titles:
            raise NetworkError(
                f"group '{shorten(titles[values.group], 40)}' still holds neuron '{shorten(values.name, 40)}'",
                hint="Ungroup it first.",
            )


def check_block(block: ConnectionBlock, present: ConnectionBlock, neurons: Mapping[int, NeuronValues]) -> None:
    """Refuse connections to be added for their ids, their number, their weights or their ends."""
    if len({len(column) for column in block.columns()}) != 1:
        raise NetworkError("the columns of the connections differ in length")
    if len(present) + len(block) > CONNECTION_LIMIT:
        raise NetworkError(f"a network holds at most {CONNECTION_LIMIT:,} connections")
    if int(block.ids[0]) < 1 or int(block.ids[-1]) > ID_LIMIT or np.any(np.diff(block.ids.astype(np.int64)) <= 0):
        raise NetworkError("the ids of new connections must be positive 32-bit integers and ascend")
    if len(present) and block.ids[0] <= present.ids[-1]:
        taken = np.intersect1d(block.ids, present.ids)
        if len(taken):
            raise NetworkError(f"connection id {taken[0]} is taken")
    if not np.isfinite(block.weight).all():
        row = int(np.flatnonzero(~np.isfinite(block.weight))[0])
        raise NetworkError(f"weight must be finite, not {block.weight[row]}", where=f"connection {block.ids[row]}")
    _check_ends(block, neurons)


def _check_ends(block: ConnectionBlock, neurons: Mapping[int, NeuronValues]) -> None:
    if len(block) == 1:
        suspects = np.array([0])
    else:
        ids = np.array(list(neurons), np.int32)
        inputs = np.array([i for i, values in neurons.items() if values.role == "input"], np.int32)
        softmax = np.array([i for i, values in neurons.items() if values.activation == "softmax"], np.int32)
        known = np.isin(block.source, ids) & np.isin(block.target, ids)
        wrong = np.isin(block.target, inputs) | np.isin(block.source, softmax) | (block.source == block.target)
        suspects = np.flatnonzero(wrong | ~known)
    for row in suspects.tolist():
        source, target = int(block.source[row]), int(block.target[row])
        missing = next((i for i in (source, target) if i not in neurons), None)
        if missing is not None:
            raise NetworkError(f"there is no neuron {missing}", where=f"arrow {source} -> {target}")
        check_arrow_ends(neurons[source], neurons[target])


def check_arrow_ends(source: NeuronValues, target: NeuronValues) -> None:
    """Refuse an arrow for what its two ends are."""
    arrow = f"arrow {source.id} -> {target.id}"
    if source.id == target.id:
        raise NetworkError(f"'{shorten(source.name, 40)}' cannot be connected to itself", where=arrow)
    if target.role == "input":
        raise NetworkError(f"'{shorten(target.name, 40)}' is an input neuron, which takes no arrows", where=arrow)
    if source.activation == "softmax":
        raise NetworkError(
            f"'{shorten(source.name, 40)}' is a softmax neuron, which has no outgoing arrows", where=arrow
        )


def check_not_connected(present: ConnectionBlock, source: int, target: int) -> None:
    """Refuse a second arrow between two neurons."""
    if np.any((present.source == source) & (present.target == target)):
        raise NetworkError(f"neurons {source} and {target} are connected already", where=f"arrow {source} -> {target}")


def check_no_duplicates(source: NDArray[np.int32], target: NDArray[np.int32]) -> None:
    """Refuse a second arrow between the same two neurons."""
    keys = (source.astype(np.int64) << 32) | target
    order = np.argsort(keys, kind="stable")
    twice = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    if len(twice):
        row = order[twice[0]]
        raise NetworkError(f"neurons {source[row]} and {target[row]} are connected already")


def check_no_cycle(neurons: Mapping[int, NeuronValues], block: ConnectionBlock) -> dict[int, int]:
    """Refuse connections with a directed cycle, named in order; return the depth of every neuron by id."""
    ids = np.array(sorted(neurons), np.int64)
    is_input = np.array([neurons[i].role == "input" for i in ids.tolist()], np.bool_)
    source, target = np.searchsorted(ids, block.source), np.searchsorted(ids, block.target)
    depth, stuck = depths(is_input, source, target)
    if len(stuck):
        cycle = [neurons[int(ids[i])].name for i in find_cycle(stuck, source, target)]
        raise NetworkError(
            f"this would close the cycle {cycle_text(cycle)}", hint="A network is evaluated from inputs to outputs."
        )
    return dict(zip(ids.tolist(), depth.tolist(), strict=True))


def checked_column(field: str, ids: Sequence[int] | NDArray[Any], values: Sequence[Any] | NDArray[Any]) -> NDArray[Any]:
    """Return new weights or locks as a column, or raise with the connection named."""
    if field == "weight" and getattr(values, "dtype", None) == np.float64 and np.isfinite(values).all():
        return np.asarray(values)
    check, dtype = (checked_number, np.float64) if field == "weight" else (checked_truth, np.bool_)
    column = []
    for number, value in zip(ids, values, strict=True):
        try:
            column.append(check(field, value))
        except NetworkError as error:
            raise error.at(f"connection {number}") from None
    return np.array(column, dtype)


def cycle_text(names: list[str]) -> str:
    """Return "h3 -> h5 -> h3"; a long cycle is shown by its first and last neurons."""
    shown = [shorten(name, 24) for name in [*names, names[0]]]
    if len(shown) > 10:
        shown = [*shown[:5], f"({len(shown) - 9} more)", *shown[-4:]]
    return " -> ".join(shown)
