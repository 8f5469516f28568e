"""What menus and keys do on the canvas: each action's name with what it does, and whether it can be done now."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction

from annsim.gui.action_rows import ACTIONS, NEEDS
from annsim.gui.actions import show_possible
from annsim.gui.canvas.arranging import Arranging
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.clipboard import Clipboard
from annsim.gui.canvas.connecting import Connecting
from annsim.gui.canvas.context_menu import ContextMenu
from annsim.gui.canvas.grouping_commands import Grouping
from annsim.gui.canvas.hand import Hand
from annsim.gui.canvas.in_view import InView
from annsim.gui.canvas.probe_switch import set_selected_inputs
from annsim.gui.canvas.ready_made import ReadyMade
from annsim.gui.canvas.second_selection import SecondSelection
from annsim.gui.canvas.selecting import Selecting
from annsim.gui.canvas.switches import SWITCHES
from annsim.gui.canvas.walk import Walk

Handlers = dict[str, Callable[[], object]]


def canvas_handlers(
    board: Board,
    hand: Hand,
    in_view: InView,
    walk: Walk,
    menu: ContextMenu,
    connecting: Connecting,
    ready_made: ReadyMade,
) -> Handlers:
    """Return what the actions of the canvas do, by the name of the action."""
    selecting = Selecting(board)
    grouping = Grouping(board, hand.writing)
    clipboard = Clipboard(board, hand.pointer, in_view)
    return {
        "add_neuron": hand.add_neuron_at_pointer,
        "add_note": hand.add_note_at_pointer,
        "group": grouping.group,
        "ungroup": grouping.ungroup,
        "fold": grouping.fold,
        "rename_group": grouping.rename,
        "add_to_group": grouping.add_to_group,
        "leave_group": grouping.leave_group,
        **dict.fromkeys(SWITCHES, board.repaint),
        "cut": clipboard.cut,
        "copy": clipboard.copy,
        "paste": clipboard.paste,
        "duplicate": clipboard.duplicate,
        "delete": hand.delete_selected,
        "probe_low": lambda: _set_inputs(board, is_high=False),
        "probe_high": lambda: _set_inputs(board, is_high=True),
        "leave_probe": board.document.leave_probe,
        **_selecting(selecting),
        **_walking(walk),
        **Arranging(board, in_view).handlers(),
        "mark": SecondSelection(board).mark,
        **connecting.handlers(),
        "insert_layer": ready_made.insert_between,
        "edit_value": hand.edit_selected,
        "rename": hand.in_place.editor.rename,
        "open_selected": lambda: hand.open_thing(walk.present()),
        "context_menu": menu.open_for_selection,
    }


def _selecting(selecting: Selecting) -> Handlers:
    return {
        "select_all": selecting.select_all,
        "select_nothing": selecting.select_nothing,
        "invert": selecting.invert,
        "select_incoming": selecting.incoming,
        "select_outgoing": selecting.outgoing,
        "select_inner": selecting.inner,
        "same_role": selecting.same_role,
        "same_activation": selecting.same_activation,
        "same_layer": selecting.same_layer,
    }


def _walking(walk: Walk) -> Handlers:
    return {
        "to_source": walk.to_source,
        "to_target": walk.to_target,
        "neuron_above": walk.up,
        "neuron_below": walk.down,
        "first_neuron": walk.first,
        "last_neuron": walk.last,
    }


def _set_inputs(board: Board, *, is_high: bool) -> None:
    if not set_selected_inputs(board.document, is_high):
        board.say("Select an input neuron first.")


def show_what_can_be_done(actions: Mapping[str, QAction], board: Board) -> None:
    """Enable the actions of the canvas for which enough is drawn and selected."""
    document = board.document
    neurons, arrows = len(document.selected_neurons), len(document.selected_connections)
    met = {
        "": True,
        "drawing": bool(document.network.neurons),
        "neurons": neurons > 0,
        "one neuron": neurons == 1,
        "two neurons": neurons > 1,
        "arrows": arrows > 0,
        "selection": neurons + arrows + len(document.selected_notes) > 0,
        "grouped": bool(board.stage.drawing.boxes.group_of[board.stage.selected_rows()].any()),
    }
    for row in ACTIONS:
        if row.needs and row.name in actions:
            show_possible(actions[row.name], "" if met[row.needs] else NEEDS[row.needs])
