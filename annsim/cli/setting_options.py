"""Every training setting as an option of a command, made from the one list of settings."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field
from typing import Annotated, Any, get_type_hints

import typer

from annsim.settings import SETTINGS, Settings


def with_setting_options(command: Callable[..., Any], *, without: Sequence[str] = ()) -> Callable[..., Any]:
    """Give a command that takes **settings an option for each setting; None means: not given."""
    own = inspect.signature(command, eval_str=True).parameters.values()
    kept = [p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD]
    hints = get_type_hints(Settings)
    options = [_option(setting, hints[name]) for name, setting in SETTINGS.items() if name not in without]

    def with_settings(**arguments: Any) -> Any:
        return command(**arguments)

    with_settings.__doc__ = command.__doc__
    with_settings.__name__ = command.__name__
    with_settings.__signature__ = inspect.Signature([*kept, *options])  # type: ignore[attr-defined]
    with_settings.__annotations__ = {p.name: p.annotation for p in (*kept, *options)}
    return with_settings


def chosen_settings(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that were given on the command line; "none" switches an optional one off."""
    given = {name: value for name, value in arguments.items() if value is not None}
    return {name: _meant(value) if _is_optional_number(name) else value for name, value in given.items()}


def _meant(text: str) -> Any:
    if text.lower() == "none":
        return None
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text  # the settings say what is wrong with it


def _is_optional_number(name: str) -> bool:
    return (SETTINGS[name].default is None and not SETTINGS[name].metadata["choices"]) or name == "epochs"


def option_name(setting: str) -> str:
    """Return the name of a setting's option."""
    return "--" + setting.replace("_", "-")


def _option(setting: "Field[Any]", hint: Any) -> inspect.Parameter:
    option = option_name(setting.name)
    default = None if setting.default is MISSING else setting.default
    about = str(setting.metadata["about"])
    if setting.metadata["choices"]:
        about += f" ({', '.join(setting.metadata['choices'])})"
    if default is not None:
        about += f" [default: {_shown(default)}]"
    names = f"{option}/--no-{option[2:]}" if hint is bool else option
    if _is_optional_number(setting.name):
        hint, about = str, f"{about} (none: off)" if setting.name != "epochs" else about
    return inspect.Parameter(
        setting.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[
            hint | None, typer.Option(names, help=about, show_default=False, rich_help_panel="Settings")
        ],
    )


def _shown(value: Any) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
