"""The command about data: what a source holds."""

from typing import Annotated

import typer

from annsim.cli.console import say, say_json, say_table
from annsim.cli.network_commands import JSON
from annsim.data.summary import describe


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(data)


def data(
    source: Annotated[str, typer.Argument(metavar="D", help="A data file or builtin:NAME.", show_default=False)],
    json: JSON = False,
) -> None:
    """Show what a data source holds: rows, columns, kinds, missing values, classes."""
    summary = describe(source)
    if json:
        say_json(summary.to_dict())
        return
    say(f"{summary.source}: {summary.rows:,} rows, {len(summary.columns):,} columns")
    say()
    say_table(
        ["column", "role", "kind", "missing", "distinct", "min", "mean", "max", "values"],
        [
            [c.name, c.role, c.kind, c.missing, c.distinct, c.minimum, c.mean, c.maximum, ", ".join(c.values)]
            for c in summary.columns
        ],
    )
    if summary.classes:
        say()
        say("classes: " + ", ".join(f"{name} {count:,}" for name, count in summary.classes.items()))
    for remark in summary.remarks:
        say(remark)
