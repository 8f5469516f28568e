import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from annsim.formats.catalogue import save
from annsim.formats.examples import examples, read_example
from annsim.gui.canvas.still import paint_still
from annsim.gui.theme import theme
from annsim.gui.welcome.card import picture_size
from annsim.gui.welcome.page import WelcomePage

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


@pytest.fixture
def page(qtbot):
    shown = WelcomePage(paint_still)
    qtbot.addWidget(shown, before_close_func=lambda widget: widget.close_down())
    shown.resize(1600, 920)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.side.ways["draw"].setFocus()
    return shown


@pytest.fixture
def files(tmp_path):
    """Two projects, one of them broken."""
    save(read_example("iris"), tmp_path / "flowers.annsim")
    (tmp_path / "broken.annsim").write_text("{}")
    return [tmp_path / "flowers.annsim", tmp_path / "broken.annsim"]


def focus():
    return QApplication.focusWidget()


def heard(signal):
    """The values that a signal carries from now on."""
    values = []
    signal.connect(lambda *carried: values.append(carried))
    return values


def names(page):
    return [card.objectName().removeprefix("example_") for card in page.gallery.grid.cards]


def test_all_examples_and_the_drop_card_are_there_with_names_for_readers(page):
    assert names(page) == [*examples(), "drop_card"]
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName(), widget
            assert widget.toolTip(), widget


def test_pictures_come_in_by_themselves(qtbot, page):
    card = page.gallery.cards[2]
    assert card.objectName() == "example_half_adder"
    qtbot.waitUntil(lambda: not card.picture.isNull(), timeout=20_000)
    assert card.picture.deviceIndependentSize().toSize() == picture_size(page.gallery.grid.card_width)


@pytest.mark.parametrize(("width", "columns"), [(1024, 3), (1280, 3), (1600, 4), (2560, 6)])
def test_the_grid_fits_the_width(qtbot, page, width, columns):
    page.resize(width, 600)
    grid, field = page.gallery.grid, page.gallery.field

    def right(widget):
        return widget.mapTo(page, QPoint(widget.width(), 0)).x()

    qtbot.waitUntil(lambda: grid.columns == columns and max(map(right, grid.cards)) <= width)
    assert right(field) <= width
    places = [(card.x(), card.y()) for card in grid.cards]
    assert len(set(places)) == len(places)


def test_another_width_gets_pictures_of_another_size(qtbot, page):
    card = page.gallery.cards[2]
    qtbot.waitUntil(lambda: not card.picture.isNull(), timeout=20_000)
    before = card.picture.size()
    page.resize(2560, 900)
    qtbot.waitUntil(lambda: card.picture.width() > before.width(), timeout=20_000)


def test_another_theme_gets_pictures_in_its_colours(qtbot, page):
    card = page.gallery.cards[2]
    qtbot.waitUntil(lambda: not card.picture.isNull(), timeout=20_000)
    theme().set_choice("dark")
    dark = theme().look.colour("canvas")
    qtbot.waitUntil(lambda: card.picture.pixelColor(1, 1) == dark, timeout=20_000)


def test_tab_goes_through_the_page_in_reading_order_and_back(page):
    order = [focus()]
    for _ in range(12):
        QTest.keyClick(focus(), TAB)
        order.append(focus())
    ways, gallery = page.side.ways, page.gallery
    assert order[:3] == [ways["draw"], ways["data"], ways["project"]]
    assert order[3] is gallery.chips["All"]
    cards = [widget for widget in order if widget in gallery.cards]
    assert cards == list(gallery.cards[: len(cards)])
    assert len(cards) >= 4
    for expected in reversed(order[:-1]):
        QTest.keyClick(focus(), BACKTAB)
        assert focus() is expected


def test_arrow_keys_go_from_card_to_card(page):
    cards, columns = page.gallery.grid.cards, page.gallery.grid.columns
    cards[0].setFocus()
    for key, place in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Left, 0),
    ):
        QTest.keyClick(focus(), key)
        assert focus() is cards[place]
    for _ in range(len(cards)):
        QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus() is cards[-1]


def test_arrow_keys_go_through_the_left_side_and_over_to_the_cards(qtbot, page, files):
    page.show_files(files)
    rows = page.side.recent.rows
    qtbot.waitUntil(rows[1].isVisible)
    for _ in range(3):
        QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus() is rows[0]
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus() is rows[1]
    QTest.keyClick(focus(), Qt.Key.Key_Up)
    QTest.keyClick(focus(), Qt.Key.Key_Right)
    assert focus() is page.gallery.cards[0]


def test_a_card_that_gets_the_focus_is_scrolled_to(qtbot, page):
    page.resize(1024, 500)
    area = page.gallery._area
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    last = page.gallery.grid.cards[-1]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().center()))


@pytest.mark.parametrize("how", ["enter", "click", "space"])
def test_an_example_is_opened(page, how):
    opened = heard(page.example_wanted)
    card = page.gallery.cards[5]
    card.setFocus()
    if how == "click":
        QTest.mouseClick(card, LEFT, pos=card.rect().center())
    else:
        QTest.keyClick(card, Qt.Key.Key_Return if how == "enter" else Qt.Key.Key_Space)
    assert opened == [("xor",)]


def test_what_is_typed_anywhere_is_found(page):
    page.gallery.cards[3].setFocus()
    QTest.keyClicks(focus(), "s")
    assert focus() is page.gallery.field
    QTest.keyClicks(focus(), "oftmax three")
    assert names(page) == []
    assert page.gallery._nothing.isVisible()
    page.gallery.field.clear()
    QTest.keyClicks(focus(), "ThReE cla")
    assert names(page) == ["iris"]
    opened = heard(page.example_wanted)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert opened == [("iris",)]


def test_from_the_find_field_down_goes_to_the_cards(page):
    page.gallery.field.setFocus()
    QTest.keyClicks(focus(), "spiral")
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus() is page.gallery.grid.cards[0]
    assert focus().objectName() == "example_spiral"


def test_escape_first_ends_the_search_then_leaves(page):
    left = heard(page.left)
    QTest.keyClicks(page.side.ways["draw"], "iris")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert names(page) == [*examples(), "drop_card"]
    assert left == []
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert left == [()]


def test_chips_show_one_kind(page):
    chips = page.gallery.chips
    assert list(chips) == ["All", "Logic", "Classes", "Numbers", "Pictures"]
    QTest.mouseClick(chips["Numbers"], LEFT)
    assert names(page) == ["sine"]
    QTest.mouseClick(chips["Pictures"], LEFT)
    assert names(page) == ["digits"]
    QTest.mouseClick(chips["All"], LEFT)
    assert names(page) == [*examples(), "drop_card"]


@pytest.mark.parametrize(("way", "signal"), [("draw", "left"), ("data", "data_wanted"), ("project", "project_wanted")])
def test_the_ways_to_begin(page, way, signal):
    wanted = heard(getattr(page, signal))
    QTest.mouseClick(page.side.ways[way], LEFT)
    page.side.ways[way].setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert wanted == [(), ()]


def test_recent_files_say_when_how_large_and_why_not(qtbot, page, files):
    page.show_files(files)
    whole, broken = page.side.recent.rows
    qtbot.waitUntil(lambda: whole.line == "today, 4-8-3" and bool(broken.error), timeout=20_000)
    assert not whole.picture.isNull()
    assert broken.picture.isNull()
    assert broken.line == "today, cannot be read"
    assert "is no annsim project" in broken.toolTip()
    assert "flowers.annsim, today, 4-8-3" in whole.accessibleName()


def test_a_recent_file_is_opened_removed_and_all_are_cleared(page, files):
    page.show_files(files)
    row = page.side.recent.rows[0]
    opened, removed, cleared = heard(page.file_wanted), heard(page.removal_wanted), heard(page.clearing_wanted)
    QTest.mouseClick(row, LEFT)
    QTest.keyClick(row, Qt.Key.Key_Delete)
    choose(row, "Remove from this list")
    choose(row, "Open")
    choose(row, "Clear the list")
    QTest.mouseClick(page.side.recent.clear_button, LEFT)
    assert opened == [(files[0],)] * 2
    assert removed == [(files[0],)] * 2
    assert cleared == [(), ()]


def choose(row, text):
    """Open the context menu of a row by the keyboard and choose an entry."""
    middle = row.rect().center()
    QApplication.sendEvent(row, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, row.mapToGlobal(middle)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == text)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_without_recent_files_there_is_no_list(page):
    page.show_files([])
    assert not page.side.recent.isVisible()


def test_a_file_is_dropped(page, files):
    dropped = heard(page.file_wanted)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files[0]))])
    middle, actions = page.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(middle, actions, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    assert page.gallery.drop_card._is_target
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page.gallery.drop_card._is_target
    QApplication.sendEvent(page, enter)
    drop = QDropEvent(QPointF(middle), actions, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, drop)
    assert dropped == [(files[0],)]
    assert not page.gallery.drop_card._is_target


def test_text_that_is_dragged_over_is_not_taken(page):
    data = QMimeData()
    data.setText("no file")
    middle = page.rect().center()
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert not page.gallery.drop_card._is_target


def test_a_hidden_page_makes_no_pictures(qtbot, page):
    qtbot.waitUntil(lambda: page.maker.is_busy)
    page.hide()
    assert not page.maker.is_busy
    page.show()
    qtbot.waitUntil(lambda: page.maker.is_busy)
