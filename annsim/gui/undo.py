"""Undo: one command around any edit of the network."""

from PySide6.QtGui import QUndoCommand

from annsim.network.edits import Add, Compound, Edit, Remove, SetValues
from annsim.network.network import Network

COSMETIC = ("position", "name", "group")  # fields of a neuron


class EditCommand(QUndoCommand):
    """Does an edit, and knows its exact inverse.

    `run` is a number that a training gives to its own edits: two that follow each other are one step.
    """

    def __init__(self, network: Network, edit: Edit, inverse: Edit, run: int | None = None) -> None:
        super().__init__(edit.name)
        self._network, self._edit, self._inverse, self._run = network, edit, inverse, run
        self.set_by_hand: set[tuple[str, int]] = set()
        self.draws_weights = False
        self._is_done = True  # the document has done the edit before it pushes the command

    def redo(self) -> None:  # noqa: D102 (Qt's own)
        if self._is_done:
            self._is_done = False
            return
        self._network.apply(self._edit)

    def undo(self) -> None:  # noqa: D102 (Qt's own)
        self._network.apply(self._inverse)

    def id(self) -> int:  # noqa: D102 (Qt's own)
        return -1 if self._run is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: D102, N802 (Qt's own)
        if not isinstance(other, EditCommand) or other._run != self._run:
            return False
        self.set_by_hand |= other.set_by_hand
        self._edit = other._edit  # the inverse of the first leads back to before both
        self.setText(other.text())
        return True


def is_cosmetic(edit: Edit) -> bool:
    """Return whether an edit changes nothing that is computed: positions, names, notes and groups only."""
    if isinstance(edit, Compound):
        return all(is_cosmetic(part) for part in edit.edits)
    if isinstance(edit, Add | Remove):
        return not len(edit.neurons) and not len(edit.connections)
    return edit.kind in ("note", "group") or (edit.kind == "neuron" and edit.field in COSMETIC)


def weights_set(edit: Edit) -> set[tuple[str, int]]:
    """Return ("connection", id) of each weight and ("neuron", id) of each bias that an edit sets."""
    if isinstance(edit, Compound):
        return set().union(*map(weights_set, edit.edits))
    if isinstance(edit, SetValues) and edit.field in ("weight", "bias"):
        return {(edit.kind, int(i)) for i in edit.ids}
    return set()
