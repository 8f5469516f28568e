import numpy as np
import pytest

from annsim.data.dataset import Dataset
from annsim.errors import DataError


def test_arrays_are_taken_as_they_are():
    inputs = np.asfortranarray([[1, 20], [3, 40]], np.float32)
    dataset = Dataset(inputs, [5, 6])
    assert dataset.inputs.tolist() == [[1, 20], [3, 40]]
    assert dataset.targets.tolist() == [[5], [6]]
    assert dataset.inputs.dtype == np.float64
    assert dataset.inputs.flags.c_contiguous
    assert (dataset.input_names, dataset.target_names) == (("x1", "x2"), ("y1",))
    assert (dataset.train_rows.tolist(), dataset.test_rows.tolist(), len(dataset)) == ([0, 1], [], 2)


def test_later_changes_of_the_array_do_not_reach_the_data():
    inputs = np.zeros((2, 1))
    dataset = Dataset(inputs)
    inputs[:] = np.nan
    assert dataset.inputs.tolist() == [[0], [0]]


def test_test_rows_leave_the_others_for_training():
    dataset = Dataset(np.zeros((4, 1)), test_rows=[3, 1])
    assert (dataset.train_rows.tolist(), dataset.test_rows.tolist()) == ([0, 2], [1, 3])
    assert repr(dataset) == "<Dataset: 4 samples, 1 input, 0 targets, 2 training rows, 2 test rows>"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"inputs": [1, 2]}, r"shape \(2,\).*reshape"),
        ({"inputs": [["a"]]}, "must be numbers"),
        ({"inputs": [[1], [2, 3]]}, "rows of one length"),
        ({"inputs": [[1, np.nan]]}, "row 0, column 1: nan"),
        ({"inputs": [[10**400]]}, "must be numbers"),
        ({"inputs": np.empty((2, 0))}, "no column"),
        ({"inputs": np.empty((0, 2))}, "no training row"),
        ({"inputs": [[1]], "targets": [np.inf]}, "targets, row 0, column 0: inf"),
        ({"inputs": [[1]], "targets": [1, 2]}, "2 rows, but inputs has 1"),
        ({"inputs": [[1]], "input_names": ["a", "b"]}, "2 names for 1 columns"),
        ({"inputs": [[1, 2]], "input_names": ["a", "a"]}, "twice"),
        ({"inputs": [[1, 2]], "input_names": "ab"}, "list of texts"),
        ({"inputs": [[1]], "targets": [1], "classes": ["a", "b", "c"]}, "3 classes for 1 target"),
        ({"inputs": [[1]], "test_rows": [0]}, "no training row"),
        ({"inputs": [[1], [2]], "test_rows": [2]}, "row 2, but the rows are 0 to 1"),
        ({"inputs": [[1], [2]], "test_rows": [-1]}, "row -1"),
        ({"inputs": [[1], [2]], "test_rows": [0, 0]}, "twice"),
        ({"inputs": [[1], [2]], "test_rows": [0.5]}, "row numbers"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(DataError, match=message):
        Dataset(**arguments)


@pytest.mark.parametrize(
    ("targets", "classes", "is_one_hot"),
    [
        ([[1, 0], [0, 1]], None, True),
        ([[1, 1], [0, 1]], None, False),
        ([[1, 0], [0, 0]], None, False),
        ([[0.5, 0.5], [0, 1]], None, False),
        ([[0.5, 0.5], [0, 1]], ["a", "b"], True),
        ([[0], [1]], None, False),
        ([[0], [1]], ["a", "b"], False),
        (None, None, False),
    ],
)
def test_is_one_hot(targets, classes, is_one_hot):
    assert Dataset([[0], [1]], targets, classes=classes).is_one_hot is is_one_hot


def test_arrays_are_split_again_by_class():
    targets = np.repeat([[1, 0], [0, 1]], [30, 10], axis=0)
    dataset = Dataset(np.arange(40).reshape(-1, 1), targets, classes=["a", "b"]).split_again(0.2, 3)
    assert targets[dataset.test_rows].sum(axis=0).tolist() == [6, 2]
    assert dataset.inputs.ravel().tolist() == list(range(40))
    assert dataset.classes == ("a", "b")
    assert not dataset.split_again(0, 1).test_rows.size
