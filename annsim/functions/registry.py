"""A registry: functions of one kind by name, and an error that helps when a name is not there."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from annsim.errors import SettingsError, did_you_mean, shorten


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """The name that users write."""


E_co = TypeVar("E_co", bound=Named, covariant=True)


class Registry(Mapping[str, E_co]):
    """The entries of one kind, by name, in the order in which they were given."""

    def __init__(self, kind: str, entries: Iterable[E_co]) -> None:
        self.kind = kind
        self._entries = {entry.name: entry for entry in entries}

    def __getitem__(self, name: str) -> E_co:
        try:
            return self._entries[name]
        except (KeyError, TypeError):
            text = shorten(str(name), 40)
            raise SettingsError(f"no {self.kind} is called '{text}'", hint=did_you_mean(text, self._entries)) from None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
