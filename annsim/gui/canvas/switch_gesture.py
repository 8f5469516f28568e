"""A click on the switch of an input neuron."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.probe_switch import switch_at, turn_over
from annsim.gui.look import Look


class SwitchGesture(Gesture):
    """A press on a switch; a release on it turns it over, by hand and without an edit."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, board: Board, start: QPointF, neuron_id: int) -> None:
        super().__init__(board, start)
        self._neuron_id = neuron_id

    def drag(self) -> None:
        """Nothing follows the pointer."""

    def release(self) -> None:
        """Turn the switch over."""
        if switch_at(self.board.stage, self.board.eye(), self.point) == self._neuron_id:
            turn_over(self.board.document, self._neuron_id)

    def cancel(self) -> None:
        """Nothing has changed."""

    def paint(self, painter: QPainter, look: Look) -> None:
        """Nothing is painted over the canvas."""
