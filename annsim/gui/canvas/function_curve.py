"""The curve of an activation function inside a neuron."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from annsim.functions.activation import ACTIVATIONS

SPAN = 4.0  # the curve shows u from -4 to 4
FARTHEST_THRESHOLD = 2.5
Numbers = NDArray[np.float64]


@lru_cache(maxsize=64)
def _samples(name: str) -> tuple[Numbers, Numbers, float]:
    """Return u over twice the span, phi(u) scaled so that the span fills 0 to 1, and where a = 0 comes to lie."""
    phi = ACTIVATIONS[name]
    u: Numbers = np.linspace(-2 * SPAN, 2 * SPAN, 257)
    a: Numbers = np.asarray(np.exp(u - SPAN) if phi.joint else phi.value(u), np.float64)
    inside = a[np.abs(u) <= SPAN]
    low, high = min(0.0, float(inside.min())), max(0.0, float(inside.max()))
    return u, (a - low) / (high - low), -low / (high - low)


class FunctionCurve:
    """A curve laid into a rectangle; the middle is z = 0, or nearer to a threshold that is far off."""

    def __init__(self, name: str, threshold: float, rect: QRectF) -> None:
        self._name, self._threshold, self._rect = name, threshold, rect
        limit = FARTHEST_THRESHOLD
        self._middle = threshold - min(limit, max(-limit, threshold))

    @property
    def base_line(self) -> float:
        """The height of a = 0."""
        return self._y(_samples(self._name)[2])

    def points(self) -> list[QPointF]:
        """Return the curve; what leaves the rectangle is cut off."""
        u, a, _ = _samples(self._name)
        z = u + self._threshold - self._middle
        keep = (np.abs(z) <= SPAN) & (a >= -0.02) & (a <= 1.02)
        return [QPointF(self._x(x), self._y(y)) for x, y in zip(z[keep].tolist(), a[keep].tolist(), strict=True)]

    def point(self, net_input: float) -> QPointF | None:
        """Return the place of a net input on the curve, or None where it has none of its own (softmax)."""
        if ACTIVATIONS[self._name].joint or not np.isfinite(net_input):
            return None
        u, a, _ = _samples(self._name)
        z = min(SPAN, max(-SPAN, net_input - self._middle))
        y = float(np.interp(z + self._middle - self._threshold, u, a))
        return QPointF(self._x(z), self._y(min(1.0, max(0.0, y))))

    def upright(self, net_input: float) -> float:
        """Return where a value of z stands across."""
        return self._x(min(SPAN, max(-SPAN, net_input - self._middle)))

    def _x(self, z: float) -> float:
        return self._rect.center().x() + z / SPAN * self._rect.width() / 2

    def _y(self, share: float) -> float:
        return self._rect.bottom() - share * self._rect.height()
