import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from annsim.formats.examples import read_example
from annsim.gui.dialogs.expression_dialog import EXAMPLES, ExpressionDialog
from annsim.gui.dialogs.expression_targets import TARGETS
from annsim.gui.document import Document
from annsim.gui.main_window import MainWindow
from annsim.gui.preferences import Preferences
from annsim.gui.theme import theme
from annsim.gui.training_control import State
from annsim.network.edits import SetValues
from annsim.network.expressions import parse
from annsim.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def document(qapp):
    return Document(read_example("irregular"))


@pytest.fixture
def show(qtbot, document):
    dialogs = []

    def make():
        dialog = ExpressionDialog(document, Preferences())
        dialogs.append(dialog)
        dialog.show()
        dialog.activateWindow()
        with qtbot.waitActive(dialog):
            pass
        return dialog

    yield make
    for dialog in dialogs:
        if shiboken6.isValid(dialog):
            dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def write(dialog, text):
    dialog.field.setFocus()
    dialog.field.selectAll()
    QTest.keyClicks(dialog.field, text)
    dialog.refresh()


def choose(box, text):
    box.setFocus()
    QTest.keyClick(box, Key.Key_Home)
    while box.currentText() != text:
        before = box.currentIndex()
        QTest.keyClick(box, Key.Key_Down)
        assert box.currentIndex() == before + 1


def rows(dialog):
    """The table as texts, without empty rows."""
    texts = [[label.text().strip() for label in row] for row in [*dialog.preview.rows, *dialog.preview.summary]]
    return [row for row in texts if any(row)]


def weights(document):
    return document.network.store.block.weight.copy()


def test_selected_weights_are_set_as_one_exact_step(document, show):
    document.select(connections=[1, 2, 3])
    old, before = weights(document), document.bytes()
    dialog = show()
    assert dialog.field.hasFocus()
    write(dialog, "w * 0.5")
    assert dialog.ok.text() == "Set 3 weights"
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert not dialog.isVisible()
    expected = np.where(np.isin(document.network.store.block.ids, [1, 2, 3]), old * 0.5, old)
    assert (weights(document) == expected).all()
    assert document.undo_stack.undoText() == "Set 3 weights: w * 0.5"
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.bytes() == before


def test_the_preview_shows_values_before_and_after(document, show):
    document.network.set_connections("weight", [1, 2, 3], [1.0, -2.0, 4.0])
    document.select(connections=[1, 2, 3])
    dialog = show()
    write(dialog, "w * 0.5 + i")
    assert rows(dialog) == [
        ["x1 → bend", "1", "0.5"],
        ["x2 → bend", "−2", "0"],
        ["x1 → ramp", "4", "4"],
        ["min", "−2", "0"],
        ["mean", "1", "1.5"],
        ["max", "4", "4"],
    ]
    document.select(connections=document.network.connections)
    assert len(rows(dialog)) == 5 + 3
    assert dialog.ok.text() == f"Set {len(document.network.connections)} weights"


def test_biases_and_thresholds_leave_inputs_out(document, show):
    network = document.network
    document.select(network.neurons)
    able = [i for i in network.neurons if network.neurons[i].role != "input"]
    dialog = show()
    assert dialog.target_box.currentText() == "bias"
    write(dialog, "0.1 * (i + 1)")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert [network.neurons[i].bias for i in able] == pytest.approx([0.1 * (k + 1) for k in range(len(able))])
    assert document.undo_stack.undoText() == f"Set {len(able)} biases: 0.1 * (i + 1)"
    dialog = show()
    choose(dialog.target_box, "threshold")
    write(dialog, "t + fan_in")
    QTest.keyClick(dialog.field, Key.Key_Return)
    block = network.store.block
    assert [network.neurons[i].threshold for i in able] == [(block.target == i).sum() for i in able]


def test_locked_ones_are_skipped_and_counted(document, show):
    document.network.set_connections("locked", [1, 2], [True, True])
    document.select(connections=[1, 2, 3])
    old = weights(document)
    dialog = show()
    write(dialog, "7")
    assert dialog.ok.text() == "Set 1 weight"
    assert dialog.message.text() == "2 weights locked, left as they are."
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert np.flatnonzero(weights(document) != old).tolist() == [2]
    document.select(connections=[1, 2])
    dialog = show()
    assert dialog.message.text() == "There is nothing to set: 2 weights locked."
    assert not dialog.ok.isEnabled()


def test_a_lock_holds_the_bias_and_not_the_threshold(document, show):
    mix = document.network.neuron_id_of("mix")
    document.network.set_neurons("locked", [mix], [True])
    document.select([mix])
    dialog = show()
    assert not dialog.ok.isEnabled()
    choose(dialog.target_box, "threshold")
    write(dialog, "0.5")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert document.network.neurons[mix].threshold == 0.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("w + uniforn(0, 1)", "unknown name 'uniforn' at column 5. Did you mean 'uniform'?"),
        ("w +", "column 4"),
        ("w w", "column 3"),
        ("log(w - w)", "'log(w - w)'"),
        ("1e999", "column 1"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(document, show, text, said):
    before = document.bytes()
    dialog = show()
    write(dialog, text)
    assert said in dialog.message.text()
    assert not dialog.ok.isEnabled()
    assert all(row[2] == "" for row in rows(dialog))
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert dialog.isVisible()
    assert document.bytes() == before
    write(dialog, "w + 1")
    assert dialog.ok.isEnabled()
    assert said not in dialog.message.text()


def test_the_values_come_after_a_moment_of_rest(document, show, qtbot):
    dialog = show()
    dialog.field.selectAll()
    QTest.keyClicks(dialog.field, "5")
    assert rows(dialog)[0][2] != "5"
    qtbot.waitUntil(lambda: rows(dialog)[0][2] == "5")
    QTest.keyClicks(dialog.field, "6")
    QTest.keyClick(dialog.field, Key.Key_Return)  # before the rest is over
    assert (weights(document) == 56).all()


def test_the_seed_makes_the_random_numbers(document, show):
    dialog = show()
    write(dialog, "w * 2")
    assert not dialog.seed.isEnabled()
    write(dialog, "uniform(-1, 1)")
    assert dialog.seed.isEnabled()
    first = rows(dialog)
    QTest.mouseClick(dialog.new_seed, Qt.MouseButton.LeftButton)
    assert int(dialog.seed.text()) == document.settings.seed + 1
    second = rows(dialog)
    assert first != second
    dialog.seed.selectAll()
    QTest.keyClicks(dialog.seed, str(document.settings.seed))
    assert rows(dialog) == first
    QTest.keyClick(dialog.field, Key.Key_Return)
    variables = TARGETS[0].variables
    ids = document.network.store.block.ids
    expected = parse("uniform(-1, 1)", variables).values({}, document.settings.seed, ids)
    assert (weights(document) == expected).all()


def test_of_selected_neurons_the_arrows_into_or_among_them(document, show):
    network = document.network
    mix, soft = network.neuron_id_of("mix"), network.neuron_id_of("soft")
    document.select([mix, soft])
    old, block = weights(document), network.store.block
    dialog = show()
    choose(dialog.target_box, "weight")
    into = np.isin(block.target, [mix, soft])
    assert dialog.scope_box.currentText() == f"{into.sum()} arrows into the selected neurons"
    choose(dialog.scope_box, "1 arrow among the selected neurons")
    write(dialog, "9")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert (
        np.flatnonzero(weights(document) != old).tolist()
        == np.flatnonzero((block.source == mix) & (block.target == soft)).tolist()
    )


def test_nothing_selected_means_all(document, show):
    dialog = show()
    assert dialog.scope_box.currentText() == f"all {len(document.network.connections)} arrows"
    write(dialog, "0")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert not weights(document).any()


def test_no_change_is_no_step(document, show):
    dialog = show()
    write(dialog, "w")
    assert dialog.message.text() == "Nothing would change. "
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert not dialog.isVisible()
    assert document.undo_stack.count() == 0


def test_escape_changes_nothing(document, show):
    before = document.bytes()
    dialog = show()
    write(dialog, "w * 3")
    QTest.keyClick(dialog.field, Key.Key_Escape)
    assert not dialog.isVisible()
    assert document.bytes() == before


def test_what_was_used_last_is_there_again(document, show):
    dialog = show()
    write(dialog, "w * 0.25")
    QTest.keyClick(dialog.field, Key.Key_Return)
    dialog = show()
    assert dialog.field.text() == "w * 0.25"
    assert dialog.field.selectedText() == "w * 0.25"
    QTest.mouseClick(dialog.history, Qt.MouseButton.LeftButton)
    menu = next(child for child in dialog.findChildren(QMenu) if child.isVisible())
    texts = [action.text() for action in menu.actions()]
    assert texts[:3] == ["Used last", "w * 0.25", "Examples"]
    menu.actions()[texts.index("−w")].trigger()
    menu.close()
    assert dialog.field.text() == "−w"
    choose(dialog.target_box, "bias")
    assert dialog.field.text() == EXAMPLES["bias"][0]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.field)
def test_every_example_can_be_computed(document, show, target):
    dialog = show()
    choose(dialog.target_box, target.one)
    for text in EXAMPLES[target.field]:
        dialog.field.setText(text)
        dialog.refresh()
        assert dialog.ok.isEnabled(), dialog.message.text()


def test_it_follows_the_drawing_and_closes_with_it(document, show):
    document.select(connections=[1])
    dialog = show()
    write(dialog, "w + 1")
    document.do(SetValues("connection", "weight", [1], [3.0]))
    assert rows(dialog)[0][1:] == ["3", "4"]
    document.select(connections=[1, 2])
    assert dialog.ok.text() == "Set 2 weights"
    document.replace(Project())
    assert not dialog.isVisible()


def test_a_drawing_without_arrows_says_so(document, show):
    document.replace(Project())
    document.network.add_neuron("hidden")
    dialog = show()
    assert dialog.message.text() == "There is nothing to set."
    assert not dialog.ok.isEnabled()


def test_the_weights_of_a_training_that_goes_on_count(qtbot):
    window = MainWindow(read_example("xor"))
    qtbot.addWidget(window, before_close_func=lambda shown: (shown.control.close(), shown.document.replace(Project())))
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
    window.control.change_setting("epochs", None)
    window.control.change_setting("goal", None)
    start = weights(window.document)
    window.actions_by_name["play"].trigger()
    qtbot.waitUntil(lambda: window.control.session.learning.steps > 50, timeout=20_000)
    QTest.keyClick(window, Key.Key_E, CONTROL_SHIFT)
    dialog = window.findChild(ExpressionDialog)
    write(dialog, "w + 100")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert window.control.state is not State.RUNNING
    learned = weights(window.document) - 100
    assert (np.abs(learned - start) > 1e-9).any()
    window.document.undo()
    assert weights(window.document) == pytest.approx(learned, abs=1e-9)


def test_the_keys_open_it_once(qtbot):
    window = MainWindow(read_example("irregular"))
    qtbot.addWidget(window, before_close_func=lambda shown: (shown.control.close(), shown.document.replace(Project())))
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    for _ in range(2):
        window.actions_by_name["set_by_expression"].trigger()
    assert len(window.findChildren(ExpressionDialog)) == 1
    window.findChild(ExpressionDialog).close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.document.replace(Project())
    assert window.actions_by_name["set_by_expression"].toolTip() == "The drawing is empty: add a neuron first"


@pytest.mark.parametrize("choice", ["dark", "high_contrast_dark"])
def test_it_follows_the_theme(document, show, choice):
    dialog = show()
    before = dialog.grab().toImage()
    theme().set_choice(choice)
    assert dialog.grab().toImage() != before
