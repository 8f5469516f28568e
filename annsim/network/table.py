"""Notes or groups of a network by id: few plain values, checked as a whole before anything changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from numpy.typing import NDArray

from annsim.errors import NetworkError
from annsim.network.groups import GROUP_FIELDS, GroupValues, checked_group
from annsim.network.notes import NOTE_FIELDS, NoteValues, checked_note
from annsim.network.rules import check_ids, check_lengths

V = TypeVar("V", NoteValues, GroupValues)
LIMIT = 10_000  # of notes, and of groups


class Table(Generic[V]):
    """Values of one kind in ascending id; `kind` is the word for them in messages."""

    def __init__(self, kind: str, fields: tuple[str, ...], checked: Callable[[V], V]) -> None:
        self.kind = kind
        self._fields = fields
        self._checked: Callable[[V], V] = checked
        self._values: dict[int, V] = {}

    @property
    def view(self) -> Mapping[int, V]:
        """The values by id, to be read only; follows later edits."""
        return MappingProxyType(self._values)

    @property
    def next_id(self) -> int:
        """One above the largest id; an id that is free again may be used again."""
        return max(self._values, default=0) + 1

    def checked_new(self, new: Sequence[V]) -> dict[int, V]:
        """Return values to be added, checked and in ascending id; NetworkError where they are refused."""
        if not new:
            return {}
        check_ids((values.id for values in new), self.kind)
        taken = next((values.id for values in new if values.id in self._values), None)
        if taken is not None:
            raise NetworkError(f"{self.kind} id {taken} is taken")
        if len(self._values) + len(new) > LIMIT:
            raise NetworkError(f"a network holds at most {LIMIT:,} {self.kind}s")
        return {values.id: self._checked(values) for values in sorted(new, key=lambda values: values.id)}

    def checked_ids(self, ids: Sequence[int]) -> tuple[V, ...]:
        """Return the values of these ids in ascending id; NetworkError where one is not there or stands twice."""
        check_ids(ids, self.kind)
        return tuple(self._one(i) for i in sorted(ids))

    def add(self, new: dict[int, V]) -> None:
        """Add values that `checked_new` has returned."""
        is_in_order = not new or min(new) >= self.next_id
        self._values |= new
        if not is_in_order:
            ascending = sorted(self._values.items())
            self._values.clear()  # in place, so that every view follows
            self._values.update(ascending)

    def remove(self, gone: Iterable[V]) -> None:
        """Remove values that `checked_ids` has returned."""
        for values in gone:
            del self._values[values.id]

    def set(self, field: str, ids: Sequence[int] | NDArray[Any], values: Sequence[Any] | NDArray[Any]) -> list[Any]:
        """Set a field of values of different ids, and return the old ones; NetworkError changes nothing."""
        check_ids(ids, self.kind)
        check_lengths(ids, values)
        old = [self._one(i) for i in ids]
        if field not in self._fields:
            raise NetworkError(f"a {self.kind} has no field '{field}'")
        new = [self._checked(replace(one, **{field: value})) for one, value in zip(old, values, strict=True)]
        self._values |= {one.id: one for one in new}
        return [getattr(one, field) for one in old]

    def copy(self) -> "Table[V]":
        """Return an independent copy."""
        other = Table(self.kind, self._fields, self._checked)
        other._values = dict(self._values)
        return other

    def _one(self, number: int) -> V:
        try:
            return self._values[int(number)]
        except KeyError:
            raise NetworkError(f"there is no {self.kind} {number}") from None


def note_table() -> Table[NoteValues]:
    """Return a table of no notes."""
    return Table("note", NOTE_FIELDS, checked_note)


def group_table() -> Table[GroupValues]:
    """Return a table of no groups."""
    return Table("group", GROUP_FIELDS, checked_group)
