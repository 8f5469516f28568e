import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annsim.gui.canvas.quantity import Quantity
from annsim.gui.holding import holding
from annsim.gui.training_control import State
from annsim.network.edits import SetValues

Key = Qt.Key
ENTER, ESC, TAB, UP, DOWN = Key.Key_Return, Key.Key_Escape, Key.Key_Tab, Key.Key_Up, Key.Key_Down
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Values:
    """The values on a canvas, their places, and the field that is open."""

    def __init__(self, canvas, document):
        self.canvas, self.document = canvas, document
        self.said = []
        canvas.message.connect(self.said.append)

    def place(self, field, number):
        """The middle of a tag, name or label on show, in viewport pixels."""
        self.canvas.grab()
        spots = self.canvas._hand.in_place.spots
        middle = spots.rect(Quantity(field, number)).center()
        spot = spots.at(middle)
        assert spot is not None
        assert spot.quantity == Quantity(field, number)
        return middle.toPoint()

    @property
    def field(self):
        """The one open field, or None."""
        fields = [field for field in self.canvas.findChildren(QLineEdit) if field.isVisible()]
        assert len(fields) <= 1
        return fields[0] if fields else None

    @property
    def quantity(self):
        """What the open field is about."""
        assert self.field is not None
        return self.canvas._hand.in_place.editor._quantity

    def click(self, field, number):
        QTest.mouseClick(self.canvas.viewport(), Qt.MouseButton.LeftButton, NONE, self.place(field, number))

    def key(self, key, modifiers=NONE):
        """Into the open field, else into the canvas."""
        QTest.keyClick(self.field or self.canvas, key, modifiers)

    def type(self, text):
        self.field.selectAll()
        QTest.keyClicks(self.field, text)

    @property
    def steps(self):
        stack = self.document.undo_stack
        return [stack.text(k) for k in range(stack.index())]


@pytest.fixture
def values(canvas, irregular):
    canvas.activateWindow()
    return Values(canvas, irregular)


@pytest.fixture
def between(irregular):
    """A function from two names to the id of the connection between them."""
    network = irregular.network

    def found(source, target):
        ends = network.neuron_id_of(source), network.neuron_id_of(target)
        return next(k for k, arrow in network.connections.items() if (arrow.source, arrow.target) == ends)

    return found


@pytest.fixture
def large(canvas, name):
    """The neuron "mix" in the middle, at the level full."""
    canvas.set_zoom(1.7)
    canvas._zoom.pan(QPointF(canvas.viewport().rect().center() - canvas.neuron_position(name("mix"))))
    return name("mix")


def test_a_click_on_a_label_opens_the_weight_and_enter_accepts(values, irregular, name, between):
    before, arrow = irregular.bytes(), between("ramp", "mix")
    irregular.select([name("mix")])
    place = values.place("weight", arrow)
    values.click("weight", arrow)
    assert values.field.geometry().contains(place)
    assert values.field.accessibleName() == "Weight of ramp → mix"
    values.type("1/4")
    values.key(ENTER)
    assert values.field is None
    assert irregular.network.connections[arrow].weight == 0.25
    assert values.steps == ["Set weight of ramp → mix"]
    assert irregular.selected_neurons == {name("mix")}
    irregular.undo()
    assert irregular.bytes() == before


@pytest.mark.parametrize("field", ["bias", "threshold"])
def test_tags_of_a_large_neuron_open(values, irregular, large, field):
    before = irregular.bytes()
    values.click(field, large)
    values.type("-2.5")
    values.key(ENTER)
    assert getattr(irregular.network.neuron_values(large), field) == -2.5
    assert values.steps == [f"Set {field} of mix"]
    irregular.undo()
    assert irregular.bytes() == before


def test_below_the_level_full_there_are_no_tags(values, canvas, name):
    canvas.set_zoom(1.3)
    tag = values.canvas._hand.in_place.spots.rect(Quantity("bias", name("mix"))).center()
    spot = values.canvas._hand.in_place.spots.at(tag)
    assert spot is None or spot.quantity.field == "name"


def test_escape_puts_back_and_the_focus_returns(values, canvas, irregular, large):
    before = irregular.bytes()
    values.click("bias", large)
    values.key(UP)
    values.type("7")
    values.key(UP)
    assert irregular.network.neuron_values(large).bias == 7.01
    values.key(ESC)
    assert values.field is None
    assert irregular.bytes() == before
    assert values.steps == []
    assert canvas.hasFocus()


def test_escape_with_nothing_typed_keeps_the_selection(values, irregular, name, between):
    irregular.select([name("mix")])
    values.click("weight", between("ramp", "mix"))
    values.key(ESC)
    assert irregular.selected_neurons == {name("mix")}


def test_up_and_down_change_it_live_as_one_step(values, irregular, large):
    before, output = irregular.bytes(), irregular.moment.neuron(large).output
    values.click("bias", large)
    values.key(UP)
    values.key(UP, SHIFT)
    assert irregular.network.neuron_values(large).bias == 0.11
    assert irregular.moment.neuron(large).output > output
    values.key(DOWN)
    values.type("0.5")
    values.key(ENTER)
    assert irregular.network.neuron_values(large).bias == 0.5
    assert values.steps == ["Set bias of mix"]
    irregular.undo()
    assert irregular.bytes() == before


def test_going_elsewhere_accepts(values, irregular, mouse, large, corner):
    values.click("threshold", large)
    values.type("0.75")
    mouse.click(corner)
    assert values.field is None
    assert irregular.network.neuron_values(large).threshold == 0.75


def test_what_is_no_number_stays_with_its_reason_until_one_leaves(values, canvas, irregular, mouse, large, corner):
    before = irregular.bytes()
    values.click("bias", large)
    values.type("1/0")
    values.key(ENTER)
    reason = canvas._hand.in_place.editor._reason
    assert values.field.text() == "1/0"
    assert "other than 0" in reason.text()
    values.type("2")
    assert not reason.isVisible()
    values.type("two")
    mouse.click(corner)
    assert values.field is None
    assert "“two” was not taken" in values.said[-1]
    assert irregular.bytes() == before


def test_tab_goes_from_bias_to_threshold_and_round(values, irregular, large):
    irregular.select([large])
    values.key(ENTER)
    assert values.quantity == Quantity("bias", large)
    values.type("0.1")
    values.key(TAB)
    assert values.quantity == Quantity("threshold", large)
    values.type("0.2")
    values.key(TAB)
    assert values.quantity == Quantity("bias", large)
    values.key(Key.Key_Backtab, SHIFT)
    assert values.quantity == Quantity("threshold", large)
    values.key(ESC)
    assert values.steps == ["Set bias of mix", "Set threshold of mix"]


def test_tab_goes_through_the_selected_arrows_and_passes_locked_ones(values, irregular, between):
    arrows = sorted([between("x1", "mix"), between("ramp", "mix"), between("bend", "mix")])
    irregular.do(SetValues("connection", "locked", [arrows[1]], [True]))
    irregular.select((), arrows)
    values.key(ENTER)
    assert values.quantity == Quantity("weight", arrows[0])
    values.key(TAB)
    assert values.quantity == Quantity("weight", arrows[2])
    values.key(TAB)
    assert values.quantity == Quantity("weight", arrows[0])


def test_tab_goes_on_at_the_selected_neuron(values, irregular, name, between):
    irregular.select([name("mix")])
    arrow = between("ramp", "mix")
    values.click("weight", arrow)
    values.key(TAB)
    other = irregular.network.connections[values.quantity.id]
    assert values.quantity.id != arrow
    assert name("mix") in (other.source, other.target)


def test_locked_values_say_why_not(values, irregular, name, between):
    arrow = between("ramp", "mix")
    irregular.do(SetValues("connection", "locked", [arrow], [True]))
    irregular.select([name("mix")])
    values.click("weight", arrow)
    assert values.field is None
    assert values.said[-1] == "Weight of ramp → mix is locked: unlock it first, by a right click or in Properties."
    assert irregular.selected_connections == {arrow}


def test_inputs_have_no_value_to_open(values, irregular, name):
    irregular.select([name("x1")])
    values.key(ENTER)
    assert values.field is None
    assert "no bias" in values.said[-1]


def test_f2_renames_in_place(values, irregular, name):
    before, mix = irregular.bytes(), name("mix")
    irregular.select([mix])
    values.key(Key.Key_F2)
    assert values.field.text() == values.field.selectedText() == "mix"
    values.type("  blend ")
    values.key(ENTER)
    assert irregular.network.neuron_values(mix).name == "blend"
    assert values.steps == ["Rename mix to blend"]
    irregular.undo()
    assert irregular.bytes() == before


def test_a_click_on_a_name_renames_and_a_drag_moves(values, canvas, mouse, irregular, name):
    mix = name("mix")
    place = values.place("name", mix)
    mouse.click(place)
    assert values.quantity == Quantity("name", mix)
    values.key(ESC)
    position = canvas.neuron_position(mix)
    mouse.drag(place, place + QPoint(60, 0))
    assert (canvas.neuron_position(mix) - position).x() == pytest.approx(60, abs=12)  # it snaps
    assert values.field is None


@pytest.mark.parametrize(("text", "reason"), [("x1", "taken"), ("", "not empty"), ("   ", "not empty")])
def test_a_refused_name_stays_beside_its_reason(values, canvas, irregular, mouse, name, corner, text, reason):
    before, mix = irregular.bytes(), name("mix")
    irregular.select([mix])
    values.key(Key.Key_F2)
    values.field.clear()
    values.type(text)
    values.key(ENTER)
    tag = canvas._hand.in_place.editor._reason
    assert tag.isVisible()
    assert reason in tag.text()
    assert values.field.text() == text
    assert values.field.property("wrong")
    mouse.click(corner)
    assert values.field is None
    assert "was not taken" in values.said[-1]
    assert irregular.bytes() == before


def test_the_bias_of_the_drawn_input_opens_like_a_weight(values, canvas, irregular, name):
    canvas.set_bias_inputs_shown(True)
    irregular.select([name("mix")])
    values.click("bias", name("mix"))
    values.type("0.3")
    values.key(ENTER)
    assert irregular.network.neuron_values(name("mix")).bias == 0.3


def test_the_field_follows_pan_zoom_and_undo(values, canvas, irregular, large):
    values.click("bias", large)
    values.key(UP)
    place = values.field.pos()
    canvas._zoom.pan(QPointF(40, 30))
    assert values.field.pos() - place == QPoint(40, 30)
    irregular.undo()
    assert values.field.value == 0.0
    irregular.select([large])
    canvas.setFocus()
    values.canvas.actions_by_name["delete"].trigger()
    assert values.field is None


def test_a_field_at_the_edge_stays_in_view(values, canvas, irregular, name):
    canvas.set_zoom(6.0)
    irregular.select([name("class")])
    values.key(ENTER)
    assert canvas.viewport().rect().contains(values.field.geometry())


@pytest.fixture
def running(open_canvas, xor_document, control):
    """Values of the XOR example, which is in training."""
    canvas = open_canvas(xor_document)
    canvas.activateWindow()
    control.play()
    yield Values(canvas, xor_document)
    holding().end()


def test_training_waits_for_a_field_that_has_changed_something(running, xor_document, control, qtbot):
    hidden = xor_document.network.neuron_id_of("h1")
    xor_document.select([hidden])
    running.key(ENTER)
    assert control.state is State.RUNNING
    running.key(UP)
    running.key(UP)
    qtbot.wait(20)
    assert control.state is State.IDLE
    running.key(ENTER)
    qtbot.waitUntil(lambda: control.state is State.RUNNING)
    control.pause()
    names = running.steps
    assert names.count("Set bias of h1") == 1


def test_a_window_that_goes_lets_go(running, xor_document):
    xor_document.select([xor_document.network.neuron_id_of("h1")])
    running.key(ENTER)
    running.key(UP)
    assert holding().is_on
    running.canvas.hide()
    assert not holding().is_on
    assert not running.canvas._hand.in_place.editor.is_open
