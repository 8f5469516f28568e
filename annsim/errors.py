"""Every error a user can meet: one base class, and a message that says where, what and what to do."""

import difflib
from collections.abc import Iterable

MESSAGE_LIMIT = 480


class AnnsimError(Exception):
    """The base of all errors that annsim raises on purpose.

    Parameters
    ----------
    what : str
        What is wrong, as a clause without a full stop.
    where : str
        The place: a file, a line, a neuron, an option. Empty where the caller knows it.
    hint : str
        What to do about it, as a whole sentence. Empty where nothing sensible can be said.
    """

    exit_code = 2  # wrong use or unreadable input

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        place = f"{_one_line(self.where)}: " if self.where else ""
        hint = f" {_one_line(self.hint)}" if self.hint else ""
        what = _one_line(self.what)
        end = "" if what.endswith((".", "?", "!")) else "."
        room = MESSAGE_LIMIT - len(place) - len(hint)
        if room < 60:  # an endless file name must not push out what is wrong
            place, hint, room = place[:150], hint[:150], MESSAGE_LIMIT - 300
        return f"{place}{shorten(what, room)}{end}{hint}"

    def at(self, where: str) -> "AnnsimError":
        """Return the same error with the place put before the one it has."""
        error = type(self)(self.what, where=f"{where}, {self.where}" if self.where else where, hint=self.hint)
        error.__cause__ = self.__cause__
        return error


class NetworkError(AnnsimError):
    """An edit that the rules of a network refuse."""


class SettingsError(AnnsimError):
    """A training setting that has no such name or value."""


class DataError(AnnsimError):
    """A data source that cannot be read or does not suit the network."""


class FileError(AnnsimError):
    """A file that cannot be read: not there, not of the format, or damaged."""


class WorkError(AnnsimError):
    """Work that failed although it was asked for rightly: a diverged training, a file that could not be written."""

    exit_code = 1


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return a hint that names the closest name, or all of them where none is close.

    Examples
    --------
    >>> did_you_mean("sigmod", ["sigmoid", "tanh"])
    "Did you mean 'sigmoid'?"
    >>> did_you_mean("abc", ["sigmoid", "tanh"])
    'There are: sigmoid, tanh.'
    """
    names = list(names)
    close = difflib.get_close_matches(word.lower(), names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"There are: {shorten(', '.join(names), 200)}." if names else ""


def shorten(text: str, length: int = 60) -> str:
    """Cut a text that may come from a file to a length that a message can bear."""
    return text if len(text) <= length else text[: max(0, length - 1)] + "…"


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
