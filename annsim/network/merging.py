"""A part of a network taken out of it, and one network put into another with new ids and free names."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from annsim.errors import NetworkError
from annsim.network.connections import ConnectionBlock
from annsim.network.edits import Add
from annsim.network.grouping import whole_groups
from annsim.network.network import Network
from annsim.network.neuron import Position


def part_of(network: Network, neuron_ids: Iterable[int], note_ids: Iterable[int] = ()) -> Network:
    """Return some neurons, the arrows among them and some notes as a network of their own, with the same ids.

    A group comes along where all its neurons do; the others lose their group.

    Raises
    ------
    NetworkError
        Where a neuron or a note is not there.
    """
    chosen = sorted({int(neuron) for neuron in neuron_ids})
    block, ids = network.store.block, np.array(chosen, np.int32)
    inside = np.isin(block.source, ids) & np.isin(block.target, ids)
    whole = set(whole_groups(network, chosen))
    values = map(network.neuron_values, chosen)
    notes = sorted({int(note) for note in note_ids})
    missing = next((note for note in notes if note not in network.notes), None)
    if missing is not None:
        raise NetworkError(f"there is no note {missing}")
    part = Network(network.seed)
    part.apply(
        Add(
            tuple(one if one.group in whole else replace(one, group=0) for one in values),
            block.take(inside),
            notes=tuple(network.notes[note] for note in notes),
            groups=tuple(network.groups[group] for group in sorted(whole)),
        )
    )
    return part


def adding(network: Network, part: Network, offset: Position, name: str) -> Add:
    """Return the edit that adds all neurons, arrows, notes and groups of `part` to `network`, moved by `offset`.

    Weights, functions, locks and titles stay; a taken name of a neuron becomes "h1 2".
    """
    next_neuron, next_connection = network.counters
    block, ids = part.store.block, np.array(list(part.neurons), np.int32)
    new_ids = np.arange(next_neuron, next_neuron + len(ids), dtype=np.int32)
    new_groups = {old: new for new, old in enumerate(part.groups, network.next_group_id())}
    taken: set[str] = {network.neuron_values(i).name for i in network.neurons}
    neurons = []
    for new_id, old_id in zip(new_ids.tolist(), ids.tolist(), strict=True):
        values = part.neuron_values(old_id)
        free = free_name(values.name, taken)
        taken.add(free)
        place, group = _moved(values.position, offset), new_groups.get(values.group, 0)
        neurons.append(replace(values, id=new_id, name=free, position=place, group=group))
    connections = ConnectionBlock(
        np.arange(next_connection, next_connection + len(block), dtype=np.int32),
        new_ids[np.searchsorted(ids, block.source)],
        new_ids[np.searchsorted(ids, block.target)],
        block.weight.copy(),
        block.locked.copy(),
    )
    notes = tuple(
        replace(note, id=new, position=_moved(note.position, offset))
        for new, note in enumerate(part.notes.values(), network.next_note_id())
    )
    groups = tuple(replace(part.groups[old], id=new) for old, new in new_groups.items())
    return Add(tuple(neurons), connections, name=name, notes=notes, groups=groups)


def free_name(name: str, taken: set[str]) -> str:
    """Return a name, or the first of "name 2", "name 3", ... that is not taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _moved(position: Position, offset: Position) -> Position:
    return position[0] + offset[0], position[1] + offset[1]
