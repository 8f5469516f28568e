import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def arrow(canvas, irregular, name):
    """An arrow and a point on it."""
    number = next(i for i, c in irregular.network.connections.items() if (c.source, c.target) == ends(name))
    a, b = (canvas.neuron_position(i) for i in ends(name))
    return number, a + (b - a) * 0.75


def ends(name):
    return name("mix"), name("class")


def test_click_selects_and_click_beside_selects_nothing(canvas, mouse, irregular, name, corner):
    mouse.click(canvas.neuron_position(name("mix")))
    assert irregular.selected_neurons == {name("mix")}
    mouse.click(corner)
    assert not irregular.selected_neurons


def test_shift_click_joins_and_leaves(canvas, mouse, irregular, name):
    for number in (name("mix"), name("soft")):
        mouse.click(canvas.neuron_position(number), SHIFT)
    assert irregular.selected_neurons == {name("mix"), name("soft")}
    mouse.click(canvas.neuron_position(name("mix")), SHIFT)
    assert irregular.selected_neurons == {name("soft")}


def test_an_arrow_is_hit_within_six_pixels(canvas, mouse, irregular, arrow):
    number, point = arrow
    mouse.click(point)
    assert irregular.selected_connections == {number}
    canvas.grab()
    mouse.click(point + QPoint(0, 5))
    assert irregular.selected_connections == {number}


def test_a_bent_arrow_is_hit_on_its_curve(canvas, irregular, name):
    number = next(
        i for i, c in irregular.network.connections.items() if (c.source, c.target) == (name("bend"), ends(name)[1])
    )
    canvas.grab()
    row = int(canvas._stage.drawing.arrow_rows([number])[0])
    assert canvas._stage.drawing.bends[row] != 0
    a, b = (canvas.neuron_position(i) for i in (name("bend"), name("class")))
    way = QPointF(b - a)
    up = QPointF(way.y(), -way.x()) / (way.x() ** 2 + way.y() ** 2) ** 0.5
    middle = QPointF(a + b) / 2 + up * canvas._stage.drawing.bends[row] / 2
    assert canvas._board.arrow_at(middle) == number


def test_rubber_band_selects_the_neurons_inside(canvas, mouse, irregular, name):
    a = canvas.neuron_position(name("mix")) + QPoint(-60, -60)
    b = canvas.neuron_position(name("soft")) + QPoint(60, 60)
    before = irregular.bytes()
    mouse.press(a)
    mouse.move(a, b)
    canvas.grab()
    mouse.release(b)
    assert irregular.selected_neurons == {name("mix"), name("soft")}
    assert irregular.bytes() == before


def test_escape_ends_the_rubber_band(canvas, mouse, irregular, name, corner):
    irregular.select([name("x1")])
    mouse.press(corner)
    mouse.move(corner, QPoint(20, 500))
    mouse.key(Qt.Key.Key_Escape)
    mouse.release(QPoint(20, 500))
    assert irregular.selected_neurons == {name("x1")}


def test_a_band_without_neurons_selects_the_arrows_that_cross_it(mouse, irregular, arrow):
    number, point = arrow
    mouse.drag(point + QPoint(8, -22), point + QPoint(-8, 12))
    assert number in irregular.selected_connections
    assert not irregular.selected_neurons


def test_select_all_and_escape(canvas, mouse, irregular):
    mouse.key(Qt.Key.Key_A, CONTROL)
    assert irregular.selected_neurons == set(irregular.network.neurons)
    assert irregular.selected_connections == set(irregular.network.connections)
    canvas.grab()
    mouse.key(Qt.Key.Key_Escape)
    assert not irregular.selected_neurons


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes_the_selection_as_one_step(mouse, irregular, name, arrow, key):
    before, count = irregular.bytes(), len(irregular.network.neurons)
    irregular.select([name("ramp")], [arrow[0]])
    mouse.key(key)
    assert len(irregular.network.neurons) == count - 1
    assert arrow[0] not in irregular.network.connections
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


def test_hover_shows_and_leaves(canvas, mouse, name, arrow, qtbot):
    with qtbot.waitSignal(canvas.hovered) as seen:
        QTest.mouseMove(canvas.viewport(), canvas.neuron_position(name("mix")))
    assert seen.args == [name("mix")]
    assert canvas._stage.hovered_neuron == name("mix")
    QTest.mouseMove(canvas.viewport(), canvas.rim_position(name("mix")))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mouseMove(canvas.viewport(), arrow[1])
    assert (canvas._stage.hovered_neuron, canvas._stage.hovered_connection) == (None, arrow[0])
    canvas.grab()
