import gc
import subprocess
import sys
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from annsim.formats.catalogue import open_project, save
from annsim.formats.examples import read_example
from annsim.gui.failures import install
from annsim.gui.theme import theme
from annsim.gui.training_control import State
from annsim.gui.window_layout import free_corner
from annsim.gui.windows import is_same_file, windows
from annsim.network.edits import SetValues
from annsim.project.project import Project

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BUTTONS = QMessageBox.StandardButton


@pytest.fixture(autouse=True)
def no_window_is_left(qapp):
    yield
    for window in windows().all:
        window.control.close()
        window.document.replace(Project())
        window.close()
    settle()
    assert windows().all == ()


@pytest.fixture
def open_window(qtbot):
    """Open windows as the program does."""

    def open_one(project=None):
        window = windows().new(project)
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        if window.project.data is not None:
            qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
        return window

    return open_one


@pytest.fixture
def window(open_window):
    return open_window(read_example("and"))


@pytest.fixture
def questions(monkeypatch):
    """Collects the questions that are asked; each is answered with Cancel."""
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or BUTTONS.Cancel)
    return asked


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "gate.annsim"
    save(read_example("or"), path)
    return path


def settle():
    """Let Qt delete what is to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    gc.collect()


def change(window):
    neuron = next(
        i for i in window.document.network.neurons if window.document.network.neuron_values(i).role != "input"
    )
    window.document.do(SetValues("neuron", "bias", [neuron], [0.75], name="Set bias"))


def choose(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))


def window_menu(window):
    menu = next(a.menu() for a in window.menuBar().actions() if a.text() == "Window")
    menu.aboutToShow.emit()
    return menu


def test_ctrl_shift_n_opens_an_empty_window_beside_this_one(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL | SHIFT)
    assert len(windows().all) == 2
    new = windows().all[1]
    assert new is not window
    assert len(new.document.network.neurons) == 0
    assert len(window.document.network.neurons) == 3
    assert (new.pos().x() > window.pos().x(), new.pos().y() > window.pos().y()) == (True, True)
    assert new.size() == window.size()


@pytest.mark.parametrize("place", [QRect(40, 30, 1600, 1000), QRect(100, 100, 9000, 9000)], ids=["usual", "too large"])
def test_new_windows_cascade_and_none_lies_exactly_on_another(place):
    room = QRect(0, 20, 1920, 1060)
    corners = [place.topLeft()]
    for _ in range(40):
        corners.append(free_corner(corners[-1], place, room, corners))
    assert len({(corner.x(), corner.y()) for corner in corners}) == 41
    assert all(QRect(0, 20, 1400, 800).contains(corner) for corner in corners)


def test_a_new_window_has_the_docks_of_the_one_before(window):
    window.docks["loss"].hide()
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL | SHIFT)
    assert windows().all[1].docks["loss"].isHidden()


@pytest.mark.parametrize("is_empty", [True, False])
def test_what_is_opened_comes_into_this_window_where_nothing_is_lost(
    open_window, file, monkeypatch, questions, is_empty
):
    window = open_window(None if is_empty else read_example("and"))
    choose(monkeypatch, file)
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert windows().all == (window,)
    assert window.project.path == file
    assert questions == []


def test_beside_unsaved_work_it_comes_into_a_new_window_and_nothing_is_asked(window, file, monkeypatch, questions):
    change(window)
    before = window.document.bytes()
    choose(monkeypatch, file)
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    window.files.open_example("xor")
    assert [w.document.title for w in windows().all[1:]] == ["gate", "XOR needs a hidden layer"]
    assert window.document.bytes() == before
    assert questions == []


def test_a_file_that_is_open_elsewhere_is_shown_there(qtbot, window, open_window, file, tmp_path, monkeypatch):
    window.files.open_path(file)
    change(window)
    other = open_window()
    qtbot.waitUntil(lambda: windows().latest is other)
    link = tmp_path / "link.annsim"
    link.symlink_to(file)
    choose(monkeypatch, link)
    window.showMinimized()
    QTest.keyClick(other, Qt.Key.Key_O, CONTROL)
    assert len(windows().all) == 2
    assert len(other.document.network.neurons) == 0
    assert not window.isMinimized()
    qtbot.waitUntil(window.isActiveWindow)
    assert windows().latest is window


def test_a_changed_file_read_anew_asks_first(window, file, questions):
    window.files.open_path(file)
    change(window)
    assert not window.files.open_path(file)
    assert questions == ["Save the changes to “gate”?"]
    assert not window.document.is_saved


def test_the_window_menu_lists_all_windows_and_brings_one_to_the_front(qtbot, window, open_window):
    other = open_window(read_example("xor"))
    change(other)
    entries = window_menu(window).actions()[-2:]
    assert [entry.text() for entry in entries] == ["AND with one step neuron", "XOR needs a hidden layer *"]
    assert [entry.isChecked() for entry in entries] == [True, False]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    entries[1].trigger()
    qtbot.waitUntil(other.isActiveWindow)
    other.document.undo()
    other.close()
    assert [entry.text() for entry in window_menu(window).actions()[-1:]] == ["AND with one step neuron"]


def test_the_theme_and_recent_files_reach_all_windows(window, open_window, file):
    other = open_window()
    window.files.open_path(file)
    assert [a.text() for a in other._recent_menu.actions()] == ["gate.annsim"]
    assert other._recent_menu.isEnabled()
    other.actions_by_name["light_dark"].trigger()
    assert theme().look.is_dark
    dark = theme().look.colour("window")
    assert window.palette().window().color() == other.palette().window().color() == dark


def test_closing_one_window_while_another_trains(qtbot, window, open_window):
    other = open_window(read_example("xor"))
    other.control.change_setting("epochs", None)
    other.control.change_setting("goal", None)
    QTest.keyClick(other, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: other.control.session.learning.steps > 20)
    assert window.close()
    settle()
    steps = other.control.session.learning.steps
    assert windows().all == (other,)
    assert other.control.state is State.RUNNING
    qtbot.waitUntil(lambda: other.control.session.learning.steps > steps + 20)


def test_a_closed_window_leaves_nothing_behind(qtbot, window, open_window):
    other = open_window(read_example("xor"))
    other.welcome.show()
    parts = [weakref.ref(part) for part in (other, other.document, other.control, other.canvas, other.welcome)]
    window_menu(window)
    assert other.close()
    del other
    settle()
    settle()
    assert [type(part()).__name__ for part in parts if part() is not None] == []


PROGRAM = """
from PySide6.QtCore import QTimer
from annsim.gui import app
from annsim.gui.windows import windows

class Application(app.QApplication):
    def exec(self):
        QTimer.singleShot(100, close_the_first)
        return super().exec()

def close_the_first():
    first = windows().latest
    print(first.welcome.is_shown)
    windows().new()
    first.close()
    QTimer.singleShot(300, close_the_last)

def close_the_last():
    print(len(windows().all))
    windows().latest.close()

app.QApplication = Application
print(app.run())
"""


def test_the_program_begins_with_the_welcome_page_and_ends_with_the_last_window():
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=100, check=False)
    assert (ended.returncode, ended.stdout.split()) == (0, ["True", "1", "0"]), ended.stderr


UNCLOSED = """
from PySide6.QtWidgets import QApplication
application = QApplication([])
from annsim.formats.examples import read_example
from annsim.gui.main_window import MainWindow
from annsim.gui.windows import windows

window = MainWindow(read_example("xor"))
window.show()
{act}
application.processEvents()
print("end")
"""


@pytest.mark.parametrize("act", ["", "window.control.play()", "windows().new()", "window.welcome.show()"])
def test_a_program_that_ends_without_closing_its_windows_ends_well(act):
    program = UNCLOSED.format(act=act)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "end\n", "")


def test_quit_closes_all_windows_unless_one_keeps_its_work(window, open_window, questions):
    other = open_window()
    change(window)
    other.actions_by_name["quit"].trigger()
    assert window in windows().all
    assert questions == ["Save the changes to “AND with one step neuron”?"]


def test_a_failure_is_shown_by_the_window_used_last(qtbot, window, open_window, monkeypatch):
    other = open_window()
    qtbot.waitUntil(lambda: windows().latest is other)
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    install(lambda: windows().latest.failures)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("of the test"), None)
    qtbot.waitUntil(lambda: bool(shown))
    assert (len(window.failures.seen), len(other.failures.seen)) == (0, 1)


def test_the_same_file_by_other_paths(tmp_path, file):
    (tmp_path / "folder").mkdir()
    assert is_same_file(file, tmp_path / "folder" / ".." / file.name)
    assert not is_same_file(file, tmp_path / "other.annsim")
    assert is_same_file(tmp_path / "gone.annsim", tmp_path / "gone.annsim")


def test_a_file_saved_in_one_window_is_what_another_reads(window, open_window, file):
    window.files.open_path(file)
    change(window)
    assert window.files.save()
    assert window.document.is_saved
    assert open_project(file).network.store.block.weight.tolist() == window.document.network.store.block.weight.tolist()
