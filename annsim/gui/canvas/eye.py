"""Where the canvas is looked at from: scene to viewport pixels and back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QTransform

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.drawing import RADIUS


@dataclass(frozen=True)
class Eye:
    """Zoom, offset and size of the viewport, in pixels; equal eyes see the same."""

    zoom: float
    dx: float
    dy: float
    width: int
    height: int
    pixel_ratio: float = 1.0

    @classmethod
    def of(cls, transform: QTransform, width: int, height: int, pixel_ratio: float) -> "Eye":
        """Return the eye of a view that neither turns nor shears."""
        return cls(transform.m11(), transform.dx(), transform.dy(), width, height, pixel_ratio)

    @property
    def radius(self) -> float:
        """The radius of a neuron of full size on screen."""
        return RADIUS * self.zoom

    @property
    def rect(self) -> QRectF:
        """The viewport."""
        return QRectF(0, 0, self.width, self.height)

    def to_screen(self, points: ArrayLike) -> Numbers:
        """Return scene points (..., 2) in viewport pixels."""
        return np.asarray(points, np.float64) * self.zoom + (self.dx, self.dy)

    def to_scene(self, points: ArrayLike) -> Numbers:
        """Return viewport pixels (..., 2) as scene points."""
        return (np.asarray(points, np.float64) - (self.dx, self.dy)) / self.zoom

    def picture(self) -> QImage:
        """Return a transparent picture of the viewport to draw into."""
        size = QSize(round(self.width * self.pixel_ratio), round(self.height * self.pixel_ratio))
        result = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        result.setDevicePixelRatio(self.pixel_ratio)
        result.fill(Qt.GlobalColor.transparent)
        return result
