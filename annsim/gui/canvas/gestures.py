"""The gestures that select and pan."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.arrow_shape import arrows_crossing
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.look import Look


class RubberBandGesture(Gesture):
    """From an empty place, or from an arrow: a frame that selects; as a click it selects the arrow or nothing."""

    def __init__(self, board: Board, start: QPointF, connection_id: int | None, is_added: bool) -> None:
        super().__init__(board, start)
        self._connection, self._is_added = connection_id, is_added

    def drag(self) -> None:  # noqa: D102 (Gesture)
        self.ground = self._rect()
        self.board.repaint()

    def release(self) -> None:  # noqa: D102 (Gesture)
        if not self.is_drag:
            if self._connection is not None or not self._is_added:
                self.board.click(None, self._connection, self._is_added)
            return
        document = self.board.document
        neurons, connections, notes = self._enclosed()
        if self._is_added:
            neurons |= document.selected_neurons
            connections |= document.selected_connections
            notes |= document.selected_notes
        document.select(neurons, connections, notes)
        self.board.repaint()

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        self.board.repaint()

    def paint(self, painter: QPainter, look: Look) -> None:  # noqa: D102 (Gesture)
        if not self.is_drag:
            return
        painter.setPen(QPen(look.colour("selection"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = self._rect()
        painter.drawRect(
            QRectF(round(rect.x()) + 0.5, round(rect.y()) + 0.5, round(rect.width()), round(rect.height()))
        )

    def _rect(self) -> QRectF:
        return QRectF(self.start, self.point).normalized()

    def _enclosed(self) -> tuple[set[int], set[int], set[int]]:
        """Return the neurons and notes with their middle in the frame; where there are none, the arrows across it."""
        drawing, eye, rect = self.board.stage.drawing, self.board.eye(), self._rect()
        low, high = eye.to_scene((rect.left(), rect.top())), eye.to_scene((rect.right(), rect.bottom()))
        inside = ((drawing.positions >= low) & (drawing.positions <= high)).all(axis=1)
        notes = set(self.board.stage.notes.with_middle_in(QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))))
        if inside.any() or notes:
            return set(drawing.ids[inside].tolist()), set(), notes
        crossing = drawing.bundles.all_of(arrows_crossing(drawing, low, high))
        return set(), set(drawing.connection_ids[crossing].tolist()), set()


class PanGesture(Gesture):
    """With the middle button, or with Space held: moves the sheet."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, board: Board, start: QPointF, pan: Callable[[QPointF], None]) -> None:
        super().__init__(board, start)
        self._pan = pan
        self._last = start

    def drag(self) -> None:  # noqa: D102 (Gesture)
        self._pan(self.point - self._last)
        self._last = self.point

    def release(self) -> None:
        """Stay there."""

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        self._pan(self.start - self._last)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint nothing: the sheet itself moves."""
