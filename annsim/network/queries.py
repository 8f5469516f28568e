"""Conditions on neurons and connections: comparisons of expressions, and words, joined with and, or, not.

    either     = both {"or" both}
    both       = negated {"and" negated}
    negated    = {"not"} condition
    condition  = word | '"' text '"' | "(" either ")" | sum {("<" | "<=" | ">" | ">=" | "=" | "!=") sum}

Numbers and conditions share their parentheses, so both are read by one parser, which knows which is which.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from annsim.errors import did_you_mean, shorten
from annsim.network.expressions import CONSTANTS, FUNCTIONS, NUMBER, OTHER_NAMES, Parser, Step, Token, run

Kind = Literal["neurons", "connections"]
Kinds = frozenset[Kind]
CONDITION = "a condition"

NEURONS: Kinds = frozenset({"neurons"})
CONNECTIONS: Kinds = frozenset({"connections"})
BOTH = NEURONS | CONNECTIONS
VARIABLES: dict[str, Kinds] = {
    "w": CONNECTIONS,
    "b": NEURONS,
    "t": NEURONS,
    "x": NEURONS,
    "y": NEURONS,
    "fan_in": BOTH,
    "fan_out": BOTH,
}
COMPARISONS: dict[str, Callable[..., Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "!=": lambda a, b: (a < b) | (a > b),  # what is no number differs from nothing
}
JOINTS = ("and", "or", "not")


@dataclass(frozen=True)
class Query:
    """A condition understood.

    kinds : what it is asked of: neurons, connections, or both.
    names : the variables in it.
    words, texts : the words, and the texts that the name of a neuron must contain.
    """

    kinds: Kinds
    names: frozenset[str]
    words: frozenset[str]
    texts: frozenset[str]
    steps: tuple[Step, ...]

    def holds(self, columns: Mapping[str, NDArray[Any]], ids: NDArray[Any]) -> NDArray[np.bool_]:
        """Return for each id whether it holds, given the columns of variables, `word_key`s and `text_key`s."""
        return np.array(np.broadcast_to(run(self.steps, columns, 0, ids), np.shape(ids)), np.bool_)


def word_key(word: str) -> str:
    """Return the name of the column that says where a word holds."""
    return f"word {word}"


def text_key(text: str) -> str:
    """Return the name of the column that says whose name contains a text."""
    return f"text {text}"


def parse_query(text: str, words: Mapping[str, Kinds], is_in_a_name: Callable[[str], bool]) -> Query:
    """Return a text as a condition.

    Parameters
    ----------
    words : those that are conditions themselves, such as "relu", in small letters.
    is_in_a_name : whether any neuron's name contains a text, which then needs no quotes.

    Raises
    ------
    ExpressionError
        With the column at which it cannot be understood.
    """
    parser = _QueryParser(text, words, is_in_a_name)
    parser.read()
    names = frozenset(step.value for step in parser.steps if step.value in VARIABLES)
    return Query(parser.kinds, names, frozenset(parser.words), frozenset(parser.texts), tuple(parser.steps))


class _QueryParser(Parser):
    """The parser of expressions with conditions above it."""

    def __init__(self, text: str, words: Mapping[str, Kinds], is_in_a_name: Callable[[str], bool]) -> None:
        super().__init__(text, VARIABLES)
        self.kinds: Kinds = BOTH
        self.words: set[str] = set()
        self.texts: set[str] = set()
        self._known_words = words
        self._is_in_a_name = is_in_a_name
        self._first: Token | None = None  # the first that is asked of one kind only

    def read(self) -> None:
        """Read the whole text."""
        self.inside()
        self.expect_end()
        if self.stack != [CONDITION]:
            raise self.error("expected a comparison", hint="Such as w > 3.")

    def inside(self) -> None:
        """Read what stands in parentheses: a number or a condition."""
        self._both()
        while joint := self._take_word("or"):
            self._both()
            self._join(np.logical_or, joint)

    def _both(self) -> None:
        self._negated()
        while joint := self._take_word("and"):
            self._negated()
            self._join(np.logical_and, joint)

    def _negated(self) -> None:
        negations = []
        while token := self._take_word("not"):
            negations.append(token)
        self._comparison()
        for token in negations:
            self.emit(Step(np.logical_not, 1), token, CONDITION, CONDITION)

    def _comparison(self) -> None:
        self.sum()
        is_chained = False
        while sign := self.take(*COMPARISONS):
            begin = len(self.steps)
            self.sum()
            operand = self.steps[begin:]
            self.emit(Step(COMPARISONS[sign.text], 2), sign, gives=CONDITION)
            if is_chained:
                self._join(np.logical_and, sign)
            is_chained = self.token.kind == "sign" and self.token.text in COMPARISONS
            if is_chained:  # 1 < w < 3: the middle is compared twice
                self.steps += operand
                self.stack.append(NUMBER)

    def _join(self, function: np.ufunc, token: Token) -> None:
        self.emit(Step(function, 2), token, CONDITION, CONDITION)

    def _take_word(self, word: str) -> Token | None:
        return self.skip() if self.token.kind == "name" and self.token.text.lower() == word else None

    def atom(self) -> None:
        """Read an atom of an expression, or a quoted part of a name."""
        if self.token.kind == "quoted":
            token = self.skip()
            self._text(token.text[1:-1], token)
        elif self.token.kind == "name" and self.token.text.lower() in JOINTS:
            raise self.error(f"expected a condition, not '{self.token.text}'")
        else:
            super().atom()

    def name(self, token: Token) -> None:
        """Read a variable, a constant, a call, a word, or a part of a name."""
        variable = OTHER_NAMES.get(token.text, token.text)
        word = token.text.lower()
        is_called = self.token.kind == "sign" and self.token.text == "("
        if token.text in FUNCTIONS and is_called:
            if FUNCTIONS[token.text].is_random:
                raise self.error(f"'{token.text}' is random, so that nothing can be found by it,", token)
            super().name(token)
        elif variable in VARIABLES:
            self._ask(VARIABLES[variable], token)
            super().name(token)
        elif word in self._known_words:
            self._ask(self._known_words[word], token)
            self.words.add(word)
            self.emit(Step(word_key(word)), token, gives=CONDITION)
        elif token.text not in CONSTANTS and self._is_in_a_name(token.text):
            self._text(token.text, token)
        elif token.text in FUNCTIONS or token.text in CONSTANTS:
            super().name(token)
        else:
            names = [*VARIABLES, *self._known_words, *FUNCTIONS]
            raise self.error(f"unknown name '{shorten(token.text, 40)}'", token, did_you_mean(token.text, names))

    def _text(self, text: str, token: Token) -> None:
        self._ask(NEURONS, token)
        self.texts.add(text)
        self.emit(Step(text_key(text)), token, gives=CONDITION)

    def _ask(self, kinds: Kinds, token: Token) -> None:
        """Narrow what the query is asked of, or refuse what is asked of another kind than before."""
        if not self.kinds & kinds and self._first:
            one, other = min(kinds), min(self.kinds)
            raise self.error(f"'{token.text}' is asked of {one}, but '{self._first.text}' of {other},", token)
        if self.kinds == BOTH and kinds != BOTH:
            self._first = token
        self.kinds &= kinds
