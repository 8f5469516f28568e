"""When a hover card is shown: the pointer has rested on a thing; and when it goes: at once, with anything else."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QTimer
from PySide6.QtWidgets import QWidget

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.card_content import Thing, card_of
from annsim.gui.canvas.hover_card import POINTER, HoverCard, card_place
from annsim.gui.canvas.neuron_paint import FULL_FROM
from annsim.gui.canvas.neuron_tags import tags
from annsim.gui.canvas.probe_switch import GAP as SWITCH_GAP
from annsim.gui.canvas.probe_switch import WIDTH as SWITCH_WIDTH
from annsim.gui.canvas.quantity import Quantity
from annsim.gui.canvas.spots import Spots
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.look import values
from annsim.gui.theme import theme
from annsim.gui.widgets.live_updates import LiveUpdates

DELAY_MS = int(values()["motion"]["hover_card_delay_ms"])
NEAREST = 40  # neurons that a card tries not to cover
RING = 12.0  # px round a neuron that its rings may take
Kind = QEvent.Type
ENDS = {
    Kind.MouseButtonPress,
    Kind.MouseButtonDblClick,
    Kind.Wheel,
    Kind.Leave,
    Kind.DragEnter,
    Kind.ContextMenu,
    Kind.KeyPress,
    Kind.ShortcutOverride,
}


class HoverCards(QObject):
    """Shows one card on a canvas; a screen reader gets its text as the description of the canvas.

    Parameters
    ----------
    is_quiet : says whether no card may come, as while somebody types.
    """

    def __init__(self, board: Board, spots: Spots, zoom: Zoom, viewport: QWidget, is_quiet: Callable[[], bool]) -> None:
        super().__init__(viewport)
        self._board, self._spots, self._viewport, self._is_quiet = board, spots, viewport, is_quiet
        self._canvas = viewport.parentWidget() or viewport
        self._description = self._canvas.accessibleDescription()
        self._thing: Thing | None = None
        self._pointer = QPointF()
        self.card = HoverCard(viewport)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._show)
        self._updates = LiveUpdates(board.document, self._refresh, self)
        board.document.edited.connect(self._after_edit)
        board.document.replaced.connect(self.hide)
        zoom.moved.connect(self.hide)
        theme().changed.connect(self.hide)
        for widget in (viewport, self._canvas):
            widget.installEventFilter(self)

    def look(self, point: QPointF) -> None:
        """Note that the pointer has moved over the canvas, and that what is under it stands out already."""
        self._pointer = point
        thing = self._thing_there()
        if thing != self._thing:
            self.hide()
            self._thing = thing
        if thing is None:
            return
        if not self.card.isVisible():
            self._timer.start()
        elif self.card.geometry().contains(point.toPoint()):
            self._place()

    def hide(self) -> None:
        """Take the card away; it comes again when the pointer has moved and rested."""
        self._timer.stop()
        self._thing = None
        if self.card.isVisible():
            self.card.hide()
            self._canvas.setAccessibleDescription(self._description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own)
        """Take the card away when anything is done."""
        if event.type() in ENDS:
            self.hide()
        return False

    def _thing_there(self) -> Thing | None:
        stage = self._board.stage
        if self._is_quiet():
            return None
        if stage.hovered_connection is not None:
            return Thing("arrow", stage.hovered_connection)
        if stage.hovered_neuron is not None:
            return Thing("neuron", stage.hovered_neuron)
        return None if stage.hovered_bias is None else Thing("bias", stage.hovered_bias)

    def _show(self) -> None:
        thing = self._thing
        card = None if thing is None or self._is_quiet() else card_of(self._board.document, thing)
        if card is not None:
            self.card.show_card(card)
            self._place()
            self.card.show()
            self.card.raise_()
            self._canvas.setAccessibleDescription(card.text())

    def _after_edit(self, edit: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        if self._thing is None or not self.card.isVisible():
            return
        card = card_of(self._board.document, self._thing)
        if card is None:
            self.hide()
            return
        before = self.card.size()
        self.card.show_card(card)
        if self.card.size() != before:
            self._place()

    def _place(self) -> None:
        if self._thing is not None:
            rects = self._rect(self._thing), self._own(self._thing), self._around()
            self.card.move(card_place(self.card.size(), *rects, self._pointer, self._viewport.rect()))

    def _own(self, thing: Thing) -> list[QRectF]:
        """Return what should stay in sight: the label of an arrow, and the neurons at its ends."""
        if thing.kind == "neuron":
            return []
        if thing.kind == "bias":
            return [self._spots.rect(Quantity("bias", thing.id)), self._circle(thing.id)]
        arrow = self._board.document.network.connections[thing.id]
        label = self._spots.rect(Quantity("weight", thing.id))
        return [label, self._circle(arrow.source), self._circle(arrow.target)]

    def _around(self) -> list[QRectF]:
        """Return the labels on show, and the neurons round the pointer."""
        drawing, eye = self._board.stage.drawing, self._board.eye()
        off = eye.to_screen(drawing.positions) - (self._pointer.x(), self._pointer.y())
        near = np.argsort(np.hypot(off[:, 0], off[:, 1]))[:NEAREST]
        return [*self._spots.labels(), *map(self._circle, drawing.ids[near].tolist())]

    def _circle(self, neuron: int) -> QRectF:
        centre, radius = self._board.circle(neuron)
        reach = radius + RING
        return QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)

    def _rect(self, thing: Thing) -> QRectF:
        """Return what the card stands beside: the neuron with its tags, or the place of the pointer on the arrow."""
        if thing.kind != "neuron":
            return QRectF(self._pointer, self._pointer).adjusted(-POINTER, -POINTER, POINTER, POINTER)
        rect, (centre, radius) = self._circle(thing.id), self._board.circle(thing.id)
        face = self._board.scene.neuron_items[thing.id].face()
        if face.values.role == "input":
            rect.setLeft(min(rect.left(), centre.x() - radius - SWITCH_GAP - SWITCH_WIDTH))
        for tag in tags(face.values, face.moment, radius) if 2 * radius >= FULL_FROM else []:
            rect = rect.united(tag.rect.translated(centre))
        return rect
