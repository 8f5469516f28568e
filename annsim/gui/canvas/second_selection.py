"""The second selection: neurons that were marked, to which the selected ones are then connected."""

from annsim.gui.canvas.board import Board, count_text


class SecondSelection:
    """Marks neurons; they stay marked through every edit that keeps them, until Esc or other marks."""

    def __init__(self, board: Board) -> None:
        self._board = board
        board.document.edited.connect(self._keep_present)
        board.document.replaced.connect(lambda: self._set(frozenset()))

    def mark(self) -> None:
        """Mark the selected neurons instead of those marked before."""
        chosen = self._board.document.selected_neurons
        self._set(chosen)
        them = "it" if len(chosen) == 1 else "them"
        self._board.say(
            f"{count_text(len(chosen), 'neuron')} marked. Select others and press C to connect these to {them}."
        )

    def _set(self, marked: frozenset[int]) -> None:
        self._board.stage.marked = marked
        self._board.repaint()

    def _keep_present(self, edit: object = None) -> None:
        neurons = self._board.document.network.neurons
        if not all(i in neurons for i in self._board.stage.marked):
            self._set(frozenset(i for i in self._board.stage.marked if i in neurons))
