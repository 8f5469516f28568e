"""A half adder from nothing, by mouse and keys alone: drawn, its weights and thresholds typed, its truth table read."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.gui.main_window import MainWindow
from annsim.gui.panels.palette_panel import PaletteTile

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    shown = MainWindow()
    qtbot.addWidget(shown, before_close_func=lambda w: w.document.replace(type(w.project)()))
    shown.resize(1600, 1000)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def drag(view, start, end):
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    for share in (0.2, 0.5, 0.8, 1.0):
        QTest.mouseMove(viewport, start + (end - start) * share)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def add_from_palette(window, role):
    row = next(row for row in window.palette_panel.rows if row.payload and row.payload.get("role") == role)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    return max(window.document.network.neurons)


def middle_of(canvas, source, target):
    """A point on the arrow, nearer to its source, where no other arrow runs."""
    start, end = canvas.neuron_position(source), canvas.neuron_position(target)
    return start + (end - start) * 0.3


def type_weight(window, source, target, text):
    """Click the arrow, open its weight with Enter, type."""
    canvas = window.canvas
    QTest.mouseClick(canvas.viewport(), LEFT, pos=middle_of(canvas, source, target))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    type_and_accept(text)


def type_and_accept(text):
    field = QApplication.focusWidget()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def type_threshold(window, neuron, text):
    """Click the neuron, open its bias with Enter, go on to its threshold with Tab, type."""
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=window.canvas.neuron_position(neuron))
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    type_and_accept(text)


def draw_half_adder(window):
    canvas = window.canvas
    a, b = add_from_palette(window, "input"), add_from_palette(window, "input")
    total, carry = add_from_palette(window, "output"), add_from_palette(window, "output")
    drag(canvas, canvas.neuron_position(carry), canvas.neuron_position(carry) + QPoint(-140, 120))
    for source, target in ((a, total), (b, total), (a, carry), (b, carry), (carry, total)):
        drag(canvas, canvas.rim_position(source), canvas.neuron_position(target))
    QTest.mouseClick(canvas.viewport(), LEFT, pos=canvas.neuron_position(total))
    QTest.mouseClick(canvas.viewport(), LEFT, SHIFT, canvas.neuron_position(carry))
    step = next(tile for tile in window.palette_panel.findChildren(PaletteTile) if tile.payload["activation"] == "step")
    QTest.mouseClick(step, LEFT)
    for source, target in ((a, total), (b, total), (a, carry), (b, carry)):
        type_weight(window, source, target, "1")
    type_weight(window, carry, total, "-2")
    type_threshold(window, total, "0.5")
    type_threshold(window, carry, "1.5")
    return a, b, total, carry


def test_half_adder_from_nothing(window):
    document = window.document
    empty = document.bytes()
    a, b, total, carry = draw_half_adder(window)
    network = document.network
    assert {(c.source, c.target): c.weight for c in network.connections.values()} == {
        (a, total): 1.0,
        (b, total): 1.0,
        (a, carry): 1.0,
        (b, carry): 1.0,
        (carry, total): -2.0,
    }
    assert [network.neurons[i].activation for i in (total, carry)] == ["step", "step"]
    assert [network.neurons[i].threshold for i in (total, carry)] == [0.5, 1.5]
    assert network.predict([[0, 0], [0, 1], [1, 0], [1, 1]]).tolist() == [[0, 0], [1, 0], [1, 0], [0, 1]]

    steps = document.undo_stack.count()
    drawn = document.bytes()
    for _ in range(steps):
        QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert document.bytes() == empty
    for _ in range(steps):
        QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert document.bytes() == drawn


def test_inputs_switched_on_the_canvas_light_up_sum_and_carry(window):
    a, b, total, carry = draw_half_adder(window)
    canvas, document = window.canvas, window.document
    for neurons, digit, wanted in (([a], "1", (1.0, 0.0)), ([a, b], "1", (0.0, 1.0)), ([a], "0", (1.0, 0.0))):
        document.select(neurons)
        canvas.setFocus()
        QTest.keyClick(canvas, digit)
        shown = [document.moment.neuron(i).output for i in (total, carry)]
        assert tuple(shown) == wanted
