"""Learning-rate schedules: the rate of epoch e (0-based) from the rate r that the user sets."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from annsim.functions.registry import Registry


@dataclass(frozen=True)
class Schedule:
    """One schedule: rate(r, e, decay, decay_epochs, limit), limit being the number of epochs of the run."""

    name: str
    rate: Callable[[float, int, float, int, int], float]
    formula: str
    needs_limit: bool = False


SCHEDULES: Registry[Schedule] = Registry(
    "schedule",
    [
        Schedule("constant", lambda r, e, decay, every, limit: r, "r"),
        Schedule("stairs", lambda r, e, decay, every, limit: r * decay ** (e // every), "r · decay^⌊e / decay_epochs⌋"),
        Schedule(
            "exponential", lambda r, e, decay, every, limit: r * decay ** (e / every), "r · decay^(e / decay_epochs)"
        ),
        Schedule(
            "cosine",
            lambda r, e, decay, every, limit: 0.5 * r * (1 + math.cos(math.pi * e / limit)),
            "r/2 · (1 + cos(π e / E))",
            needs_limit=True,
        ),
    ],
)
