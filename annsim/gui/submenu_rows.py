"""The actions of the canvas that stand in sub-menus, as rows of the table of actions."""

from annsim.gui.action_row import ActionRow, Keys, canvas_row

SELECT, GO_TO, CONNECT, ARRANGE = "Edit/Select", "Edit/Go to", "Network/Connect", "Network/Arrange"

SELECTING = (
    canvas_row("select_nothing", SELECT, "Nothing", "Ctrl+Shift+A", "", "Select nothing (Esc)", "selection"),
    canvas_row("invert", SELECT, "Invert", "Ctrl+I", "", "Select what is not selected", "drawing"),
    canvas_row(
        "select_incoming",
        SELECT,
        "Incoming arrows",
        "6",
        "select_in",
        "Select the arrows into the selected neurons; again: the neurons they come from as well, and so on",
        "selection",
        True,
    ),
    canvas_row(
        "select_outgoing",
        SELECT,
        "Outgoing arrows",
        "7",
        "select_out",
        "Select the arrows out of the selected neurons; again: the neurons they lead to as well, and so on",
        "selection",
    ),
    canvas_row(
        "select_inner",
        SELECT,
        "Arrows among them",
        None,
        "connection",
        "Select the arrows among the selected neurons as well",
        "two neurons",
    ),
    canvas_row("same_role", SELECT, "Same role", None, "", "Select all neurons of this role", "neurons", True),
    canvas_row(
        "same_activation",
        SELECT,
        "Same activation function",
        None,
        "",
        "Select all neurons with this activation function",
        "neurons",
    ),
    canvas_row("same_layer", SELECT, "Same layer", None, "layer", "Select all neurons of this depth", "neurons"),
)


def _walk(name: str, text: str, keys: str, tip: str, needs: str, parted: bool = False) -> ActionRow:
    return canvas_row(name, GO_TO, text, keys, "", tip, needs, parted)


WALKING = (
    _walk("to_source", "Source", "Alt+Left", "Go along the strongest incoming arrow to its source", "selection"),
    _walk("to_target", "Target", "Alt+Right", "Go along the strongest outgoing arrow to its target", "selection"),
    _walk("neuron_above", "Above in the layer", "Alt+Up", "Go to the neuron above in this layer", "neurons"),
    _walk("neuron_below", "Below in the layer", "Alt+Down", "Go to the neuron below in this layer", "neurons"),
    _walk(
        "first_neuron",
        "First neuron",
        "Home",
        "Go to the first neuron in evaluation order; Tab goes on",
        "drawing",
        True,
    ),
    _walk(
        "last_neuron",
        "Last neuron",
        "End",
        "Go to the last neuron in evaluation order; Tab leaves the canvas",
        "drawing",
    ),
)


def _connect(
    name: str, text: str, keys: Keys, icon: str, tip: str, needs: str = "drawing", parted: bool = False
) -> ActionRow:
    return canvas_row(name, CONNECT, text, keys, icon, tip, needs, parted)


CONNECTING = (
    _connect(
        "mark",
        "Mark as second selection",
        "Shift+C",
        "second_selection",
        "Mark the selected neurons, then select those to be connected to them",
        "neurons",
    ),
    _connect(
        "connect_all",
        "All to all",
        "C",
        "connect_all",
        "Connect every selected neuron to every marked one",
        parted=True,
    ),
    _connect(
        "connect_one_to_one",
        "One to one",
        None,
        "",
        "Connect the first selected neuron to the first marked one, and so on, from top to bottom",
    ),
    _connect("connect_random", "Random share …", None, "", "Connect a share of all pairs, drawn at random"),
    _connect("connect_nearest", "Nearest …", None, "", "Connect to each marked neuron the nearest selected ones"),
    _connect(
        "insert_layer",
        "Insert layer between",
        None,
        "layer",
        "Put a layer between the selected and the marked neurons; the arrows straight from one to the other go",
        parted=True,
    ),
)


def _arrange(
    name: str, text: str, tip: str, keys: Keys = None, icon: str = "", needs: str = "drawing", parted: bool = False
) -> ActionRow:
    tip = f"{tip}: the selected neurons, or all where fewer than two are selected"
    return canvas_row(name, ARRANGE, text, keys, icon, tip, needs, parted)


ARRANGING = (
    _arrange("arrange_layers", "In layers", "Stand in layers by depth, with few crossings", "Ctrl+L", "arrange"),
    _arrange("arrange_grid", "In a grid", "Stand in a square grid"),
    _arrange("arrange_circle", "In a circle", "Stand on a circle"),
    _arrange("align_left", "Align left", "Stand below the leftmost", "Ctrl+Left", "align_left", parted=True),
    _arrange("align_right", "Align right", "Stand below the rightmost", "Ctrl+Right"),
    _arrange("align_top", "Align at the top", "Stand beside the topmost", "Ctrl+Up"),
    _arrange("align_bottom", "Align at the bottom", "Stand beside the lowest", "Ctrl+Down"),
    _arrange("align_column", "Align in a column", "Stand below each other, midway between left and right"),
    _arrange(
        "align_row", "Align in a row", "Stand beside each other, midway between top and bottom", None, "align_middle"
    ),
    _arrange(
        "distribute_across", "Distribute across", "Equal distances from left to right", None, "distribute", parted=True
    ),
    _arrange("distribute_down", "Distribute down", "Equal distances from top to bottom"),
)
