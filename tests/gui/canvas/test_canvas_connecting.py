import pytest
from PySide6.QtCore import QPoint, Qt

ACCEPTED = ("x2", "mix")
REFUSED = [("mix", "ramp", "cycle ramp -> mix"), ("ramp", "x1", "input neuron"), ("x1", "ramp", "connected already")]


def arrows(network):
    block = network.store.block
    return set(zip(block.source.tolist(), block.target.tolist(), strict=True))


def test_from_rim_to_neuron_is_one_arrow_and_one_step(canvas, mouse, irregular, name):
    before, (source, target) = irregular.bytes(), map(name, ACCEPTED)
    mouse.drag(canvas.rim_position(source), canvas.neuron_position(target))
    assert (source, target) in arrows(irregular.network)
    assert irregular.undo_stack.count() == 1
    assert irregular.undo_stack.undoText() == f"Connect {source} -> {target}"
    irregular.undo()
    assert irregular.bytes() == before


def test_the_target_shows_what_would_come(canvas, mouse, name):
    source, target = map(name, ACCEPTED)
    start, end = canvas.rim_position(source), canvas.neuron_position(target)
    mouse.press(start)
    mouse.move(start, end)
    assert canvas._stage.feedback == {target: True}
    canvas.grab()
    mouse.release(end)
    assert canvas._stage.feedback == {}


@pytest.mark.parametrize(("source", "target", "reason"), REFUSED)
def test_a_refused_arrow_changes_nothing_and_says_why(canvas, mouse, irregular, name, qtbot, source, target, reason):
    before = irregular.bytes()
    start, end = canvas.rim_position(name(source)), canvas.neuron_position(name(target))
    mouse.press(start)
    mouse.move(start, end)
    assert canvas._stage.feedback == {name(target): False}
    canvas.grab()
    with qtbot.waitSignal(canvas.message) as said:
        mouse.release(end)
    assert reason in said.args[0]
    assert irregular.bytes() == before
    assert irregular.undo_stack.count() == 0


@pytest.mark.parametrize(("source", "target"), [ACCEPTED, ("ramp", "x1")])
def test_escape_ends_it(canvas, mouse, irregular, name, source, target):
    before = irregular.bytes()
    start, end = canvas.rim_position(name(source)), canvas.neuron_position(name(target))
    mouse.press(start)
    mouse.move(start, end)
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(end)
    assert irregular.bytes() == before
    assert irregular.undo_stack.count() == 0
    assert canvas._stage.feedback == {}


def test_to_an_empty_place_adds_a_connected_neuron_as_one_step(canvas, mouse, irregular, name, corner):
    before, source, count = irregular.bytes(), name("mix"), len(irregular.network.neurons)
    mouse.drag(canvas.rim_position(source), corner)
    new = max(irregular.network.neurons)
    assert len(irregular.network.neurons) == count + 1
    assert (source, new) in arrows(irregular.network)
    assert (canvas.neuron_position(new) - corner).manhattanLength() <= 2
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


def test_a_short_way_means_nothing(canvas, mouse, irregular, name):
    before, source = irregular.bytes(), name("mix")
    rim = canvas.rim_position(source)
    mouse.drag(rim, rim + QPoint(12, 0))
    assert irregular.bytes() == before


def test_a_click_on_the_rim_selects(canvas, mouse, irregular, name):
    mouse.click(canvas.rim_position(name("mix")))
    assert irregular.selected_neurons == {name("mix")}


def test_a_foreign_edit_ends_the_gesture(canvas, mouse, irregular, name):
    start, end = canvas.rim_position(name("x2")), canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, end)
    irregular.network.remove(irregular.network.neurons[name("mix")])
    mouse.release(end)
    canvas.grab()
    assert irregular.undo_stack.count() == 0


def test_the_rim_point_is_free_of_badges(canvas, irregular, name):
    number = name("mix")
    irregular.network.neurons[number].activation = "step"
    irregular.network.neurons[number].locked = True
    canvas.set_zoom(1.0)
    rim, centre = canvas.rim_position(number), canvas.neuron_position(number)
    assert (rim - centre).manhattanLength() >= 30
    assert canvas._board.is_on_rim(number, rim.toPointF())
