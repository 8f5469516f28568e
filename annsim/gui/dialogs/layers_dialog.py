"""Dialogs that ask for a layer, or for fully connected layers."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from annsim.errors import AnnsimError
from annsim.functions.activation import ACTIVATIONS
from annsim.gui.widgets.choice_box import ChoiceBox
from annsim.gui.widgets.curve_picture import curve_icon
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.network.builders import block_places
from annsim.network.network import Network
from annsim.network.neuron import ROLES


class LayersDialog(QDialog):
    """Asks for fully connected layers such as 2-4-1; `network` holds them after it was accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Connected layers")
        self.network: Network | None = None
        self.sizes = QLineEdit("2-4-1")
        self.sizes.setToolTip("Numbers of neurons with minus signs between them, inputs first")
        self.activation = _functions("tanh")
        self.output_activation = _functions("sigmoid")
        self._strip = MessageStrip()
        form = QFormLayout(self)
        form.addRow(self._strip)
        form.addRow("Layers", self.sizes)
        form.addRow("Hidden neurons", self.activation)
        form.addRow("Output neurons", self.output_activation)
        form.addRow(_buttons(self))
        for widget, name in ((self.sizes, "Layers"), (self.activation, "Function of the hidden neurons")):
            widget.setAccessibleName(name)
        self.output_activation.setAccessibleName("Function of the output neurons")
        self.sizes.selectAll()

    def accept(self) -> None:  # noqa: D102 (Qt's own)
        text = self.sizes.text().replace("−", "-").replace(" ", "").strip("-")
        parts = text.split("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
            self._strip.show_message("error", "Write numbers of neurons with minus signs between them, such as 2-4-1.")
            return
        try:
            self.network = Network.layered(
                [int(part) for part in parts],
                activation=self.activation.currentText(),
                output_activation=self.output_activation.currentText(),
            )
        except AnnsimError as error:
            self._strip.show_message("error", str(error))
            return
        super().accept()


class LayerDialog(QDialog):
    """Asks for a column of neurons; `network` holds them after it was accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Layer")
        self.network = Network()
        self.count = QSpinBox()
        self.count.setRange(1, 1000)
        self.count.setValue(3)
        self.role = ChoiceBox(ROLES)
        self.role.setCurrentText("hidden")
        self.activation = _functions("tanh")
        form = QFormLayout(self)
        form.addRow("Neurons", self.count)
        form.addRow("Role", self.role)
        form.addRow("Activation", self.activation)
        form.addRow(_buttons(self))
        self.count.setAccessibleName("Number of neurons")
        self.role.setAccessibleName("Role")
        self.activation.setAccessibleName("Activation function")
        self.role.currentTextChanged.connect(lambda role: self.activation.setEnabled(role != "input"))

    def accept(self) -> None:  # noqa: D102 (Qt's own)
        role = self.role.currentText()
        places, _ = block_places(self.count.value(), 0.0)
        for place in places:
            self.network.add_neuron(
                role,  # type: ignore[arg-type]  # the combo box holds roles only
                activation=None if role == "input" else self.activation.currentText(),
                position=place,
            )
        super().accept()


def _functions(chosen: str) -> ChoiceBox:
    box = ChoiceBox([name for name in ACTIVATIONS if name != "softmax" or chosen == "sigmoid"], curve_icon)
    box.setCurrentText(chosen)
    return box


def _buttons(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
