"""Rules for initial weights: bounds and spreads from the fans of a connection.

For the weight of i -> k: fan_in is the number of incoming connections of k, fan_out the number of outgoing connections
of i. On a layered network these are the fans of Glorot and Bengio (2010) and He et al. (2015).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.functions.registry import Registry

Weights = NDArray[np.float64]


@dataclass(frozen=True)
class InitialWeights:
    """One rule: draw(generator, fan_in, fan_out) -> weights, all (connection,)."""

    name: str
    draw: Callable[[np.random.Generator, Weights, Weights], Weights]
    formula: str


def _uniform(draws: np.random.Generator, bound: Weights) -> Weights:
    return (2 * draws.random(len(bound)) - 1) * bound


INITIAL_WEIGHTS: Registry[InitialWeights] = Registry(
    "rule for initial weights",
    [
        InitialWeights("uniform", lambda g, i, o: _uniform(g, np.full(len(i), 0.5)), "uniform in ±0.5"),
        InitialWeights(
            "glorot_uniform", lambda g, i, o: _uniform(g, np.sqrt(6 / (i + o))), "uniform in ±√(6 / (fan_in + fan_out))"
        ),
        InitialWeights(
            "glorot_normal",
            lambda g, i, o: g.standard_normal(len(i)) * np.sqrt(2 / (i + o)),
            "normal, sd √(2 / (fan_in + fan_out))",
        ),
        InitialWeights("he_uniform", lambda g, i, o: _uniform(g, np.sqrt(6 / i)), "uniform in ±√(6 / fan_in)"),
        InitialWeights(
            "he_normal", lambda g, i, o: g.standard_normal(len(i)) * np.sqrt(2 / i), "normal, sd √(2 / fan_in)"
        ),
        InitialWeights("zeros", lambda g, i, o: np.zeros(len(i)), "0"),
        InitialWeights("constant", lambda g, i, o: np.full(len(i), 0.1), "0.1"),
    ],
)
