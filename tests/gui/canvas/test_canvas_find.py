import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from annsim.formats.examples import read_example
from annsim.gui.canvas.find_help import EXAMPLES
from annsim.gui.canvas.find_search import MARKED_AT_MOST
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.network.edits import Add, Remove, SetValues
from annsim.network.finding import find
from annsim.network.grouping import grouping
from annsim.network.network import Network
from annsim.project.project import Project

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def canvas(qtbot, open_canvas, irregular):
    """A canvas in a window with a menu, so that the keys of the actions act."""
    window = QMainWindow()
    shown = open_canvas(irregular)
    qtbot.addWidget(window)
    window.setCentralWidget(shown)
    menu = window.menuBar().addMenu("Edit")
    for name in ("find", "find_next", "find_previous"):
        menu.addAction(shown.actions_by_name[name])
    window.resize(1040, 670)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    shown.setFocus()
    shown.window_of_the_test = window
    return shown


@pytest.fixture
def bar(canvas):
    QTest.keyClick(canvas, Key.Key_F, CONTROL)
    return canvas.finding.bar


def look_for(canvas, text):
    bar = canvas.finding.bar
    bar.field.selectAll()
    QTest.keyClicks(bar.field, text)
    canvas.finding.search()


def said(canvas):
    return canvas.finding._words()


def marks(canvas):
    marked = canvas.finding._marks
    return set(marked.neurons.tolist()), set(marked.connections.tolist())


def test_the_keys_open_the_bar_and_escape_gives_the_focus_back(canvas, bar):
    assert bar.isVisible()
    assert bar.field.hasFocus()
    assert bar.geometry().top() < 20
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert not bar.isVisible()
    assert canvas.hasFocus()


def test_it_is_looked_for_while_one_types_after_a_rest(canvas, bar, qtbot, name):
    QTest.keyClicks(bar.field, "relu")
    assert canvas.finding.count == 0
    qtbot.waitUntil(lambda: canvas.finding.count == 1)
    assert bar.result.text() == "1 neuron with activation function relu"
    assert marks(canvas) == ({name("ramp")}, set())
    assert bar.field.accessibleDescription() == bar.result.text()


@pytest.mark.parametrize(
    ("text", "neurons", "arrows"),
    [
        ("mix", ["mix"], []),
        ("M", ["ramp", "mix"], []),
        ("#6", ["mix"], []),
        ("hidden", ["bend", "ramp", "wave", "mix", "soft"], []),
        ("mix -> class", [], [("mix", "class")]),
        ("-> mix", [], [("bend", "mix"), ("ramp", "mix"), ("x1", "mix")]),
    ],
)
def test_by_name_number_function_and_arrow(canvas, bar, irregular, name, text, neurons, arrows):
    look_for(canvas, text)
    network = irregular.network
    found = [network.neurons[i].name for i in canvas.finding._neurons.tolist()]
    ends = [
        (network.connections[i].source, network.connections[i].target) for i in canvas.finding._connections.tolist()
    ]
    assert found == neurons
    assert sorted(ends) == sorted((name(a), name(b)) for a, b in arrows)


def test_by_value(canvas, bar, irregular):
    look_for(canvas, "|w| > 0.5")
    block = irregular.network.store.block
    strong = set(block.ids[np.abs(block.weight) > 0.5].tolist())
    assert strong
    assert marks(canvas) == (set(), strong)
    assert said(canvas).startswith(f"1 of {len(strong)} connections with |w| > 0.5: ")


def test_a_mistake_is_said_with_its_column(canvas, bar):
    look_for(canvas, "|w| > ")
    assert "column" in bar.result.text()
    assert bar.result.property("wrong") is True
    assert not bar.next.isEnabled()
    assert marks(canvas) == (set(), set())
    look_for(canvas, "nobody -> mix")
    assert "'nobody'" in said(canvas)
    assert "column 1" in said(canvas)
    look_for(canvas, "mix")
    assert bar.result.property("wrong") is False


def test_nothing_found_is_said(canvas, bar):
    look_for(canvas, "zzz")
    assert bar.result.text() == "Nothing found: neurons whose name contains 'zzz'"
    assert not bar.all.isEnabled()
    look_for(canvas, " ")
    assert not bar.result.isVisible()


def test_enter_and_the_function_keys_go_from_match_to_match(canvas, bar, name):
    look_for(canvas, "m")
    ramp, mix = ("neuron", name("ramp")), ("neuron", name("mix"))
    assert canvas.finding.present == ramp
    assert said(canvas) == "1 of 2 neurons whose name contains 'm': ramp"
    for press, key, modifiers, present in (
        (bar.field, Key.Key_Return, Qt.KeyboardModifier.NoModifier, mix),
        (bar.field, Key.Key_Return, Qt.KeyboardModifier.NoModifier, ramp),
        (bar.field, Key.Key_Return, SHIFT, mix),
        (bar.field, Key.Key_F3, SHIFT, ramp),
        (canvas, Key.Key_F3, Qt.KeyboardModifier.NoModifier, mix),
    ):
        press.setFocus()
        QTest.keyClick(press, key, modifiers)
        assert canvas.finding.present == present
    QTest.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert canvas.finding.present == ramp
    QTest.mouseClick(bar.previous, Qt.MouseButton.LeftButton)
    assert canvas.finding.present == mix


def test_enter_before_the_rest_is_over_looks_at_once(canvas, bar, name):
    QTest.keyClicks(bar.field, "mix")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert canvas.finding.present == ("neuron", name("mix"))


def test_the_function_key_opens_a_closed_bar_with_what_was_looked_for(canvas, bar, name):
    look_for(canvas, "m")
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert marks(canvas) == (set(), set())
    QTest.keyClick(canvas, Key.Key_F3)
    assert bar.isVisible()
    assert bar.field.selectedText() == "m"
    assert canvas.finding.present == ("neuron", name("ramp"))


@pytest.mark.parametrize("by_key", [True, False])
def test_all_are_selected(canvas, bar, irregular, by_key):
    look_for(canvas, "hidden")
    before = irregular.bytes()
    if by_key:
        QTest.keyClick(bar.field, Key.Key_Return, CONTROL)
    else:
        QTest.mouseClick(bar.all, Qt.MouseButton.LeftButton)
    assert irregular.selected_neurons == set(irregular.network.ids_of_role("hidden"))
    assert canvas.hasFocus()
    assert irregular.bytes() == before


def test_arrows_are_selected_too(canvas, bar, irregular):
    look_for(canvas, "-> mix")
    QTest.keyClick(bar.field, Key.Key_Return, CONTROL)
    assert irregular.selected_connections == set(canvas.finding._connections.tolist())
    assert len(irregular.selected_connections) == 3


def test_keys_of_the_bar_do_nothing_to_the_drawing(canvas, bar, irregular, name):
    irregular.select([name("mix")])
    before = irregular.bytes()
    bar.field.setFocus()
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_N, Key.Key_Delete, Key.Key_6):
        QTest.keyClick(bar.field, key)
    assert irregular.bytes() == before
    assert irregular.selected_neurons == {name("mix")}
    assert irregular.undo_stack.count() == 0


def test_the_present_match_is_brought_into_view_below_the_bar(canvas, bar, name):
    for zoom in (1.0, 3.0):
        canvas.set_zoom(zoom)
        for text in ("x2", "class", "bend", "x1"):
            look_for(canvas, text)
            place = canvas.neuron_position(name(text))
            assert canvas.viewport().rect().contains(place)
            assert place.y() > bar.geometry().bottom()


def test_an_arrow_is_brought_into_view_with_both_ends(canvas, bar, name):
    canvas.set_zoom(0.5)
    canvas._zoom.finish()
    canvas._zoom.pan(QPointF(3000, 0))
    look_for(canvas, "mix -> class")
    for end in ("mix", "class"):
        assert canvas.viewport().rect().contains(canvas.neuron_position(name(end)))


def test_a_match_in_view_moves_nothing(canvas, bar, name):
    before = canvas.neuron_position(name("soft"))
    look_for(canvas, "soft")
    look_for(canvas, "ramp")
    assert canvas.neuron_position(name("soft")) == before


def test_marks_are_painted_round_what_was_found_and_go_with_the_bar(canvas, bar, name):
    without = canvas.grab().toImage()
    look_for(canvas, "relu")
    picture = canvas.grab().toImage()
    radius = canvas._board.circle(name("ramp"))[1]
    place = canvas.neuron_position(name("ramp")) + QPointF(-0.7 * (radius + 7), 0.7 * (radius + 7)).toPoint()
    assert picture.pixelColor(place) == theme().look.colour("warning_fill")
    assert without.pixelColor(place) != theme().look.colour("warning_fill")
    bar.field.clear()
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert canvas.grab().toImage().pixelColor(place) == without.pixelColor(place)


def test_arrows_are_marked_in_both_ways_of_painting(canvas, bar, monkeypatch):
    before = canvas.grab().toImage()
    look_for(canvas, "w > -100")
    few = canvas.grab().toImage()
    assert few != before
    monkeypatch.setattr("annsim.gui.canvas.find_paint.FEW", 3)
    monkeypatch.setattr("annsim.gui.canvas.find_paint.MARKED_AT_MOST", 6)
    look_for(canvas, "w > -99")
    assert canvas.grab().toImage() not in (before, few)


def test_marks_that_take_long_to_paint_are_shifted_first_and_sharp_after_a_rest(canvas, bar, monkeypatch, qtbot, name):
    monkeypatch.setattr("annsim.gui.canvas.find_paint.PATIENCE_MS", -1.0)
    look_for(canvas, "class")
    canvas.grab()
    canvas._zoom.pan(QPointF(-150, 0))
    picture = canvas.grab().toImage()
    assert canvas.finding.is_late
    radius = canvas._board.circle(name("class"))[1]
    place = canvas.neuron_position(name("class")) + QPointF(0.7 * (radius + 7), -0.7 * (radius + 7)).toPoint()
    assert picture.pixelColor(place) == theme().look.colour("warning_fill")
    qtbot.waitUntil(lambda: not canvas.finding.is_late)


@pytest.mark.parametrize("choice", ["dark", "high_contrast_light"])
def test_it_follows_the_theme(canvas, bar, choice):
    look_for(canvas, "hidden")
    before = canvas.grab().toImage()
    theme().set_choice(choice)
    assert canvas.grab().toImage() != before


def test_it_follows_the_drawing(canvas, bar, irregular, qtbot, name):
    look_for(canvas, "m")
    canvas.finding.step(True)
    mix = name("mix")
    place = canvas.neuron_position(mix)
    irregular.do(Remove((name("ramp"),)))
    qtbot.waitUntil(lambda: canvas.finding.count == 1)
    assert canvas.finding.present == ("neuron", mix)
    assert canvas.neuron_position(mix) == place
    irregular.undo()
    QTest.keyClick(bar.field, Key.Key_Return)  # before the rest is over
    assert canvas.finding.count == 2
    irregular.do(SetValues("neuron", "name", [mix], ["other"]))
    qtbot.waitUntil(lambda: canvas.finding.count == 1)
    irregular.replace(Project())
    qtbot.waitUntil(lambda: canvas.finding.count == 0)


def test_a_match_that_is_gone_is_no_place_to_go_to(canvas, bar, irregular, name):
    look_for(canvas, "-> mix")
    irregular.do(Remove(connections=tuple(canvas.finding._connections.tolist())))
    QTest.keyClick(bar.field, Key.Key_Return)
    assert canvas.finding.count == 0
    canvas.grab()


def test_a_neuron_in_a_folded_group_is_found_in_its_box(canvas, bar, irregular, name):
    irregular.do(grouping(irregular.network, [name("mix"), name("soft")], "pair"))
    group = next(iter(irregular.network.groups))
    irregular.do(SetValues("group", "is_folded", [group], [True]))
    without = canvas.grab().toImage()
    look_for(canvas, "mix")
    assert canvas.finding.count == 1
    centre, radius = canvas._board.circle(name("mix"))
    beside = (centre + QPointF(0, radius + 6)).toPoint()
    assert canvas.grab().toImage().pixelColor(beside) == theme().look.colour("warning_fill")
    assert without.pixelColor(beside) != theme().look.colour("warning_fill")
    look_for(canvas, "mix -> soft")  # an arrow that is not drawn
    assert canvas.finding.count == 1
    assert canvas.viewport().rect().contains(centre.toPoint())
    canvas.grab()


def test_the_question_mark_shows_examples_that_can_be_clicked(canvas, bar):
    shown = canvas.finding.help
    QTest.mouseClick(bar.help, Qt.MouseButton.LeftButton)
    assert shown.isVisible()
    assert shown.geometry().top() > bar.geometry().bottom()
    button = next(button for button in shown.examples if button.text() == "hidden")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.field.text() == "hidden"
    assert canvas.finding.count == 5
    QTest.mouseClick(bar.help, Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    QTest.mouseClick(bar.help, Qt.MouseButton.LeftButton)
    bar.field.setFocus()
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert not shown.isVisible()


@pytest.mark.parametrize(("text", "meaning"), EXAMPLES)
def test_every_example_is_understood(text, meaning):
    network = Network.layered([20, 4, 1])
    network.set_connections("weight", [1], [5.0])
    network.set_neurons("activation", [21], ["relu"])
    network.set_neurons("bias", [22], [-1.0])
    network.set_neurons("locked", [22], [True])
    network.add_neuron("hidden", name="alone", activation="tanh", position=(0, 0))
    found = find(network, text)
    assert found.neurons or found.connections
    assert meaning


def test_without_a_drawing_there_is_nothing_to_find(canvas, irregular):
    action = canvas.actions_by_name["find"]
    irregular.replace(Project())
    assert not action.isEnabled()
    assert action.toolTip() == "The drawing is empty: add a neuron first"


def test_of_very_many_connections_the_strongest_are_marked_and_that_is_said(open_canvas, qapp):
    network = Network.layered([200, 200, 1])
    canvas = open_canvas(Document(Project(network=network)))
    canvas.finding.open()
    look_for(canvas, "w < 100")
    assert canvas.finding.count == len(network.connections) > MARKED_AT_MOST
    assert said(canvas).endswith("; the strongest 20,000 in view are marked")
    assert not canvas.grab().isNull()
    QTest.keyClick(canvas.finding.bar.field, Key.Key_Escape)


def test_the_bar_stays_inside_a_narrow_canvas(canvas, bar):
    canvas.window_of_the_test.setMinimumSize(0, 0)
    canvas.window_of_the_test.resize(420, 400)
    QApplication.processEvents()
    look_for(canvas, "b < 0 or b = 0 or t > 100 or t < 3 or t = 3")
    assert canvas.viewport().rect().contains(bar.geometry())
    assert bar.result.toolTip() == said(canvas)
    assert bar.result.text().endswith("…")


def test_a_new_neuron_is_found(canvas, bar, irregular, qtbot):
    look_for(canvas, "fresh")
    assert canvas.finding.count == 0
    values = canvas._board.new_neuron("hidden", QPointF(500, 300))
    irregular.do(Add(neurons=(values,)))
    irregular.do(SetValues("neuron", "name", [values.id], ["fresh"]))
    qtbot.waitUntil(lambda: canvas.finding.count == 1)


def test_the_focus_may_be_elsewhere_while_the_bar_is_open(canvas, bar, irregular, name):
    look_for(canvas, "mix")
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.neuron_position(name("mix")))
    assert bar.isVisible()
    assert irregular.selected_neurons == {name("mix")}


def test_escape_on_the_canvas_lets_go_of_the_selection_and_then_closes_the_bar(canvas, bar, irregular, name):
    look_for(canvas, "hidden")
    QTest.keyClick(bar.field, Key.Key_Return, CONTROL)
    QTest.keyClick(canvas, Key.Key_Escape)
    assert not irregular.selected_neurons
    assert bar.isVisible()
    QTest.keyClick(canvas, Key.Key_Escape)
    assert not bar.isVisible()


def test_it_is_read_only(canvas, bar, irregular):
    before = irregular.bytes()
    look_for(canvas, "hidden")
    canvas.finding.step(True)
    assert irregular.bytes() == before
    assert read_example("irregular").network.neurons.keys() == irregular.network.neurons.keys()
