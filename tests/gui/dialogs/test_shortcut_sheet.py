import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annsim.gui.action_rows import ACTIONS
from annsim.gui.actions import key_sequences
from annsim.gui.dialogs.canvas_grammar import GROUPS
from annsim.gui.dialogs.key_caps import KeyCaps, caps_of, keys_text
from annsim.gui.dialogs.shortcut_sheet import ShortcutSheet, column_ends
from annsim.gui.main_window import MainWindow
from annsim.gui.theme import theme
from annsim.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def sheet(qtbot):
    shown = ShortcutSheet()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def shown_lines(sheet):
    return {
        (group.title, line.text): line.ways
        for group in sheet.groups
        for line, row in zip(group.lines, group.rows, strict=True)
        if row.isVisible()
    }


def test_every_action_with_keys_is_on_it_under_its_menu(sheet):
    lines = shown_lines(sheet)
    for row in ACTIONS:
        keys = [keys_text(sequence) for sequence in key_sequences(row.keys)]
        place = row.menu.replace("/", " › "), row.text
        assert (place in lines) == bool(keys)
        if keys:
            assert lines[place][0] == keys[0]
    caps = [part.text for part in sheet.findChildren(KeyCaps)]
    assert len(caps) == sum(map(len, lines.values()))


def test_the_mouse_is_on_it(sheet):
    lines = shown_lines(sheet)
    for title, group in GROUPS:
        for text, way in group:
            assert lines[title, text] == (way,)


def test_the_filter_looks_at_words_menus_and_keys(sheet):
    QTest.keyClicks(sheet.field, "zoom")
    shown = shown_lines(sheet)
    assert {("View", "Zoom in"), ("View", "Zoom out"), ("Mouse: zooming", "Zoom at the pointer")} <= set(shown)
    assert all("zoom" in f"{title} {text}".lower() for title, text in shown)
    sheet.field.clear()
    QTest.keyClicks(sheet.field, "ctrl shift file")
    assert ("File", "Save as …") in shown_lines(sheet)
    assert all(title == "File" for title, _ in shown_lines(sheet))


def test_nothing_found_is_said_and_escape_takes_the_filter_back(sheet):
    QTest.keyClicks(sheet.field, "qqq")
    assert shown_lines(sheet) == {}
    assert sheet.nothing.isVisible()
    assert "qqq" in sheet.nothing.text()
    QTest.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert shown_lines(sheet)
    assert sheet.isVisible()
    QTest.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize(("width", "columns"), [(340, 1), (700, 2), (1220, 4), (3000, 4)])
def test_the_columns_suit_the_width(sheet, width, columns, qtbot):
    def lefts():
        return {group.mapTo(sheet, group.rect().topLeft()).x() for group in sheet.groups}

    sheet.resize(width, 700)
    qtbot.waitUntil(lambda: len(lefts()) == columns)
    widths = {group.width() for group in sheet.groups}
    assert max(widths) - min(widths) <= 2


@pytest.mark.parametrize(
    ("heights", "count", "ends"),
    [
        ([3], 4, [(0, 1)]),
        ([5, 1, 4], 2, [(0, 1), (1, 3)]),
        ([1, 1, 1, 9], 2, [(0, 3), (3, 4)]),
        ([2, 0, 2], 2, [(0, 2), (2, 3)]),
    ],
)
def test_columns_are_about_as_high(heights, count, ends):
    assert column_ends(heights, count) == ends


@pytest.mark.parametrize(
    ("text", "caps"),
    [("Ctrl+Shift+P", ["Ctrl", "Shift", "P"]), ("Ctrl++", ["Ctrl", "+"]), ("+", ["+"]), ("Ctrl+-", ["Ctrl", "−"])],
)
def test_keys_are_split_into_caps(text, caps):
    assert caps_of(text) == caps


def test_the_keys_of_the_window_open_it_once(qtbot):
    window = MainWindow(Project())
    qtbot.addWidget(window, before_close_func=lambda shown: shown.control.close())
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    sheet = window.tools.sheet
    assert sheet.isVisible()
    window.actions_by_name["shortcuts"].trigger()
    assert window.findChildren(ShortcutSheet) == [sheet]
    sheet.close()


@pytest.mark.parametrize("choice", ["dark", "high_contrast_light"])
def test_it_follows_the_theme(sheet, choice):
    before = sheet.grab().toImage()
    theme().set_choice(choice)
    assert sheet.grab().toImage() != before
