"""What a person should know about a table before training on it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from annsim.data.fitting import distinct_values, is_category_target
from annsim.data.table import Table, column_place, value_text
from annsim.errors import shorten

LONGEST_LIST = 200


def about_columns(names: Sequence[str], one: str, several: str) -> list[str]:
    """Return a sentence about a column, one about several columns, or nothing.

    Examples
    --------
    >>> about_columns(["a", "b"], "is constant", "are constant")
    ["2 columns are constant: 'a', 'b'"]
    """
    if len(names) <= 1:
        return [f"{column_place(name)} {one}" for name in names]
    quoted = ", ".join(f"'{shorten(name, 40)}'" for name in names)
    return [f"{len(names):,} columns {several}: {shorten(quoted, LONGEST_LIST)}"]


def constant_inputs(table: Table, target_names: Sequence[str]) -> list[str]:
    """Return the names of the inputs whose values are all the same."""
    return [name for name in table.names if name not in target_names and _is_constant(table, name)]


def target_findings(table: Table, target_names: Sequence[str]) -> list[str]:
    """Return a sentence for each input that equals a target and for each class of one sample."""
    remarks = []
    for target in target_names:
        equal = [name for name in table.names if name not in target_names and _are_equal(table, name, target)]
        remarks += about_columns(equal, f"equals the target '{target}'", f"equal the target '{target}'")
        single = [name for name, count in class_counts(table, target).items() if count == 1]
        if len(single) == 1:
            remarks.append(f"class '{shorten(single[0], 40)}' of {column_place(target)} has one sample only")
        elif single:
            names = shorten(", ".join(f"'{name}'" for name in single), LONGEST_LIST)
            remarks.append(f"{len(single):,} classes of {column_place(target)} have one sample only: {names}")
    return remarks


def class_counts(table: Table, target: str) -> dict[str, int]:
    """Return the number of rows of each class of a target, in the order of the classes; empty for a number."""
    if not is_category_target(table, target):
        return {}
    counts = Counter(table.columns[target].tolist())
    return {value_text(value): counts[value] for value in distinct_values(table, target)}


def _is_constant(table: Table, name: str) -> bool:
    present = table.columns[name][~table.missing(name)]
    return bool((present == present[:1]).all())


def _are_equal(table: Table, name: str, other: str) -> bool:
    first, second = table.columns[name], table.columns[other]
    if first.dtype != second.dtype:
        return False
    return np.array_equal(first, second, equal_nan=first.dtype == np.float64)
