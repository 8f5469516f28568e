"""What is dropped onto the canvas: a neuron, a layer, or an activation function for a neuron that is there."""

import json
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annsim.functions.activation import ACTIVATIONS
from annsim.gui.canvas.board import Board, count_text
from annsim.gui.canvas.gaps import Gap, gap_at, gaps
from annsim.gui.canvas.guides import paint_guides
from annsim.gui.canvas.ready_made import KINDS, Kind, ReadyMade
from annsim.gui.canvas.snap import NOWHERE
from annsim.gui.look import Look
from annsim.network.edits import SetValues
from annsim.network.neuron import ROLES, Role

MIME = "application/x-annsim-neuron"
BAND_OPACITY = 0.4


@dataclass(frozen=True)
class Payload:
    """What is being dragged: a ready-made layer, a neuron where it has a role, else an activation function."""

    role: Role | None
    activation: str | None
    ready_made: Kind | None = None


def payload_of(data: QMimeData) -> Payload | None:
    """Return what a drag carries, or None where it is nothing for the canvas."""
    if not data.hasFormat(MIME):
        return None
    try:
        fields = json.loads(bytes(data.data(MIME).data()))
    except ValueError:
        return None
    if not isinstance(fields, dict):
        return None
    role = next((role for role in ROLES if role == fields.get("role")), None)
    activation = fields.get("activation")
    activation = activation if activation in ACTIVATIONS else None
    ready_made = next((kind for kind in KINDS if kind == fields.get("ready_made")), None)
    return Payload(role, activation, ready_made) if role or activation or ready_made else None


class Drop:
    """A drag over the canvas, from entering to leaving or dropping."""

    def __init__(self, board: Board, payload: Payload, ready_made: ReadyMade) -> None:
        self._board = board
        self._payload = payload
        self._ready_made = ready_made
        self._shape = [(0.0, 0.0)] if payload.role is not None else []  # the neurons that would come, about the pointer
        if payload.ready_made is not None:
            self._shape = ready_made.shape(payload.ready_made)
        self._gaps = gaps(board.stage) if payload.ready_made == "layer" else []
        self._gap: Gap | None = None
        self._point = QPointF()
        self._snapped = NOWHERE

    def move(self, point: QPointF, is_free: bool = False) -> bool:
        """Show what would come of a drop; return whether anything would. Where `is_free` nothing draws it to itself."""
        self._take_place(point, is_free)
        target = self._target()
        if not self._shape:
            self._board.stage.feedback = {} if target is None else {target: self._takes_function(target)}
        self._board.repaint()
        return bool(self._shape) or (target is not None and self._takes_function(target))

    def leave(self) -> None:
        """Show again what was there before."""
        self._board.stage.feedback = {}
        self._board.repaint()

    def drop(self, point: QPointF, is_free: bool = False) -> bool:
        """Do it; return whether anything was done."""
        self._take_place(point, is_free)
        self.leave()
        if self._gap is not None:
            return self._ready_made.insert(self._gap)
        if self._payload.ready_made is not None:
            return self._ready_made.add_at(self._payload.ready_made, self._place())
        if self._payload.role is not None:
            self._board.add_neuron(self._payload.role, point, self._payload.activation, self._snapped)
            return True
        target = self._target()
        if target is None:
            self._board.say("Drop a function on a neuron.")
            return False
        if not self._takes_function(target):
            self._board.say("An input neuron has no activation function.")
            return False
        return self._set_function(target)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint the neurons that would come, in viewport pixels."""
        if not self._shape:
            return
        pen = QPen(look.colour("accent"), 1.5)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        eye = self._board.eye()
        x, y = self._place()
        if self._gap is not None:
            x, y = self._gap.rect.center().toTuple()
            self._paint_gap(painter, look, self._gap)
        for off_x, off_y in self._shape:
            painter.drawEllipse(QPointF(*eye.to_screen((x + off_x, y + off_y)).tolist()), eye.radius, eye.radius)
        paint_guides(painter, look, eye, self._snapped)

    def _paint_gap(self, painter: QPainter, look: Look, gap: Gap) -> None:
        """Paint the space in which a layer comes between two."""
        eye, ground = self._board.eye(), QColor(look.colour("selection_fill"))
        ground.setAlphaF(BAND_OPACITY)
        low, high = (eye.to_screen(corner.toTuple()) for corner in (gap.rect.topLeft(), gap.rect.bottomRight()))
        painter.save()
        painter.setPen(QPen(look.colour("selection"), 1))
        painter.setBrush(ground)
        painter.drawRect(QRectF(QPointF(*low.round().tolist()), QPointF(*high.round().tolist())))
        painter.restore()

    def _take_place(self, point: QPointF, is_free: bool) -> None:
        """Note the point, and where what is dropped there comes to rest."""
        self._point = point
        if self._shape:
            x, y = self._board.eye().to_scene((point.x(), point.y())).tolist()
            self._gap = None if is_free else gap_at(self._gaps, x, y)
            is_free = is_free or self._gap is not None
            self._snapped = self._board.snapped((x, y), self._board.stage.drawing.positions, is_free)

    def _place(self) -> tuple[float, float]:
        """Return the place of the scene where it comes to rest."""
        x, y = self._board.eye().to_scene((self._point.x(), self._point.y())).tolist()
        return x if self._snapped.x is None else self._snapped.x, y if self._snapped.y is None else self._snapped.y

    def _target(self) -> int | None:
        return self._board.neuron_at(self._point)

    def _takes_function(self, neuron_id: int) -> bool:
        return self._board.document.network.neuron_values(neuron_id).role != "input"

    def _set_function(self, target: int) -> bool:
        document, activation = self._board.document, self._payload.activation
        chosen = document.selected_neurons if target in document.selected_neurons else {target}
        ids = sorted(i for i in chosen if self._takes_function(i))
        where = document.network.neuron_values(target).name if len(ids) == 1 else count_text(len(ids), "neuron")
        name = f"Set {where} to {activation}"
        return self._board.do(SetValues("neuron", "activation", ids, [activation] * len(ids), name))
