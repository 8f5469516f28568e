"""The actions of the window, made from their table: text, keys, icon, and what the tool tip says."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annsim.gui.action_row import Keys
from annsim.gui.action_rows import ACTIONS
from annsim.gui.icons import icon


def make_actions(parent: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return the actions that `handlers` names, each connected to its handler and known to `parent`."""
    actions: dict[str, QAction] = {}
    for row in ACTIONS:
        if row.name not in handlers:
            continue
        action = QAction(row.text, parent)
        action.setObjectName(f"action_{row.name}")
        action.setCheckable(row.is_checkable)
        action.setShortcuts(key_sequences(row.keys))
        if row.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            parent.addAction(action)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        set_tip(action, f"{row.tip} ({keys})" if keys and f"({keys}" not in row.tip else row.tip)
        handler = handlers[row.name]
        action.triggered.connect(lambda checked=False, run=handler: run())
        actions[row.name] = action
    set_icons(actions)
    return actions


def set_tip(action: QAction, tip: str) -> None:
    """Set what an action says of itself while it can be done."""
    action.setProperty("tip", tip)
    show_possible(action, why_not(action))


def show_possible(action: QAction, reason: str = "") -> None:
    """Enable an action, or grey it out; its tool tip then says why, such as "Select a neuron first"."""
    action.setEnabled(not reason)
    action.setProperty("why_not", reason)
    for set_text in (action.setToolTip, action.setStatusTip):
        set_text(reason or str(action.property("tip") or ""))


def why_not(action: QAction) -> str:
    """Return why an action cannot be done now, or ""."""
    return str(action.property("why_not") or "")


def set_icons(actions: Mapping[str, QAction]) -> None:
    """Give the actions their icons in the present colours."""
    for row in ACTIONS:
        if row.icon and row.name in actions:
            token = "on_accent" if row.name == "play" else "text"
            actions[row.name].setIcon(icon(row.icon, token))


def key_sequences(keys: Keys) -> list[QKeySequence]:
    """Return the shortcuts that a row of the table means, the usual one first."""
    if isinstance(keys, QKeySequence.StandardKey):
        return QKeySequence.keyBindings(keys)
    return [QKeySequence(text) for text in ((keys,) if isinstance(keys, str) else keys or ())]
