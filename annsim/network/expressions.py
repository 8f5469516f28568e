"""Arithmetic that people type to set many values at once, such as "w * 0.5 + normal(0, 0.1)"; never Python's eval.

    sum     = product {("+" | "-") product}
    product = signed {("*" | "/") signed}
    signed  = ("+" | "-") signed | power
    power   = atom ["^" signed]
    atom    = number | name | function "(" sum {"," sum} ")" | "(" sum ")" | "|" sum "|"

A text is parsed once into a list of steps for a stack of columns, so that a deep text cannot exhaust Python's stack.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annsim.errors import AnnsimError, did_you_mean, shorten
from annsim.functions.randomness import drawn_weights, stream

Column = NDArray[np.float64]
LENGTH_LIMIT = 1000
NUMBER = "a number"
DEPTH_LIMIT = 40  # of parentheses, signs and powers in each other
STREAM = 2**62  # of the seed; other places of it are for other purposes

OTHER_NAMES = {"θ": "t", "ϑ": "t", "theta": "t", "threshold": "t", "bias": "b", "weight": "w"}


class ExpressionError(AnnsimError):
    """A text that is no expression, or one whose values cannot be used.

    Attributes
    ----------
    column : where in the text, from 1; 0 where it is no matter of one place.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "", column: int = 0) -> None:
        super().__init__(what, where=where, hint=hint)
        self.column = column


@dataclass(frozen=True)
class Function:
    """A function of the grammar: how many arguments it takes, and what it does with columns.

    A random one gets two columns from [0, 1) before its arguments.
    """

    least: int
    most: int
    value: Callable[..., Any]
    is_random: bool = False


def _uniform(u: Column, _: Column, low: Column, high: Column) -> Column:
    return low + (high - low) * u


def _normal(u: Column, v: Column, mean: Column, deviation: Column) -> Column:
    """Return normal numbers by Box and Muller (1958)."""
    return mean + deviation * np.sqrt(-2.0 * np.log1p(-u)) * np.cos(2.0 * np.pi * v)


def _of_many(function: np.ufunc) -> Callable[..., Any]:
    def value(first: Column, *others: Column) -> Column:
        for other in others:
            first = function(first, other)
        return first

    return value


FUNCTIONS: dict[str, Function] = {
    "abs": Function(1, 1, np.abs),
    "min": Function(2, LENGTH_LIMIT, _of_many(np.minimum)),
    "max": Function(2, LENGTH_LIMIT, _of_many(np.maximum)),
    "sqrt": Function(1, 1, np.sqrt),
    "exp": Function(1, 1, np.exp),
    "log": Function(1, 1, np.log),
    "sin": Function(1, 1, np.sin),
    "cos": Function(1, 1, np.cos),
    "tanh": Function(1, 1, np.tanh),
    "sign": Function(1, 1, np.sign),
    "round": Function(1, 1, np.round),
    "clip": Function(3, 3, lambda value, low, high: np.minimum(np.maximum(value, low), high)),
    "uniform": Function(2, 2, _uniform, is_random=True),
    "normal": Function(2, 2, _normal, is_random=True),
}
CONSTANTS = {"pi": np.pi}
OPERATORS: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}


@dataclass(frozen=True)
class Token:
    """A piece of the text: a number, a name, a quoted text or a sign, and its column from 1."""

    kind: str
    text: str
    column: int


SPELLINGS = {"−": "-", "**": "^", "·": "*", "×": "*", "≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
PIECES = re.compile(
    r"""(?P<space>\s+)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+\-−]?[0-9]+)?)
    | (?P<name>[^\W\d]\w*)
    | (?P<quoted>"[^"]*")
    | (?P<sign>\*\*|<=|>=|!=|==|[-−+*·×/^(),|<>=≤≥≠])""",
    re.VERBOSE,
)


def tokens_of(text: str) -> list[Token]:
    """Return the pieces of a text and an end; ExpressionError where it is too long or has a strange character."""
    if len(text) > LENGTH_LIMIT:
        raise ExpressionError(f"{len(text):,} characters are too many", hint=f"Use at most {LENGTH_LIMIT:,}.")
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        piece = PIECES.match(text, place)
        if piece is None:
            raise _error_at(f"unexpected {text[place]!r}", place + 1)
        kind = str(piece.lastgroup)
        if kind != "space":
            tokens.append(Token(kind, SPELLINGS.get(piece[0], piece[0]), place + 1))
        place = piece.end()
    return [*tokens, Token("end", "", len(text) + 1)]


@dataclass(frozen=True)
class Step:
    """Push a number or a column, or replace the topmost `arity` columns by what a function makes of them.

    chance : from 1, which of the random functions of the text this is; 0: none.
    """

    value: float | str | Callable[..., Any]
    arity: int = 0
    chance: int = 0


@dataclass(frozen=True)
class Expression:
    """A text understood.

    Attributes
    ----------
    text : as it was typed.
    names : the variables that it uses.
    is_random : True where it draws random numbers.
    """

    text: str
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The variables that it uses."""
        return frozenset(step.value for step in self.steps if isinstance(step.value, str))

    @property
    def is_random(self) -> bool:
        """True where it draws random numbers."""
        return any(step.chance for step in self.steps)

    def values(self, columns: Mapping[str, NDArray[Any]], seed: int, ids: NDArray[Any]) -> Column:
        """Return the value for each id, in float64.

        Parameters
        ----------
        columns : for each variable used (id,) numbers.
        seed, ids : a random number is a function of the seed, the id and its place in the text alone.

        Raises
        ------
        ExpressionError
            Where a value is not finite; it names the first.
        """
        result = np.array(np.broadcast_to(run(self.steps, columns, seed, ids), np.shape(ids)), np.float64)
        wrong = np.flatnonzero(~np.isfinite(result))
        if len(wrong):
            what = "no number" if np.isnan(result[wrong[0]]) else "infinite"
            place = f"id {ids[wrong[0]]} (place {wrong[0] + 1} of {len(result)})"
            raise ExpressionError(f"'{shorten(self.text)}' is {what} for {place}")
        return result


def parse(text: str, variables: Collection[str]) -> Expression:
    """Return a text as an expression in some variables; ExpressionError says what is wrong, and where."""
    parser = Parser(text, variables)
    parser.sum()
    parser.expect_end()
    return Expression(text, tuple(parser.steps))


def run(steps: Collection[Step], columns: Mapping[str, NDArray[Any]], seed: int, ids: NDArray[Any]) -> NDArray[Any]:
    """Return what is on the stack after all steps: one number or a column, perhaps not finite."""
    stack: list[Any] = []
    with np.errstate(all="ignore"):
        for step in steps:
            if isinstance(step.value, str):
                stack.append(np.asarray(columns[step.value], np.float64))
            elif not callable(step.value):
                stack.append(np.float64(step.value))
            else:
                chance = _chances(seed, step.chance, ids) if step.chance else ()
                arguments = stack[len(stack) - step.arity :]
                del stack[len(stack) - step.arity :]
                stack.append(step.value(*chance, *arguments))
    return np.asarray(stack[-1])


def _chances(seed: int, number: int, ids: NDArray[Any]) -> list[Column]:
    """Return two columns of numbers from [0, 1) for each id, the same for the same seed, number and id."""
    seeds = stream(seed, STREAM + number, 2).tolist()
    return [(drawn_weights(one, np.asarray(ids, np.int64)) + 1.0) / 2.0 for one in seeds]


class Parser:
    """Reads the tokens from left to right; each method reads one rule of the grammar and adds its steps.

    It knows of what kind each column on the stack will be, so that a richer grammar can mix kinds.
    """

    def __init__(self, text: str, variables: Collection[str]) -> None:
        self.text = text
        self.steps: list[Step] = []
        self._variables = variables
        self.stack: list[str] = []  # the kind of each column
        self._tokens = tokens_of(text)
        self._place = 0
        self._depth = 0
        self._chances = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self._place]

    def take(self, *signs: str) -> Token | None:
        """Return the next token and go on if it is one of these signs."""
        token = self.token
        if token.kind != "sign" or token.text not in signs:
            return None
        self._place += 1
        return token

    def skip(self) -> Token:
        """Return the next token and go on."""
        self._place += 1
        return self._tokens[self._place - 1]

    def emit(self, step: Step, token: Token, takes: str = NUMBER, gives: str = NUMBER) -> None:
        """Add a step that `token` asks for, or refuse columns of another kind than it takes."""
        taken = self.stack[len(self.stack) - step.arity :]
        del self.stack[len(self.stack) - step.arity :]
        wrong = next((kind for kind in taken if kind != takes), None)
        if wrong:
            raise self.error(f"'{token.text}' takes {takes}, not {wrong},", token)
        self.steps.append(step)
        self.stack.append(gives)

    def expect(self, sign: str, opened: Token) -> None:
        """Go on if the next token is this sign, which closes another."""
        if not self.take(sign):
            raise self.error(f"expected '{sign}' for the '{opened.text}' at column {opened.column}")

    def expect_end(self) -> None:
        """Refuse anything that follows."""
        if self.token.kind in ("number", "name", "quoted"):
            raise self.error(f"expected an operator before '{shorten(self.token.text, 20)}'")
        if self.token.kind != "end":
            raise self.error(f"unexpected '{self.token.text}'")

    def error(self, what: str, token: Token | None = None, hint: str = "") -> ExpressionError:
        """Return an error about the next token, or another."""
        token = token or self.token
        if token.kind == "end" and self.text.strip():
            what += ", but the text ends"
        return _error_at(what, token.column, hint)

    def sum(self) -> None:
        """Read terms with + and - between them."""
        self._chain(self._product, "+", "-")

    def _product(self) -> None:
        self._chain(self._signed, "*", "/")

    def _chain(self, operand: Callable[[], None], *signs: str) -> None:
        operand()
        while sign := self.take(*signs):
            operand()
            self.emit(Step(OPERATORS[sign.text], 2), sign)

    def _signed(self) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self.error(f"more than {DEPTH_LIMIT} levels in each other", hint="Use fewer parentheses and signs.")
        sign = self.take("+", "-")
        if sign:
            self._signed()
            self.emit(Step(np.negative if sign.text == "-" else np.positive, 1), sign)
        else:
            self.atom()
            if power := self.take("^"):
                self._signed()
                self.emit(Step(OPERATORS["^"], 2), power)
        self._depth -= 1

    def atom(self) -> None:
        """Read a number, a variable, a call, or something in parentheses or bars."""
        if opened := self.take("("):
            self.inside()
            self.expect(")", opened)
        elif opened := self.take("|"):
            self.sum()
            self.expect("|", opened)
            self.emit(Step(np.abs, 1), opened)
        elif self.token.kind == "number":
            self._number()
        elif self.token.kind == "name":
            self.name(self.skip())
        else:
            found = f", not '{shorten(self.token.text, 20)}'" if self.token.kind != "end" else ""
            raise self.error(f"expected a number or a name{found}")

    def inside(self) -> None:
        """Read what stands in parentheses."""
        self.sum()

    def _number(self) -> None:
        token = self.skip()
        number = float(token.text.replace("−", "-"))
        if not np.isfinite(number):
            raise self.error(f"the number '{shorten(token.text, 20)}' is too large", token)
        self.emit(Step(number), token)

    def name(self, token: Token) -> None:
        """Read a variable, a constant or a call, whose name is `token`."""
        name = token.text if token.text in self._variables else OTHER_NAMES.get(token.text, token.text)
        if token.text in FUNCTIONS:
            self._call(token, FUNCTIONS[token.text])
        elif name in self._variables:
            self.emit(Step(name), token)
        elif token.text in CONSTANTS:
            self.emit(Step(CONSTANTS[token.text]), token)
        else:
            names = [*self._variables, *CONSTANTS, *FUNCTIONS]
            raise self.error(f"unknown name '{shorten(token.text, 40)}'", token, did_you_mean(token.text, names))

    def _call(self, token: Token, function: Function) -> None:
        opened = self.take("(")
        if opened is None:
            raise self.error(f"'{token.text}' is a function", token, f"Write {token.text}(…).")
        self._chances += function.is_random
        chance = self._chances if function.is_random else 0
        count = 0
        if not (self.token.kind == "sign" and self.token.text == ")"):
            self.sum()
            count = 1
            while self.take(","):
                self.sum()
                count += 1
        self.expect(")", opened)
        if not function.least <= count <= function.most:
            wanted = "1 value" if function.most == 1 else f"{function.least} values"
            raise self.error(f"'{token.text}' takes {wanted}{' or more' * (function.most > 3)}, not {count},", token)
        self.emit(Step(function.value, count, chance), token)


def _error_at(what: str, column: int, hint: str = "") -> ExpressionError:
    return ExpressionError(f"{what} at column {column}", hint=hint, column=column)
