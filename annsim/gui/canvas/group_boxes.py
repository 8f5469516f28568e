"""Groups as arrays: where their boxes lie, and which neurons a folded one hides."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from annsim.gui.canvas.arrays import Numbers, Rows, Truths
from annsim.network.groups import GroupValues

PAD_SIDE, PAD_TOP, PAD_BOTTOM = 24.0, 16.0, 40.0  # round the members; names stand below them
FOLDED_SIZE = np.array([176.0, 64.0])


class GroupBoxes:
    """The groups of a drawing that have members, one row each.

    Attributes
    ----------
    group_of : (neuron,) the id of each neuron's group, or 0.
    ids, counts : (group,) ascending ids, and how many members each has.
    titles : of the groups, in the same order.
    is_folded : (group,)
    rows, starts : the rows of all members, those of group k from starts[k] on.
    low, high : (group, 2) corners of the boxes in the scene; the title of an open one stands above.
    stand_in : (neuron,) the row that stands for each neuron: its own, or for the hidden ones that of the first member.
    is_hidden : (neuron,) whether it is a member of a folded group.
    """

    def __init__(self, groups: Mapping[int, GroupValues], group_of: NDArray[np.int32]) -> None:
        self.group_of = group_of
        members = np.flatnonzero(group_of > 0)
        self.rows: Rows = members[np.argsort(group_of[members], kind="stable")]
        self.ids, self.starts, self.counts = np.unique(group_of[self.rows], return_index=True, return_counts=True)
        values = [groups[group] for group in self.ids.tolist()]
        self.titles = [one.title for one in values]
        self.is_folded: Truths = np.array([one.is_folded for one in values], np.bool_)
        self.low = self.high = np.zeros((len(values), 2))
        folded = np.repeat(self.is_folded, self.counts)
        self.is_hidden: Truths = np.zeros(len(group_of), np.bool_)
        self.is_hidden[self.rows[folded]] = True
        self.stand_in: Rows = np.arange(len(group_of))
        self.stand_in[self.rows[folded]] = np.repeat(self.rows[self.starts], self.counts)[folded]

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, places: Numbers, radii: Numbers) -> None:
        """Lay the boxes round their members (neuron, 2), whose circles have these radii (neuron,)."""
        if not len(self):
            return
        points, reach = places[self.rows], radii[self.rows][:, None]
        low = np.minimum.reduceat(points - reach, self.starts) - np.array([PAD_SIDE, PAD_TOP])
        high = np.maximum.reduceat(points + reach, self.starts) + np.array([PAD_SIDE, PAD_BOTTOM])
        folded = self.is_folded[:, None]
        middle = (np.minimum.reduceat(points, self.starts) + np.maximum.reduceat(points, self.starts)) / 2
        self.low = np.where(folded, middle - FOLDED_SIZE / 2, low)
        self.high = np.where(folded, middle + FOLDED_SIZE / 2, high)

    def show(self, positions: Numbers) -> None:
        """Put the hidden neurons into the middles of their boxes."""
        if self.is_hidden.any():
            middles = np.repeat((self.low + self.high) / 2, self.counts, axis=0)
            hidden = self.is_hidden[self.rows]
            positions[self.rows[hidden]] = middles[hidden]

    def members(self, group_id: int) -> Rows:
        """Return the rows of the members of a group."""
        k = self.index(group_id)
        return self.rows[self.starts[k] : self.starts[k] + self.counts[k]]

    def index(self, group_id: int) -> int:
        """Return the row of a group."""
        return int(np.searchsorted(self.ids, group_id))

    def holding(self, place: Numbers) -> int | None:
        """Return the id of the open group whose box holds a scene point; the smallest of several."""
        holds = ((self.low <= place) & (place <= self.high)).all(axis=1) & ~self.is_folded
        found = np.flatnonzero(holds)
        if not len(found):
            return None
        areas = np.prod(self.high[found] - self.low[found], axis=1)
        return int(self.ids[found[np.argmin(areas)]])
