"""Ready-made layers, dropped onto the canvas or added by the menu."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.draft_card import DraftCard
from annsim.gui.canvas.gaps import Gap
from annsim.gui.canvas.in_view import InView
from annsim.gui.canvas.layer_cards import FIRST_COUNT, FIRST_SIZES, BetweenCard, LayerCard, LayersCard, sizes_in
from annsim.network.builders import block_places
from annsim.network.network import LAYER_DISTANCE
from annsim.network.neuron import Position

Kind = Literal["layer", "layers"]
KINDS: tuple[Kind, ...] = ("layer", "layers")
ABOVE = 24.0  # px between a layer and its card


class ReadyMade:
    """Adds a layer, or connected layers, and opens the card in which they can be changed."""

    def __init__(self, board: Board, viewport: QWidget, in_view: InView) -> None:
        self._board, self._viewport, self._in_view = board, viewport, in_view

    def shape(self, kind: Kind) -> list[Position]:
        """Return where the neurons stand about the middle of what comes first."""
        sizes = [FIRST_COUNT] if kind == "layer" else sizes_in(FIRST_SIZES)
        columns = [block_places(size, k * LAYER_DISTANCE)[0] for k, size in enumerate(sizes)]
        middle = (len(sizes) - 1) * LAYER_DISTANCE / 2
        return [(x - middle, y) for column in columns for x, y in column]

    def add_at(self, kind: Kind, place: Position) -> bool:
        """Add it with its middle at a place of the scene; return whether it was added."""
        left = min(x for x, _ in self.shape(kind))
        make = LayerCard if kind == "layer" else LayersCard
        return self._open(make(self._board, self._viewport, (float(round(place[0] + left)), float(round(place[1])))))

    def add(self, kind: Kind) -> None:
        """Add it in the middle of the view, or right of all that is there."""
        drawing, eye = self._board.stage.drawing, self._board.eye()
        if len(drawing.ids):
            (_, top), (right, bottom) = drawing.positions.min(axis=0).tolist(), drawing.positions.max(axis=0).tolist()
            x, y = right + LAYER_DISTANCE + max(x for x, _ in self.shape(kind)), (top + bottom) / 2
        else:
            x, y = eye.to_scene((eye.width / 2, eye.height / 2)).tolist()
        self.add_at(kind, (x, y))

    def insert(self, gap: Gap) -> bool:
        """Insert a layer between two; return whether it was inserted."""
        return self._open(BetweenCard(self._board, self._viewport, gap.before, gap.after))

    def insert_between(self) -> None:
        """Insert a layer between the selected and the marked neurons, in the direction of their arrows."""
        board = self._board
        selected, marked = sorted(board.document.selected_neurons), sorted(board.stage.marked)
        if not selected or not marked:
            board.say("Mark one layer first: select it and press Shift+C. Then select the other one.")
            return
        before, after = (marked, selected) if self._lead_back(selected, marked) else (selected, marked)
        self._open(BetweenCard(board, self._viewport, before, after))

    def _lead_back(self, selected: list[int], marked: list[int]) -> bool:
        """Return whether the marked neurons come before the selected ones: by their arrows, else from left to right."""
        block, drawing = self._board.document.network.store.block, self._board.stage.drawing
        on = (np.isin(block.source, selected) & np.isin(block.target, marked)).sum()
        back = (np.isin(block.source, marked) & np.isin(block.target, selected)).sum()
        if on != back:
            return bool(back > on)
        x, x_marked = (drawing.positions[drawing.rows_of(ids), 0].mean() for ids in (selected, marked))
        return bool(x_marked < x)

    def _open(self, card: DraftCard) -> bool:
        """Put what a card stands for into the drawing and open the card above it; return whether that was done."""
        document = self._board.document
        if not card.change():
            card.close()
            return False
        self._in_view.reveal(document.selected_neurons, at_once=True)
        self._place(card)
        card.changed.connect(lambda: self._place(card))
        card.kept.connect(lambda: self._in_view.reveal(document.selected_neurons))
        card.open()
        return True

    def _place(self, card: DraftCard) -> None:
        """Put a card above the selected neurons."""
        eye, stage = self._board.eye(), self._board.stage
        places = eye.to_screen(stage.drawing.positions[stage.selected_rows()])
        middle, top = (places[:, 0].min() + places[:, 0].max()) / 2, places[:, 1].min()
        card.place(QPoint(round(middle), round(top - eye.radius - ABOVE)))
