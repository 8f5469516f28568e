"""All actions of the window as one table: text, keys, icon, and what the tool tip says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annsim.gui.icons import icon

Keys = QKeySequence.StandardKey | str | tuple[str, ...] | None


@dataclass(frozen=True)
class ActionRow:
    """One action; `menu` is the menu it stands in, a line before it where `parted`."""

    name: str
    menu: str
    text: str
    keys: Keys = None
    icon: str = ""
    tip: str = ""
    is_checkable: bool = False
    parted: bool = False


STANDARD = QKeySequence.StandardKey
MENUS = ("File", "Edit", "View", "Network", "Data", "Train", "Window", "Help")
ACTIONS = (
    ActionRow("new", "File", "New", STANDARD.New, "new", "Begin with an empty drawing"),
    ActionRow("open", "File", "Open …", STANDARD.Open, "open", "Open a project or a network in another format"),
    ActionRow("save", "File", "Save", STANDARD.Save, "save", "Save the project", parted=True),
    ActionRow("save_as", "File", "Save as …", STANDARD.SaveAs, "save", "Save the project under another name"),
    ActionRow(
        "export", "File", "Export weights …", "Ctrl+E", "export", "Write the network as NPZ, JSON or CSV", parted=True
    ),
    ActionRow("close", "File", "Close", STANDARD.Close, "close", "Close the window", parted=True),
    ActionRow("undo", "Edit", "Undo", STANDARD.Undo, "undo", "Take the last change back"),
    ActionRow("redo", "Edit", "Redo", STANDARD.Redo, "redo", "Do the change again that was taken back"),
    ActionRow("delete", "Edit", "Delete", STANDARD.Delete, "delete", "Delete what is selected", parted=True),
    ActionRow("select_all", "Edit", "Select all", STANDARD.SelectAll, "select", "Select all neurons and arrows"),
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
    ActionRow("layer", "Network", "Layer …", "Ctrl+Shift+L", "layer", "Add a column of neurons"),
    ActionRow(
        "layers",
        "Network",
        "Connected layers …",
        "Ctrl+Alt+L",
        "layers_full",
        "Add fully connected layers, such as 2-4-1",
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
    ActionRow("play", "Train", "Play", "F5", "play", "Train (F5 or Space)"),
    ActionRow("step", "Train", "Step", "F8", "step", "One weight update"),
    ActionRow("epoch", "Train", "Epoch", "F9", "epoch", "One pass over the training rows"),
    ActionRow("reset", "Train", "Reset", "Ctrl+R", "reset", "Put back the weights at the start of the training"),
    ActionRow("light_dark", "Window", "Light or dark", "Ctrl+Alt+D", "theme", "Change between light and dark"),
    ActionRow("default_layout", "Window", "Default layout", None, "", "Put all panels back to their places"),
    ActionRow("about", "Help", "About annsim", None, "info", "Version and folders of the program"),
)


def make_actions(parent: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return the actions by name, each connected to its handler."""
    actions = {}
    for row in ACTIONS:
        action = QAction(row.text, parent)
        action.setObjectName(f"action_{row.name}")
        action.setCheckable(row.is_checkable)
        _set_keys(action, row.keys)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{row.tip} ({keys})" if keys and keys not in row.tip else row.tip)
        action.setStatusTip(row.tip)
        handler = handlers[row.name]
        action.triggered.connect(lambda checked=False, run=handler: run())
        actions[row.name] = action
    set_icons(actions)
    return actions


def set_icons(actions: Mapping[str, QAction]) -> None:
    """Give the actions their icons in the present colours."""
    for row in ACTIONS:
        if row.icon:
            token = "on_accent" if row.name == "play" else "text"
            actions[row.name].setIcon(icon(row.icon, token))


def _set_keys(action: QAction, keys: Keys) -> None:
    if isinstance(keys, QKeySequence.StandardKey):
        action.setShortcuts(QKeySequence.keyBindings(keys))
    elif isinstance(keys, str):
        action.setShortcut(QKeySequence(keys))
