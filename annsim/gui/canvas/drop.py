"""What is dropped onto the canvas: a neuron, or an activation function for a neuron that is there."""

import json
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from annsim.functions.activation import ACTIVATIONS
from annsim.gui.canvas.board import Board, count_text
from annsim.gui.look import Look
from annsim.network.edits import SetValues
from annsim.network.neuron import ROLES, Role

MIME = "application/x-annsim-neuron"


@dataclass(frozen=True)
class Payload:
    """What is being dragged; without a role it is an activation function."""

    role: Role | None
    activation: str | None


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
    return Payload(role, activation) if role or activation else None


class Drop:
    """A drag over the canvas, from entering to leaving or dropping."""

    def __init__(self, board: Board, payload: Payload) -> None:
        self._board = board
        self._payload = payload
        self._point = QPointF()

    def move(self, point: QPointF) -> bool:
        """Show what would come of a drop; return whether anything would."""
        self._point = point
        target = self._target()
        if self._payload.role is None:
            self._board.stage.feedback = {} if target is None else {target: self._takes_function(target)}
        self._board.repaint()
        return self._payload.role is not None or (target is not None and self._takes_function(target))

    def leave(self) -> None:
        """Show again what was there before."""
        self._board.stage.feedback = {}
        self._board.repaint()

    def drop(self, point: QPointF) -> bool:
        """Do it; return whether anything was done."""
        self._point = point
        self.leave()
        if self._payload.role is not None:
            self._board.add_neuron(self._payload.role, point, self._payload.activation)
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
        """Paint the neuron that would come, in viewport pixels."""
        if self._payload.role is None:
            return
        pen = QPen(look.colour("accent"), 1.5)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._board.eye().radius
        painter.drawEllipse(self._point, radius, radius)

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
