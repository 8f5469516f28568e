"""A list of connections with their weights: all of a few, the largest of many."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annsim.gui.document import Document
from annsim.gui.look import font
from annsim.gui.widgets.connection_row import ConnectionRow
from annsim.gui.widgets.panel_edits import PanelEdits
from annsim.network.connections import ConnectionBlock

MOST = 50
SCALE_ROOM = 0.75  # the longest bar may shrink to this before the scale of all bars changes
Ids = NDArray[np.integer]


class ConnectionList(QWidget):
    """A heading and up to 50 rows.

    Parameters
    ----------
    document, edits : the shared document, and how it is changed.
    title : the heading.
    end : "source" or "target" where all connections have that end in common; the other end is then the one to read.
    """

    def __init__(self, document: Document, edits: PanelEdits, title: str, end: str = "") -> None:
        super().__init__()
        self._document, self._edits, self._title, self._end = document, edits, title, end
        self._ids: tuple[int, ...] = ()
        self._shown: Ids = np.empty(0, np.int64)
        self._scale = 0.0
        self._heading = QLabel()
        self._heading.setProperty("role", "small")
        self._heading.setFont(font("strong"))
        self._more = QLabel()
        self._more.setProperty("role", "small")
        self.rows: list[ConnectionRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self._more)

    def refresh(self, block: ConnectionBlock, *, is_live: bool = False, start_over: bool = False) -> None:
        """Show these connections of the drawing.

        The order stays while the same connections are shown, so that rows do not jump while weights change.
        """
        ids = tuple(block.ids.tolist())
        weights = live_weights(self._document, block)
        if start_over or ids != self._ids:
            self._choose(ids, block, weights)
        rows = np.searchsorted(block.ids, self._shown)
        shown = np.abs(weights[rows])
        largest = float(shown.max()) if len(shown) else 0.0
        if not SCALE_ROOM * self._scale <= largest <= self._scale and np.isfinite(largest):
            self._scale = largest
        for row, k in zip(self.rows, rows.tolist(), strict=False):
            if not is_live:
                row.show_names(*self._names(block, k))
            row.show_weight(float(weights[k]), is_live)
            row.show_locked(bool(block.locked[k]))
            row.bar.show_share(float(weights[k]) / self._scale if self._scale else 0.0)

    @property
    def shown(self) -> list[int]:
        """The ids of the connections that have a row, from top to bottom."""
        return [int(i) for i in self._shown]

    def _choose(self, ids: tuple[int, ...], block: ConnectionBlock, weights: NDArray[np.float64]) -> None:
        self._ids, self._scale = ids, 0.0
        order = np.arange(len(ids))
        if len(ids) > MOST:
            order = np.argsort(-np.abs(weights), kind="stable")[:MOST]
        self._shown = block.ids[order].astype(np.int64)
        while len(self.rows) < len(order):
            self._add_row()
        for row, k in zip(self.rows, order.tolist(), strict=False):
            row.start(ids[k], *self._names(block, k), float(weights[k]), bool(block.locked[k]))
        for k, row in enumerate(self.rows):
            row.setVisible(k < len(order))
        self._heading.setText(f"{self._title} ({len(ids):,})" if len(ids) > 1 else self._title)
        self._more.setText(f"… {len(ids) - MOST:,} more with smaller weights")
        self._more.setVisible(len(ids) > MOST)
        self.setVisible(bool(ids))

    def _add_row(self) -> None:
        row = ConnectionRow(self)
        row.weight_wanted.connect(self._set_weight)
        row.lock_wanted.connect(lambda number, locked: self._edits.set_connections("locked", [number], locked))
        row.refused.connect(self._edits.say)
        self._layout.insertWidget(1 + len(self.rows), row)
        self.rows.append(row)

    def _names(self, block: ConnectionBlock, k: int) -> tuple[str, str]:
        """Return "x1 → h2", and what is enough where the list has one end in common."""
        network = self._document.network
        source, target = (network.neuron_values(int(i)).name for i in (block.source[k], block.target[k]))
        whole = f"{source} → {target}"
        return whole, {"target": f"{source} →", "source": f"→ {target}"}.get(self._end, whole)

    def _set_weight(self, number: int, weight: float, session: int) -> None:
        self._edits.set_connections("weight", [number], weight, session)


def live_weights(document: Document, block: ConnectionBlock) -> NDArray[np.float64]:
    """Return the weights on show of some connections: those of a training that goes on, else of the drawing."""
    store, moment = document.network.store, document.moment
    if len(moment.weights) != len(store.block):
        return block.weight  # between an edit and the moment after it
    weights: NDArray[np.float64] = moment.weights[store.rows(block.ids)]
    return weights


def incident(document: Document, neuron_id: int, end: str) -> ConnectionBlock:
    """Return the connections whose `end` ("source" or "target") is a neuron."""
    block = document.network.store.block
    return block.take(getattr(block, end) == neuron_id)
