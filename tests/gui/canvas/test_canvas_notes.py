import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from annsim.gui.training_control import State
from annsim.network.edits import Add
from annsim.network.notes import NARROWEST, TEXT_LIMIT, NoteValues

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key
BY = QPoint(60, -40)
PLACE = QPoint(700, 300)
TEXT = "Why this neuron?\nIt bends."


@pytest.fixture
def noted(irregular):
    """The example with a note in its upper right."""
    irregular.do(Add(notes=(NoteValues(1, TEXT, (620.0, -40.0), 160.0),), name="Add note"))
    return irregular


def rect(canvas, note=1):
    """Where a note lies on screen."""
    return canvas.mapFromScene(canvas._stage.notes.rect(note)).boundingRect()


def field(canvas):
    found = canvas.viewport().findChild(QPlainTextEdit)
    return found if found is not None and found.isVisible() else None


def write(canvas, text):
    """Type into the open field, as keys come; a new line by Enter."""
    editor = field(canvas)
    for k, line in enumerate(text.split("\n")):
        if k:
            QTest.keyClick(editor, KEY.Key_Return)
        QTest.keyClicks(editor, line)
    return editor


# adding


def test_t_writes_a_note_at_the_pointer(canvas, mouse, irregular):
    before = irregular.bytes()
    QTest.mouseMove(canvas.viewport(), PLACE)
    mouse.key(KEY.Key_T)
    canvas.grab()
    editor = write(canvas, TEXT)
    assert irregular.bytes() == before
    QTest.keyClick(editor, KEY.Key_Return, CONTROL)
    (note,) = irregular.network.notes.values()
    assert note.text == TEXT
    assert rect(canvas, note.id).topLeft() == PLACE
    assert irregular.selected_notes == {note.id}
    assert irregular.undo_stack.undoText() == "Add note"
    assert field(canvas) is None
    assert canvas.hasFocus()
    irregular.undo()
    assert irregular.bytes() == before
    assert not irregular.selected_notes


def test_lines_break_in_the_field_where_they_break_in_the_note(noted, canvas, mouse):
    canvas.set_zoom(1.0)
    mouse.double_click(rect(canvas).center())
    note, editor = noted.network.notes[1], field(canvas)
    shown = canvas._stage.notes.text(1).firstBlock().layout().lineAt(0).width()
    assert editor.document().firstBlock().layout().lineAt(0).width() == shown == note.width - 20


@pytest.mark.parametrize(
    ("text", "key", "modifiers"), [("half a", KEY.Key_Escape, None), ("", KEY.Key_Return, CONTROL)]
)
def test_a_new_note_given_up_or_left_empty_leaves_nothing(canvas, mouse, irregular, text, key, modifiers):
    before = irregular.bytes()
    mouse.key(KEY.Key_T)
    QTest.keyClick(write(canvas, text), key, modifiers or Qt.KeyboardModifier.NoModifier)
    assert field(canvas) is None
    assert irregular.bytes() == before
    assert irregular.undo_stack.count() == 0


def test_a_click_outside_accepts(canvas, mouse, irregular, corner):
    mouse.key(KEY.Key_T)
    write(canvas, "kept")
    mouse.click(corner)
    assert [note.text for note in irregular.network.notes.values()] == ["kept"]
    assert irregular.undo_stack.count() == 1


def test_without_neurons_the_empty_state_makes_room(empty, empty_mouse, document):
    empty_mouse.key(KEY.Key_T)
    QTest.keyClick(write(empty, "to do"), KEY.Key_Return, CONTROL)
    assert not empty._empty_buttons.isVisible()
    empty.grab()
    document.undo()
    assert empty._empty_buttons.isVisible()


# writing


@pytest.mark.parametrize("opens", ["double-click", "enter"])
def test_a_note_is_written_in_as_one_step(noted, canvas, mouse, opens):
    before = noted.bytes()
    if opens == "enter":
        noted.select(notes=[1])
        mouse.key(KEY.Key_Return)
    else:
        mouse.double_click(rect(canvas).center())
    assert field(canvas).toPlainText() == TEXT
    canvas.grab()
    editor = write(canvas, "new")  # all was selected
    QTest.keyClick(editor, KEY.Key_Return, CONTROL)
    assert noted.network.notes[1].text == "new"
    assert noted.undo_stack.count() == 2
    noted.undo()
    assert noted.bytes() == before


def test_escape_restores_it(noted, canvas, mouse):
    before = noted.bytes()
    mouse.double_click(rect(canvas).center())
    QTest.keyClick(write(canvas, "new"), KEY.Key_Escape)
    assert noted.bytes() == before
    assert canvas.hasFocus()


def test_an_emptied_note_goes(noted, canvas, mouse, corner):
    before = noted.bytes()
    mouse.double_click(rect(canvas).center())
    QTest.keyClick(field(canvas), KEY.Key_Delete)
    mouse.click(corner)
    assert not noted.network.notes
    assert noted.undo_stack.undoText() == "Delete note"
    noted.undo()
    assert noted.bytes() == before


def test_an_accepted_text_without_a_change_is_no_step(noted, canvas, mouse, corner):
    mouse.double_click(rect(canvas).center())
    mouse.click(corner)
    assert noted.undo_stack.count() == 1


def test_a_text_that_is_refused_stays_open_and_is_not_lost(noted, canvas, mouse, qtbot):
    before, long = noted.bytes(), "x" * (TEXT_LIMIT + 1)
    mouse.double_click(rect(canvas).center())
    field(canvas).setPlainText(long)
    with qtbot.waitSignal(canvas.message) as said:
        QTest.keyClick(field(canvas), KEY.Key_Return, CONTROL)
    assert "10,001" in said.args[0]
    assert field(canvas).toPlainText() == long
    assert noted.bytes() == before
    QTest.keyClick(field(canvas), KEY.Key_Escape)
    assert field(canvas) is None


def test_beside_a_text_that_is_refused_no_other_field_opens(noted, canvas, mouse, corner):
    long = "x" * (TEXT_LIMIT + 1)
    mouse.double_click(rect(canvas).center())
    field(canvas).setPlainText(long)
    mouse.click(corner)
    canvas.actions_by_name["add_note"].trigger()
    assert [one.toPlainText() for one in canvas.findChildren(QPlainTextEdit, "note_field")] == [long]
    QTest.keyClick(field(canvas), KEY.Key_Escape)
    assert field(canvas) is None


def test_the_field_follows_the_view_and_goes_with_its_note(noted, canvas, mouse):
    mouse.double_click(rect(canvas).center())
    canvas.set_zoom(1.5)
    assert field(canvas).pos() == rect(canvas).topLeft()
    noted.undo()
    assert field(canvas) is None
    assert not noted.network.notes


# where and how large


def test_a_note_is_as_high_as_its_text(noted, canvas):
    low = rect(canvas).height()
    noted.network.apply(Add(notes=(NoteValues(2, "word " * 60, (0.0, 400.0), 160.0),)))
    noted.network.apply(Add(notes=(NoteValues(3, "word " * 60, (0.0, 400.0), 320.0),)))
    assert rect(canvas, 2).height() > rect(canvas, 3).height() > low
    canvas.fit()
    assert canvas.viewport().rect().contains(rect(canvas, 2))


def test_it_is_dragged_as_one_step(noted, canvas, mouse):
    before, start = noted.bytes(), rect(canvas).center()
    mouse.press(start)
    mouse.move(start, start + BY)
    assert rect(canvas).center() == start + BY
    assert noted.bytes() == before
    mouse.release(start + BY)
    assert noted.network.notes[1].position == (680, -80)
    assert noted.selected_notes == {1}
    assert noted.undo_stack.undoText() == "Move 1 note"
    noted.undo()
    assert noted.bytes() == before


def test_escape_puts_it_back(noted, canvas, mouse):
    before, start = noted.bytes(), rect(canvas).center()
    mouse.press(start)
    mouse.move(start, start + BY)
    mouse.key(KEY.Key_Escape)
    assert rect(canvas).center() == start
    mouse.release(start + BY)
    assert noted.bytes() == before
    assert not noted.selected_notes


def test_notes_and_neurons_move_together(noted, canvas, mouse, name):
    before = noted.bytes()
    noted.select([name("mix")], notes=[1])
    start = canvas.neuron_position(name("mix"))
    mouse.drag(start, start + BY)
    assert noted.network.neurons[name("mix")].position == (440, 50)
    assert noted.network.notes[1].position == (680, -80)
    assert noted.undo_stack.undoText() == "Move 1 neuron and 1 note"
    assert noted.undo_stack.count() == 2
    noted.undo()
    assert noted.bytes() == before


def test_its_corner_comes_to_rest_in_line_with_other_notes(noted, canvas, mouse):
    noted.do(Add(notes=(NoteValues(2, "second", (617.0, 360.0), 120.0),)))
    start = rect(canvas, 2).center()
    mouse.drag(start, start + QPoint(0, -130))
    assert noted.network.notes[2].position == (620, 230)


def test_arrow_keys_nudge_it(noted, mouse):
    before = noted.bytes()
    noted.select(notes=[1])
    for key in (KEY.Key_Right, KEY.Key_Down):
        mouse.key(key)
    assert noted.network.notes[1].position == (624, -36)
    assert noted.undo_stack.count() == 2
    noted.undo()
    assert noted.bytes() == before


def test_its_right_edge_sets_the_width(noted, canvas, mouse):
    before = noted.bytes()
    edge = QPoint(rect(canvas).right() + 2, rect(canvas).center().y())
    QTest.mouseMove(canvas.viewport(), edge)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    canvas.grab()
    mouse.press(edge)
    mouse.move(edge, edge + QPoint(50, 3))
    canvas.grab()
    assert noted.bytes() == before
    mouse.release(edge + QPoint(50, 3))
    assert noted.network.notes[1].width == 210
    assert noted.undo_stack.undoText() == "Set the width of a note"
    noted.undo()
    assert noted.bytes() == before
    mouse.drag(edge, edge + QPoint(-400, 0))
    assert noted.network.notes[1].width == NARROWEST


def test_escape_while_the_width_changes(noted, canvas, mouse):
    before, was = noted.bytes(), rect(canvas)
    edge = QPoint(was.right() + 2, was.center().y())
    mouse.press(edge)
    mouse.move(edge, edge + QPoint(50, 0))
    mouse.key(KEY.Key_Escape)
    mouse.release(edge + QPoint(50, 0))
    assert rect(canvas) == was
    assert noted.bytes() == before


# selecting and deleting


def test_click_shift_click_and_rubber_band_select_it(noted, canvas, mouse, name, corner):
    mouse.click(rect(canvas).center())
    assert noted.selected_notes == {1}
    mouse.click(canvas.neuron_position(name("mix")), SHIFT)
    assert (noted.selected_notes, noted.selected_neurons) == ({1}, {name("mix")})
    mouse.click(rect(canvas).center(), SHIFT)
    assert not noted.selected_notes
    mouse.drag(rect(canvas).topLeft() + QPoint(-20, -20), rect(canvas).bottomRight() + QPoint(20, 20))
    assert (noted.selected_notes, noted.selected_neurons, noted.selected_connections) == ({1}, set(), set())
    mouse.key(KEY.Key_Escape)
    assert not noted.selected_notes
    mouse.key(KEY.Key_A, CONTROL)
    assert noted.selected_notes == {1}


def test_a_selected_note_dims_no_arrow(noted, canvas):
    noted.select(notes=[1])
    assert not canvas._stage.has_selection
    assert canvas.actions_by_name["delete"].isEnabled()


def test_it_is_deleted_with_neurons_as_one_step(noted, canvas, mouse, name):
    before, count = noted.bytes(), len(noted.network.neurons)
    noted.select([name("ramp")], notes=[1])
    mouse.key(KEY.Key_Delete)
    assert not noted.network.notes
    assert len(noted.network.neurons) == count - 1
    assert noted.undo_stack.undoText() == "Delete 1 neuron and 1 note"
    noted.undo()
    assert noted.bytes() == before


def test_a_copy_of_it(noted, canvas, mouse):
    noted.select(notes=[1])
    mouse.key(KEY.Key_C, CONTROL)
    mouse.key(KEY.Key_V, CONTROL)
    assert [note.text for note in noted.network.notes.values()] == [TEXT, TEXT]


def test_neurons_lie_over_notes_and_notes_over_arrows(irregular, canvas, mouse, name):
    x, y = irregular.network.neurons[name("mix")].position
    irregular.do(Add(notes=(NoteValues(1, "word " * 60, (x - 60, y - 60), 300.0),)))
    a, b = (QPointF(canvas.neuron_position(name(n))) for n in ("mix", "class"))
    beside = (a + (b - a) * 0.4).toPoint()
    assert canvas._board.arrow_at(QPointF(beside)) is not None
    mouse.click(beside)
    assert (irregular.selected_notes, irregular.selected_connections) == ({1}, set())
    mouse.click(canvas.neuron_position(name("mix")))
    assert irregular.selected_neurons == {name("mix")}


@pytest.mark.parametrize("zoom", [0.1, 0.5, 1, 3])
def test_notes_are_painted_at_any_zoom(noted, canvas, zoom):
    noted.select(notes=[1])
    canvas.set_zoom(zoom)
    canvas.grab()


# training


def test_a_note_does_not_touch_a_training(qtbot, open_canvas, xor_document, control):
    canvas = open_canvas(xor_document)
    qtbot.waitUntil(canvas.hasFocus)
    control.play()
    session = control.session
    xor_document.do(Add(notes=(NoteValues(1, TEXT, (0.0, 300.0), 160.0),), name="Add note"))
    canvas.grab()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=rect(canvas).center())
    QTest.keyClick(canvas, KEY.Key_Right)
    QTest.keyClick(canvas, KEY.Key_Delete)
    assert not xor_document.network.notes
    assert control.state is State.RUNNING
    assert control.session is session
