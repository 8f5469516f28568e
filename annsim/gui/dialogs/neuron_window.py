"""The window of one neuron: the textbook picture from inputs to output, live and editable."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annsim.gui.dialogs.neuron_diagram import NeuronDiagram
from annsim.gui.document import Document
from annsim.gui.look import values
from annsim.gui.widgets.empty_state import EmptyState
from annsim.gui.widgets.live_updates import LiveUpdates
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.gui.widgets.panel_edits import PanelEdits
from annsim.network.edits import Edit


class NeuronWindow(QDialog):
    """Shows how a neuron makes its output; it does not block the window and closes with its neuron."""

    def __init__(self, document: Document, neuron_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("neuron_window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self._document, self._id = document, neuron_id
        self.strip = MessageStrip()
        self.diagram = NeuronDiagram(document, neuron_id, PanelEdits(document, self._say))
        self._input = EmptyState(
            "neuron_input",
            "An input neuron computes nothing",
            "It hands on a value of the data: its output is that value.",
        )
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setWidget(self.diagram)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # it has the focus first: reading comes before editing
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._input)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)
        document.edited.connect(self._after_edit)
        document.replaced.connect(self.close)
        LiveUpdates(document, self._after_moment, self)
        self.refresh()
        self._fit()
        self._scroll.setFocus()

    @property
    def neuron_id(self) -> int:
        """The neuron on show."""
        return self._id

    def refresh(self, *, is_live: bool = False) -> None:
        """Show the neuron as it is at this moment."""
        neuron = self._document.network.neuron_values(self._id)
        self.setWindowTitle(f"{neuron.name} - from inputs to output")
        self.setAccessibleName(self.windowTitle())
        is_input = neuron.role == "input"
        self._stack.setCurrentWidget(self._input if is_input else self._scroll)
        if not is_input:
            self.diagram.refresh(is_live=is_live)

    def _fit(self) -> None:
        """Take the size of the picture, as far as the screen has room."""
        wanted = self.diagram.sizeHint()
        room = self.screen().availableSize()
        edge = values()["spacing"]["10"]
        self.resize(min(wanted.width() + 2, room.width() - edge), min(wanted.height() + 2, room.height() - 2 * edge))

    def _after_edit(self, edit: Edit) -> None:
        if self._id in self._document.network.neurons:
            self.refresh()
        else:
            self.close()

    def _after_moment(self) -> None:
        if self.isVisible() and self._id in self._document.network.neurons:
            self.refresh(is_live=True)

    def _say(self, text: str) -> None:
        if text:
            self.strip.show_message("error", text)
        else:
            self.strip.clear()
