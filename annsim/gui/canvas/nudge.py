"""Arrow keys move the selection; presses in quick succession are one step."""

import time

from PySide6.QtCore import Qt

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.move_gesture import moving

Key = Qt.Key
NUDGES = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
SHORT, LONG = 4.0, 24.0  # px at 100 %, the long one with Shift
TOGETHER_S = 1.0


class Nudge:
    """Moves the selected neurons and notes a little."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._series = 0
        self._ids: tuple[list[int], list[int]] = [], []
        self._last = 0.0

    def press(self, key: int, is_long: bool) -> bool:
        """Move in the direction of an arrow key; return whether there was anything to move."""
        document = self._board.document
        chosen = self._board.stage.drawing.whole(document.selected_neurons)
        neurons, notes = ids = sorted(chosen), sorted(document.selected_notes)
        if not neurons and not notes:
            return False
        now = time.monotonic()
        if ids != self._ids or now - self._last > TOGETHER_S:
            self._series -= 1  # trainings count upwards
        self._ids, self._last = ids, now
        step = LONG if is_long else SHORT
        dx, dy = NUDGES[Key(key)]
        document.do(moving(document.network, neurons, notes, (dx * step, dy * step)), run=self._series)
        return True
