"""Drawings and a panel for the tests of the probe."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annsim.gui.document import Document
from annsim.gui.panels.probe_panel import ProbePanel
from annsim.network.network import Network
from annsim.project.project import Project

SUMS = [((0, 0), (0, 0)), ((0, 1), (1, 0)), ((1, 0), (1, 0)), ((1, 1), (0, 1))]  # a, b; sum, carry


def half_adder():
    """A document with a half adder of two step neurons that never learned; ids a, b, sum, carry = 1, 2, 3, 4."""
    network = Network()
    a, b = network.add_neuron("input", "a"), network.add_neuron("input", "b", position=(0, 240))
    total = network.add_neuron("output", "sum", activation="step", threshold=0.5, position=(400, 0))
    carry = network.add_neuron("output", "carry", activation="step", threshold=1.5, position=(240, 240))
    for target in (total, carry):
        network.connect(a, target, 1)
        network.connect(b, target, 1)
    network.connect(carry, total, -2)
    return Document(Project(network))


def outputs_of(document):
    return tuple(document.moment.neuron(i).output for i in document.network.ids_of_role("output"))


def shown(qtbot, document, width=240):
    panel = ProbePanel(document)
    qtbot.addWidget(panel)
    panel.resize(width, 800)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_number(row, text):
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, text)
    QTest.keyClick(row.field, Qt.Key.Key_Return)
