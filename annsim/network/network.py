"""The network: what the user drew, its rules, and one event when it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annsim.errors import NetworkError
from annsim.events import Event
from annsim.functions.randomness import drawn_weights
from annsim.network import rules
from annsim.network.connections import Connection, ConnectionBlock, Connections, ConnectionStore
from annsim.network.edits import Add, Compound, Counters, Edit, Remove, SetValues
from annsim.network.groups import GroupValues
from annsim.network.neuron import (
    DEFAULT_ACTIVATION,
    FIELDS,
    Neuron,
    Neurons,
    NeuronValues,
    Position,
    Role,
    checked,
    checked_number,
    checked_truth,
)
from annsim.network.notes import NoteValues
from annsim.network.table import group_table, note_table

NAME_PREFIX = {"input": "x", "hidden": "h", "output": "y"}
LAYER_DISTANCE, NEURON_DISTANCE = 200.0, 100.0
COLUMN_OF_ROLE = {"input": 0, "hidden": 1, "output": 2}


class Network:
    """A drawing of neurons and connections without a directed cycle; it computes nothing itself.

    Attributes
    ----------
    neurons, connections : mappings from id to light handles, in order of creation.
    notes, groups : mappings from id to plain values, in ascending id; to be read only.
    seed : int; with the id of a connection it gives the weight of an arrow drawn without one.
    changed : event that is sent once after each edit, with the edit as it was done.
    trained_on : what the last training in Python leaves here for `annsim.save`: its data and its run.
    """

    def __init__(self, seed: int = 1) -> None:
        self.seed = rules.checked_seed(seed)
        self._neurons: dict[int, NeuronValues] = {}
        self._id_of_name: dict[str, int] = {}
        self._rank: dict[int, int] = {}  # a topological numbering: the source of every arrow ranks below its target
        self._top_rank = 0
        self._counters: Counters = (1, 1)
        self.store = ConnectionStore()
        self._notes, self._groups = note_table(), group_table()
        self.changed: Event[Edit] = Event()
        self.trained_on: Any = None
        self.neurons = Neurons(self)
        self.connections = Connections(self)

    @classmethod
    def layered(
        cls, sizes: Sequence[int], *, activation: str = "tanh", output_activation: str = "sigmoid", seed: int = 1
    ) -> "Network":
        """Return a fully connected network in layers, inputs first, with Glorot-uniform weights and biases 0.

        Parameters
        ----------
        sizes : numbers of neurons, inputs first, outputs last; at least two.
        activation, output_activation : functions of the hidden and of the output neurons.
        seed : seed of the initial weights.
        """
        from annsim.network.builders import layered

        return layered(cls(seed), sizes, activation, output_activation)

    # reading

    def neuron_values(self, neuron: SupportsIndex) -> NeuronValues:
        """Return all values of one neuron (given as object or id)."""
        try:
            return self._neurons[neuron.__index__()]
        except (KeyError, AttributeError):
            raise NetworkError(f"there is no neuron {neuron!s:.40}") from None

    def neuron_id_of(self, name: str) -> int | None:
        """Return the id of the neuron with a name, or None."""
        return self._id_of_name.get(name)

    def ids_of_role(self, role: Role) -> list[int]:
        """Return the ids of all neurons of a role, ascending: the order of all columns."""
        return [values.id for values in self._neurons.values() if values.role == role]

    @property
    def counters(self) -> Counters:
        """The next ids (neuron, connection)."""
        return self._counters

    @property
    def notes(self) -> Mapping[int, NoteValues]:
        """The notes by id."""
        return self._notes.view

    @property
    def groups(self) -> Mapping[int, GroupValues]:
        """The groups by id."""
        return self._groups.view

    def next_note_id(self) -> int:
        """Return the id for the next note: one above the largest."""
        return self._notes.next_id

    def next_group_id(self) -> int:
        """Return the id for the next group: one above the largest."""
        return self._groups.next_id

    def members(self, group_id: int) -> list[int]:
        """Return the ids of the neurons of a group, ascending."""
        return [values.id for values in self._neurons.values() if values.group == group_id]

    def depths(self) -> dict[int, int]:
        """Return the depth of every neuron by id: inputs 0, others 1 + the largest depth of their sources."""
        return rules.check_no_cycle(self._neurons, self.store.block)

    def predict(self, inputs: ArrayLike) -> NDArray[np.float64]:
        """Return the outputs (samples, output neurons) for inputs (samples, input neurons), in float64."""
        from annsim.engine.predict import predict

        return predict(self, inputs)

    # editing

    def add_neuron(
        self,
        role: Role = "hidden",
        name: str | None = None,
        *,
        activation: str | None = None,
        bias: float = 0.0,
        threshold: float = 0.0,
        output: str = "identity",
        locked: bool = False,
        position: Position | None = None,
    ) -> Neuron:
        """Add one neuron; without a word it is hidden, tanh, bias 0, threshold 0 (an output neuron: sigmoid)."""
        checked("role", role)
        values = NeuronValues(
            self._counters[0],
            self.free_name(role) if name is None else name,
            role,
            DEFAULT_ACTIVATION[role] if activation is None else activation,
            bias,
            threshold,
            output,
            locked,
            self._free_position(role) if position is None else position,
        )
        self.apply(Add(neurons=(values,), name=f"Add {values.name}"))
        return Neuron(self, values.id)

    def connect(
        self, source: SupportsIndex, target: SupportsIndex, weight: float | None = None, locked: bool = False
    ) -> Connection:
        """Connect two neurons; without a weight it gets uniform(-1, 1) from the network's seed and its id.

        Raises
        ------
        NetworkError
            For an arrow into an input, onto itself, a second one between the same two, or one that closes a cycle.
        """
        start, end = self.neuron_values(source).id, self.neuron_values(target).id
        weights = None if weight is None else [checked_number("weight", weight)]
        block = self.new_block([start], [end], weights, [checked_truth("locked", locked)])
        self.apply(Add(connections=block, name=f"Connect {start} -> {end}"))
        return Connection(self, int(block.ids[0]))

    def new_block(
        self,
        source: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike | None = None,
        locked: ArrayLike | bool = False,
    ) -> ConnectionBlock:
        """Return new connections with the next free ids, not yet added; weights as in `connect`."""
        ends = np.array(source, np.int32), np.array(target, np.int32)
        ids = np.arange(self._counters[1], self._counters[1] + len(ends[0]), dtype=np.int64)
        weights = drawn_weights(self.seed, ids) if weight is None else np.array(weight, np.float64)
        return ConnectionBlock(
            ids.astype(np.int32), *ends, weights, np.broadcast_to(np.array(locked, np.bool_), ids.shape).copy()
        )

    def refusal(self, source: SupportsIndex, target: SupportsIndex) -> NetworkError | None:
        """Return why an arrow would be refused, or None where it would be accepted."""
        try:
            block = self.new_block([self.neuron_values(source).id], [self.neuron_values(target).id], [0.0])
            self._check_connections(block, {})
        except NetworkError as error:
            return error
        return None

    def remove(self, *things: Neuron | Connection) -> None:
        """Remove neurons (with their arrows, and groups that become empty) and connections, as one edit."""
        from annsim.network.grouping import removing

        for thing in things:
            if not isinstance(thing, Neuron | Connection):
                raise NetworkError(
                    f"'{thing!s:.40}' is no neuron or connection", hint="Take it from .neurons or .connections."
                )
        neurons = [int(thing) for thing in things if isinstance(thing, Neuron)]
        self.apply(removing(self, neurons, [int(thing) for thing in things if isinstance(thing, Connection)]))

    def set_neurons(self, field: str, ids: Sequence[SupportsIndex], values: Sequence[Any]) -> None:
        """Set one field of several neurons."""
        self.apply(SetValues("neuron", field, [i.__index__() for i in ids], values, name=f"Set {field}"))

    def set_connections(self, field: str, ids: Sequence[SupportsIndex], values: Sequence[Any]) -> None:
        """Set the weight or the lock of several connections."""
        self.apply(SetValues("connection", field, [i.__index__() for i in ids], values, name=f"Set {field}"))

    def apply(self, edit: Edit) -> Edit:
        """Do an edit, or raise and change nothing; return its exact inverse."""
        inverse = self._do(edit)
        self.changed.emit(edit)
        return inverse

    def copy(self) -> "Network":
        """Return an independent copy; nobody listens to its `changed`."""
        other = type(self)(self.seed)
        other._neurons, other._id_of_name, other._rank = dict(self._neurons), dict(self._id_of_name), dict(self._rank)
        other.trained_on = self.trained_on
        other._top_rank, other._counters, other.store = self._top_rank, self._counters, self.store.copy()
        other._notes, other._groups = self._notes.copy(), self._groups.copy()
        return other

    def __copy__(self) -> "Network":
        return self.copy()  # a shallow copy would share columns that each side thinks its own

    def __deepcopy__(self, memo: dict[int, Any]) -> "Network":
        memo[id(self)] = other = self.copy()
        return other

    def __repr__(self) -> str:
        return f"Network({len(self.neurons)} neurons, {len(self.connections)} connections)"

    def free_name(self, role: Role) -> str:
        """Return the first free name x1, x2, ... of an input, h1, ... of a hidden, y1, ... of an output neuron."""
        number = 1 + sum(values.role == role for values in self._neurons.values())
        while f"{NAME_PREFIX[role]}{number}" in self._id_of_name:
            number += 1
        return f"{NAME_PREFIX[role]}{number}"

    def _free_position(self, role: Role) -> Position:
        taken = sum(values.role == role for values in self._neurons.values())
        return COLUMN_OF_ROLE[role] * LAYER_DISTANCE, taken * NEURON_DISTANCE

    # doing edits: check everything, then change everything

    def _do(self, edit: Edit) -> Edit:
        if isinstance(edit, Add):
            return self._add(edit)
        if isinstance(edit, Remove):
            return self._remove(edit)
        if isinstance(edit, SetValues):
            return self._set(edit)
        inverses: list[Edit] = []
        try:
            for part in edit.edits:
                inverses.append(self._do(part))
        except BaseException:
            for inverse in reversed(inverses):
                self._do(inverse)
            raise
        return Compound(tuple(reversed(inverses)), edit.name)

    def _add(self, edit: Add) -> Edit:
        rules.check_ids((values.id for values in edit.neurons), "neuron")
        ascending = sorted(edit.neurons, key=lambda values: values.id)
        neurons = {values.id: rules.checked_values(values) for values in ascending}
        rules.check_new_neurons(self, neurons)
        notes, groups = self._notes.checked_new(edit.notes), self._groups.checked_new(edit.groups)
        rules.check_groups_exist(neurons.values(), self.groups, groups)
        rank = self._check_connections(edit.connections, neurons)
        before = self._counters
        in_order = not neurons or not self._neurons or min(neurons) > max(self._neurons)
        self._neurons |= neurons
        if not in_order:
            self._neurons = dict(sorted(self._neurons.items()))
        self._id_of_name |= {values.name: i for i, values in neurons.items()}
        self._set_rank(rank, neurons)
        self.store.add(edit.connections)
        self._notes.add(notes)
        self._groups.add(groups)
        last = int(edit.connections.ids[-1]) if len(edit.connections) else 0
        self._counters = edit.counters or (max(before[0], max(neurons, default=0) + 1), max(before[1], last + 1))
        arrows = tuple(edit.connections.ids.tolist())
        return Remove(tuple(neurons), arrows, before, edit.name, tuple(notes), tuple(groups))

    def _check_connections(self, block: ConnectionBlock, new: dict[int, NeuronValues]) -> dict[int, int] | None:
        """Check connections to be added beside new neurons; return a new numbering where the old one must go."""
        if not len(block):
            return None
        present = self.store.block
        together = {**self._neurons, **new} if new else self._neurons
        rules.check_block(block, present, together)
        if len(block) == 1 and not new:
            source, target = int(block.source[0]), int(block.target[0])
            rules.check_not_connected(present, source, target)
            if self._rank[source] < self._rank[target]:
                return None
            return rules.check_no_cycle(together, present.joined(block))
        everything = present.joined(block)
        rules.check_no_duplicates(everything.source, everything.target)
        return rules.check_no_cycle(together, everything)

    def _set_rank(self, rank: dict[int, int] | None, new: dict[int, NeuronValues]) -> None:
        if rank is None:
            self._rank |= {i: place for place, i in enumerate(new, self._top_rank + 1)}
            self._top_rank += len(new)
        else:
            self._rank, self._top_rank = rank, max(rank.values(), default=0)

    def _remove(self, edit: Remove) -> Edit:
        rules.check_ids(edit.neurons, "neuron")
        rules.check_ids(edit.connections, "connection")
        removed = tuple(self.neuron_values(i) for i in sorted(edit.neurons))
        notes, groups = self._notes.checked_ids(edit.notes), self._groups.checked_ids(edit.groups)
        if groups:
            gone_ids = set(edit.neurons)
            rules.check_groups_empty(groups, (n for n in self._neurons.values() if n.id not in gone_ids))
        present = self.store.block
        gone = np.array(edit.neurons, np.int32)
        incident = np.isin(present.source, gone) | np.isin(present.target, gone)
        ids = np.union1d(present.ids[incident], np.array(edit.connections, np.int32))
        connections = self.store.remove(ids)
        for values in removed:
            del self._neurons[values.id], self._id_of_name[values.name], self._rank[values.id]
        before = self._counters
        self._counters = edit.counters or before
        self._notes.remove(notes)
        self._groups.remove(groups)
        return Add(removed, connections, before, edit.name, notes, groups)

    def _set(self, edit: SetValues) -> Edit:
        if edit.kind == "neuron":
            return self._set_neurons(edit)
        if edit.kind == "connection":
            return self._set_connections(edit)
        table = self._notes if edit.kind == "note" else self._groups
        return replace(edit, values=table.set(edit.field, edit.ids, edit.values))

    def _set_neurons(self, edit: SetValues) -> Edit:
        rules.check_ids(edit.ids, "neuron")
        rules.check_lengths(edit.ids, edit.values)
        old = [self.neuron_values(i) for i in edit.ids]
        if edit.field not in FIELDS:
            raise NetworkError(f"a neuron has no field '{edit.field}'")
        new = [
            rules.checked_values(replace(values, **{edit.field: value}))
            for values, value in zip(old, edit.values, strict=True)
        ]
        if edit.field == "name":
            rules.check_names(self, new)
        if edit.field == "group":
            rules.check_groups_exist(new, self.groups)
        if edit.field in ("role", "activation"):
            sources, targets = set(self.store.block.source.tolist()), set(self.store.block.target.tolist())
            for values in new:
                rules.check_neuron(values, values.id in targets, values.id in sources)
        for values in old:
            del self._id_of_name[values.name]
        for values in new:
            self._neurons[values.id] = values
            self._id_of_name[values.name] = values.id
        return replace(edit, values=[getattr(values, edit.field) for values in old])

    def _set_connections(self, edit: SetValues) -> Edit:
        if edit.field not in ("weight", "locked"):
            raise NetworkError(f"the {edit.field} of a connection cannot be set")
        ids = np.asarray(edit.ids, np.int64)
        if len(np.unique(ids)) != len(ids):
            raise NetworkError("a connection stands twice among those to be set")
        rules.check_lengths(edit.ids, edit.values)
        rows = self.store.rows(ids)
        column = getattr(self.store.block, edit.field)
        values = rules.checked_column(edit.field, edit.ids, edit.values)
        old = column[rows].copy()
        column[rows] = values
        return replace(edit, values=old)
