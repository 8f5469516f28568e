"""What an engine works on: the course of a training (fixed between two calls), and the learning that moves along it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annsim.engine.compiler import CompiledNetwork, Parameters
from annsim.functions.activation import Array
from annsim.functions.optimizers import OPTIMIZERS, Memory
from annsim.functions.scoring import Scoring
from annsim.settings import Settings

SAFE_FACTOR = 10.0  # weights whose loss is above ten times the best are not put back after a divergence


@dataclass(frozen=True, eq=False)
class Course:
    """A compiled network, data in the precision of the training, and the settings.

    Attributes
    ----------
    inputs, targets : (samples, inputs) and (samples, outputs), in ascending id of the neurons.
    training_rows, test_rows : indices into them, ascending.
    scoring : how an output is judged, or None.
    """

    network: CompiledNetwork
    inputs: Array
    targets: Array
    training_rows: NDArray[np.int64]
    test_rows: NDArray[np.int64]
    scoring: Scoring | None
    settings: Settings

    @property
    def rows_per_step(self) -> int:
        """How many rows a step takes; the last step of an epoch may take fewer."""
        return self.settings.rows_per_step(len(self.training_rows))

    @property
    def steps_per_epoch(self) -> int:
        """How many steps an epoch has."""
        return -(-len(self.training_rows) // self.rows_per_step)


@dataclass(frozen=True)
class Record:
    """One row of the history: an evaluation of all training and test rows after `epoch` epochs."""

    epoch: int
    training_loss: float
    test_loss: float | None
    accuracy: float | None


@dataclass(frozen=True)
class Failure:
    """Where numbers stopped being finite: epoch and step from 0, row of the data, neuron id, and the quantity."""

    epoch: int
    step: int
    quantity: str
    row: int | None = None
    neuron_id: int | None = None


@dataclass(eq=False)
class Learning:
    """What moves while a network learns.

    Attributes
    ----------
    parameters : the present weights and biases; always finite.
    memory : the optimizer's arrays, (unlocked parameter,) each.
    epoch, batch : complete epochs, and steps taken in the present one.
    steps : all steps taken.
    stopped_by : None while there is more to do.
    kept : the parameters of the last history row whose loss was finite and not above ten times the best.
    best : the parameters of the history row with the best loss (`patience` may be set at any time).
    """

    parameters: Parameters
    memory: Memory
    epoch: int = 0
    batch: int = 0
    steps: int = 0
    stopped_by: str | None = None
    failure: Failure | None = None
    kept: Array | None = None
    best: Array | None = None
    best_loss: float = np.inf
    least_training_loss: float = np.inf
    rows_since_best: int = 0
    last_record: Record | None = None
    order: tuple[int, NDArray[np.int64]] | None = field(default=None, repr=False)


def start_learning(course: Course, parameters: Parameters) -> Learning:
    """Return the state before the first step, with a fresh optimizer."""
    free = int((~course.network.locked).sum())
    settings = course.settings
    memory = OPTIMIZERS[settings.optimizer].start(free, parameters.values.dtype, settings.learning_rate)
    return Learning(parameters, memory)


def is_due(course: Course, learning: Learning) -> bool:
    """Return whether the history gets a row now, at the end of an epoch (or before the first step)."""
    every, limit = course.settings.record_every, course.settings.epochs
    return learning.epoch in (0, limit) or (every > 0 and learning.epoch % every == 0)


def record_now(
    evaluate: Callable[[Course, Parameters, NDArray[np.int64]], tuple[float, float | None]],
    course: Course,
    learning: Learning,
) -> Record:
    """Return a row of the history for the present weights; `evaluate` is the engine's."""
    training_loss, accuracy = evaluate(course, learning.parameters, course.training_rows)
    test_loss = None
    if len(course.test_rows):
        test_loss, accuracy = evaluate(course, learning.parameters, course.test_rows)
    return Record(learning.epoch, training_loss, test_loss, accuracy)


def note_record(course: Course, learning: Learning, record: Record) -> None:
    """Take note of a new row of the history: what to keep, and whether it is time to stop."""
    settings = course.settings
    learning.last_record = record
    if not np.isfinite(record.training_loss) or not np.isfinite(record.test_loss or 0.0):
        learning.stopped_by = "not_finite"
        learning.failure = Failure(max(0, learning.epoch - 1), max(0, learning.steps - 1), "loss of the evaluation")
        return
    learning.least_training_loss = min(learning.least_training_loss, record.training_loss)
    values = learning.parameters.values.copy()
    if record.training_loss <= SAFE_FACTOR * learning.least_training_loss:
        learning.kept = values
    loss = record.training_loss if record.test_loss is None else record.test_loss
    learning.rows_since_best += 1
    if loss < learning.best_loss:
        learning.best_loss, learning.rows_since_best, learning.best = loss, 0, values
    if settings.goal is not None and record.training_loss <= settings.goal:
        learning.stopped_by = "goal"
    elif settings.patience is not None and learning.rows_since_best >= settings.patience:
        learning.stopped_by = "patience"
