"""The project file `.annsim`: canonical JSON text, or with many connections a zip of the document and its arrays.

An unchanged project gives identical bytes, and changing one weight changes one line.
"""

import io
import zipfile
from pathlib import Path
from typing import Any

import msgspec

from annsim.data.files import ARCHIVE_ERRORS, open_archive
from annsim.errors import FileError, WorkError
from annsim.formats import weight_arrays
from annsim.formats.network_records import connection_lines, group_dicts, network_from, neuron_dicts, note_dicts
from annsim.formats.project_records import data_dict, data_from, run_dict, run_from, settings_from
from annsim.formats.records import ProjectRecord
from annsim.formats.strict_json import compact, object_lines, parse_json
from annsim.network.connections import ConnectionBlock
from annsim.project.project import RUNS_KEPT, Project
from annsim.settings import SETTINGS, Settings

NAME = "annsim project"
VERSION = 1
FASTEST = 10_000  # steps a second
TEXT_LIMIT = 100_000  # connections; above, a text would be slow and large
DOCUMENT, ARRAYS = "document.json", "weights.safetensors"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time stamp of every zip member, so that equal content gives equal bytes


def matches(head: bytes) -> bool:
    """Return whether a file begins like a project."""
    return head[:2] == b"PK" or (head.lstrip()[:1] == b"{" and f'"{NAME}"'.encode() in head[:200])


def write(project: Project, path: Path) -> bytes:
    """Return the bytes of a project to be saved at `path`; data files are named relative to its folder."""
    block = project.network.store.block
    if len(block) <= TEXT_LIMIT:
        return _document(project, path, connection_lines(project.network, "  "))
    document = _document(project, path, "null")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(DOCUMENT, EARLIEST), document)
        archive.writestr(zipfile.ZipInfo(ARRAYS, EARLIEST), weight_arrays.to_bytes(block))
    return buffer.getvalue()


def read(data: bytes, path: Path) -> Project:
    """Return the project that a file holds.

    Raises
    ------
    AnnsimError
        With the place inside the file; the caller puts the file's name before it.
    """
    block: ConnectionBlock | None = None
    if data[:2] == b"PK":
        document, block = _read_archive(data)
    else:
        document = data
    record = _checked(migrated(parse_json(document)))
    if (record.network.connections is None) != (block is not None):
        raise FileError("the connections must stand either in the document or in the arrays beside it")
    if record.speed is not None and not 0 <= record.speed <= FASTEST:
        raise FileError(f"the speed {record.speed} is out of range")
    return Project(
        network_from(record.network, block),
        settings_from(record.settings, "settings"),
        data_from(record.data, path),
        [run_from(run) for run in record.runs[-RUNS_KEPT:]],
        record.title,
        record.note,
        record.speed,
        path,
    )


def settings_dict(settings: Settings) -> dict[str, Any]:
    """Return settings as plain values in their fixed order."""
    return {name: getattr(settings, name) for name in SETTINGS}


def migrated(document: object) -> dict[str, Any]:
    """Return a document in the present version; a newer one is refused with both numbers."""
    if not isinstance(document, dict) or document.get("format") != NAME:
        raise FileError(f"is no {NAME}", hint="Open a file that annsim saved, or use 'annsim import'.")
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileError("has no valid version number")
    if version > VERSION:
        raise FileError(
            f"has version {version}, and this annsim reads up to version {VERSION}", hint="Install a newer annsim."
        )
    return document


def _checked(document: dict[str, Any]) -> ProjectRecord:
    try:
        return msgspec.convert(document, ProjectRecord)
    except msgspec.ValidationError as error:
        raise FileError(str(error)[:300]) from None


def _document(project: Project, path: Path, connections: str) -> bytes:
    network = project.network
    runs = object_lines([run_dict(run, settings_dict(run.settings)) for run in project.runs], " ")
    text = (
        "{\n"
        f' "format":{compact(NAME)},\n'
        f' "version":{VERSION},\n'
        f' "title":{compact(project.title)},\n'
        f' "note":{compact(project.note)},\n'
        f' "speed":{compact(project.speed)},\n'
        f' "settings":{compact(settings_dict(project.settings))},\n'
        f' "data":{compact(data_dict(project.data, path))},\n'
        ' "network":{\n'
        f"{network_lines(network, connections)}"
        " },\n"
        f' "runs":{runs}\n'
        "}\n"
    )
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise WorkError(
            "cannot be written: a text or the name of the data file holds half of a letter (a lone surrogate)",
            where=str(path),
            hint="Write that text or name anew.",
        ) from None


def network_lines(network: Any, connections: str) -> str:
    """Return the inside of the network object, a neuron, a connection, a note or a group a line."""
    next_neuron, next_connection = network.counters
    return (
        f'  "seed":{network.seed},\n'
        f'  "next_neuron":{next_neuron},\n'
        f'  "next_connection":{next_connection},\n'
        f'  "neurons":{object_lines(neuron_dicts(network), "  ")},\n'
        f'  "connections":{connections},\n'
        f'  "notes":{object_lines(note_dicts(network), "  ")},\n'
        f'  "groups":{object_lines(group_dicts(network), "  ")}\n'
    )


def _read_archive(data: bytes) -> tuple[bytes, ConnectionBlock]:
    with open_archive(data) as archive:
        try:
            document, arrays = _member(archive, DOCUMENT), _member(archive, ARRAYS)
        except ARCHIVE_ERRORS:
            raise FileError(f"is damaged: '{DOCUMENT}' or '{ARRAYS}' cannot be read from the archive") from None
    return document, weight_arrays.from_bytes(arrays)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member; `archive.read` would unpack far more than the declared size before it cuts."""
    with archive.open(name) as file:
        return file.read(archive.getinfo(name).file_size)
