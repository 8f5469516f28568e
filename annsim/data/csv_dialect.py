"""What a text file of cells looks like: its encoding, its delimiter, its decimal sign, whether it has a header."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from annsim.data.cells import parse_number
from annsim.errors import DataError, FileError

DELIMITERS = "\t;|,"  # a comma last: it may be the decimal sign of a file that another one divides
SAMPLE_BYTES = 65536
SAMPLE_RECORDS = 100


def normalised(data: bytes) -> bytes:
    """Return the same text in UTF-8 with a bare line feed at the end of each line, without empty lines at its end.

    UTF-16 is known by its byte order mark; what is no UTF-8 is taken as Windows-1252.

    Raises
    ------
    FileError
        The bytes are no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _reencoded(data, "utf-16")
    else:
        data = data.removeprefix(codecs.BOM_UTF8)
        if not data.isascii():
            data = data if _is_utf8(data) else _reencoded(data, "cp1252")
    if b"\0" in data:
        raise FileError("is not a text file", hint="Save the table as CSV in UTF-8.")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.rstrip(b"\n")


def read_records(text: bytes, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return (line, cells) of each record that is not empty; the line is that of its start, counted from 1."""
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter)
    records, line = [], 1
    try:
        for cells in reader:
            if cells:
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"line {line:,}: {error}", hint="Look for a quotation mark that is not closed.") from error
    return records


@dataclass(frozen=True)
class Dialect:
    """How the cells of a text file are written."""

    delimiter: str
    decimal_comma: bool

    def is_header(self, cells: Sequence[str]) -> bool:
        """Return whether the first record names the columns: it holds a text, and no number."""
        stripped = [cell.strip() for cell in cells]
        return any(stripped) and all(parse_number(cell, decimal_comma=self.decimal_comma) is None for cell in stripped)


def find_dialect(text: bytes, delimiter: str | None = None) -> Dialect:
    """Find out how the cells are written; a delimiter that is known is not looked for.

    There is a decimal comma where some cell is a number written with a comma and none is one with a point.
    """
    delimiter = delimiter or _find_delimiter(text)
    has_comma = delimiter != "," and _has_number_with(b",", text, delimiter)
    return Dialect(delimiter, has_comma and not _has_number_with(b".", text, delimiter))


def _find_delimiter(text: bytes) -> str:
    """Return the delimiter that gives the largest share of the first records the same number of cells, two or more."""
    end = text.find(b"\n", SAMPLE_BYTES)
    sample = text if end < 0 else text[:end]
    best, best_share = ",", 0.0
    for delimiter in DELIMITERS:
        share = _share_of_usual_width(sample, delimiter)
        if share > best_share:
            best, best_share = delimiter, share
    return best


def _share_of_usual_width(sample: bytes, delimiter: str) -> float:
    try:
        widths = [len(cells) for _, cells in read_records(sample, delimiter)[:SAMPLE_RECORDS]]
    except DataError:  # an endless cell: not the delimiter of this file, unless all of them make one
        return 0.0
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) / len(widths) if usual > 1 else 0.0


def _has_number_with(sign: bytes, text: bytes, delimiter: str) -> bool:
    if sign not in text:  # a hundred times faster than the search below
        return False
    edge = rb'[\n" ' + re.escape(delimiter.encode()) + rb"]"
    number = rb"[+-]?(\d+" + re.escape(sign) + rb"\d*|" + re.escape(sign) + rb"\d+)([eE][+-]?\d+)?"
    return re.search(rb"(?:^|(?<=" + edge + rb"))" + number + rb"(?=" + edge + rb"|$)", text) is not None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _reencoded(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeError as error:
        raise FileError("is not a text file", hint="Save the table as CSV in UTF-8.") from error
