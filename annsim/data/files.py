"""Bytes of a file that a stranger may have sent: regular files of bounded size only."""

import difflib
import io
import itertools
import stat
import zipfile
import zlib
from pathlib import Path

from annsim.errors import FileError

LARGEST_FILE = 512 * 2**20
NAMES_LOOKED_AT = 10_000

ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,  # a member that is not there
    ValueError,
    NotImplementedError,  # an unknown compression
    RuntimeError,  # an encrypted member
)


def read_file(path: Path) -> bytes:
    """Return the content of a regular file of at most 512 MB.

    Raises
    ------
    FileError
        Without the path, which the caller puts before it: the file is not there, not a regular file (a folder, device
        or pipe), too large, or may not be read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "is a folder" if stat.S_ISDIR(status.st_mode) else "is not a regular file"
            raise FileError(what, hint="Give the path of a file.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise FileError("there is no such file", hint=_closest_name(path)) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # a null character in the path
        raise FileError("is not a path") from error
    if len(data) > LARGEST_FILE:
        raise FileError(f"is larger than {LARGEST_FILE >> 20} MB", hint="Split the file.")
    return data


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip archive whose members, unpacked, are within 512 MB together.

    Raises
    ------
    FileError
        Not a zip archive, damaged, or too large when unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ARCHIVE_ERRORS as error:
        raise FileError("is damaged or not of the format that its name says") from error
    if sum(member.file_size for member in archive.infolist()) > LARGEST_FILE:
        raise FileError(f"unpacks to more than {LARGEST_FILE >> 20} MB")
    return archive


def _closest_name(path: Path) -> str:
    try:
        names = [entry.name for entry in itertools.islice(path.parent.iterdir(), NAMES_LOOKED_AT)]
    except OSError:
        return f"There is no folder {path.parent} that could be read."
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"Did you mean '{close[0]}'?" if close else ""
