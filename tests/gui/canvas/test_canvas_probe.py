import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annsim.data.dataset import Dataset
from annsim.formats.examples import read_example
from annsim.gui.canvas import probe_switch
from annsim.gui.document import Document
from annsim.gui.training_control import State
from annsim.network.network import Network
from annsim.project.project import Project
from tests.gui.canvas.conftest import Mouse
from tests.gui.panels.probing import SUMS, half_adder, outputs_of

Key = Qt.Key


@pytest.fixture
def adder(qapp):
    return half_adder()


@pytest.fixture
def adder_canvas(open_canvas, adder):
    return open_canvas(adder)


@pytest.fixture
def adder_mouse(adder_canvas):
    return Mouse(adder_canvas)


def switch(canvas, neuron_id):
    """The middle of a switch in viewport pixels."""
    radius = canvas._board.circle(neuron_id)[1]
    return canvas.neuron_position(neuron_id) - QPoint(round(radius + probe_switch.GAP + probe_switch.WIDTH / 2), 0)


def ink(canvas, point):
    """The colours round a place."""
    picture, ratio = canvas.grab().toImage(), canvas.devicePixelRatioF()
    around = [(x, y) for x in range(-9, 10, 3) for y in (-3, 0, 3)]
    return [
        picture.pixelColor(round((point.x() + x) * ratio), round((point.y() + y) * ratio)).name() for x, y in around
    ]


@pytest.mark.parametrize(("bits", "sums"), SUMS)
def test_switches_beside_the_inputs_are_clicked(adder_canvas, adder_mouse, adder, bits, sums):
    adder.set_probe_values({})
    for neuron_id, bit in zip((1, 2), bits, strict=True):
        if bit:
            adder_mouse.click(switch(adder_canvas, neuron_id))
    assert outputs_of(adder) == sums
    assert adder.undo_stack.count() == 0
    assert not adder.selected_neurons


def test_a_click_begins_a_probe_with_the_row_on_show(open_canvas, xor_document):
    canvas = open_canvas(xor_document)
    xor_document.show_row(2)
    Mouse(canvas).click(switch(canvas, 2))
    assert xor_document.probe == {1: 1.0, 2: 1.0}


def test_quick_clicks_turn_it_each_time_and_add_no_neuron(adder_canvas, adder_mouse, adder):
    adder_mouse.double_click(switch(adder_canvas, 1))
    adder_mouse.release(switch(adder_canvas, 1))
    assert len(adder.network.neurons) == 4
    assert adder.probe == {1: 0, 2: 0}


def test_a_release_elsewhere_turns_nothing(adder_canvas, adder_mouse, adder):
    start = switch(adder_canvas, 1)
    adder_mouse.drag(start, start + QPoint(0, 60))
    assert adder.probe is None
    adder_mouse.press(start)
    adder_mouse.key(Key.Key_Escape)
    adder_mouse.release(start)
    assert adder.probe is None


def test_the_switch_is_painted_while_inputs_are_set_by_hand(adder_canvas, adder):
    place = switch(adder_canvas, 1)
    empty = ink(adder_canvas, place)
    adder.set_probe_values({})
    low = ink(adder_canvas, place)
    adder.set_probe_value(1, 1)
    high = ink(adder_canvas, place)
    adder.set_probe_value(1, 0.5)
    between = ink(adder_canvas, place)
    assert len({tuple(colours) for colours in (empty, low, high, between)}) == 4
    adder.leave_probe()
    assert ink(adder_canvas, place) == empty


def test_the_pointer_finds_the_switch(adder_canvas, adder_mouse, adder):
    place = switch(adder_canvas, 2)
    before = ink(adder_canvas, place)
    QTest.mouseMove(adder_canvas.viewport(), place)
    assert adder_canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "switch input b by hand between 0 and 1" in adder_canvas._hand.tool_tip()
    assert ink(adder_canvas, place) != before
    QTest.mouseMove(adder_canvas.viewport(), place + QPoint(0, 80))
    assert adder_canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert ink(adder_canvas, place) == before


def test_keys_set_the_selected_inputs(qtbot, adder_canvas, adder_mouse, adder):
    qtbot.waitUntil(adder_canvas.hasFocus)
    adder.select([1, 2, 3])
    adder_mouse.key(Key.Key_1)
    assert adder.probe == {1: 1, 2: 1}
    assert outputs_of(adder) == (0, 1)
    adder.select([1])
    adder_mouse.key(Key.Key_0)
    assert adder.probe == {1: 0, 2: 1}
    adder_canvas.actions_by_name["leave_probe"].trigger()
    assert adder.probe is None


def test_keys_without_a_selected_input_say_what_is_missing(qtbot, adder_canvas, adder_mouse, adder):
    qtbot.waitUntil(adder_canvas.hasFocus)
    adder.select([3])
    with qtbot.waitSignal(adder_canvas.message) as said:
        adder_mouse.key(Key.Key_1)
    assert said.args == ["Select an input neuron first."]
    assert adder.probe is None


def test_levels_are_those_of_the_data(qtbot, open_canvas, qapp):
    document = Document(Project(Network.layered([2, 1], output_activation="tanh")))
    document.set_data(Dataset([[-1, -1], [-1, 1], [1, -1], [1, 1]], [-1, 1, 1, -1]), None)
    canvas = open_canvas(document)
    Mouse(canvas).click(switch(canvas, 1))
    assert document.probe == {1: 1.0, 2: -1.0}
    document.select([1])
    qtbot.waitUntil(canvas.hasFocus)
    Mouse(canvas).key(Key.Key_0)
    assert document.probe == {1: -1.0, 2: -1.0}


def test_an_input_of_other_values_shows_a_rail_and_no_switch(open_canvas, qapp):
    document = Document(read_example("sine"))
    document.load_data(document.project.data)
    canvas = open_canvas(document)
    canvas.fit()
    place = switch(canvas, 1)
    before = ink(canvas, place)
    document.set_probe_value(1, 0.3)
    assert ink(canvas, place) != before
    Mouse(canvas).click(place)
    assert document.probe == {1: 0.3}


def test_an_arrow_is_still_drawn_from_the_left_of_an_input(adder_canvas, adder_mouse, adder):
    adder.network.remove(next(c for c in adder.network.connections.values() if (c.source, c.target) == (1, 4)))
    radius = adder_canvas._board.circle(1)[1]
    start = adder_canvas.neuron_position(1) - QPoint(round(radius + 3), 0)
    adder_mouse.drag(start, adder_canvas.neuron_position(4))
    assert any((c.source, c.target) == (1, 4) for c in adder.network.connections.values())
    assert adder.probe is None


def test_a_running_training_goes_on(qtbot, open_canvas, xor_document, control):
    canvas = open_canvas(xor_document)
    control.change_setting("epochs", None)
    control.change_setting("goal", None)
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 20)
    session = control.session
    Mouse(canvas).click(switch(canvas, 1))
    assert xor_document.probe == {1: 1.0, 2: 0.0}
    assert control.state is State.RUNNING
    assert control.session is session
