"""The values on the canvas that can be changed where they stand: found, opened, dragged."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from annsim.gui.canvas.arrow_layer import ArrowLayer
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.scrub_gesture import NameGesture, ScrubGesture
from annsim.gui.canvas.spots import Spot, Spots
from annsim.gui.canvas.value_editor import ValueEditor
from annsim.gui.canvas.zoom import Zoom


class InPlace:
    """What the hand needs of tags, names and labels.

    Attributes
    ----------
    editor : the field that opens over a value.
    """

    def __init__(self, board: Board, arrows: ArrowLayer, zoom: Zoom, viewport: QWidget) -> None:
        self._board = board
        self.spots = Spots(board, arrows)
        self.editor = ValueEditor(board, self.spots, zoom, viewport)

    def at(self, point: QPointF) -> Spot | None:
        """Return the value on show at a point, or None."""
        return self.spots.at(point)

    def gesture(self, point: QPointF, is_added: bool) -> Gesture | None:
        """Return the gesture that a press on a value begins, or None where there is no value."""
        spot = self.spots.at(point)
        if spot is None:
            return None
        if spot.quantity.field == "name":
            return NameGesture(self._board, point, spot, is_added, self.editor)
        return ScrubGesture(self._board, point, spot, self.spots, self.editor)

    def cursor(self, spot: Spot) -> Qt.CursorShape:
        """Return the cursor over a value; that over a locked one stays as it is."""
        if spot.quantity.field == "name":
            return Qt.CursorShape.IBeamCursor
        document, quantity = self._board.document, spot.quantity
        can_change = quantity.is_there(document) and not quantity.is_locked(document)
        return Qt.CursorShape.SizeHorCursor if can_change else Qt.CursorShape.ArrowCursor
