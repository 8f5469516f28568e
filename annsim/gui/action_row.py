"""One row of the table of actions."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

Keys = QKeySequence.StandardKey | str | tuple[str, ...] | None


@dataclass(frozen=True)
class ActionRow:
    """One action; `menu` is the menu it stands in, "Menu/Sub-menu" where it has one, a line before it where `parted`.

    An action `on_canvas` belongs to the canvas: its keys act only while the canvas has the focus, so that bare letters
    can be typed into fields and Ctrl+C copies from a field. What it `needs` on the canvas: "drawing" (any neuron),
    "neurons" (a selected one), "one neuron", "two neurons", "arrows" (a selected one), "selection" (a selected thing of
    any kind), "grouped" (a selected neuron of a group).
    """

    name: str
    menu: str
    text: str
    keys: Keys = None
    icon: str = ""
    tip: str = ""
    is_checkable: bool = False
    parted: bool = False
    on_canvas: bool = False
    needs: str = ""


def canvas_row(
    name: str, menu: str, text: str, keys: Keys, icon: str, tip: str, needs: str, parted: bool = False
) -> ActionRow:
    """Return the row of an action that belongs to the canvas."""
    return ActionRow(name, menu, text, keys, icon, tip, parted=parted, on_canvas=True, needs=needs)
