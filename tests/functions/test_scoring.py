import numpy as np
import pytest

from annsim.functions.scoring import scoring_for

COLUMN = np.array([[0.0], [1.0], [1.0]])
ONE_HOT = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, 1.0, 0]])


def judged(targets, outputs, has_classes=False):
    return scoring_for(targets, has_classes).correct(np.array(outputs), targets).tolist()


def test_one_hot_targets_take_the_largest_output_and_the_lowest_column_on_ties():
    assert judged(ONE_HOT, [[0.5, 0.5, 0.1], [0.9, 0, 0.9], [-2, -1, -3]]) == [True, False, True]


def test_two_values_are_judged_by_the_side_of_their_middle_which_counts_as_low():
    assert judged(COLUMN, [[0.5], [0.5], [0.50001]]) == [True, False, True]
    assert judged(2 * COLUMN - 1, [[0.0], [0.0], [0.1]]) == [True, False, True]


def test_every_column_of_two_values_must_be_right():
    targets = np.array([[0.0, 5], [1, 7], [1, 5]])
    assert judged(targets, [[0.2, 5.9], [0.9, 5], [0.6, 6]]) == [True, False, True]


@pytest.mark.parametrize(
    "targets", [[[0.0], [1], [2]], [[1.0], [1], [1]], [[0.0, 0.3], [1, 0.4], [1, 0.5]], np.zeros((0, 2))]
)
def test_other_targets_are_neither_right_nor_wrong(targets):
    assert scoring_for(np.array(targets), False) is None


def test_declared_classes_need_not_be_one_hot_here():
    assert judged(np.array([[0.9, 0.1], [0.2, 0.8]]), [[3, 1], [3, 1]], has_classes=True) == [True, False]
