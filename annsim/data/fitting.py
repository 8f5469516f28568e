"""Finds the constants of a preparation: scales and fill values from the training rows, categories from all rows."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from annsim.data.columns import CODINGS, SCALINGS, CategoryColumn, NumberColumn, PreparedColumn
from annsim.data.preparation import MISSING_RULES, Preparation
from annsim.data.split import Rows
from annsim.data.table import Numbers, Table, Value, column_place
from annsim.errors import DataError, SettingsError, did_you_mean, shorten


def fit_preparation(
    table: Table,
    target_names: Sequence[str],
    *,
    scaling: str | None = None,
    coding: str = "0/1",
    missing: str = "stop",
    train_rows: Rows | None = None,
) -> Preparation:
    """Return the preparation of a table.

    Which categories there are is taken from all rows, so that no test row holds an unknown one; every number that is
    computed (mean, standard deviation, minimum, maximum, fill value) comes from the training rows only.

    Parameters
    ----------
    table : Table
        Raw columns.
    target_names : sequence of str
        Columns that are targets; all others are inputs.
    scaling : str, optional
        ``none``, ``standard`` ((x - mean) / population standard deviation) or ``minmax`` ((x - min) / (max - min)) of
        numeric inputs; the table's own by default. Numeric targets of files are standardised in any case.
    coding : str
        Of a target with two values: ``0/1``, ``-1/1`` or ``one-hot`` (as the only target).
    missing : str
        ``stop``, ``drop``, ``mean`` or ``median``; with the latter two the most frequent value fills a category.
    train_rows : ndarray of int64, optional
        All rows by default.

    Raises
    ------
    SettingsError
        An unknown scaling, coding or rule.
    DataError
        No inputs, a column without values, or ``one-hot`` for one of several two-valued targets.
    """
    check_choice("scaling", table.scaling if scaling is None else scaling, SCALINGS)
    check_choice("coding", coding, CODINGS)
    check_choice("missing", missing, MISSING_RULES)
    rows = np.arange(table.rows) if train_rows is None else train_rows
    inputs = [
        _fit_input(table, name, table.scaling if scaling is None else scaling, missing, rows)
        for name in table.names
        if name not in target_names
    ]
    target_scaling = "standard" if table.scales_targets else "none"
    targets = [_fit_target(table, name, target_scaling, coding, rows) for name in target_names]
    two_valued = [column for column in targets if len(column.value_names) == 2]
    if coding == "one-hot" and two_valued and len(targets) > 1:
        raise DataError(
            f"{column_place(two_valued[0].name)} has two values and is not the only target, so it cannot be one-hot",
            hint="Use the coding 0/1 or -1/1.",
        )
    return Preparation(tuple(inputs), tuple(targets), table.names, missing)


def is_category_target(table: Table, name: str) -> bool:
    """Return whether a column is a category when it is a target: texts, or numbers with at most two values."""
    column = table.columns[name]
    return column.dtype != np.float64 or len(distinct_values(table, name)) <= 2


def distinct_values(table: Table, name: str) -> tuple[Value, ...]:
    """Return the different values of a column, missing ones left out: numbers by size, texts by code point."""
    present = table.columns[name][~table.missing(name)]
    if present.dtype == np.float64:
        return tuple(np.unique(present).tolist())
    return tuple(sorted(set(present.tolist())))


def check_choice(setting: str, value: str, choices: Sequence[str]) -> None:
    """Raise SettingsError, with a hint, unless the value of a setting is one of the choices."""
    if value not in choices:
        text = shorten(str(value), 40)
        raise SettingsError(f"cannot be '{text}'", where=setting, hint=did_you_mean(text, choices))


def _fit_input(table: Table, name: str, scaling: str, missing: str, rows: Rows) -> PreparedColumn:
    column = table.columns[name][rows]
    present = column[~table.missing(name)[rows]]
    if not present.size:
        raise DataError(f"{column_place(name)} has no value in a training row", hint="Leave the column out.")
    fills = missing in ("mean", "median")
    if present.dtype != np.float64:
        counts = Counter(present.tolist())
        most_frequent = min(counts, key=lambda text: (-counts[text], text))
        return CategoryColumn(name, distinct_values(table, name), fill=most_frequent if fills else None)
    numbers = present.astype(np.float64)
    fill = None
    if fills:
        fill = mean(numbers) if missing == "mean" else _median(numbers)
        numbers = np.where(np.isnan(column.astype(np.float64)), fill, column.astype(np.float64))
    return _scaled(name, numbers, scaling, fill)


def _fit_target(table: Table, name: str, scaling: str, coding: str, rows: Rows) -> PreparedColumn:
    present = table.columns[name][rows][~table.missing(name)[rows]]
    if not present.size:
        raise DataError(f"target {column_place(name)} has no value in a training row")
    if not is_category_target(table, name):
        return _scaled(name, present.astype(np.float64), scaling, None)
    values = distinct_values(table, name)
    if len(values) > 2:
        coding = "one-hot"
    elif len(values) == 1 and coding == "one-hot":
        raise DataError(f"target {column_place(name)} has one value only", hint="A class needs another beside it.")
    return CategoryColumn(name, values, coding)


def _scaled(name: str, numbers: Numbers, scaling: str, fill: float | None) -> NumberColumn:
    """Return the constants of a column without missing values; a constant one has the scale 0."""
    if scaling == "none":
        return NumberColumn(name, fill=fill)
    low, high = float(numbers.min()), float(numbers.max())
    if low == high:
        return NumberColumn(name, low, 0.0, fill)
    if scaling == "minmax":
        offset, scale = low, high - low
    else:
        offset, scale = mean(numbers), _standard_deviation(numbers)
    if not 0 < scale < np.inf:
        raise DataError(f"{column_place(name)} reaches from {low} to {high}, which cannot be scaled")
    return NumberColumn(name, offset, scale, fill)


def mean(numbers: Numbers) -> float:
    """Return the mean, also where the sum is beyond the largest double."""
    unit = _unit(numbers)
    return float((numbers / unit).mean() * unit)


def _median(numbers: Numbers) -> float:
    unit = _unit(numbers)
    return float(np.median(numbers / unit) * unit)


def _standard_deviation(numbers: Numbers) -> float:
    unit = _unit(numbers)
    return float((numbers / unit).std() * unit)


def _unit(numbers: Numbers) -> float:
    """Return 1, or a power of two where sums of squares would leave the range of doubles."""
    largest = float(np.abs(numbers).max())
    return 1.0 if largest == 0 or 1e-140 < largest < 1e140 else float(2.0 ** np.floor(np.log2(largest)))
