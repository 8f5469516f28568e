"""Full layers found in a drawing."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annsim.network.network import Network

Layer = tuple[NDArray[np.float64], NDArray[np.float64]]


def full_layers(network: Network) -> list[Layer]:
    """Return (weight, bias) of each layer where the drawing is a chain of full layers, else an empty list.

    A layer holds the neurons of one depth, in ascending id; each must have an arrow from every neuron of the layer
    before and no other, the first layer must hold all inputs, and the last all outputs and nothing else.

    Returns
    -------
    list of (weight, bias) : weight (neurons, neurons of the layer before), bias (neurons,).
    """
    depth = network.depths()
    layers: list[list[int]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for neuron_id in sorted(depth):
        layers[depth[neuron_id]].append(neuron_id)
    block = network.store.block
    expected = sum(len(a) * len(b) for a, b in pairwise(layers))
    if len(layers) < 2 or not all(layers) or len(block) != expected or not _roles_fit(network, layers):
        return []
    place = {i: row for layer in layers for row, i in enumerate(layer)}
    columns = zip(block.source.tolist(), block.target.tolist(), block.weight.tolist(), strict=True)
    weights = [np.zeros((len(after), len(before))) for before, after in pairwise(layers)]
    for source, target, weight in columns:
        if depth[target] != depth[source] + 1:
            return []
        weights[depth[source]][place[target], place[source]] = weight
    biases = [np.array([network.neuron_values(i).bias for i in layer]) for layer in layers[1:]]
    return list(zip(weights, biases, strict=True))


def _roles_fit(network: Network, layers: list[list[int]]) -> bool:
    roles = [{network.neuron_values(i).role for i in layer} for layer in layers]
    return roles[0] == {"input"} and roles[-1] == {"output"} and all(role == {"hidden"} for role in roles[1:-1])
