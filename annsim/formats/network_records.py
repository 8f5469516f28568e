"""Between networks and their records."""

from typing import Any

import numpy as np

from annsim.errors import AnnsimError, FileError
from annsim.formats.records import NetworkRecord
from annsim.network.connections import ID_LIMIT, ConnectionBlock, empty_block
from annsim.network.edits import Add
from annsim.network.groups import GroupValues
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues
from annsim.network.notes import NoteValues
from annsim.network.rules import CONNECTION_LIMIT, NEURON_LIMIT
from annsim.settings import SEED_LIMIT

TRUTH = {True: "true", False: "false"}


def neuron_dicts(network: Network) -> list[dict[str, Any]]:
    """Return all neurons as plain values, in ascending id and with the keys in their fixed order."""
    return [
        {
            "id": n.id,
            "name": n.name,
            "role": n.role,
            "activation": n.activation,
            "bias": n.bias,
            "threshold": n.threshold,
            "output": n.output,
            "locked": n.locked,
            "position": list(n.position),
            "group": n.group,
        }
        for n in map(network.neuron_values, network.neurons)
    ]


def connection_dicts(network: Network) -> list[dict[str, Any]]:
    """Return all connections as plain values, in ascending id and with the keys in their fixed order."""
    names = ("id", "source", "target", "weight", "locked")
    rows = zip(*(column.tolist() for column in network.store.block.columns()), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def connection_lines(network: Network, indent: str) -> str:
    """Return all connections as a JSON list with one object a line.

    The same text as `object_lines` makes of `connection_dicts`, several times as quick: there may be a million.
    """
    rows = zip(*(column.tolist() for column in network.store.block.columns()), strict=True)
    lines = ",\n".join(
        f'{indent} {{"id":{i},"source":{source},"target":{target},"weight":{weight!r},"locked":{TRUTH[locked]}}}'
        for i, source, target, weight, locked in rows
    )
    return f"[\n{lines}\n{indent}]" if lines else "[]"


def note_dicts(network: Network) -> list[dict[str, Any]]:
    """Return all notes as plain values, in ascending id and with the keys in their fixed order."""
    return [
        {"id": note.id, "text": note.text, "position": list(note.position), "width": note.width}
        for note in network.notes.values()
    ]


def group_dicts(network: Network) -> list[dict[str, Any]]:
    """Return all groups as plain values, in ascending id and with the keys in their fixed order."""
    return [{"id": group.id, "title": group.title, "is_folded": group.is_folded} for group in network.groups.values()]


def network_from(record: NetworkRecord, block: ConnectionBlock | None = None) -> Network:
    """Return the network of a record; `block` holds the connections where the record does not.

    Raises
    ------
    AnnsimError
        Where the rules of a network refuse what the file says, with the place.
    """
    if not 0 <= record.seed <= SEED_LIMIT:
        raise FileError(f"seed {record.seed} is out of range", where="network")
    if len(record.neurons) > NEURON_LIMIT:
        raise FileError(f"has more than {NEURON_LIMIT:,} neurons", where="network")
    network = Network(record.seed)
    neurons = tuple(
        NeuronValues(
            n.id,
            n.name,
            n.role,
            n.activation,
            n.bias,
            n.threshold,
            n.output,
            n.locked,
            n.position,
            n.group,
        )
        for n in record.neurons
    )
    connections = block if record.connections is None else _block(record)
    if connections is None:
        raise FileError("has no connections", where="network")
    counters = record.next_neuron, record.next_connection
    largest = max((n.id for n in neurons), default=0), int(connections.ids.max(initial=0))
    for name, number, used in zip(("next_neuron", "next_connection"), counters, largest, strict=True):
        if not used < number <= ID_LIMIT + 1:
            raise FileError(f"{name} is {number}, and the largest id is {used}", where="network")
    notes = tuple(NoteValues(n.id, n.text, n.position, n.width) for n in record.notes)
    groups = tuple(GroupValues(g.id, g.title, g.is_folded) for g in record.groups)
    try:
        network.apply(
            Add(tuple(sorted(neurons, key=lambda n: n.id)), connections, counters, notes=notes, groups=groups)
        )
    except AnnsimError as error:
        raise error.at("network") from None
    return network


def _block(record: NetworkRecord) -> ConnectionBlock:
    rows = record.connections or []
    if len(rows) > CONNECTION_LIMIT:
        raise FileError(f"has more than {CONNECTION_LIMIT:,} connections", where="network")
    if not rows:
        return empty_block()
    for row in rows:
        if not all(0 < number <= ID_LIMIT for number in (row.id, row.source, row.target)):
            raise FileError("an id is not a positive 32-bit integer", where=f"network, connection {row.id}")
    rows = sorted(rows, key=lambda row: row.id)
    return ConnectionBlock(
        np.array([row.id for row in rows], np.int32),
        np.array([row.source for row in rows], np.int32),
        np.array([row.target for row in rows], np.int32),
        np.array([row.weight for row in rows], np.float64),
        np.array([row.locked for row in rows], np.bool_),
    )
