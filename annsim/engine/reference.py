"""The reference engine: plain NumPy that reads like the equations, and the oracle for every other engine.

Backpropagation as in Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors" (1986),
on any drawing: z, a, o forwards in evaluation order, delta = dL/dz backwards. All arrays of a state are
(batch, neuron), neurons in evaluation order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.engine.compiler import CompiledNetwork, Parameters, PlacedNeuron
from annsim.functions.activation import ACTIVATIONS, Array, log_sum_exp, softmax_jacobian_product, softplus
from annsim.functions.loss import Loss
from annsim.functions.step_gradient import StepGradient

SOFTMAX = ACTIVATIONS["softmax"]


@dataclass(eq=False)
class State:
    """What a network computes for a batch: net input z, u = z - theta, activation a, output o, and later delta."""

    net_input: Array
    shifted: Array
    activation: Array
    output: Array
    delta: Array


def empty_state(network: CompiledNetwork, rows: int, dtype: np.dtype[np.floating]) -> State:
    """Return a state of zeros for a batch of `rows` samples."""
    return State(*(np.zeros((rows, network.neuron_count), dtype) for _ in range(5)))


def forward(network: CompiledNetwork, parameters: Parameters, inputs: Array) -> State:
    """Compute z, a and o of every neuron.

    z_k = b_k + sum_i w_ki o_i,  a_k = phi_k(z_k - theta_k),  o_k = psi_k(a_k)

    Parameters
    ----------
    inputs : (batch, inputs).
    """
    s = empty_state(network, len(inputs), parameters.values.dtype)
    s.output[:, : network.input_count] = inputs
    for neuron in network.computing:
        k = neuron.place
        s.net_input[:, k] = net_input(parameters, neuron, s.output)
        s.shifted[:, k] = s.net_input[:, k] - network.threshold[k]
        if not neuron.activation.joint:
            s.activation[:, k] = neuron.activation.value(s.shifted[:, k])
            s.output[:, k] = neuron.output.value(s.activation[:, k])
    finish_softmax(network, s)
    return s


def net_input(parameters: Parameters, neuron: PlacedNeuron, output: Array) -> Array:
    """Return z of one neuron, (batch,): its bias plus one product over its sources in ascending connection id."""
    z: Array = parameters.biases[neuron.place] + output[:, neuron.sources] @ parameters.weights[neuron.arrows]
    return z


def finish_softmax(network: CompiledNetwork, s: State) -> None:
    """Compute a and o of the softmax neurons together, once all their u are there."""
    group = network.softmax_places
    if len(group):
        s.activation[:, group] = SOFTMAX.value(s.shifted[:, group])
        for k in group.tolist():
            s.output[:, k] = network.computing[k - network.input_count].output.value(s.activation[:, k])


def cancelling(network: CompiledNetwork, loss: Loss) -> NDArray[np.bool_]:
    """Return (output neuron,) True where loss and activation cancel, so that both are computed from u."""
    return np.array(
        [
            network.activation[k] == loss.cancels_with and network.output[k] == "identity"
            for k in network.output_places.tolist()
        ],
        np.bool_,
    )


def sample_losses(network: CompiledNetwork, s: State, targets: Array, loss: Loss) -> Array:
    """Return the loss of every sample, (batch,); `targets` are (batch, outputs)."""
    pair = cancelling(network, loss)
    outputs = network.output_places
    terms = loss.term(s.output[:, outputs[~pair]], targets[:, ~pair])
    total: Array = loss.factor(network.output_count) * terms.sum(axis=1)
    if pair.any():
        u, t = s.shifted[:, outputs[pair]], targets[:, pair]
        if loss.cancels_with == "softmax":
            total = total + (t * (log_sum_exp(s.shifted[:, network.softmax_places]) - u)).sum(axis=1)
        else:
            # max(u, 0) - u t + ln(1 + e^-|u|)
            total = total + (softplus(u) - u * t).sum(axis=1)
    return total


def backward(
    network: CompiledNetwork, parameters: Parameters, s: State, targets: Array, loss: Loss, step_gradient: StepGradient
) -> None:
    """Compute delta = dL/dz of every neuron and sample, in reverse evaluation order, into the state.

    delta_k = dL/do_k * psi_k'(a_k) * phi_k'(u_k),  dL/do_k = dL/do_k directly + sum_m w_mk delta_m
    """
    pair = cancelling(network, loss)
    slope = np.zeros_like(s.output)  # dL/do
    plain = network.output_places[~pair]
    slope[:, plain] = loss.factor(network.output_count) * loss.derivative(s.output[:, plain], targets[:, ~pair])
    direct = direct_deltas(network, s, targets, loss, pair)
    _softmax_deltas(network, s, slope, direct)
    for neuron in reversed(network.computing):
        k = neuron.place
        if not neuron.activation.joint:
            u, a = s.shifted[:, k], s.activation[:, k]
            is_step = neuron.activation.name == "step"
            phi = step_gradient.derivative(u) if is_step else neuron.activation.derivative(u, a)
            s.delta[:, k] = slope[:, k] * neuron.output.derivative(a) * phi + direct[:, k]
        slope[:, neuron.sources] += s.delta[:, k, None] * parameters.weights[neuron.arrows]


def direct_deltas(network: CompiledNetwork, s: State, targets: Array, loss: Loss, pair: NDArray[np.bool_]) -> Array:
    """Return dL/du through the pairs that cancel, (batch, neuron): o - t, or for softmax o_k * sum_j t_j - t_k."""
    direct = np.zeros_like(s.output)
    if pair.any():
        places, t = network.output_places[pair], targets[:, pair]
        if loss.cancels_with == "softmax":
            group = network.softmax_places
            direct[:, group] = s.activation[:, group] * t.sum(axis=1, keepdims=True)
            direct[:, places] -= t
        else:
            direct[:, places] = s.output[:, places] - t
    return direct


def _softmax_deltas(network: CompiledNetwork, s: State, slope: Array, direct: Array) -> None:
    group = network.softmax_places
    if len(group):
        outer = np.stack(
            [network.computing[k - network.input_count].output.derivative(s.activation[:, k]) for k in group.tolist()],
            axis=1,
        )
        through_jacobian = softmax_jacobian_product(s.activation[:, group], slope[:, group] * outer)
        s.delta[:, group] = through_jacobian + direct[:, group]


def gradient(network: CompiledNetwork, s: State) -> Array:
    """Return dL/dw and dL/db averaged over the batch, (parameter,): delta_k o_i and delta_k."""
    rows = len(s.delta)
    result = np.zeros(network.connection_count + network.neuron_count, s.delta.dtype)
    for neuron in network.computing:
        delta = s.delta[:, neuron.place]
        result[neuron.arrows] = delta @ s.output[:, neuron.sources] / rows
        result[network.connection_count + neuron.place] = delta.sum() / rows
    return result
