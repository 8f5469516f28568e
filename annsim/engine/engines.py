"""The engines there are, and which of them can run here."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from annsim.engine.compiler import CompiledNetwork, Parameters
from annsim.engine.course import Course, Learning, Record
from annsim.engine.reference_engine import ReferenceEngine, Step
from annsim.errors import SettingsError
from annsim.functions.activation import Array


class Engine(Protocol):
    """What computes: the same numbers from every engine, within rounding."""

    @property
    def name(self) -> str:
        """The name that settings and reports use."""

    def outputs(self, network: CompiledNetwork, parameters: Parameters, inputs: Array) -> Array:
        """Return the outputs (samples, output neurons) for inputs (samples, inputs)."""

    def advance(self, course: Course, learning: Learning, steps: int) -> list[Record]:
        """Take up to `steps` steps with all evaluations that fall due; return the new rows of the history."""

    def take_step(self, course: Course, learning: Learning) -> Step:
        """Take one step and return all its numbers."""

    def evaluate(self, course: Course, parameters: Parameters, rows: NDArray[np.int64]) -> tuple[float, float | None]:
        """Return mean loss and share of correct rows."""


_ENGINES: dict[str, Engine] = {"reference": ReferenceEngine()}


def engines() -> tuple[str, ...]:
    """Return the names of the engines that can run here."""
    return tuple(_ENGINES)


def choose_engine(name: str) -> Engine:
    """Return an engine by name; "auto" is the fastest that can run here.

    Raises
    ------
    SettingsError
        For an engine that cannot run here.
    """
    if name == "auto":
        return list(_ENGINES.values())[-1]
    if name not in _ENGINES:
        raise SettingsError(
            f"the engine '{name}' cannot run here", where="engine", hint=f"There are: auto, {', '.join(_ENGINES)}."
        )
    return _ENGINES[name]
