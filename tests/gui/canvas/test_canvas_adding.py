import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

PLACE = QPoint(300, 120)
NO_KEYS = Qt.KeyboardModifier.NoModifier


def drop(canvas, payload, point):
    """Send a canvas what the window system sends it for a drag that ends in a drop; return whether it was taken."""
    data = QMimeData()
    data.setData("application/x-annsim-neuron", payload if isinstance(payload, bytes) else json.dumps(payload).encode())
    what = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEYS
    entering = QDragEnterEvent(point, *what)
    QApplication.sendEvent(canvas.viewport(), entering)
    QApplication.sendEvent(canvas.viewport(), QDragMoveEvent(point, *what))
    canvas.grab()
    dropping = QDropEvent(QPointF(point), *what)
    QApplication.sendEvent(canvas.viewport(), dropping)
    return entering.isAccepted() and dropping.isAccepted()


def test_double_click_adds_a_hidden_neuron_there(empty, empty_mouse, document):
    before = document.bytes()
    empty_mouse.double_click(PLACE)
    (number,) = document.network.neurons
    assert document.network.neurons[number].role == "hidden"
    assert empty.neuron_position(number) == PLACE
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.bytes() == before


def test_n_adds_one_at_the_pointer_but_not_on_another(empty, empty_mouse, document, qtbot):
    QTest.mouseMove(empty.viewport(), PLACE)
    empty_mouse.key(Qt.Key.Key_N)
    (number,) = document.network.neurons
    assert empty.neuron_position(number) == PLACE
    with qtbot.waitSignal(empty.message):
        empty_mouse.key(Qt.Key.Key_N)
    assert len(document.network.neurons) == 1


def test_double_click_opens_what_is_there(canvas, mouse, irregular, name, qtbot):
    with qtbot.waitSignal(canvas.neuron_opened) as opened:
        mouse.double_click(canvas.neuron_position(name("mix")))
    assert opened.args == [name("mix")]
    assert irregular.undo_stack.count() == 0


@pytest.mark.parametrize("role", ["input", "hidden", "output"])
def test_a_dropped_neuron(empty, document, role):
    assert drop(empty, {"role": role, "activation": "relu"}, PLACE)
    (number,) = document.network.neurons
    neuron = document.network.neurons[number]
    assert (neuron.role, neuron.activation) == (role, "linear" if role == "input" else "relu")
    assert empty.neuron_position(number) == PLACE


def test_a_dropped_function_is_for_the_whole_selection(canvas, irregular, name):
    before = irregular.bytes()
    irregular.select([name("mix"), name("ramp"), name("x1")])
    assert drop(canvas, {"activation": "sine"}, canvas.neuron_position(name("mix")))
    neurons = irregular.network.neurons
    assert [neurons[name(n)].activation for n in ("mix", "ramp", "x1")] == ["sine", "sine", "linear"]
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


@pytest.mark.parametrize("payload", [b"", b"[1]", b"{", {"activation": "magic"}, {"role": "king"}])
def test_a_strange_drop_is_not_taken(canvas, irregular, payload):
    before = irregular.bytes()
    assert not drop(canvas, payload, PLACE)
    assert irregular.bytes() == before


def test_a_function_dropped_on_an_input_says_why_not(canvas, irregular, name, qtbot):
    before = irregular.bytes()
    with qtbot.waitSignal(canvas.message):
        assert not drop(canvas, {"activation": "sine"}, canvas.neuron_position(name("x1")))
    assert irregular.bytes() == before


def test_a_drag_that_leaves_leaves_nothing(canvas, irregular, name):
    before = irregular.bytes()
    data = QMimeData()
    data.setData("application/x-annsim-neuron", b'{"activation": "sine"}')
    point = canvas.neuron_position(name("mix"))
    what = point, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEYS
    QApplication.sendEvent(canvas.viewport(), QDragEnterEvent(*what))
    QApplication.sendEvent(canvas.viewport(), QDragMoveEvent(*what))
    assert canvas._stage.feedback == {name("mix"): True}
    QApplication.sendEvent(canvas.viewport(), QDragLeaveEvent())
    assert canvas._stage.feedback == {}
    assert irregular.bytes() == before


@pytest.mark.parametrize(
    ("text", "signal"), [("Connected", "layers_wanted"), ("From my", "data_wanted"), ("Example", "example_wanted")]
)
def test_the_buttons_of_the_empty_canvas(empty, empty_mouse, qtbot, text, signal):
    button = next(b for b in empty.findChildren(QPushButton) if b.text().startswith(text))
    assert button.isVisible()
    with qtbot.waitSignal(getattr(empty, signal)):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    empty_mouse.double_click(PLACE)
    assert not button.isVisible()


def test_neurons_added_without_pointing_do_not_overlap(empty, document):
    for role in ("input", "input", "hidden", "output", "hidden", "hidden"):
        empty.add_neuron(role, "")
    places = [empty.neuron_position(i) for i in document.network.neurons]
    apart = [QPointF(a - b).manhattanLength() for k, a in enumerate(places) for b in places[:k]]
    assert min(apart) >= 72
    assert all(empty.viewport().rect().contains(place) for place in places)
