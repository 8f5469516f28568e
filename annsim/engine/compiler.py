"""The compiler: from a drawing to frozen arrays in evaluation order, and the parameters beside them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annsim.functions.activation import ACTIVATIONS, Activation, Array
from annsim.functions.output import OUTPUTS, Output
from annsim.network.edits import Compound, SetValues
from annsim.network.network import Network


@dataclass(frozen=True, eq=False)
class PlacedNeuron:
    """One neuron that computes: its place in the evaluation order, and the places of its arrows and their sources."""

    place: int
    arrows: slice
    sources: NDArray[np.intp]
    activation: Activation
    output: Output


@dataclass(frozen=True, eq=False)
class CompiledNetwork:
    """A network as arrays. Neurons stand in evaluation order (depth, id), so the inputs come first, in ascending id.

    Attributes
    ----------
    neuron_ids, depth, threshold : (neuron,).
    activation, output : names of the functions, (neuron,).
    input_count : number of input neurons, which take the first places.
    output_places : (output neuron,) places of the output neurons, in ascending id.
    softmax_places : (softmax neuron,) places of the softmax neurons, in ascending id.
    first : (neuron + 1,); the arrows into the neuron at place k are first[k] ... first[k + 1] - 1.
    sources : (connection,) places of the sources; the arrows of one neuron in ascending connection id.
    connection_ids : (connection,).
    locked : (parameter,) True where training changes nothing: weights, then biases; biases of inputs always are.
    """

    neuron_ids: NDArray[np.int64]
    depth: NDArray[np.int64]
    threshold: NDArray[np.float64]
    activation: tuple[str, ...]
    output: tuple[str, ...]
    input_count: int
    output_places: NDArray[np.intp]
    softmax_places: NDArray[np.intp]
    first: NDArray[np.int64]
    sources: NDArray[np.intp]
    connection_ids: NDArray[np.int64]
    locked: NDArray[np.bool_]

    @property
    def neuron_count(self) -> int:
        """Number of neurons."""
        return len(self.neuron_ids)

    @property
    def connection_count(self) -> int:
        """Number of connections."""
        return len(self.connection_ids)

    @property
    def output_count(self) -> int:
        """Number of output neurons, K."""
        return len(self.output_places)

    @cached_property
    def computing(self) -> tuple[PlacedNeuron, ...]:
        """The neurons that are no inputs, in evaluation order."""
        return tuple(
            PlacedNeuron(
                place,
                slice(int(self.first[place]), int(self.first[place + 1])),
                self.sources[self.first[place] : self.first[place + 1]],
                ACTIVATIONS[self.activation[place]],
                OUTPUTS[self.output[place]],
            )
            for place in range(self.input_count, self.neuron_count)
        )

    @cached_property
    def targets(self) -> NDArray[np.intp]:
        """(connection,) places of the targets."""
        return np.repeat(np.arange(self.neuron_count), np.diff(self.first))


class Parameters:
    """What learning changes: one vector, weights first, then biases, with a view of each.

    Attributes
    ----------
    values : (parameter,).
    weights : (connection,) in the order of the compiled network.
    biases : (neuron,) in evaluation order; those of inputs are 0 and unused.
    """

    def __init__(self, values: Array, connection_count: int) -> None:
        self.values = values
        self.weights = values[:connection_count]
        self.biases = values[connection_count:]

    def copy(self) -> "Parameters":
        """Return an independent copy."""
        return Parameters(self.values.copy(), len(self.weights))


def compile_network(network: Network) -> CompiledNetwork:
    """Return the frozen arrays of a drawing."""
    depth_of = network.depths()
    ids = np.array(sorted(depth_of, key=lambda i: (depth_of[i], i)), np.int64)
    neurons = [network.neuron_values(i) for i in ids.tolist()]
    block = network.store.block
    by_id = np.argsort(ids)

    def places(some: ArrayLike) -> NDArray[np.intp]:
        return by_id[np.searchsorted(ids, np.asarray(some, np.int64), sorter=by_id)]

    target = places(block.target)
    by_target = np.argsort(target, kind="stable")  # stable: connections stand in ascending id already
    is_input = np.array([values.role == "input" for values in neurons], np.bool_)
    locked_bias = np.array([values.locked for values in neurons], np.bool_) | is_input
    return CompiledNetwork(
        neuron_ids=ids,
        depth=np.array([depth_of[i] for i in ids.tolist()], np.int64),
        threshold=np.array([values.threshold for values in neurons], np.float64),
        activation=tuple(values.activation for values in neurons),
        output=tuple(values.output for values in neurons),
        input_count=int(is_input.sum()),
        output_places=places(network.ids_of_role("output")),
        softmax_places=places(
            [i for i in network.ids_of_role("output") if network.neuron_values(i).activation == "softmax"]
        ),
        first=np.concatenate(([0], np.cumsum(np.bincount(target, minlength=len(ids))))).astype(np.int64),
        sources=places(block.source[by_target]),
        connection_ids=block.ids[by_target].astype(np.int64),
        locked=np.concatenate((block.locked[by_target], locked_bias)),
    )


def parameters_of(network: Network, compiled: CompiledNetwork, dtype: type[np.floating] = np.float64) -> Parameters:
    """Return the weights and biases of a drawing as one vector."""
    weights = network.store.block.weight[network.store.rows(compiled.connection_ids)]
    biases = [network.neuron_values(i).bias for i in compiled.neuron_ids.tolist()]
    biases[: compiled.input_count] = [0.0] * compiled.input_count
    return Parameters(np.concatenate((weights, biases)).astype(dtype), compiled.connection_count)


def parameters_edit(network: Network, compiled: CompiledNetwork, parameters: Parameters, name: str) -> Compound:
    """Return the edit that writes parameters into the drawing; locked ones and inputs are left out."""
    free_weights = ~compiled.locked[: compiled.connection_count]
    free_biases = ~compiled.locked[compiled.connection_count :]
    return Compound(
        (
            SetValues(
                "connection",
                "weight",
                compiled.connection_ids[free_weights],
                parameters.weights[free_weights].astype(np.float64),
            ),
            SetValues(
                "neuron",
                "bias",
                compiled.neuron_ids[free_biases].tolist(),
                parameters.biases[free_biases].astype(np.float64).tolist(),
            ),
        ),
        name,
    )
