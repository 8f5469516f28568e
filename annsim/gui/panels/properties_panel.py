"""The properties panel: what is selected, and everything about it that can be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annsim.gui.document import Document
from annsim.gui.look import values
from annsim.gui.panels.connection_properties import ConnectionProperties
from annsim.gui.panels.neuron_properties import NeuronProperties
from annsim.gui.widgets.empty_state import EmptyState
from annsim.gui.widgets.live_updates import LiveUpdates
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.gui.widgets.panel_edits import PanelEdits
from annsim.network.edits import Edit

LEAST_WIDTH = 264


class PropertiesPanel(QWidget):
    """Shows the selected neurons and connections of a document; each change is one undo step.

    Signals
    -------
    neuron_opened : the textbook picture of a neuron is wanted; carries its id.
    """

    neuron_opened = Signal(int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("properties")
        self.setAccessibleName("Properties")
        self.setMinimumWidth(LEAST_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the ground of a dock, also when empty
        self._document = document
        self._shown = self._selected()
        self.strip = MessageStrip()
        edits = PanelEdits(document, self._say)
        self.neurons = NeuronProperties(document, edits)
        self.connections = ConnectionProperties(document, edits)
        self.empty = EmptyState(
            "select", "Nothing selected", "Click a neuron or an arrow; Shift-click or drag a frame for several"
        )
        self.only_notes = EmptyState(
            "note", "No neuron or arrow selected", "Double-click a note, or press Enter, to write in it"
        )
        self._lay_out()
        self.neurons.open_window.clicked.connect(self._open_window)
        document.selection_changed.connect(self._after_selection)
        document.edited.connect(self._after_edit)
        document.replaced.connect(self._after_replacing)
        LiveUpdates(document, self._after_moment, self)
        self.refresh(start_over=True)

    def refresh(self, *, start_over: bool = False) -> None:
        """Show the selection as it is now."""
        document = self._document
        if start_over:
            self._shown = self._selected()
            self.strip.clear()
        network = document.network
        neurons = sorted(i for i in document.selected_neurons if i in network.neurons)
        connections = sorted(i for i in document.selected_connections if i in network.connections)
        empty = self.only_notes if document.selected_notes else self.empty
        self._stack.setCurrentWidget(self._scroll if neurons or connections else empty)
        self.neurons.setVisible(bool(neurons))
        self.connections.setVisible(bool(connections))
        if neurons:
            self.neurons.show_neurons(neurons, start_over=start_over)
        if connections:
            self.connections.show_connections(connections, start_over=start_over)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's own)
        """Catch up with what happened while the panel was hidden."""
        super().showEvent(event)
        self.refresh()

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(spacing["3"], spacing["2"], spacing["3"], spacing["3"])
        inside.setSpacing(spacing["4"])
        inside.addWidget(self.neurons)
        inside.addWidget(self.connections)
        inside.addStretch()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(page)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.only_notes)
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)

    def _after_replacing(self) -> None:
        self.refresh(start_over=True)

    def _after_selection(self) -> None:
        if self._selected() != self._shown:
            self.refresh(start_over=True)

    def _selected(self) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
        document = self._document
        return document.selected_neurons, document.selected_connections, document.selected_notes

    def _after_edit(self, edit: Edit) -> None:
        self.refresh()

    def _after_moment(self) -> None:
        if not self.isVisible():
            return
        network = self._document.network
        if any(i in network.neurons for i in self._document.selected_neurons):
            self.neurons.show_moment(is_live=True)
        if self._document.selected_connections:
            self.connections.show_moment(is_live=True)

    def _say(self, text: str) -> None:
        if text:
            self.strip.show_message("error", text)
        else:
            self.strip.clear()

    def _open_window(self) -> None:
        chosen = self._document.selected_neurons
        if len(chosen) == 1:
            self.neuron_opened.emit(next(iter(chosen)))
