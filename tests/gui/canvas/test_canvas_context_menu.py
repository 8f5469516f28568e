import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
RIGHT = Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def right_click(canvas, mouse):
    """A function that right-clicks at a point and returns the menu that opens."""

    def clicked(point):
        mouse.press(point, RIGHT)
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, canvas.viewport().mapToGlobal(point))
        QApplication.sendEvent(canvas.viewport(), asked)
        mouse.release(point, RIGHT)
        return QApplication.activePopupWidget()

    yield clicked
    close_menu()


def close_menu():
    menu = QApplication.activePopupWidget()
    while menu is not None:
        menu.close()
        menu = QApplication.activePopupWidget()
    QTest.qWait(1)  # what is done after a menu has closed


def choose(menu, *path):
    """Choose an entry as a click does: the menu closes first."""
    *titles, last = path
    inner = menu
    for title in titles:
        inner = entry(inner, title).menu()
    action = entry(inner, last)
    menu.close()
    action.trigger()
    QTest.qWait(1)


def entry(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def texts(menu):
    return [action.text() for action in menu.actions() if action.text()]


def middle_of(canvas, irregular, arrow):
    connection = irregular.network.connections[arrow]
    a, b = (canvas.neuron_position(i) for i in (connection.source, connection.target))
    return a + (b - a) * 0.75


def test_it_selects_what_is_under_the_pointer_first(canvas, irregular, name, right_click, corner):
    menu = right_click(canvas.neuron_position(name("mix")))
    assert irregular.selected_neurons == {name("mix")}
    assert {"Activation function", "Role", "Output function", "Lock the bias", "Cut", "Select similar"} <= set(
        texts(menu)
    )
    close_menu()
    menu = right_click(middle_of(canvas, irregular, 15))
    assert (irregular.selected_neurons, irregular.selected_connections) == (set(), {15})
    assert "Weight" in texts(menu)
    close_menu()
    menu = right_click(corner)
    assert irregular.selected_connections == {15}
    assert {"Add neuron", "Paste", "Select all"} <= set(texts(menu))


def test_a_selection_that_is_under_the_pointer_stays(canvas, irregular, name, right_click):
    both = {name("mix"), name("x1")}
    irregular.select(both)
    right_click(canvas.neuron_position(name("mix")))
    assert irregular.selected_neurons == both


def test_the_entries_are_the_actions_of_the_canvas(canvas, irregular, name, right_click):
    menu = right_click(canvas.neuron_position(name("mix")))
    assert canvas.actions_by_name["copy"] in menu.actions()
    assert canvas.actions_by_name["mark"] in entry(menu, "Connect").menu().actions()
    assert canvas.actions_by_name["arrange_layers"] in entry(menu, "Arrange").menu().actions()


@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        (("Activation function", "relu"), "activation", "relu"),
        (("Output function", "clip01"), "output", "clip01"),
        (("Role", "output"), "role", "output"),
        (("Lock the bias",), "locked", True),
    ],
)
def test_quick_choices_for_several_neurons_are_one_step(canvas, irregular, name, right_click, path, field, value):
    before = irregular.bytes()
    chosen = [name("mix"), name("soft")]
    irregular.select(chosen)
    menu = right_click(canvas.neuron_position(name("mix")))
    canvas.grab()
    choose(menu, *path)
    assert [getattr(irregular.network.neurons[i], field) for i in chosen] == [value, value]
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


def test_the_present_choice_is_marked_and_inputs_have_none(canvas, irregular, name, right_click):
    menu = right_click(canvas.neuron_position(name("mix")))
    marked = [action for action in entry(menu, "Activation function").menu().actions() if action.isChecked()]
    assert [action.text() for action in marked] == ["tanh"]
    assert marked[0].font().bold() or marked[0].font().weight() >= 600
    close_menu()
    menu = right_click(canvas.neuron_position(name("x1")))
    assert not entry(menu, "Activation function").isEnabled()
    assert not entry(menu, "Lock the bias").isEnabled()


@pytest.mark.parametrize(("text", "weight"), [("0", 0.0), ("1", 1.0), ("−1", -1.0)])
def test_quick_weights(canvas, irregular, right_click, text, weight):
    before = irregular.bytes()
    irregular.select([], [15, 16])
    choose(right_click(middle_of(canvas, irregular, 15)), "Weight", text)
    assert [irregular.network.connections[i].weight for i in (15, 16)] == [weight, weight]
    irregular.undo()
    assert irregular.bytes() == before


def test_a_refused_choice_says_why(canvas, irregular, name, right_click, qtbot):
    before = irregular.bytes()
    menu = right_click(canvas.neuron_position(name("mix")))
    with qtbot.waitSignal(canvas.message) as said:
        choose(menu, "Role", "input")
    assert "input neuron" in said.args[0]
    assert irregular.bytes() == before


def test_on_the_empty_canvas_things_come_where_it_was_opened(canvas, irregular, right_click, corner):
    choose(right_click(corner), "Add neuron")
    assert canvas.neuron_position(max(irregular.network.neurons)) == corner


def test_shift_f10_opens_it_for_the_selection_once(canvas, mouse, irregular, name):
    irregular.select([name("mix")])
    mouse.key(Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert "Activation function" in texts(menu)
    centre = canvas.viewport().mapToGlobal(canvas.neuron_position(name("mix")))
    assert abs(menu.y() - centre.y()) <= 4  # the screen may be too narrow for the same x
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(canvas.viewport(), asked)
    assert QApplication.activePopupWidget() is menu
    close_menu()
    QApplication.sendEvent(canvas.viewport(), asked)
    assert QApplication.activePopupWidget() is not None
    close_menu()


def test_the_right_button_begins_no_gesture(canvas, mouse, irregular, name, corner):
    before = irregular.bytes()
    start = canvas.neuron_position(name("mix"))
    for begin in (start, canvas.rim_position(name("mix")), corner):
        mouse.drag(begin, corner + QPoint(-200, 200), RIGHT)
    assert irregular.bytes() == before
    assert not canvas._hand.is_busy


def test_no_menu_opens_in_the_middle_of_a_gesture(canvas, mouse, irregular, name, right_click, corner):
    start = canvas.neuron_position(name("mix"))
    mouse.press(start)
    mouse.move(start, corner)
    assert right_click(corner) is None
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(corner)
    assert canvas._board.stage.menu_place is None


def test_the_menu_is_gone_after_it_was_used(canvas, irregular, name, right_click, corner):
    for point in (canvas.neuron_position(name("mix")), corner):
        assert right_click(point) is not None
        close_menu()
        assert canvas.menu._menu is None
        assert canvas._hand.pointer() != QPointF(corner)
