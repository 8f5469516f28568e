"""Selecting by keys and menus; what the mouse selects is in test_canvas_selecting."""

import pytest
from PySide6.QtCore import Qt

from annsim.network.edits import Add
from annsim.network.notes import NoteValues

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
IN, OUT = Qt.Key.Key_6, Qt.Key.Key_7


@pytest.fixture
def messages(canvas):
    said = []
    canvas.message.connect(said.append)
    return said


@pytest.fixture
def names(irregular):
    """A function that returns the names of the selected neurons."""
    return lambda: {irregular.network.neuron_values(i).name for i in irregular.selected_neurons}


@pytest.fixture
def arrows(irregular):
    """A function that returns the selected arrows as "source target"."""

    def found():
        network = irregular.network
        ends = [(network.connections[i].source, network.connections[i].target) for i in irregular.selected_connections]
        return {" ".join(network.neuron_values(i).name for i in pair) for pair in ends}

    return found


def do(canvas, action):
    canvas.actions_by_name[action].trigger()


def test_incoming_arrows_first_alone_then_with_their_sources_and_so_on(mouse, irregular, name, names, arrows, messages):
    before = irregular.bytes()
    irregular.select([name("mix")])
    mouse.key(IN)
    assert (names(), arrows()) == (set(), {"bend mix", "ramp mix", "x1 mix"})
    mouse.key(IN)
    assert (names(), arrows()) == ({"bend", "ramp", "x1"}, {"bend mix", "ramp mix", "x1 mix"})
    mouse.key(IN)
    assert arrows() == {"bend mix", "ramp mix", "x1 mix", "x1 bend", "x2 bend", "x1 ramp", "x2 ramp"}
    mouse.key(IN)
    assert names() == {"bend", "ramp", "x1", "x2"}
    mouse.key(IN)
    assert messages == ["Nothing more comes in here."]
    assert irregular.bytes() == before


def test_outgoing_arrows_of_several(mouse, irregular, name, names, arrows):
    irregular.select([name("bend"), name("mix")])
    mouse.key(OUT)
    assert (names(), arrows()) == (set(), {"bend mix", "bend class", "mix soft", "mix class"})
    mouse.key(OUT)
    assert names() == {"mix", "class", "soft"}


def test_the_other_key_leads_back_to_where_the_arrows_come_from(mouse, irregular, name, names):
    irregular.select([name("mix")])
    mouse.key(IN)
    mouse.key(OUT)
    assert names() == {"mix"}


def test_without_any_it_says_so_and_the_selection_stays(mouse, irregular, name, names, messages):
    irregular.select([name("x1")])
    mouse.key(IN)
    assert messages == ["Nothing more comes in here."]
    assert names() == {"x1"}


def test_arrows_among_the_selection(canvas, irregular, name, names, arrows):
    irregular.select([name("ramp"), name("mix"), name("class")])
    do(canvas, "select_inner")
    assert (names(), arrows()) == ({"ramp", "mix", "class"}, {"ramp mix", "mix class"})


def test_invert_turns_the_kinds_that_are_selected(canvas, mouse, irregular, name, names):
    network = irregular.network
    irregular.select([name("x1")])
    mouse.key(Qt.Key.Key_I, CONTROL)
    assert len(names()) == 7
    assert not irregular.selected_connections
    irregular.select([], [1, 2])
    mouse.key(Qt.Key.Key_I, CONTROL)
    assert irregular.selected_connections == network.connections.keys() - {1, 2}
    assert not irregular.selected_neurons
    irregular.select()
    irregular.do(Add(notes=(NoteValues(1, "a"),)))
    mouse.key(Qt.Key.Key_I, CONTROL)
    assert irregular.selected_neurons == network.neurons.keys()
    assert irregular.selected_notes == {1}


def test_all_and_nothing(mouse, irregular):
    mouse.key(Qt.Key.Key_A, CONTROL)
    assert irregular.selected_neurons == irregular.network.neurons.keys()
    assert irregular.selected_connections == irregular.network.connections.keys()
    mouse.key(Qt.Key.Key_A, CONTROL | SHIFT)
    assert not irregular.selected_neurons | irregular.selected_connections


@pytest.mark.parametrize(
    ("action", "start", "found"),
    [
        ("same_role", "x1", {"x1", "x2"}),
        ("same_activation", "mix", {"mix"}),
        ("same_activation", "x2", {"x1", "x2"}),
        ("same_layer", "ramp", {"bend", "ramp", "wave"}),
    ],
)
def test_similar_ones(canvas, irregular, name, names, messages, action, start, found):
    irregular.select([name(start)])
    do(canvas, action)
    assert names() == found
    assert messages[0].startswith(f"{len(found)} neuron")


def test_a_linear_neuron_is_not_like_an_input(canvas, irregular, name, names):
    irregular.network.neurons[name("mix")].activation = "linear"
    irregular.select([name("mix")])
    do(canvas, "same_activation")
    assert names() == {"mix"}


def test_what_needs_a_selection_is_greyed_without(canvas, irregular, name):
    for action in ("select_incoming", "same_role", "cut", "copy", "duplicate", "mark"):
        assert not canvas.actions_by_name[action].isEnabled()
    irregular.select([name("x1")])
    for action in ("select_incoming", "same_role", "cut", "copy", "duplicate", "mark"):
        assert canvas.actions_by_name[action].isEnabled()
