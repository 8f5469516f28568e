"""Cells of text become a column of numbers or of texts."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annsim.data.table import MOST_COLUMNS, Column, Numbers, Table, column_place, unique_names
from annsim.errors import DataError, shorten

MISSING_CELLS = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?")
_MISSING = re.compile(r"|n/?a|[+-]?nan|null|\?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf(inity)?)", re.IGNORECASE | re.ASCII)
_COMMA_NUMBER = re.compile(r"[+-]?((\d+,?\d*|,\d+)(e[+-]?\d+)?|inf(inity)?)", re.IGNORECASE | re.ASCII)

NAMED_VALUES = 10
LIST_LENGTH = 300  # leaves room for the file's name and the count in a message


class WrongValue(NamedTuple):
    """A cell that stands where a finite number should."""

    row: int
    text: str
    is_number: bool


def parse_column(cells: Sequence[str], *, decimal_comma: bool = False) -> tuple[Column, list[WrongValue]]:
    """Turn cells into numbers where all of them are numbers, into texts where most are not.

    Parameters
    ----------
    cells : sequence of str
        Blanks around a cell do not count; a cell such as ``NA`` or an empty one is missing.
    decimal_comma : bool
        Numbers are written 0,5 and not 0.5.

    Returns
    -------
    column : ndarray of float64 or of objects, shape (len(cells),)
    wrong : list of WrongValue
        The cells that are no finite numbers in a column most of whose cells are numbers, at least two different ones.
    """
    stripped = [cell.strip() for cell in cells]
    numbers, others = [], []
    values = np.full(len(stripped), np.nan)
    for row, cell in enumerate(stripped):
        number = parse_number(cell, decimal_comma=decimal_comma)
        if number is not None:
            values[row] = number
            numbers.append(row)
        elif not _MISSING.fullmatch(cell):
            others.append(row)
    is_mostly_numbers = len(numbers) > len(others) and np.unique(values[numbers]).size >= 2
    if not others or is_mostly_numbers:
        infinite = np.flatnonzero(np.isinf(values)).tolist()
        wrong = [WrongValue(row, stripped[row], False) for row in others]
        wrong += [WrongValue(row, stripped[row], True) for row in infinite]
        return values, sorted(wrong)
    texts = np.array([None if _MISSING.fullmatch(cell) else cell for cell in stripped], object)
    return texts, []


def parse_number(cell: str, *, decimal_comma: bool = False) -> float | None:
    """Return the number that a cell without blanks around it holds, or None; 1e999 is infinite."""
    if decimal_comma:
        return float(cell.replace(",", ".")) if _COMMA_NUMBER.fullmatch(cell) else None
    return float(cell) if _NUMBER.fullmatch(cell) else None


def refuse_wrong_values(wrong: Sequence[tuple[str, str, WrongValue]]) -> None:
    """Raise DataError that names the first wrong values and their count, unless there are none.

    Parameters
    ----------
    wrong : sequence of (place, column name, WrongValue)
        The place is the line or the cell; in the order in which they are to be named.
    """
    if not wrong:
        return
    place, name, value = wrong[0]
    reason = "is beyond the finite numbers" if value.is_number else "is not a number"
    text = f"{place}, {column_place(name)}: '{shorten(value.text, 40)}' {reason}"
    named = 1
    for place, name, value in wrong[1:NAMED_VALUES]:
        more = f"; {place}, '{shorten(name, 20)}': '{shorten(value.text, 15)}'"
        if len(text) + len(more) > LIST_LENGTH:
            break
        text, named = text + more, named + 1
    count = f"; {len(wrong):,} wrong values in all" if len(wrong) > named else ""
    raise DataError(text + count, hint="Correct them, or leave the cells empty.")


def name_columns(
    header: Sequence[str] | None,
    columns: Sequence[Numbers | Sequence[str]],
    lines: NDArray[np.int64],
    place: Callable[[int, int], str],
    *,
    decimal_comma: bool = False,
) -> Table:
    """Make a table of cells.

    Parameters
    ----------
    header : sequence of str, or None
        Names of the columns; without one they are called ``x1, x2, ...``.
    columns : sequence of ndarray of float64, or sequence of str
        Finished numbers, or cells to parse.
    lines : ndarray of int64, shape (rows,)
        The line, or the row of the sheet, of each row.
    place : callable
        Names the place of a cell by its row and its column, both counted from 0.
    decimal_comma : bool
        Numbers are written 0,5 and not 0.5.

    Raises
    ------
    DataError
        No rows, no values, too many columns, or wrong values.
    """
    if len(columns) > MOST_COLUMNS:
        raise DataError(f"there are {len(columns):,} columns; {MOST_COLUMNS:,} can be read")
    if not len(lines):
        raise DataError("there are column names but no rows", hint="Give a line of values a row.")
    names = unique_names(header) if header else tuple(f"x{i}" for i in range(1, len(columns) + 1))
    is_named = [bool(name.strip()) for name in header] if header else [False] * len(columns)
    kept: dict[str, Column] = {}
    wrong: list[tuple[str, str, WrongValue]] = []
    for index, (name, cells) in enumerate(zip(names, columns, strict=True)):
        column, problems = (
            (cells, []) if isinstance(cells, np.ndarray) else parse_column(cells, decimal_comma=decimal_comma)
        )
        wrong += [(place(problem.row, index), name, problem) for problem in problems]
        if is_named[index] or column.dtype != np.float64 or not np.isnan(column).all():
            kept[name] = column
    refuse_wrong_values(wrong)
    if not kept:
        raise DataError("there is no value in any cell")
    remarks = [] if header else ["no column names: the columns are called x1, x2, ..."]
    if len(kept) < len(columns):
        remarks.append(f"empty columns without a name left out: {len(columns) - len(kept):,}")
    return Table(kept, lines=lines, remarks=tuple(remarks))
