import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.gui.document import Document
from annsim.network.edits import Add, SetValues
from annsim.network.grouping import grouping
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues
from annsim.network.notes import NoteValues
from annsim.project.project import Project

MIDDLE = QPoint(88, 62)


@pytest.fixture
def mini_map(canvas):
    """The map of a canvas in which something lies outside the view."""
    canvas.set_zoom(3.0)
    return canvas._mini_map


def middle_of_view(canvas):
    eye = canvas.eye()
    return eye.to_scene((eye.width / 2, eye.height / 2))


def on_map(mini_map, place):
    x, y = mini_map._eye().to_screen(place).tolist()
    return QPointF(x, y).toPoint()


def test_it_is_there_only_while_something_lies_outside_the_view(canvas, irregular):
    mini_map = canvas._mini_map
    assert not mini_map.isVisible()
    canvas.set_zoom(3.0)
    assert mini_map.isVisible()
    canvas.fit()
    assert not mini_map.isVisible()
    irregular.do(Add(notes=(NoteValues(1, "far", (5000.0, 0.0)),)))
    assert mini_map.isVisible()
    irregular.undo()
    assert not mini_map.isVisible()


def test_it_stands_over_the_zoom_control(canvas, mini_map):
    control = canvas._zoom_control.geometry()
    assert (mini_map.width(), mini_map.height()) == (176, 124)
    assert mini_map.geometry().right() == control.right()
    assert mini_map.geometry().bottom() < control.top()
    canvas.resize(800, 500)
    assert mini_map.geometry().right() == canvas._zoom_control.geometry().right()


def test_the_view_switch_hides_it(canvas, mini_map):
    canvas.actions_by_name["mini_map"].trigger()
    assert not mini_map.isVisible()
    canvas.set_zoom(4.0)
    assert not mini_map.isVisible()
    canvas.actions_by_name["mini_map"].trigger()
    assert mini_map.isVisible()


def test_a_click_brings_a_place_into_the_middle(canvas, mini_map, irregular, name):
    before, place = irregular.bytes(), irregular.network.neurons[name("class")].position
    QTest.mouseClick(mini_map, Qt.MouseButton.LeftButton, pos=on_map(mini_map, place))
    apart = np.abs(middle_of_view(canvas) - place)
    assert (apart <= 1 / mini_map._eye().zoom).all()  # a pixel of the map
    assert mini_map.frame().contains(QPointF(on_map(mini_map, place)))
    assert irregular.bytes() == before
    assert not irregular.selected_neurons


def test_a_drag_of_the_frame_pans(canvas, mini_map):
    grip, before = mini_map.frame().center().toPoint() + QPoint(5, 3), middle_of_view(canvas)
    QTest.mousePress(mini_map, Qt.MouseButton.LeftButton, pos=grip)
    for k in range(1, 5):
        QTest.mouseMove(mini_map, grip + QPoint(3 * k, -2 * k))
    QTest.mouseRelease(mini_map, Qt.MouseButton.LeftButton, pos=grip + QPoint(12, -8))
    way = (middle_of_view(canvas) - before) * mini_map._eye().zoom
    assert np.abs(way - (12, -8)).max() <= 1.0
    QTest.mouseMove(mini_map, MIDDLE)  # without a button it moves nothing
    assert np.abs((middle_of_view(canvas) - before) * mini_map._eye().zoom - way).max() == 0


def test_the_wheel_zooms_about_the_middle(canvas, mini_map):
    before = middle_of_view(canvas)
    place, turn = QPointF(MIDDLE), QPoint(0, 120)
    event = QWheelEvent(
        place,
        QPointF(mini_map.mapToGlobal(MIDDLE)),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(mini_map, event)
    assert canvas.zoom == pytest.approx(3.6)
    assert np.abs(middle_of_view(canvas) - before).max() <= 1


def test_a_double_click_on_it_adds_no_neuron(canvas, mini_map, irregular):
    count = len(irregular.network.neurons)
    QTest.mouseDClick(mini_map, Qt.MouseButton.LeftButton, pos=MIDDLE)
    assert len(irregular.network.neurons) == count


def test_it_has_a_name_and_no_place_in_the_order_of_tab(mini_map):
    assert mini_map.accessibleName() == "Mini-map"
    assert mini_map.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_dots_show_the_outputs_of_neurons(canvas, mini_map, irregular, name):
    number = name("class")
    place = on_map(mini_map, irregular.network.neurons[number].position)
    irregular.do(SetValues("neuron", "bias", [number], [60.0]))  # a sigmoid: its output is 1
    blue = mini_map.grab().toImage().pixelColor(place)
    irregular.do(SetValues("neuron", "bias", [number], [-60.0]))
    grey = mini_map.grab().toImage().pixelColor(place)
    assert blue.blue() - blue.red() > 60
    assert abs(grey.blue() - grey.red()) < 30


def test_live_numbers_are_drawn_anew_but_not_at_every_step(canvas, mini_map, irregular, qtbot):
    mini_map.grab()
    picture = mini_map._picture
    for _ in range(5):
        irregular.refresh_moment()
    mini_map.grab()
    assert mini_map._picture is picture
    qtbot.waitUntil(lambda: mini_map._picture is not picture)


def test_groups_and_notes_are_on_the_map(canvas, mini_map, irregular, name):
    irregular.do(grouping(irregular.network, [name("mix"), name("soft")], "Second"))
    irregular.do(SetValues("group", "is_folded", [1], [True]))
    irregular.do(Add(notes=(NoteValues(1, "far", (800.0, 0.0)),)))
    picture = mini_map.grab().toImage()
    drawing = canvas._stage.drawing
    box = on_map(mini_map, (drawing.boxes.low[0] + drawing.boxes.high[0]) / 2)
    rect = canvas._stage.notes.rect(1)
    note = on_map(mini_map, (rect.center().x(), rect.center().y()))
    empty = on_map(mini_map, (800.0, 300.0))
    assert picture.pixelColor(note) != picture.pixelColor(empty)
    assert picture.pixelColor(box) != picture.pixelColor(empty)


def test_thousands_of_neurons_on_the_map(open_canvas, qapp):
    network = Network(1)
    places = [(float(k % 100) * 90, float(k // 100) * 90) for k in range(4000)]
    network.apply(
        Add(neurons=tuple(NeuronValues(k + 1, f"n{k}", "hidden", "tanh", position=p) for k, p in enumerate(places)))
    )
    canvas = open_canvas(Document(Project(network=network)))
    canvas.set_zoom(1.0)
    picture = canvas._mini_map.grab().toImage()
    ground = picture.pixelColor(4, 4)
    for place in places[::397]:
        assert picture.pixelColor(on_map(canvas._mini_map, place)) != ground
