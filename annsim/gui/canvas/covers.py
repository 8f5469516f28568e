"""Notes and boxes of groups under the pointer: which part lies there, and the gesture that a press on it begins."""

from dataclasses import dataclass
from html import escape
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from annsim.gui.canvas.board import Board, count_text
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.group_shape import group_part_at
from annsim.gui.canvas.move_gesture import Grip, MoveGesture
from annsim.gui.canvas.note_width_gesture import NoteWidthGesture
from annsim.gui.look import Look


@dataclass(frozen=True)
class Cover:
    """A part of a note (its sheet or right edge) or of a group (its chevron or title; all of a folded one)."""

    part: Literal["note", "edge", "chevron", "title"]
    id: int


def cover_at(board: Board, point: QPointF) -> Cover | None:
    """Return what lies under a viewport point where no neuron does: a folded box, a note, or the title of a group."""
    boxes, notes, eye = board.stage.drawing.boxes, board.stage.notes, board.eye()
    folded = group_part_at(boxes, eye, point, folded=True)
    if folded is not None:
        return Cover(folded.part, folded.group)
    place = QPointF(*eye.to_scene((point.x(), point.y())).tolist())
    edge = notes.edge_at(place, eye.zoom)
    if edge is not None:
        return Cover("edge", edge)
    note = notes.at(place)
    if note is not None:
        return Cover("note", note)
    opened = group_part_at(boxes, eye, point, folded=False)
    return None if opened is None else Cover(opened.part, opened.group)


def cover_gesture(board: Board, cover: Cover, point: QPointF, is_added: bool) -> Gesture:
    """Return the gesture that a press begins."""
    if cover.part == "edge":
        return NoteWidthGesture(board, point, cover.id, is_added)
    if cover.part == "chevron":
        return FoldGesture(board, point, cover)
    neurons, notes = held_by(board, cover)
    anchor = board.stage.notes.values(cover.id).position if notes else board.place(min(neurons))
    return MoveGesture(board, point, Grip(anchor, neurons, notes), is_added)


def held_by(board: Board, cover: Cover) -> tuple[frozenset[int], frozenset[int]]:
    """Return the neurons and notes that a part stands for."""
    if cover.part in ("note", "edge"):
        return frozenset(), frozenset([cover.id])
    drawing = board.stage.drawing
    return frozenset(drawing.ids[drawing.boxes.members(cover.id)].tolist()), frozenset()


def cover_cursor(cover: Cover | None) -> Qt.CursorShape:
    """Return the cursor that says what a press would do."""
    if cover is not None and cover.part == "edge":
        return Qt.CursorShape.SizeHorCursor
    if cover is not None and cover.part == "chevron":
        return Qt.CursorShape.PointingHandCursor
    return Qt.CursorShape.ArrowCursor


def cover_tip(board: Board, cover: Cover) -> str:
    """Return the tool tip of a part."""
    if cover.part == "note":
        return "Note: double-click to write in it"
    if cover.part == "edge":
        return "Drag to make the note wider or narrower"
    group, boxes = board.document.network.groups[cover.id], board.stage.drawing.boxes
    if cover.part == "chevron":
        return "Unfold the group" if group.is_folded else "Fold the group: one box stands for its neurons"
    count = count_text(int(boxes.counts[boxes.index(cover.id)]), "neuron")
    return f"<b>{escape(group.title)}</b>, {count}<br>Click to select them, double-click to rename"


class FoldGesture(Gesture):
    """On the chevron of a group: a release there folds or unfolds it."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, board: Board, start: QPointF, cover: Cover) -> None:
        super().__init__(board, start)
        self._cover = cover

    def drag(self) -> None:
        """Nothing follows the pointer."""

    def release(self) -> None:  # noqa: D102 (Gesture)
        if cover_at(self.board, self.point) == self._cover:
            group = self.board.document.network.groups[self._cover.id]
            self.board.set_folded([group.id], not group.is_folded)

    def cancel(self) -> None:
        """Nothing has changed."""

    def paint(self, painter: QPainter, look: Look) -> None:
        """Nothing is painted over the canvas."""
