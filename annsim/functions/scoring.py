"""When an output is correct: the largest of one-hot columns, or the right side of two target values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.functions.activation import Array


@dataclass(frozen=True, eq=False)
class Scoring:
    """How outputs are judged.

    Attributes
    ----------
    middle : (output,) halfway between the two target values of each column, or None for one-hot targets, where the
        largest output is the class (the lowest column on ties).
    """

    middle: NDArray[np.float64] | None = None

    def correct(self, outputs: Array, targets: Array) -> NDArray[np.bool_]:
        """Return (samples,) True where the output is correct; both arrays are (samples, outputs).

        An output on the middle counts as the lower target value.
        """
        if self.middle is None:
            right: NDArray[np.bool_] = outputs.argmax(axis=1) == targets.argmax(axis=1)
            return right
        same_side: NDArray[np.bool_] = ((outputs > self.middle) == (targets > self.middle)).all(axis=1)
        return same_side


def is_one_hot(targets: NDArray[np.float64]) -> bool:
    """Return whether every row has one 1 and else 0, in two columns or more."""
    if targets.shape[1] < 2 or not len(targets):
        return False
    return bool((((targets == 0) | (targets == 1)).all()) and (targets.sum(axis=1) == 1).all())


def scoring_for(targets: NDArray[np.float64], has_classes: bool) -> Scoring | None:
    """Return how to judge outputs against these targets, or None where no output is right or wrong.

    Parameters
    ----------
    targets : (samples, outputs), all rows.
    has_classes : True where the columns are declared classes.
    """
    if targets.shape[1] > 1 and (has_classes or is_one_hot(targets)):
        return Scoring()
    columns = [np.unique(column) for column in targets.T]
    if columns and all(len(values) == 2 for values in columns):
        return Scoring(np.array([values.mean() for values in columns]))
    return None
