"""The probe panel: inputs by hand or from a row of the data, what comes out, and the truth table."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import font, size, values
from annsim.gui.panels.probe_inputs import MOST, ProbeInputs
from annsim.gui.panels.probe_output_rows import OutputRows
from annsim.gui.panels.probe_outputs import probed
from annsim.gui.panels.probe_stepper import RowStepper
from annsim.gui.panels.probe_table import TruthView
from annsim.gui.panels.probe_truth import truth_table
from annsim.gui.theme import theme
from annsim.gui.widgets.connection_row import ElidedLabel
from annsim.gui.widgets.empty_state import EmptyState
from annsim.gui.widgets.live_updates import LiveUpdates
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.gui.widgets.segments import Segments

FROM_DATA, BY_HAND = 0, 1


class ProbePanel(QWidget):
    """Sets inputs and shows what comes out at once; nothing of it changes the project."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("probe")
        self.setAccessibleName("Probe")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the ground of a dock, also when empty
        self._document = document
        self._shown: tuple[list[int], list[int]] = [], []
        self.strip = MessageStrip()
        self.empty = EmptyState(
            "probe", "Nothing to probe yet", "Draw an input neuron and an output neuron, then set the inputs here"
        )
        self.choice = Segments(("Row of the data", "By hand"))
        self.stepper = RowStepper()
        self.inputs = ProbeInputs(document)
        self.outputs = OutputRows()
        self.table = TruthView(document)
        self._lay_out()
        self.choice.chosen.connect(self._choose)
        self.stepper.row_wanted.connect(self._go_to)
        for part in (self.inputs, self.stepper):
            part.refused.connect(lambda text: self.strip.show_message("error", text))
        self._copy.clicked.connect(self.table.copy)
        for signal in (document.replaced, document.edited, document.data_changed):
            signal.connect(self.refresh)
        document.probe_changed.connect(self._after_probe)
        document.selection_changed.connect(self._after_selection)
        LiveUpdates(document, self._show_numbers, self)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.refresh()

    def refresh(self, edit: object = None) -> None:
        """Show everything as it is now."""
        if not self.isVisible():
            return
        document, self._shown = self._document, self._ends()
        has_both = all(self._shown)
        self._stack.setCurrentWidget(self._scroll if has_both else self.empty)
        if not has_both:
            return
        self.strip.clear()
        self._show_choice()
        self.inputs.refresh()
        self.outputs.show_probed(probed(document))
        found = truth_table(document)
        table, reason = (None, found) if isinstance(found, str) else (found, "")
        self._reason.setText(reason)
        self._reason.setVisible(table is None)
        self.table.setVisible(table is not None)
        self._copy.setVisible(table is not None)
        self.table.set_table(table)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's own)
        """Catch up with what happened while the panel was hidden."""
        super().showEvent(event)
        self.refresh()

    # parts

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(spacing["3"], spacing["2"], spacing["3"], spacing["3"])
        inside.setSpacing(spacing["2"])
        self._about = ElidedLabel()
        self._about.setProperty("role", "small")
        for line in (self.stepper, self._about):
            line.setFixedHeight(size("control"))  # nothing below moves when the first switch is turned
        self._reason = QLabel(wordWrap=True)
        self._reason.setProperty("role", "small")
        self._copy = QToolButton()
        self._copy.setToolTip("Copy the truth table as text, columns parted by tabs (Ctrl+C in the table)")
        self._copy.setAccessibleName("Copy the truth table")
        for part in (self.choice, self.stepper, self._about):
            inside.addWidget(part)
        inside.addWidget(self.inputs)
        inside.addWidget(self.outputs)
        inside.addLayout(_headed("Truth table", self._copy))
        inside.addWidget(self._reason)
        inside.addWidget(self.table)
        inside.addStretch()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(page)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)

    # showing

    def _show_choice(self) -> None:
        document = self._document
        columns, by_hand = document.probe_columns(), document.probe
        has_rows = bool(columns.inputs)
        from_data, _ = self.choice.segments
        from_data.setText("Row of the data" if has_rows else "Inputs at 0")
        from_data.setToolTip(
            "Show the numbers of a row of the data" if has_rows else "There is no data that fits: show inputs at 0"
        )
        self.choice.segments[BY_HAND].setToolTip("Set the inputs yourself; neither the project nor a training changes")
        self.choice.show_chosen(FROM_DATA if by_hand is None else BY_HAND)
        self.stepper.setVisible(has_rows and by_hand is None)
        self._about.setVisible(has_rows and by_hand is not None)
        if has_rows and document.dataset is not None:
            self.stepper.show_row(document.row, len(document.dataset))
        if by_hand is not None and has_rows:
            rows = columns.rows(columns.numbers(by_hand))
            self._about.set_whole(_rows_text(rows.tolist()))

    def _after_probe(self) -> None:
        if self.isVisible():
            self.strip.clear()
            self._show_numbers()

    def _show_numbers(self) -> None:
        """Show the moment: other weights, or another row of the data."""
        if not self.isVisible() or not all(self._shown) or self._shown != self._ends():
            return  # an edit is under way; `refresh` comes after it
        self._show_choice()
        self.inputs.show_values()
        self.outputs.show_probed(probed(self._document))
        self.table.refresh()

    def _ends(self) -> tuple[list[int], list[int]]:
        """Return the ids of the input and of the output neurons."""
        network = self._document.network
        return network.ids_of_role("input"), network.ids_of_role("output")

    def _after_selection(self) -> None:
        if len(self._document.network.ids_of_role("input")) > MOST:
            self.refresh()

    def _go_to(self, row: int) -> None:
        self._document.set_probe_row(row)
        self._show_numbers()  # at once: the next key counts from this row

    def _choose(self, place: int) -> None:
        if place == FROM_DATA:
            self._document.leave_probe()
        elif self._document.probe is None:
            self._document.set_probe_values({})

    def _recolour(self) -> None:
        self._copy.setIcon(icon("copy", size=size("icon_small")))


def _headed(title: str, button: QToolButton) -> QHBoxLayout:
    """Return a heading with a button."""
    label = QLabel(title)
    label.setProperty("role", "small")
    label.setFont(font("strong"))
    label.setFixedHeight(size("list_row"))
    row = QHBoxLayout()
    row.addWidget(label, 1)
    button.setFixedSize(size("list_row"), size("list_row"))
    row.addWidget(button)
    return row


def _rows_text(rows: list[int]) -> str:
    """Return which rows of the data have the present inputs."""
    if not rows:
        return "Not in the data"
    return f"As row {rows[0]:,} of the data" + (f" and {len(rows) - 1:,} more" if len(rows) > 1 else "")
