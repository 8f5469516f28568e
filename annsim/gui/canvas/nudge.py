"""Arrow keys move the selection; presses in quick succession are one step."""

import time

from PySide6.QtCore import Qt

from annsim.gui.canvas.board import Board, things_text
from annsim.network.edits import SetValues

Key = Qt.Key
NUDGES = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
SHORT, LONG = 4.0, 24.0  # px at 100 %, the long one with Shift
TOGETHER_S = 1.0


class Nudge:
    """Moves the selected neurons a little."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._series = 0
        self._ids: list[int] = []
        self._last = 0.0

    def press(self, key: int, is_long: bool) -> bool:
        """Move in the direction of an arrow key; return whether there was anything to move."""
        document = self._board.document
        ids = sorted(document.selected_neurons)
        if not ids:
            return False
        now = time.monotonic()
        if ids != self._ids or now - self._last > TOGETHER_S:
            self._series -= 1  # trainings count upwards
        self._ids, self._last = ids, now
        step = LONG if is_long else SHORT
        dx, dy = NUDGES[Key(key)]
        old = [document.network.neuron_values(i).position for i in ids]
        new = [(x + dx * step, y + dy * step) for x, y in old]
        edit = SetValues("neuron", "position", ids, new, f"Move {things_text(document.network, ids, [])}")
        document.do(edit, run=self._series)
        return True
