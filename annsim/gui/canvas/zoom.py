"""Zoom and place of the view."""

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from annsim.gui.canvas.scene import NetworkScene
from annsim.gui.look import values
from annsim.gui.motion import duration_ms

LOW, HIGH = 0.05, 8.0
STEP = 1.2
NOTCH = 120  # of a wheel, by Qt's definition
ROOM = 40_000.0  # round the network, so that one can pan anywhere
SIDE, TOP, BOTTOM = 40.0, 40.0, 76.0  # px that `fit` leaves free; names and overlays stand below
CURVE = QEasingCurve.Type[values()["motion"]["zoom_curve"]]


@dataclass(frozen=True)
class Aim:
    """A zoom, and where the scene's (0, 0) lies in the viewport."""

    factor: float
    left: float
    top: float

    def zoomed(self, factor: float, anchor: QPointF) -> "Aim":
        """Return another zoom at which the same scene point lies under `anchor`."""
        by = factor / self.factor
        return Aim(factor, anchor.x() - (anchor.x() - self.left) * by, anchor.y() - (anchor.y() - self.top) * by)

    def towards(self, goal: "Aim", share: float) -> "Aim":
        """Return what lies between; a point that is at the same place in both stays there all the way."""
        factor = self.factor * (goal.factor / self.factor) ** share
        if abs(goal.factor - self.factor) > 1e-9 * self.factor:
            share = (factor - self.factor) / (goal.factor - self.factor)
        left, top = self.left + share * (goal.left - self.left), self.top + share * (goal.top - self.top)
        return Aim(factor, left, top)


class Zoom(QObject):
    """Scales and shifts a view; as long as nobody else has, it keeps the whole network in view.

    Signals
    -------
    changed : the zoom that the view has now, or is gliding to.
    moved : something else is in view.

    Attributes
    ----------
    factor : the zoom that the view has, or is gliding to.
    """

    changed = Signal(float)
    moved = Signal()

    def __init__(self, view: QGraphicsView, scene: NetworkScene) -> None:
        super().__init__(view)
        self._view, self._scene = view, scene
        self._is_fitted = True
        self.factor = 1.0
        self._from = self._goal = Aim(1.0, 0.0, 0.0)
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setEasingCurve(CURVE)
        self._glide.valueChanged.connect(self._glide_to)
        self.follow()

    def follow(self) -> None:
        """Make room round the network as it is now; the room never shrinks, so that nothing jumps."""
        bounds = self._scene.bounds()
        room = max(ROOM, bounds.width(), bounds.height())
        present = self._view.sceneRect() if self._view.sceneRect().width() > ROOM else QRectF()
        self._view.setSceneRect(bounds.adjusted(-room, -room, room, room).united(present))

    def set(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the scene point under `anchor` (viewport pixels; None: the middle) stays there."""
        factor = min(HIGH, max(min(LOW, self.factor, self._fitting()), factor))
        self._go(self._present().zoomed(factor, anchor or self._middle()), duration_ms("zoom_ms"))
        self._is_fitted = False

    def step(self, count: float, anchor: QPointF | None = None) -> None:
        """Zoom by steps."""
        self.set(self.factor * STEP**count, anchor)

    def turn(self, angle: int, anchor: QPointF) -> None:
        """Zoom as a wheel is turned."""
        self.step(angle / NOTCH, anchor)

    def fit(self, *, at_once: bool = False) -> None:
        """Show all, at most at 100 %; `at_once` where somebody else, not the user, wants it."""
        factor = self._fitting()
        middle = self._scene.bounds().center() + QPointF(0, (BOTTOM - TOP) / 2 / factor)
        place = self._middle() - middle * factor
        self._go(Aim(factor, place.x(), place.y()), 0 if at_once else duration_ms("fit_ms"))
        self._is_fitted = True

    def pan(self, by: QPointF) -> None:
        """Move the sheet by pixels, with the pointer."""
        self.finish()
        self._is_fitted = False
        self._scroll(by)
        self.moved.emit()

    def finish(self) -> None:
        """Be where the view is gliding to: somebody asks for places, or acts."""
        if self._is_gliding:
            self._glide.stop()
            self._show(self._goal)

    def leave_alone(self) -> None:
        """Fit no more by itself: somebody works here."""
        self._is_fitted = False

    def resized(self) -> None:
        """Fit again where the view still is as it was fitted."""
        if self._is_fitted:
            self.fit(at_once=True)

    @property
    def _is_gliding(self) -> bool:
        return self._glide.state() == QVariantAnimation.State.Running

    def _present(self) -> Aim:
        transform = self._view.viewportTransform()
        return Aim(transform.m11(), transform.dx(), transform.dy())

    def _go(self, aim: Aim, duration: int) -> None:
        is_other_zoom = aim.factor != self.factor
        self._glide.stop()
        self._from, self._goal, self.factor = self._present(), aim, aim.factor
        if duration and self._view.isVisible():
            self._glide.setDuration(duration)
            self._glide.start()
        else:
            self._show(aim)
        if is_other_zoom:
            self.changed.emit(aim.factor)

    def _glide_to(self, share: float) -> None:
        self._show(self._from.towards(self._goal, share))

    def _show(self, aim: Aim) -> None:
        self._scene.set_zoom(aim.factor)
        self._view.setTransform(QTransform.fromScale(aim.factor, aim.factor))
        present = self._present()
        self._scroll(QPointF(aim.left - present.left, aim.top - present.top))
        self.moved.emit()

    def _scroll(self, by: QPointF) -> None:
        for bar, way in ((self._view.horizontalScrollBar(), by.x()), (self._view.verticalScrollBar(), by.y())):
            bar.setValue(bar.value() - round(way))
        self._view.viewport().update()

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
