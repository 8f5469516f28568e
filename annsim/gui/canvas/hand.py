"""The hand: turns mouse and keys on the canvas into gestures, one at a time."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from annsim.gui.canvas.arrow_layer import ArrowLayer
from annsim.gui.canvas.board import Board, things_text
from annsim.gui.canvas.connect_gesture import ConnectGesture
from annsim.gui.canvas.covers import Cover, cover_at, cover_cursor, cover_gesture, cover_tip
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.gestures import PanGesture, RubberBandGesture
from annsim.gui.canvas.hover_cards import HoverCards
from annsim.gui.canvas.in_place import InPlace
from annsim.gui.canvas.move_gesture import Grip, MoveGesture
from annsim.gui.canvas.nudge import NUDGES, Nudge
from annsim.gui.canvas.probe_switch import switch_at, switch_tip
from annsim.gui.canvas.quantity import Quantity
from annsim.gui.canvas.spots import Spot
from annsim.gui.canvas.switch_gesture import SwitchGesture
from annsim.gui.canvas.writing import Writing
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.look import Look
from annsim.network.grouping import removing

BAND_OPACITY = 0.4
HOVER_LIMIT = 50_000  # connections among which the one under the pointer is looked for at every move
Key = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)  # with one of these a key is a shortcut of the window


class Hand(QObject):
    """What the mouse does, what is under it, and the keys that act on the canvas."""

    neuron_opened = Signal(int)
    connection_opened = Signal(int)
    space_tapped = Signal()
    hovered = Signal(object)

    def __init__(self, board: Board, arrows: ArrowLayer, zoom: Zoom, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._board, self._zoom, self._viewport = board, zoom, viewport
        self._nudge = Nudge(board)
        self.writing = Writing(board, zoom, viewport)
        self.in_place = InPlace(board, arrows, zoom, viewport)
        self.cards = HoverCards(board, self.in_place.spots, zoom, viewport, self._is_quiet)
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._pointer: QPointF | None = None
        self._cover: Cover | None = None
        self._spot: Spot | None = None
        self._is_space_held = self._is_space_used = False

    # the mouse

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture, unless one is under way."""
        self._zoom.finish()
        self.writing.end(True)
        self.in_place.editor.leave()
        if self._gesture is None:
            self._gesture, self._button = self._gesture_from(event), event.button()
            if self._gesture is None or not self._gesture.keeps_hover:
                self._set_hovered(self._board.stage.hovered_neuron, None)
            self._show_cursor()

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or look at what is under the pointer."""
        self._pointer = event.position()
        if self._gesture is None:
            self._look(self._pointer)
        else:
            self._gesture.modifiers = event.modifiers()
            self._gesture.is_free = bool(event.modifiers() & ALT)
            self._gesture.move(self._pointer)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture = self._gesture
        if gesture is None or event.button() != self._button:
            return
        gesture.modifiers = event.modifiers()
        gesture.move(event.position())
        self._gesture = None  # before the release: an edit by anybody else would cancel it
        self._zoom.leave_alone()
        gesture.release()
        self._look(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Open what is there, or add a neuron."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        is_value = self._switch_at(event.position()) is not None or self.in_place.at(event.position()) is not None
        if not is_left or self._is_space_held or is_value:
            self.press(event)
            return
        point, board = event.position(), self._board
        neuron = board.neuron_at(point)
        if neuron is None:
            neuron = board.bias_at(point)
        if neuron is not None:
            self.neuron_opened.emit(neuron)
            return
        cover = cover_at(board, point)
        if cover is not None:
            self._open_cover(event, cover)
            return
        arrow = board.arrow_at(point)
        if arrow is not None:
            self.connection_opened.emit(arrow)
            return
        self._zoom.leave_alone()
        board.add_neuron("hidden", point)

    def leave(self) -> None:
        """Note that the pointer has left."""
        self._pointer = self._spot = None
        self._set_hovered_switch(None)
        self._set_hovered_cover(None)
        self._set_hovered(None, None)

    def cancel(self) -> None:
        """End the gesture under way; nothing has changed."""
        gesture = self._gesture
        if gesture is not None and not gesture.is_editing:
            self._gesture = None
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
        """Return the tool tip of the switch, note or group under the pointer; neurons and arrows have cards."""
        switch = None if self._pointer is None or self._gesture is not None else self._switch_at(self._pointer)
        if self._cover is not None and self._gesture is None:
            return cover_tip(self._board, self._cover)
        return "" if switch is None else switch_tip(self._board.document, switch)

    # keys

    def press_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; return whether it stands for anything."""
        key = event.key()
        if key == Key.Key_Alt and self._gesture is not None:
            self._gesture.set_free(True)
            return True
        if event.modifiers() & COMMANDS:
            return False
        if key == Key.Key_Space:
            if not event.isAutoRepeat():
                self._is_space_held, self._is_space_used = True, False
                self._show_cursor()
        elif key == Key.Key_Escape:
            return self._escape()
        elif key in NUDGES and self._gesture is None:
            return self._nudge.press(key, bool(event.modifiers() & SHIFT))
        else:
            return False
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        """Let a key go."""
        if event.key() == Key.Key_Alt and self._gesture is not None:
            self._gesture.set_free(False)
            return True
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

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    def pointer(self) -> QPointF | None:
        """Return where the pointer is on the canvas, or where a menu was opened for it; None while it is elsewhere."""
        place = self._board.stage.menu_place
        return self._pointer if place is None else place

    def open_thing(self, neuron: int | None) -> None:
        """Open a neuron, or the selected arrow or note where there is none."""
        arrows, notes = self._board.document.selected_connections, self._board.document.selected_notes
        if neuron is not None:
            self.neuron_opened.emit(neuron)
        elif arrows:
            self.connection_opened.emit(min(arrows))
        elif notes:
            self.writing.note(min(notes))

    def edit_selected(self) -> None:
        """Open the first value of what is selected, or the selected note."""
        document = self._board.document
        if document.selected_neurons or document.selected_connections or not document.selected_notes:
            self.in_place.editor.open_first()
        else:
            self.writing.note(min(document.selected_notes))

    def delete_selected(self) -> None:
        """Remove what is selected, as one step."""
        document = self._board.document
        neurons, connections = sorted(document.selected_neurons), sorted(document.selected_connections)
        notes = sorted(document.selected_notes)
        if neurons or connections or notes:
            name = f"Delete {things_text(document.network, neurons, connections, notes)}"
            self._board.do(removing(document.network, neurons, connections, notes, name=name))

    def add_neuron_at_pointer(self) -> None:
        """Add a hidden neuron where the pointer is, or in the middle where it is elsewhere."""
        point = self._pointer_or_middle()
        if self._board.neuron_at(point) is not None:
            self._board.say("There is a neuron already: point at an empty place.")
            return
        self._zoom.leave_alone()
        self._board.add_neuron("hidden", point)

    def add_note_at_pointer(self) -> None:
        """Write a new note where the pointer is, or in the middle where it is elsewhere."""
        self._zoom.leave_alone()
        self.writing.new_note(self._pointer_or_middle())

    def _pointer_or_middle(self) -> QPointF:
        point = self.pointer() or QPointF(self._viewport.mapFromGlobal(QCursor.pos()))
        return point if self._viewport.rect().contains(point.toPoint()) else QPointF(self._viewport.rect().center())

    def _open_cover(self, event: QMouseEvent, cover: Cover) -> None:
        """Write in a note, or the title of a group; the second click on a chevron is a click as well."""
        if cover.part == "chevron":
            self.press(event)
        elif cover.part == "title":
            self.writing.title(cover.id)
        else:
            self.writing.note(cover.id)

    def _escape(self) -> bool:
        if self._gesture is not None:
            self.cancel()
            return True
        stage = self._board.stage
        if not stage.has_selection and stage.marked:
            stage.marked = frozenset()
            self._board.repaint()
            return True
        had_selection = stage.has_selection or bool(stage.document.selected_notes)
        stage.document.select()
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
        switch = self._switch_at(point)
        if switch is not None:
            return SwitchGesture(board, point, switch)
        in_place = self.in_place.gesture(point, is_added)
        if in_place is not None:
            return in_place
        neuron = board.neuron_at(point)
        cover = cover_at(board, point) if neuron is None else None
        if cover is not None:
            return cover_gesture(board, cover, point, is_added)
        if neuron is None:
            return RubberBandGesture(board, point, board.arrow_at(point), is_added)
        if board.is_on_rim(neuron, point):
            return ConnectGesture(board, point, neuron, is_added)
        x, y = board.place(neuron)
        return MoveGesture(board, point, Grip((x, y), frozenset([neuron])), is_added)

    # what is under the pointer

    def _look(self, point: QPointF) -> None:
        board = self._board
        self._set_hovered_switch(self._switch_at(point))
        self._spot = self.in_place.at(point)
        if self._spot is not None:
            self._set_hovered_cover(None)
            self._hover_value(self._spot.quantity)
        else:
            neuron = board.neuron_at(point)
            cover = cover_at(board, point) if neuron is None else None
            self._set_hovered_cover(cover)
            can_look = neuron is None and cover is None and len(board.stage.drawing.source) <= HOVER_LIMIT
            arrow = board.arrow_at(point) if can_look else None
            self._set_hovered(neuron, arrow, board.bias_at(point) if can_look and arrow is None else None)
        self._show_cursor()
        self.cards.look(point)

    def _is_quiet(self) -> bool:
        """Return whether no card may come: something is being done or written, or a switch explains itself."""
        is_writing = self.writing.is_open or self.in_place.editor.is_open
        return is_writing or self.is_busy or self._board.stage.hovered_switch is not None

    def _hover_value(self, quantity: Quantity) -> None:
        """Let what a value belongs to stand out, as if it were itself under the pointer."""
        stage = self._board.stage
        if quantity.is_of_arrow:
            self._set_hovered(stage.hovered_neuron, quantity.id)  # else the labels beside it would be placed anew
        elif stage.hovered_bias == quantity.id:
            self._set_hovered(None, None, quantity.id)
        else:
            self._set_hovered(quantity.id, None)

    def _switch_at(self, point: QPointF) -> int | None:
        """Return the input neuron whose switch lies under a point, unless a neuron lies over it."""
        board = self._board
        return switch_at(board.stage, board.eye(), point) if board.neuron_at(point) is None else None

    def _set_hovered_cover(self, cover: Cover | None) -> None:
        note = cover.id if cover is not None and cover.part in ("note", "edge") else None
        self._cover = cover
        if note != self._board.stage.hovered_note:
            self._board.stage.hovered_note = note
            self._board.repaint()

    def _set_hovered_switch(self, switch: int | None) -> None:
        if switch != self._board.stage.hovered_switch:
            self._board.stage.hovered_switch = switch
            self._board.repaint()

    def _set_hovered(self, neuron: int | None, arrow: int | None, bias: int | None = None) -> None:
        stage = self._board.stage
        if (neuron, arrow, bias) == (stage.hovered_neuron, stage.hovered_connection, stage.hovered_bias):
            return
        is_new = neuron != stage.hovered_neuron
        stage.hovered_neuron, stage.hovered_connection, stage.hovered_bias = neuron, arrow, bias
        self._board.repaint()
        if is_new:
            self.hovered.emit(neuron)

    def _show_cursor(self) -> None:
        neuron, point = self._board.stage.hovered_neuron, self._pointer
        if self._gesture is not None:
            shape = self._gesture.cursor
        elif self._is_space_held:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._board.stage.hovered_switch is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif self._spot is not None:
            shape = self.in_place.cursor(self._spot)
        elif neuron is not None and point is not None and self._board.is_on_rim(neuron, point):
            shape = Qt.CursorShape.CrossCursor
        else:
            shape = cover_cursor(self._cover)
        self._viewport.setCursor(shape)
