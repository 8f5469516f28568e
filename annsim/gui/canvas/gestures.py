"""The gestures that select, move and pan."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.arrow_shape import arrows_crossing
from annsim.gui.canvas.board import Board, things_text
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.look import Look
from annsim.network.edits import SetValues


class MoveGesture(Gesture):
    """From the body of a neuron: moves the selection, or selects where it was a click."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, board: Board, start: QPointF, neuron_id: int, is_added: bool) -> None:
        super().__init__(board, start)
        self._neuron, self._is_added = neuron_id, is_added
        self._before = board.document.selected_neurons, board.document.selected_connections
        self._by = (0.0, 0.0)
        self._origin = np.empty((0, 2))

    def drag(self) -> None:  # noqa: D102 (Gesture)
        stage = self.board.stage
        if not stage.moving:
            if self._neuron not in self.board.document.selected_neurons:
                self.board.click(self._neuron, None, self._is_added)
            stage.moving = self.board.document.selected_neurons
            self._origin = stage.drawing.positions[stage.drawing.rows_of(stage.moving)].copy()
        way = (self.point - self.start) / self.board.eye().zoom
        self._by = (float(round(way.x())), float(round(way.y())))
        self.board.scene.show_moved(self._by, self._origin)

    def release(self) -> None:  # noqa: D102 (Gesture)
        document = self.board.document
        if not self.is_drag:
            self.board.click(self._neuron, None, self._is_added)
            return
        moved = sorted(self.board.stage.moving)
        self._put_back()
        if self._by != (0.0, 0.0):
            old = [document.network.neuron_values(i).position for i in moved]
            new = [(x + self._by[0], y + self._by[1]) for x, y in old]
            name = f"Move {things_text(document.network, moved, [])}"
            self.board.do(SetValues("neuron", "position", moved, new, name))

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        if self.is_drag:
            self._put_back()
            network, (neurons, connections) = self.board.document.network, self._before
            left = (i for i in neurons if i in network.neurons), (i for i in connections if i in network.connections)
            self.board.document.select(*left)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint nothing: the neurons themselves move."""

    def _put_back(self) -> None:
        self.board.stage.moving = frozenset()
        self.board.scene.follow()


class RubberBandGesture(Gesture):
    """From an empty place, or from an arrow: a frame that selects; as a click it selects the arrow or nothing."""

    def __init__(self, board: Board, start: QPointF, connection_id: int | None, is_added: bool) -> None:
        super().__init__(board, start)
        self._connection, self._is_added = connection_id, is_added

    def drag(self) -> None:  # noqa: D102 (Gesture)
        self.ground = self._rect()
        self.board.repaint()

    def release(self) -> None:  # noqa: D102 (Gesture)
        document = self.board.document
        if not self.is_drag:
            if self._connection is not None or not self._is_added:
                self.board.click(None, self._connection, self._is_added)
            return
        neurons, connections = self._enclosed()
        if self._is_added:
            neurons |= document.selected_neurons
            connections |= document.selected_connections
        document.select(neurons, connections)
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

    def _enclosed(self) -> tuple[set[int], set[int]]:
        """Return the neurons with their middle in the frame; where there are none, the arrows that cross it."""
        drawing, eye, rect = self.board.stage.drawing, self.board.eye(), self._rect()
        low, high = eye.to_scene((rect.left(), rect.top())), eye.to_scene((rect.right(), rect.bottom()))
        inside = ((drawing.positions >= low) & (drawing.positions <= high)).all(axis=1)
        if inside.any():
            return set(drawing.ids[inside].tolist()), set()
        return set(), set(drawing.connection_ids[arrows_crossing(drawing, low, high)].tolist())


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
