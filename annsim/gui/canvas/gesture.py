"""The gesture: what the mouse does between press and release."""

from abc import ABC, abstractmethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from annsim.gui.canvas.board import Board
from annsim.gui.look import Look

STARTS_AFTER = 4.0  # px; before, it is a click


class Gesture(ABC):
    """One press, its moves, its release; it makes one edit at its end, or none.

    Points are viewport pixels. After `cancel` everything is as it was.
    """

    cursor = Qt.CursorShape.ArrowCursor
    ground: QRectF | None = None  # an area to be filled under the neurons
    keeps_hover = False  # the arrow under the pointer goes on standing out
    is_editing = False  # an edit is its own: it does not end the gesture
    modifiers = Qt.KeyboardModifier.NoModifier  # held at the last event

    def __init__(self, board: Board, start: QPointF) -> None:
        self.board = board
        self.start = start
        self.point = start
        self.is_drag = False
        self.is_free = False  # Alt is held: nothing draws what is dragged to itself

    def move(self, point: QPointF) -> None:
        """Follow the pointer; the first pixels do not count."""
        self.point = point
        self.is_drag = self.is_drag or (point - self.start).manhattanLength() >= STARTS_AFTER
        if self.is_drag:
            self.drag()

    def set_free(self, is_free: bool) -> None:
        """Let nothing draw what is dragged to itself, or again, from now on."""
        self.is_free = is_free
        if self.is_drag:
            self.drag()

    @abstractmethod
    def drag(self) -> None:
        """Show what would come of a release at `point`."""

    @abstractmethod
    def release(self) -> None:
        """Do it."""

    @abstractmethod
    def cancel(self) -> None:
        """Show again what was there before."""

    @abstractmethod
    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint over the canvas, in viewport pixels."""
