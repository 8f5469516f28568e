import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from annsim.gui.holding import holding
from annsim.gui.panels.properties_panel import PropertiesPanel
from annsim.gui.widgets.number_field import NumberField
from annsim.gui.widgets.scrub import HINT, Scrub, changed

# remarks of the offscreen platform, not of the program
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NONE, ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
LEFT = Qt.MouseButton.LeftButton
START = QPoint(10, 10)


def move(widget, point, modifiers=NONE):
    place = QPointF(widget.mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), place, Qt.MouseButton.NoButton, LEFT, modifiers)
    QApplication.sendEvent(widget, event)


def drag(widget, across, modifiers=NONE, drops=True):
    QTest.mousePress(widget, LEFT, modifiers, START)
    for k in range(1, 6):
        move(widget, START + QPoint(across * k // 5, 0), modifiers)
    if drops:
        QTest.mouseRelease(widget, LEFT, modifiers, START + QPoint(across, 0))


@pytest.fixture
def field(qtbot):
    window = QWidget()
    window.label, window.field = QLabel("Bias b", window), NumberField(window)
    window.field.owner = window  # else Python would end the window with this function
    layout = QHBoxLayout(window)
    layout.addWidget(window.label)
    layout.addWidget(window.field)
    window.field.scrub_from(window.label)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    window.field.set_number(1.0)
    return window.field


@pytest.fixture
def sent(field):
    found = []
    field.committed.connect(lambda value: found.append((value, field.session)))
    return found


@pytest.mark.parametrize(("by_label", "modifiers"), [(True, NONE), (False, ALT)])
def test_a_drag_changes_the_number_in_one_session(field, sent, by_label, modifiers):
    drag(field.owner.label if by_label else field, 40, modifiers)
    assert field.value == 1.4
    assert [value for value, _ in sent] == [1.08, 1.16, 1.24, 1.32, 1.4]
    assert len({session for _, session in sent}) == 1
    drag(field.owner.label if by_label else field, -20, modifiers)
    assert field.value == 1.2
    assert len({session for _, session in sent}) == 2
    assert not holding().is_on


@pytest.mark.parametrize(("modifiers", "expected"), [(SHIFT, 1.04), (CONTROL, 5.0)])
def test_shift_is_fine_and_control_coarse(field, modifiers, expected):
    drag(field.owner.label, 40, modifiers)
    assert field.value == expected


def test_escape_in_the_middle_puts_back(field, sent):
    drag(field.owner.label, 40, drops=False)
    assert holding().is_on
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert sent[-1][0] == field.value == 1.0
    move(field.owner.label, START + QPoint(80, 0))
    QTest.mouseRelease(field.owner.label, LEFT, NONE, START + QPoint(80, 0))
    assert field.value == 1.0
    assert not holding().is_on


def test_without_alt_a_drag_selects_text(field, sent):
    field.setFocus()
    drag(field, 40)
    assert sent == []
    assert field.value == 1.0


def test_a_click_on_the_label_goes_to_the_field(field, sent):
    QTest.mouseClick(field.owner.label, LEFT, NONE, START)
    assert field.hasFocus()
    assert sent == []
    assert field.owner.label.toolTip() == HINT


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_no_number_cannot_be_dragged(field, sent, value):
    field.set_number(value)
    drag(field.owner.label, 40)
    assert sent == []


def test_a_field_that_is_off_cannot_be_dragged(field, sent):
    field.setEnabled(False)
    drag(field.owner.label, 40)
    field.setEnabled(True)
    field.setReadOnly(True)
    drag(field.owner.label, 40)
    assert sent == []


def test_up_with_shift_is_ten_times_as_much(field, sent):
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert [value for value, _ in sent] == [1.1, 1.09]
    assert sent[0][1] == sent[1][1]


def test_up_after_typing_counts_from_what_was_typed(field, sent):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert [value for value, _ in sent] == [5.01]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.value == 1.0


def test_numbers_stay_round():
    scrub = Scrub(0.1, 0.0)
    assert [scrub.moved(x, NONE) for x in (20, 3, 0)] == [0.3, 0.13, 0.1]
    awkward = Scrub(1 / 3, 0.0)
    awkward.moved(5, NONE)
    assert awkward.moved(0, NONE) == 1 / 3
    assert changed(1e300, 0.01) == 1e300


def test_the_labels_of_the_properties_can_be_dragged(qtbot, xor_document):
    panel = PropertiesPanel(xor_document)
    qtbot.addWidget(panel)
    panel.show()
    before = xor_document.bytes()
    hidden = xor_document.network.neuron_id_of("h1")
    xor_document.select([hidden])
    label = next(label for label in panel.findChildren(QLabel) if label.text() == "Bias b" and label.isVisible())
    drag(label, 25)
    assert xor_document.network.neuron_values(hidden).bias == 0.25
    assert xor_document.undo_stack.count() == 1
    drag(label, 25, drops=False)
    QTest.keyClick(label.buddy(), Qt.Key.Key_Escape)
    assert xor_document.network.neuron_values(hidden).bias == 0.25
    xor_document.undo()
    assert xor_document.bytes() == before
