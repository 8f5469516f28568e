"""Grouping neurons, and what else can be done with groups, by menus and keys."""

import numpy as np

from annsim.gui.canvas.board import Board, count_text, things_text
from annsim.gui.canvas.writing import Writing
from annsim.gui.document import Document
from annsim.network.edits import Compound, Remove, SetValues
from annsim.network.grouping import free_title, grouping, ungrouping, whole_groups


class Grouping:
    """Makes groups of the selected neurons, and changes the groups that these belong to."""

    def __init__(self, board: Board, writing: Writing) -> None:
        self._board, self._writing = board, writing

    @property
    def _document(self) -> Document:
        return self._board.document

    def group(self) -> None:
        """Make a group of the selected neurons."""
        network, chosen = self._document.network, self._document.selected_neurons
        whole = whole_groups(network, chosen)
        if len(whole) == 1 and len(network.members(whole[0])) == len(chosen):
            self._board.say(f"These neurons are a group already: {network.groups[whole[0]].title}.")
            return
        self._board.do(grouping(network, chosen, free_title(network)))

    def ungroup(self) -> None:
        """Dissolve the groups of the selected neurons."""
        self._board.do(ungrouping(self._document.network, self._groups()))

    def fold(self) -> None:
        """Fold the groups of the selected neurons; unfold them where all are folded."""
        groups, network = self._groups(), self._document.network
        is_folded = not all(network.groups[i].is_folded for i in groups)
        self._board.set_folded([i for i in groups if network.groups[i].is_folded != is_folded], is_folded)

    def rename(self) -> None:
        """Write the title of the group of the selected neurons."""
        groups = self._groups()
        if len(groups) == 1:
            self._writing.title(groups[0])
        else:
            self._board.say("Select neurons of one group only: the title of one is written at a time.")

    def add_to_group(self) -> None:
        """Add the selected neurons to the group in whose box they lie, or of which one is selected with them."""
        network = self._document.network
        group = self._group_meant()
        if group is None:
            self._board.say("Move the neurons into the box of a group first, or select one of its neurons as well.")
            return
        neurons = [i for i in sorted(self._document.selected_neurons) if network.neuron_values(i).group != group]
        emptied = tuple(i for i in whole_groups(network, neurons) if i != group)
        name = f"Add {things_text(network, neurons, [])} to {network.groups[group].title}"
        join = SetValues("neuron", "group", neurons, [group] * len(neurons))
        self._board.do(Compound((join, Remove(groups=emptied)), name))

    def leave_group(self) -> None:
        """Take the selected neurons out of their groups; a group without neurons goes."""
        network = self._document.network
        neurons = [i for i in sorted(self._document.selected_neurons) if network.neuron_values(i).group]
        name = f"Take {things_text(network, neurons, [])} out of {count_text(len(self._groups()), 'group')}"
        leave = SetValues("neuron", "group", neurons, [0] * len(neurons))
        self._board.do(Compound((leave, Remove(groups=whole_groups(network, neurons))), name))

    def _groups(self) -> list[int]:
        """Return the ids of the groups of the selected neurons, ascending."""
        network = self._document.network
        return sorted({network.neuron_values(i).group for i in self._document.selected_neurons} - {0})

    def _group_meant(self) -> int | None:
        groups, drawing = self._groups(), self._board.stage.drawing
        network = self._document.network
        outside = [i for i in self._document.selected_neurons if not network.neuron_values(i).group]
        if len(groups) == 1 and outside:
            return groups[0]
        places = drawing.places[self._board.stage.selected_rows()]
        found = {drawing.boxes.holding(place) for place in np.unique(places, axis=0)}
        group = found.pop() if len(found) == 1 else None
        return None if group is None or groups == [group] else group
