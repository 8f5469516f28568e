"""A run: one training from given weights on given data, and what came of it."""

from dataclasses import dataclass, field
from typing import Any

from annsim.settings import Settings
from annsim.training.history import History


@dataclass(frozen=True)
class SettingChange:
    """A setting changed while the run went on; it takes effect at the step with this number, from 0."""

    step: int
    name: str
    value: Any


@dataclass(eq=False)
class Run:
    """What a training was and what came of it.

    Attributes
    ----------
    settings : as they were at the start; `changes` are those made on the way.
    history : rows of losses.
    stopped_by : "epochs", "goal", "patience", "not_finite", "user", "edited" or "breakpoint".
    epochs, steps : complete epochs and steps taken.
    engine : name of the engine.
    message : what a person should know about the end; empty where there is nothing to say.
    seconds, samples : computing time, and rows presented to the network in steps; not kept in project files.
    """

    settings: Settings
    history: History
    stopped_by: str
    epochs: int
    steps: int
    engine: str
    message: str = ""
    name: str = ""
    changes: tuple[SettingChange, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    samples: int = field(default=0, compare=False)

    @property
    def training_loss(self) -> float:
        """Training loss of the last history row."""
        return self.history.last.training_loss

    @property
    def test_loss(self) -> float | None:
        """Test loss of the last history row; None without test rows."""
        return self.history.last.test_loss

    @property
    def accuracy(self) -> float | None:
        """Share of correct test rows (training rows without test rows); None where nothing is right or wrong."""
        return self.history.last.accuracy

    @property
    def samples_per_second(self) -> float:
        """Rows presented to the network in steps, by computing time."""
        return self.samples / self.seconds if self.seconds > 0 else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of `annsim train --json`."""
        return {
            "epochs": self.epochs,
            "steps": self.steps,
            "stopped_by": self.stopped_by,
            "training_loss": self.training_loss,
            "test_loss": self.test_loss,
            "accuracy": self.accuracy,
            "seconds": self.seconds,
            "samples_per_second": self.samples_per_second,
            "engine": self.engine,
        }
