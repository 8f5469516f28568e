"""What a search field understands: names, ids, arrows, words such as "hidden" or "relu", and conditions."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.errors import did_you_mean, shorten
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.network.columns import Columns, connection_columns, neuron_columns
from annsim.network.expressions import ExpressionError
from annsim.network.network import Network
from annsim.network.neuron import ROLES, NeuronValues
from annsim.network.queries import BOTH, NEURONS, Kinds, Query, parse_query, text_key, word_key

ROLE_WORDS = {word: role for role in ROLES for word in (role, f"{role}s")}
WORDS: dict[str, Kinds] = {
    **dict.fromkeys((*ROLE_WORDS, *ACTIVATIONS, *OUTPUTS), NEURONS),
    "locked": BOTH,
}
ARROW = re.compile(r"->|→")
GROUP = re.compile(r"group: ?(.*)", re.IGNORECASE)
ID = re.compile(r"(#?)([0-9]{1,10})")
LOOKS_LIKE_A_QUERY = re.compile(r"[<>=≤≥≠!|(\"]|\b(?:and|or|not)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What was found, and in a few words how the text was understood."""

    neurons: list[int]
    connections: list[int]
    meaning: str


def find(network: Network, text: str) -> Found:
    """Return the neurons and connections that a text means.

    - a name or a part of one, whatever the case; a neuron of just this name comes first;
    - `#17`: the neuron of this id; `17`: the same, and names that contain it;
    - `x1 -> h2`, `3 -> 7`: an arrow, by names or ids; `x1 ->`, `-> h2`: all from or to a neuron;
    - `group:TITLE`: the neurons of groups with this in their title;
    - a role, an activation function, an output function, `locked`;
    - comparisons of w, b, t (also θ, threshold), x, y, fan_in, fan_out, such as `|w| > 3`, and words, parts of names
      and conditions joined with and, or, not. Inputs have no bias, threshold or functions.

    O(neurons + connections).

    Raises
    ------
    ExpressionError
        For a condition that cannot be understood, with its column, and for an arrow of unknown neurons.
    """
    typed, text = text, " ".join(text.split())
    if not text:
        return Found([], [], "")
    search = _Search(network)
    is_name = text.casefold() in search.names
    if not is_name:
        if ARROW.search(text):
            return search.arrows(text)
        if group := GROUP.fullmatch(text):
            return search.by_group(group[1])
        if number := ID.fullmatch(text):
            return search.by_id(int(number[2]), is_only_id=bool(number[1]))
        if text.lower() in WORDS or LOOKS_LIKE_A_QUERY.search(text):
            try:
                return search.by_query(typed)  # as typed, for the columns in errors
            except ExpressionError:
                if not search.is_in_a_name(text):
                    raise
    return search.by_name(text)


class _Search:
    """One search: the neurons of a network, and their names in the form in which they are compared."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._neurons = [network.neuron_values(i) for i in network.neurons]
        self._ids = np.array([values.id for values in self._neurons], np.int64)
        self._folded = [values.name.casefold() for values in self._neurons]
        self.names = set(self._folded)

    def is_in_a_name(self, text: str) -> bool:
        """Return whether any neuron's name contains a text."""
        part = text.casefold()
        return any(part in name for name in self._folded)

    def by_name(self, text: str) -> Found:
        """Return the neurons whose names contain a text, those of just this name first."""
        part = text.casefold()
        rows = [row for row, name in enumerate(self._folded) if part in name]
        rows.sort(key=lambda row: (self._neurons[row].name != text, self._folded[row] != part))
        meaning = f"neurons whose name contains '{shorten(text, 40)}'"
        close = difflib.get_close_matches(part, WORDS, n=1) if not rows else []
        return Found(self._ids[rows].tolist(), [], meaning + (f" (did you mean '{close[0]}'?)" if close else ""))

    def by_id(self, number: int, is_only_id: bool) -> Found:
        """Return the neuron of an id, and, where it may be a part of a name too, those whose name contains it."""
        here = [number] if number in self._network.neurons else []
        name = f" ({self._network.neuron_values(number).name})" if here else ""
        if is_only_id:
            return Found(here, [], f"neuron {number}{name}")
        others = [i for i in self.by_name(str(number)).neurons if i != number]
        return Found(here + others, [], f"neuron {number}{name}, and names that contain '{number}'")

    def by_group(self, title: str) -> Found:
        """Return the neurons of all groups whose titles contain a text."""
        part = title.casefold()
        groups = {group.id for group in self._network.groups.values() if part in group.title.casefold()}
        here = self._where(lambda values: values.group in groups)
        return Found(self._ids[here].tolist(), [], f"neurons of groups whose title contains '{shorten(title, 40)}'")

    def arrows(self, text: str) -> Found:
        """Return the arrow between two neurons, or all from or to one."""
        parts = ARROW.split(text)
        source, target = (self._end(part.strip(), text) for part in (parts[0], parts[1]))
        if len(parts) > 2 or not (source or target):
            raise ExpressionError("an arrow leads from one neuron to one other", hint="Such as x1 -> h2.")
        block = self._network.store.block
        here = np.ones(len(block), np.bool_)
        if source:
            here &= block.source == source.id
        if target:
            here &= block.target == target.id
        if source and target:
            meaning = f"connection {source.name} -> {target.name}"
        else:
            meaning = f"connections from {source.name}" if source else f"connections to {target.name if target else ''}"
        return Found([], block.ids[here].tolist(), meaning)

    def by_query(self, text: str) -> Found:
        """Return the neurons and connections for which a condition holds."""
        query = parse_query(text, WORDS, self.is_in_a_name)
        asks_fans = bool(query.names & {"fan_in", "fan_out"})
        neurons = self._neurons_of(query) if "neurons" in query.kinds else []
        # fans alone are asked of neurons
        has_connections = "connections" in query.kinds and not (asks_fans and query.kinds == BOTH)
        connections = self._connections_of(query) if has_connections else []
        return Found(neurons, connections, _meaning(query, " ".join(text.split()), has_connections))

    def _neurons_of(self, query: Query) -> list[int]:
        columns = neuron_columns(self._network, self._ids)
        is_input = self._where(lambda values: values.role == "input")
        for variable in ("b", "t"):
            columns[variable] = np.where(is_input, np.nan, columns[variable])
        for word in query.words:
            columns[word_key(word)] = self._word(word)
        for text in query.texts:
            part = text.casefold()
            columns[text_key(text)] = np.array([part in name for name in self._folded], np.bool_)
        found: list[int] = self._ids[query.holds(columns, self._ids)].tolist()
        return found

    def _connections_of(self, query: Query) -> list[int]:
        block = self._network.store.block
        columns: Columns = connection_columns(self._network, block.ids) if query.names else {}
        columns[word_key("locked")] = block.locked
        found: list[int] = block.ids[query.holds(columns, block.ids)].tolist()
        return found

    def _word(self, word: str) -> NDArray[np.bool_]:
        """Return for which neurons a word holds."""
        if word == "locked":
            return self._where(lambda values: values.locked)
        if word in ROLE_WORDS:
            return self._where(lambda values: values.role == ROLE_WORDS[word])
        field = "activation" if word in ACTIVATIONS else "output"
        return self._where(lambda values: values.role != "input" and getattr(values, field) == word)

    def _where(self, condition: Callable[[NeuronValues], bool]) -> NDArray[np.bool_]:
        return np.array([condition(values) for values in self._neurons], np.bool_)

    def _end(self, name: str, text: str) -> NeuronValues | None:
        """Return the neuron that an end of an arrow names, by name or id; None where nothing stands there."""
        if not name:
            return None
        exact = self._network.neuron_id_of(name)
        folded = name.casefold()
        if exact is None and folded in self.names:
            exact = int(self._ids[self._folded.index(folded)])
        number = ID.fullmatch(name)
        if exact is None and number and int(number[2]) in self._network.neurons:
            exact = int(number[2])
        if exact is None:
            column = text.index(name) + 1
            hint = did_you_mean(name, [values.name for values in self._neurons])
            raise ExpressionError(f"no neuron is called '{shorten(name, 40)}'", hint=hint, column=column)
        return self._network.neuron_values(exact)


def _meaning(query: Query, text: str, has_connections: bool) -> str:
    """Return in words what a query asks."""
    things = " and ".join(kind for kind in ("neurons", "connections") if kind in query.kinds)
    if query.kinds == BOTH and not has_connections:
        things = "neurons"
    word = text.lower()
    if word in ROLE_WORDS:
        return f"{ROLE_WORDS[word]} neurons"
    if word == "locked":
        return f"locked {things}"
    if word in ACTIVATIONS:
        return f"neurons with activation function {word}"
    if word in OUTPUTS:
        return f"neurons with output function {word}"
    return f"{things} with {shorten(text, 100)}"
