"""Commands that bring networks in and out: export, import."""

from pathlib import Path
from typing import Annotated

import typer

from annsim.cli.console import say, spare_the_project
from annsim.cli.network_commands import OUT, PROJECT
from annsim.formats.catalogue import FORMATS, export, open_file, open_project, save


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("export")(export_command)
    app.command("import")(import_command)


def export_command(
    file: PROJECT,
    output: OUT,
    to: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help=f"{', '.join(FORMATS)}; else by the file's ending.", show_default=False),
    ] = None,
) -> None:
    """Write the network in another format, with full precision."""
    if to != "annsim":
        spare_the_project(output, file, "-o")
    for path in export(open_project(file), output, to):
        say(str(path))


def import_command(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A network in any format.", show_default=False)],
    output: OUT,
) -> None:
    """Make a project of a network in another format, recognised by its content."""
    project = open_file(source)
    save(project, output)
    network = project.network
    say(f"{output}: {len(network.neurons)} neurons, {len(network.connections)} connections")
