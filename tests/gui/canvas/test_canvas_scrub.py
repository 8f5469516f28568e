import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.gui.canvas.quantity import Quantity
from annsim.gui.holding import holding
from annsim.gui.training_control import State
from annsim.network.edits import SetValues

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def move(canvas, point, modifiers=NONE):
    """A move with the left button held; QTest knows none with modifiers."""
    viewport = canvas.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(viewport.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifiers,
    )
    QApplication.sendEvent(viewport, event)


@pytest.fixture
def arrow(irregular, name):
    """The connection from bend to mix, its target selected so that it carries a label; its weight is -0.5."""
    ends = name("bend"), name("mix")
    number = next(k for k, one in irregular.network.connections.items() if (one.source, one.target) == ends)
    irregular.do(SetValues("connection", "weight", [number], [-0.5]))
    irregular.undo_stack.clear()
    irregular.select([name("mix")])
    return number


@pytest.fixture
def place(canvas, arrow):
    """The middle of its label."""
    canvas.grab()
    return canvas._hand.in_place.spots.rect(Quantity("weight", arrow)).center().toPoint()


def weight(document, arrow):
    return document.network.connections[arrow].weight


def test_a_drag_on_a_label_changes_the_weight_live_as_one_step(canvas, mouse, irregular, name, arrow, place):
    before, output = irregular.bytes(), irregular.moment.neuron(name("mix")).output
    mouse.press(place)
    mouse.move(place, place + QPoint(30, 0))
    assert weight(irregular, arrow) == -0.2
    assert irregular.moment.neuron(name("mix")).output != output
    canvas.grab()
    mouse.move(place + QPoint(30, 0), place + QPoint(75, 4))
    mouse.release(place + QPoint(75, 4))
    assert weight(irregular, arrow) == 0.25
    assert irregular.selected_neurons == {name("mix")}  # no rubber band
    assert irregular.undo_stack.count() == 1
    assert irregular.undo_stack.text(0) == "Set weight of bend → mix"
    irregular.undo()
    assert irregular.bytes() == before


def test_shift_is_fine_and_control_coarse(canvas, mouse, irregular, arrow, place):
    mouse.press(place)
    for x, modifiers, expected in ((10, NONE, -0.4), (20, SHIFT, -0.39), (30, CONTROL, 0.61), (0, NONE, 0.31)):
        move(canvas, place + QPoint(x, 0), modifiers)
        assert weight(irregular, arrow) == expected
    mouse.release(place)


def test_escape_in_the_middle_restores_exactly(mouse, irregular, name, arrow, place):
    before = irregular.bytes()
    mouse.press(place)
    mouse.move(place, place + QPoint(40, 0))
    assert irregular.bytes() != before
    mouse.key(Qt.Key.Key_Escape)
    assert irregular.bytes() == before
    mouse.move(place + QPoint(40, 0), place + QPoint(60, 0))
    mouse.release(place + QPoint(60, 0))
    assert irregular.bytes() == before
    assert irregular.undo_stack.index() == 0
    assert irregular.selected_neurons == {name("mix")}


def test_back_at_its_beginning_nothing_has_changed(mouse, irregular, arrow, place):
    before = irregular.bytes()
    mouse.press(place)
    mouse.move(place, place + QPoint(40, 0))
    mouse.move(place + QPoint(40, 0), place)
    mouse.release(place)
    assert irregular.bytes() == before
    assert irregular.undo_stack.index() == 0


def test_an_edit_by_another_ends_it(mouse, irregular, name, arrow, place):
    mouse.press(place)
    mouse.move(place, place + QPoint(40, 0))
    irregular.do(SetValues("neuron", "bias", [name("mix")], [0.5]))
    mouse.move(place + QPoint(40, 0), place + QPoint(60, 0))
    mouse.release(place + QPoint(60, 0))
    assert irregular.network.neuron_values(name("mix")).bias == 0.5
    assert not holding().is_on


@pytest.mark.parametrize(("field", "expected"), [("bias", 0.2), ("threshold", 0.2)])
def test_tags_can_be_dragged(canvas, mouse, irregular, name, field, expected):
    canvas.set_zoom(1.7)
    canvas._zoom.pan(QPointF(canvas.viewport().rect().center() - canvas.neuron_position(name("mix"))))
    middle = canvas._hand.in_place.spots.rect(Quantity(field, name("mix"))).center().toPoint()
    QTest.mouseMove(canvas.viewport(), middle)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    mouse.drag(middle, middle + QPoint(20, 0))
    assert getattr(irregular.network.neuron_values(name("mix")), field) == expected
    assert irregular.undo_stack.count() == 1


def test_a_locked_value_does_not_move(canvas, mouse, irregular, arrow, place, qtbot):
    irregular.do(SetValues("connection", "locked", [arrow], [True]))
    before = irregular.bytes()
    QTest.mouseMove(canvas.viewport(), place)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    with qtbot.waitSignal(canvas.message) as said:
        mouse.drag(place, place + QPoint(40, 0))
    assert "unlock it first" in said.args[0]
    assert irregular.bytes() == before


def test_shift_click_on_a_label_selects(mouse, irregular, name, arrow, place):
    mouse.click(place, SHIFT)
    assert (irregular.selected_neurons, irregular.selected_connections) == ({name("mix")}, {arrow})


def test_training_waits_until_it_is_let_go(open_canvas, xor_document, control, qtbot):
    canvas = open_canvas(xor_document)
    arrow = next(iter(xor_document.network.connections))
    xor_document.select((), [arrow])
    control.play()
    qtbot.waitUntil(lambda: control.session is not None and control.session.learning.steps > 5)
    place = canvas._hand.in_place.spots.rect(Quantity("weight", arrow)).center().toPoint()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    for x in (10, 20, 30):
        QTest.mouseMove(canvas.viewport(), place + QPoint(x, 0))
        qtbot.wait(5)
    assert control.state is State.IDLE
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, NONE, place + QPoint(30, 0))
    qtbot.waitUntil(lambda: control.state is State.RUNNING)
    control.pause()
    stack = xor_document.undo_stack
    texts = [stack.text(k) for k in range(stack.count())]
    assert sum(text.startswith("Set weight") for text in texts) == 1
