import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annsim.engine.compiler import parameters_of
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.panels.properties_panel import PropertiesPanel
from annsim.gui.theme import theme
from annsim.gui.widgets.number_field import full_text
from annsim.network.edits import Add, SetValues
from annsim.network.notes import NoteValues
from annsim.project.project import Project

# remarks of the offscreen platform, not of the program
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def irregular(qapp):
    shown = Document(read_example("irregular"))
    shown.load_data(shown.project.data)
    shown.show_row(3)
    return shown


@pytest.fixture
def panel(irregular, qtbot):
    return shown_panel(irregular, qtbot)


def shown_panel(document, qtbot):
    widget = PropertiesPanel(document)
    qtbot.addWidget(widget)
    widget.resize(280, 900)
    widget.show()
    widget.activateWindow()
    with qtbot.waitActive(widget):
        pass
    return widget


def neuron(document, name):
    return document.network.neuron_id_of(name)


def values(document, name):
    return document.network.neuron_values(neuron(document, name))


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(qtbot, box, name):
    """Choose with the keyboard."""
    box.setFocus()
    steps = box.findText(name) - box.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def is_one_exact_step(document, before, name):
    """Whether one undo step of this name leads back to exactly what was before, and forth again."""
    after = document.bytes()
    assert document.undo_stack.undoText() == name
    assert after != before
    document.undo()
    assert document.bytes() == before
    document.redo()
    return document.bytes() == after


def test_nothing_selected_says_what_to_do(panel):
    assert panel.empty.isVisible()
    assert panel.empty.accessibleName() == "Nothing selected"


def test_a_selected_note_is_not_called_nothing(panel, irregular):
    irregular.do(Add(notes=(NoteValues(1, "why", (0.0, 0.0)),), name="Add note"))
    irregular.select(notes=[1])
    assert panel.only_notes.isVisible()
    assert not panel.empty.isVisible()
    irregular.undo()
    assert panel.empty.isVisible()


def test_bias_and_threshold_are_set_by_typing(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    for field, name, word in ((panel.neurons.bias, "bias", "-1/4"), (panel.neurons.threshold, "threshold", "0,5")):
        before = irregular.bytes()
        type_into(qtbot, field, word)
        assert is_one_exact_step(irregular, before, f"Set {name} of bend")
    assert (values(irregular, "bend").bias, values(irregular, "bend").threshold) == (-0.25, 0.5)


def test_functions_role_and_name_are_set(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "ramp")])
    form = panel.neurons
    for box, name, text in (
        (form.activation, "tanh", "Set activation of ramp to tanh"),
        (form.output, "clip01", "Set output function of ramp to clip01"),
        (form.role, "output", "Set role of ramp to output"),
    ):
        box.setFocus()
        box.setCurrentText(name)
        before = irregular.bytes()
        box.textActivated.emit(name)
        assert is_one_exact_step(irregular, before, text)
    before = irregular.bytes()
    type_into(qtbot, form.name, "knee")
    assert is_one_exact_step(irregular, before, "Rename ramp to knee")
    assert "x1 → knee" in [row.names.toolTip() or row.names.text() for row in form.incoming.rows]


def test_the_keyboard_chooses_a_function(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "soft")])
    before = irregular.bytes()
    choose(qtbot, panel.neurons.activation, "linear")
    assert values(irregular, "soft").activation == "linear"
    while irregular.undo_stack.canUndo():
        irregular.undo()
    assert irregular.bytes() == before
    assert panel.neurons.activation.currentText() == "softplus"


def test_the_wheel_does_not_change_a_function(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "soft")])
    box = panel.neurons.activation
    box.setFocus()
    place = QPointF(5, 5)
    event = QWheelEvent(
        place,
        box.mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert not irregular.undo_stack.canUndo()


def test_the_padlock_locks_the_bias(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    before = irregular.bytes()
    qtbot.mouseClick(panel.neurons.lock, Qt.MouseButton.LeftButton)
    assert is_one_exact_step(irregular, before, "Lock the bias of bend")
    qtbot.mouseClick(panel.neurons.lock, Qt.MouseButton.LeftButton)
    assert irregular.undo_stack.undoText() == "Unlock the bias of bend"


def test_several_neurons_are_set_as_one_edit(panel, irregular, qtbot):
    names = ("bend", "ramp", "wave")
    irregular.select([neuron(irregular, name) for name in names])
    form = panel.neurons
    assert form.activation.currentIndex() == -1
    assert form.activation.placeholderText() == "mixed"
    before = irregular.bytes()
    type_into(qtbot, form.threshold, "0.5")
    assert is_one_exact_step(irregular, before, "Set threshold of 3 neurons")
    assert {values(irregular, name).threshold for name in names} == {0.5}
    before = irregular.bytes()
    choose(qtbot, form.activation, "step")
    assert is_one_exact_step(irregular, before, "Set activation of 3 neurons to step")


def test_mixed_numbers_stay_until_one_is_typed(panel, irregular, qtbot):
    bend, ramp = neuron(irregular, "bend"), neuron(irregular, "ramp")
    irregular.do(SetValues("neuron", "bias", [bend], [0.123456789012345]))
    irregular.select([bend, ramp])
    field = panel.neurons.bias
    assert (field.text(), field.placeholderText()) == ("", "mixed")
    before = irregular.bytes()
    field.setFocus()
    panel.neurons.threshold.setFocus()
    assert irregular.bytes() == before


def test_walking_through_all_fields_changes_nothing(panel, irregular, qtbot):
    irregular.do(SetValues("neuron", "bias", [neuron(irregular, "bend")], [1 / 3]))
    irregular.do(SetValues("connection", "weight", [1], [-1.1543987654321098]))
    before, index = irregular.bytes(), irregular.undo_stack.index()
    for selected in ([[i], []] for i in irregular.network.neurons):
        irregular.select(*selected)
        for _ in range(40):
            qtbot.keyClick(panel.focusWidget() or panel, Qt.Key.Key_Tab)
    irregular.select([], [1])
    for _ in range(6):
        qtbot.keyClick(panel.focusWidget() or panel, Qt.Key.Key_Tab)
    assert irregular.bytes() == before
    assert irregular.undo_stack.index() == index


def test_up_and_down_are_one_step_and_escape_takes_it_back(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    before, field = irregular.bytes(), panel.neurons.bias
    field.setFocus()
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert values(irregular, "bend").bias == pytest.approx(0.03)
    assert irregular.undo_stack.count() == 1
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert irregular.bytes() == before
    qtbot.keyClick(field, Qt.Key.Key_Down)
    field.clearFocus()
    assert is_one_exact_step(irregular, before, "Set bias of bend")


def test_two_visits_of_a_field_are_two_steps(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    for _ in range(2):
        panel.neurons.bias.setFocus()
        qtbot.keyClick(panel.neurons.bias, Qt.Key.Key_Up)
        panel.neurons.threshold.setFocus()
    assert irregular.undo_stack.count() == 2


def test_a_refused_change_is_said_and_the_field_goes_back(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    before = irregular.bytes()
    panel.neurons.activation.setCurrentText("softmax")
    panel.neurons.activation.textActivated.emit("softmax")
    assert "softmax is for output neurons only" in panel.strip.text
    assert panel.strip.kind == "error"
    assert panel.neurons.activation.currentText() == "gaussian"
    type_into(qtbot, panel.neurons.name, "ramp")
    assert "taken" in panel.strip.text
    assert panel.neurons.name.text() == "bend"
    assert irregular.bytes() == before
    type_into(qtbot, panel.neurons.bias, "1")
    assert not panel.strip.isVisible()


def test_a_wrong_number_is_said_when_the_field_is_left(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    panel.neurons.bias.setFocus()
    qtbot.keyClicks(panel.neurons.bias, "1.2.3")
    panel.neurons.threshold.setFocus()
    assert "1.2.3" in panel.strip.text
    assert panel.neurons.bias.text() == "0"
    assert not irregular.undo_stack.canUndo()


def test_an_input_neuron_shows_its_value_only(panel, irregular):
    irregular.select([neuron(irregular, "x1")])
    form = panel.neurons
    assert form.value.isVisible()
    assert float(form.value.text().replace("−", "-")) == pytest.approx(irregular.moment.neuron(1).output, abs=1e-4)
    assert not any(part.isVisible() for part in (form.bias, form.activation, form.meters, form.curve, form.lock))


def test_numbers_follow_the_moment(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    shown = panel.neurons.meters.texts
    irregular.show_row(7)
    qtbot.waitUntil(lambda: panel.neurons.meters.texts != shown, timeout=1000)
    now = irregular.moment.neuron(neuron(irregular, "bend"))
    assert panel.neurons.meters.texts[0] == f"{now.net_input:.4f}".replace("-", "−")


def test_live_weights_are_shown_but_an_open_field_is_left_alone(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    row, other = panel.neurons.incoming.rows[:2]
    row.field.setFocus()
    open_text, old = row.field.text(), other.field.text()
    live = parameters_of(irregular.network, irregular.compiled())
    live.values[:] += 0.5
    irregular.show_live(live)
    qtbot.waitUntil(lambda: other.field.text() != old, timeout=1000)
    assert row.field.text() == open_text
    assert panel.neurons.bias.text() == "0.5"


def test_weights_of_the_list_are_set_and_locked(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    row = panel.neurons.incoming.rows[0]
    before = irregular.bytes()
    type_into(qtbot, row.field, "2")
    assert is_one_exact_step(irregular, before, "Set weight of x1 → bend")
    before = irregular.bytes()
    qtbot.mouseClick(row.lock, Qt.MouseButton.LeftButton)
    assert is_one_exact_step(irregular, before, "Lock x1 → bend")


def test_one_connection(panel, irregular, qtbot):
    irregular.select([], [1])
    form = panel.connections
    assert form.product.isVisible()
    before = irregular.bytes()
    type_into(qtbot, form.weight, "1e-3")
    assert is_one_exact_step(irregular, before, "Set weight of x1 → bend")
    assert irregular.network.connections[1].weight == 0.001
    qtbot.mouseClick(form.lock, Qt.MouseButton.LeftButton)
    assert irregular.network.connections[1].locked


def test_several_connections_are_set_and_locked_as_one_edit(panel, irregular, qtbot):
    irregular.select([], list(irregular.network.connections))
    form = panel.connections
    assert (form.weight.text(), form.weight.placeholderText()) == ("", "mixed")
    before = irregular.bytes()
    type_into(qtbot, form.weight, "0.5")
    assert is_one_exact_step(irregular, before, "Set weight of 17 connections")
    before = irregular.bytes()
    qtbot.mouseClick(form.lock, Qt.MouseButton.LeftButton)
    assert is_one_exact_step(irregular, before, "Lock 17 connections")


def test_of_many_connections_the_largest_are_shown(qtbot):
    document = Document(read_example("digits"))
    panel = shown_panel(document, qtbot)
    hidden = document.network.ids_of_role("hidden")[0]
    document.select([hidden])
    block = document.network.store.block
    weights = {int(i): abs(w) for i, w, t in zip(block.ids, block.weight, block.target, strict=True) if t == hidden}
    shown = panel.neurons.incoming.shown
    assert len(shown) == 50
    assert min(weights[i] for i in shown) >= max(weights[i] for i in weights if i not in shown)
    assert "… 14 more" in panel.neurons.incoming._more.text()


def test_removal_undo_and_another_project_are_followed(panel, irregular):
    bend = neuron(irregular, "bend")
    irregular.select([bend])
    irregular.network.remove(irregular.network.neurons[bend])
    assert panel.empty.isVisible()
    irregular.select([neuron(irregular, "ramp")])
    irregular.replace(Project())
    assert panel.empty.isVisible()


def test_what_was_typed_never_lands_on_another_neuron(panel, irregular, qtbot):
    irregular.select([neuron(irregular, "bend")])
    panel.neurons.bias.setFocus()
    qtbot.keyClicks(panel.neurons.bias, "9")
    irregular.select([neuron(irregular, "ramp")])
    panel.neurons.threshold.setFocus()
    assert values(irregular, "ramp").bias == 0


def test_an_undo_shows_in_a_field_that_has_the_focus(panel, irregular, qtbot):
    irregular.do(SetValues("neuron", "bias", [neuron(irregular, "bend")], [1 / 3]))
    irregular.select([neuron(irregular, "bend")])
    field = panel.neurons.bias
    type_into(qtbot, field, "5")
    irregular.undo()
    assert field.text() == full_text(1 / 3)


def test_everything_that_takes_the_focus_has_a_name_and_a_tip(panel, irregular):
    irregular.select([neuron(irregular, "bend")], [1])
    for widget in panel.findChildren(QWidget):
        is_own = not type(widget).__name__.startswith(("QScroll", "QComboBoxPrivate", "QListView", "QLineEdit"))
        if is_own and widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert widget.accessibleName(), widget
            assert widget.toolTip(), widget


@pytest.mark.parametrize("choice", ["dark", "high_contrast_light"])
def test_the_panel_follows_the_theme(panel, irregular, choice):
    irregular.select([neuron(irregular, "bend")])
    before = panel.grab().toImage()
    theme().set_choice(choice)
    assert panel.grab().toImage() != before


@pytest.mark.parametrize("selected", [([3], []), ([1], []), ([1, 3, 4], []), ([], [1]), ([], [1, 2, 3])])
def test_at_the_least_width_nothing_is_cut(panel, irregular, selected):
    irregular.select(*selected)
    panel.resize(panel.minimumWidth(), 900)
    assert panel.minimumWidth() == 264
    inner = panel._scroll.widget()
    assert inner.minimumSizeHint().width() <= panel._scroll.viewport().width()
