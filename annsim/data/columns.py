"""How one raw column becomes numbers, and the way back."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annsim.data.cells import parse_number
from annsim.data.table import Column, Numbers, Table, Value, column_place, value_text
from annsim.errors import DataError, did_you_mean, shorten

MOST_ONE_HOT_NUMBERS = 100_000_000  # 800 MB
MOST_NAMES_COMPARED = 1000
CODINGS = ("0/1", "-1/1", "one-hot")
SCALINGS = ("none", "standard", "minmax")


@dataclass(frozen=True)
class NumberColumn:
    """A column of numbers: prepared = (x - offset) / scale.

    Attributes
    ----------
    name : str
    offset, scale : float
        Finite; a scale of 0 marks a constant column, which becomes 0.
    fill : float or None
        What stands in for a missing value.
    """

    name: str
    offset: float = 0.0
    scale: float = 1.0
    fill: float | None = None

    def __post_init__(self) -> None:
        _check_name(self.name)
        if not (_is_finite(self.offset) and _is_finite(self.scale) and self.scale >= 0):
            raise DataError(f"{column_place(self.name)} needs a finite offset and a finite scale of at least 0")
        if self.fill is not None and not _is_finite(self.fill):
            raise DataError(f"{column_place(self.name)} needs a finite number in place of missing values")

    @property
    def width(self) -> int:
        """Number of prepared columns."""
        return 1

    @property
    def value_names(self) -> tuple[str, ...]:
        """Names of the values with a prepared column each; none here."""
        return ()

    def prepare(self, table: Table, raw: str) -> Numbers:
        """Return the prepared numbers of the table's column called `raw`, shape (rows, 1)."""
        values = self._filled(table, raw)
        if self.scale == 0:
            return np.zeros((len(values), 1))
        with np.errstate(over="ignore"):
            prepared = (values - self.offset) / self.scale
        if (row := _first(~np.isfinite(prepared))) is not None:
            raise DataError(f"{table.place(row, raw)}: {values[row]} is too large to be scaled")
        return prepared.reshape(-1, 1)

    def _filled(self, table: Table, raw: str) -> Numbers:
        column = table.columns[raw]
        missing = _refuse_missing(table, raw, self.fill)
        if column.dtype != np.float64 and (row := _first(~missing)) is not None:
            raise DataError(f"{table.place(row, raw)}: '{shorten(column[row], 40)}' is not a number")
        return np.where(missing, 0.0 if self.fill is None else self.fill, column.astype(np.float64))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a file."""
        return {"name": self.name, "kind": "number", "offset": self.offset, "scale": self.scale, "fill": self.fill}


@dataclass(frozen=True)
class CategoryColumn:
    """A column of categories.

    Attributes
    ----------
    name : str
    values : tuple of float, or tuple of str
        In ascending order: numbers by size, texts by code point.
    coding : str
        ``one-hot`` gives a column a value; ``0/1`` and ``-1/1`` give one column for at most two values.
    fill : float, str or None
        What stands in for a missing value.
    """

    name: str
    values: tuple[Value, ...]
    coding: str = "one-hot"
    fill: Value | None = None

    def __post_init__(self) -> None:
        _check_name(self.name)
        is_texts = all(isinstance(value, str) for value in self.values)
        if not self.values or not (is_texts or all(_is_finite(value) for value in self.values)):
            raise DataError(f"{column_place(self.name)} needs values, all numbers or all texts")
        if any(not low < high for low, high in pairwise(self.values)):  # type: ignore[operator]
            raise DataError(f"{column_place(self.name)} needs each value once and in ascending order")
        if self.coding not in CODINGS:
            raise DataError(
                f"{column_place(self.name)} has an unknown coding", hint=f"There are: {', '.join(CODINGS)}."
            )
        if self.coding != "one-hot" and len(self.values) > 2:
            raise DataError(f"{column_place(self.name)} has {len(self.values)} values, too many for {self.coding}")
        if self.fill is not None and self.fill not in self.values:
            raise DataError(f"{column_place(self.name)} fills missing values with a value that it does not have")

    @property
    def width(self) -> int:
        """Number of prepared columns."""
        return len(self.values) if self.coding == "one-hot" else 1

    @property
    def value_names(self) -> tuple[str, ...]:
        """Names of the values, in their order."""
        return tuple(value_text(value) for value in self.values)

    def prepare(self, table: Table, raw: str) -> Numbers:
        """Return the prepared numbers of the table's column called `raw`, shape (rows, width)."""
        codes = self._codes(table, raw)
        if self.coding == "one-hot":
            if len(codes) * self.width > MOST_ONE_HOT_NUMBERS:
                raise DataError(
                    f"{column_place(self.name)} has {self.width:,} different values, too many to be one-hot columns",
                    hint="Leave the column out, or join values.",
                )
            one_hot: Numbers = (codes[:, np.newaxis] == np.arange(self.width)).astype(np.float64)
            return one_hot
        low, high = (-1.0, 1.0) if self.coding == "-1/1" else (0.0, 1.0)
        return np.where(codes == 0, low, high).reshape(-1, 1)

    def _codes(self, table: Table, raw: str) -> NDArray[np.int64]:
        column = table.columns[raw]
        known = {value: code for code, value in enumerate(self.values)}
        missing = _refuse_missing(table, raw, self.fill)
        given = _like(self.values[0], column)
        codes = np.array([known.get(value, -1) for value in given], np.int64)
        if self.fill is not None:
            codes[missing] = known[self.fill]
        if (row := _first(codes < 0)) is not None:
            text = shorten(value_text(column[row]), 40)
            raise DataError(
                f"{table.place(row, raw)}: '{text}' is none of the known values",
                hint=did_you_mean(text, [shorten(name, 40) for name in self.value_names[:MOST_NAMES_COMPARED]]),
            )
        return codes

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a file."""
        return {
            "name": self.name,
            "kind": "category",
            "values": list(self.values),
            "coding": self.coding,
            "fill": self.fill,
        }


PreparedColumn = NumberColumn | CategoryColumn


def column_from_dict(data: object) -> PreparedColumn:
    """Make a column of what `to_dict` gave; DataError for anything else."""
    if not isinstance(data, Mapping):
        raise DataError("a column must be an object with a name and a kind")
    kind = data.get("kind")
    keys = {
        "number": ["name", "kind", "offset", "scale", "fill"],
        "category": ["name", "kind", "values", "coding", "fill"],
    }
    if not isinstance(kind, str) or kind not in keys:
        raise DataError("a column's kind must be 'number' or 'category'")
    if set(data) != set(keys[kind]):
        raise DataError(f"a column of kind '{kind}' must have {', '.join(keys[kind])}")
    fill = _plain(data["fill"])
    if kind == "number":
        return NumberColumn(data["name"], _plain(data["offset"]), _plain(data["scale"]), fill)  # type: ignore[arg-type]
    if not isinstance(data["values"], Sequence) or isinstance(data["values"], str):
        raise DataError("a column's values must be a list")
    return CategoryColumn(data["name"], tuple(map(_plain, data["values"])), data["coding"], fill)  # type: ignore[arg-type]


def _plain(value: object) -> object:
    """Return a whole number as the float that it was; the columns check what the value is."""
    is_whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 2**53
    return float(value) if is_whole else value  # type: ignore[arg-type]


def _is_finite(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _check_name(name: object) -> None:
    if not isinstance(name, str) or not name:
        raise DataError("a column needs a name")


def _like(example: Value, column: Column) -> list[Any]:
    """Return the values of a column as texts or as numbers, whichever the example is; 1 and "1" are the same value."""
    if isinstance(example, str) and column.dtype == np.float64:
        return [None if math.isnan(value) else value_text(value) for value in column.tolist()]
    if not isinstance(example, str) and column.dtype != np.float64:
        return [None if value is None else parse_number(value) for value in column]
    values: list[Any] = column.tolist()
    return values


def _refuse_missing(table: Table, raw: str, fill: Value | None) -> NDArray[np.bool_]:
    missing = table.missing(raw)
    if fill is None and (row := _first(missing)) is not None:
        raise DataError(
            f"{table.place(row, raw)}: the value is missing",
            hint="Fill it in, or prepare the training data with missing='mean' or 'median'.",
        )
    return missing


def _first(mask: NDArray[np.bool_]) -> int | None:
    """Return the first row where the mask is true, None where it never is."""
    return int(mask.argmax()) if mask.any() else None
