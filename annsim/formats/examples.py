"""The bundled example projects."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from annsim.errors import FileError, did_you_mean, shorten
from annsim.formats.project_file import read
from annsim.paths import resources
from annsim.project.project import Project

ENDING = ".annsim"


@dataclass(frozen=True)
class Example:
    """One example: its name, and the title and the note that its project holds."""

    name: str
    title: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {"name": self.name, "title": self.title, "note": self.note}


@cache
def examples() -> dict[str, Example]:
    """Return the examples by name, the simplest first."""
    projects = {name: read_example(name) for name in example_names()}
    return {name: Example(name, project.title, project.note) for name, project in projects.items()}


def read_example(name: str) -> Project:
    """Return a new project from an example; FileError where there is none of that name."""
    project = read(example_bytes(name), Path(f"{name}{ENDING}"))
    project.path = None
    return project


def example_bytes(name: str) -> bytes:
    """Return the bundled file of an example; FileError where there is none of that name."""
    names = example_names()
    if name not in names:
        raise FileError(f"no example is called '{shorten(name, 40)}'", hint=did_you_mean(name, names))
    return (resources() / "examples" / f"{name}{ENDING}").read_bytes()


def example_names() -> list[str]:
    """Return the names of the examples, the simplest first."""
    return (resources() / "examples" / "order.txt").read_text("utf-8").split()
