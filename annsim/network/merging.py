"""One network put into another, with new ids and free names."""

from dataclasses import replace

import numpy as np

from annsim.network.connections import ConnectionBlock
from annsim.network.edits import Add
from annsim.network.network import Network
from annsim.network.neuron import Position


def adding(network: Network, part: Network, offset: Position, name: str) -> Add:
    """Return the edit that adds all neurons and arrows of `part` to `network`, moved by `offset`.

    Weights, functions and locks stay; a taken name becomes "h1 2".
    """
    next_neuron, next_connection = network.counters
    block, ids = part.store.block, np.array(list(part.neurons), np.int32)
    new_ids = np.arange(next_neuron, next_neuron + len(ids), dtype=np.int32)
    taken: set[str] = {network.neuron_values(i).name for i in network.neurons}
    neurons = []
    for new_id, old_id in zip(new_ids.tolist(), ids.tolist(), strict=True):
        values = part.neuron_values(old_id)
        x, y = values.position
        free = free_name(values.name, taken)
        taken.add(free)
        neurons.append(replace(values, id=new_id, name=free, position=(x + offset[0], y + offset[1])))
    connections = ConnectionBlock(
        np.arange(next_connection, next_connection + len(block), dtype=np.int32),
        new_ids[np.searchsorted(ids, block.source)],
        new_ids[np.searchsorted(ids, block.target)],
        block.weight.copy(),
        block.locked.copy(),
    )
    return Add(tuple(neurons), connections, name=name)


def free_name(name: str, taken: set[str]) -> str:
    """Return a name, or the first of "name 2", "name 3", ... that is not taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free
