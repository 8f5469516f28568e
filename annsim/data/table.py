"""A table as it was read: named columns of numbers or texts, nothing prepared yet."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from annsim.errors import DataError, shorten

Numbers = NDArray[np.float64]
Texts = NDArray[np.object_]
Column = Numbers | Texts
Value = float | str

MOST_COLUMNS = 100_000


@dataclass(frozen=True, eq=False)
class Table:
    """Raw columns by name.

    Attributes
    ----------
    columns : mapping of str to ndarray, shape (rows,)
        Numbers as float64 with NaN where a value is missing; texts as objects with None where one is missing.
    lines : ndarray of int64, shape (rows,), or None
        The line of the file (the row of the sheet) that each row comes from.
    marked_targets : tuple of str
        The columns that the source itself says are targets.
    source : str
        What the user wrote: a path, or ``builtin:xor``.
    remarks : tuple of str
        What was decided while reading.
    scaling : str
        Scaling of numeric inputs where the user says none.
    scales_targets : bool
        Whether numeric targets are standardised.

    Raises
    ------
    DataError
        No columns, too many of them, columns of different lengths, or numbers that are infinite.
    """

    columns: Mapping[str, Column]
    lines: NDArray[np.int64] | None = None
    marked_targets: tuple[str, ...] = ()
    source: str = ""
    remarks: tuple[str, ...] = field(default=())
    scaling: str = "standard"
    scales_targets: bool = True

    def __post_init__(self) -> None:
        if not 0 < len(self.columns) <= MOST_COLUMNS:
            raise DataError(f"there are {len(self.columns):,} columns; 1 to {MOST_COLUMNS:,} can be read")
        for name, column in self.columns.items():
            if column.shape != (self.rows,):
                raise DataError(f"{column_place(name)} has shape {column.shape}; a column of {self.rows:,} is needed")
            if column.dtype == np.float64 and (wrong := np.flatnonzero(np.isinf(column))).size:
                raise DataError(f"{self.place(int(wrong[0]), name)}: the number is infinite")

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(next(iter(self.columns.values())))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in file order."""
        return tuple(self.columns)

    def missing(self, name: str) -> NDArray[np.bool_]:
        """Return which values of a column are missing, shape (rows,)."""
        column = self.columns[name]
        return np.isnan(column) if column.dtype == np.float64 else np.array([value is None for value in column], bool)

    def place(self, row: int, name: str) -> str:
        """Return the words for one value: its line where there are lines, else its row, counted from 0."""
        where = f"row {row:,}" if self.lines is None else f"line {self.lines[row]:,}"
        return f"{where}, {column_place(name)}"

    def remark(self, *remarks: str) -> "Table":
        """Return the same table with more remarks."""
        return replace(self, remarks=self.remarks + remarks)

    def take(self, rows: NDArray[np.int64]) -> "Table":
        """Return a table of some rows only."""
        lines = None if self.lines is None else self.lines[rows]
        return replace(self, columns={name: column[rows] for name, column in self.columns.items()}, lines=lines)


@contextmanager
def naming_source(table: Table) -> Iterator[None]:
    """Put the table's source before the place of each DataError that leaves the block, unless it is there."""
    try:
        yield
    except DataError as error:
        if not table.source or error.where.startswith(table.source):
            raise
        raise error.at(table.source) from error


def column_place(name: str) -> str:
    """Return the words for a column in a message."""
    return f"column '{shorten(name, 40)}'"


def value_text(value: Value) -> str:
    """Write a value as a person would: 1 and not 1.0; a text as it is.

    Examples
    --------
    >>> value_text(-1.0), value_text(0.5), value_text("red")
    ('-1', '0.5', 'red')
    """
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Make column names readable: one line each, "column 3" for an empty one, "a 2" for the second "a"."""
    plain_names = [" ".join(name.split()) or f"column {position}" for position, name in enumerate(names, start=1)]
    given = set(plain_names)
    seen: Counter[str] = Counter()
    result = []
    for plain in plain_names:
        name = plain
        while seen[plain] and name in given:
            seen[plain] += 1
            name = f"{plain} {seen[plain]}"
        seen[plain] = max(1, seen[plain])
        given.add(name)
        result.append(name)
    return tuple(result)
