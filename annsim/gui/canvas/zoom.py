"""Zoom and place of the view."""

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from annsim.gui.canvas.scene import NetworkScene

LOW, HIGH = 0.05, 8.0
STEP = 1.2
NOTCH = 120  # of a wheel, by Qt's definition
ROOM = 40_000.0  # round the network, so that one can pan anywhere
SIDE, TOP, BOTTOM = 40.0, 40.0, 76.0  # px that `fit` leaves free; names and overlays stand below


class Zoom(QObject):
    """Scales and shifts a view; as long as nobody else has, it keeps the whole network in view."""

    changed = Signal(float)

    def __init__(self, view: QGraphicsView, scene: NetworkScene) -> None:
        super().__init__(view)
        self._view, self._scene = view, scene
        self._is_fitted = True
        self.factor = 1.0
        self.follow()

    def follow(self) -> None:
        """Make room round the network as it is now; the room never shrinks, so that nothing jumps."""
        bounds = self._scene.bounds()
        room = max(ROOM, bounds.width(), bounds.height())
        present = self._view.sceneRect() if self._view.sceneRect().width() > ROOM else QRectF()
        self._view.setSceneRect(bounds.adjusted(-room, -room, room, room).united(present))

    def set(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the scene point under `anchor` (viewport pixels; None: the middle) stays there."""
        self._is_fitted = False
        self._scale(min(HIGH, max(min(LOW, self.factor, self._fitting()), factor)), anchor or self._middle())

    def step(self, count: float, anchor: QPointF | None = None) -> None:
        """Zoom by steps."""
        self.set(self.factor * STEP**count, anchor)

    def turn(self, angle: int, anchor: QPointF) -> None:
        """Zoom as a wheel is turned."""
        self.step(angle / NOTCH, anchor)

    def fit(self) -> None:
        """Show all, at most at 100 %."""
        bounds = self._scene.bounds()
        self._scale(self._fitting(), self._middle())
        middle = bounds.center() + QPointF(0, (BOTTOM - TOP) / 2 / self.factor)
        self.pan(self._middle() - QPointF(self._view.viewportTransform().map(middle)))
        self._is_fitted = True

    def pan(self, by: QPointF) -> None:
        """Move the sheet by pixels."""
        self._is_fitted = False
        for bar, way in ((self._view.horizontalScrollBar(), by.x()), (self._view.verticalScrollBar(), by.y())):
            bar.setValue(bar.value() - round(way))
        self._view.viewport().update()

    def leave_alone(self) -> None:
        """Fit no more by itself: somebody works here."""
        self._is_fitted = False

    def resized(self) -> None:
        """Fit again where the view still is as it was fitted."""
        if self._is_fitted:
            self.fit()

    def _middle(self) -> QPointF:
        viewport = self._view.viewport()
        return QPointF(viewport.width() / 2, viewport.height() / 2)

    def _fitting(self) -> float:
        """Return the zoom at which all is in view, at most 1."""
        bounds, viewport = self._scene.bounds(), self._view.viewport()
        if bounds.isEmpty():
            return 1.0
        across = max(40.0, viewport.width() - 2 * SIDE) / bounds.width()
        down = max(40.0, viewport.height() - TOP - BOTTOM) / bounds.height()
        return min(1.0, across, down)

    def _scale(self, factor: float, anchor: QPointF) -> None:
        before = self._view.viewportTransform().inverted()[0].map(anchor)
        self._scene.set_zoom(factor)
        self._view.setTransform(QTransform.fromScale(factor, factor))
        is_fitted = self._is_fitted
        self.pan(anchor - QPointF(self._view.viewportTransform().map(before)))
        self._is_fitted = is_fitted
        if factor != self.factor:
            self.factor = factor
            self.changed.emit(factor)
