"""A session: a run while it goes on. It can be taken in pieces, paused, changed, and stopped between two steps."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from annsim.data.dataset import Dataset
from annsim.engine.compiler import CompiledNetwork, Parameters, compile_network, parameters_edit, parameters_of
from annsim.engine.course import Course, Record, record_now, start_learning
from annsim.engine.engines import choose_engine
from annsim.errors import SettingsError
from annsim.functions.scoring import scoring_for
from annsim.network.builders import initial_weight_values
from annsim.network.edits import Edit
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.history import History
from annsim.training.matching import matched_inputs, matched_targets
from annsim.training.run import Run, SettingChange
from annsim.training.stopping import stop_message

CHUNK_SECONDS = 0.01  # work between two looks at the stop flag
LIVE_SETTINGS = ("learning_rate", "momentum", "l1", "l2", "goal", "patience")


@dataclass(frozen=True)
class Progress:
    """Where a session is: complete epochs, steps, and the rows of history made since the last progress."""

    epoch: int
    steps: int
    records: tuple[Record, ...]


class Session:
    """A training in motion.

    The drawing is not touched before `finish`. The same network, data, settings and changes give the same bits,
    however the session is cut into pieces.

    Attributes
    ----------
    course, learning : what the engine works on.
    history : rows so far.
    on_record : called with each new row of the history.
    """

    def __init__(self, network: Network, dataset: Dataset, settings: Settings) -> None:
        self.engine = choose_engine(settings.engine)
        self.network = network
        self.start_settings = settings
        self.compiled = compile_network(network)
        dtype = np.float32 if settings.precision == "single" else np.float64
        self.course = course_for(network, self.compiled, dataset, settings)
        settings.check_rows(len(self.course.training_rows))
        self.initial = parameters_of(network, self.compiled, dtype)
        if settings.init is not None:
            draw_initial(network, self.compiled, self.initial, settings)
        self.learning = start_learning(self.course, self.initial.copy())
        self.history = History()
        self.changes: list[SettingChange] = []
        self.on_record: Callable[[Record], object] = lambda record: None
        self.seconds = 0.0
        self._steps_per_chunk = 1

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to do."""
        return self.learning.stopped_by is not None

    def advance(self, *, steps: int | None = None, epochs: int | None = None) -> Progress:
        """Take some steps, or run to the end of some epochs; less where the session is over before."""
        count = steps or 0
        if epochs is not None:
            count += epochs * self.course.steps_per_epoch - self.learning.batch
        start = time.perf_counter()
        records = self.engine.advance(self.course, self.learning, count)
        self.seconds += time.perf_counter() - start
        for record in records:
            self.history.add(record)
            self.on_record(record)
        return Progress(self.learning.epoch, self.learning.steps, tuple(records))

    def __iter__(self) -> Iterator[Progress]:
        """Go on to the end, in pieces of about 10 ms."""
        while not self.is_over:
            start = time.perf_counter()
            yield self.advance(steps=self._steps_per_chunk)
            elapsed = time.perf_counter() - start
            wanted = self._steps_per_chunk * CHUNK_SECONDS / max(elapsed, 1e-6)
            self._steps_per_chunk = max(1, min(int(wanted), 2 * self._steps_per_chunk))

    def change(self, **values: Any) -> None:
        """Change settings from the next step on; only those that may change while a run goes on."""
        for name in values:
            if name not in LIVE_SETTINGS:
                raise SettingsError(
                    "cannot change while a run goes on", where=name, hint=f"These can: {', '.join(LIVE_SETTINGS)}."
                )
        settings = Settings.chosen(values, self.course.settings)
        self.course = replace(self.course, settings=settings)
        self.changes += [SettingChange(self.learning.steps, name, getattr(settings, name)) for name in values]

    def stop(self, reason: str = "user") -> None:
        """End the run here; nothing happens where it is over already."""
        self.learning.stopped_by = self.learning.stopped_by or reason

    def finish(self) -> Run:
        """End the run, put back better weights where that is due, and return what came of it."""
        self.stop()
        message = stop_message(self.course, self.learning, self.network)
        learning, values = self.learning, self.learning.parameters.values
        self.last_finite = self.learning.parameters.copy()
        if learning.stopped_by == "not_finite" and learning.kept is not None:
            values[:] = learning.kept
        elif learning.stopped_by == "patience" and learning.best is not None:
            values[:] = learning.best
        elif learning.last_record is None or (
            learning.batch == 0 and learning.last_record.epoch != learning.epoch and learning.failure is None
        ):
            self._record_the_end()
        return self.report(message)

    def report(self, message: str = "") -> Run:
        """Return the run as far as it has come; the session can go on."""
        learning = self.learning
        full, rest = divmod(learning.steps, self.course.steps_per_epoch)
        return Run(
            self.start_settings,
            self.history,
            learning.stopped_by or "user",
            learning.epoch,
            learning.steps,
            self.engine.name,
            message,
            changes=tuple(self.changes),
            seconds=self.seconds,
            samples=full * len(self.course.training_rows) + rest * self.course.rows_per_step,
        )

    def edit(self) -> Edit:
        """Return the edit that writes the learned weights into the drawing."""
        epochs = self.learning.epoch
        return parameters_edit(
            self.network, self.compiled, self.learning.parameters, f"Train {epochs:,} epoch{'s' * (epochs != 1)}"
        )

    def _record_the_end(self) -> None:
        """Give the history its last row where the run ended between two recorded epochs."""
        self.learning.last_record = record = record_now(self.engine.evaluate, self.course, self.learning)
        self.history.add(record)
        self.on_record(record)


def course_for(network: Network, compiled: CompiledNetwork, dataset: Dataset, settings: Settings) -> Course:
    """Return the course of a training: data matched to the neurons, in the precision of the settings."""
    dtype = np.float32 if settings.precision == "single" else np.float64
    inputs, targets = matched_inputs(network, dataset), matched_targets(network, dataset)
    return Course(
        compiled,
        inputs.astype(dtype, copy=False),
        targets.astype(dtype, copy=False),
        dataset.train_rows,
        dataset.test_rows,
        scoring_for(targets, dataset.classes is not None),
        settings,
    )


def draw_initial(network: Network, compiled: CompiledNetwork, parameters: Parameters, settings: Settings) -> None:
    """Draw all unlocked weights by the rule of the settings and make all unlocked biases 0."""
    if settings.init is None:
        return
    drawn = initial_weight_values(network.store.block, settings.init, settings.seed)
    weights = drawn[network.store.rows(compiled.connection_ids)]
    start = np.concatenate((weights, np.zeros(compiled.neuron_count)))
    free = ~compiled.locked
    parameters.values[free] = start[free]
