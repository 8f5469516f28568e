"""Reads the first sheet of an .xlsx file."""

import datetime
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np

from annsim.data.cells import name_columns
from annsim.data.csv_dialect import Dialect
from annsim.data.files import ARCHIVE_ERRORS, open_archive, read_file
from annsim.data.plain_csv import Progress
from annsim.data.table import Table
from annsim.errors import DataError, FileError

PLAIN = Dialect(delimiter=",", decimal_comma=False)
MOST_CELLS = 50_000_000
ROWS_A_REPORT = 1000
LARGEST_SHEET_ROWS = 1_048_576

# What openpyxl lets through when a part of the file is damaged, besides the errors of the archive.
DAMAGE = (*ARCHIVE_ERRORS, ParseError, TypeError, AttributeError, IndexError, AssertionError)


def read_excel(path: Path, progress: Progress) -> Table:
    """Read the first sheet; its first row with a value holds the column names, unless a number is among them.

    Numbers stay numbers, truth values and dates become texts; of a formula the stored result counts.

    Parameters
    ----------
    path : Path
        A regular file of at most 512 MB, and as much when unpacked.
    progress : callable
        Is told the share that is read, as far as the sheet says how long it is.

    Raises
    ------
    DataError
        No rows, an error value such as #DIV/0!, or cells that are no numbers in a column of numbers; with their names.
    FileError
        A file that cannot be read or is no Excel file.
    """
    data = read_file(path)
    open_archive(data).close()
    rows: list[tuple[int, list[str]]] = []
    cells_read = 0
    for share, number, texts in _filled_rows(data):
        rows.append((number, texts))
        cells_read += len(texts)
        if cells_read > MOST_CELLS:
            raise DataError(f"the first sheet has more than {MOST_CELLS:,} cells")
        if len(rows) % ROWS_A_REPORT == 0:
            progress(share)
    if not rows:
        raise DataError("the first sheet is empty", hint="Data is read from the first sheet only.")
    return _table(rows)


def _table(rows: list[tuple[int, list[str]]]) -> Table:
    width = max(len(cells) for _, cells in rows)
    if len(rows) * width > MOST_CELLS:
        raise DataError(f"the first sheet has {len(rows) * width:,} cells; {MOST_CELLS:,} can be read")
    padded = [cells + [""] * (width - len(cells)) for _, cells in rows]
    header = padded[0] if PLAIN.is_header(padded[0]) else None
    first = 1 if header else 0
    numbers = np.array([number for number, _ in rows[first:]], np.int64)
    columns = [list(column) for column in zip(*padded[first:], strict=True)] or [[]] * width
    return name_columns(header, columns, numbers, lambda row, column: f"cell {_cell_name(numbers[row], column)}")


def _filled_rows(data: bytes) -> Iterator[tuple[float, int, list[str]]]:
    """Yield (share read, row number, texts of the cells) of each row with a value, without empty cells at its end."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which hold no data
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            rows = sheet.max_row or LARGEST_SHEET_ROWS
            sheet.reset_dimensions()  # they are a claim of the file
            for number, row in enumerate(sheet.iter_rows(), start=1):
                texts = [_text(cell, number, column) for column, cell in enumerate(row)]
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    yield min(1.0, number / rows), number, texts
        except DAMAGE as error:
            raise FileError("is damaged or no Excel file", hint="Save it again from Excel as .xlsx.") from error


def _text(cell: Any, row: int, column: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        raise DataError(f"cell {_cell_name(row, column)}: the formula gives {value}", hint="Correct it or empty it.")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def _cell_name(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"
