"""Keeping in view what was just walked to, found, pasted or arranged."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.neuron_paint import CURVE_FROM
from annsim.gui.canvas.zoom import Zoom

ROOM = 40.0  # px that stay free between a revealed neuron and the edge


class InView:
    """Moves the sheet so that neurons can be seen; no further than needed."""

    def __init__(self, board: Board, zoom: Zoom) -> None:
        self._board, self._zoom = board, zoom

    def reveal(
        self, neuron_ids: Iterable[int], *, top: float = 0.0, at_once: bool = False, may_fit: bool = True
    ) -> None:
        """Bring neurons into the part of the view below `top`.

        Where they have no room there at this zoom, show the whole drawing, or (without `may_fit`) their middle.
        """
        self._zoom.finish()
        drawing, eye = self._board.stage.drawing, self._board.eye()
        rows = drawing.rows_of(neuron_ids)
        if not len(rows):
            return
        places, radii = eye.to_screen(drawing.positions[rows]), drawing.radii[rows, None] * eye.zoom + ROOM
        low, high = (places - radii).min(axis=0), (places + radii).max(axis=0)
        room_low, room_high = np.array([0.0, top]), np.array([eye.width, eye.height], np.float64)
        if (high - low > room_high - room_low).any():
            if may_fit and len(rows) > 1:
                self._zoom.fit(at_once=at_once)
                return
            by = (room_low + room_high - places.min(axis=0) - places.max(axis=0)) / 2
        else:
            by = np.where(low < room_low, room_low - low, np.where(high > room_high, room_high - high, 0.0))
        if by.any():
            self._zoom.pan(QPointF(*by.tolist()))

    def enlarge(self, neuron_id: int) -> None:
        """Zoom in on a neuron that is too small to read."""
        centre, radius = self._board.circle(neuron_id)
        if 2 * radius < CURVE_FROM:
            self._zoom.set(1.0, centre)
