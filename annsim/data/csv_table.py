"""Reads .csv and .tsv files."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from annsim.data.cells import NAMED_VALUES, name_columns
from annsim.data.csv_dialect import Dialect, find_dialect, normalised, read_records
from annsim.data.files import read_file
from annsim.data.plain_csv import Cells, Progress, read_plain_cells
from annsim.data.table import Table
from annsim.errors import DataError


def read_csv(path: Path, progress: Progress) -> Table:
    """Read a text file of cells; delimiter, encoding, decimal sign and header are found out.

    Parameters
    ----------
    path : Path
        A regular file of at most 512 MB.
    progress : callable
        Is told the share that is read, 0 to 1, some ten times a second; an exception that it raises ends the reading.

    Raises
    ------
    DataError
        No rows, rows of different lengths, or cells that are no numbers in a column of numbers; with their lines.
    FileError
        A file that cannot be read or holds no text.
    """
    return parse_csv(read_file(path), progress, delimiter="\t" if path.suffix.lower() == ".tsv" else None)


def parse_csv(data: bytes, progress: Progress, *, delimiter: str | None = None) -> Table:
    """Read the content of a text file of cells; see `read_csv`."""
    text = normalised(data)
    if not text.strip():
        raise DataError("the file is empty", hint="Give a line of column names and then a line a row.")
    dialect = find_dialect(text, delimiter)
    cells = read_plain_cells(text, dialect, progress) or _read_all_cells(text, dialect)
    table = name_columns(
        cells.header,
        cells.columns,
        cells.lines,
        lambda row, _: f"line {cells.lines[row]:,}",
        decimal_comma=dialect.decimal_comma,
    )
    return table.remark("numbers are written with a decimal comma") if dialect.decimal_comma else table


def _read_all_cells(text: bytes, dialect: Dialect) -> Cells:
    records = read_records(text, dialect.delimiter)
    first = records[0][1]
    header = first if dialect.is_header(first) else None
    rows = _equally_long(records[0], records[1:] if header else records)
    lines = np.array([line for line, _ in records[len(records) - len(rows) :]], np.int64)
    columns = [list(column) for column in zip(*rows, strict=True)]
    return Cells(header, columns or [[] for _ in first], lines)


def _equally_long(first: tuple[int, Sequence[str]], records: Sequence[tuple[int, list[str]]]) -> list[list[str]]:
    """Return the rows, without the empty cell that a delimiter at each row's end makes; refuse unequal lengths."""
    width = len(first[1])
    if records and all(len(cells) == width + 1 and not cells[-1].strip() for _, cells in records):
        return [cells[:-1] for _, cells in records]
    ragged = [(line, len(cells)) for line, cells in records if len(cells) != width]
    if ragged:
        named = ", ".join(f"line {line:,} has {cells:,}" for line, cells in ragged[:NAMED_VALUES])
        count = f" ({len(ragged):,} such lines in all)" if len(ragged) > NAMED_VALUES else ""
        raise DataError(
            f"line {first[0]:,} has {width:,} cells, but {named}{count}",
            hint="Give each line the same number of cells.",
        )
    return [cells for _, cells in records]
