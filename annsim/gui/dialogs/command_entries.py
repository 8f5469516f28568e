"""What the command palette offers: all that stands in the menus, and the neurons by name."""

import heapq
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from annsim.gui.action_rows import ACTIONS
from annsim.gui.actions import why_not
from annsim.gui.dialogs.fuzzy_match import Match, is_within, match, plain
from annsim.gui.dialogs.key_caps import keys_text
from annsim.network.network import Network

GREY = 1.0  # so much less counts what cannot be done now
LATELY = 3.0  # so much more counts what was used last, those before it less and less
BY_PATH, BY_TIP = 12.0, 40.0  # so much less counts a match that needs the menu's name, or the tool tip
PATH_LEAST = 6.0  # a letter; letters strewn over menu and title mean nothing
NEURONS = 50  # so many of those that match are listed; the others are counted
GO_TO = re.compile(r"go(?:\s+to)?\s+(.*)")
ROWS = {f"action_{row.name}": row for row in ACTIONS}


@dataclass(frozen=True)
class Entry:
    """One thing that can be done.

    Attributes
    ----------
    key : the same at every start, to remember what was used last.
    path : the menu, such as "File › Examples".
    keys : the shortcut, or "".
    reason : why it cannot be done now, or "".
    is_on : whether something is switched on; None where there is no switch.
    icon : the name of a picture of the look, or "".
    """

    key: str
    title: str
    path: str
    run: Callable[[], object]
    keys: str = ""
    tip: str = ""
    reason: str = ""
    is_on: bool | None = None
    icon: str = ""


@dataclass(frozen=True)
class Found:
    """An entry that suits a query, and which letters of its title do."""

    entry: Entry
    score: float
    places: tuple[int, ...] = ()


def menu_entries(bar: QMenuBar, left_out: str) -> list[Entry]:
    """Return all actions of a menu bar, those of sub-menus too, but one that is given by its object name."""
    entries: list[Entry] = []
    for top in bar.actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            entries += _entries_of(menu, _words(top))
    return [entry for entry in entries if entry.key != left_out]


def _entries_of(menu: QMenu, path: str) -> Iterator[Entry]:
    menu.aboutToShow.emit()  # some menus are filled only when they are opened
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _entries_of(below, f"{path} › {_words(action)}")
        elif not action.isSeparator() and action.isVisible():
            yield _entry_of(action, path)


def _entry_of(action: QAction, path: str) -> Entry:
    title = _words(action)
    row = ROWS.get(action.objectName())
    return Entry(
        action.objectName() or f"{path} › {title}",
        title,
        path,
        action.trigger,
        keys_text(action.shortcut()),
        action.toolTip() if row is None else row.tip,
        "" if action.isEnabled() else why_not(action) or "It cannot be done now",
        action.isChecked() if action.isCheckable() else None,
        "" if row is None else row.icon,
    )


def _words(action: QAction) -> str:
    """Return the text of an action without the mark of its letter."""
    return re.sub(r"&(.)", r"\1", action.text())


def matching(entries: list[Entry], query: str, used: list[str]) -> list[Found]:
    """Return the entries that suit a query, the best first; without a query those used last first."""
    bonus = {key: LATELY * (1 - k / len(used)) for k, key in enumerate(used)}
    found = []
    for entry in entries:
        result = _found(entry, query)
        if result is not None:
            weight = bonus.get(entry.key, 0.0) - GREY * bool(entry.reason)
            found.append(replace(result, score=result.score + weight))
    return best_first(found)


def best_first(found: list[Found]) -> list[Found]:
    """Return what was found in its order."""
    return sorted(found, key=lambda result: -result.score)


def _found(entry: Entry, query: str) -> Found | None:
    if not plain(query):
        return Found(entry, 0.0)
    by_title = match(query, entry.title)
    if by_title is not None:
        return Found(entry, by_title.score, by_title.places)
    by_path = match(query, f"{entry.path} {entry.title}")
    if by_path is not None and by_path.score > PATH_LEAST * len(plain(query)):
        first = len(entry.path) + 1
        return Found(entry, by_path.score - BY_PATH, tuple(k - first for k in by_path.places if k >= first))
    words, tip = query.lower().split(), f" {entry.tip.lower()}"
    return Found(entry, -BY_TIP) if all(f" {word}" in tip for word in words) else None


class NeuronEntries:
    """Finds neurons by name, among very many too."""

    def __init__(self, network: Network, go_to: Callable[[int], object]) -> None:
        self._go_to = go_to
        self._neurons = [network.neuron_values(i) for i in network.neurons]
        self._low = [values.name.lower() for values in self._neurons]

    def matching(self, query: str) -> tuple[list[Found], int]:
        """Return the neurons whose names suit a query best, and how many more there are."""
        said = GO_TO.fullmatch(query.lower().strip() + " ")
        wanted = plain(said[1] if said else query)
        if not wanted and not said:
            return [], 0
        rows = [row for row, low in enumerate(self._low) if is_within(wanted, low)]
        best = heapq.nsmallest(NEURONS, rows, key=lambda row: _cheap_rank(wanted, self._low[row]))
        found = [self._found(row, wanted, query) for row in best]
        return found, len(rows) - len(best)

    def _found(self, row: int, wanted: str, query: str) -> Found:
        values = self._neurons[row]
        entry = Entry(
            f"neuron {values.id}",
            f"Go to {values.name}",
            f"{values.role} neuron",
            lambda: self._go_to(values.id),
            icon=f"neuron_{values.role}",
        )
        by_name, first = match(wanted, values.name) or Match(0.0), len("Go to ")
        whole = match(query, entry.title) or Match(0.0)
        places = tuple(k + first for k in by_name.places)
        return Found(entry, max(by_name.score, whole.score), places)


def _cheap_rank(wanted: str, low: str) -> tuple[bool, bool, bool, int]:
    """Return what orders names that match, the better the smaller, without looking at every letter."""
    return low != wanted, not low.startswith(wanted), wanted not in low, len(low)
