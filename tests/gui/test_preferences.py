import pytest
from PySide6.QtCore import QByteArray, Qt

from annsim.gui.main_window import MainWindow
from annsim.gui.preferences import RECENT_FILES, Preferences
from annsim.gui.theme import theme
from annsim.gui.window_layout import screen_name
from annsim.paths import settings_folder

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


@pytest.fixture
def preferences():
    return Preferences()


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{n}.annsim" for n in range(RECENT_FILES + 3)]
    for path in paths:
        path.touch()
    return paths


@pytest.fixture
def open_window(qtbot):
    def open_one():
        window = MainWindow()
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    return open_one


def test_nothing_is_remembered_at_first(preferences):
    assert (preferences.theme, preferences.recent, preferences.shows_bias_inputs) == ("system", [], False)
    assert preferences.layout(["1600x1000"]) is None


def test_recent_files_newest_first_each_once_and_not_too_many(preferences, files):
    for path in [*files, files[5]]:
        preferences.add_recent(path)
    assert preferences.recent[:2] == [files[5], files[-1]]
    assert len(preferences.recent) == len(set(preferences.recent)) == RECENT_FILES


def test_a_file_that_is_gone_is_not_shown(preferences, files):
    preferences.add_recent(files[0])
    preferences.add_recent(files[1])
    files[1].unlink()
    assert preferences.recent == [files[0]]


def test_a_file_is_taken_off_the_list_and_the_list_is_cleared(preferences, files):
    for path in files[:3]:
        preferences.add_recent(path)
    preferences.forget_recent(files[1])
    assert preferences.recent == [files[2], files[0]]
    preferences.clear_recent()
    assert preferences.recent == []


def test_two_windows_do_not_lose_each_others_entries(files):
    one, other = Preferences(), Preferences()
    one.add_recent(files[0])
    other.add_recent(files[1])
    one.add_recent(files[2])
    one.theme = "dark"
    other.shows_bias_inputs = True
    for seen in (one, other, Preferences()):
        assert seen.recent == [files[2], files[1], files[0]]
        assert (seen.theme, seen.shows_bias_inputs) == ("dark", True)


def test_the_last_folder_is_that_of_the_last_file_as_long_as_it_is_there(preferences, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "a.annsim").touch()
    preferences.add_recent(folder / "a.annsim")
    assert Preferences().folder == folder
    (folder / "a.annsim").unlink()
    folder.rmdir()
    assert Preferences().folder != folder
    assert Preferences().folder.is_dir()


def test_layouts_are_kept_per_screen_size_the_last_used_one_first(preferences):
    preferences.save_layout("1600x1000", QByteArray(b"geometry"), QByteArray(b"state"))
    preferences.save_layout("2560x1440", QByteArray(b"large"), QByteArray(b"large state"))
    assert preferences.layout(["1600x1000"]) == (QByteArray(b"geometry"), QByteArray(b"state"))
    assert preferences.layout(["1600x1000", "2560x1440"]) == (QByteArray(b"large"), QByteArray(b"large state"))
    assert preferences.layout(["800x600"]) is None


DAMAGED = {
    "no text": bytes(range(256)) * 20,
    "cut short": b'[General]\ntheme=dark\nrecent=/a, /b, "/c',
    "wrong kinds": b"[General]\ntheme=purple\nrecent=@Invalid()\nbias_inputs=7\nfolder=@ByteArray(x)\n",
    "null byte": b"[General]\nrecent=a\\0b, " + b"x" * 5000 + b"\nfolder=\\0\n",
    "layout": b"[layout]\nlast=%s\n[layout/%s]\nversion=2\ngeometry=@ByteArray(\\0\\x1)\nstate=@ByteArray(nonsense)\n",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_does_not_keep_the_window_from_opening(qapp, open_window, name):
    screen = screen_name(qapp.primaryScreen().size()).encode()
    (settings_folder() / "annsim.ini").write_bytes(DAMAGED[name].replace(b"%s", screen))
    window = open_window()
    assert window.isVisible()
    assert all(dock.isVisibleTo(window) or window.tabifiedDockWidgets(dock) for dock in window.docks.values())
    assert theme().choice in ("system", "dark")
    assert window.preferences.recent == []


def test_docks_theme_and_bias_inputs_are_there_again(qtbot, open_window):
    window = open_window()
    window.docks["data"].setFloating(True)
    window.docks["data"].move(300, 200)
    window.addDockWidget(RIGHT, window.docks["palette"])
    window.docks["loss"].hide()
    window.actions_by_name["bias_inputs"].trigger()
    window.preferences.theme = "dark"
    window.resize(1024, 700)  # as large as the screen of the tests lets it be
    assert window.close()
    again = open_window()
    assert again.docks["data"].isFloating()
    assert again.dockWidgetArea(again.docks["palette"]) == RIGHT
    assert again.docks["loss"].isHidden()
    assert again.actions_by_name["bias_inputs"].isChecked()
    assert theme().choice == "dark"
    assert (again.width(), again.height()) == (1024, 700)
    again.actions_by_name["default_layout"].trigger()
    assert not again.docks["data"].isFloating()
    assert again.dockWidgetArea(again.docks["palette"]) == LEFT
    assert again.docks["loss"].isVisible()


def test_a_layout_of_another_screen_size_is_not_put_on_this_one(open_window):
    window = open_window()
    window.docks["loss"].hide()
    assert window.close()
    store = window.preferences._store
    screen = screen_name(window.screen().size())
    for key in ("version", "geometry", "state"):
        store.setValue(f"layout/9999x9999/{key}", store.value(f"layout/{screen}/{key}"))
        store.remove(f"layout/{screen}/{key}")
    assert open_window().docks["loss"].isVisible()
