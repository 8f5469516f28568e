import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.network.edits import SetValues

SPACE = Qt.Key.Key_Space


def wheel(canvas, point, notches):
    event = QWheelEvent(
        QPointF(point),
        QPointF(canvas.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def bias_position(canvas, neuron_id):
    """The middle of the +1 of a neuron, at 100 %."""
    row = canvas._stage.drawing.rows_of([neuron_id])[0]
    way = canvas._stage.bias_places.offsets(canvas._stage.drawing)[row]
    return canvas.neuron_position(neuron_id) + QPoint(*way.round().astype(int).tolist())


def test_the_wheel_zooms_at_the_pointer(canvas, name, qtbot):
    place = canvas.neuron_position(name("mix"))
    with qtbot.waitSignal(canvas.zoom_changed):
        wheel(canvas, place, 3)
    assert canvas.zoom > 1.5
    assert (canvas.neuron_position(name("mix")) - place).manhattanLength() <= 3


@pytest.mark.parametrize(("notches", "limit"), [(60, 8.0), (-60, 0.05)])
def test_zoom_has_limits(canvas, notches, limit):
    wheel(canvas, QPoint(500, 300), notches)
    assert canvas.zoom == pytest.approx(limit)
    canvas.grab()


def test_fit_shows_all_and_enlarges_nothing(canvas, irregular):
    canvas.set_zoom(4.0)
    canvas.fit()
    assert canvas.zoom == 1.0
    assert all(canvas.viewport().rect().contains(canvas.neuron_position(i)) for i in irregular.network.neurons)
    canvas.zoom_in()
    canvas.zoom_out()
    assert canvas.zoom == pytest.approx(1.0)


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton])
def test_middle_button_or_space_pans(canvas, mouse, irregular, name, button, qtbot):
    before, place = irregular.bytes(), canvas.neuron_position(name("mix"))
    is_space = button == Qt.MouseButton.LeftButton
    if is_space:
        QTest.keyPress(canvas, SPACE)
    with qtbot.assertNotEmitted(canvas.space_tapped):
        mouse.drag(place, place + QPoint(80, 50), button)
        if is_space:
            QTest.keyRelease(canvas, SPACE)
    assert canvas.neuron_position(name("mix")) == place + QPoint(80, 50)
    assert irregular.bytes() == before


def test_escape_pans_back(canvas, mouse, name):
    place = canvas.neuron_position(name("mix"))
    mouse.press(place, Qt.MouseButton.MiddleButton)
    mouse.move(place, place + QPoint(80, 50))
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(place + QPoint(80, 50), Qt.MouseButton.MiddleButton)
    assert canvas.neuron_position(name("mix")) == place


def test_space_alone_is_a_tap(canvas, qtbot):
    with qtbot.waitSignal(canvas.space_tapped):
        QTest.keyClick(canvas, SPACE)


def test_names_for_other_programs(canvas):
    assert canvas.objectName() == "canvas"
    assert canvas.accessibleName()


def test_bias_inputs_open_their_neuron(canvas, mouse, irregular, name, qtbot):
    canvas.set_bias_inputs_shown(True)
    canvas.grab()
    with qtbot.waitSignal(canvas.neuron_opened) as opened:
        mouse.double_click(bias_position(canvas, name("mix")))
    assert opened.args == [name("mix")]
    assert irregular.undo_stack.count() == 0


def test_names_give_way_where_neurons_are_small(canvas, irregular, name):
    canvas.set_zoom(1.0)
    assert canvas._stage.named[name("mix")] == "below"
    canvas.set_zoom(0.1)
    assert not canvas._stage.named


def test_names_of_outputs_make_way_for_an_arrow_from_below(open_canvas):
    document = Document(read_example("half_adder"))
    canvas = open_canvas(document)
    outputs = document.network.ids_of_role("output")
    assert {canvas._stage.named[i] for i in outputs} == {"below"}
    x, y = document.network.neuron_values(outputs[1]).position
    move = SetValues("neuron", "position", [outputs[0]], [(x, y - 240.0)], "Move neuron")
    document.do(move)  # the arrow between the two now leads straight up
    assert {canvas._stage.named[i] for i in outputs} == {"right"}
    document.undo()
    assert {canvas._stage.named[i] for i in outputs} == {"below"}


def test_it_fits_again_when_resized_until_somebody_works_on_it(canvas, mouse, irregular, name):
    canvas.resize(500, 400)
    assert canvas.zoom < 1
    mouse.drag(canvas.neuron_position(name("mix")), canvas.neuron_position(name("mix")) + QPoint(30, 0))
    zoom = canvas.zoom
    canvas.resize(400, 300)
    assert canvas.zoom == zoom
