"""The weights and biases at the start of a training, to go back to."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.network.edits import Compound, SetValues
from annsim.network.network import Network


@dataclass(frozen=True, eq=False)
class StartWeights:
    """What the weights and biases once were.

    Attributes
    ----------
    connections, weights : (connection,) ids and their weights.
    biases : by neuron id; inputs have none.
    """

    connections: NDArray[np.int32]
    weights: NDArray[np.float64]
    biases: Mapping[int, float]

    @classmethod
    def of(cls, network: Network) -> "StartWeights":
        """Return those of a network as it is now."""
        block = network.store.block
        return cls(block.ids.copy(), block.weight.copy(), _biases(network))

    def edit(self, network: Network) -> Compound:
        """Return the edit that puts them back; what has been removed since stays gone, what is new stays as it is."""
        is_there = np.isin(self.connections, network.store.block.ids)
        biases = {i: self.biases[i] for i in _biases(network) if i in self.biases}
        return Compound(
            (
                SetValues("connection", "weight", self.connections[is_there], self.weights[is_there]),
                SetValues("neuron", "bias", list(biases), list(biases.values())),
            ),
            "Reset",
        )


def _biases(network: Network) -> dict[int, float]:
    neurons = map(network.neuron_values, network.neurons)
    return {one.id: one.bias for one in neurons if one.role != "input"}
