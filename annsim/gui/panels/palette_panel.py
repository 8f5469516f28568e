"""The palette: neurons, layers and activation functions to drag onto the canvas, or to add with the keyboard."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annsim.functions.activation import ACTIVATIONS
from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import font, size, values
from annsim.gui.panels.neuron_tiles import PaletteRow, PaletteTile
from annsim.gui.theme import theme
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.gui.widgets.panel_edits import PanelEdits

LEAST_WIDTH = 200
FIRST = 4  # activation functions that are always on show
ADD = "drag it onto the canvas, or press Enter or double-click"
ADD_LAYER = "drag it onto the canvas, or click; how many neurons is asked there"
NEURONS = (
    ("neuron_input", "Input neuron", "input", f"Input neuron: hands on a value of the data; {ADD}"),
    ("neuron_hidden", "Hidden neuron", "hidden", f"Hidden neuron: between inputs and outputs; {ADD}"),
    ("neuron_output", "Output neuron", "output", f"Output neuron: compared with a target value; {ADD}"),
)


class PalettePanel(QWidget):
    """What can be drawn.

    Signals
    -------
    neuron_wanted : (role, activation) add a neuron; activation "" where none was chosen.
    layer_wanted, layers_wanted : add a layer, or connected layers, where there is room.
    """

    neuron_wanted = Signal(str, str)
    layer_wanted = Signal()
    layers_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Palette")
        self.setMinimumWidth(LEAST_WIDTH)
        self._document = document
        self.strip = MessageStrip()
        self._edits = PanelEdits(document, self._say)
        self._is_compact: bool | None = None
        self.rows = self._make_rows()
        self.tiles = [self._make_tile(name) for name in ACTIVATIONS]
        self.more = QPushButton(flat=True)
        self.more.clicked.connect(lambda: self.unfold(self.tiles[-1].isHidden()))
        self._lay_out()
        self.unfold(False)
        document.selection_changed.connect(self.strip.clear)
        theme().changed.connect(self._recolour)

    def unfold(self, is_open: bool) -> None:
        """Show all activation functions, or the first four."""
        for tile in self.tiles[FIRST:]:
            tile.setVisible(is_open)
        count = len(self.tiles) - FIRST
        self.more.setText("Fewer" if is_open else f"{count} more")
        words = (
            "Show the first four activation functions only" if is_open else f"Show {count} more activation functions"
        )
        self.more.setToolTip(words)
        self.more.setAccessibleName(words)
        self._recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's own)
        """Show icons alone where the words would not leave room for the functions."""
        super().resizeEvent(event)
        needed = len(self.rows) * size("button") + 4 * size("form_row") + self.tiles[0].sizeHint().height()
        self._arrange_rows(self.height() < needed)
        self._arrange_tiles()

    # making

    def _make_rows(self) -> list[PaletteRow]:
        rows = []
        for icon_name, text, role, hint in NEURONS:
            row = PaletteRow(icon_name, text, hint, {"role": role})
            row.wanted.connect(lambda role=role: self.neuron_wanted.emit(role, ""))
            rows.append(row)
        for icon_name, text, hint, kind, signal in (
            ("layer", "Layer", f"A column of neurons: {ADD_LAYER}", "layer", self.layer_wanted),
            ("layers_full", "Connected layers", f"Such as 2-4-1: {ADD_LAYER}", "layers", self.layers_wanted),
        ):
            row = PaletteRow(icon_name, text, hint, {"ready_made": kind})
            row.clicked.connect(signal)
            row.wanted.connect(signal)
            rows.append(row)
        return rows

    def _make_tile(self, name: str) -> PaletteTile:
        formula = ACTIVATIONS[name].formula
        tile = PaletteTile(
            name, f"{name}: a = {formula}. Click sets it for the selected neurons; or drag it onto a neuron"
        )
        tile.clicked.connect(lambda: self._set_function(name))
        tile.wanted.connect(lambda: self._want_function(name))
        return tile

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(spacing["2"], spacing["2"], spacing["2"], spacing["2"])
        inside.setSpacing(spacing["2"])
        self._rows_layout = QGridLayout()
        self._rows_layout.setSpacing(0)
        inside.addLayout(self._rows_layout)
        heading = QLabel("Activation functions")
        heading.setProperty("role", "small")
        heading.setFont(font("strong"))
        inside.addWidget(heading)
        self._tile_layouts = QGridLayout(), QGridLayout()
        for tiles in self._tile_layouts:
            tiles.setSpacing(spacing["1"])
            inside.addLayout(tiles)
        inside.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
        inside.addStretch()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(scroll, 1)
        self._arrange_rows(False)
        self._arrange_tiles()

    def _arrange_rows(self, is_compact: bool) -> None:
        if is_compact == self._is_compact:
            return
        self._is_compact = is_compact
        self._rows_layout.setSpacing(values()["spacing"]["1"] if is_compact else 0)
        for k, row in enumerate(self.rows):
            row.set_compact(is_compact)
            self._rows_layout.addWidget(row, 0 if is_compact else k, k if is_compact else 0)

    def _arrange_tiles(self) -> None:
        """Put as many tiles beside each other as there is room for their words."""
        gap, edge = values()["spacing"]["1"], values()["spacing"]["2"]
        room = self.width() - 2 * edge
        for layout, tiles in zip(self._tile_layouts, (self.tiles[:FIRST], self.tiles[FIRST:]), strict=True):
            widest = max(tile.word_width for tile in tiles)
            columns = next((n for n in (4, 3, 2) if n * widest + (n - 1) * gap <= room), 1)
            columns = 2 if columns == 3 and len(tiles) == FIRST else columns  # two and two, not three and one
            for k, tile in enumerate(tiles):
                layout.addWidget(tile, k // columns, k % columns)
            for k in range(FIRST):
                layout.setColumnStretch(k, k < columns)

    # acting

    def _set_function(self, name: str) -> None:
        """Set the function of the selected neurons as one edit; without any it says what to do."""
        network = self._document.network
        chosen = sorted(self._document.selected_neurons)
        computing = [i for i in chosen if network.neuron_values(i).role != "input"]
        if computing:
            self._edits.set_neurons("activation", computing, name)
        elif chosen:
            self.strip.show_message("info", "An input neuron has no activation function.")

    def _want_function(self, name: str) -> None:
        """Set the function of the selected neurons; without any, add a neuron that has it."""
        if self._document.selected_neurons:
            self._set_function(name)
        else:
            self.neuron_wanted.emit("output" if ACTIVATIONS[name].joint else "hidden", name)

    def _say(self, text: str) -> None:
        if text:
            self.strip.show_message("error", text)
        else:
            self.strip.clear()

    def _recolour(self) -> None:
        small = size("icon_small")
        is_open = not self.tiles[-1].isHidden()
        self.more.setIcon(icon("chevron_down" if is_open else "chevron_right", "accent", small))
        self.more.setIconSize(QSize(small, small))
