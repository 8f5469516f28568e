"""What the window shows of the network at this moment: weights, biases, and every neuron's numbers for one row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.engine.compiler import CompiledNetwork, Parameters
from annsim.engine.reference import backward, forward
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.loss import LOSSES
from annsim.functions.output import OUTPUTS
from annsim.functions.step_gradient import STEP_GRADIENTS
from annsim.settings import Settings

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class NeuronMoment:
    """The numbers of one neuron; `net_input`, `activation` and `delta` are None where there is none."""

    bias: float
    net_input: float | None
    activation: float | None
    output: float
    delta: float | None


@dataclass(frozen=True, eq=False)
class Moment:
    """Numbers by neuron id and by connection.

    Attributes
    ----------
    place : neuron id to place in the arrays below.
    bias, net_input, activation, output : (neuron,).
    delta : (neuron,), or None where the row has no target values.
    is_input : (neuron,).
    weights : (connection,) in ascending connection id, as `network.store.block`.
    output_scale : (neuron,) by which an output is divided for its colour.
    """

    place: dict[int, int]
    bias: Numbers
    net_input: Numbers
    activation: Numbers
    output: Numbers
    delta: Numbers | None
    is_input: NDArray[np.bool_]
    weights: Numbers
    output_scale: Numbers

    def neuron(self, neuron_id: int) -> NeuronMoment | None:
        """Return the numbers of a neuron, or None where it is not (or no longer) there."""
        k = self.place.get(neuron_id)
        if k is None:
            return None
        is_input = bool(self.is_input[k])
        return NeuronMoment(
            float(self.bias[k]),
            None if is_input else float(self.net_input[k]),
            None if is_input else float(self.activation[k]),
            float(self.output[k]),
            None if is_input or self.delta is None else float(self.delta[k]),
        )

    def fill(self, neuron_id: int) -> float:
        """Return the output of a neuron on the scale of colours, -1 to 1."""
        k = self.place.get(neuron_id)
        return 0.0 if k is None else float(np.clip(self.output[k] / self.output_scale[k], -1, 1))


def moment_of(
    compiled: CompiledNetwork,
    parameters: Parameters,
    inputs: Numbers,
    targets: Numbers | None,
    settings: Settings,
) -> Moment:
    """Compute the moment of one row: inputs (input neurons,), targets (output neurons,) or None."""
    with np.errstate(over="ignore", invalid="ignore"):
        state = forward(compiled, parameters, inputs[None, :])
        if targets is not None and compiled.output_count:
            step = STEP_GRADIENTS[settings.step_gradient]
            backward(compiled, parameters, state, targets[None, :], LOSSES[settings.loss], step)
    ids = compiled.neuron_ids.tolist()
    weights = np.empty(compiled.connection_count)
    weights[:] = parameters.weights[np.argsort(compiled.connection_ids)]
    return Moment(
        place={neuron_id: k for k, neuron_id in enumerate(ids)},
        bias=parameters.biases.astype(np.float64),
        net_input=state.net_input[0],
        activation=state.activation[0],
        output=state.output[0],
        delta=None if targets is None else state.delta[0],
        is_input=np.arange(len(ids)) < compiled.input_count,
        weights=weights,
        output_scale=np.array([_scale(compiled, k, float(abs(state.output[0, k]))) for k in range(len(ids))]),
    )


def _scale(compiled: CompiledNetwork, k: int, present: float) -> float:
    """Return 1 for a bounded output, else at least 1 and at least the present output."""
    if k >= compiled.input_count:
        phi, psi = ACTIVATIONS[compiled.activation[k]], OUTPUTS[compiled.output[k]]
        if max(abs(max(phi.low, psi.low)), abs(min(phi.high, psi.high))) <= 1:
            return 1.0
    return max(1.0, present) if np.isfinite(present) else 1.0
