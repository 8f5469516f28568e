"""All formats in one table: recognised by content first, written by name or by file ending.

NPZ and CSV hold the model alone; JSON holds the whole drawing, with its notes and groups; a project all there is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from annsim.data.files import read_file
from annsim.errors import AnnsimError, FileError, shorten
from annsim.formats import network_csv, network_json, network_npz, project_file
from annsim.formats.atomic import write_atomically
from annsim.functions.registry import Registry
from annsim.network.network import Network
from annsim.project.loading import project_of
from annsim.project.project import Project

HEAD = 400


@dataclass(frozen=True)
class Format:
    """One format: `write` gives the files to be written, by path."""

    name: str
    ending: str
    title: str
    matches: Callable[[bytes], bool]
    read: Callable[[bytes, Path], Project]
    write: Callable[[Project, Path], dict[Path, bytes]]


def _alone(read: Callable[[bytes, Path], Network]) -> Callable[[bytes, Path], Project]:
    """Return a reader of projects from one of networks."""
    return lambda data, path: Project(read(data, path))


def _csv_files(project: Project, path: Path) -> dict[Path, bytes]:
    edges, neurons = network_csv.write(project.network)
    return {network_csv.neurons_path(path): neurons, path: edges}


FORMATS: Registry[Format] = Registry(
    "format",
    [
        Format(
            "npz",
            ".npz",
            "NumPy archive of weights",
            network_npz.matches,
            _alone(network_npz.read),
            lambda project, path: {path: network_npz.write(project.network)},
        ),
        Format(
            "json",
            ".json",
            "network as JSON",
            network_json.matches,
            _alone(network_json.read),
            lambda project, path: {path: network_json.write(project.network)},
        ),
        Format("csv", ".csv", "edge list and neuron table", network_csv.matches, _alone(network_csv.read), _csv_files),
        Format(
            "annsim",
            ".annsim",
            "annsim project",
            project_file.matches,
            project_file.read,
            lambda project, path: {path: project_file.write(project, path)},
        ),
    ],
)


def open_file(path: str | Path) -> Project:
    """Read a project, or a network in any format, recognised by its content.

    Raises
    ------
    AnnsimError
        That names the file, the place in it and the reason.
    """
    path = Path(path)
    try:
        data = read_file(path)
        fitting = next((entry for entry in FORMATS.values() if entry.matches(data[:HEAD])), None)
        if fitting is None:
            raise FileError("is of no format that annsim reads", hint=f"It reads {_titles()}.")
        return fitting.read(data, path)
    except AnnsimError as error:
        raise error.at(str(path)) from error.__cause__


def open_project(path: str | Path) -> Project:
    """Read a project file `.annsim`; other formats are refused with the way to import them."""
    path = Path(path)
    try:
        data = read_file(path)
        if not project_file.matches(data[:HEAD]):
            raise FileError("is no annsim project", hint="Use 'annsim import' for other formats.")
        return project_file.read(data, path)
    except AnnsimError as error:
        raise error.at(str(path)) from error.__cause__


def save(document: Network | Project, path: str | Path) -> None:
    """Save a project, or a network as a new project, atomically.

    Raises
    ------
    WorkError
        Where the file cannot be written; an old file is untouched.
    """
    path, project = Path(path), _as_project(document)
    write_atomically(path, project_file.write(project, path))
    project.path = path


def _as_project(document: Network | Project) -> Project:
    if isinstance(document, Project):
        return document
    if not isinstance(document, Network):
        raise FileError(f"a network or a project can be written, not {type(document).__name__}")
    return project_of(document)


def export(document: Network | Project, path: str | Path, to: str | None = None) -> tuple[Path, ...]:
    """Write a network in a format by name, or by the ending of the file; return the files written.

    Raises
    ------
    AnnsimError
        For a format that there is not, and where a file cannot be written.
    """
    path = Path(path)
    project = _as_project(document)
    files = format_for(path, to).write(project, path)
    for file, content in files.items():
        write_atomically(file, content)
    return tuple(files)


def format_for(path: Path, to: str | None) -> Format:
    """Return the format with a name, or the one that a file ending stands for."""
    if to is not None:
        if to not in FORMATS:
            raise FileError(f"no format is called '{shorten(to, 40)}'", hint=f"There are: {', '.join(FORMATS)}.")
        return FORMATS[to]
    for entry in FORMATS.values():
        if path.suffix.lower() == entry.ending:
            return entry
    ending = path.suffix or path.name
    raise FileError(
        f"no format has the ending '{ending:.20}'",
        where=str(path),
        hint=f"There are: {', '.join(entry.ending for entry in FORMATS.values())}.",
    )


def _titles() -> str:
    return ", ".join(f"{entry.title} ({entry.ending})" for entry in FORMATS.values())
