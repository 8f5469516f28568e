from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from annsim.formats.catalogue import save
from annsim.formats.examples import examples, read_example
from annsim.gui.main_window import MainWindow
from annsim.gui.training_control import State
from annsim.gui.welcome.page import WelcomePage
from annsim.gui.windows import windows
from annsim.network.edits import SetValues
from annsim.project.project import Project

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    shown = MainWindow()
    qtbot.addWidget(shown, before_close_func=let_go)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    for other in windows().all:
        if other is not shown:
            let_go(other)
            other.close()


@pytest.fixture
def page(window):
    """The welcome page over the window."""
    window.welcome.show()
    return window.findChild(WelcomePage, "welcome")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("width,height,kind\n1,2,a\n2,1,b\n1,3,a\n4,1,b\n")
    return path


def let_go(window):
    window.control.close()
    window.document.replace(Project())


def focus():
    return QApplication.focusWidget()


def choose_in_dialog(monkeypatch, path):
    """Let the next data dialog give a path; without one it is left with Cancel."""

    def answer(dialog):
        if path is None:
            dialog.reject()
        else:
            dialog.fileSelected.emit(str(path))

    monkeypatch.setattr(QFileDialog, "open", lambda dialog: QTimer.singleShot(0, dialog, lambda: answer(dialog)))


def roles(window):
    return [neuron.role for neuron in window.document.network.neurons.values()]


def test_a_window_by_itself_shows_the_canvas(window):
    assert not window.welcome.is_shown
    assert window.findChild(WelcomePage, "welcome") is None


def test_the_page_covers_canvas_docks_and_tool_bar_but_not_the_menu_and_the_status_bar(qtbot, window, page):
    for part in (window.canvas, window.tool_bar, window.docks["loss"], window.docks["properties"]):
        middle = part.mapTo(window, part.rect().center())
        assert page.geometry().contains(middle)
        assert page.isAncestorOf(window.childAt(middle)) or window.childAt(middle) is page
    assert page.geometry().top() == window.menuBar().geometry().bottom() + 1
    assert page.geometry().bottom() == window.statusBar().geometry().top() - 1
    window.resize(window.width() + 60, window.height() + 40)
    qtbot.waitUntil(lambda: page.width() == window.width())
    assert page.geometry().bottom() == window.statusBar().geometry().top() - 1


def test_the_focus_never_wanders_to_what_is_hidden(window, page):
    assert focus() is page.side.ways["draw"]
    for _ in range(40):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        assert page.isAncestorOf(focus())


def test_it_opens_from_the_help_menu_over_a_drawing_and_escape_goes_back(window):
    window.files.open_example("xor")
    before = window.document.bytes()
    window.actions_by_name["welcome"].trigger()
    assert window.welcome.is_shown
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not window.welcome.is_shown
    assert focus() is window.canvas
    assert window.tool_bar.isEnabled()
    assert all(dock.isEnabled() for dock in window.docks.values())
    assert window.document.bytes() == before


@pytest.mark.parametrize("chosen", [[], [3]])
def test_the_selection_stays_through_the_page(window, chosen):
    window.files.open_example("xor")
    window.canvas.setFocus()
    window.document.select(chosen)
    window.actions_by_name["welcome"].trigger()
    assert window.document.selected_neurons == frozenset(chosen)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert window.document.selected_neurons == frozenset(chosen)


def test_floating_docks_do_not_lie_over_it(window):
    window.docks["data"].setFloating(True)
    window.docks["loss"].hide()
    window.welcome.show()
    assert not window.docks["data"].isVisible()
    window.welcome.leave()
    assert window.docks["data"].isVisible()
    assert window.docks["data"].isFloating()
    assert window.docks["loss"].isHidden()


@pytest.mark.parametrize("name", ["fit", "zoom_100", "default_layout", "add_neuron"])
def test_what_is_chosen_for_the_canvas_shows_the_canvas(window, page, name):
    window.actions_by_name[name].trigger()
    assert not window.welcome.is_shown


def test_theme_and_new_window_leave_it(window, page):
    window.actions_by_name["light_dark"].trigger()
    window.actions_by_name["new_window"].trigger()
    assert window.welcome.is_shown


def test_an_example_opens_in_this_window_and_space_trains_it(qtbot, window, page):
    card = next(card for card in page.gallery.cards if card.name == "xor")
    QTest.mouseClick(card, LEFT, pos=card.rect().center())
    assert not window.welcome.is_shown
    assert len(window.document.network.neurons) == 7
    qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.control.state is State.RUNNING)
    qtbot.waitUntil(lambda: window.control.session.learning.steps > 10)


def test_beside_unsaved_work_an_example_opens_in_a_new_window(window):
    window.files.open_example("and")
    window.document.do(SetValues("neuron", "bias", [3], [0.5], name="Set bias"))
    window.welcome.show()
    window.findChild(WelcomePage, "welcome").gallery.cards[2].click()
    assert [w.document.title for w in windows().all] == ["AND with one step neuron", "Half adder, predetermined"]
    assert not any(w.welcome.is_shown for w in windows().all)


def test_my_data_makes_inputs_and_outputs(qtbot, window, page, table, monkeypatch):
    choose_in_dialog(monkeypatch, table)
    QTest.mouseClick(page.side.ways["data"], LEFT)
    qtbot.waitUntil(lambda: roles(window) == ["input", "input", "output"], timeout=20_000)
    assert not window.welcome.is_shown
    assert window.document.dataset.input_names == ("width", "height")
    assert window.control.why_not() == ""
    assert window.preferences.folder == table.parent
    window.actions_by_name["undo"].trigger()
    assert roles(window) == []
    assert window.document.dataset is not None


def test_the_button_of_the_empty_canvas_does_the_same(qtbot, window, table, monkeypatch):
    choose_in_dialog(monkeypatch, table)
    window.canvas.data_wanted.emit()
    qtbot.waitUntil(lambda: len(roles(window)) == 3, timeout=20_000)


def test_data_from_the_menu_begins_in_the_last_folder_and_makes_nothing(qtbot, window, table, monkeypatch):
    folders = []
    choose_in_dialog(monkeypatch, table)
    answer = QFileDialog.open
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: folders.append(dialog.directory().path()) or answer(dialog))
    for _ in range(2):
        window.document.set_data(None, None)
        window.actions_by_name["open_data"].trigger()
        qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
    assert folders == [str(Path.home()), str(table.parent)]
    assert roles(window) == []


def test_a_drawing_that_is_there_stays_as_it_is(qtbot, window, table, monkeypatch):
    window.files.open_example("majority")
    choose_in_dialog(monkeypatch, table)
    window.welcome.show()
    window.findChild(WelcomePage, "welcome").side.ways["data"].click()
    qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
    assert len(roles(window)) == 4


def test_without_a_file_the_page_stays_and_later_data_fits_nothing(qtbot, window, page, monkeypatch):
    choose_in_dialog(monkeypatch, None)
    QTest.mouseClick(page.side.ways["data"], LEFT)
    qtbot.waitUntil(lambda: not window.data_panel.findChildren(QFileDialog))
    assert window.welcome.is_shown
    window.data_panel.open_source("builtin:xor")
    qtbot.waitUntil(lambda: window.document.dataset is not None, timeout=20_000)
    assert not window.welcome.is_shown
    assert roles(window) == []


def test_data_that_cannot_be_read_is_said_in_the_data_panel(qtbot, window, page, tmp_path, monkeypatch):
    (tmp_path / "bad.csv").write_text("")
    choose_in_dialog(monkeypatch, tmp_path / "bad.csv")
    QTest.mouseClick(page.side.ways["data"], LEFT)
    qtbot.waitUntil(lambda: window.data_panel.strip.isVisible(), timeout=20_000)
    assert not window.welcome.is_shown
    assert window.data_panel.strip.kind == "error"


def test_dropped_data_makes_inputs_and_outputs_too(qtbot, window, page, table):
    page.file_wanted.emit(table)
    qtbot.waitUntil(lambda: len(roles(window)) == 3, timeout=20_000)
    assert not window.welcome.is_shown


def test_a_file_is_chosen_by_the_drop_card(qtbot, window, page, table, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(table), ""))
    card = page.gallery.drop_card
    QTest.mouseClick(card, LEFT, pos=card.rect().center())
    qtbot.waitUntil(lambda: len(roles(window)) == 3, timeout=20_000)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_project_is_opened_or_the_page_stays(window, page, tmp_path, monkeypatch, is_whole):
    save(read_example("iris"), tmp_path / "flowers.annsim")
    (tmp_path / "bad.annsim").write_text("{}")
    complaints = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: complaints.append(box.text()))
    path = tmp_path / ("flowers.annsim" if is_whole else "bad.annsim")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    QTest.keyClick(focus(), Qt.Key.Key_O, CONTROL)
    assert window.welcome.is_shown != is_whole
    assert complaints == ([] if is_whole else ["This file cannot be opened."])


def test_recent_files_are_opened_and_taken_off_the_list(qtbot, window, tmp_path):
    for name in ("one", "two"):
        save(read_example("and"), tmp_path / f"{name}.annsim")
        window.preferences.add_recent(tmp_path / f"{name}.annsim")
    window.welcome.show()
    recent = window.findChild(WelcomePage, "welcome").side.recent
    assert [row.text() for row in recent.rows] == ["two.annsim", "one.annsim"]
    QTest.keyClick(recent.rows[0], Qt.Key.Key_Delete)
    assert [row.text() for row in recent.rows] == ["one.annsim"]
    assert [action.text() for action in window._recent_menu.actions()] == ["one.annsim"]
    qtbot.waitUntil(recent.rows[0].isVisible)
    QTest.mouseClick(recent.rows[0], LEFT)
    assert window.project.path == tmp_path / "one.annsim"
    window.welcome.show()
    recent.clear_button.click()
    assert window.preferences.recent == []
    assert not recent.isVisible()


def test_closing_the_window_while_pictures_are_made(qtbot, window, page):
    qtbot.waitUntil(lambda: page.maker.is_busy)
    assert window.close()
    assert not page.maker.is_busy


def test_the_way_from_page_to_page(window):
    """Opening everything that the gallery shows, one after the other, never asks anything."""
    for name in list(examples())[:4]:
        window.welcome.show()
        page = window.findChild(WelcomePage, "welcome")
        next(card for card in page.gallery.cards if card.name == name).click()
        assert not window.welcome.is_shown
        assert window.canvas.geometry().contains(window.canvas.mapTo(window, QPoint(5, 5)))
    assert windows().all == (window,)
