"""Random layered networks whose neurons stand anywhere."""

import numpy as np

from annsim.network.edits import Add
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues


def scattered(sizes, arrows, seed, skips=0.0):
    """Return a network with random arrows from layer to layer; a share `skips` of them goes on to later layers."""
    chance = np.random.default_rng(seed)
    first = np.concatenate(([1], 1 + np.cumsum(sizes)))
    layer = np.repeat(np.arange(len(sizes)), sizes)
    places = chance.integers(0, 1000, (len(layer), 2)).astype(float)
    roles = ["input", *["hidden"] * (len(sizes) - 2), "output"]
    network = Network(seed)
    network.apply(
        Add(
            tuple(
                NeuronValues(i + 1, f"n{i + 1}", roles[layer[i]], "linear", position=tuple(places[i].tolist()))
                for i in range(len(layer))
            )
        )
    )
    source = chance.integers(1, first[-2], arrows)
    own = layer[source - 1]
    later = np.where(chance.random(arrows) < skips, chance.integers(own + 1, len(sizes)), own + 1)
    target = chance.integers(first[later], first[later + 1])
    pairs = np.unique(np.column_stack((source, target)), axis=0)
    network.apply(Add(connections=network.new_block(*pairs.T)))
    return network
