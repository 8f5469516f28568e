import pytest
from PySide6.QtGui import QAction

from annsim.formats.examples import read_example
from annsim.gui.action_rows import ACTIONS, NEEDS
from annsim.gui.actions import set_tip, show_possible, why_not
from annsim.gui.main_window import MainWindow
from annsim.project.project import Project


@pytest.fixture
def window(qtbot):
    shown = MainWindow(read_example("irregular"))
    qtbot.addWidget(shown, before_close_func=let_go)
    shown.show()
    return shown


def let_go(window):
    window.control.close()
    window.document.replace(Project())


def test_a_greyed_action_says_why_and_then_again_what_it_does(qapp):
    action = QAction("Delete")
    set_tip(action, "Delete what is selected (Del)")
    show_possible(action, "Select a neuron first")
    assert (action.isEnabled(), action.toolTip(), why_not(action)) == (False, *["Select a neuron first"] * 2)
    show_possible(action)
    assert (action.isEnabled(), action.toolTip(), why_not(action)) == (True, "Delete what is selected (Del)", "")


def test_a_new_tip_does_not_hide_the_reason(qapp):
    action = QAction("Play")
    show_possible(action, "There is no data yet")
    set_tip(action, "Train")
    assert action.toolTip() == "There is no data yet"
    show_possible(action)
    assert action.toolTip() == "Train"


def test_every_need_has_its_sentence():
    assert {row.needs for row in ACTIONS if row.needs} <= set(NEEDS)


def test_every_action_of_the_window_that_is_grey_says_why(window):
    for number in (None, 1):
        window.document.select([] if number is None else [number])
        for row in ACTIONS:
            action = window.actions_by_name[row.name]
            assert action.isEnabled() == (not why_not(action))
            assert action.isEnabled() or action.toolTip() == why_not(action)
            if row.needs and not action.isEnabled():
                assert action.toolTip() == NEEDS[row.needs]


def test_what_needs_a_selection_follows_it(window):
    delete = window.actions_by_name["delete"]
    assert delete.toolTip() == NEEDS["selection"]
    window.document.select([1])
    assert delete.isEnabled()
    assert delete.toolTip() == "Delete what is selected (Del)"
    window.document.select()
    assert not delete.isEnabled()


def test_undo_and_play_say_why_too(window):
    assert window.actions_by_name["undo"].toolTip() == "There is nothing to undo"
    window.document.replace(Project())
    assert window.actions_by_name["play"].toolTip() == "The drawing is empty: draw a network first"
    assert why_not(window.actions_by_name["play"]) == window.actions_by_name["play"].toolTip()


def test_menus_show_their_tips(window):
    menus = {action.menu() for action in window.menuBar().actions()}
    assert menus
    assert all(menu.toolTipsVisible() for menu in menus)
