"""The inputs of the probe: a row for each of a few, the selected or wanted ones of many."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from annsim.gui.document import Document
from annsim.gui.panels.probe_row import ProbeRow

MOST = 24
FIRST = 6  # of more, while none is selected and none looked for


class ProbeInputs(QWidget):
    """Up to 24 rows; where there are more inputs, a field finds some by name, and the selected ones are shown.

    Signals
    -------
    refused : what was typed is no number; carries why.
    """

    refused = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.rows: list[ProbeRow] = []
        self.shown: list[int] = []
        self._found = 0
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Find inputs by name")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Find inputs by name")
        self.filter.setToolTip("Shows the inputs whose name holds this text; without one, those selected on the canvas")
        self.filter.textChanged.connect(self.refresh)
        self._more = QLabel(wordWrap=True)
        self._more.setTextFormat(Qt.TextFormat.PlainText)
        self._more.setProperty("role", "small")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.filter)
        self._layout.addWidget(self._more)

    def refresh(self) -> None:
        """Show the inputs and their values as they are now."""
        network, columns = self._document.network, self._document.probe_columns()
        ids = network.ids_of_role("input")
        self.shown = self._chosen(ids)
        while len(self.rows) < len(self.shown):
            self._add_row()
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(self.shown))
        for row, neuron_id in zip(self.rows, self.shown, strict=False):
            row.start(neuron_id, network.neuron_values(neuron_id).name, columns.unit(neuron_id))
        self.filter.setVisible(len(ids) > MOST)
        self._more.setVisible(len(ids) > MOST)
        self._more.setText(self._more_text(len(ids)))
        self.show_values()

    def show_values(self) -> None:
        """Show the present values; the same inputs stay."""
        document, columns = self._document, self._document.probe_columns()
        moment, by_hand = document.moment, document.probe
        for row, neuron_id in zip(self.rows, self.shown, strict=False):
            if by_hand is not None:
                value = by_hand[neuron_id]
            else:
                value = columns.value(neuron_id, float(moment.output[moment.place[neuron_id]]))
            row.show_value(value, moment.fill(neuron_id))

    def _chosen(self, ids: list[int]) -> list[int]:
        if len(ids) <= MOST:
            return ids
        text = self.filter.text().strip().casefold()
        network, selected = self._document.network, self._document.selected_neurons
        if text:
            chosen = [i for i in ids if text in network.neuron_values(i).name.casefold()]
        else:
            chosen = [i for i in ids if i in selected]
        self._found = len(chosen) or (0 if text else len(ids))
        if not chosen and not text:
            return ids[:FIRST]
        return chosen[:MOST]

    def _more_text(self, count: int) -> str:
        if count <= MOST:
            return ""
        if not self.shown:
            return f"None of the {count:,} inputs has this in its name."
        if self._found > len(self.shown):
            found = "" if self._found == count else f"{self._found:,} found, "
            return f"… {found}{count:,} in all: select input neurons on the canvas, or find them by name."
        return f"{len(self.shown)} of {count:,} inputs"

    def _add_row(self) -> None:
        row = ProbeRow()
        row.value_wanted.connect(self._document.set_probe_value)
        row.refused.connect(self.refused)
        self._layout.insertWidget(1 + len(self.rows), row)
        self.rows.append(row)
