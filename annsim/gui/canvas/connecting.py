"""Connecting the selected neurons to those of the second selection."""

from collections.abc import Callable
from functools import partial

from annsim.errors import AnnsimError
from annsim.gui.canvas.board import Board
from annsim.network.patterns import Pattern, all_to_all, connecting, one_to_one

Ends = tuple[frozenset[int], frozenset[int]]


class Connecting:
    """Draws many arrows at once; what cannot be drawn is left out, and the status bar says how much and why.

    Parameters
    ----------
    board : the canvas.
    ask : asks for what a pattern needs to know: called with "random" or "nearest", the sources and the targets.
    """

    def __init__(self, board: Board, ask: Callable[[str, frozenset[int], frozenset[int]], None]) -> None:
        self._board, self._ask = board, ask

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do, by the name of the action."""
        return {
            "connect_all": partial(self._connect, all_to_all),
            "connect_one_to_one": partial(self._connect, one_to_one),
            "connect_random": partial(self._want, "random"),
            "connect_nearest": partial(self._want, "nearest"),
        }

    def _connect(self, pattern: Pattern) -> None:
        ends = self._ends()
        if ends is None:
            return
        try:
            edit, skipped = connecting(self._board.document.network, *ends, pattern)
        except AnnsimError as error:
            self._board.say(str(error))
            return
        count = len(edit.connections)
        if not count or self._board.do(edit):
            self._board.say(f"{skipped.sentence(count)}.")

    def _want(self, pattern: str) -> None:
        ends = self._ends()
        if ends is not None:
            self._ask(pattern, *ends)

    def _ends(self) -> Ends | None:
        """Return the sources and the targets, or say what to do."""
        sources, targets = self._board.document.selected_neurons, self._board.stage.marked
        if not targets:
            self._board.say("Mark the targets first: select them and press Shift+C. Then select the sources.")
        elif not sources:
            self._board.say("Select the neurons that are to be connected to the marked ones.")
        else:
            return sources, targets
        return None
