"""Keeping in view what was just walked to, pasted or arranged."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.zoom import Zoom

ROOM = 40.0  # px that stay free between a revealed neuron and the edge


class InView:
    """Moves the sheet so that neurons can be seen; no further than needed."""

    def __init__(self, board: Board, zoom: Zoom) -> None:
        self._board, self._zoom = board, zoom

    def reveal(self, neuron_ids: Iterable[int], *, at_once: bool = False) -> None:
        """Bring neurons into view; where they are too many for that at this zoom, show the whole drawing."""
        self._zoom.finish()
        drawing, eye = self._board.stage.drawing, self._board.eye()
        rows = drawing.rows_of(neuron_ids)
        if not len(rows):
            return
        places, radii = eye.to_screen(drawing.positions[rows]), drawing.radii[rows, None] * eye.zoom + ROOM
        low, high = (places - radii).min(axis=0), (places + radii).max(axis=0)
        size = np.array([eye.width, eye.height])
        if (high - low > size).any():
            # a lone neuron that fills the view stays at this zoom: only its middle must be seen
            if len(rows) > 1:
                self._zoom.fit(at_once=at_once)
                return
            low = high = places[0]
        by = np.where(low < 0, -low, np.where(high > size, size - high, 0.0))
        if by.any():
            self._zoom.pan(QPointF(*by.tolist()))
