"""Arrows at folded groups: those within one are hidden, and of several between the same two ends one is drawn."""

import numpy as np

from annsim.gui.canvas.arrays import Numbers, Rows, Truths


class Bundles:
    """The connections that begin or end at hidden neurons, gathered by their ends.

    Attributes
    ----------
    shown_as : (connection,) the row of the arrow that is drawn for each: its own, that of the strongest in its
        bundle, or -1 where none is.
    is_hidden : (connection,) whether another arrow, or none, is drawn for it.
    """

    def __init__(self, source: Rows, target: Rows, stand_in: Rows, is_hidden: Truths) -> None:
        self._own: Rows = np.arange(len(source))
        touched = np.flatnonzero(is_hidden[source] | is_hidden[target]) if is_hidden.any() else np.empty(0, np.intp)
        start, end = stand_in[source[touched]], stand_in[target[touched]]
        self._inner = touched[start == end]
        outer, keys = touched[start != end], (start * len(stand_in) + end)[start != end]
        order = np.argsort(keys, kind="stable")
        self._rows = outer[order]
        _, self._starts, self._counts = np.unique(keys[order], return_index=True, return_counts=True)
        self.shown_as, self.is_hidden = self._own, np.zeros(len(source), np.bool_)

    def follow(self, weights: Numbers) -> None:
        """Let the strongest arrow stand for each bundle."""
        if not len(self._rows) and not len(self._inner):
            return
        shown_as = self._own.copy()
        shown_as[self._inner] = -1
        if len(self._rows):
            strengths = np.nan_to_num(np.abs(weights[self._rows]), nan=np.inf)
            best = np.repeat(np.maximum.reduceat(strengths, self._starts), self._counts)
            bundle = np.repeat(np.arange(len(self._starts)), self._counts)
            strongest = np.flatnonzero(strengths == best)
            _, first = np.unique(bundle[strongest], return_index=True)
            shown_as[self._rows] = np.repeat(self._rows[strongest[first]], self._counts)
        self.shown_as, self.is_hidden = shown_as, shown_as != self._own

    def shown(self, rows: Rows) -> Rows:
        """Return the arrows that are drawn for some connections."""
        if not len(self._rows) and not len(self._inner):
            return rows
        drawn = np.unique(self.shown_as[rows])
        return drawn[drawn >= 0]

    def all_of(self, rows: Rows) -> Rows:
        """Return some arrows with all connections that they stand for."""
        if not len(self._rows):
            return rows
        is_meant = np.zeros(len(self._own), np.bool_)
        is_meant[rows] = True
        is_meant[self._rows] |= is_meant[self.shown_as[self._rows]]
        return np.flatnonzero(is_meant)
