import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from annsim.formats.examples import read_example
from annsim.gui.dialogs.neuron_window import NeuronWindow
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.project.project import Project

# remarks of the offscreen platform, not of the program
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(name):
    document = Document(read_example(name))
    document.load_data(document.project.data)
    document.show_row(3)
    return document


@pytest.fixture
def irregular(qapp):
    return opened("irregular")


@pytest.fixture
def show(qtbot):
    windows = []

    def make(document, neuron_id):
        window = NeuronWindow(document, neuron_id)
        windows.append(window)
        window.show()
        window.activateWindow()
        with qtbot.waitActive(window):
            pass
        return window

    yield make
    for window in windows:
        if shiboken6.isValid(window):
            window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def is_gone(window):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return not shiboken6.isValid(window)


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_terms_and_the_bias_make_the_net_input(irregular, show):
    mix = irregular.network.neuron_id_of("mix")
    window = show(irregular, mix)
    assert window.windowTitle() == "mix - from inputs to output"
    parts = window.diagram.shown_terms
    assert [term.source for term in parts.shown] == ["bend", "ramp", "x1"]
    now = irregular.moment.neuron(mix)
    assert now.bias + sum(term.product for term in parts.shown) == pytest.approx(now.net_input)


def test_of_many_terms_the_largest_are_shown_and_the_others_summed(show):
    digits = opened("digits")
    hidden = digits.network.ids_of_role("hidden")[0]
    parts = show(digits, hidden).diagram.shown_terms
    assert (len(parts.shown), parts.more) == (12, 52)
    total = sum(term.product for term in parts.shown) + parts.rest
    now = digits.moment.neuron(hidden)
    assert now.bias + total == pytest.approx(now.net_input)


def test_every_parameter_is_edited_as_one_exact_step(irregular, show, qtbot):
    mix = irregular.network.neuron_id_of("mix")
    diagram = show(irregular, mix).diagram
    for field, text, name in (
        (diagram.weights[1], "-1/2", "Set weight of ramp → mix"),
        (diagram.bias, "0,25", "Set bias of mix"),
        (diagram.threshold, "0.5", "Set threshold of mix"),
    ):
        before = irregular.bytes()
        type_into(qtbot, field, text)
        assert irregular.undo_stack.undoText() == name
        irregular.undo()
        assert irregular.bytes() == before
        irregular.redo()
    for box, key, name in (
        (diagram.activation, Qt.Key.Key_Down, "Set activation of mix to linear"),
        (diagram.output, Qt.Key.Key_Down, "Set output function of mix to clip01"),
    ):
        box.setFocus()
        qtbot.keyClick(box, key)
        assert irregular.undo_stack.undoText() == name
    values = irregular.network.neuron_values(mix)
    assert (values.bias, values.threshold, values.activation, values.output) == (0.25, 0.5, "linear", "clip01")


def test_a_refusal_is_said_in_the_window(irregular, show, qtbot):
    window = show(irregular, irregular.network.neuron_id_of("mix"))
    window.diagram.activation.textActivated.emit("softmax")
    assert "softmax" in window.strip.text
    assert window.diagram.activation.currentText() == "tanh"


def test_numbers_follow_the_row_on_show(irregular, show, qtbot):
    window = show(irregular, irregular.network.neuron_id_of("mix"))
    before = window.diagram.shown_terms
    irregular.show_row(9)
    qtbot.waitUntil(lambda: window.diagram.shown_terms != before, timeout=1000)


def test_escape_closes_but_first_puts_back_what_was_typed(irregular, show, qtbot):
    window = show(irregular, irregular.network.neuron_id_of("mix"))
    field = window.diagram.bias
    field.setFocus()
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert is_gone(window)
    assert not irregular.undo_stack.canUndo()


def test_it_closes_with_its_neuron_and_with_its_project(irregular, show):
    mix, soft = (irregular.network.neuron_id_of(name) for name in ("mix", "soft"))
    first, second = show(irregular, mix), show(irregular, soft)
    irregular.network.remove(irregular.network.neurons[mix])
    assert is_gone(first)
    assert second.isVisible()
    irregular.replace(Project())
    assert is_gone(second)
    irregular.refresh_moment()


def test_tab_reaches_every_field(irregular, show, qtbot):
    window = show(irregular, irregular.network.neuron_id_of("mix"))
    diagram, reached = window.diagram, []
    for _ in range(9):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    start = reached.index(diagram.weights[0])
    chain = [*diagram.weights, diagram.bias, diagram.threshold, diagram.activation, diagram.output]
    assert reached[start : start + len(chain)] == chain
    assert not irregular.undo_stack.canUndo()


def test_connections_that_come_and_go_are_followed(irregular, show):
    mix = irregular.network.neuron_id_of("mix")
    diagram = show(irregular, mix).diagram
    block = irregular.network.store.block
    number = int(block.ids[block.target == mix][0])
    irregular.network.remove(irregular.network.connections[number])
    assert [term.source for term in diagram.shown_terms.shown] == ["ramp", "x1"]
    assert not diagram.weights[2].isVisible()


def test_an_input_neuron_is_explained(irregular, show):
    window = show(irregular, irregular.network.neuron_id_of("x1"))
    assert not window.diagram.isVisible()
    assert not window.grab().isNull()


@pytest.mark.parametrize("choice", ["dark", "high_contrast_dark"])
def test_the_picture_follows_the_theme(irregular, show, choice):
    window = show(irregular, irregular.network.neuron_id_of("class"))
    before = window.grab().toImage()
    theme().set_choice(choice)
    assert window.grab().toImage() != before


def test_a_neuron_without_connections(irregular, show):
    lone = irregular.network.add_neuron(bias=0.5)
    window = show(irregular, lone.id)
    assert window.diagram.shown_terms.shown == ()
    assert not window.grab().isNull()
