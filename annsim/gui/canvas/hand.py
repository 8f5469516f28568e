"""The hand: turns mouse and keys on the canvas into gestures, one at a time."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from annsim.gui.canvas.board import Board, things_text
from annsim.gui.canvas.connect_gesture import ConnectGesture
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.gestures import MoveGesture, PanGesture, RubberBandGesture
from annsim.gui.canvas.nudge import NUDGES, Nudge
from annsim.gui.canvas.tool_tip import arrow_tip, neuron_tip
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.look import Look
from annsim.network.edits import Remove

BAND_OPACITY = 0.4
HOVER_LIMIT = 50_000  # connections among which the one under the pointer is looked for at every move
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)  # with one of these a key is a shortcut of the window


class Hand(QObject):
    """What the mouse does, what is under it, and the keys that act on the canvas."""

    neuron_opened = Signal(int)
    connection_opened = Signal(int)
    space_tapped = Signal()
    hovered = Signal(object)

    def __init__(self, board: Board, zoom: Zoom, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._board, self._zoom, self._viewport = board, zoom, viewport
        self._nudge = Nudge(board)
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._pointer: QPointF | None = None
        self._is_space_held = self._is_space_used = False

    # the mouse

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture, unless one is under way."""
        if self._gesture is None:
            self._gesture, self._button = self._gesture_from(event), event.button()
            self._set_hovered(self._board.stage.hovered_neuron, None)
            self._show_cursor()

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or look at what is under the pointer."""
        self._pointer = event.position()
        if self._gesture is None:
            self._look(self._pointer)
        else:
            self._gesture.move(self._pointer)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture = self._gesture
        if gesture is None or event.button() != self._button:
            return
        gesture.move(event.position())
        self._gesture = None  # before the release: an edit by anybody else would cancel it
        self._zoom.leave_alone()
        gesture.release()
        self._look(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Open what is there, or add a neuron."""
        if event.button() != Qt.MouseButton.LeftButton or self._is_space_held:
            self.press(event)
            return
        point, board = event.position(), self._board
        neuron = board.neuron_at(point)
        if neuron is None:
            neuron = board.bias_source_at(point)
        if neuron is not None:
            self.neuron_opened.emit(neuron)
            return
        arrow = board.arrow_at(point)
        if arrow is not None:
            self.connection_opened.emit(arrow)
            return
        self._zoom.leave_alone()
        board.add_neuron("hidden", point)

    def leave(self) -> None:
        """Note that the pointer has left."""
        self._pointer = None
        self._set_hovered(None, None)

    def cancel(self) -> None:
        """End the gesture under way; nothing has changed."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self._show_cursor()

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint the gesture over the canvas."""
        if self._gesture is not None:
            self._gesture.paint(painter, look)

    def paint_ground(self, painter: QPainter, look: Look) -> None:
        """Paint the part of the gesture that lies under the neurons."""
        ground = None if self._gesture is None else self._gesture.ground
        if ground is not None:
            colour = QColor(look.colour("selection_fill"))
            colour.setAlphaF(BAND_OPACITY)
            painter.fillRect(ground.toRect(), colour)

    def tool_tip(self) -> str:
        """Return the tool tip of what is under the pointer."""
        stage = self._board.stage
        if self._gesture is not None:
            return ""
        if stage.hovered_neuron is not None:
            return neuron_tip(stage.document, stage.hovered_neuron)
        if stage.hovered_connection is not None:
            row = stage.drawing.arrow_rows([stage.hovered_connection])[0]
            return arrow_tip(stage.document, stage.hovered_connection, float(stage.drawing.weights[row]))
        return ""

    # keys

    def press_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; return whether it stands for anything."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.modifiers() & COMMANDS:
            return False
        elif key == Key.Key_Space:
            if not event.isAutoRepeat():
                self._is_space_held, self._is_space_used = True, False
                self._show_cursor()
        elif key == Key.Key_Escape:
            return self._escape()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self.delete_selected()
        elif key == Key.Key_N and not event.modifiers():
            self.add_neuron_at_pointer()
        elif key in NUDGES and self._gesture is None:
            return self._nudge.press(key, bool(event.modifiers() & SHIFT))
        else:
            return False
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        """Let a key go."""
        if event.key() != Key.Key_Space or event.isAutoRepeat() or not self._is_space_held:
            return False
        is_tap = not self._is_space_used
        self.forget_keys()
        if is_tap:
            self.space_tapped.emit()
        return True

    def forget_keys(self) -> None:
        """Note that no key is held any more."""
        self._is_space_held = False
        self._show_cursor()

    # what keys and menus do

    def select_all(self) -> None:
        """Select all neurons and connections."""
        network = self._board.document.network
        self._board.document.select(network.neurons, network.connections)

    def delete_selected(self) -> None:
        """Remove what is selected, as one step."""
        document = self._board.document
        neurons, connections = sorted(document.selected_neurons), sorted(document.selected_connections)
        if neurons or connections:
            name = f"Delete {things_text(document.network, neurons, connections)}"
            self._board.do(Remove(tuple(neurons), tuple(connections), name=name))

    def add_neuron_at_pointer(self) -> None:
        """Add a hidden neuron where the pointer is, or in the middle where it is elsewhere."""
        point = self._pointer or QPointF(self._viewport.mapFromGlobal(QCursor.pos()))
        if not self._viewport.rect().contains(point.toPoint()):
            point = QPointF(self._viewport.rect().center())
        if self._board.neuron_at(point) is not None:
            self._board.say("There is a neuron already: point at an empty place.")
            return
        self._zoom.leave_alone()
        self._board.add_neuron("hidden", point)

    def _escape(self) -> bool:
        if self._gesture is not None:
            self.cancel()
            return True
        document = self._board.document
        had_selection = self._board.stage.has_selection
        document.select()
        return had_selection

    def _gesture_from(self, event: QMouseEvent) -> Gesture | None:
        """Return the gesture that a press begins."""
        point, board = event.position(), self._board
        is_left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (self._is_space_held and is_left):
            self._is_space_used = True
            return PanGesture(board, point, self._zoom.pan)
        if not is_left:
            return None
        is_added = bool(event.modifiers() & SHIFT)
        neuron = board.neuron_at(point)
        if neuron is None:
            return RubberBandGesture(board, point, board.arrow_at(point), is_added)
        if board.is_on_rim(neuron, point):
            return ConnectGesture(board, point, neuron, is_added)
        return MoveGesture(board, point, neuron, is_added)

    # what is under the pointer

    def _look(self, point: QPointF) -> None:
        neuron = self._board.neuron_at(point)
        can_look = neuron is None and len(self._board.stage.drawing.source) <= HOVER_LIMIT
        self._set_hovered(neuron, self._board.arrow_at(point) if can_look else None)
        self._show_cursor()

    def _set_hovered(self, neuron: int | None, arrow: int | None) -> None:
        stage = self._board.stage
        if (neuron, arrow) == (stage.hovered_neuron, stage.hovered_connection):
            return
        is_new = neuron != stage.hovered_neuron
        stage.hovered_neuron, stage.hovered_connection = neuron, arrow
        self._board.repaint()
        if is_new:
            self.hovered.emit(neuron)

    def _show_cursor(self) -> None:
        neuron, point = self._board.stage.hovered_neuron, self._pointer
        if self._gesture is not None:
            shape = self._gesture.cursor
        elif self._is_space_held:
            shape = Qt.CursorShape.OpenHandCursor
        elif neuron is not None and point is not None and self._board.is_on_rim(neuron, point):
            shape = Qt.CursorShape.CrossCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        self._viewport.setCursor(shape)
