import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QToolButton, QWidget

from annsim.formats.catalogue import open_project, save
from annsim.formats.examples import read_example
from annsim.gui.action_rows import ACTIONS
from annsim.gui.main_window import MainWindow
from annsim.gui.theme import theme
from annsim.gui.training_control import State
from annsim.network.edits import SetValues
from annsim.paths import log_folder
from annsim.project.project import Project

CONTROL = Qt.KeyboardModifier.ControlModifier
BUTTONS = QMessageBox.StandardButton
PARTS = ("canvas", "play", "step", "epoch", "reset", "speed", "loss_plot", "training", "data", "properties", "palette")
PARTS += ("probe", "status_loss", "status_epoch")


@pytest.fixture
def open_window(qtbot):
    """Open windows that are closed without questions at the end."""

    def open_one(project=None):
        window = MainWindow(project)
        qtbot.addWidget(window, before_close_func=let_go)
        window.show()
        qtbot.waitExposed(window)
        if window.project.data is not None:
            qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
        return window

    return open_one


@pytest.fixture
def window(open_window):
    return open_window(read_example("xor"))


@pytest.fixture
def answer(monkeypatch):
    """Say what the next questions are answered with; the questions asked are collected."""
    asked = []

    def give(button):
        monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or button)
        return asked

    return give


@pytest.fixture
def choose_file(monkeypatch):
    """Say which file the next file dialogs give."""

    def give(path, chosen=""):
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *args: (str(path), chosen))

    return give


def let_go(window):
    window.control.close()
    window.document.replace(Project())


def change(window):
    window.document.do(SetValues("neuron", "bias", [3], [0.75], name="Set bias"))


@pytest.mark.parametrize("name", PARTS)
def test_the_parts_have_their_names(window, name):
    part = window.findChild(QWidget, name)
    assert part is not None
    assert name.startswith("status") or part.accessibleName()


def test_every_action_says_what_it_does_and_keys_are_unique(window):
    keys = [key.toString() for a in window.actions_by_name.values() for key in a.shortcuts()]
    assert len(keys) == len(set(keys))
    assert all(row.tip for row in ACTIONS)


def test_the_title_shows_the_name_and_the_unsaved_mark(window, tmp_path, choose_file):
    assert not window.isWindowModified()
    change(window)
    assert window.isWindowModified()
    choose_file(tmp_path / "mine")  # the ending is added
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("mine")
    assert open_project(tmp_path / "mine.annsim").network.neurons[3].bias == 0.75


@pytest.mark.parametrize(("button", "is_gone"), [(BUTTONS.Cancel, False), (BUTTONS.Discard, True)])
def test_unsaved_work_is_asked_about_before_it_goes(window, answer, button, is_gone):
    asked = answer(button)
    change(window)
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert len(asked) == 1
    assert (len(window.document.network.neurons) == 0) == is_gone


def test_closing_can_save_first(window, answer, choose_file, tmp_path):
    answer(BUTTONS.Save)
    choose_file(tmp_path / "kept.annsim")
    change(window)
    assert window.close()
    assert open_project(tmp_path / "kept.annsim").network.neurons[3].bias == 0.75


def test_closing_while_it_trains_ends_the_thread(qtbot, window, answer):
    answer(BUTTONS.Discard)
    window.tool_bar.speed.set_pace(None)
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.control.session.learning.steps > 20)
    thread = window.control._thread
    assert window.close()
    assert thread.isFinished()
    assert window.control.state is State.IDLE


def test_a_project_that_cannot_be_read_is_said_and_nothing_is_lost(window, answer, choose_file, tmp_path):
    asked = answer(BUTTONS.Ok)
    (tmp_path / "bad.annsim").write_text("{}")
    choose_file(tmp_path / "bad.annsim")
    before = window.document.bytes()
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert asked == ["This file cannot be opened."]
    assert window.document.bytes() == before


def test_a_project_that_cannot_be_saved_is_said(window, answer, choose_file, tmp_path):
    asked = answer(BUTTONS.Ok)
    change(window)
    choose_file(tmp_path / "no such folder" / "x.annsim")
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert asked == ["The project could not be saved; nothing is lost."]
    assert window.isWindowModified()


@pytest.mark.parametrize("ending", [".npz", ".json", ".csv"])
def test_weights_are_exported_by_ending(window, choose_file, tmp_path, ending):
    choose_file(tmp_path / f"w{ending}")
    QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
    assert (tmp_path / f"w{ending}").stat().st_size > 100


def test_recent_files_are_offered(window, choose_file, tmp_path):
    save(read_example("and"), tmp_path / "gate.annsim")
    choose_file(tmp_path / "gate.annsim")
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert [action.text() for action in window._recent_menu.actions()] == ["gate.annsim"]


@pytest.mark.parametrize("kind", ["project", "network", "data"])
def test_a_dropped_file_is_opened_for_what_it_is(qtbot, open_window, tmp_path, kind):
    window = open_window()
    path = tmp_path / {"project": "a.annsim", "network": "a.json", "data": "a.csv"}[kind]
    if kind == "data":
        path.write_text("x,y\n0,1\n1,0\n2,1\n")
    else:
        window.files._export_to(path, None)
        save(read_example("and"), path) if kind == "project" else None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    middle = QPointF(window.rect().center())
    drop = QDropEvent(middle, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(drop)
    if kind == "data":
        qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
        assert len(window.document.dataset) == 3
    elif kind == "project":
        assert window.document.title == "a"
    else:
        assert window.project.path is None


def test_saving_in_the_middle_of_a_run_holds_its_weights_and_goes_on(qtbot, window, choose_file, tmp_path):
    choose_file(tmp_path / "run.annsim")
    window.control.change_setting("epochs", None)
    window.control.change_setting("goal", None)
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.control.session.learning.steps > 20)
    start = read_example("xor").network.store.block.weight
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.control.state is State.RUNNING
    assert (open_project(tmp_path / "run.annsim").network.store.block.weight != start).all()


def test_light_and_dark(window):
    button = window.findChild(QToolButton, "tool_light_dark")
    was_dark = theme().look.is_dark
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert theme().look.is_dark != was_dark
    assert QApplication.palette().window().color() == theme().look.colour("window")


def test_a_failure_is_shown_once_logged_and_offers_to_save(qtbot, window, monkeypatch):
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append((box.text(), [b.text() for b in box.buttons()])))
    for _ in range(3):
        try:
            raise ZeroDivisionError("of the test")
        except ZeroDivisionError as failure:
            window.failures._from_hook(type(failure), failure, failure.__traceback__)
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(50)
    assert len(shown) == 1
    assert "of the test" in shown[0][0]
    assert any("Save a copy" in text for text in shown[0][1])
    assert (log_folder() / "annsim.log").read_text().count("ZeroDivisionError: of the test") == 3


def test_new_seed_asks_before_it_draws_over_weights_set_by_hand(window, answer, monkeypatch):
    change(window)
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    before = window.document.bytes()
    QTest.mouseClick(window.findChild(QToolButton, "new_seed"), Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    assert window.document.bytes() == before


def test_the_layout_is_remembered(open_window, answer):
    window = open_window()
    window.docks["palette"].hide()
    assert window.close()
    assert open_window().docks["palette"].isHidden()


def test_bias_inputs_layers_and_undo_from_the_menu(window):
    window.actions_by_name["bias_inputs"].trigger()
    before = window.document.bytes()
    window.actions_by_name["layers"].trigger()
    assert len(window.document.network.neurons) == 14
    names = [n.name for n in window.document.network.neurons.values()]
    assert "x1 2" in names
    window.actions_by_name["undo"].trigger()
    assert window.document.bytes() == before


def test_the_speed_is_kept_in_the_project_without_an_unsaved_mark(open_window, window, choose_file, tmp_path):
    choose_file(tmp_path / "fast.annsim")
    window.tool_bar.speed.slider.setFocus()
    QTest.keyClick(window.tool_bar.speed.slider, Qt.Key.Key_Home)
    assert not window.isWindowModified()
    QTest.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert open_window(open_project(tmp_path / "fast.annsim")).tool_bar.speed.pace == 1


def test_the_examples_are_in_the_menu_and_open(qtbot, open_window):
    window = open_window()
    window.example_menu.aboutToShow.emit()
    titles = [action.text() for action in window.example_menu.actions()]
    assert len(titles) >= 10
    next(action for action in window.example_menu.actions() if action.text().startswith("Half adder")).trigger()
    assert window.document.title.startswith("Half adder")
    assert len(window.document.network.neurons) == 4


def test_saving_takes_over_what_is_being_typed(window, choose_file, tmp_path):
    choose_file(tmp_path / "noted.annsim")
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_T)
    QTest.keyClicks(QApplication.focusWidget(), "as it is typed")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)
    saved = open_project(tmp_path / "noted.annsim").network
    assert [note.text for note in saved.notes.values()] == ["as it is typed"]
    assert window.document.is_saved
