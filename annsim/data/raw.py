"""Raw values that a program hands over, as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annsim.data.table import Column, Table, column_place
from annsim.errors import DataError


def as_table(raw: Table | Mapping[str, ArrayLike] | ArrayLike, order: Sequence[str], inputs: int) -> Table:
    """Return raw values as a table.

    Parameters
    ----------
    raw : Table, mapping of str to columns, or array_like of shape (samples, columns)
        The columns of an array are called ``column 1, column 2, ...``: their position counts.
    order : sequence of str
        Names of all columns that there can be, for messages.
    inputs : int
        Number of the input columns, for messages.

    Raises
    ------
    DataError
        No columns of values, or values that are neither numbers nor texts.
    """
    if isinstance(raw, Table):
        return raw
    if isinstance(raw, Mapping):
        return Table({str(name): _column(str(name), values) for name, values in raw.items()})
    array = raw if isinstance(raw, np.ndarray) else _as_objects(raw)
    if array.ndim != 2:
        raise DataError(
            f"raw values have shape {array.shape}, but two dimensions (samples, columns) are needed",
            hint=f"Give {inputs:,} inputs a sample, or all {len(order):,} columns.",
        )
    names = [f"column {i}" for i in range(1, array.shape[1] + 1)]
    return Table({name: _column(name, array[:, i]) for i, name in enumerate(names)})


def _as_objects(raw: ArrayLike) -> "np.ndarray[Any, np.dtype[Any]]":
    try:
        return np.array(raw, object)
    except ValueError as error:
        raise DataError("raw values must be rows of one length") from error


def _column(name: str, values: ArrayLike) -> Column:
    array = np.asarray(values, None if isinstance(values, np.ndarray) else object)
    if array.dtype.kind in "fiub":
        return array.astype(np.float64)
    flat = [None if _is_missing(value) else value for value in array.tolist()]
    if all(value is None or isinstance(value, int | float | np.number) for value in flat):
        return np.array(flat, np.float64)
    for value in flat:
        if not isinstance(value, int | float | np.number | str | None):
            raise DataError(f"{column_place(name)} holds {type(value).__name__}, but numbers or texts are needed")
    return np.array([None if value is None else str(value) for value in flat], object)


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)
