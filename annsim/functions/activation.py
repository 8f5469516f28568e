"""Activation functions a = phi(u), u = z - theta: value beside derivative, each function once.

The formulas and the derivative used in backpropagation are those of the field's textbooks; `gelu` is the exact form of
Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016), `silu` that of Elfwing et al. (2018), `elu` that of Clevert
et al. (2016), `softsign` that of Elliott (1993). Every value and derivative is finite for every finite u.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.functions.registry import Registry

Array = NDArray[np.floating]

_FLAT = 40.0  # beyond |u| = 40 the tails of the normal density are 0 in double precision
LEAK = 0.01
SQRT_HALF = math.sqrt(0.5)
INVERSE_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Attributes
    ----------
    value : phi(u), elementwise on any shape; for a joint function over the last axis.
    derivative : dphi/du from u and a = phi(u), elementwise. `step` has its true derivative 0 here; what stands in for
        it during training is a setting. For the joint softmax it is the diagonal of the Jacobian.
    formula, derivative_formula : how people write them.
    low, high : the range of values (infinite where it has no bound).
    kinks : the points u at which the derivative jumps or bends.
    joint : True where all neurons with this function share one sum (softmax).
    """

    name: str
    value: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    formula: str
    derivative_formula: str
    low: float
    high: float
    kinks: tuple[float, ...] = ()
    joint: bool = False


def sigmoid(u: Array) -> Array:
    """Return 1 / (1 + e^-u), without overflow."""
    e = np.exp(-np.abs(u))
    return np.where(u >= 0, 1 / (1 + e), e / (1 + e))


def softplus(u: Array) -> Array:
    """Return ln(1 + e^u), without overflow."""
    return np.maximum(u, 0) + np.log1p(np.exp(-np.abs(u)))


def _below_top(u: Array) -> tuple[Array, Array]:
    """Return the largest u of the last axis (kept with length 1) and u minus it, at least -800."""
    top: Array = u.max(axis=-1, keepdims=True)
    return top, 2 * np.maximum(0.5 * u - 0.5 * top, -400)  # by halves: 1e308 - (-1e308) would overflow


def log_sum_exp(u: Array) -> Array:
    """Return ln of the sum of e^u over the last axis, which is kept with length 1; without overflow."""
    top, below = _below_top(u)
    total: Array = np.exp(below).sum(axis=-1, keepdims=True)
    return top + np.log(total)


def _softmax(u: Array) -> Array:
    e = np.exp(_below_top(u)[1])
    total: Array = e.sum(axis=-1, keepdims=True)
    return e / total


def _normal_cumulative(u: Array) -> Array:
    # erfc keeps the small numbers of the left tail, which 1 + erf rounds to 0
    flat = np.fromiter((0.5 * math.erfc(-x * SQRT_HALF) for x in u.ravel().tolist()), float, u.size)
    return flat.reshape(u.shape).astype(u.dtype)


def _normal_density(u: Array) -> Array:
    return INVERSE_SQRT_2PI * np.exp(-0.5 * np.square(np.clip(u, -_FLAT, _FLAT)))


def _gelu_derivative(u: Array, a: Array) -> Array:
    return _normal_cumulative(u) + np.clip(u, -_FLAT, _FLAT) * _normal_density(u)


def _silu_derivative(u: Array, a: Array) -> Array:
    s = sigmoid(u)
    return s + u * s * (1 - s)


def _gaussian(u: Array) -> Array:
    return np.exp(-np.square(np.clip(u, -_FLAT, _FLAT)))


_INF = math.inf

ACTIVATIONS: Registry[Activation] = Registry(
    "activation function",
    [
        Activation(
            "step",
            lambda u: (u > 0).astype(u.dtype),
            lambda u, a: np.zeros_like(u),
            "1 if u > 0, else 0",
            "0, or its stand-in",
            0.0,
            1.0,
            kinks=(0.0,),
        ),
        Activation("sigmoid", sigmoid, lambda u, a: a * (1 - a), "1 / (1 + e^−u)", "a (1 − a)", 0.0, 1.0),
        Activation(
            "relu",
            lambda u: np.maximum(u, 0),
            lambda u, a: (u > 0).astype(u.dtype),
            "max(0, u)",
            "1 if u > 0, else 0",
            0.0,
            _INF,
            kinks=(0.0,),
        ),
        Activation("tanh", np.tanh, lambda u, a: 1 - a * a, "tanh u", "1 − a²", -1.0, 1.0),
        Activation("linear", lambda u: u.copy(), lambda u, a: np.ones_like(u), "u", "1", -_INF, _INF),
        Activation(
            "leaky_relu",
            lambda u: np.where(u > 0, u, LEAK * u).astype(u.dtype),
            lambda u, a: np.where(u > 0, 1, LEAK).astype(u.dtype),
            "u if u > 0, else 0.01 u",
            "1 if u > 0, else 0.01",
            -_INF,
            _INF,
            kinks=(0.0,),
        ),
        Activation(
            "elu",
            lambda u: np.where(u > 0, u, np.expm1(np.minimum(u, 0))),
            lambda u, a: np.where(u > 0, 1, a + 1).astype(u.dtype),
            "u if u > 0, else e^u − 1",
            "1 if u > 0, else a + 1",
            -1.0,
            _INF,
            kinks=(0.0,),
        ),
        Activation("softplus", softplus, lambda u, a: sigmoid(u), "ln(1 + e^u)", "1 / (1 + e^−u)", 0.0, _INF),
        Activation(
            "silu",
            lambda u: u * sigmoid(u),
            _silu_derivative,
            "u s, s = 1 / (1 + e^−u)",
            "s + u s (1 − s)",
            -0.2784645427610738,
            _INF,
        ),
        Activation(
            "gelu",
            lambda u: u * _normal_cumulative(u),
            _gelu_derivative,
            "u Φ(u)",
            "Φ(u) + u N(u)",
            -0.16997120747990369,
            _INF,
        ),
        Activation(
            "softsign",
            lambda u: u / (1 + np.abs(u)),
            lambda u, a: np.square(1 / (1 + np.abs(u))),
            "u / (1 + |u|)",
            "1 / (1 + |u|)²",
            -1.0,
            1.0,
            kinks=(0.0,),
        ),
        Activation("sine", np.sin, lambda u, a: np.cos(u), "sin u", "cos u", -1.0, 1.0),
        Activation(
            "gaussian",
            _gaussian,
            lambda u, a: -2 * np.clip(u, -_FLAT, _FLAT) * a,
            "e^(−u²)",
            "−2 u a",
            0.0,
            1.0,
        ),
        Activation(
            "softmax",
            _softmax,
            lambda u, a: a * (1 - a),
            "e^u / Σ e^u",
            "a_k (1[j = k] − a_j)",
            0.0,
            1.0,
            joint=True,
        ),
    ],
)


def softmax_jacobian_product(a: Array, gradient: Array) -> Array:
    """dL/du of a softmax group from its activations and dL/da, both (batch, group): a_j (g_j - sum_i a_i g_i)."""
    mean: Array = (a * gradient).sum(axis=-1, keepdims=True)
    return a * (gradient - mean)
