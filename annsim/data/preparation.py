"""From raw columns to the numbers that enter a network, with constants that can be stored, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annsim.data.columns import CategoryColumn, PreparedColumn, column_from_dict
from annsim.data.dataset import Dataset, Matrix
from annsim.data.raw import as_table
from annsim.data.table import Table, column_place, naming_source, unique_names
from annsim.errors import DataError, shorten

MISSING_RULES = ("stop", "drop", "mean", "median")

Raw = Table | Mapping[str, ArrayLike] | ArrayLike


@dataclass(frozen=True)
class Preparation:
    """The stored constants of a data set; fitted by `fit_preparation`, on training rows only.

    Attributes
    ----------
    inputs, targets : tuple of NumberColumn or CategoryColumn
        The raw columns: inputs in file order, targets in the order in which they were asked for.
    order : tuple of str
        Names of all raw columns, inputs and targets, in file order.
    missing : str
        What happens to missing values: ``stop``, ``drop`` the row, or fill with ``mean`` or ``median``.

    Raises
    ------
    DataError
        Columns that contradict each other.
    """

    inputs: tuple[PreparedColumn, ...]
    targets: tuple[PreparedColumn, ...]
    order: tuple[str, ...]
    missing: str = "stop"

    def __post_init__(self) -> None:
        names = [column.name for column in self.inputs + self.targets]
        if not self.inputs:
            raise DataError("there is no input column", hint="Name fewer targets.")
        if len(set(names)) != len(names) or len(self.order) != len(names) or set(self.order) != set(names):
            raise DataError("the order of the columns must name each input and target once")
        if self.missing not in MISSING_RULES:
            raise DataError("the rule for missing values is unknown", hint=f"There are: {', '.join(MISSING_RULES)}.")
        fills = self.missing in ("mean", "median")
        for column in self.inputs:
            if fills != (column.fill is not None):
                raise DataError(
                    f"{column_place(column.name)} does not fit the rule '{self.missing}' for missing values"
                )

    @property
    def input_names(self) -> tuple[str, ...]:
        """Names of the prepared input columns: the raw name, or ``column=value`` for a category's columns."""
        return unique_names([name for column in self.inputs for name in _prepared_names(column)])

    @property
    def target_names(self) -> tuple[str, ...]:
        """Names of the prepared target columns; the values themselves where the only target is one-hot."""
        if self.classes is not None and len(self.classes) == self.targets[0].width:
            return unique_names(self.classes)
        return unique_names([name for column in self.targets for name in _prepared_names(column)])

    @property
    def classes(self) -> tuple[str, ...] | None:
        """Names of the classes where the only target is a category of two values or more, else None."""
        if len(self.targets) != 1 or len(self.targets[0].value_names) < 2:
            return None
        return self.targets[0].value_names

    def prepare(self, raw: Raw) -> Matrix:
        """Return the numbers that enter the network.

        Parameters
        ----------
        raw : Table, mapping of str to columns, or array_like of shape (samples, columns)
            Columns are found by name where all input names are there, else by position where there are as many columns
            as inputs, or as inputs and targets together (then in the order of the original file).

        Returns
        -------
        ndarray of float64, shape (samples, prepared input columns)

        Raises
        ------
        DataError
            Columns that do not fit, a text in a column of numbers, a category that was not there before, a missing
            value under the rules ``stop`` and ``drop``.
        """
        table = as_table(raw, self.order, len(self.inputs))
        with naming_source(table):
            found = self._input_columns(table)
            return np.hstack([column.prepare(table, found[column.name]) for column in self.inputs])

    def prepare_targets(self, raw: Raw) -> Matrix | None:
        """Return the target values, shape (samples, prepared target columns), None where the data has none.

        Raises
        ------
        DataError
            As `prepare` does; also where only some of the targets are there.
        """
        table = as_table(raw, self.order, len(self.inputs))
        with naming_source(table):
            found = self._target_columns(table)
            return np.hstack([column.prepare(table, found[column.name]) for column in self.targets]) if found else None

    def restore(self, outputs: ArrayLike) -> Matrix:
        """Return outputs in the units of the raw targets; columns of categories stay as they are.

        Parameters
        ----------
        outputs : array_like, shape (samples, prepared target columns)

        Returns
        -------
        ndarray of float64, shape (samples, prepared target columns)

        Raises
        ------
        DataError
            Another number of columns.
        """
        restored = np.array(outputs, np.float64)
        width = sum(column.width for column in self.targets)
        if restored.ndim != 2 or restored.shape[1] != width:
            raise DataError(f"outputs of shape {restored.shape} do not fit {width:,} target columns")
        start = 0
        for column in self.targets:
            if not isinstance(column, CategoryColumn):
                restored[:, start] = restored[:, start] * column.scale + column.offset
            start += column.width
        return restored

    def dataset(self, table: Table) -> Dataset:
        """Return new data prepared with the stored constants; all rows train, targets are None where there are none.

        Raises
        ------
        DataError
            As `prepare` and `prepare_targets` do; rows with missing values are left out under the rule ``drop``.
        """
        remarks = list(table.remarks)
        if self.missing == "drop":
            used = [*self._input_columns(table).values(), *self._target_columns(table).values()]
            with naming_source(table):
                table, dropped = drop_missing(table, used)
            remarks += dropped
        targets = self.prepare_targets(table)
        return Dataset(
            self.prepare(table),
            targets,
            input_names=self.input_names,
            target_names=None if targets is None else self.target_names,
            classes=None if targets is None else self.classes,
            preparation=self,
            source=table.source or None,
            remarks=remarks,
            lines=table.lines,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a file; `from_dict` makes an equal preparation of them."""
        return {
            "missing": self.missing,
            "order": list(self.order),
            "inputs": [column.to_dict() for column in self.inputs],
            "targets": [column.to_dict() for column in self.targets],
        }

    @staticmethod
    def from_dict(data: object) -> "Preparation":
        """Make a preparation of what `to_dict` gave.

        Raises
        ------
        DataError
            Anything else: missing or unknown keys, wrong types, numbers that are not finite, unsorted categories.
        """
        if not isinstance(data, Mapping) or set(data) != {"missing", "order", "inputs", "targets"}:
            raise DataError("a preparation must have missing, order, inputs and targets")
        lists = (data["order"], data["inputs"], data["targets"])
        if not all(isinstance(items, Sequence) and not isinstance(items, str) for items in lists):
            raise DataError("order, inputs and targets of a preparation must be lists")
        if not all(isinstance(name, str) for name in data["order"]) or not isinstance(data["missing"], str):
            raise DataError("order and missing of a preparation must be texts")
        return Preparation(
            inputs=tuple(column_from_dict(column) for column in data["inputs"]),
            targets=tuple(column_from_dict(column) for column in data["targets"]),
            order=tuple(data["order"]),
            missing=data["missing"],
        )

    def _input_columns(self, table: Table) -> dict[str, str]:
        """Return the table's name of each input column."""
        names = [column.name for column in self.inputs]
        if all(name in table.columns for name in names):
            return {name: name for name in names}
        if len(table.names) == len(names):
            return dict(zip(names, table.names, strict=True))
        if len(table.names) == len(self.order):
            by_position = dict(zip(self.order, table.names, strict=True))
            return {name: by_position[name] for name in names}
        both = f" or {len(self.order):,} with the targets" if self.targets else ""
        raise DataError(
            f"there are {len(table.names):,} columns, but the network was made for {len(names):,}{both}",
            hint=f"The input columns are: {shorten(', '.join(names), 150)}.",
        )

    def _target_columns(self, table: Table) -> dict[str, str]:
        """Return the table's name of each target column; empty where the table has none."""
        names = [column.name for column in self.targets]
        there = [name for name in names if name in table.columns]
        inputs = self._input_columns(table)
        if all(name == raw for name, raw in inputs.items()):
            if there and len(there) < len(names):
                absent = next(name for name in names if name not in table.columns)
                raise DataError(f"target {column_place(absent)} is missing")
            return {name: name for name in there}
        if len(table.names) == len(self.order):
            by_position = dict(zip(self.order, table.names, strict=True))
            return {name: by_position[name] for name in names}
        return {}


def drop_missing(table: Table, names: Sequence[str]) -> tuple[Table, list[str]]:
    """Return the rows without a missing value in the named columns, and a remark that counts the others.

    Raises
    ------
    DataError
        No row is left.
    """
    keep: NDArray[np.bool_] = ~np.any([table.missing(name) for name in names], axis=0)
    dropped = int((~keep).sum())
    if not dropped:
        return table, []
    if dropped == table.rows:
        raise DataError("every row has a missing value", hint="Fill them with missing='mean'.")
    word = "row" if dropped == 1 else "rows"
    return table.take(np.flatnonzero(keep)), [f"{dropped:,} {word} with missing values dropped"]


def _prepared_names(column: PreparedColumn) -> list[str]:
    if isinstance(column, CategoryColumn) and column.coding == "one-hot":
        return [f"{column.name}={value}" for value in column.value_names]
    return [column.name]
