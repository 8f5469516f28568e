"""The gesture that makes a note wider or narrower."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.look import Look
from annsim.network.edits import SetValues
from annsim.network.notes import NARROWEST, WIDEST


class NoteWidthGesture(Gesture):
    """From the right edge of a note: sets its width; its text wraps anew."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, board: Board, start: QPointF, note_id: int, is_added: bool) -> None:
        super().__init__(board, start)
        self._note, self._is_added = note_id, is_added
        self._before = self._width = board.stage.notes.values(note_id).width

    def drag(self) -> None:  # noqa: D102 (Gesture)
        way = (self.point.x() - self.start.x()) / self.board.eye().zoom
        self._width = float(min(WIDEST, max(NARROWEST, round(self._before + way))))
        self.board.stage.notes.widths = {self._note: self._width}
        self.board.repaint()

    def release(self) -> None:  # noqa: D102 (Gesture)
        self.cancel()
        if not self.is_drag:
            self.board.choose(notes=[self._note], is_added=self._is_added)
        elif self._width != self._before:
            self.board.do(SetValues("note", "width", [self._note], [self._width], "Set the width of a note"))

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        self.board.stage.notes.leave()
        self.board.repaint()

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint nothing: the note itself changes."""
