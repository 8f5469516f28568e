import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annsim.gui.canvas.arrow_shape import GAP_TARGET, shapes
from annsim.gui.canvas.group_boxes import FOLDED_SIZE
from annsim.network.edits import Add, SetValues
from annsim.network.grouping import grouping
from annsim.network.groups import GroupValues

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key
BY = QPoint(-60, 110)
HIDDEN = ("bend", "ramp", "wave")


@pytest.fixture
def members(name):
    return {name(n) for n in HIDDEN}


@pytest.fixture
def grouped(irregular, members):
    """The example with its first hidden neurons in group 1."""
    irregular.do(grouping(irregular.network, members, "First"))
    return irregular


@pytest.fixture
def folded(grouped):
    grouped.do(SetValues("group", "is_folded", [1], [True], "Fold First"))
    return grouped


def title(canvas, group=1):
    """A point of the title, off the chevron; of a folded group a point of its box."""
    rect = canvas._board.group_rect(group)
    return QPointF(rect.left() + 60, rect.center().y()).toPoint()


def chevron(canvas, group=1):
    rect = canvas._board.group_rect(group)
    return QPointF(rect.left() + 10, rect.center().y()).toPoint()


def drawn_arrows(canvas):
    """The connections for which an arrow is drawn, by id."""
    drawing = canvas._stage.drawing
    return set(drawing.connection_ids[~drawing.bundles.is_hidden].tolist())


def places(document, numbers):
    return [document.network.neuron_values(i).position for i in sorted(numbers)]


# making and dissolving


def test_ctrl_g_makes_a_group_and_ctrl_shift_g_dissolves_it(canvas, mouse, irregular, members):
    before = irregular.bytes()
    irregular.select(members)
    mouse.key(KEY.Key_G, CONTROL)
    assert irregular.network.groups[1].title == "Group 1"
    assert set(irregular.network.members(1)) == members
    assert irregular.undo_stack.undoText() == "Group"
    canvas.grab()
    grouped = irregular.bytes()
    mouse.key(KEY.Key_G, CONTROL | SHIFT)
    assert not irregular.network.groups
    canvas.grab()
    irregular.undo()
    assert irregular.bytes() == grouped
    irregular.undo()
    assert irregular.bytes() == before


def test_what_is_a_group_already_is_not_grouped_again(canvas, mouse, grouped, members, qtbot):
    before = grouped.bytes()
    grouped.select(members)
    with qtbot.waitSignal(canvas.message) as said:
        mouse.key(KEY.Key_G, CONTROL)
    assert "First" in said.args[0]
    assert grouped.bytes() == before


def test_the_actions_know_what_they_need(canvas, grouped, name):
    enabled = {n: canvas.actions_by_name[n].isEnabled() for n in ("group", "ungroup", "fold", "leave_group")}
    assert enabled == dict.fromkeys(enabled, False)
    grouped.select([name("mix")])
    assert canvas.actions_by_name["group"].isEnabled()
    assert not canvas.actions_by_name["ungroup"].isEnabled()
    grouped.select([name("ramp")])
    assert canvas.actions_by_name["ungroup"].isEnabled()


def test_deleting_the_members_deletes_the_group(mouse, canvas, grouped, members):
    before = grouped.bytes()
    mouse.click(title(canvas))
    mouse.key(KEY.Key_Delete)
    assert not grouped.network.groups
    assert members.isdisjoint(grouped.network.neurons)
    grouped.undo()
    assert grouped.bytes() == before


# the title of an open group


def test_a_click_on_the_title_selects_the_members(canvas, mouse, grouped, members, name):
    mouse.click(title(canvas))
    assert grouped.selected_neurons == members
    canvas.grab()
    mouse.click(canvas.neuron_position(name("mix")), SHIFT)
    mouse.click(title(canvas), SHIFT)
    assert grouped.selected_neurons == {name("mix")}


def test_dragging_the_title_moves_all_members_as_one_step(canvas, mouse, grouped, members):
    before, start, old = grouped.bytes(), title(canvas), places(grouped, members)
    frame = canvas._board.group_rect(1)
    mouse.press(start)
    mouse.move(start, start + BY)
    assert canvas._board.group_rect(1).topLeft() == frame.topLeft() + BY
    assert grouped.bytes() == before
    canvas.grab()
    mouse.release(start + BY)
    assert places(grouped, members) == [(x - 60, y + 110) for x, y in old]
    assert grouped.undo_stack.undoText() == "Move 3 neurons"
    grouped.undo()
    assert grouped.bytes() == before


def test_the_box_follows_a_member_that_is_dragged(canvas, mouse, grouped, name):
    frame, start = canvas._board.group_rect(1), canvas.neuron_position(name("wave"))
    mouse.press(start)
    mouse.move(start, start + QPoint(-50, 31))
    assert canvas._board.group_rect(1).width() == frame.width() + 50
    mouse.key(KEY.Key_Escape)
    mouse.release(start)
    assert canvas._board.group_rect(1) == frame


def test_a_double_click_renames_in_place(canvas, mouse, grouped):
    before = grouped.bytes()
    mouse.double_click(title(canvas))
    field = canvas.viewport().findChild(QLineEdit)
    canvas.grab()
    QTest.keyClicks(field, "Features")
    assert grouped.bytes() == before
    QTest.keyClick(field, KEY.Key_Return)
    assert grouped.network.groups[1].title == "Features"
    assert grouped.undo_stack.count() == 2
    assert canvas.hasFocus()
    grouped.undo()
    assert grouped.bytes() == before


@pytest.mark.parametrize(("text", "key"), [("Other", KEY.Key_Escape), (" ", KEY.Key_Return)])
def test_a_name_given_up_or_left_empty_changes_nothing(canvas, mouse, grouped, text, key):
    before = grouped.bytes()
    grouped.select(grouped.network.members(1))
    canvas.actions_by_name["rename_group"].trigger()
    field = canvas.viewport().findChild(QLineEdit)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)
    assert grouped.bytes() == before
    assert not field.isVisible()


# membership


def test_a_neuron_dragged_into_a_box_joins_only_when_told(canvas, mouse, grouped, name):
    number, start = name("mix"), canvas.neuron_position(name("mix"))
    mouse.drag(start, canvas.neuron_position(name("ramp")) + QPoint(0, 90))
    assert grouped.network.neuron_values(number).group == 0
    before = grouped.bytes()
    canvas.actions_by_name["add_to_group"].trigger()
    assert grouped.network.neuron_values(number).group == 1
    assert grouped.undo_stack.undoText() == "Add mix to First"
    canvas.actions_by_name["leave_group"].trigger()
    assert grouped.network.neuron_values(number).group == 0
    grouped.undo()
    grouped.undo()
    assert grouped.bytes() == before


def test_a_neuron_selected_with_a_member_joins_from_anywhere(canvas, grouped, name):
    grouped.select([name("class"), name("ramp")])
    canvas.actions_by_name["add_to_group"].trigger()
    assert grouped.network.neuron_values(name("class")).group == 1


def test_a_neuron_far_from_any_box_is_told_what_to_do(canvas, grouped, name, qtbot):
    before = grouped.bytes()
    grouped.select([name("class")])
    with qtbot.waitSignal(canvas.message):
        canvas.actions_by_name["add_to_group"].trigger()
    assert grouped.bytes() == before


def test_the_last_neuron_that_leaves_takes_the_group_with_it(canvas, grouped, members):
    before = grouped.bytes()
    grouped.select(members)
    canvas.actions_by_name["leave_group"].trigger()
    assert not grouped.network.groups
    grouped.undo()
    assert grouped.bytes() == before


# folding


def test_the_chevron_folds_and_unfolds(canvas, mouse, grouped, name):
    before, spots = grouped.bytes(), {n: canvas.neuron_position(name(n)) for n in HIDDEN}
    mouse.click(chevron(canvas))
    assert grouped.network.groups[1].is_folded
    assert grouped.undo_stack.undoText() == "Fold First"
    canvas.grab()
    for spot in spots.values():
        assert canvas._board.neuron_at(QPointF(spot)) is None
    assert not canvas._scene.neuron_items[name("ramp")].isVisible()
    mouse.click(chevron(canvas))
    assert {n: canvas.neuron_position(name(n)) for n in HIDDEN} == spots
    grouped.undo()
    grouped.undo()
    assert grouped.bytes() == before


def test_a_press_that_leaves_the_chevron_folds_nothing(canvas, mouse, grouped, corner):
    before = grouped.bytes()
    mouse.drag(chevron(canvas), corner)
    assert grouped.bytes() == before


def test_the_keys_fold_and_unfold(canvas, mouse, grouped, name):
    grouped.select([name("ramp")])
    mouse.key(KEY.Key_G, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert grouped.network.groups[1].is_folded
    mouse.key(KEY.Key_G, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert not grouped.network.groups[1].is_folded


def test_arrows_at_a_folded_box_are_drawn_once_as_the_strongest(canvas, folded, members, name):
    arrows, ends = folded.network.connections, {}
    for number, arrow in arrows.items():
        source, target = (0 if i in members else i for i in (arrow.source, arrow.target))
        if source != target:
            ends.setdefault((source, target), []).append(number)
    strongest = {max(numbers, key=lambda i: abs(arrows[i].weight)) for numbers in ends.values()}
    assert drawn_arrows(canvas) == strongest
    several = next(numbers for numbers in ends.values() if len(numbers) > 1)
    weakest = min(several, key=lambda i: abs(arrows[i].weight))
    folded.do(SetValues("connection", "weight", [weakest], [9.0]))
    assert weakest in drawn_arrows(canvas)
    assert drawn_arrows(canvas).isdisjoint(set(several) - {weakest})


def test_arrows_end_at_the_edge_of_the_box(canvas, folded, members):
    drawing, eye = canvas._stage.drawing, canvas.eye()
    rows = np.flatnonzero(~drawing.bundles.is_hidden & np.isin(drawing.target, drawing.rows_of(members)))
    found = shapes(drawing, rows, eye, np.empty(0, np.intp))
    assert len(found.rows)
    middle = eye.to_screen(drawing.positions[drawing.target[found.rows]])
    off = np.abs(found.tip - middle) - FOLDED_SIZE / 2 * eye.zoom
    assert (off.max(axis=1) > 0).all()
    assert (off.max(axis=1) <= GAP_TARGET).all()


def test_a_click_on_the_box_selects_the_members_and_a_drag_moves_them(canvas, mouse, folded, members):
    before, old = folded.bytes(), places(folded, members)
    mouse.click(title(canvas))
    assert folded.selected_neurons == members
    canvas.grab()
    start, box = title(canvas), canvas._board.group_rect(1)
    mouse.press(start)
    mouse.move(start, start + BY)
    canvas.grab()
    assert canvas._board.group_rect(1) == box.translated(BY)
    mouse.release(start + BY)
    assert places(folded, members) == [(x - 60, y + 110) for x, y in old]
    folded.undo()
    assert folded.bytes() == before


def test_a_frame_round_the_box_selects_the_members(canvas, mouse, folded, members):
    box = canvas._board.group_rect(1).toRect()
    mouse.drag(box.topLeft() - QPoint(20, 20), box.bottomRight() + QPoint(20, 20))
    assert folded.selected_neurons == members


def test_a_hidden_neuron_moves_with_its_box(canvas, mouse, folded, members, name):
    old = places(folded, members)
    folded.select([name("ramp"), name("mix")])
    start = canvas.neuron_position(name("mix"))
    mouse.drag(start, start + QPoint(33, 41))
    assert places(folded, members) == [(x + 33, y + 41) for x, y in old]
    folded.select([name("ramp")])
    mouse.key(KEY.Key_Right)
    assert places(folded, members) == [(x + 37, y + 41) for x, y in old]


def test_an_arrow_at_the_box_means_all_that_it_stands_for(canvas, mouse, folded, members, name):
    meant = {
        i for i, arrow in folded.network.connections.items() if arrow.source == name("x1") and arrow.target in members
    }
    assert len(meant) > 1
    a, b = canvas.neuron_position(name("x1")), canvas.neuron_position(name("ramp"))
    mouse.click(a + (b - a) * 0.4)
    assert folded.selected_connections == meant
    canvas.grab()


def test_an_arrow_to_a_folded_box_is_refused_with_a_reason(canvas, mouse, folded, name, qtbot):
    before, start = folded.bytes(), canvas.rim_position(name("x2"))
    mouse.press(start)
    mouse.move(start, title(canvas))
    assert canvas._stage.refused_group == 1
    canvas.grab()
    with qtbot.waitSignal(canvas.message) as said:
        mouse.release(title(canvas))
    assert "First is folded" in said.args[0]
    assert folded.bytes() == before
    assert canvas._stage.refused_group is None


def test_hovering_the_box_hovers_no_neuron(canvas, folded):
    QTest.mouseMove(canvas.viewport(), title(canvas))
    assert canvas._stage.hovered_neuron is None
    assert canvas._stage.hovered_connection is None
    assert "3 neurons" in canvas._hand.tool_tip()
    QTest.mouseMove(canvas.viewport(), chevron(canvas))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "Unfold" in canvas._hand.tool_tip()


def test_bias_inputs_of_hidden_neurons_are_hidden(canvas, folded, name):
    canvas.set_bias_inputs_shown(True)
    canvas.grab()
    box = canvas._board.group_rect(1)
    assert canvas._board.bias_at(box.center()) is None


def test_two_folded_groups_are_joined_by_one_arrow(canvas, folded, members, name):
    others = {name("mix"), name("soft")}
    folded.do(grouping(folded.network, others, "Second"))
    folded.do(SetValues("group", "is_folded", [2], [True]))
    arrows = folded.network.connections
    between = [i for i, arrow in arrows.items() if arrow.source in members and arrow.target in others]
    assert len(between) > 1
    assert len(drawn_arrows(canvas).intersection(between)) == 1
    inner = next(i for i, arrow in arrows.items() if {arrow.source, arrow.target} == others)
    assert inner not in drawn_arrows(canvas)
    canvas.fit()
    assert canvas.viewport().rect().contains(canvas._board.group_rect(2).toRect())


@pytest.mark.parametrize("zoom", [0.06, 0.3, 1, 2.5])
@pytest.mark.parametrize("fold", [False, True])
def test_boxes_are_painted_at_any_zoom(canvas, grouped, zoom, fold, name):
    grouped.do(SetValues("group", "is_folded", [1], [fold]))
    grouped.select([name("ramp")])
    canvas.set_zoom(zoom)
    canvas.grab()


def test_a_group_without_members_is_not_drawn(canvas, irregular):
    irregular.do(Add(groups=(GroupValues(5, "Nobody", True),)))
    canvas.grab()
    assert len(canvas._stage.drawing.boxes) == 0
