"""The reference engine as the others are called: steps, epochs, evaluations, one after another in plain NumPy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.engine.compiler import CompiledNetwork, Parameters
from annsim.engine.course import Course, Failure, Learning, Record, is_due, note_record, record_now
from annsim.engine.reference import State, backward, forward, gradient, sample_losses
from annsim.functions.activation import Array
from annsim.functions.loss import LOSSES
from annsim.functions.optimizers import OPTIMIZERS, Rate
from annsim.functions.randomness import row_order
from annsim.functions.step_gradient import STEP_GRADIENTS

EVALUATION_ROWS = 4096  # rows of one forward pass, so that a million rows need little memory


@dataclass(frozen=True, eq=False)
class Step:
    """All numbers of one step: every array that the explanation of the step shows.

    Attributes
    ----------
    rows : (batch,) rows of the data, in the order of the step.
    state : z, u, a, o and delta, (batch, neuron).
    losses : (batch,) without the penalty.
    gradient, penalty : (parameter,) averaged gradient without the penalty, and the penalty's gradient.
    rate : the numbers that the optimizer used.
    before, after : (parameter,) parameters before and after the step.
    """

    rows: NDArray[np.int64]
    state: State
    losses: Array
    gradient: Array
    penalty: Array
    rate: Rate
    before: Array
    after: Array


class ReferenceEngine:
    """Trains and evaluates by the functions of `reference`."""

    name = "reference"

    def outputs(self, network: CompiledNetwork, parameters: Parameters, inputs: Array) -> Array:
        """Return the outputs (samples, output neurons), in ascending id, for inputs (samples, inputs)."""
        with np.errstate(over="ignore", invalid="ignore"):
            parts = [
                forward(network, parameters, inputs[first : first + EVALUATION_ROWS]).output[:, network.output_places]
                for first in range(0, len(inputs), EVALUATION_ROWS)
            ]
        return np.concatenate(parts) if parts else np.zeros((0, network.output_count), parameters.values.dtype)

    def advance(self, course: Course, learning: Learning, steps: int) -> list[Record]:
        """Take up to `steps` steps, evaluating where the history gets a row; return the new rows.

        Stops early, with `learning.stopped_by` set, at the last epoch, the goal, the end of patience, or a number
        that is not finite.
        """
        records = []
        if learning.last_record is None:
            records.append(self._record(course, learning))
        for _ in range(steps):
            if learning.stopped_by:
                break
            self.take_step(course, learning)
            if learning.stopped_by is None and learning.batch == 0:
                if is_due(course, learning):
                    records.append(self._record(course, learning))
                if learning.stopped_by is None and learning.epoch == course.settings.epochs:
                    learning.stopped_by = "epochs"
        return records

    def take_step(self, course: Course, learning: Learning) -> Step:
        """Take one step: forward, loss, backward, averaged gradient, the optimizer's change."""
        settings, network = course.settings, course.network
        before = learning.parameters.values.copy()
        rows = rows_of_step(course, learning)
        targets = course.targets[rows]
        with np.errstate(over="ignore", invalid="ignore"):
            state = forward(network, learning.parameters, course.inputs[rows])
            loss = LOSSES[settings.loss]
            losses = sample_losses(network, state, targets, loss)
            backward(network, learning.parameters, state, targets, loss, STEP_GRADIENTS[settings.step_gradient])
            slope = gradient(network, state)
            penalty = penalty_gradient(learning.parameters, settings.l1, settings.l2)
            rate = Rate(settings.rate(learning.epoch), settings.momentum, settings.weight_decay, learning.steps + 1)
            self._update(course, learning, slope + penalty, rate)
        step = Step(rows, state, losses, slope, penalty, rate, before, learning.parameters.values.copy())
        learning.failure = find_failure(course, learning, step)
        if learning.failure:
            learning.stopped_by = "not_finite"
            learning.parameters.values[:] = before  # the last finite ones
        learning.steps += 1
        learning.batch += 1
        if learning.batch == course.steps_per_epoch:
            learning.batch, learning.epoch = 0, learning.epoch + 1
        return step

    def evaluate(self, course: Course, parameters: Parameters, rows: NDArray[np.int64]) -> tuple[float, float | None]:
        """Return mean loss and share of correct rows (None where no output is right or wrong)."""
        if not len(rows):
            return 0.0, None
        loss, correct = 0.0, 0
        with np.errstate(over="ignore", invalid="ignore"):
            for first in range(0, len(rows), EVALUATION_ROWS):
                part = rows[first : first + EVALUATION_ROWS]
                state, targets = forward(course.network, parameters, course.inputs[part]), course.targets[part]
                loss += float(sample_losses(course.network, state, targets, LOSSES[course.settings.loss]).sum())
                if course.scoring:
                    outputs = state.output[:, course.network.output_places]
                    correct += int(course.scoring.correct(outputs, targets).sum())
        return loss / len(rows), correct / len(rows) if course.scoring else None

    def _record(self, course: Course, learning: Learning) -> Record:
        record = record_now(self.evaluate, course, learning)
        note_record(course, learning, record)
        if learning.failure:
            learning.failure = evaluation_failure(course, learning)
        return record

    def _update(self, course: Course, learning: Learning, slope: Array, rate: Rate) -> None:
        values, free = learning.parameters.values, ~course.network.locked
        optimizer = OPTIMIZERS[course.settings.optimizer]
        values[free] = optimizer.update(values[free], slope[free], learning.memory, rate)


def rows_of_step(course: Course, learning: Learning) -> NDArray[np.int64]:
    """Return the rows of the next step; a step that takes all rows takes them in file order."""
    size = course.rows_per_step
    if size == len(course.training_rows) or not course.settings.shuffle:
        order = course.training_rows
    else:
        if learning.order is None or learning.order[0] != learning.epoch:
            shuffled = row_order(course.settings.seed, learning.epoch, len(course.training_rows))
            learning.order = learning.epoch, course.training_rows[shuffled]
        order = learning.order[1]
    return order[learning.batch * size : (learning.batch + 1) * size]


def penalty_gradient(parameters: Parameters, l1: float, l2: float) -> Array:
    """Return the gradient of l1 * sum abs w + 1/2 * l2 * sum w^2, (parameter,); biases are left out."""
    result = np.zeros_like(parameters.values)
    if l1 or l2:
        result[: len(parameters.weights)] = l1 * np.sign(parameters.weights) + l2 * parameters.weights
    return result


def find_failure(course: Course, learning: Learning, step: Step) -> Failure | None:
    """Return where the first number of a step that is not finite stands, or None."""
    if np.isfinite(step.after).all() and np.isfinite(step.gradient).all() and np.isfinite(step.losses).all():
        return None
    ids = course.network.neuron_ids
    place = _place_of_failure(course, step.state, step.rows, step.losses)
    if place is not None:
        return Failure(learning.epoch, learning.steps, *place)
    for quantity, values in (("gradient", step.gradient), ("new weight", step.after)):
        bad = np.flatnonzero(~np.isfinite(values))
        if len(bad):
            neurons = np.concatenate((course.network.targets, np.arange(len(ids))))
            return Failure(learning.epoch, learning.steps, quantity, int(step.rows[0]), int(ids[neurons[bad[0]]]))
    return None


def evaluation_failure(course: Course, learning: Learning) -> Failure:
    """Return where the first number of an evaluation with the present parameters is not finite."""
    failure = Failure(max(0, learning.epoch - 1), max(0, learning.steps - 1), "loss of the evaluation")
    rows = np.concatenate((course.training_rows, course.test_rows))
    with np.errstate(over="ignore", invalid="ignore"):
        for first in range(0, len(rows), EVALUATION_ROWS):
            part = rows[first : first + EVALUATION_ROWS]
            state = forward(course.network, learning.parameters, course.inputs[part])
            losses = sample_losses(course.network, state, course.targets[part], LOSSES[course.settings.loss])
            place = _place_of_failure(course, state, part, losses)
            if place is not None:
                return Failure(failure.epoch, failure.step, *place)
    return failure  # only the sum over all rows is too large


def _place_of_failure(
    course: Course, state: State, rows: NDArray[np.int64], losses: Array
) -> tuple[str, int, int] | None:
    """Return quantity, row and neuron id of the first number that is not finite, or None."""
    ids = course.network.neuron_ids
    for quantity, array in (("net input", state.net_input), ("output", state.output), ("delta", state.delta)):
        places = np.argwhere(~np.isfinite(array.T))
        if len(places):
            place, row = places[0]
            return quantity, int(rows[row]), int(ids[place])
    bad = np.flatnonzero(~np.isfinite(losses))
    if not len(bad):
        return None
    outputs = course.network.output_places
    distance = np.abs(state.output[bad[0], outputs] - course.targets[rows[bad[0]]])
    return "loss", int(rows[bad[0]]), int(ids[outputs[distance.argmax()]])
