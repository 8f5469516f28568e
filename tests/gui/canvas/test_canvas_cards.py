import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from annsim.gui.canvas.card_content import Thing, card_of
from annsim.gui.canvas.hover_card import card_place
from annsim.gui.canvas.hover_cards import DELAY_MS
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.network.edits import SetValues
from annsim.project.project import Project
from tests.gui.canvas.test_canvas_view import wheel

VIEW = QRect(0, 0, 1040, 644)


@pytest.fixture
def point_at(qtbot):
    """A function that rests the pointer on a point of a canvas until the card is there; it returns the card."""

    def rest(canvas, point):
        QTest.mouseMove(canvas.viewport(), point - QPoint(1, 1))
        QTest.mouseMove(canvas.viewport(), point)
        card = canvas._hand.cards.card
        qtbot.waitUntil(card.isVisible)
        return card

    return rest


@pytest.fixture
def middle(canvas, irregular):
    """A function from two names to a bare point of the connection between them."""

    def found(source, target):
        ends = [canvas.neuron_position(irregular.network.neuron_id_of(text)) for text in (source, target)]
        return ends[0] * 0.4 + ends[1] * 0.6

    return found


def texts(card):
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card) and label.text()]


def test_the_card_of_a_neuron_says_everything(canvas, irregular, name, point_at):
    card = point_at(canvas, canvas.neuron_position(name("mix")))
    shown, now = texts(card), irregular.moment.neuron(name("mix"))
    words = "activation function,bias,threshold,output function,net input,activation,output"
    assert set(words.split(",")) <= set(shown)
    assert {"mix", "tanh", "identity", "3 incoming, 2 outgoing"} <= set(shown)
    assert f"hidden neuron, id {name('mix')}" in shown
    assert f"{now.net_input:.4f}".replace("-", "−") in shown
    assert shown[shown.index("threshold") + 1] == "0.0000"  # as many decimals as the numbers above and below it
    assert "delta" not in shown  # no data, no targets
    assert canvas.viewport().rect().contains(card.geometry())
    assert not card.geometry().contains(canvas.neuron_position(name("mix")))


def test_the_card_of_an_arrow_and_the_gradient_of_the_row(xor_document):
    xor_document.show_row(1)
    network, moment = xor_document.network, xor_document.moment
    arrow = next(one for one in network.connections.values() if network.neuron_values(one.target).role == "output")
    card = card_of(xor_document, Thing("arrow", arrow.id))
    values = {row.symbol: row.value for row in card.rows}
    output, delta = moment.neuron(arrow.source).output, moment.neuron(arrow.target).delta
    assert values["w"] == f"{arrow.weight:.4f}".replace("-", "−")
    assert values["w·o"] == f"{arrow.weight * output:.4f}".replace("-", "−")
    assert values["∂L/∂w"] == f"{delta * output:.6f}".replace("-", "−")
    assert card.title == "h1 → y1"
    assert f"from neuron {arrow.source} to {arrow.target}" in card.subtitle


def test_locks_groups_and_inputs_are_told(xor_document):
    hidden, x1 = (xor_document.network.neuron_id_of(text) for text in ("h1", "x1"))
    arrow = next(iter(xor_document.network.connections))
    xor_document.do(SetValues("neuron", "locked", [hidden], [True]))
    xor_document.do(SetValues("connection", "locked", [arrow], [True]))
    assert "The bias is locked" in card_of(xor_document, Thing("neuron", hidden)).notes
    assert "The bias is locked" in card_of(xor_document, Thing("bias", hidden)).notes
    assert "The weight is locked" in card_of(xor_document, Thing("arrow", arrow)).notes
    card = card_of(xor_document, Thing("neuron", x1))
    assert [row.word for row in card.rows] == ["output"]
    assert card.neuron is None  # an input has no activation function
    assert card_of(xor_document, Thing("neuron", 999)) is None


def test_it_comes_only_when_the_pointer_has_rested(canvas, name):
    for away in (2, 1, 0):
        QTest.mouseMove(canvas.viewport(), canvas.neuron_position(name("mix")) - QPoint(away, 0))
    cards = canvas._hand.cards
    assert not cards.card.isVisible()
    assert cards._timer.isActive()
    assert cards._timer.interval() == DELAY_MS == 300


@pytest.mark.parametrize("end", ["leave", "press", "key", "wheel", "other", "field"])
def test_it_goes_at_once(canvas, mouse, irregular, name, point_at, corner, end):
    place = canvas.neuron_position(name("mix"))
    card = point_at(canvas, place)
    if end == "leave":
        QTest.mouseMove(canvas.viewport(), corner)
    elif end == "press":
        mouse.press(place)
    elif end == "key":
        mouse.key(Qt.Key.Key_Shift)
    elif end == "wheel":
        wheel(canvas, place, 1)
    elif end == "other":
        QTest.mouseMove(canvas.viewport(), canvas.neuron_position(name("ramp")))
    else:
        irregular.select([name("mix")])
        mouse.key(Qt.Key.Key_F2)
    assert not card.isVisible()


def test_no_card_while_a_field_is_open(canvas, mouse, irregular, name):
    irregular.select([name("mix")])
    mouse.key(Qt.Key.Key_F2)
    QTest.mouseMove(canvas.viewport(), canvas.neuron_position(name("ramp")))
    assert not canvas._hand.cards._timer.isActive()


def test_it_follows_the_numbers_and_goes_with_the_thing(canvas, irregular, name, point_at):
    mix = name("mix")
    card = point_at(canvas, canvas.neuron_position(mix))
    geometry = card.geometry()
    irregular.do(SetValues("neuron", "bias", [mix], [0.125]))
    assert "0.1250" in texts(card)
    assert card.isVisible()
    assert card.geometry() == geometry
    irregular.do(SetValues("neuron", "bias", [mix], [-12345.678]))
    assert "−12345.68" in "".join(texts(card)).replace(",", "")
    width = card.width()
    irregular.do(SetValues("neuron", "bias", [mix], [0.0]))
    assert card.width() == width  # it does not jump back
    canvas.actions_by_name["select_all"].trigger()
    canvas.actions_by_name["delete"].trigger()
    assert not card.isVisible()


def test_a_screen_reader_gets_the_text(canvas, name, point_at, corner):
    description = canvas.accessibleDescription()
    point_at(canvas, canvas.neuron_position(name("mix")))
    assert canvas.accessibleDescription().startswith("mix, hidden neuron")
    assert "net input" in canvas.accessibleDescription()
    QTest.mouseMove(canvas.viewport(), corner)
    assert canvas.accessibleDescription() == description


@pytest.mark.parametrize("zoom", [0.5, 1.0, 1.7, 4.0])
def test_it_is_whole_and_never_under_the_pointer(canvas, irregular, point_at, zoom):
    canvas.set_zoom(zoom)
    for neuron in irregular.network.neurons:
        place = canvas.neuron_position(neuron)
        if VIEW.adjusted(8, 8, -8, -8).contains(place) and canvas.viewport().childAt(place) is None:
            card = point_at(canvas, place)
            assert VIEW.contains(card.geometry())
            assert not card.geometry().contains(place)
            canvas._hand.cards.hide()


@pytest.mark.parametrize("x", [0, 300, 1039])
@pytest.mark.parametrize("y", [0, 300, 643])
def test_there_is_a_place_everywhere(x, y):
    pointer = QPointF(x, y)
    thing = QRectF(x - 300, y - 300, 600, 600)  # larger than what is beside it
    place = card_place(QSize(240, 230), thing, [], [], pointer, VIEW)
    rect = QRect(place, QSize(240, 230))
    assert VIEW.contains(rect)
    assert not rect.contains(pointer.toPoint())


def test_it_prefers_what_is_free():
    thing, size = QRectF(500, 300, 80, 80), QSize(200, 100)
    assert card_place(size, thing, [], [], QPointF(540, 340), VIEW).x() > 580
    at_right, at_left = QRectF(600, 250, 200, 100), QRectF(280, 250, 200, 100)
    assert card_place(size, thing, [], [at_right], QPointF(540, 340), VIEW).x() < 300
    assert card_place(size, thing, [at_right], [at_left], QPointF(540, 340), VIEW).y() > 380


def test_cards_of_arrows_and_of_drawn_biases(canvas, irregular, name, point_at, middle):
    card = point_at(canvas, middle("x1", "ramp"))
    assert "x1 → ramp" in texts(card)
    canvas.set_bias_inputs_shown(True)
    row = canvas._stage.drawing.rows_of([name("mix")])[0]
    way = canvas._stage.bias_places.offsets(canvas._stage.drawing)[row].round().astype(int)
    card = point_at(canvas, canvas.neuron_position(name("mix")) + QPoint(*way.tolist()))
    assert "+1 → mix" in texts(card)
    assert np.isclose(irregular.moment.neuron(name("mix")).bias, 0.0)


def test_names_are_shown_as_they_are(open_canvas, qapp, point_at):
    document = Document(Project())
    neuron = document.network.add_neuron("hidden", name="<b>&amp;</b> " + "w" * 60, position=(0, 0))
    canvas = open_canvas(document)
    card = point_at(canvas, canvas.neuron_position(neuron.id))
    assert any(text.startswith("<b>") and "…" in text for text in texts(card))
    assert VIEW.contains(card.geometry())
    theme().set_choice("dark")
    assert not card.isVisible()
