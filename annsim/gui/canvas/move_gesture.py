"""The gesture that moves neurons, notes and whole groups."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.board import Board, things_text
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.guides import paint_guides
from annsim.gui.canvas.snap import Snapped
from annsim.gui.look import Look
from annsim.network.edits import Compound, SetValues
from annsim.network.network import Network
from annsim.network.neuron import Position


@dataclass(frozen=True)
class Grip:
    """What the hand has taken hold of: neurons or notes, and the scene point that comes to rest in line with others."""

    anchor: Position
    neurons: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()


def moving(network: Network, neurons: list[int], notes: list[int], by: Position) -> Compound:
    """Return the edit that moves neurons and notes by a vector."""
    places = [network.neuron_values(i).position for i in neurons], [network.notes[i].position for i in notes]
    moved = [[(x + by[0], y + by[1]) for x, y in old] for old in places]
    parts = SetValues("neuron", "position", neurons, moved[0]), SetValues("note", "position", notes, moved[1])
    name = f"Move {things_text(network, neurons, [], notes)}"
    return Compound(tuple(part for part in parts if len(part.ids)), name)


class MoveGesture(Gesture):
    """From a neuron, a note or the title of a group: moves the selection, or selects where it was a click."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, board: Board, start: QPointF, grip: Grip, is_added: bool) -> None:
        super().__init__(board, start)
        self._grip, self._is_added = grip, is_added
        document = board.document
        self._before = document.selected_neurons, document.selected_connections, document.selected_notes
        self._is_moving = False
        self._by: Position = (0.0, 0.0)
        self._origin = np.empty((0, 2))
        self._snapped = Snapped()

    def drag(self) -> None:  # noqa: D102 (Gesture)
        stage = self.board.stage
        if not self._is_moving:
            self._begin()
        way = (self.point - self.start) / self.board.eye().zoom
        anchor = self._grip.anchor
        self._snapped = self.board.snapped((anchor[0] + way.x(), anchor[1] + way.y()), self._others(), self.is_free)
        x, y = self._snapped.x, self._snapped.y
        self._by = (
            float(round(way.x())) if x is None else x - anchor[0],
            float(round(way.y())) if y is None else y - anchor[1],
        )
        stage.notes.by = self._by
        self.board.scene.show_moved(self._by, self._origin)

    def release(self) -> None:  # noqa: D102 (Gesture)
        if not self.is_drag:
            self.board.choose(self._grip.neurons, notes=self._grip.notes, is_added=self._is_added)
            return
        stage = self.board.stage
        neurons, notes = sorted(stage.moving), sorted(stage.notes.moving)
        self._put_back()
        if self._by != (0.0, 0.0):
            self.board.do(moving(self.board.document.network, neurons, notes, self._by))

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        if self.is_drag:
            self._put_back()
            network, (neurons, connections, notes) = self.board.document.network, self._before
            self.board.document.select(
                (i for i in neurons if i in network.neurons),
                (i for i in connections if i in network.connections),
                (i for i in notes if i in network.notes),
            )

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint what the moved things are in line with."""
        if self.is_drag:
            paint_guides(painter, look, self.board.eye(), self._snapped)

    def _begin(self) -> None:
        self._is_moving = True
        stage, document, grip = self.board.stage, self.board.document, self._grip
        if not (grip.neurons <= document.selected_neurons and grip.notes <= document.selected_notes):
            self.board.choose(grip.neurons, notes=grip.notes, is_added=self._is_added)
        stage.moving = stage.drawing.whole(document.selected_neurons)
        stage.notes.moving = document.selected_notes
        self._origin = stage.drawing.places[stage.drawing.rows_of(stage.moving)].copy()

    def _others(self) -> Numbers:
        """Return the points with which the grip may come to lie in line."""
        stage = self.board.stage
        if self._grip.notes:
            return stage.notes.corners(without=stage.notes.moving)
        is_there = np.ones(len(stage.drawing.ids), np.bool_)
        is_there[stage.drawing.rows_of(stage.moving)] = False
        return stage.drawing.positions[is_there]

    def _put_back(self) -> None:
        self._is_moving = False
        self.board.stage.moving = frozenset()
        self.board.scene.follow()
