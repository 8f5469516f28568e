import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annsim.formats import network_json
from annsim.network.edits import Add
from annsim.network.grouping import grouping
from annsim.network.network import Network
from annsim.network.notes import NoteValues
from annsim.project.project import Project

CONTROL = Qt.KeyboardModifier.ControlModifier
PART = ("ramp", "mix", "class")  # two arrows among them: ramp -> mix, mix -> class
STEP = 24.0


@pytest.fixture(autouse=True)
def clipboard(qapp):
    QGuiApplication.clipboard().clear()
    return QGuiApplication.clipboard()


@pytest.fixture
def messages(canvas):
    said = []
    canvas.message.connect(said.append)
    return said


@pytest.fixture
def part(irregular, name):
    ids = [name(one) for one in PART]
    irregular.select(ids)
    return ids


def copy(mouse):
    mouse.key(Qt.Key.Key_C, CONTROL)


def paste(mouse):
    mouse.key(Qt.Key.Key_V, CONTROL)


def places(network, ids):
    return [network.neuron_values(i).position for i in sorted(ids)]


def shifted(positions, by):
    return [(x + by, y + by) for x, y in positions]


def test_a_part_keeps_its_inner_arrows_weights_locks_and_functions(mouse, irregular, name, part):
    network = irregular.network
    inner = next(c for c in network.connections.values() if (c.source, c.target) == (name("ramp"), name("mix")))
    inner.weight, inner.locked = 1 / 3, True
    network.neurons[name("mix")].bias = 0.1
    before, old = irregular.bytes(), places(network, part)
    copy(mouse)
    paste(mouse)
    new = sorted(irregular.selected_neurons)
    values = [network.neuron_values(i) for i in new]
    assert [v.name for v in values] == ["ramp 2", "mix 2", "class 2"]
    assert [(v.role, v.activation) for v in values] == [("hidden", "relu"), ("hidden", "tanh"), ("output", "sigmoid")]
    assert values[1].bias == 0.1
    added = [c for c in network.connections.values() if c.source in new or c.target in new]
    assert [(c.source, c.target) for c in added] == [(new[0], new[1]), (new[1], new[2])]
    assert (added[0].weight, added[0].locked) == (1 / 3, True)
    assert places(network, new) == shifted(old, STEP)
    assert irregular.undo_stack.undoText() == "Paste 3 neurons and 2 connections"
    irregular.undo()
    assert irregular.bytes() == before


def test_pastes_with_the_pointer_elsewhere_step_on(mouse, irregular, part):
    old = places(irregular.network, part)
    copy(mouse)
    for k in (1, 2, 3):
        paste(mouse)
        assert places(irregular.network, irregular.selected_neurons) == shifted(old, k * STEP)


def test_a_part_that_was_cut_comes_back_where_it_was(mouse, irregular, part, clipboard):
    before, old = irregular.bytes(), places(irregular.network, part)
    mouse.key(Qt.Key.Key_X, CONTROL)
    assert not set(part) & irregular.network.neurons.keys()
    assert irregular.undo_stack.count() == 1
    assert irregular.undo_stack.undoText() == "Cut 3 neurons and 2 connections"
    paste(mouse)
    assert places(irregular.network, irregular.selected_neurons) == old
    irregular.undo()
    irregular.undo()
    assert irregular.bytes() == before


def test_a_paste_lands_with_its_middle_at_the_pointer_and_again_aside(canvas, mouse, irregular, part, corner):
    copy(mouse)
    QTest.mouseMove(canvas.viewport(), corner)
    paste(mouse)
    new = irregular.selected_neurons
    points = [canvas.neuron_position(i) for i in new]
    middle = QPoint(*(sum(f(getattr(p, axis)() for p in points) for f in (min, max)) // 2 for axis in ("x", "y")))
    assert (middle - corner).manhattanLength() <= 3
    first = places(irregular.network, new)
    paste(mouse)
    assert places(irregular.network, irregular.selected_neurons) == shifted(first, STEP)


def test_what_is_pasted_is_brought_into_view(canvas, mouse, irregular, name):
    irregular.select([name("x1")])
    copy(mouse)
    canvas.set_zoom(6.0)
    canvas._zoom.finish()
    canvas._zoom.pan(QPoint(-5000, 0).toPointF())
    QTest.mouseMove(canvas.viewport(), QPoint(5, 5))
    canvas._hand.leave()
    paste(mouse)
    (new,) = irregular.selected_neurons
    assert canvas.viewport().rect().contains(canvas.neuron_position(new))


def test_duplicate_leaves_the_clipboard_alone_and_is_one_step(mouse, irregular, part, clipboard):
    clipboard.setText("mine")
    before, old = irregular.bytes(), places(irregular.network, part)
    for k in (1, 2):
        mouse.key(Qt.Key.Key_D, CONTROL)
        assert places(irregular.network, irregular.selected_neurons) == shifted(old, k * STEP)
    assert irregular.undo_stack.count() == 2
    assert clipboard.text() == "mine"
    irregular.undo()
    irregular.undo()
    assert irregular.bytes() == before


def test_groups_and_notes_travel_along(mouse, irregular, part):
    irregular.do(grouping(irregular.network, part, "Middle"))
    irregular.do(Add(notes=(NoteValues(1, "why", (10.0, 20.0)),)))
    irregular.select(part, (), [1])
    copy(mouse)
    paste(mouse)
    network = irregular.network
    assert [g.title for g in network.groups.values()] == ["Middle", "Middle"]
    assert {network.neuron_values(i).group for i in irregular.selected_neurons} == {2}
    assert network.notes[2] == NoteValues(2, "why", (34.0, 44.0))
    assert irregular.selected_notes == {2}


def test_a_note_alone_can_be_copied(mouse, irregular):
    irregular.do(Add(notes=(NoteValues(1, "why", (10.0, 20.0)),)))
    irregular.select((), (), [1])
    copy(mouse)
    paste(mouse)
    assert irregular.network.notes[2].position == (34.0, 44.0)


@pytest.mark.parametrize(
    ("key", "word"), [(Qt.Key.Key_C, "copied"), (Qt.Key.Key_X, "cut"), (Qt.Key.Key_D, "duplicated")]
)
def test_arrows_alone_say_what_is_needed(mouse, irregular, messages, clipboard, key, word):
    before = irregular.bytes()
    irregular.select([], [1])
    mouse.key(key, CONTROL)
    assert messages == [f"Nothing {word}: an arrow goes with the neurons at both its ends, so select these too."]
    assert irregular.bytes() == before
    assert clipboard.text() == ""


def test_the_clipboard_holds_the_text_of_a_network_which_a_message_may_wrap(canvas, mouse, irregular, part, clipboard):
    copy(mouse)
    text = clipboard.text()
    assert isinstance(network_json.read(text.encode(), None), Network)
    clipboard.setText(f"Look at this:\n```\n{text}```\nNice, isn't it?")
    paste(mouse)
    assert len(irregular.selected_neurons) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no part of a network"),
        ("hello", "holds no part of a network"),
        ('{"format": "something else"}', "holds no part of a network"),
        ('{"format":"annsim network","version":1,', "holds no part"),
        ('{"format":"annsim network","version":1,"network":{"seed":}}', "no valid JSON"),
        ('{"format":"annsim network","version":9,"network":{}}', "clipboard"),
        ("\ud800", "holds no part"),
    ],
)
def test_foreign_text_says_why_and_changes_nothing(mouse, irregular, messages, clipboard, text, reason):
    before = irregular.bytes()
    clipboard.setText(text)
    paste(mouse)
    assert len(messages) == 1
    assert messages[0].startswith("Nothing pasted: ")
    assert reason in messages[0]
    assert irregular.bytes() == before
    assert irregular.undo_stack.count() == 0


def test_a_broken_part_is_refused_by_the_rules_of_a_network(mouse, irregular, messages, clipboard, part):
    copy(mouse)
    before = irregular.bytes()
    clipboard.setText(clipboard.text().replace('"relu"', '"magic"'))
    messages.clear()
    paste(mouse)
    assert "magic" in messages[0]
    assert irregular.bytes() == before


def test_a_part_goes_from_one_window_to_another(mouse, irregular, part, open_canvas, qtbot):
    copy(mouse)
    other = open_canvas(type(irregular)(Project()))
    other.activateWindow()
    qtbot.waitUntil(other.hasFocus)
    old = places(irregular.network, part)
    QTest.keyClick(other, Qt.Key.Key_V, CONTROL)
    network = other._board.document.network
    assert [n.name for n in network.neurons.values()] == list(PART)
    assert places(network, network.neurons) == old
    assert all(other.viewport().rect().contains(other.neuron_position(i)) for i in network.neurons)


def test_in_a_field_the_keys_copy_its_text(canvas, part, clipboard):
    field = QLineEdit("abc", canvas.viewport())
    field.show()
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == "abc"
