import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from annsim.engine.engines import engines
from annsim.gui.panels.training_fields import LABELS, meant_value
from annsim.gui.panels.training_panel import GROUPS, STUCK, TrainingPanel
from annsim.gui.theme import theme
from annsim.gui.training_control import State, TrainingControl
from annsim.project.project import Project
from annsim.settings import SETTINGS, Settings


@pytest.fixture
def panel(qtbot, xor_document, control):
    xor_document.set_settings(Settings(epochs=None))
    widget = TrainingPanel(xor_document, control)
    widget.new_seed_wanted.connect(control.new_seed)
    qtbot.addWidget(widget)
    widget.resize(280, 560)
    widget.show()
    widget._fold.click()
    return widget


def field(panel, name):
    return panel.findChild(QWidget, f"setting_{name}")


def type_into(qtbot, panel, name, text):
    entry = field(panel, name)
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, text)
    qtbot.keyClick(entry, Qt.Key.Key_Return)


def choose(qtbot, panel, name, value):
    box = field(panel, name)
    place = box.findData(value)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_every_setting_has_a_field_a_name_and_a_tool_tip(panel):
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(SETTINGS)
    assert set(LABELS) == set(SETTINGS)
    for name, setting in SETTINGS.items():
        widget = field(panel, name)
        assert widget.accessibleName() == LABELS[name]
        assert setting.metadata["about"] in widget.toolTip()


def test_fields_show_the_settings_and_follow_them(panel, xor_document):
    assert field(panel, "epochs").text() == ""
    assert field(panel, "epochs").placeholderText() == "no limit"
    xor_document.set_settings(
        Settings(epochs=20_000, learning_rate=0.25, loss="cross_entropy", shuffle=False, seed=2**62, goal=0.01)
    )
    assert field(panel, "epochs").text() == "20,000"
    assert field(panel, "learning_rate").text() == "0.25"
    assert field(panel, "loss").currentText() == "cross entropy"
    assert not field(panel, "shuffle").isChecked()
    assert field(panel, "seed").text() == f"{2**62:,}"
    assert field(panel, "goal").text() == "0.01"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("epochs", "500", 500),
        ("epochs", "1,000", 1000),
        ("batch_size", "8", 8),
        ("learning_rate", "0,25", 0.25),
        ("l2", "1e-3", 0.001),
        ("goal", "0.05", 0.05),
        ("patience", "30", 30),
        ("test_share", "0.3", 0.3),
        ("seed", str(2**63 - 1), 2**63 - 1),
        ("record_every", "0", 0),
    ],
)
def test_a_typed_value_becomes_the_setting(qtbot, panel, xor_document, name, text, value):
    type_into(qtbot, panel, name, text)
    assert getattr(xor_document.settings, name) == value
    assert panel.strip.text == ""


@pytest.mark.parametrize("name", ["epochs", "goal", "patience", "test_share"])
def test_an_empty_field_means_none(qtbot, panel, xor_document, name):
    xor_document.set_settings(Settings(**{name: 0.5 if name in ("goal", "test_share") else 7}))
    entry = field(panel, name)
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClick(entry, Qt.Key.Key_Delete)
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert getattr(xor_document.settings, name) is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("learning_rate", "-1", "Learning rate must be above 0"),
        ("batch_size", "0", "Batch size must lie between 1"),
        ("batch_size", "2.5", "must be a whole number"),
        ("test_share", "many", "must be a number, not 'many'"),
        ("threads", "9", "Threads must lie between"),
    ],
)
def test_a_wrong_value_is_said_and_the_field_goes_back(qtbot, panel, xor_document, name, text, said):
    before, shown = xor_document.settings, field(panel, name).text()
    type_into(qtbot, panel, name, text)
    assert said in panel.strip.text
    assert panel.strip.kind == "error"
    assert field(panel, name).text() == shown
    assert xor_document.settings == before
    type_into(qtbot, panel, "l1", "0.5")
    assert panel.strip.text == ""


def test_settings_that_contradict_each_other_are_said(qtbot, panel, xor_document):
    choose(qtbot, panel, "schedule", "cosine")
    assert "needs a limit of epochs" in panel.strip.text
    assert field(panel, "schedule").currentData() == "constant"
    assert xor_document.settings.schedule == "constant"


def test_only_settings_with_an_effect_are_shown(qtbot, panel):
    def is_shown(name):
        return field(panel, name).isVisible()

    assert not is_shown("momentum")
    choose(qtbot, panel, "optimizer", "nesterov")
    assert is_shown("momentum")
    choose(qtbot, panel, "optimizer", "adamw")
    assert is_shown("weight_decay")
    assert not is_shown("momentum")
    choose(qtbot, panel, "method", "gd")
    assert not is_shown("batch_size")
    assert not is_shown("decay")
    choose(qtbot, panel, "schedule", "stairs")
    assert is_shown("decay")
    assert is_shown("decay_epochs")


def test_choices_are_those_of_the_one_list(panel):
    for name in ("method", "optimizer", "loss", "schedule", "step_gradient", "precision"):
        box = field(panel, name)
        assert tuple(box.itemData(n) for n in range(box.count())) == SETTINGS[name].metadata["choices"]
    box = field(panel, "engine")
    assert [box.itemData(n) for n in range(box.count())] == ["auto", *engines()]
    assert field(panel, "init").itemData(0) is None


def test_the_switch_sets_shuffle(qtbot, panel, xor_document):
    box = field(panel, "shuffle")
    assert isinstance(box, QCheckBox)
    box.click()
    assert not xor_document.settings.shuffle


def test_a_live_setting_reaches_the_run(qtbot, panel, xor_document, control):
    control.play()
    session = control.session
    type_into(qtbot, panel, "learning_rate", "0.125")
    qtbot.waitUntil(lambda: session.course.settings.learning_rate == 0.125)
    assert control.state is State.RUNNING
    assert not panel.later.isVisible()
    control.pause()
    assert [change.name for change in session.changes] == ["learning_rate"]


def test_up_and_down_change_the_rate(qtbot, panel, xor_document):
    entry = field(panel, "learning_rate")
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Up)
    assert xor_document.settings.learning_rate == pytest.approx(0.11)


def test_what_waits_for_the_next_run_is_said(qtbot, panel, control):
    assert not panel.later.isVisible()
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    choose(qtbot, panel, "optimizer", "adam")
    assert panel.later.isVisible()
    control.step()
    assert not panel.later.isVisible()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)


def test_new_seed_draws_weights_as_one_undo_step(qtbot, panel, xor_document):
    before = xor_document.network.store.block.weight.copy()
    qtbot.mouseClick(panel.new_seed_button, Qt.MouseButton.LeftButton)
    assert xor_document.settings.seed > 1
    assert panel.seed_label.text() == f"seed {xor_document.settings.seed}"
    assert (xor_document.network.store.block.weight != before).all()
    assert xor_document.undo_stack.count() == 1


def test_a_start_that_is_stuck_offers_a_new_seed(qtbot, panel, control, xor_document):
    control._set_stuck(True)
    assert panel.strip.text == STUCK
    panel.strip._button.click()
    assert xor_document.settings.seed > 1
    control._set_stuck(True)
    control._set_stuck(False)
    assert panel.strip.text == ""


def test_without_connections_there_is_nothing_to_draw(qtbot, panel, xor_document):
    xor_document.replace(Project())
    assert not panel.new_seed_button.isEnabled()


def test_the_wheel_scrolls_and_changes_no_setting(panel, xor_document):
    before = xor_document.settings
    box = field(panel, "loss")
    wheel = QWheelEvent(
        QPointF(5, 5),
        box.mapToGlobal(QPointF(5, 5)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert xor_document.settings == before


def test_more_is_folded_at_first(qtbot, document):
    control = TrainingControl(document)
    panel = TrainingPanel(document, control)
    qtbot.addWidget(panel, before_close_func=lambda widget: control.close())
    panel.show()
    assert not field(panel, "precision").isVisible()
    panel._fold.click()
    assert field(panel, "precision").isVisible()


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("width", [264, 280])
def test_no_text_is_cut_off(qtbot, panel, width, choice):
    theme().set_choice(choice)
    panel.resize(width, 1400)
    qtbot.wait(10)
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width(), label.text()
    for box in panel.findChildren(QComboBox):
        if box.isVisible():
            widest = max(box.fontMetrics().horizontalAdvance(box.itemText(n)) for n in range(box.count()))
            assert widest <= box.width() - 40, box.accessibleName()
    for entry in panel.findChildren(QLineEdit):
        if entry.isVisible():
            assert entry.width() >= 80


def test_texts_mean_values():
    assert meant_value("epochs", "") is None
    assert meant_value("epochs", "no limit") is None
    assert meant_value("patience", " 1 000 ") == 1000
    assert meant_value("goal", "−1") == -1
    assert meant_value("batch_size", "") == ""
    assert meant_value("test_share", "0,5") == 0.5
