import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annsim.gui.widgets.number_field import NumberField, full_text, parsed, short_text

# remarks of the offscreen platform, not of the program
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

AWKWARD = -1.1543987654321098


@pytest.fixture
def field(qtbot):
    window = QWidget()
    window.other, window.field = NumberField(window), NumberField(window)
    window.field.owner = window  # else Python would end the window with this function
    layout = QVBoxLayout(window)
    layout.addWidget(window.other)
    layout.addWidget(window.field)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    window.other.setFocus()
    window.field.set_number(AWKWARD)
    return window.field


@pytest.fixture
def sent(field):
    values = []
    field.committed.connect(values.append)
    return values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        ("−2", -2.0),
        (" -2 ", -2.0),
        ("1/3", 1 / 3),
        ("−1/4", -0.25),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("5.", 5.0),
        ("+1E+2", 100.0),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert parsed(text) == value


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "Type a number"),
        ("abc", "no number"),
        ("1,234.5", "either"),
        ("1,2,3", "either"),
        ("1/0", "fraction"),
        ("1/", "no number"),
        ("1/2/3", "no number"),
        ("1e999", "finite"),
        ("nan", "no number"),
        ("inf", "no number"),
        ("1_000", "no number"),
        ("0x10", "no number"),
        ("1 000", "no number"),
    ],
)
def test_what_is_no_number_is_refused_with_a_reason(text, word):
    with pytest.raises(ValueError, match=word):
        parsed(text)


@pytest.mark.parametrize("value", [0.0, -0.1, 1 / 3, 1e-300, -1e300, 123456.789, 5e-324, 0.1 + 0.2])
def test_the_full_text_of_a_number_reads_as_the_same_number(value):
    assert parsed(full_text(value)) == value


def test_short_texts():
    texts = [short_text(value) for value in (-1.15443, 0.0, 2.5, 12345.678, 7.9e-5, 1 / 3)]
    assert texts == ["−1.1544", "0", "2.5", "12346", "7.9e−5", "0.33333"]


def test_an_open_field_shows_all_digits_and_a_closed_one_few(field):
    assert field.text() == "−1.1544"
    field.setFocus()
    assert field.text() == full_text(AWKWARD)
    field.clearFocus()
    assert field.text() == "−1.1544"


def test_leaving_an_unedited_field_commits_nothing(field, sent, qtbot):
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert sent == []
    assert field.value == AWKWARD


def test_typing_what_stands_there_commits_nothing(field, sent, qtbot):
    field.setFocus()
    qtbot.keyClicks(field, repr(AWKWARD))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sent == []


def test_enter_commits_and_leaving_does_not_again(field, sent, qtbot):
    field.setFocus()
    qtbot.keyClicks(field, "1/3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.window().other.setFocus()
    assert sent == [1 / 3]


def test_leaving_commits_what_was_typed(field, sent, qtbot):
    field.setFocus()
    qtbot.keyClicks(field, "0,25")
    field.window().other.setFocus()
    assert sent == [0.25]
    assert field.text() == "0.25"


def test_up_and_down_change_by_a_hundredth_at_once(field, sent, qtbot):
    field.set_number(0.1)
    field.setFocus()
    session = field.session
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(field, key)
        assert field.session == session
    assert sent == [0.11, 0.12, 0.11]


def test_escape_puts_back_what_was_typed_and_what_was_nudged(field, sent, qtbot):
    field.setFocus()
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert sent == []
    assert field.text() == full_text(AWKWARD)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert sent[-1] == AWKWARD


def test_wrong_input_is_marked_says_why_and_goes_back_on_leaving(field, sent, qtbot):
    refusals = []
    field.refused.connect(refusals.append)
    field.set_hint("Bias b")
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.property("wrong")
    assert "no number" in field.toolTip()
    field.window().other.setFocus()
    assert not field.property("wrong")
    assert field.toolTip() == "Bias b"
    assert field.text() == "−1.1544"
    assert sent == []
    assert "abc" in refusals[0]


def test_live_numbers_leave_an_open_field_alone(field):
    field.set_number(1.0, is_live=True)
    assert field.text() == "1"
    field.setFocus()
    field.set_number(2.0, is_live=True)
    assert field.text() == "1"
    field.clearFocus()
    assert field.text() == "2"


def test_an_edit_from_elsewhere_shows_unless_something_was_typed(field, qtbot):
    field.setFocus()
    field.set_number(3.0)
    assert field.text() == "3"
    qtbot.keyClicks(field, "4")
    field.set_number(5.0)
    assert field.text() == "4"


def test_another_thing_drops_what_was_typed(field, sent, qtbot):
    field.setFocus()
    qtbot.keyClicks(field, "4")
    field.start_over(1.5)
    field.window().other.setFocus()
    assert sent == []
    assert field.text() == "1.5"


def test_mixed_values_show_a_placeholder_and_commit_nothing(field, sent, qtbot):
    field.setPlaceholderMixed()
    field.set_number(None)
    assert (field.text(), field.placeholderText()) == ("", "mixed")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    field.window().other.setFocus()
    assert sent == []
    field.setFocus()
    qtbot.keyClicks(field, "0")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sent == [0.0]
