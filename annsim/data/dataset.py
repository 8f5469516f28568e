"""The numbers that enter a network, and which rows train."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annsim.data.split import Rows, row_classes, split_rows
from annsim.errors import DataError

if TYPE_CHECKING:
    from annsim.data.preparation import Preparation

Matrix = NDArray[np.float64]
Resplit = Callable[["float | None", int], "Dataset"]


class Dataset:
    """Inputs and target values as they enter a network, never scaled here.

    Parameters
    ----------
    inputs : array_like, shape (samples, inputs)
        Finite numbers.
    targets : array_like, shape (samples, outputs) or (samples,), optional
        Finite numbers; one dimension is taken as one column.
    input_names, target_names : sequence of str, optional
        Names of the columns; ``x1, x2, ...`` and ``y1, y2, ...`` by default.
    classes : sequence of str, optional
        Names of the classes in the order of the one-hot columns, or (low, high) of a single two-valued column.
    test_rows : sequence of int, optional
        The rows that test; all others train. Without it every row trains.
    preparation : Preparation, optional
        The constants with which the numbers were made from raw values.
    source : str, optional
        What the user wrote to get the data, such as a path or ``builtin:xor``.
    remarks : sequence of str, optional
        What was decided on the way, for people.
    lines : ndarray of int64, shape (samples,), optional
        The line of the source that each sample comes from.
    resplit : callable, optional
        Makes the data set again from its source for (test_share, seed); used by `split_again`.

    Attributes
    ----------
    train_rows, test_rows : ndarray of int64
        In ascending order.
    has_input_names : bool
        Whether the input columns have names of their own, by which neurons find them.

    Raises
    ------
    DataError
        Wrong shape, a number that is not finite, names or classes that do not fit, or no training row.

    Examples
    --------
    >>> Dataset([[0, 1], [1, 1]], [0, 1])
    <Dataset: 2 samples, 2 inputs, 1 target, 2 training rows, 0 test rows>
    """

    def __init__(
        self,
        inputs: ArrayLike,
        targets: ArrayLike | None = None,
        *,
        input_names: Sequence[str] | None = None,
        target_names: Sequence[str] | None = None,
        classes: Sequence[str] | None = None,
        test_rows: ArrayLike | None = None,
        preparation: Preparation | None = None,
        source: str | None = None,
        remarks: Sequence[str] = (),
        lines: NDArray[np.int64] | None = None,
        resplit: Resplit | None = None,
    ) -> None:
        self.inputs = _matrix(inputs, "inputs")
        self.targets = None if targets is None else _targets(targets, len(self.inputs))
        outputs = 0 if self.targets is None else self.targets.shape[1]
        self.has_input_names = input_names is not None
        self.input_names = _names(input_names, "input_names", "x", self.inputs.shape[1])
        self.target_names = _names(target_names, "target_names", "y", outputs)
        self.classes = _classes(classes, outputs)
        self.test_rows = _test_rows(test_rows, len(self.inputs))
        self.train_rows = np.delete(np.arange(len(self.inputs)), self.test_rows)
        if not self.train_rows.size:
            raise DataError("there is no training row", hint="Give data with rows, and keep some of them for training.")
        self.preparation = preparation
        self.source = source
        self.remarks = tuple(remarks)
        self.lines = lines
        self._resplit = resplit

    def __len__(self) -> int:
        return len(self.inputs)

    def __repr__(self) -> str:
        outputs = 0 if self.targets is None else self.targets.shape[1]
        counts = [(len(self), "sample"), (self.inputs.shape[1], "input"), (outputs, "target")]
        counts += [(len(self.train_rows), "training row"), (len(self.test_rows), "test row")]
        return f"<Dataset: {', '.join(f'{n} {word}' + 's' * (n != 1) for n, word in counts)}>"

    @property
    def is_one_hot(self) -> bool:
        """Whether each output stands for a class.

        True for declared classes with as many columns, and where every row has one 1 and else 0; two columns or more.
        """
        if self.targets is None or self.targets.shape[1] < 2:
            return False
        if self.classes is not None:
            return True
        ones = self.targets == 1
        return bool(((ones | (self.targets == 0)).all(axis=1) & (ones.sum(axis=1) == 1)).all())

    def split_again(self, test_share: float | None, seed: int) -> Dataset:
        """Return the same data with another split; the preparation is fitted again on the new training rows.

        Parameters
        ----------
        test_share : float or None
            0 <= share < 1; None means 0 under 20 samples, else 0.2.
        seed : int
            0 to 2^63 - 1.

        Raises
        ------
        SettingsError
            A share or a seed out of range.
        """
        if self._resplit is not None:
            return self._resplit(test_share, seed)
        _, test_rows = split_rows(len(self), test_share, seed, self._classes_of_rows())
        return Dataset(
            self.inputs,
            self.targets,
            input_names=self.input_names if self.has_input_names else None,
            target_names=self.target_names,
            classes=self.classes,
            test_rows=test_rows,
            preparation=self.preparation,
            source=self.source,
            remarks=self.remarks,
            lines=self.lines,
        )

    def _classes_of_rows(self) -> Rows | None:
        if self.targets is None:
            return None
        return row_classes([column for column in self.targets.T if len(np.unique(column)) <= 2])


def _numbers(values: ArrayLike, name: str) -> Matrix:
    try:
        return np.array(values, np.float64, order="C")
    except (TypeError, ValueError, OverflowError) as error:
        raise DataError(f"{name} must be numbers in rows of one length", hint="load_data() prepares text.") from error


def _matrix(values: ArrayLike, name: str) -> Matrix:
    array = _numbers(values, name)
    if array.ndim != 2:
        raise DataError(
            f"{name} has shape {array.shape}, but two dimensions (samples, columns) are needed",
            hint=f"For one column write {name}.reshape(-1, 1).",
        )
    if not array.shape[1]:
        raise DataError(f"{name} has no column")
    if not np.isfinite(array).all():
        row, column = np.argwhere(~np.isfinite(array))[0]
        raise DataError(f"{name}, row {row:,}, column {column:,}: {array[row, column]} is not a finite number")
    return array


def _targets(values: ArrayLike, samples: int) -> Matrix:
    given = _numbers(values, "targets")
    array = _matrix(given.reshape(-1, 1) if given.ndim == 1 else given, "targets")
    if len(array) != samples:
        raise DataError(f"targets has {len(array):,} rows, but inputs has {samples:,}", hint="Give one row a sample.")
    return array


def _names(names: Sequence[str] | None, what: str, letter: str, count: int) -> tuple[str, ...]:
    if names is None:
        return tuple(f"{letter}{i}" for i in range(1, count + 1))
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise DataError(f"{what} must be a list of texts")
    if len(names) != count:
        raise DataError(f"{what} has {len(names):,} names for {count:,} columns", hint="Give one name a column.")
    if len(set(names)) != count:
        raise DataError(f"{what} holds a name twice", hint="Give each column a name of its own.")
    return tuple(names)


def _classes(classes: Sequence[str] | None, outputs: int) -> tuple[str, ...] | None:
    if classes is None:
        return None
    if isinstance(classes, str) or not all(isinstance(name, str) for name in classes):
        raise DataError("classes must be a list of texts")
    if len(classes) != outputs and not (outputs == 1 and len(classes) == 2):
        raise DataError(
            f"there are {len(classes):,} classes for {outputs:,} target columns",
            hint="Name one class a column, or the low and the high class of a single column.",
        )
    return tuple(classes)


def _test_rows(rows: ArrayLike | None, samples: int) -> Rows:
    given = np.asarray([] if rows is None else rows)
    if given.size and (given.ndim != 1 or given.dtype.kind not in "iu"):
        raise DataError("test_rows must be a list of row numbers")
    found = np.unique(given).astype(np.int64)
    if found.size != given.size:
        raise DataError("test_rows holds a row twice")
    if found.size and not 0 <= found[0] <= found[-1] < samples:
        wrong = found[0] if found[0] < 0 else found[-1]
        raise DataError(f"test_rows names row {wrong}, but the rows are 0 to {samples - 1:,}")
    return found
