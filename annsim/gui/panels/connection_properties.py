"""The form of one or several connections: from where to where, the weight, the lock."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annsim.gui.document import Document
from annsim.gui.look import size, values
from annsim.gui.panels.neuron_form import FormRow, IconLabel, number_label
from annsim.gui.widgets.choice_box import LockButton
from annsim.gui.widgets.connection_list import ConnectionList, live_weights
from annsim.gui.widgets.connection_row import ElidedLabel
from annsim.gui.widgets.neuron_meters import meter_text
from annsim.gui.widgets.number_field import NumberField
from annsim.gui.widgets.panel_edits import PanelEdits
from annsim.network.connections import ConnectionBlock


class ConnectionProperties(QWidget):
    """Shows and changes the selected connections; several are changed as one edit."""

    def __init__(self, document: Document, edits: PanelEdits) -> None:
        super().__init__()
        self._document, self._edits = document, edits
        self._ids: Sequence[int] = ()
        self._title = ElidedLabel()
        self._title.setProperty("role", "title")
        self.lock = LockButton("the weight")
        self.lock.setFixedSize(size("control"), size("control"))
        self.weight = NumberField()
        self.weight.setPlaceholderMixed()
        self.weight.setAccessibleName("Weight w")
        self.weight.set_hint("Weight w of the connection; Up and Down change it by 0.01")
        self.source_output = number_label("Output o of the source for the row on show")
        self.product = number_label("What the connection adds to the net input z of its target: weight times output")
        self._single_rows = (
            FormRow("Source output o", self.source_output),
            FormRow("Product w · o", self.product),
        )
        self.rows = ConnectionList(document, edits, "Selected connections")
        self._lay_out()
        self.lock.toggled_by_hand.connect(self._set_locked)
        self.weight.committed.connect(self._set_weight)
        self.weight.refused.connect(edits.say)

    def show_connections(self, ids: Sequence[int], *, start_over: bool) -> None:
        """Show connections by id; `start_over` where they are others than before."""
        self._ids = ids
        self.show_moment(is_live=False, start_over=start_over)

    def show_moment(self, *, is_live: bool, start_over: bool = False) -> None:
        """Show the numbers of this moment."""
        block = self._selected()
        if not len(block):
            return
        weights = live_weights(self._document, block)
        weight = float(weights[0]) if np.all(weights == weights[0]) else None
        if start_over:
            self.weight.start_over(weight)
        elif not is_live or weight != self.weight.value:
            self.weight.set_number(weight, is_live=is_live)
        is_single = len(block) == 1
        if not is_live:
            self._show_head(block)
        if is_single:
            self._show_product(block, float(weights[0]))
        else:
            self.rows.refresh(block, is_live=is_live, start_over=start_over)

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        head = QHBoxLayout()
        head.setSpacing(spacing["2"])
        head.addWidget(IconLabel("connection"))
        head.addWidget(self._title, 1)
        head.addWidget(self.lock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing["1"])
        layout.addLayout(head)
        layout.addWidget(FormRow("Weight w", self.weight))
        for row in self._single_rows:
            layout.addWidget(row)
        layout.addSpacing(spacing["2"])
        layout.addWidget(self.rows)

    def _selected(self) -> ConnectionBlock:
        block = self._document.network.store.block
        return block.take(np.isin(block.ids, np.fromiter(self._ids, np.int64)))

    def _show_head(self, block: ConnectionBlock) -> None:
        network = self._document.network
        is_single = len(block) == 1
        names = " → ".join(network.neuron_values(int(i[0])).name for i in (block.source, block.target))
        self._title.set_whole(names if is_single else f"{len(block):,} connections")
        locked = bool(block.locked[0]) if np.all(block.locked == block.locked[0]) else None
        self.lock.set_what("the weight" if is_single else "the weights")
        self.lock.show_locked(locked)
        for row in self._single_rows:
            row.setVisible(is_single)
        self.rows.setVisible(not is_single)

    def _show_product(self, block: ConnectionBlock, weight: float) -> None:
        now = self._document.moment.neuron(int(block.source[0]))
        self.source_output.setText(meter_text(None if now is None else now.output))
        self.product.setText(meter_text(None if now is None else weight * now.output))

    def _set_weight(self, weight: float) -> None:
        if not self._edits.set_connections("weight", self._ids, weight, self.weight.session):
            self.show_moment(is_live=False)

    def _set_locked(self, locked: bool) -> None:
        self._edits.set_connections("locked", self._ids, locked)
