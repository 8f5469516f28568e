"""The gestures from a value on the canvas: a number is dragged, a name is opened; a click opens the field."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.live_change import LiveChange
from annsim.gui.canvas.move_gesture import Grip, MoveGesture
from annsim.gui.canvas.spots import Spot, Spots
from annsim.gui.canvas.value_editor import ValueEditor
from annsim.gui.look import Look, values
from annsim.gui.widgets.number_field import new_session
from annsim.gui.widgets.scrub import Scrub

CORNER = float(values()["radius"]["control"])
FRAME = float(values()["stroke"]["focus"])


class ScrubGesture(Gesture):
    """From a number: dragged to the right or left it grows or shrinks, at once, as one undo step."""

    cursor = Qt.CursorShape.SizeHorCursor
    keeps_hover = True

    def __init__(self, board: Board, start: QPointF, spot: Spot, spots: Spots, editor: ValueEditor) -> None:
        super().__init__(board, start)
        self._quantity, self._spots, self._editor = spot.quantity, spots, editor
        self._change: LiveChange | None = None
        self._scrub: Scrub | None = None

    def drag(self) -> None:  # noqa: D102 (Gesture)
        document = self.board.document
        if self._quantity.is_locked(document):
            return
        if self._change is None or self._scrub is None:
            self._change = LiveChange(document, self._editor.edits, self._quantity, new_session())
            self._scrub = Scrub(self._change.start, self.start.x())
        value = self._scrub.moved(self.point.x(), self.modifiers)
        if value != self._quantity.number(document):
            self.is_editing = True
            self._change.set(value)
            self.is_editing = False

    def release(self) -> None:  # noqa: D102 (Gesture)
        if self._change is not None:
            self._change.end()
        elif self.is_drag:
            self._editor.say_locked(self._quantity)
        elif not self.modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._editor.open(self._quantity)
        elif self._quantity.is_of_arrow:
            self.board.choose(connections=[self._quantity.id], is_added=True)
        else:
            self.board.choose([self._quantity.id], is_added=True)

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        if self._change is not None:
            self._change.take_back()
            self._change.end()

    def paint(self, painter: QPainter, look: Look) -> None:  # noqa: D102 (Gesture)
        if self._change is not None:
            painter.setPen(QPen(look.colour("accent"), FRAME))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._spots.rect(self._quantity), CORNER, CORNER)


class NameGesture(MoveGesture):
    """From a name: a click opens it, a drag moves the neuron."""

    def __init__(self, board: Board, start: QPointF, spot: Spot, is_added: bool, editor: ValueEditor) -> None:
        neuron = spot.quantity.id
        super().__init__(board, start, Grip(board.place(neuron), frozenset([neuron])), is_added)
        self._quantity, self._opens, self._editor = spot.quantity, not is_added, editor

    def release(self) -> None:  # noqa: D102 (Gesture)
        if self.is_drag or not self._opens:
            super().release()
        else:
            self._editor.open(self._quantity)
