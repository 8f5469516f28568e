import numpy as np
import pytest
from PySide6.QtCore import Qt

from annsim.gui.canvas.arranging import ARRANGEMENTS
from annsim.gui.undo import is_cosmetic

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def places(irregular):
    """A function that returns the places of neurons, (neuron, 2)."""
    network = irregular.network
    return lambda ids=None: np.array([network.neuron_values(i).position for i in ids or network.neurons])


def in_view(canvas, ids):
    return all(canvas.viewport().rect().contains(canvas.neuron_position(i)) for i in ids)


@pytest.mark.parametrize("action", ARRANGEMENTS)
def test_each_is_one_cosmetic_step_and_all_stay_in_view(canvas, irregular, action, places):
    irregular.network.neurons[3].position = 37.0, -400.0
    before, old, done = irregular.bytes(), places(), []
    irregular.edited.connect(done.append)
    canvas.actions_by_name[action].trigger()
    assert irregular.undo_stack.count() == 1
    assert irregular.undo_stack.undoText() == ARRANGEMENTS[action][0]
    assert all(is_cosmetic(edit) for edit in done)
    assert not np.array_equal(places(), old)
    assert in_view(canvas, irregular.network.neurons)
    irregular.undo()
    assert irregular.bytes() == before


def test_layers_stand_by_depth(mouse, irregular, places):
    irregular.network.neurons[8].position = -300.0, 0.0
    mouse.key(Qt.Key.Key_L, CONTROL)
    x = dict(zip(irregular.network.neurons, places()[:, 0].tolist(), strict=True))
    assert x[1] == x[2] < x[3] == x[4] == x[5] < x[6] < x[7] < x[8]


@pytest.mark.parametrize(
    ("key", "axis", "end"),
    [(Qt.Key.Key_Left, 0, min), (Qt.Key.Key_Right, 0, max), (Qt.Key.Key_Up, 1, min), (Qt.Key.Key_Down, 1, max)],
)
def test_control_and_an_arrow_key_aligns_the_selection_alone(mouse, irregular, name, places, key, axis, end):
    chosen = [name("bend"), name("soft"), name("x2")]
    others = [i for i in irregular.network.neurons if i not in chosen]
    old = places()
    line, stays = end(places(chosen)[:, axis]), places(others)
    irregular.select(chosen)
    mouse.key(key, CONTROL)
    assert (places(chosen)[:, axis] == line).all()
    assert np.array_equal(places(others), stays)
    assert not np.array_equal(places(), old)


def test_one_selected_neuron_means_the_whole_drawing(mouse, irregular, name, places):
    irregular.select([name("x1")])
    mouse.key(Qt.Key.Key_Up, CONTROL)
    assert len(set(places()[:, 1].tolist())) == 1


def test_what_is_arranged_already_is_no_step(canvas, mouse, irregular):
    mouse.key(Qt.Key.Key_L, CONTROL)
    said = []
    canvas.message.connect(said.append)
    mouse.key(Qt.Key.Key_L, CONTROL)
    assert said == ["Nothing moved: the neurons stand like this already."]
    assert irregular.undo_stack.count() == 1


def test_in_a_small_part_of_the_view_the_arranged_ones_come_into_view(canvas, mouse, irregular, name):
    canvas.set_zoom(3.0)
    irregular.select([name("x1"), name("x2")])
    mouse.key(Qt.Key.Key_Up, CONTROL)
    assert in_view(canvas, [name("x1"), name("x2")])
