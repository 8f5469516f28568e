"""Losses: a loss is a sum of terms, one per output neuron; term beside derivative.

Per sample L = c * sum_k term(o_k, t_k), where c is 1/K for the averaged losses and 1 for the others. The pairs that
cancel are computed from u = z - theta, so that a saturated output still learns (Bishop, "Pattern Recognition and
Machine Learning", 2006, section 4.3.6: the canonical link functions).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.functions.activation import Array
from annsim.functions.registry import Registry


@dataclass(frozen=True)
class Loss:
    """One loss.

    Attributes
    ----------
    term : term(o, t), elementwise.
    derivative : dterm/do, elementwise.
    averaged : True where the sum over the K output neurons is divided by K.
    cancels_with : the activation function whose derivative cancels against this loss, or None.
    """

    name: str
    term: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]
    formula: str
    derivative_formula: str
    purpose: str
    averaged: bool = False
    cancels_with: str | None = None

    def factor(self, output_count: int) -> float:
        """Return c: 1/K where the loss averages over its K output neurons, else 1."""
        return 1.0 / output_count if self.averaged else 1.0


def clip_margin(dtype: np.dtype[np.floating]) -> float:
    """Return eps, the distance that o keeps from 0 and 1 inside a logarithm."""
    return 1e-7 if dtype == np.float32 else 1e-12


def _clipped(o: Array) -> tuple[Array, NDArray[np.bool_]]:
    eps = clip_margin(o.dtype)
    return np.clip(o, eps, 1 - eps), (o >= eps) & (o <= 1 - eps)


def _binary_cross_entropy(o: Array, t: Array) -> Array:
    p, _ = _clipped(o)
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))


def _binary_cross_entropy_derivative(o: Array, t: Array) -> Array:
    p, inside = _clipped(o)
    return np.where(inside, (p - t) / (p * (1 - p)), 0).astype(o.dtype)


def _cross_entropy(o: Array, t: Array) -> Array:
    p, _ = _clipped(o)
    return -t * np.log(p)


def _cross_entropy_derivative(o: Array, t: Array) -> Array:
    p, inside = _clipped(o)
    return np.where(inside, -t / p, 0).astype(o.dtype)


def _huber(o: Array, t: Array) -> Array:
    e = np.abs(o - t)
    return np.where(e <= 1, 0.5 * np.square(np.minimum(e, 1)), e - 0.5).astype(o.dtype)


LOSSES: Registry[Loss] = Registry(
    "loss",
    [
        Loss(
            "half_squared_error",
            lambda o, t: 0.5 * np.square(o - t),
            lambda o, t: o - t,
            "½ Σ (o − t)²",
            "o − t",
            "regression, textbook backpropagation",
        ),
        Loss(
            "mean_squared_error",
            lambda o, t: np.square(o - t),
            lambda o, t: 2 * (o - t),
            "1/K Σ (o − t)²",
            "2/K (o − t)",
            "regression",
            averaged=True,
        ),
        Loss(
            "binary_cross_entropy",
            _binary_cross_entropy,
            _binary_cross_entropy_derivative,
            "−Σ [t ln o + (1 − t) ln(1 − o)]",
            "(o − t) / (o (1 − o))",
            "0/1 targets, sigmoid outputs",
            cancels_with="sigmoid",
        ),
        Loss(
            "cross_entropy",
            _cross_entropy,
            _cross_entropy_derivative,
            "−Σ t ln o",
            "−t / o",
            "one-hot targets, softmax outputs",
            cancels_with="softmax",
        ),
        Loss(
            "mean_absolute_error",
            lambda o, t: np.abs(o - t),
            lambda o, t: np.sign(o - t),
            "1/K Σ |o − t|",
            "1/K sign(o − t), 0 at 0",
            "regression with outliers",
            averaged=True,
        ),
        Loss(
            "huber",
            _huber,
            lambda o, t: np.clip(o - t, -1, 1),
            "1/K Σ h(o − t), h(e) = e²/2 if |e| ≤ 1, else |e| − ½",
            "1/K (o − t), between −1/K and 1/K",
            "regression with outliers",
            averaged=True,
        ),
    ],
)
