"""Arranging neurons: in layers, in a grid, on a circle, in line, at equal distances."""

from collections.abc import Callable, Iterable
from functools import partial

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.in_view import InView
from annsim.network import arrange
from annsim.network.arrange import Places
from annsim.network.network import Network

Arrangement = Callable[[Network, Iterable[int] | None], Places]
ARRANGEMENTS: dict[str, tuple[str, Arrangement]] = {
    "arrange_layers": ("Arrange in layers", arrange.in_layers),
    "arrange_grid": ("Arrange in a grid", arrange.in_grid),
    "arrange_circle": ("Arrange in a circle", arrange.in_circle),
    "align_left": ("Align left", partial(arrange.aligned, side="left")),
    "align_right": ("Align right", partial(arrange.aligned, side="right")),
    "align_top": ("Align at the top", partial(arrange.aligned, side="top")),
    "align_bottom": ("Align at the bottom", partial(arrange.aligned, side="bottom")),
    "align_column": ("Align in a column", partial(arrange.aligned, side="middle")),
    "align_row": ("Align in a row", partial(arrange.aligned, side="centre")),
    "distribute_across": ("Distribute across", partial(arrange.distributed, direction="horizontal")),
    "distribute_down": ("Distribute down", partial(arrange.distributed, direction="vertical")),
}  # action: name of the step, and what finds the places


class Arranging:
    """Moves the selected neurons, or all of them where fewer than two are selected; afterwards they are in view."""

    def __init__(self, board: Board, in_view: InView) -> None:
        self._board, self._in_view = board, in_view

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do, by the name of the action."""
        return {action: partial(self._arrange, *ARRANGEMENTS[action]) for action in ARRANGEMENTS}

    def _arrange(self, name: str, arrangement: Arrangement) -> None:
        document = self._board.document
        chosen = document.selected_neurons if len(document.selected_neurons) > 1 else None
        places = arrangement(document.network, chosen)
        edit = arrange.moving(document.network, places, name)
        if not edit.ids:
            self._board.say("Nothing moved: the neurons stand like this already.")
        elif self._board.do(edit):
            self._in_view.reveal(places)
