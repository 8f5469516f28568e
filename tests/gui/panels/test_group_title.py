import pytest
from PySide6.QtCore import Qt

from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.panels.properties_panel import PropertiesPanel
from annsim.network.grouping import grouping, ungrouping


@pytest.fixture
def grouped(qapp):
    shown = Document(read_example("irregular"))
    shown.do(grouping(shown.network, [3, 4, 5], "First"))
    return shown


@pytest.fixture
def panel(grouped, qtbot):
    widget = PropertiesPanel(grouped)
    qtbot.addWidget(widget)
    widget.resize(280, 900)
    widget.show()
    return widget


@pytest.mark.parametrize(("chosen", "is_shown"), [([3, 4, 5], True), ([4], True), ([4, 6], False), ([6], False)])
def test_the_title_is_there_where_all_belong_to_one_group(panel, grouped, chosen, is_shown):
    grouped.select(chosen)
    assert panel.neurons.group_title.isVisible() == is_shown
    if is_shown:
        assert panel.neurons.group_title.text() == "First"


def test_a_new_title_is_one_step(panel, grouped, qtbot):
    before = grouped.bytes()
    grouped.select([3, 4, 5])
    field = panel.neurons.group_title
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Features")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert grouped.network.groups[1].title == "Features"
    assert grouped.undo_stack.undoText() == "Rename group to Features"
    grouped.undo()
    assert grouped.bytes() == before
    assert field.text() == "First"


def test_an_empty_title_is_refused(panel, grouped, qtbot):
    before = grouped.bytes()
    grouped.select([4])
    field = panel.neurons.group_title
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert grouped.bytes() == before
    assert field.text() == "First"
    assert panel.strip.isVisible()


def test_it_goes_with_the_group(panel, grouped):
    grouped.select([4])
    grouped.do(ungrouping(grouped.network, [1]))
    assert not panel.neurons.group_title.isVisible()
