import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annsim.formats.examples import read_example
from annsim.gui.dialogs.connect_dialog import ConnectDialog
from annsim.gui.document import Document
from annsim.network.patterns import connecting, nearest, random_share
from annsim.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SOURCES, TARGETS = frozenset({1, 2, 3, 5}), frozenset({6, 7})  # 8 pairs, 4 of them are there


@pytest.fixture
def document(qapp):
    return Document(read_example("irregular"))


@pytest.fixture
def open_dialog(document, qtbot):
    def opened(pattern):
        dialog = ConnectDialog(document, pattern, SOURCES, TARGETS)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it afterwards
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def added(document):
    return {(c.source, c.target) for i, c in document.network.connections.items() if i > 17}


def test_it_counts_live_and_connects_as_one_step(open_dialog, document, qtbot):
    before = document.bytes()
    dialog = open_dialog("random")
    dialog.share.setFocus()
    dialog.share.selectAll()
    QTest.keyClicks(dialog.share, "100")
    qtbot.waitUntil(lambda: dialog.outcome.text() == "Would add 4 connections; 4 were there already.")
    assert document.bytes() == before
    said = []
    dialog.said.connect(said.append)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert said == ["4 connected, 4 were there already."]
    assert added(document) == {(1, 7), (3, 7), (5, 6), (2, 6)}
    assert document.undo_stack.count() == 1
    document.undo()
    assert document.bytes() == before


def test_share_and_seed_are_those_of_the_pattern(open_dialog, document, qtbot):
    dialog = open_dialog("random")
    QTest.keyClick(dialog.seed, Qt.Key.Key_Up)
    QTest.keyClick(dialog.seed, Qt.Key.Key_PageUp)
    assert dialog.seed.value == 12
    edit, _ = connecting(document.network, SOURCES, TARGETS, random_share(0.5, 12))
    dialog.accept()
    block = edit.connections
    assert added(document) == set(zip(block.source.tolist(), block.target.tolist(), strict=True))


def test_nearest_and_the_rows_that_belong_to_it(open_dialog, document):
    dialog = open_dialog("nearest")
    assert dialog.neighbours.isVisible()
    assert not dialog.share.isVisible()
    assert not dialog.seed.isVisible()
    edit, _ = connecting(document.network, SOURCES, TARGETS, nearest(2))
    dialog.accept()
    assert len(added(document)) == len(edit.connections)
    dialog.pattern.setCurrentIndex(0)
    assert not dialog.neighbours.isVisible()


def test_where_nothing_would_come_it_cannot_be_pressed(open_dialog, qtbot):
    dialog = open_dialog("random")
    QTest.keyClick(dialog.share, Qt.Key.Key_Up)
    dialog.share.selectAll()
    QTest.keyClicks(dialog.share, "0")
    qtbot.waitUntil(lambda: not dialog.connect_button.isEnabled())
    assert dialog.outcome.text() == "Would add 0 connections."


def test_escape_changes_nothing(open_dialog, document):
    before = document.bytes()
    dialog = open_dialog("random")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert document.bytes() == before


def test_it_follows_the_drawing_and_goes_with_it(open_dialog, document, qtbot):
    dialog = open_dialog("nearest")
    dialog.pattern.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "add 4" in dialog.outcome.text())
    document.network.remove(document.network.neurons[7])
    qtbot.waitUntil(lambda: "add 2" in dialog.outcome.text())
    document.network.remove(document.network.neurons[6])
    qtbot.waitUntil(lambda: "gone" in dialog.outcome.text())
    assert not dialog.connect_button.isEnabled()
    document.replace(Project())
    assert not dialog.isVisible()


def test_everything_has_a_name_and_a_tip(open_dialog):
    dialog = open_dialog("random")
    for field in (dialog.pattern, dialog.share, dialog.neighbours, dialog.seed):
        assert field.accessibleName()
        assert field.toolTip()
