"""What the commands say, and where: results to stdout, everything else to stderr."""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typer

from annsim.errors import AnnsimError, SettingsError


def say(text: str = "") -> None:
    """Print a line of the result."""
    typer.echo(text)


def remark(text: str) -> None:
    """Print a line beside the result."""
    typer.echo(text, err=True)


def complain(error: AnnsimError | str, command: str = "annsim") -> None:
    """Print an error as one line."""
    typer.echo(f"{command}: {error}", err=True)


def say_json(value: Any) -> None:
    """Print a result for programs; what is not finite becomes null."""
    typer.echo(json.dumps(_finite(value), ensure_ascii=False, allow_nan=False))


def say_table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table with aligned columns: texts to the left, numbers to the right."""
    rows = [list(row) for row in rows]
    cells = [list(head)] + [[_cell(value) for value in row] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    to_right = [
        bool(rows) and all(isinstance(row[column], int | float | None) for row in rows) for column in range(len(head))
    ]
    for line in cells:
        padded = (c.rjust(w) if right else c.ljust(w) for c, w, right in zip(line, widths, to_right, strict=True))
        say("  ".join(padded).rstrip())


def spare_the_project(path: Path, project: Path, option: str) -> None:
    """Refuse to write a result over the project that it comes from."""
    if path.exists() and project.exists() and path.samefile(project):
        raise SettingsError("is the project itself", where=f"{option} {path}", hint="Name another file.")


def is_terminal() -> bool:
    """Return whether a person sees stderr."""
    return sys.stderr.isatty()


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
