"""All actions of the window as one table: menu, text, keys, icon, and what the tool tip says."""

from PySide6.QtGui import QKeySequence

from annsim.gui.action_row import ActionRow
from annsim.gui.action_row import canvas_row as _canvas
from annsim.gui.submenu_rows import ARRANGING, CONNECTING, SELECTING, WALKING

NEEDS = {
    "drawing": "The drawing is empty: add a neuron first",
    "neurons": "Select a neuron first",
    "one neuron": "Select one neuron first",
    "two neurons": "Select two neurons first",
    "arrows": "Select an arrow first",
    "selection": "Select a neuron, an arrow or a note first",
    "grouped": "Select a neuron that belongs to a group first",
}  # what an action needs, and what its tool tip says until that is there


STANDARD = QKeySequence.StandardKey
GROUP = "Network/Group"
MENUS = ("File", "Edit", "View", "Network", "Data", "Train", "Window", "Help")
ACTIONS = (
    ActionRow("new", "File", "New", STANDARD.New, "new", "Begin with an empty drawing"),
    ActionRow(
        "new_window", "File", "New window", "Ctrl+Shift+N", "", "Begin with an empty drawing in a window of its own"
    ),
    ActionRow("open", "File", "Open …", STANDARD.Open, "open", "Open a project or a network in another format"),
    ActionRow("save", "File", "Save", STANDARD.Save, "save", "Save the project", parted=True),
    ActionRow("save_as", "File", "Save as …", STANDARD.SaveAs, "save", "Save the project under another name"),
    ActionRow(
        "export", "File", "Export weights …", "Ctrl+E", "export", "Write the network as NPZ, JSON or CSV", parted=True
    ),
    ActionRow("close", "File", "Close", STANDARD.Close, "close", "Close the window", parted=True),
    ActionRow("quit", "File", "Quit", STANDARD.Quit, "", "Close all windows"),
    ActionRow("undo", "Edit", "Undo", STANDARD.Undo, "undo", "Take the last change back"),
    ActionRow("redo", "Edit", "Redo", STANDARD.Redo, "redo", "Do the change again that was taken back"),
    _canvas(
        "cut", "Edit", "Cut", STANDARD.Cut, "cut", "Copy the selected neurons, then delete them", "selection", True
    ),
    _canvas(
        "copy",
        "Edit",
        "Copy",
        STANDARD.Copy,
        "copy",
        "Copy the selected neurons and the arrows among them",
        "selection",
    ),
    _canvas("paste", "Edit", "Paste", STANDARD.Paste, "paste", "Add the neurons on the clipboard, at the pointer", ""),
    _canvas(
        "duplicate",
        "Edit",
        "Duplicate",
        "Ctrl+D",
        "duplicate",
        "Add a copy of the selected neurons beside them",
        "selection",
    ),
    ActionRow(
        "delete",
        "Edit",
        "Delete",
        ("Del", "Backspace"),
        "delete",
        "Delete what is selected",
        on_canvas=True,
        needs="selection",
    ),
    ActionRow(
        "select_all",
        "Edit",
        "Select all",
        STANDARD.SelectAll,
        "select",
        "Select all neurons and arrows",
        on_canvas=True,
    ),
    *SELECTING,
    *WALKING,
    _canvas(
        "edit_value",
        "Edit",
        "Change value",
        ("Return", "Enter"),
        "properties",
        "Open the first value of what is selected, right there; Tab goes to the next",
        "selection",
        True,
    ),
    _canvas(
        "rename", "Edit", "Rename", "F2", "rename", "Write the name of the selected neuron, right there", "one neuron"
    ),
    _canvas(
        "open_selected",
        "Edit",
        "Open",
        ("Ctrl+Return", "Ctrl+Enter"),
        "microscope",
        "Open the neuron as the textbook picture, or write in the note",
        "selection",
    ),
    _canvas("context_menu", "Edit", "Context menu", "Shift+F10", "more", "Open the menu of what is selected", ""),
    ActionRow(
        "find",
        "Edit",
        "Find …",
        STANDARD.Find,
        "search",
        "Find neurons and arrows by name, number, function or value",
        parted=True,
        needs="drawing",
    ),
    ActionRow("find_next", "Edit", "Find next", "F3", "", "Go to the next match", needs="drawing"),
    ActionRow("find_previous", "Edit", "Find previous", "Shift+F3", "", "Go to the match before", needs="drawing"),
    ActionRow("fit", "View", "Show all", "Ctrl+0", "zoom_fit", "Show the whole drawing"),
    ActionRow("zoom_100", "View", "100 %", "Ctrl+1", "zoom_100", "Show the drawing in its own size"),
    ActionRow("zoom_in", "View", "Zoom in", STANDARD.ZoomIn, "zoom_in", "Show the drawing larger"),
    ActionRow("zoom_out", "View", "Zoom out", STANDARD.ZoomOut, "zoom_out", "Show the drawing smaller"),
    ActionRow(
        "bias_inputs",
        "View",
        "Show bias inputs",
        "Ctrl+B",
        "connection",
        "Draw the constant input x0 = +1 of each neuron, with the bias as its weight",
        is_checkable=True,
        parted=True,
    ),
    ActionRow(
        "snap", "View", "Snap to neurons", None, "snap", "Dragged neurons rest in line (not with Alt)", True, True
    ),
    ActionRow(
        "snap_to_grid", "View", "Snap to dots", None, "", "Dragged neurons rest on the dots (not with Alt)", True
    ),
    ActionRow("mini_map", "View", "Mini-map", None, "mini_map", "Show a map while not all is in view", True, True),
    ActionRow("reduced_motion", "View", "Reduced motion", None, "", "Zoom at once, without gliding", True),
    ActionRow(
        "add_neuron",
        "Network",
        "Add neuron",
        "N",
        "neuron_hidden",
        "Add a hidden neuron at the pointer",
        on_canvas=True,
    ),
    _canvas("add_note", "Network", "Add note", "T", "note", "Write a note at the pointer", ""),
    _canvas("group", GROUP, "Group", "Ctrl+G", "group", "Put the selected neurons into a box with a title", "neurons"),
    _canvas("ungroup", GROUP, "Ungroup", "Ctrl+Shift+G", "", "Dissolve the group; its neurons stay", "grouped"),
    _canvas(
        "fold", GROUP, "Fold or unfold", "Ctrl+Alt+G", "", "Show one box instead of its neurons, or these", "grouped"
    ),
    _canvas("rename_group", GROUP, "Rename group", None, "rename", "Write the title of the group", "grouped"),
    _canvas(
        "add_to_group",
        GROUP,
        "Add to group",
        None,
        "add",
        "Add the selected neurons to the group in whose box they lie, or of which one is selected with them",
        "neurons",
        True,
    ),
    _canvas("leave_group", GROUP, "Take out of group", None, "remove", "The neurons stay, without a group", "grouped"),
    ActionRow("layer", "Network", "Layer", "Ctrl+Shift+L", "layer", "Add a column of neurons"),
    ActionRow(
        "layers",
        "Network",
        "Connected layers",
        "Ctrl+Alt+L",
        "layers_full",
        "Add fully connected layers, such as 2-4-1",
    ),
    *CONNECTING,
    *ARRANGING,
    ActionRow(
        "set_by_expression",
        "Network",
        "Set by expression …",
        "Ctrl+Shift+E",
        "formula",
        "Set many weights, biases or thresholds at once, such as w * 0.5",
        parted=True,
        needs="drawing",
    ),
    ActionRow(
        "new_seed", "Network", "New seed", "Ctrl+Alt+R", "new_seed", "Draw all unlocked weights afresh", parted=True
    ),
    ActionRow("open_data", "Data", "Open data …", "Ctrl+Shift+O", "table", "Read a table: CSV, TSV, Excel or NPZ"),
    ActionRow(
        "fit_network",
        "Data",
        "Make inputs and outputs",
        "Ctrl+Shift+F",
        "fit_network",
        "Suit neurons and loss to the data",
    ),
    ActionRow(
        "probe_low",
        "Data",
        "Set inputs to 0",
        "0",
        "probe",
        "Probe: set the selected input neurons by hand to 0, or to the lower of their two values",
        parted=True,
        on_canvas=True,
        needs="neurons",
    ),
    ActionRow(
        "probe_high",
        "Data",
        "Set inputs to 1",
        "1",
        "",
        "Probe: set the selected input neurons by hand to 1, or to the higher of their two values",
        on_canvas=True,
        needs="neurons",
    ),
    ActionRow(
        "leave_probe",
        "Data",
        "Leave the probe",
        None,
        "",
        "Show the row of the data again instead of inputs set by hand",
        on_canvas=True,
    ),
    ActionRow("play", "Train", "Play", "F5", "play", "Train (F5 or Space)"),
    ActionRow("step", "Train", "Step", "F8", "step", "One weight update"),
    ActionRow("epoch", "Train", "Epoch", "F9", "epoch", "One pass over the training rows"),
    ActionRow("reset", "Train", "Reset", "Ctrl+R", "reset", "Put back the weights at the start of the training"),
    ActionRow("light_dark", "Window", "Light or dark", "Ctrl+Alt+D", "theme", "Change between light and dark"),
    ActionRow("default_layout", "Window", "Default layout", None, "", "Put all panels back to their places"),
    ActionRow(
        "command_palette", "Help", "Command palette …", "Ctrl+Shift+P", "search", "Find and do anything by typing"
    ),
    ActionRow("shortcuts", "Help", "Keyboard shortcuts", "Ctrl+/", "", "All keys, and what the mouse does"),
    ActionRow("welcome", "Help", "Welcome page", None, "", "Examples, recent files, and ways to begin", parted=True),
    ActionRow("about", "Help", "About annsim", None, "info", "Version and folders of the program"),
)
