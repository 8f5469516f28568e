"""The cards of the two ready-made things: a layer, and fully connected layers."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from annsim.errors import NetworkError, shorten
from annsim.functions.activation import ACTIVATIONS
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.draft_card import DraftCard
from annsim.gui.canvas.drafts import layer, layers
from annsim.gui.look import size
from annsim.gui.widgets.choice_box import ChoiceBox, activation_box, role_box
from annsim.gui.widgets.count_field import CountField
from annsim.gui.widgets.curve_picture import curve_icon
from annsim.network.between import layer_between
from annsim.network.edits import Add, Compound
from annsim.network.network import Network
from annsim.network.neuron import DEFAULT_ACTIVATION, Position, Role

FIRST_COUNT, MOST = 4, 10_000
FIRST_SIZES = "2-4-1"
TYPING_MS = 200  # after the last letter the layers are drawn
LIVE = 100_000  # connections; more are drawn when the text is done
WORD = 8  # letters of a function's name for which a box has room
EXAMPLE = "Write numbers of neurons with minus signs between them, such as 2-4-1."


class LayerCard(DraftCard):
    """Asks for the number of neurons, their role and function, and whether the neurons selected before lead to them."""

    def __init__(self, board: Board, viewport: QWidget, place: Position) -> None:
        super().__init__(board, viewport)
        self._place = place
        network = board.document.network
        self._sources, is_layer = sources(network, sorted(board.document.selected_neurons))
        self.count = _count_field()
        self.role = role_box()
        self.role.show_name("hidden" if network.ids_of_role("input") else "input")
        self.activation = activation_box()
        self.activation.setMinimumContentsLength(WORD)
        self.activation.show_name(DEFAULT_ACTIVATION["hidden"])
        self.connect_box = QCheckBox(f"From {_whom(network, self._sources)}")
        self.connect_box.setToolTip("Draw an arrow from each of the neurons selected before to each of the layer")
        self.connect_box.setChecked(is_layer)
        self.add(self.count, "Neurons")
        self.add(self.role, "Role", is_named=False)
        self.add(self.activation, "Activation function", is_named=False)
        if self._sources:
            self.add(self.connect_box, "Connect with the selected neurons", is_named=False)
        self.setFocusProxy(self.count)
        self._good = self._chosen()
        self._show_what_applies()
        self.count.counted.connect(self.change)
        self.role.chosen.connect(self._take_role)
        self.activation.chosen.connect(self.change)
        self.connect_box.toggled.connect(self.change)

    def make(self, network: Network) -> Add:
        """Return the edit that adds the layer."""
        from_whom = self._sources if self.connect_box.isChecked() else ()
        return layer(network, self.count.value, self._role(), self.activation.currentText(), self._place, from_whom)

    def change(self) -> bool:
        """Change the layer; where that is refused, show what it is."""
        is_done = super().change()
        if is_done:
            self._good = self._chosen()
        else:
            count, role, activation = self._good
            self.count.show_value(count)
            self.role.show_name(role)
            self.activation.show_name(activation)
            self._show_what_applies()
        return is_done

    def _chosen(self) -> tuple[int, str, str]:
        return self.count.value, self.role.currentText(), self.activation.currentText()

    def _role(self) -> Role:
        role: Role = self.role.currentText()  # type: ignore[assignment]  # the box holds roles only
        return role

    def _take_role(self, role: str) -> None:
        self._show_what_applies()
        if role != "input":
            self.activation.show_name(DEFAULT_ACTIVATION[role])
        self.change()

    def _show_what_applies(self) -> None:
        is_computing = self._role() != "input"
        self.activation.setEnabled(is_computing)
        self.connect_box.setEnabled(is_computing)


class BetweenCard(DraftCard):
    """Asks for the number and the function of the neurons that come between two others."""

    def __init__(self, board: Board, viewport: QWidget, before: Sequence[int], after: Sequence[int]) -> None:
        super().__init__(board, viewport)
        self._before_it, self._after_it = before, after
        self.count = _count_field()
        self.activation = _functions("hidden", "Activation function of the new neurons")
        self.add(self.count, "Neurons")
        self.add(self.activation, "Activation function", is_named=False)
        self.setFocusProxy(self.count)
        self.count.counted.connect(self.change)
        self.activation.chosen.connect(self.change)

    def make(self, network: Network) -> Compound:
        """Return the edit that inserts the layer."""
        return layer_between(network, self._before_it, self._after_it, self.count.value, self.activation.currentText())


class LayersCard(DraftCard):
    """Asks for sizes such as 2-4-1 and the functions of the hidden and the output neurons."""

    def __init__(self, board: Board, viewport: QWidget, place: Position) -> None:
        super().__init__(board, viewport)
        self._place = place
        self._sizes, self._is_due = sizes_in(FIRST_SIZES), True
        self.sizes = QLineEdit(FIRST_SIZES)
        self.sizes.setMinimumWidth(self.sizes.fontMetrics().horizontalAdvance("0" * 14))
        self.sizes.setToolTip("Numbers of neurons with minus signs between them, inputs first")
        self.activation = _functions("hidden", "Activation function of the hidden neurons")
        self.output_activation = _functions("output", "Activation function of the output neurons")
        self.add(self.sizes, "Layers")
        self.add(self.activation, "Hidden")
        self.add(self.output_activation, "Output")
        self.setFocusProxy(self.sizes)
        self.sizes.selectAll()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.change)
        self.sizes.textEdited.connect(self._read)
        self.activation.chosen.connect(self.change)
        self.output_activation.chosen.connect(self.change)

    def make(self, network: Network) -> Add:
        """Return the edit that adds the layers."""
        self._typing.stop()
        self._is_due = False
        functions = self.activation.currentText(), self.output_activation.currentText()
        return layers(network, self._sizes, *functions, self._place)

    def settle(self) -> bool:
        """Draw what the text says in the end; a text that says nothing is not taken."""
        if self.sizes.property("wrong"):
            self._board.say(EXAMPLE)
            return False
        return not self._is_due or self.change()

    def _read(self, text: str) -> None:
        self._typing.stop()
        try:
            self._sizes = sizes_in(text)
        except NetworkError:
            self._mark(True)
            return
        self._mark(False)
        self._is_due = True
        if sum(before * own for before, own in pairwise(self._sizes)) <= LIVE:
            self._typing.start()

    def _mark(self, is_wrong: bool) -> None:
        if is_wrong != bool(self.sizes.property("wrong")):
            self.sizes.setProperty("wrong", is_wrong)
            self.sizes.style().unpolish(self.sizes)
            self.sizes.style().polish(self.sizes)


def sizes_in(text: str) -> list[int]:
    """Return the sizes that a text such as "2-4-1" means, or raise NetworkError."""
    parts = text.replace("−", "-").replace("–", "-").replace(" ", "").strip("-").split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and int(part[:7]) > 0 for part in parts):
        raise NetworkError(f"'{shorten(text, 40)}' are no layers", hint=EXAMPLE)
    return [int(part) for part in parts]


def sources(network: Network, selected: Sequence[int]) -> tuple[Sequence[int], bool]:
    """Return the neurons that can lead to a new layer, and whether that is likely: they are a layer themselves."""
    able = [i for i in selected if network.neuron_values(i).activation != "softmax"]
    depth = network.depths()
    roles = {network.neuron_values(i).role for i in able}
    return able, len({depth[i] for i in able}) == 1 and "output" not in roles


def _whom(network: Network, neurons: Sequence[int]) -> str:
    if len(neurons) == 1:
        return shorten(network.neuron_values(neurons[0]).name, 16)
    return f"the {len(neurons):,} selected"


def _count_field() -> CountField:
    field = CountField(FIRST_COUNT, 1, MOST, "Number of neurons")
    field.setFixedWidth(2 * size("control"))
    return field


def _functions(role: str, name: str) -> ChoiceBox:
    is_output = role == "output"
    names = [name for name, function in ACTIVATIONS.items() if is_output or not function.joint]
    box = ChoiceBox(names, lambda name: curve_icon(name, size("icon_small")))
    box.setMinimumContentsLength(WORD)
    box.show_name(DEFAULT_ACTIVATION[role])
    box.setToolTip(name)
    return box
