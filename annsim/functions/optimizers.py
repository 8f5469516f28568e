"""Optimizers: from gradients to changes of the parameters.

The order of operations and the fixed numbers are those of PyTorch's optimizers of the same names, so that the same
numbers come out. p are the parameters, g their gradient (penalty included), r the learning rate of the step; all
arrays are (parameter,). Sources: Polyak (1964) momentum, Nesterov (1983) in the form of Sutskever et al. (2013),
Tieleman and Hinton (2012) RMSprop, Kingma and Ba (2015) Adam, Loshchilov and Hutter (2019) AdamW,
Riedmiller and Braun (1993) Rprop.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annsim.functions.activation import Array
from annsim.functions.registry import Registry

SMOOTHING = 0.99
EPSILON = 1e-8
BETA_1 = 0.9
BETA_2 = 0.999
FACTOR_UP = 1.2
FACTOR_DOWN = 0.5
STEP_SIZE_LEAST = 1e-6
STEP_SIZE_MOST = 50.0


@dataclass(frozen=True)
class Rate:
    """The numbers of one step: learning rate, momentum, weight decay, and the count of this step, from 1."""

    rate: float
    momentum: float
    weight_decay: float
    step: int


Memory = dict[str, Array]


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    Attributes
    ----------
    memory : the names of the arrays that it keeps from step to step.
    update : update(p, g, memory, rate) -> new p; changes the arrays of `memory` in place, p and g never.
    """

    name: str
    memory: tuple[str, ...]
    update: Callable[[Array, Array, Memory, Rate], Array]
    formula: str
    uses_momentum: bool = False
    uses_weight_decay: bool = False
    full_batch_only: bool = False

    def start(self, count: int, dtype: np.dtype[np.floating], learning_rate: float) -> Memory:
        """Return the memory of a fresh optimizer over `count` parameters."""
        memory = {name: np.zeros(count, dtype) for name in self.memory}
        if "step_size" in memory:
            memory["step_size"][:] = learning_rate
        return memory


def _plain(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    return p - n.rate * g


def _velocity(g: Array, memory: Memory, n: Rate) -> Array:
    v = memory["velocity"]
    v *= n.momentum
    v += g
    return v


def _momentum(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    v = _velocity(g, memory, n)
    return p - n.rate * v


def _nesterov(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    v = _velocity(g, memory, n)
    return p - n.rate * (g + n.momentum * v)


def _rmsprop(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    s = memory["square"]
    s *= SMOOTHING
    s += (1 - SMOOTHING) * (g * g)
    return p - n.rate * (g / (np.sqrt(s) + EPSILON))


def _adam(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    m, s = memory["mean"], memory["square"]
    m *= BETA_1
    m += (1 - BETA_1) * g
    s *= BETA_2
    s += (1 - BETA_2) * (g * g)
    size = n.rate / (1 - BETA_1**n.step)
    return p - size * (m / (np.sqrt(s) / math.sqrt(1 - BETA_2**n.step) + EPSILON))


def _adamw(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    return _adam(p - n.rate * n.weight_decay * p, g, memory, n)


def _rprop(p: Array, g: Array, memory: Memory, n: Rate) -> Array:
    size, previous = memory["step_size"], memory["previous_gradient"]
    same = g * previous
    factor = np.where(same > 0, FACTOR_UP, np.where(same < 0, FACTOR_DOWN, 1.0))
    size[:] = np.clip(size * factor, STEP_SIZE_LEAST, STEP_SIZE_MOST)
    g = np.where(same < 0, 0, g).astype(g.dtype)  # after a change of sign the parameter rests for one step
    previous[:] = g
    return p - np.sign(g) * size


OPTIMIZERS: Registry[Optimizer] = Registry(
    "optimizer",
    [
        Optimizer("plain", (), _plain, "w ← w − r g"),
        Optimizer("momentum", ("velocity",), _momentum, "v ← m v + g; w ← w − r v", uses_momentum=True),
        Optimizer("nesterov", ("velocity",), _nesterov, "v ← m v + g; w ← w − r (g + m v)", uses_momentum=True),
        Optimizer("rmsprop", ("square",), _rmsprop, "s ← 0.99 s + 0.01 g²; w ← w − r g / (√s + ε)"),
        Optimizer("adam", ("mean", "square"), _adam, "w ← w − r m̂ / (√ŝ + ε)"),
        Optimizer(
            "adamw",
            ("mean", "square"),
            _adamw,
            "w ← w − r λ w; w ← w − r m̂ / (√ŝ + ε)",
            uses_weight_decay=True,
        ),
        Optimizer(
            "rprop",
            ("step_size", "previous_gradient"),
            _rprop,
            "w ← w − sign(g) Δ; Δ ← 1.2 Δ or 0.5 Δ",
            full_batch_only=True,
        ),
    ],
)
