"""The fast way through a CSV file: rows of equal length without quotation marks, numbers read by pandas in chunks."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from annsim.data.cells import MISSING_CELLS
from annsim.data.csv_dialect import Dialect, read_records
from annsim.data.table import MOST_COLUMNS, Numbers

CHUNK_BYTES = 4 * 2**20  # less than a tenth of a second: how long a wish to cancel may wait
CHUNK_BYTES_A_COLUMN = 4096  # pandas spends as much on a column as on some hundred cells

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], object]


@dataclass(frozen=True)
class Cells:
    """What a file holds before its columns have names.

    Attributes
    ----------
    header : sequence of str, or None where the file has none
    columns : sequence of columns; float64 where every cell is a finite number or missing, else the texts of the cells
    lines : ndarray of int64, shape (rows,)
    """

    header: Sequence[str] | None
    columns: Sequence[Numbers | Sequence[str]]
    lines: NDArray[np.int64]


def read_plain_cells(text: bytes, dialect: Dialect, progress: Progress) -> Cells | None:
    """Read a plain file, or return None for one with quotation marks, empty lines or rows of different lengths.

    Parameters
    ----------
    text : bytes
        UTF-8 with line feeds.
    dialect : Dialect
        How the cells are written.
    progress : callable
        Is told the share that is read after each chunk.
    """
    start = len(text) - len(text.lstrip(b"\n"))
    end = text.find(b"\n", start) % (len(text) + 1)  # -1, not found, becomes the end of the text
    if text.count(b'"', start, end) % 2:
        return None
    first = read_records(text[start:end], dialect.delimiter)[0][1]
    header = first if dialect.is_header(first) else None
    body = start if header is None else end + 1
    if len(first) > MOST_COLUMNS or body >= len(text):
        return None
    if text.find(b'"', body) >= 0 or text.find(b"\n\n", body) >= 0:
        return None
    numbers: list[list[Numbers | None]] = [[] for _ in first]
    for stop, chunk in _chunks(text, body, len(first)):
        if not _is_rectangular(chunk, len(first), dialect.delimiter):
            return None
        for column, values in zip(numbers, _numbers(chunk, len(first), dialect), strict=True):
            column.append(values)
        progress(stop / len(text))
    columns = _joined(numbers, text, body, dialect)
    first_line = text.count(b"\n", 0, body) + 1
    return Cells(header, columns, first_line + np.arange(len(columns[0])))


def _chunks(text: bytes, start: int, width: int) -> Iterator[tuple[int, bytes]]:
    size = max(CHUNK_BYTES, CHUNK_BYTES_A_COLUMN * width)
    while start < len(text):
        end = text.find(b"\n", start + size) % (len(text) + 1)
        yield end, text[start:end]
        start = end + 1


def _is_rectangular(chunk: bytes, width: int, delimiter: str) -> bool:
    codes = np.frombuffer(chunk, np.uint8)
    delimiters = np.flatnonzero(codes == ord(delimiter))
    ends = np.append(np.flatnonzero(codes == ord("\n")), len(codes))
    return bool((np.diff(np.searchsorted(delimiters, ends), prepend=0) == width - 1).all())


def _read_frame(chunk: bytes, width: int, dialect: Dialect, **options: Any) -> "pd.DataFrame":
    import pandas as pd

    frame: pd.DataFrame = pd.read_csv(
        io.BytesIO(chunk),
        sep=dialect.delimiter,
        header=None,
        names=range(width),
        index_col=False,
        quoting=csv.QUOTE_NONE,
        skip_blank_lines=False,
        low_memory=False,
        **options,
    )
    return frame


def _numbers(chunk: bytes, width: int, dialect: Dialect) -> list[Numbers | None]:
    """Return each column of the chunk as numbers, None for a column that is not all finite numbers or missing."""
    frame = _read_frame(
        chunk,
        width,
        dialect,
        decimal="," if dialect.decimal_comma else ".",
        keep_default_na=False,
        na_values=list(MISSING_CELLS),
        **_exact_numbers(),
    )
    columns: list[Numbers | None] = []
    for name in frame:
        values = frame[name].to_numpy()
        is_number = values.dtype.kind in "iuf" and not np.isinf(values).any()
        columns.append(values.astype(np.float64) if is_number else None)
    return columns


def _texts(chunk: bytes, columns: Sequence[int], width: int, dialect: Dialect) -> list[list[str]]:
    frame = _read_frame(chunk, width, dialect, usecols=list(columns), na_filter=False, dtype=object)
    return [frame[name].tolist() for name in columns]


def _joined(
    numbers: Sequence[Sequence[Numbers | None]], text: bytes, body: int, dialect: Dialect
) -> list[Numbers | Sequence[str]]:
    """Join the chunks of each column; a column with a chunk that is not all numbers is read again as text."""
    is_text = [any(chunk is None for chunk in column) for column in numbers]
    texts: dict[int, list[str]] = {index: [] for index in np.flatnonzero(is_text).tolist()}
    if texts:
        for _, chunk in _chunks(text, body, len(numbers)):
            for index, cells in zip(texts, _texts(chunk, tuple(texts), len(numbers), dialect), strict=True):
                texts[index] += cells
    return [
        texts[index] if index in texts else np.concatenate([chunk for chunk in column if chunk is not None])
        for index, column in enumerate(numbers)
    ]


def _exact_numbers() -> dict[str, str]:
    """Return the option that makes pandas round numbers correctly; from 3.1 on it does so by itself."""
    major, minor = metadata.version("pandas").split(".")[:2]
    return {} if (int(major), int(minor)) >= (3, 1) else {"float_precision": "round_trip"}
