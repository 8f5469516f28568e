import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.gui.canvas.snap import NEIGHBOURS, snapped
from annsim.gui.canvas.switches import remember_switches
from annsim.gui.preferences import Preferences
from annsim.gui.theme import theme

ALT, NO_KEYS = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
NEAR_LINES = QPoint(-4, 88)  # brings "mix" near the column of "soft" and the row of "ramp" and "class"
NEAR_GAP = QPoint(-188, 3)  # brings "mix" near the column of "bend" and "ramp", about midway


def position(document, number):
    return document.network.neuron_values(number).position


def move_with(viewport, point, modifiers):
    """A move while keys are held, which QTest cannot do."""
    place = QPointF(viewport.mapToGlobal(point))
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(QMouseEvent.Type.MouseMove, QPointF(point), place, Qt.MouseButton.NoButton, left, modifiers)
    QApplication.sendEvent(viewport, event)


def test_a_neuron_comes_to_rest_in_line_with_others(canvas, mouse, irregular, name):
    before, number = irregular.bytes(), name("mix")
    start = canvas.neuron_position(number)
    mouse.press(start)
    mouse.move(start, start + NEAR_LINES)
    assert canvas.neuron_position(number) == start + QPoint(0, 90)
    picture = canvas.grab().toImage()
    row = canvas.neuron_position(name("ramp")) + QPoint(-45, 0)  # beyond the rim, where nothing else is drawn
    assert picture.pixelColor(row) == theme().look.colour("accent")
    assert irregular.bytes() == before
    mouse.release(start + NEAR_LINES)
    assert position(irregular, number) == (380, 180)
    assert canvas.grab().toImage().pixelColor(row) != theme().look.colour("accent")
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


def test_a_neuron_comes_to_rest_midway(canvas, mouse, irregular, name):
    start = canvas.neuron_position(name("mix"))
    mouse.drag(start, start + NEAR_GAP)
    assert position(irregular, name("mix")) == (190, 90)


def test_escape_leaves_nothing_of_it(canvas, mouse, irregular, name):
    before, start = irregular.bytes(), canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, start + NEAR_LINES)
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(start + NEAR_LINES)
    assert canvas.neuron_position(name("mix")) == start
    assert irregular.bytes() == before


def test_with_alt_it_goes_exactly_the_way_of_the_pointer(canvas, mouse, irregular, name):
    start = canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, start + NEAR_LINES)
    move_with(canvas.viewport(), start + NEAR_LINES, ALT)
    assert canvas.neuron_position(name("mix")) == start + NEAR_LINES
    move_with(canvas.viewport(), start + NEAR_LINES, NO_KEYS)
    assert canvas.neuron_position(name("mix")) == start + QPoint(0, 90)


def test_alt_acts_at_once_without_a_move(canvas, mouse, name):
    start = canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, start + NEAR_LINES)
    QTest.keyPress(canvas, Qt.Key.Key_Alt, ALT)
    assert canvas.neuron_position(name("mix")) == start + NEAR_LINES
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)
    assert canvas.neuron_position(name("mix")) == start + QPoint(0, 90)
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(start)


def test_the_switches_of_the_view(canvas, mouse, irregular, name):
    start = canvas.neuron_position(name("mix"))
    canvas.actions_by_name["snap"].trigger()
    mouse.drag(start, start + NEAR_LINES)
    assert position(irregular, name("mix")) == (376, 178)
    irregular.undo()
    canvas.actions_by_name["snap_to_grid"].trigger()
    mouse.drag(start, start + NEAR_LINES)
    assert position(irregular, name("mix")) == (384, 168)


def test_things_win_over_dots(canvas, mouse, irregular, name):
    canvas.actions_by_name["snap_to_grid"].trigger()
    start = canvas.neuron_position(name("mix"))
    mouse.drag(start, start + QPoint(-4, 30))
    assert position(irregular, name("mix")) == (380, 120)


def test_the_switches_are_remembered(open_canvas, irregular):
    first, second = open_canvas(irregular), open_canvas(irregular)
    remember_switches(first.actions_by_name, Preferences())
    assert first.actions_by_name["snap"].isChecked()
    assert not first.actions_by_name["snap_to_grid"].isChecked()
    for name in ("snap", "snap_to_grid", "mini_map"):
        first.actions_by_name[name].trigger()
    remember_switches(second.actions_by_name, Preferences())
    states = [second.actions_by_name[name].isChecked() for name in ("snap", "snap_to_grid", "mini_map")]
    assert states == [False, True, False]
    assert (second._stage.snaps, second._stage.snaps_to_grid) == (False, True)


@pytest.mark.parametrize(("modifiers", "place"), [(NO_KEYS, (380, 180)), (ALT, (376, 178))])
def test_a_neuron_dropped_from_the_palette(canvas, irregular, name, modifiers, place):
    data = QMimeData()
    data.setData("application/x-annsim-neuron", b'{"role": "hidden"}')
    point = canvas.neuron_position(name("mix")) + NEAR_LINES
    what = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, modifiers
    events = QDragEnterEvent(point, *what), QDragMoveEvent(point, *what), QDropEvent(QPointF(point), *what)
    for event in events:
        QApplication.sendEvent(canvas.viewport(), event)
        canvas.grab()
    assert position(irregular, max(irregular.network.neurons)) == place


# the arithmetic


def test_nothing_near_holds_nothing():
    others = np.array([[0.0, 0.0], [100.0, 100.0]])
    assert snapped(np.array([50.0, 40.0]), others, 6).x is None
    assert snapped(np.array([50.0, 40.0]), np.empty((0, 2)), 6) == snapped(np.array([50.0, 40.0]), others, 6)


@pytest.mark.parametrize(("own", "rest"), [(203, 200), (-97, -100), (52, 50), (206, 200), (207, None)])
def test_equal_gaps_in_a_column(own, rest):
    column = np.array([[10.0, 0.0], [10.0, 100.0]])
    found = snapped(np.array([8.0, own]), column, 6)
    assert (found.x, found.y) == (10, rest)
    assert len(found.gaps) == (0 if rest is None else 2)
    flipped = snapped(np.array([own, 8.0]), column[:, ::-1], 6)
    assert (flipped.x, flipped.y) == (rest, 10)


def test_a_line_runs_to_all_that_stand_on_it():
    others = np.array([[10.0, 0.0], [10.0, 300.0], [70.0, 140.0]])
    found = snapped(np.array([12.0, 500.0]), others, 6)
    assert found.lines == ((10, 0, 10, 500),)


def test_in_a_crowd_only_neighbours_count():
    rng = np.random.default_rng(1)
    crowd = rng.uniform(1000, 100_000, (10_000, 2))
    crowd[:NEIGHBOURS] = rng.uniform(-400, -200, (NEIGHBOURS, 2))
    assert snapped(np.array([0.0, 0.0]), crowd, 6) == snapped(np.array([0.0, 0.0]), crowd[:NEIGHBOURS], 6)


def test_dots_hold_where_no_thing_does():
    found = snapped(np.array([50.0, 3.0]), np.array([[52.0, 90.0]]), 6, grid=24)
    assert (found.x, found.y) == (52, 0)
    assert found.lines == ((52, 0, 52, 90),)
