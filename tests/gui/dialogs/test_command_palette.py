import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annsim.formats.examples import read_example
from annsim.gui.action_rows import NEEDS
from annsim.gui.dialogs.command_entries import NeuronEntries
from annsim.gui.dialogs.fuzzy_match import match
from annsim.gui.main_window import MainWindow
from annsim.gui.theme import theme
from annsim.network.network import Network
from annsim.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot):
    shown = MainWindow(read_example("irregular"))
    qtbot.addWidget(shown, before_close_func=let_go)
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        shown.canvas.setFocus()
    return shown


def let_go(window):
    window.control.close()
    window.document.replace(Project())


@pytest.fixture
def palette(window):
    QTest.keyClick(window.canvas, Key.Key_P, CONTROL_SHIFT)
    return window.tools.palette


def titles(palette):
    return [palette.model.index(row).data() for row in range(palette.model.rowCount())]


def chosen(palette):
    return palette.list.currentIndex().data()


def spoken(palette):
    return palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("save", "Save", "Save as …"),
        ("del", "Delete", "Default layout"),
        ("cl", "Connected layers …", "Tactile"),
        ("zo", "Zoom out", "Show all zones"),
        ("SELECT", "Select all", "See the electric train"),
        ("h3", "h3", "h13"),
    ],
)
def test_words_that_begin_with_the_letters_are_better(query, better, worse):
    assert match(query, better).score > match(query, worse).score


@pytest.mark.parametrize(
    ("query", "text", "places"),
    [("sa", "Save as", (0, 1)), ("sva", "Save as", (0, 2, 5)), ("c l", "Connected layers", (0, 10)), ("", "Open", ())],
)
def test_the_letters_that_match_are_known(query, text, places):
    assert match(query, text).places == places


@pytest.mark.parametrize(("query", "text"), [("xy", "Save"), ("evas", "Save"), ("save as", "Save")])
def test_letters_in_another_order_do_not_match(query, text):
    assert match(query, text) is None


def test_the_keys_open_it_and_escape_gives_the_focus_back(window, palette):
    assert palette.isVisible()
    assert palette.field.hasFocus()
    QTest.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.canvas.hasFocus()


def test_it_lies_in_the_upper_middle_of_the_window(window, palette, qtbot):
    def is_in_the_middle():
        return abs(palette.card.geometry().center().x() - window.rect().center().x()) <= 1

    assert is_in_the_middle()
    assert palette.card.y() < window.height() / 3
    window.resize(1100, 700)
    qtbot.waitUntil(is_in_the_middle)


def test_typing_finds_and_enter_does_it(window, palette):
    QTest.keyClicks(palette.field, "selal")
    assert chosen(palette) == "Select all"
    QTest.keyClick(palette.field, Key.Key_Return)
    assert not palette.isVisible()
    assert window.document.selected_neurons == set(window.document.network.neurons)


def test_everything_of_the_menus_is_there(window, palette):
    offered = titles(palette)
    for text in ("Save", "Delete", "Play", "Light", "High contrast dark", "Properties", "Circle", "About annsim"):
        assert text in offered
    assert "Command palette …" not in offered
    rows = {palette.model.index(row).data(): spoken_row(palette, row) for row in range(palette.model.rowCount())}
    assert rows["Save"] == "Save, Ctrl+S, File"
    assert rows["Circle"] == "Circle, File › Examples"
    assert rows["Properties"] == "Properties, on, Window"


def spoken_row(palette, row):
    return palette.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_cannot_be_done_says_why_and_stays(window, palette):
    QTest.keyClicks(palette.field, "delete")
    assert spoken(palette) == f"Delete, Del, {NEEDS['selection']}"
    before = window.document.bytes()
    QTest.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()
    assert window.document.bytes() == before
    QTest.keyClick(palette.field, Key.Key_Escape)
    window.document.select([1])
    palette.toggle()
    QTest.keyClicks(palette.field, "delete")
    QTest.keyClick(palette.field, Key.Key_Return)
    assert 1 not in window.document.network.neurons


def test_of_two_that_match_alike_the_one_that_can_be_done_stands_first(palette):
    QTest.keyClicks(palette.field, "set")
    assert chosen(palette) == "Set by expression …"
    assert "Set inputs to 0" in titles(palette)


def test_what_was_used_last_stands_first(window, palette, qtbot):
    QTest.keyClicks(palette.field, "zoom out")
    QTest.keyClick(palette.field, Key.Key_Return)
    palette.toggle()
    assert chosen(palette) == "Zoom out"
    QTest.keyClicks(palette.field, "zo")
    assert chosen(palette) == "Zoom out"
    other = MainWindow(Project())
    qtbot.addWidget(other, before_close_func=let_go)
    other.show()
    other.tools.palette.toggle()
    assert chosen(other.tools.palette) == "Zoom out"


def test_a_menu_in_the_query_finds_what_stands_in_it(palette):
    QTest.keyClicks(palette.field, "theme dark")
    assert chosen(palette) == "Dark"
    assert all("circle" not in title.lower() for title in titles(palette))


def test_arrows_move_and_wrap(palette):
    QTest.keyClicks(palette.field, "zoom")
    first, *_, last = titles(palette)
    QTest.keyClick(palette.field, Key.Key_Down)
    assert chosen(palette) == titles(palette)[1]
    QTest.keyClick(palette.field, Key.Key_Up)
    assert chosen(palette) == first
    QTest.keyClick(palette.field, Key.Key_Up)
    assert chosen(palette) == last
    QTest.keyClick(palette.field, Key.Key_Tab)
    assert chosen(palette) == first
    QTest.keyClick(palette.field, Key.Key_PageDown)
    assert chosen(palette) == titles(palette)[min(10, len(titles(palette)) - 1)]
    assert palette.field.hasFocus()


def test_a_neuron_is_gone_to_by_name(window, palette):
    mix = window.document.network.neuron_id_of("mix")
    window.canvas.set_zoom(0.06)
    window.canvas.set_zoom(8.0)
    QTest.keyClicks(palette.field, "go mix")
    assert chosen(palette) == "Go to mix"
    QTest.keyClick(palette.field, Key.Key_Return)
    assert window.document.selected_neurons == {mix}
    assert window.canvas.viewport().rect().contains(window.canvas.neuron_position(mix))
    assert window.canvas.hasFocus()


def test_a_dot_is_gone_to_so_that_it_can_be_read(window, palette):
    window.canvas.set_zoom(0.06)
    QTest.keyClicks(palette.field, "mix")
    QTest.keyClick(palette.field, Key.Key_Return)
    assert window.canvas.zoom == 1.0


def test_of_very_many_neurons_the_best_are_listed_and_the_others_counted(qapp):
    network = Network.layered([5000, 1])
    found, more = NeuronEntries(network, lambda number: None).matching("x1")
    assert found[0].entry.title == "Go to x1"
    assert len(found) == 50
    names = [network.neuron_values(i).name for i in network.neurons]
    assert more + len(found) == sum("x" in name and "1" in name[1:] for name in names)


def test_nothing_found_is_said(palette):
    QTest.keyClicks(palette.field, "qqqq")
    assert titles(palette) == []
    assert palette.note.text() == "Nothing that can be done is called “qqqq”"
    QTest.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()


def test_a_click_does_it_and_a_click_beside_closes(window, palette):
    QTest.keyClicks(palette.field, "zoom")
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.card.geometry().topLeft() + QPoint(3, 3))
    assert palette.isVisible()
    corner = window.canvas.viewport().mapTo(window, QPoint(20, 400))
    assert window.childAt(corner) is palette
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=corner)
    assert not palette.isVisible()
    assert window.canvas.hasFocus()
    palette.toggle()
    QTest.keyClicks(palette.field, "select all")
    place = palette.list.visualRect(palette.model.index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.document.selected_neurons


def test_the_focus_elsewhere_closes_it(window, palette):
    window.canvas.setFocus()
    assert not palette.isVisible()
    assert QApplication.focusWidget() is window.canvas


@pytest.mark.parametrize("choice", ["light", "dark", "high_contrast_dark"])
def test_it_is_painted_in_the_colours_of_the_theme(palette, choice):
    theme().set_choice(choice)
    QTest.keyClicks(palette.field, "del")
    picture = palette.grab().toImage()
    row = palette.list.visualRect(palette.model.index(0))
    inside = palette.list.mapTo(palette, row.topLeft() + QPoint(12, row.height() // 2))
    assert picture.pixelColor(inside) == theme().look.colour("accent_soft")
