"""The command that opens the window; the only one that needs Qt."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from annsim.errors import WorkError

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("open")(open_command)


def open_command(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A project, a network, or data.", show_default=False)
    ] = None,
) -> int:
    """Open the window."""
    return open_window(file)


def open_window(file: Path | None = None) -> int:
    """Open the window and return its exit code; WorkError where the system lacks what Qt needs."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise WorkError(
            "there is no screen to open the window on", hint="All commands but open work without one: annsim --help."
        )
    try:
        from annsim.gui.app import run
    except ImportError as error:
        raise WorkError(
            f"the window cannot be opened: {error}", hint="Install the system packages that README names."
        ) from error
    return run(file)
