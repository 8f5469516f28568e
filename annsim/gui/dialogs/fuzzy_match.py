"""Fuzzy matching: the letters of a query in their order, best at the beginnings of words and side by side."""

from dataclasses import dataclass

WORD_START, SIDE_BY_SIDE, TEXT_START = 8.0, 9.0, 3.0
SKIPPED = 0.1  # for each letter of the text that the query does not have
WHOLE = 20.0  # where the query is the whole text

Way = tuple[float, tuple[int, ...]]  # how good it is, and the places of the letters


@dataclass(frozen=True)
class Match:
    """How well a text suits a query, and which of its letters do."""

    score: float
    places: tuple[int, ...] = ()


def match(query: str, text: str) -> Match | None:
    """Return the best way in which a query's letters stand in a text in their order, or None.

    Upper and lower case are the same, and blanks in the query count for nothing.

    Examples
    --------
    >>> match("sva", "Save as").places
    (0, 2, 5)
    >>> match("xy", "Save as") is None
    True
    """
    wanted, low = plain(query), text.lower()
    if not wanted:
        return Match(0.0)
    if len(low) != len(text) or not is_within(wanted, low):
        return None  # a letter whose lower case is longer would shift the places
    bonus = [WORD_START * (k == 0 or not low[k - 1].isalnum()) + TEXT_START * (k == 0) for k in range(len(low))]
    ways: dict[int, Way] = {k: (bonus[k], (k,)) for k, letter in enumerate(low) if letter == wanted[0]}
    for letter in wanted[1:]:
        ways = _with_one_more(letter, low, bonus, ways)
    score, places = max(ways.values())
    return Match(score - SKIPPED * (len(low) - len(wanted)) + WHOLE * (wanted == plain(text)), places)


def plain(text: str) -> str:
    """Return a text as it is compared: in lower case without blanks."""
    return "".join(text.lower().split())


def is_within(wanted: str, text: str) -> bool:
    """Return whether the letters of one text stand in another in their order."""
    rest = iter(text)
    return all(letter in rest for letter in wanted)


def _with_one_more(letter: str, low: str, bonus: list[float], ways: dict[int, Way]) -> dict[int, Way]:
    """Return the best ways with one more letter, by the place of that letter."""
    longer: dict[int, Way] = {}
    best: Way | None = None  # of those that end before the present place
    for k in range(1, len(low)):
        beside = ways.get(k - 1)
        if beside is not None and (best is None or beside[0] > best[0]):
            best = beside
        if low[k] != letter or best is None:
            continue
        longer[k] = best[0] + bonus[k], (*best[1], k)
        if beside is not None and beside[0] + SIDE_BY_SIDE >= best[0]:
            longer[k] = beside[0] + bonus[k] + SIDE_BY_SIDE, (*beside[1], k)
    return longer
