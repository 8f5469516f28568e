import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annsim.gui.widgets.count_field import CountField


@pytest.fixture
def field(qtbot):
    shown = CountField(4, 1, 99, "Number of neurons")
    qtbot.addWidget(shown)
    shown.show()
    shown.setFocus()
    return shown


@pytest.fixture
def sent(field):
    numbers = []
    field.counted.connect(numbers.append)
    return numbers


def test_typing_sends_each_number(field, sent):
    field.selectAll()
    QTest.keyClicks(field, "12")
    assert sent == [1, 12]
    assert field.value == 12


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_Up, 5), (Qt.Key.Key_Down, 3), (Qt.Key.Key_PageUp, 14), (Qt.Key.Key_PageDown, 1)]
)
def test_keys_step_within_the_bounds(field, sent, key, value):
    QTest.keyClick(field, key)
    assert (field.value, field.text(), sent) == (value, str(value), [value])


def test_at_a_bound_nothing_is_sent(field, sent):
    field.show_value(99)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert sent == []


@pytest.mark.parametrize("text", ["", "0", "x", "100"])
def test_what_is_no_such_number_leaves_it(field, text):
    field.clear()
    QTest.keyClicks(field, text)
    assert field.value in (4, 10)  # of 100 the first two digits are one


def test_leaving_shows_the_number_again(field):
    field.clear()
    field.clearFocus()
    assert field.text() == "4"
