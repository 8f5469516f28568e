"""The numbers of neurons and of connections as columns, by the names that people write in expressions.

Neurons: b (bias), t (threshold), x, y. Connections: w (weight). Both: i (0, 1, ... in the order given), n (how many),
fan_in and fan_out. For a connection fan_in is the number of arrows into its target, fan_out of those out of its
source, as for initial weights.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annsim.network.network import Network
from annsim.network.places import places_of

Columns = dict[str, NDArray[Any]]
NEURON_VARIABLES = ("b", "t", "i", "n", "fan_in", "fan_out", "x", "y")
CONNECTION_VARIABLES = ("w", "i", "n", "fan_in", "fan_out")


def neuron_columns(network: Network, ids: Sequence[int] | NDArray[Any]) -> Columns:
    """Return the columns of some neurons, each (neuron,); O(neurons + connections)."""
    values = [network.neuron_values(int(i)) for i in ids]
    numbers = np.array([one.id for one in values], np.int64)
    fan_in, fan_out = _fans(network)
    x, y = places_of(network, numbers.tolist()).T
    return {
        "b": np.array([one.bias for one in values], np.float64),
        "t": np.array([one.threshold for one in values], np.float64),
        "i": np.arange(len(values)),
        "n": np.full(len(values), len(values)),
        "fan_in": fan_in[numbers],
        "fan_out": fan_out[numbers],
        "x": x,
        "y": y,
    }


def connection_columns(network: Network, ids: Sequence[int] | NDArray[Any]) -> Columns:
    """Return the columns of some connections, each (connection,); O(connections)."""
    block = network.store.block
    rows = network.store.rows(np.asarray(ids, np.int64))
    fan_in, fan_out = _fans(network)
    return {
        "w": block.weight[rows],
        "i": np.arange(len(rows)),
        "n": np.full(len(rows), len(rows)),
        "fan_in": fan_in[block.target[rows]],
        "fan_out": fan_out[block.source[rows]],
    }


def _fans(network: Network) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return how many arrows lead into and out of each neuron, by id."""
    block, length = network.store.block, network.counters[0]
    return np.bincount(block.target, minlength=length), np.bincount(block.source, minlength=length)
