"""Reads .npz files with the arrays `inputs`, `targets`, `input_names` and `target_names`."""

import math
import struct
import sys
import tokenize
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annsim.data.files import ARCHIVE_ERRORS, open_archive, read_file
from annsim.data.plain_csv import Progress
from annsim.data.table import Table, unique_names
from annsim.errors import AnnsimError, DataError, FileError

VALUES = ("inputs", "targets")
NAMES = ("input_names", "target_names")
HINT = "Write it with numpy.savez(file, inputs=..., targets=...)."
DAMAGE = (*ARCHIVE_ERRORS, SyntaxError, tokenize.TokenError, TypeError, struct.error, MemoryError)


def read_npz(path: Path, progress: Progress) -> Table:
    """Read the arrays `inputs` (rows, columns), optional `targets` alike, optional `input_names`, `target_names`.

    Nothing is unpickled, and the size that an array claims is checked before memory is taken.

    Parameters
    ----------
    path : Path
        A regular file of at most 512 MB, and as much when unpacked.
    progress : callable
        Is told the share that is read after each array.

    Raises
    ------
    DataError
        Another array, a wrong shape or kind, names that do not fit, or an infinite number.
    FileError
        A file that cannot be read or is no NPZ file.
    """
    with open_archive(read_file(path)) as archive:
        members = archive.infolist()
        arrays: dict[str, NDArray[Any]] = {}
        for index, member in enumerate(members, start=1):
            name = member.filename.removesuffix(".npy")
            if name not in VALUES + NAMES or name in arrays:
                raise DataError(f"array '{name}' is not expected here", hint=f"There are: {', '.join(VALUES + NAMES)}.")
            try:
                arrays[name] = read_array(archive, member)
            except AnnsimError as error:
                raise error.at(f"array '{name}'") from error
            except DAMAGE as error:
                raise FileError(f"array '{name}' is damaged", hint=HINT) from error
            progress(index / len(members))
    return _table(arrays)


def read_array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    """Return one array of numbers or texts; its claimed size is checked before memory is taken.

    Raises
    ------
    DataError
        Another kind of values, or more of them than there are bytes.
    Exception
        One of `DAMAGE` where the bytes are no array.
    """
    with archive.open(member) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy warns of headers that Python 2 wrote
        version = np.lib.format.read_magic(file)
        read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read_header(file)
        if dtype.kind not in "fiubU":
            raise DataError(f"it holds {'Python objects' if dtype.hasobject else dtype}, not numbers", hint=HINT)
        there = member.file_size - file.tell()
        if math.prod(shape) * max(1, dtype.itemsize) > there:
            raise DataError(f"it claims shape {shape}, but holds {there:,} bytes")
        file.seek(0)
        array: NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    if array.dtype.kind == "U":
        _check_letters(array)
    return array


def _check_letters(array: NDArray[Any]) -> None:
    """Refuse numbers that are no letters, of which Python makes no text."""
    codes = np.frombuffer(array.tobytes(), np.dtype(np.uint32).newbyteorder(array.dtype.byteorder))
    if ((codes > sys.maxunicode) | ((codes >= 0xD800) & (codes < 0xE000))).any():
        raise DataError("it holds texts with impossible letters")


def _table(arrays: dict[str, NDArray[Any]]) -> Table:
    if "inputs" not in arrays:
        raise DataError("there is no array 'inputs'", hint=HINT)
    inputs = _matrix("inputs", arrays["inputs"])
    targets = _matrix("targets", arrays["targets"]) if "targets" in arrays else np.empty((len(inputs), 0))
    if len(inputs) != len(targets):
        raise DataError(f"inputs has {len(inputs):,} rows, but targets has {len(targets):,}", hint=HINT)
    if not len(inputs):
        raise DataError("array 'inputs' has no rows", hint=HINT)
    names = _names("input_names", arrays, "x", inputs.shape[1]) + _names("target_names", arrays, "y", targets.shape[1])
    names = list(unique_names(names))
    values = np.ascontiguousarray(np.hstack([inputs, targets]).T)
    return Table(dict(zip(names, values, strict=True)), marked_targets=tuple(names[inputs.shape[1] :]))


def _matrix(name: str, array: NDArray[Any]) -> NDArray[np.float64]:
    if array.dtype.kind == "U":
        raise DataError(f"array '{name}' holds texts, not numbers", hint="Give texts as a CSV file.")
    if name == "targets" and array.ndim == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2:
        raise DataError(f"array '{name}' has shape {array.shape}; (rows, columns) is needed", hint=HINT)
    with np.errstate(over="ignore"):  # what is too large for a double becomes infinite and is refused
        return array.astype(np.float64)


def _names(name: str, arrays: dict[str, NDArray[Any]], letter: str, count: int) -> list[str]:
    if name not in arrays:
        return [f"{letter}{i}" for i in range(1, count + 1)]
    array = arrays[name]
    if array.dtype.kind != "U" or array.shape != (count,):
        raise DataError(f"array '{name}' must hold {count:,} texts", hint=HINT)
    return [str(value) for value in array]
