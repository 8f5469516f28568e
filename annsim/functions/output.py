"""Output functions o = psi(a): value beside derivative.

The names and meanings follow the output functions of SNNS (Out_Identity, Out_Clip_01, Out_Clip_11, Out_Threshold05).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annsim.functions.activation import Array
from annsim.functions.registry import Registry


@dataclass(frozen=True)
class Output:
    """One output function: value psi(a), derivative dpsi/da, both elementwise on any shape.

    `low` and `high` bound its values; `kinks` are the points a at which the derivative jumps.
    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    formula: str
    low: float
    high: float
    kinks: tuple[float, ...] = ()


def _clip(name: str, low: float, high: float, formula: str) -> Output:
    return Output(
        name,
        lambda a: np.clip(a, low, high),
        lambda a: ((a >= low) & (a <= high)).astype(a.dtype),
        formula,
        low,
        high,
        kinks=(low, high),
    )


OUTPUTS: Registry[Output] = Registry(
    "output function",
    [
        Output("identity", lambda a: a.copy(), lambda a: np.ones_like(a), "a", -np.inf, np.inf),
        _clip("clip01", 0.0, 1.0, "0 if a < 0, 1 if a > 1, else a"),
        _clip("clip11", -1.0, 1.0, "−1 if a < −1, 1 if a > 1, else a"),
        # straight through (Bengio, Léonard and Courville 2013): the gradient passes as if psi were the identity
        Output(
            "binary",
            lambda a: (a >= 0.5).astype(a.dtype),
            lambda a: np.ones_like(a),
            "1 if a ≥ 0.5, else 0",
            0.0,
            1.0,
            kinks=(0.5,),
        ),
    ],
)
