"""Saving without a moment at which a file is half there: the old one or the new one, complete."""

import contextlib
import os
import stat
from pathlib import Path

from annsim.errors import WorkError

SUFFIX = ".annsim-part"
NAME_KEPT = 50  # letters of a name in that of its part: at most 200 bytes, where a file system allows 255


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file: into a new one beside it, flushed to the disk, then put in its place in one operation.

    A device or pipe is written to as it is. A symbolic link stays one (its target is replaced), the mode of an existing
    file is kept, and parts that an earlier process left behind are removed.

    Raises
    ------
    WorkError
        With the reason; the old file is untouched.
    """
    part: Path | None = None
    try:
        if _is_stream(path):
            path.write_bytes(content)
            return
        target = Path(os.path.realpath(path))
        _remove_leftovers(target)
        part = target.with_name(f".{target.name[:NAME_KEPT]}.{os.getpid()}{SUFFIX}")
        _write_flushed(part, content, _mode(target))
        os.replace(part, target)
        _flush_folder(target.parent)
    except (OSError, ValueError) as error:
        if part is not None:
            with contextlib.suppress(OSError):  # the disk that refused the file may refuse this too
                part.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise WorkError(
            f"cannot be written: {reason}", where=str(path), hint="Choose another place, or make room or give access."
        ) from error


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _mode(target: Path) -> int | None:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None


def _write_flushed(part: Path, content: bytes, mode: int | None) -> None:
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        part.chmod(mode)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle of a folder that could be flushed
    with contextlib.suppress(OSError):  # the file is in its place, and some file systems cannot flush a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_leftovers(target: Path) -> None:
    for part in target.parent.glob(f".{_glob_quoted(target.name[:NAME_KEPT])}.*{SUFFIX}"):
        owner = part.name.removesuffix(SUFFIX).rpartition(".")[2]
        if owner.isdigit() and not _is_running(int(owner)):
            part.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False  # our own earlier save, which failed
    if os.name == "nt":
        return True  # a signal would end the process; a leftover part does no harm
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _glob_quoted(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
