"""What an expression can set: weights, biases, thresholds, and of which connections or neurons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annsim.gui.document import Document
from annsim.network.columns import (
    CONNECTION_VARIABLES,
    NEURON_VARIABLES,
    Columns,
    connection_columns,
    neuron_columns,
)
from annsim.network.edits import SetValues
from annsim.network.expressions import Expression

Ids = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Target:
    """A field that can be set: its words, its letter in expressions, and the variables one may use."""

    field: str
    one: str
    many: str
    letter: str
    kind: Literal["neuron", "connection"]
    variables: tuple[str, ...]
    heeds_lock: bool = True

    def count(self, number: int) -> str:
        """Return "1 weight", "12 weights"."""
        return f"{number:,} {self.one if number == 1 else self.many}"


TARGETS = (
    Target("weight", "weight", "weights", "w", "connection", CONNECTION_VARIABLES),
    Target("bias", "bias", "biases", "b", "neuron", NEURON_VARIABLES),
    Target("threshold", "threshold", "thresholds", "t", "neuron", NEURON_VARIABLES, heeds_lock=False),
)


@dataclass(frozen=True)
class Scope:
    """Some connections or neurons by id, ascending, and how they are called."""

    text: str
    ids: Ids


@dataclass(frozen=True)
class Chosen:
    """What is to be set: the ids without those that are locked, and how many are."""

    ids: Ids
    locked: int


@dataclass(frozen=True)
class Outcome:
    """Values before and after, (value,), for the ids in their order."""

    ids: Ids
    before: Values
    after: Values


def scopes(document: Document, target: Target) -> list[Scope]:
    """Return of which connections or neurons a field can be set, what is selected first; at least one."""
    return _connection_scopes(document) if target.kind == "connection" else _neuron_scopes(document)


def _connection_scopes(document: Document) -> list[Scope]:
    block = document.network.store.block
    every = block.ids.astype(np.int64)
    chosen = np.fromiter(document.selected_neurons, np.int64)
    is_into, is_from = np.isin(block.target, chosen), np.isin(block.source, chosen)
    found = [
        ("selected", _ascending(document.selected_connections)),
        ("into the selected neurons", every[is_into]),
        ("among the selected neurons", every[is_into & is_from]),
    ]
    part = [Scope(f"{_count(len(ids), 'arrow')} {where}", ids) for where, ids in found if len(ids)]
    return [*part, Scope(f"all {_count(len(every), 'arrow')}", every)]


def _neuron_scopes(document: Document) -> list[Scope]:
    network = document.network
    able = _ascending(i for i in network.neurons if network.neuron_values(i).role != "input")
    selected = able[np.isin(able, np.fromiter(document.selected_neurons, np.int64))]
    part = [Scope(f"{_count(len(selected), 'neuron')} selected", selected)] if len(selected) else []
    return [*part, Scope(f"all {_count(len(able), 'neuron')} but inputs", able)]


def choose(document: Document, target: Target, ids: Ids) -> Chosen:
    """Leave out what is locked."""
    if not target.heeds_lock:
        return Chosen(ids, 0)
    network = document.network
    if target.kind == "connection":
        locked = network.store.block.locked[network.store.rows(ids)]
    else:
        locked = np.array([network.neuron_values(int(i)).locked for i in ids], np.bool_)
    return Chosen(ids[~locked], int(np.count_nonzero(locked)))


def outcome(document: Document, target: Target, ids: Ids, expression: Expression, seed: int) -> Outcome:
    """Compute the values; ExpressionError where one of them is not finite.

    While a training goes on, the weights and biases on show count, not those at its last pause.
    """
    columns = _columns(document, target, ids)
    before = np.asarray(columns[target.letter], np.float64)
    return Outcome(ids, before, expression.values(columns, seed, ids))


def edit_of(target: Target, result: Outcome, text: str) -> SetValues:
    """Return the step that sets the values, with a name such as "Set 12 weights: w * 0.5"."""
    name = f"Set {target.count(len(result.ids))}: {text}"
    return SetValues(target.kind, target.field, result.ids, result.after.tolist(), name)


def thing_text(document: Document, target: Target, number: int) -> str:
    """Return the name of a neuron, or "x1 → h2" for a connection."""
    network = document.network
    if target.kind == "neuron":
        return network.neuron_values(number).name
    connection = network.connections[number]
    return " → ".join(network.neuron_values(i).name for i in (connection.source, connection.target))


def _columns(document: Document, target: Target, ids: Ids) -> Columns:
    network, moment = document.network, document.moment
    if target.kind == "connection":
        columns = connection_columns(network, ids)
        if len(moment.weights) == len(network.store.block):
            columns["w"] = moment.weights[network.store.rows(ids)]
        return columns
    columns = neuron_columns(network, ids)
    places = np.array([moment.place.get(i, -1) for i in ids.tolist()], np.intp)
    if len(places) and places.min() >= 0:
        columns["b"] = moment.bias[places]
    return columns


def _ascending(ids: Iterable[int]) -> Ids:
    return np.sort(np.fromiter(ids, np.int64))


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
