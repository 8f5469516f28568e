"""The program `annsim`: its commands, and how an error becomes one line."""

import io
import re
import sys
from collections.abc import Sequence

import typer

from annsim.cli import data_commands, file_commands, network_commands, open_window, training_commands
from annsim.cli.console import complain
from annsim.cli.setting_options import option_name
from annsim.errors import AnnsimError, SettingsError, did_you_mean
from annsim.settings import SETTINGS

app = typer.Typer(
    name="annsim",
    help="Workbench for artificial neural networks at the level of single neurons.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    suggest_commands=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
open_window.register(app)
network_commands.register(app)
training_commands.register(app)
data_commands.register(app)
file_commands.register(app)


PLAIN_WORDS = {
    r"Input should be a valid integer.*": "it is not a whole number",
    r"Input should be a valid number.*": "it is not a number",
}


def _version(wanted: bool) -> None:
    if wanted:
        from annsim import __version__

        typer.echo(f"annsim {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def annsim(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> int:
    """Workbench for artificial neural networks at the level of single neurons. Without a command, open the window."""
    return open_window.open_window() if context.invoked_subcommand is None else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 fine, 1 the work failed, 2 wrong use or unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow code page must not end the program
    try:
        result = app(args=arguments, prog_name="annsim", standalone_mode=False)
    except AnnsimError as error:
        complain(_with_option(error))
        return error.exit_code
    except typer.TyperException as error:
        return _complain_of_use(error)
    except (typer.Abort, KeyboardInterrupt):
        complain("stopped. Nothing was written.")
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left, which is no failure of ours
        return 0
    return result if isinstance(result, int) else 0


def _with_option(error: AnnsimError) -> AnnsimError:
    """Return the error with a setting named as its option."""
    if isinstance(error, SettingsError) and error.where in SETTINGS:
        return SettingsError(error.what, where=option_name(error.where), hint=error.hint)
    return error


def _complain_of_use(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "annsim"
    text = " ".join(error.format_message().split()).rstrip(".")
    hint = f"See {path} --help."
    for technical, plain in PLAIN_WORDS.items():
        text = re.sub(technical, plain, text)
    if hasattr(error, "possibilities"):  # typer's NoSuchOption, which it does not export
        option = str(getattr(error, "option_name", ""))
        text = f"no such option {option}"
        names = [name for parameter in context.command.params for name in parameter.opts] if context else []
        close = did_you_mean(option.lstrip("-"), [name.lstrip("-") for name in names])
        hint = close.replace("'", "'--", 1) if close.startswith("Did") else hint
    elif text.startswith("No such command") and context is not None:
        wrong = text.split("'")[1] if "'" in text else ""
        text, hint = f"no such command '{wrong}'", did_you_mean(wrong, context.command.commands)
    elif not text:
        typer.echo(context.get_help() if context else "")
        return 2
    complain(f"{text[:1].lower()}{text[1:]}. {hint}", path)
    return 2
