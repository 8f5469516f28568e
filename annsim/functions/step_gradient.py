"""What stands in for the derivative of the step function, which is 0 almost everywhere."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annsim.functions.activation import Array, sigmoid
from annsim.functions.registry import Registry


@dataclass(frozen=True)
class StepGradient:
    """One stand-in: derivative(u), and the sentence that says what it does."""

    name: str
    derivative: Callable[[Array], Array]
    formula: str
    meaning: str


def _sigmoid_derivative(u: Array) -> Array:
    s = sigmoid(u)
    return s * (1 - s)


STEP_GRADIENTS: Registry[StepGradient] = Registry(
    "step gradient",
    [
        StepGradient("perceptron", lambda u: np.ones_like(u), "1", "Rosenblatt's rule in one layer with batch size 1"),
        StepGradient("sigmoid", _sigmoid_derivative, "s (1 − s), s = 1 / (1 + e^−u)", "as if it were a sigmoid"),
        StepGradient("zero", lambda u: np.zeros_like(u), "0", "the true derivative: weights before it do not learn"),
    ],
)
