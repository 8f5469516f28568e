"""A note: plain text that stands on the drawing and is never computed with."""

import re
from dataclasses import dataclass
from typing import Any

from annsim.errors import AnnsimError, NetworkError, shorten
from annsim.network.neuron import Position, checked_number, checked_position

TEXT_LIMIT = 10_000  # characters
NOTE_WIDTH = 200.0
NARROWEST, WIDEST = 40.0, 4000.0
HALF_LETTER = re.compile("[\ud800-\udfff]")  # a lone surrogate, which no file can hold


@dataclass(frozen=True, slots=True)
class NoteValues:
    """All that a drawing holds of one note; `position` is its upper left corner, and its height follows its text."""

    id: int
    text: str
    position: Position = (0.0, 0.0)
    width: float = NOTE_WIDTH


NOTE_FIELDS = ("text", "position", "width")


def checked_note(values: NoteValues) -> NoteValues:
    """Return the note with every value in its proper type, or raise NetworkError with the note named."""
    try:
        return NoteValues(
            values.id, _checked_text(values.text), checked_position(values.position), _checked_width(values.width)
        )
    except AnnsimError as error:
        raise error.at(f"note {values.id}") from None


def _checked_text(value: Any) -> str:
    if not isinstance(value, str):
        raise NetworkError(f"a note's text must be a text, not '{shorten(str(value), 40)}'")
    if len(value) > TEXT_LIMIT:
        raise NetworkError(f"the text has {len(value):,} characters", hint=f"A note holds at most {TEXT_LIMIT:,}.")
    if HALF_LETTER.search(value):
        raise NetworkError("the text holds half of a letter (a lone surrogate)", hint="Write that text anew.")
    return value


def _checked_width(value: Any) -> float:
    width = checked_number("width", value)
    if not NARROWEST <= width <= WIDEST:
        raise NetworkError(f"width must lie between {NARROWEST:g} and {WIDEST:g}, not {width:g}")
    return width
