"""How a weight looks: its strength against all weights, and the width, colour and head that follow from it."""

import numpy as np
from PySide6.QtGui import QColor

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.look import Look

FEW = 1500  # up to so many visible arrows each is drawn with head and width
HYSTERESIS = 0.25


class WeightScale:
    """The weight that counts as full strength: it follows the weights, but not every step of a training."""

    def __init__(self) -> None:
        self.reference = 1.0

    def follow(self, weights: Numbers) -> None:
        """Take a new reference where it would differ by more than a quarter."""
        finite = np.abs(weights[np.isfinite(weights)])
        new = max(1.0, float(np.percentile(finite, 95))) if len(finite) else 1.0
        if abs(new - self.reference) > HYSTERESIS * self.reference:
            self.reference = new

    def strength(self, weights: Numbers) -> Numbers:
        """Return the strengths, 0 to 1."""
        return np.minimum(1.0, np.nan_to_num(np.abs(weights), nan=1.0) / self.reference)


def width(strength: float, zoom: float) -> float:
    """Return the width of an arrow on screen."""
    return float((1 + 4 * strength**0.75) * min(1.5, max(0.5, zoom)))


def colour(look: Look, weight: float, strength: float) -> QColor:
    """Return the colour of an arrow."""
    sign = (weight > 0) - (weight < 0)
    return look.line(sign * strength**0.5)


def head(line_width: float) -> tuple[float, float]:
    """Return length and half width of the head on a line of some width."""
    return 6 + 1.6 * line_width, 3 + 0.85 * line_width
