import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annsim.gui.theme import theme

ALT = Qt.KeyboardModifier.AltModifier
KEYS = {"left": Qt.Key.Key_Left, "right": Qt.Key.Key_Right, "up": Qt.Key.Key_Up, "down": Qt.Key.Key_Down}
IN_ORDER = ("x1", "x2", "bend", "ramp", "wave", "mix", "soft", "class")


@pytest.fixture
def messages(canvas):
    said = []
    canvas.message.connect(said.append)
    return said


@pytest.fixture
def selected(irregular):
    """A function that returns the names of the selected neurons."""
    return lambda: {irregular.network.neuron_values(i).name for i in irregular.selected_neurons}


def walk(mouse, *ways):
    for way in ways:
        mouse.key(KEYS[way], ALT)


def test_alt_and_an_arrow_key_goes_along_the_strongest_connection(mouse, irregular, name, selected):
    before = irregular.bytes()
    irregular.select([name("mix")])
    walk(mouse, "left")
    assert selected() == {"ramp"}  # -0.75 against -0.05 and 0.03
    walk(mouse, "right")
    assert selected() == {"mix"}
    walk(mouse, "right")
    assert selected() == {"class"}
    assert irregular.bytes() == before
    assert irregular.undo_stack.count() == 0


def test_where_no_connection_leads_it_says_so(mouse, irregular, name, selected, messages):
    irregular.select([name("x1")])
    walk(mouse, "left")
    assert messages == ["No connection comes into x1."]
    irregular.select([name("class")])
    walk(mouse, "right")
    assert messages[1:] == ["No connection goes out of class."]
    assert selected() == {"class"}


def test_from_an_arrow_to_its_ends(mouse, irregular, selected):
    irregular.select([], [8])
    walk(mouse, "left")
    assert selected() == {"ramp"}
    irregular.select([], [8])
    walk(mouse, "right")
    assert selected() == {"mix"}


def test_up_and_down_stay_in_the_layer(mouse, irregular, name, selected, messages):
    irregular.select([name("bend")])
    walk(mouse, "down")
    assert selected() == {"ramp"}
    walk(mouse, "down", "down")
    assert selected() == {"wave"}
    assert messages == ["No neuron below in this layer."]
    walk(mouse, "up")
    assert selected() == {"ramp"}


def test_tab_walks_in_evaluation_order_and_leaves_behind_the_last(canvas, mouse, irregular, selected, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    first, last = QLineEdit(), QLineEdit()
    for widget in (first, canvas, last):
        layout.addWidget(widget)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    walked = [selected()]
    for _ in IN_ORDER[1:]:
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        walked.append(selected())
    assert walked == [{one} for one in IN_ORDER]
    assert canvas._stage.focused is not None
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert host.focusWidget() is not canvas
    assert canvas._stage.focused is None
    assert selected() == {"class"}
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert selected() == {"x1"}
    QTest.keyClick(canvas, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert host.focusWidget() is first
    canvas.setParent(None)
    qtbot.addWidget(canvas)


def test_home_and_end(mouse, selected):
    mouse.key(Qt.Key.Key_End)
    assert selected() == {"class"}
    mouse.key(Qt.Key.Key_Home)
    assert selected() == {"x1"}


def test_the_neuron_walked_to_is_in_view_and_has_the_focus_mark(canvas, mouse, irregular, name):
    canvas.set_zoom(4.0)
    irregular.select([name("x1")])
    mouse.key(Qt.Key.Key_End)
    number = name("class")
    assert canvas.viewport().rect().contains(canvas.neuron_position(number))
    assert canvas._stage.focused == number
    canvas.set_zoom(1.0)
    centre, radius = canvas._board.circle(number)
    corner = round(radius + 10)
    picture = canvas.grab().toImage()
    mark = theme().look.colour("focus")
    left = [picture.pixelColor(round(centre.x()) - corner, round(centre.y()) + y) for y in range(-corner, corner)]
    assert sum(abs(c.red() - mark.red()) + abs(c.blue() - mark.blue()) < 40 for c in left) > corner / 2
    mouse.click(canvas.neuron_position(name("soft")))
    assert canvas._stage.focused is None


def test_walking_goes_on_from_the_neuron_walked_to_last(mouse, irregular, name, selected):
    mouse.key(Qt.Key.Key_Home)
    irregular.select([name("x1"), name("wave")])
    QTest.keyClick(mouse.canvas, Qt.Key.Key_Tab)
    assert selected() == {"x2"}


@pytest.mark.parametrize(
    ("neurons", "arrows", "signal"), [([3], [1], "neuron_opened"), ([], [4, 9], "connection_opened")]
)
def test_open_selected_opens_it(canvas, irregular, qtbot, neurons, arrows, signal):
    irregular.select(neurons, arrows)
    with qtbot.waitSignal(getattr(canvas, signal)) as opened:
        canvas.actions_by_name["open_selected"].trigger()
    assert opened.args == [3 if neurons else 4]


def test_in_an_empty_drawing_tab_leaves_at_once(empty, document, qtbot):
    assert not empty._walk.step(True)
    empty._walk.enter(True)
    assert document.selected_neurons == set()
    assert not empty.actions_by_name["first_neuron"].isEnabled()
