"""Networks made by rule: full layers, and initial weights for any drawing."""

import math
import operator
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from annsim.errors import NetworkError, shorten
from annsim.functions.initial_weights import INITIAL_WEIGHTS
from annsim.functions.randomness import Purpose, generator
from annsim.network.connections import ConnectionBlock
from annsim.network.edits import Add, Compound, SetValues
from annsim.network.network import LAYER_DISTANCE, NAME_PREFIX, NEURON_DISTANCE, Network
from annsim.network.neuron import NeuronValues, Position, Role
from annsim.network.rules import CONNECTION_LIMIT, NEURON_LIMIT

N = TypeVar("N", bound=Network)
COLUMN_LIMIT = 16


def layered(network: N, sizes: Sequence[int], activation: str, output_activation: str) -> N:
    """Fill an empty network with full layers, Glorot-uniform weights and biases 0; return it."""
    try:
        sizes = [operator.index(size) for size in sizes]
    except TypeError:
        raise NetworkError(
            f"'{shorten(str(sizes), 40)}' are no layers", hint="Give whole numbers, such as [2, 4, 1]."
        ) from None
    if len(sizes) < 2 or min(sizes) < 1:
        raise NetworkError(
            f"layers of {shorten('-'.join(map(str, sizes)), 40)} neurons make no network",
            hint="Give at least two numbers, each at least 1, such as 2-4-1.",
        )
    arrows = sum(before * own for before, own in pairwise(sizes))
    if sum(sizes) > NEURON_LIMIT or arrows > CONNECTION_LIMIT:
        raise NetworkError(
            f"{sum(sizes):,} neurons and {arrows:,} connections are too many",
            hint=f"A network holds at most {NEURON_LIMIT:,} and {CONNECTION_LIMIT:,}.",
        )
    neurons: list[NeuronValues] = []
    left = 0.0
    for place, size in enumerate(sizes):
        role: Role = "input" if place == 0 else "output" if place == len(sizes) - 1 else "hidden"
        function = {"input": "linear", "hidden": activation, "output": output_activation}[role]
        places, width = block_places(size, left)
        neurons += [
            NeuronValues(
                len(neurons) + row + 1,
                _layer_name(role, place, row, len(sizes)),
                role,
                function,
                position=places[row],
            )
            for row in range(size)
        ]
        left += width + LAYER_DISTANCE
    source, target = _full_connections(sizes)
    block = network.new_block(source, target, np.zeros(len(source)))
    network.apply(Add(tuple(neurons), block, name="New network"))
    network.apply(initial_weights(network, "glorot_uniform", network.seed))
    return network


def block_places(count: int, left: float) -> tuple[list[Position], float]:
    """Return places for the neurons of a layer, row by row, and the width that they take.

    Up to 16 neurons stand in one column; more in a block about as wide as high, which stays readable.
    """
    columns = 1 if count <= COLUMN_LIMIT else math.ceil(math.sqrt(count))
    rows = -(-count // columns)
    top = -(rows - 1) / 2 * NEURON_DISTANCE
    places = [(left + i % columns * NEURON_DISTANCE, top + i // columns * NEURON_DISTANCE) for i in range(count)]
    return places, (columns - 1) * NEURON_DISTANCE


def initial_weights(network: Network, rule: str, seed: int) -> Compound:
    """Return the edit that draws all unlocked weights afresh by a rule and makes all unlocked biases 0."""
    block = network.store.block
    drawn = initial_weight_values(block, rule, seed)
    free = ~block.locked
    neurons = [values for values in map(network.neuron_values, network.neurons) if values.bias and not values.locked]
    return Compound(
        (
            SetValues("connection", "weight", block.ids[free].tolist(), drawn[free]),
            SetValues("neuron", "bias", [values.id for values in neurons], [0.0] * len(neurons)),
        ),
        "New initial weights",
    )


def initial_weight_values(block: ConnectionBlock, rule: str, seed: int) -> NDArray[np.float64]:
    """Return initial weights for connections in ascending id; locked ones use up their draw."""
    fan_in = np.bincount(block.target)[block.target].astype(np.float64)
    fan_out = np.bincount(block.source)[block.source].astype(np.float64)
    return INITIAL_WEIGHTS[rule].draw(generator(seed, Purpose.INITIAL_WEIGHTS), fan_in, fan_out)


def _layer_name(role: Role, layer: int, row: int, layers: int) -> str:
    if role == "hidden" and layers > 3:
        return f"h{layer}.{row + 1}"
    return f"{NAME_PREFIX[role]}{row + 1}"


def _full_connections(sizes: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return sources and targets (ids from 1), the arrows of one target after another."""
    first = np.cumsum([1, *sizes])
    sources, targets = [], []
    for layer in range(1, len(sizes)):
        before, own = np.arange(first[layer - 1], first[layer]), np.arange(first[layer], first[layer + 1])
        sources.append(np.tile(before, len(own)))
        targets.append(np.repeat(own, len(before)))
    return np.concatenate(sources), np.concatenate(targets)
