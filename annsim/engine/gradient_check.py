"""The gradient check: backpropagation against central differences of the loss.

dL/dp is compared with (L(p + h) - L(p - h)) / 2h, h = 1e-5. Step neurons and the output function `binary` are compared
with the derivative of their stand-in: beside the present point such a function is taken as the straight line with the
stand-in's slope. Rows that bring a neuron within 1e-3 of a kink are left out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.engine.compiler import CompiledNetwork, Parameters
from annsim.engine.reference import (
    State,
    backward,
    cancelling,
    empty_state,
    finish_softmax,
    forward,
    gradient,
    net_input,
    sample_losses,
)
from annsim.functions.activation import Array
from annsim.functions.loss import LOSSES, Loss, clip_margin
from annsim.functions.step_gradient import STEP_GRADIENTS, StepGradient

STEP_H = 1e-5
RELATIVE_LIMIT = 1e-6
ABSOLUTE_FLOOR = 1e-8
KINK_DISTANCE = 1e-3
LOG_DISTANCE = 1e-2
LOSS_KINKS = {"mean_absolute_error": (0.0,), "huber": (-1.0, 1.0)}  # differences o - t
PARAMETERS_WHOLE = 5_000  # above, a seeded sample is checked
PARAMETERS_SAMPLED = 1_000


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The result of a check.

    Attributes
    ----------
    checked : places of the parameters compared (weights, then biases), ascending.
    by_backpropagation, by_differences : (checked,) the two gradients.
    parameter_count : how many there are.
    row_count, left_out : rows used, and rows left out for a kink nearby.
    """

    checked: NDArray[np.int64]
    by_backpropagation: Array
    by_differences: Array
    parameter_count: int
    row_count: int
    left_out: int

    @property
    def errors(self) -> Array:
        """Difference by the larger gradient, or by 0.01 where that is smaller, (checked,).

        So a limit of 1e-6 is one of 1e-6 relative with an absolute floor of 1e-8.
        """
        difference = np.abs(self.by_backpropagation - self.by_differences)
        size = np.maximum(np.abs(self.by_backpropagation), np.abs(self.by_differences))
        return difference / np.maximum(size, ABSOLUTE_FLOOR / RELATIVE_LIMIT)

    @property
    def worst(self) -> int | None:
        """Index into `checked` of the largest difference by the larger gradient; None where nothing was checked."""
        return int(self.errors.argmax()) if len(self.checked) and self.row_count else None

    def worst_below(self, limit: int) -> int | None:
        """Return the index of the largest difference among the parameters at places below `limit`, the connections."""
        among = np.flatnonzero(self.checked < limit)
        return int(among[self.errors[among].argmax()]) if len(among) and self.row_count else None

    @property
    def passed(self) -> bool:
        """Whether every difference lies within 1e-6 relative or 1e-8 absolute."""
        return bool((self.errors <= RELATIVE_LIMIT).all())


def check_gradients(
    network: CompiledNetwork,
    parameters: Parameters,
    inputs: Array,
    targets: Array,
    *,
    loss: str,
    step_gradient: str,
    seed: int = 1,
) -> GradientCheck:
    """Compare backpropagation with central differences; inputs (samples, inputs), targets (samples, outputs)."""
    rule, stand_in = LOSSES[loss], STEP_GRADIENTS[step_gradient]
    base = forward(network, parameters, inputs)
    clear = ~near_a_kink(network, base, targets, rule)
    inputs, targets = inputs[clear], targets[clear]
    free = np.flatnonzero(np.concatenate((np.ones(network.connection_count, bool), _has_bias(network))))
    places = free
    if len(free) > PARAMETERS_WHOLE:
        places = np.sort(np.random.default_rng(seed).choice(free, PARAMETERS_SAMPLED, replace=False))
    if not len(inputs):
        return GradientCheck(places[:0], np.zeros(0), np.zeros(0), len(free), 0, int((~clear).sum()))
    base = forward(network, parameters, inputs)
    backward(network, parameters, base, targets, rule, stand_in)
    exact = gradient(network, base)[places]

    def mean_loss() -> float:
        state = forward_beside(network, parameters, inputs, base, stand_in)
        return float(sample_losses(network, state, targets, rule).mean())

    numeric = np.array([_central_difference(parameters.values, place, mean_loss) for place in places.tolist()])
    return GradientCheck(places, exact, numeric, len(free), len(inputs), int((~clear).sum()))


def _central_difference(values: Array, place: int, mean_loss: Callable[[], float]) -> float:
    present = values[place]
    values[place] = present + STEP_H
    above = mean_loss()
    values[place] = present - STEP_H
    below = mean_loss()
    values[place] = present
    return (above - below) / (2 * STEP_H)


def forward_beside(
    network: CompiledNetwork, parameters: Parameters, inputs: Array, base: State, stand_in: StepGradient
) -> State:
    """Compute a state near `base`, with step and binary functions as straight lines through their present point."""
    s = empty_state(network, len(inputs), parameters.values.dtype)
    s.output[:, : network.input_count] = inputs
    for neuron in network.computing:
        k = neuron.place
        s.net_input[:, k] = net_input(parameters, neuron, s.output)
        s.shifted[:, k] = u = s.net_input[:, k] - network.threshold[k]
        if neuron.activation.joint:
            continue
        if neuron.activation.name == "step":
            there = base.shifted[:, k]
            s.activation[:, k] = base.activation[:, k] + stand_in.derivative(there) * (u - there)
        else:
            s.activation[:, k] = neuron.activation.value(u)
        a = s.activation[:, k]
        if neuron.output.name == "binary":
            s.output[:, k] = base.output[:, k] + (a - base.activation[:, k])
        else:
            s.output[:, k] = neuron.output.value(a)
    finish_softmax(network, s)
    for k in network.softmax_places.tolist():
        if network.output[k] == "binary":
            s.output[:, k] = base.output[:, k] + (s.activation[:, k] - base.activation[:, k])
    return s


def near_a_kink(network: CompiledNetwork, s: State, targets: Array, loss: Loss) -> NDArray[np.bool_]:
    """Return (batch,) True for rows on which a derivative jumps or bends within 1e-3 of the present point."""
    near = np.zeros(len(s.output), np.bool_)
    for neuron in network.computing:
        k = neuron.place
        if neuron.activation.name != "step":
            near |= _is_near(s.shifted[:, k], neuron.activation.kinks)
        if neuron.output.name != "binary":
            near |= _is_near(s.activation[:, k], neuron.output.kinks)
    pair = cancelling(network, loss)
    outputs = s.output[:, network.output_places]
    for column in np.flatnonzero(~pair).tolist():
        o, t = outputs[:, column], targets[:, column]
        if loss.cancels_with is not None:
            eps = clip_margin(outputs.dtype)  # the clip edges inside the logarithms
            near |= _is_near(o, (eps, 1 - eps))
            # beside 0 and 1 a logarithm bends more than differences of 1e-5 can follow
            near |= ((o > 0) & (o < LOG_DISTANCE)) | ((o > 1 - LOG_DISTANCE) & (o < 1))
        near |= _is_near(o - t, LOSS_KINKS.get(loss.name, ()))
    return near


def _is_near(values: Array, kinks: tuple[float, ...]) -> NDArray[np.bool_]:
    near = np.zeros(len(values), np.bool_)
    for kink in kinks:
        near |= np.abs(values - kink) < KINK_DISTANCE
    return near


def _has_bias(network: CompiledNetwork) -> NDArray[np.bool_]:
    return np.arange(network.neuron_count) >= network.input_count
