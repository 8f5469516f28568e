"""Where on the canvas the values stand that can be changed in place: tags, names and labels of arrows."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from annsim.gui.canvas.arrow_layer import ArrowLayer
from annsim.gui.canvas.arrow_shape import shapes
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.neuron_paint import FULL_FROM, NAME_ROOM, has_name, name_rect
from annsim.gui.canvas.neuron_tags import Tag, tags
from annsim.gui.canvas.quantity import Quantity


@dataclass(frozen=True, eq=False)
class Spot:
    """A value on show and its place, in viewport pixels."""

    quantity: Quantity
    rect: QRectF


class Spots:
    """Finds values by place, and places by value."""

    def __init__(self, board: Board, arrows: ArrowLayer) -> None:
        self._board, self._arrows = board, arrows

    def at(self, point: QPointF) -> Spot | None:
        """Return the value on show at a point, or None."""
        for label in self._arrows.labels(self._board.eye()):
            if label.rect.contains(point):
                return Spot(label.quantity, label.rect)
        for number in self._neurons_near(point):
            for spot in self._of_neuron(number):
                if spot.rect.contains(point):
                    return spot
        return None

    def labels(self) -> list[QRectF]:
        """Return the places of all labels on show."""
        return [label.rect for label in self._arrows.labels(self._board.eye())]

    def rect(self, quantity: Quantity) -> QRectF:
        """Return where a value stands, or would stand if it were on show."""
        eye = self._board.eye()
        for label in self._arrows.labels(eye):
            if label.quantity == quantity:
                return label.rect
        if quantity.is_of_arrow:
            drawing = self._board.stage.drawing
            rows = drawing.bundles.shown(drawing.arrow_rows([quantity.id]))
            arrow = shapes(drawing, rows, eye, self._board.stage.selected_rows())
            if len(arrow.rows):
                return _round(QPointF(*arrow.at(0, 0.5).tolist()))
            ends = [drawing.source[rows], drawing.target[rows]] if len(rows) else [np.empty(0, np.intp)]
            middle = eye.to_screen(drawing.positions[np.concatenate(ends)]).mean(axis=0) if len(rows) else (0.0, 0.0)
            return _round(QPointF(*np.asarray(middle).tolist()))
        centre, radius = self._board.circle(quantity.id)
        face = self._board.scene.neuron_items[quantity.id].face()
        if quantity.field == "name":
            return name_rect(face, radius).translated(centre)
        places = {tag.field: tag.rect for tag in tags(face.values, face.moment, radius)}
        return places[quantity.field].translated(centre) if quantity.field in places else _round(centre)

    def _neurons_near(self, point: QPointF) -> list[int]:
        """Return the neurons whose tags or names may reach to a point, the topmost first."""
        drawing, eye = self._board.stage.drawing, self._board.eye()
        off = np.abs(eye.to_screen(drawing.positions) - (point.x(), point.y()))
        is_near = (off.max(axis=1) < drawing.radii * eye.zoom + NAME_ROOM) & ~drawing.boxes.is_hidden
        numbers: list[int] = drawing.ids[is_near][::-1].tolist()
        return numbers

    def _of_neuron(self, number: int) -> list[Spot]:
        """Return the values of a neuron that are on show."""
        centre, radius = self._board.circle(number)
        face = self._board.scene.neuron_items[number].face()
        shown: list[Tag] = tags(face.values, face.moment, radius) if 2 * radius >= FULL_FROM else []
        spots = [Spot(Quantity(tag.field, number), tag.rect.translated(centre)) for tag in shown]
        if has_name(face, radius):
            spots.append(Spot(Quantity("name", number), name_rect(face, radius).translated(centre)))
        return spots


def _round(middle: QPointF) -> QRectF:
    return QRectF(middle.x() - 1, middle.y() - 1, 2, 2)
