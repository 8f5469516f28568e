"""Edits from panels: one undo step each, with a name for people, and a refusal said instead of raised."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from annsim.errors import AnnsimError, shorten
from annsim.gui.document import Document
from annsim.network.edits import SetValues

WORDS = {"output": "output function"}
LEARNED = ("weight", "bias")


class PanelEdits:
    """What panels change in the drawing.

    Parameters
    ----------
    document : the shared document.
    say : called with the text of a refusal, and with "" after an edit was done.
    """

    def __init__(self, document: Document, say: Callable[[str], None]) -> None:
        self._document = document
        self.say = say
        # session of a number field, undo index after its last step, field, values before its first step
        self._last: tuple[int, int, str, set[Any]] | None = None

    def set_neurons(self, field: str, ids: Sequence[int], value: Any, session: int | None = None) -> bool:
        """Set one field of neurons to one value; return False where it was refused.

        `session` is that of a number field: what follows within one is one undo step.
        """
        network = self._document.network
        ids = [i for i in ids if i in network.neurons]
        old = {getattr(network.neuron_values(i), field) for i in ids}
        whose = neuron_text(self._document, ids)
        name = _edit_name(field, f"the bias of {whose}" if field == "locked" else whose, value)
        return self._set(SetValues("neuron", field, ids, [value] * len(ids), name), old, value, session)

    def set_connections(self, field: str, ids: Sequence[int], value: Any, session: int | None = None) -> bool:
        """Set the weight or the lock of connections to one value; return False where it was refused."""
        block = self._document.network.store.block
        rows = np.flatnonzero(np.isin(block.ids, np.fromiter(ids, np.int64)))
        present = block.ids[rows].tolist()
        old = set(getattr(block, field)[rows].tolist())
        name = _edit_name(field, connection_text(self._document, present), value)
        values = np.full(len(present), value)
        return self._set(SetValues("connection", field, present, values, name), old, value, session)

    def set_group_title(self, group_id: int, title: str) -> bool:
        """Set the title of a group; return False where it was refused."""
        old = self._document.network.groups[group_id].title
        return self._set(
            SetValues("group", "title", [group_id], [title], f"Rename group to {shorten(title, 24)}"),
            {old},
            title,
            None,
        )

    def _set(self, edit: SetValues, old: set[Any], value: Any, session: int | None) -> bool:
        if not len(edit.ids) or self._takes_back(session, edit.field, value):
            return True
        if edit.field not in LEARNED and old == {value}:
            return True  # weights and biases were compared with what is on show, which a training may have changed
        document = self._document
        if edit.field in LEARNED and self._is_locked(edit):
            self.say("It is locked: unlock it first, with the padlock beside it.")
            return False
        try:
            if session is None:
                document.do(edit)
            else:
                document.do(edit, run=session)
        except AnnsimError as error:
            self.say(str(error))
            return False
        self.say("")
        if session is not None:
            first = self._last[2:] if self._last and self._last[0] == session else (edit.field, old)
            self._last = (session, document.undo_stack.index(), *first)
        return True

    def _is_locked(self, edit: SetValues) -> bool:
        network = self._document.network
        if edit.kind == "neuron":
            return any(network.neuron_values(int(i)).locked for i in edit.ids)
        return any(network.connections[int(i)].locked for i in edit.ids)

    def _takes_back(self, session: int | None, field: str, value: Any) -> bool:
        """Undo the last step where its field goes back to the start of the same session (Esc after Up and Down)."""
        document, last = self._document, self._last
        if last != (session, document.undo_stack.index(), field, {value}):
            return False
        self._last = None
        document.edit_begins.emit()
        if document.undo_stack.index() != last[1]:
            return False  # a training has ended and stands above the step; the old value is set as a new one
        document.undo()
        return True


def _edit_name(field: str, whose: str, value: Any) -> str:
    if field == "name":
        return f"Rename {whose} to {shorten(str(value), 24)}"
    if field == "locked":
        return f"{'Lock' if value else 'Unlock'} {whose}"
    word = WORDS.get(field, field)
    return f"Set {word} of {whose} to {value}" if isinstance(value, str) else f"Set {word} of {whose}"


def neuron_text(document: Document, ids: Sequence[int]) -> str:
    """Return the name of one neuron, or how many there are."""
    if len(ids) == 1:
        return shorten(document.network.neuron_values(ids[0]).name, 24)
    return f"{len(ids):,} neurons"


def connection_text(document: Document, ids: Sequence[int]) -> str:
    """Return "x1 → h2" for one connection, or how many there are."""
    if len(ids) != 1:
        return f"{len(ids):,} connections"
    connection = document.network.connections[ids[0]]
    names = (document.network.neuron_values(i).name for i in (connection.source, connection.target))
    return " → ".join(shorten(name, 24) for name in names)
