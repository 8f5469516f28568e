"""Walking from neuron to neuron with the keys."""

from collections.abc import Sequence

import numpy as np

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.in_view import InView
from annsim.gui.document import Document


class Walk:
    """Goes from the present neuron to another, which is selected, marked as the one with the focus, and shown.

    The present neuron is the one walked to last while it is selected, else the first selected one in evaluation order.
    """

    def __init__(self, board: Board, in_view: InView) -> None:
        self._board, self._in_view = board, in_view
        self._document.selection_changed.connect(self._forget_unselected)

    @property
    def _document(self) -> Document:
        return self._board.document

    def present(self) -> int | None:
        """Return the neuron at which the walk stands."""
        selected, focused = self._document.selected_neurons, self._board.stage.focused
        if focused in selected:
            return focused
        return next((i for i in self._order() if i in selected), None)

    def step(self, is_next: bool) -> bool:
        """Go on to the next neuron in evaluation order, or back; return False at the end, where nothing happens."""
        order, present = self._order(), self.present()
        outside = -1 if is_next else len(order)
        place = (outside if present is None else order.index(present)) + (1 if is_next else -1)
        if not 0 <= place < len(order):
            return False
        self.go(order[place])
        return True

    def first(self) -> None:
        """Go to the first neuron in evaluation order."""
        self.go(self._order()[0])

    def last(self) -> None:
        """Go to the last neuron in evaluation order."""
        self.go(self._order()[-1])

    def to_source(self) -> None:
        """Go along the strongest incoming connection to its source; along a selected arrow to its source."""
        self._along("target", "source", "comes into")

    def to_target(self) -> None:
        """Go along the strongest outgoing connection to its target; along a selected arrow to its target."""
        self._along("source", "target", "goes out of")

    def up(self) -> None:
        """Go to the neuron above in the same layer."""
        self._in_layer(-1)

    def down(self) -> None:
        """Go to the neuron below in the same layer."""
        self._in_layer(1)

    def enter(self, is_next: bool) -> None:
        """Take the focus as it comes from the control before or after the canvas."""
        present = self.present()
        if present is None:
            self.step(is_next)
        else:
            self._board.stage.focused = present
            self._board.repaint()

    def leave(self) -> None:
        """Show no focus any more."""
        self._board.stage.focused = None
        self._board.repaint()

    def go(self, neuron_id: int) -> None:
        """Go to a neuron."""
        self._document.select([neuron_id])
        self._board.stage.focused = neuron_id
        self._in_view.reveal([neuron_id])
        self._board.repaint()

    def _order(self) -> Sequence[int]:
        order: list[int] = self._document.compiled().neuron_ids.tolist()
        return order

    def _along(self, near: str, far: str, way: str) -> None:
        block, present = self._document.network.store.block, self.present()
        if present is None:
            rows = self._board.stage.drawing.arrow_rows(self._document.selected_connections)
        else:
            rows = np.flatnonzero(getattr(block, near) == present)
        if len(rows):
            strongest = rows[int(np.argmax(np.abs(self._board.stage.drawing.weights[rows])))]
            self.go(int(getattr(block, far)[strongest]))
        elif present is None:
            self._board.say("Select a neuron or a connection first.")
        else:
            self._board.say(f"No connection {way} {self._document.network.neuron_values(present).name}.")

    def _in_layer(self, by: int) -> None:
        present = self.present()
        if present is None:
            self._board.say("Select a neuron first.")
            return
        compiled, network = self._document.compiled(), self._document.network
        depth = compiled.depth[np.flatnonzero(compiled.neuron_ids == present)[0]]
        layer = compiled.neuron_ids[compiled.depth == depth].tolist()
        places = {i: network.neuron_values(i).position for i in layer}
        layer.sort(key=lambda i: (places[i][1], places[i][0], i))
        place = layer.index(present) + by
        if 0 <= place < len(layer):
            self.go(layer[place])
        else:
            self._board.say(f"No neuron {'above' if by < 0 else 'below'} in this layer.")

    def _forget_unselected(self) -> None:
        if self._board.stage.focused not in self._document.selected_neurons:
            self._board.stage.focused = None
