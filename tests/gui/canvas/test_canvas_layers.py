import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annsim.formats.examples import read_example
from annsim.gui.canvas.draft_card import DraftCard
from annsim.gui.document import Document
from annsim.network.merging import adding
from annsim.network.network import Network

PLACE = QPoint(400, 300)
SHIFT, ALT, NO_KEYS = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def drag(canvas, kind, point, keys=NO_KEYS, *, is_dropped=True):
    data = QMimeData()
    data.setData("application/x-annsim-neuron", json.dumps({"ready_made": kind}).encode())
    what = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, keys
    QApplication.sendEvent(canvas.viewport(), QDragEnterEvent(point, *what))
    QApplication.sendEvent(canvas.viewport(), QDragMoveEvent(point, *what))
    canvas.grab()
    if is_dropped:
        QApplication.sendEvent(canvas.viewport(), QDropEvent(QPointF(point), *what))


def card(canvas):
    """Return the card that is open, or None."""
    return next((one for one in canvas.viewport().findChildren(DraftCard) if one.isVisible()), None)


def write(text):
    """Type into the field that has the focus."""
    QTest.keyClicks(QApplication.focusWidget(), text)


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def roles(network):
    return [neuron.role for neuron in network.neurons.values()]


@pytest.fixture
def layered(qapp, open_canvas):
    """A canvas that shows a 2-3-1 network."""
    document = Document()
    document.network.apply(adding(document.network, Network.layered([2, 3, 1]), (0.0, 0.0), "New"))
    return open_canvas(document)


def test_a_dropped_layer_is_changed_where_it_stands_and_is_one_step(empty, document):
    before = document.bytes()
    drag(empty, "layer", PLACE)
    assert roles(document.network) == ["input"] * 4  # what a drawing without inputs needs
    write("3")
    assert len(document.network.neurons) == 3
    assert [empty.neuron_position(i) - PLACE for i in document.network.neurons] == [
        QPoint(0, -100),
        QPoint(0, 0),
        QPoint(0, 100),
    ]
    press(Qt.Key.Key_Up)
    assert [n.name for n in document.network.neurons.values()] == ["x1", "x2", "x3", "x4"]
    press(ENTER)
    assert card(empty) is None
    assert empty.hasFocus()
    assert document.selected_neurons == set(document.network.neurons)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Add layer of 4 neurons"
    document.undo()
    assert document.bytes() == before


def test_escape_takes_it_back_and_the_selection_too(canvas, irregular, name):
    before = irregular.bytes()
    irregular.select([name("mix")])
    drag(canvas, "layer", QPoint(700, 500))
    write("12")
    assert len(irregular.network.neurons) == 20
    press(ESCAPE)
    assert irregular.bytes() == before
    assert irregular.selected_neurons == {name("mix")}
    assert card(canvas) is None
    assert canvas.hasFocus()


def test_role_and_function_change_it_too(empty, document):
    drag(empty, "layer", PLACE)
    fields = card(empty)
    assert not fields.activation.isEnabled()
    choose(fields.role, "output")
    neurons = list(document.network.neurons.values())
    assert {(n.role, n.activation, n.name[0]) for n in neurons} == {("output", "sigmoid", "y")}
    choose(fields.activation, "softmax")
    assert {n.activation for n in document.network.neurons.values()} == {"softmax"}
    assert document.undo_stack.count() == 1


def choose(box, name):
    """Choose in a box with the keyboard."""
    box.setFocus()
    while box.currentText() != name:
        QTest.keyClick(box, Qt.Key.Key_Down if box.findText(name) > box.currentIndex() else Qt.Key.Key_Up)


def test_what_the_rules_refuse_is_said_and_the_layer_stays(canvas, irregular, name):
    irregular.select([name("x1"), name("x2")])
    said = []
    canvas.message.connect(said.append)
    drag(canvas, "layer", QPoint(700, 500))
    fields = card(canvas)
    assert fields.connect_box.isChecked()
    choose_box(fields.activation, "softmax")
    assert "softmax" in said[-1]
    assert fields.activation.currentText() == "tanh"
    assert len(irregular.network.neurons) == 12
    assert irregular.undo_stack.count() == 1


def choose_box(box, name):
    """Choose in the list that a box opens."""
    box.setCurrentText(name)
    box.textActivated.emit(name)


def test_a_layer_is_connected_from_the_layer_that_was_selected(empty, document):
    drag(empty, "layer", QPoint(200, 300))
    write("3")
    press(ENTER)
    drag(empty, "layer", QPoint(400, 300))
    write("5")
    network = document.network
    ends = sorted((c.source, c.target) for c in network.connections.values())
    assert ends == [(i, j) for i in (1, 2, 3) for j in (4, 5, 6, 7, 8)]
    QTest.mouseClick(card(empty).connect_box, Qt.MouseButton.LeftButton, pos=QPoint(8, 14))
    assert not network.connections
    assert document.undo_stack.count() == 2


def test_a_mixed_selection_is_offered_but_not_connected(canvas, irregular, name):
    irregular.select([name("x1"), name("mix")])
    drag(canvas, "layer", QPoint(700, 500))
    assert not card(canvas).connect_box.isChecked()
    assert len(irregular.network.connections) == 17


def test_connected_layers_follow_what_is_typed(empty, document, qtbot):
    before = document.bytes()
    drag(empty, "layers", PLACE)
    assert len(document.network.neurons) == 7
    write("3-5-2")
    qtbot.waitUntil(lambda: len(document.network.neurons) == 10)
    press(ENTER)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Add layers 3-5-2"
    document.undo()
    assert document.bytes() == before


def test_enter_comes_before_the_pause_in_typing(empty, document):
    drag(empty, "layers", PLACE)
    write("3-2")
    press(ENTER)
    assert roles(document.network) == ["input"] * 3 + ["output"] * 2
    assert document.undo_stack.count() == 1


def test_a_text_that_means_no_layers_is_marked_and_not_taken(empty, document):
    said = []
    empty.message.connect(said.append)
    drag(empty, "layers", PLACE)
    write("3-x")
    assert card(empty).sizes.property("wrong")
    press(ENTER)
    assert card(empty) is not None
    assert "2-4-1" in said[-1]
    press(ESCAPE)
    assert not document.network.neurons


def test_going_elsewhere_keeps_it(empty, document, empty_mouse):
    drag(empty, "layers", PLACE)
    write("1-1")
    empty_mouse.click(QPoint(20, 20))
    assert card(empty) is None
    assert len(document.network.neurons) == 2


def test_an_edit_by_somebody_else_closes_the_card_and_keeps_the_layer(empty, document):
    drag(empty, "layer", PLACE)
    document.network.neurons[1].name = "first"
    assert card(empty) is None
    assert len(document.network.neurons) == 4
    document.undo()


def test_keys_in_the_card_do_nothing_to_the_canvas(empty, document):
    drag(empty, "layer", PLACE)
    places = [n.position for n in document.network.neurons.values()]
    card(empty).role.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Delete, Qt.Key.Key_N):
        press(key)
    assert [n.position for n in document.network.neurons.values()] == places


@pytest.mark.parametrize(("kind", "count"), [("layer", 4), ("layers", 7)])
def test_from_the_menu_it_comes_right_of_all_and_into_view(canvas, irregular, kind, count):
    canvas.ready_made.add(kind)
    new = sorted(irregular.selected_neurons)
    assert len(new) == count
    right = max(irregular.network.neurons[i].position[0] for i in range(1, 9))
    assert all(irregular.network.neurons[i].position[0] > right + 150 for i in new)
    assert all(canvas.viewport().rect().contains(canvas.neuron_position(i)) for i in new)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert canvas.viewport().rect().contains(card(canvas).geometry())


def test_a_drag_shows_ghosts_and_changes_nothing(canvas, irregular):
    before = irregular.bytes()
    drag(canvas, "layers", PLACE, is_dropped=False)
    assert len(canvas._drop._shape) == 7
    assert irregular.bytes() == before


def gap_middle(canvas):
    """Return the middle between the inputs and the hidden neurons of the 2-3-1 network."""
    return (canvas.neuron_position(1) + canvas.neuron_position(5)) / 2


def test_dropped_between_two_full_layers_it_comes_between_them(layered):
    document = layered._board.document
    before = document.bytes()
    drag(layered, "layer", gap_middle(layered))
    network = document.network
    write("2")
    new = {7, 8}
    assert set(network.neurons) == {*range(1, 7), *new}
    ends = {(c.source, c.target) for c in network.connections.values()}
    assert {(a, b) for a, b in ends if a in (1, 2)} == {(a, b) for a in (1, 2) for b in new}
    assert {(a, b) for a, b in ends if a in new} == {(a, b) for a in new for b in (3, 4, 5)}
    press(ENTER)
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.bytes() == before


def test_with_alt_held_it_does_not(layered):
    drag(layered, "layer", gap_middle(layered), ALT)
    assert len(layered._board.document.network.connections) == 9


def test_between_layers_that_are_not_full_it_does_not(layered):
    network = layered._board.document.network
    network.remove(network.connections[1])
    drag(layered, "layer", gap_middle(layered))
    assert len(network.connections) == 8


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_layer_between_selected_and_marked_goes_as_their_arrows_do(layered, is_turned):
    document = layered._board.document
    before, ends = document.bytes(), [[1, 2], [3, 4, 5]]
    first, second = reversed(ends) if is_turned else ends
    document.select(second)
    QTest.keyClick(layered, Qt.Key.Key_C, SHIFT)
    document.select(first)
    layered.actions_by_name["insert_layer"].trigger()
    write("1")
    press(ENTER)
    arrows = {(c.source, c.target) for c in document.network.connections.values()}
    assert {(1, 7), (2, 7), (7, 3), (7, 4), (7, 5)} <= arrows
    assert not arrows & {(1, 3), (2, 5)}
    document.undo()
    assert document.bytes() == before


def test_insert_without_marks_says_what_to_do(layered):
    said = []
    layered.message.connect(said.append)
    layered.actions_by_name["insert_layer"].trigger()
    assert "Shift+C" in said[0]


def test_a_layer_during_a_training_is_one_step_of_its_own(xor_document, open_canvas, control, qtbot):
    canvas = open_canvas(xor_document)
    with qtbot.waitSignal(control.progressed):
        control.toggle()
    canvas.ready_made.add("layer")
    steps = xor_document.undo_stack.count()
    write("2")
    assert xor_document.undo_stack.count() == steps
    press(ESCAPE)
    assert len(xor_document.network.neurons) == len(read_example("xor").network.neurons)
