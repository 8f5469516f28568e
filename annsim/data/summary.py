"""What a data source holds, in numbers and words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from annsim.data.findings import about_columns, class_counts, constant_inputs, target_findings
from annsim.data.fitting import distinct_values, is_category_target, mean
from annsim.data.sources import Source, choose_targets, read_source
from annsim.data.table import Table, naming_source, value_text

VALUES_SHOWN = 10


@dataclass(frozen=True)
class ColumnSummary:
    """One column.

    Attributes
    ----------
    name : str
    kind : str
        ``number`` or ``category``.
    role : str
        ``input`` or ``target``.
    missing : int
        Number of missing values.
    minimum, maximum, mean : float or None
        Of a number; None without any value, and for a category.
    distinct : int
        Number of different values.
    values : tuple of str
        The first ten different values of a category, in order.
    """

    name: str
    kind: str
    role: str
    missing: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    distinct: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """A data source.

    Attributes
    ----------
    source : str
    rows : int
    columns : tuple of ColumnSummary
        In file order.
    classes : dict of str to int, or None
        Rows of each class where the only target is a category.
    remarks : tuple of str
        Which target was taken and why, and what deserves a look.
    """

    source: str
    rows: int
    columns: tuple[ColumnSummary, ...]
    classes: dict[str, int] | None
    remarks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self)


def describe(source: Source, *, targets: str | Sequence[str] | None = None) -> Summary:
    """Say what a data source holds: columns, kinds, missing values, classes.

    Parameters
    ----------
    source : str, Path or Table
        As `load_data` takes it.
    targets : str or sequence of str, optional
        As `load_data` takes them.

    Raises
    ------
    AnnsimError
        FileError or DataError, with the place and what to do.
    """
    table = read_source(source)
    with naming_source(table):
        names, remark = choose_targets(table, targets)
    constants = about_columns(constant_inputs(table, names), "is constant", "are constant")
    is_class = len(names) == 1 and is_category_target(table, names[0])
    return Summary(
        source=table.source,
        rows=table.rows,
        columns=tuple(_column(table, name, is_target=name in names) for name in table.names),
        classes=class_counts(table, names[0]) if is_class else None,
        remarks=(*table.remarks, remark, *constants, *target_findings(table, names)),
    )


def _column(table: Table, name: str, *, is_target: bool) -> ColumnSummary:
    column, missing = table.columns[name], table.missing(name)
    distinct = distinct_values(table, name)
    is_category = is_category_target(table, name) if is_target else column.dtype != np.float64
    present = column[~missing]
    has_range = present.size > 0 and present.dtype == np.float64
    return ColumnSummary(
        name=name,
        kind="category" if is_category else "number",
        role="target" if is_target else "input",
        missing=int(missing.sum()),
        minimum=float(present.min()) if has_range else None,
        maximum=float(present.max()) if has_range else None,
        mean=mean(present.astype(np.float64)) if has_range else None,
        distinct=len(distinct),
        values=tuple(value_text(value) for value in distinct[:VALUES_SHOWN]) if is_category else (),
    )
