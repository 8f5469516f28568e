"""The four edits; each knows how to do itself to a network, which gives back the exact inverse.

The law, held by a property test: apply an edit, then its inverse, and the document is byte-identical.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from numpy.typing import NDArray

from annsim.network.connections import ConnectionBlock, empty_block
from annsim.network.groups import GroupValues
from annsim.network.neuron import NeuronValues
from annsim.network.notes import NoteValues

Counters = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Add:
    """Add neurons, connections, notes and groups with given ids; a neuron may name a group added with it.

    `counters` are the next ids (neuron, connection) afterwards; None: just above the largest ever used.
    """

    neurons: tuple[NeuronValues, ...] = ()
    connections: ConnectionBlock = field(default_factory=empty_block)
    counters: Counters | None = None
    name: str = "Add"
    notes: tuple[NoteValues, ...] = ()
    groups: tuple[GroupValues, ...] = ()


@dataclass(frozen=True, eq=False)
class Remove:
    """Remove neurons with all their connections, further connections, notes and groups, by id.

    A group that still has neurons afterwards is refused; `grouping.removing` makes the edit that takes them out.

    `counters` are the next ids (neuron, connection) afterwards; None: as they are, so that no id is used again.
    """

    neurons: tuple[int, ...] = ()
    connections: tuple[int, ...] = ()
    counters: Counters | None = None
    name: str = "Delete"
    notes: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class SetValues:
    """Set one field of several neurons, connections, notes or groups, one value each."""

    kind: Literal["neuron", "connection", "note", "group"]
    field: str
    ids: Sequence[int] | NDArray[Any]
    values: Sequence[Any] | NDArray[Any]
    name: str = "Change"


@dataclass(frozen=True, eq=False)
class Compound:
    """Several edits as one, in order; if one is refused, none is done."""

    edits: tuple["Edit", ...]
    name: str = "Change"


Edit = Add | Remove | SetValues | Compound
