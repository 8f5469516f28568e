"""The data sets that need no file: ``builtin:xor``, ``builtin:spiral,noise=10,seed=3,samples=500``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from annsim.data import generated
from annsim.data.generated import Logic, Random, truth_table
from annsim.data.split import LARGEST_SEED
from annsim.data.table import Column, Numbers, Table
from annsim.errors import DataError, did_you_mean, shorten
from annsim.functions.randomness import Purpose, generator

PREFIX = "builtin:"

Columns = Mapping[str, Column]


@dataclass(frozen=True)
class BuiltinSet:
    """A data set by name.

    Attributes
    ----------
    name, description : str
        The description is one line.
    make : callable
        Makes the columns from the number of samples, the noise (0 to 0.5) and random numbers.
    targets : tuple of str
        Which columns are targets.
    samples : int or None
        Default number of samples; None for a set that is always the same and takes no options.
    scaling : str
        Default scaling of its inputs.
    """

    name: str
    description: str
    make: Callable[[int, float, Random], Columns]
    targets: tuple[str, ...] = ("class",)
    samples: int | None = None
    scaling: str = "none"


@dataclass(frozen=True)
class _Option:
    kind: type[int] | type[float]
    pattern: str
    low: int
    high: int
    default: int


_OPTIONS = {
    "noise": _Option(float, r"\d{1,9}(\.\d{0,9})?", 0, 50, 0),  # per cent
    "seed": _Option(int, r"\d{1,19}", 0, LARGEST_SEED, 1),
    "samples": _Option(int, r"\d{1,19}", 2, 1_000_000, 500),
}


def read_builtin(source: str) -> Table:
    """Return the table of a built-in data set.

    Parameters
    ----------
    source : str
        ``builtin:NAME``, for generated sets with options: ``builtin:spiral,noise=10,seed=3,samples=500`` (noise in per
        cent, 0 to 50).

    Raises
    ------
    DataError
        An unknown name or option, or a value out of range.
    """
    name, *options = [part.strip() for part in source.removeprefix(PREFIX).split(",")]
    if name not in BUILTIN_SETS:
        text = shorten(name, 40)
        raise DataError(f"no built-in data set is called '{text}'", hint=did_you_mean(text, BUILTIN_SETS))
    builtin = BUILTIN_SETS[name]
    values = _parse_options(builtin, options)
    columns = builtin.make(
        int(values["samples"]), values["noise"] / 100, generator(int(values["seed"]), Purpose.GENERATED_DATA)
    )
    return Table(columns, marked_targets=builtin.targets, source=source, scaling=builtin.scaling, scales_targets=False)


def _parse_options(builtin: BuiltinSet, options: list[str]) -> dict[str, float]:
    where = f"{PREFIX}{builtin.name}"
    if options and builtin.samples is None:
        raise DataError("this data set is always the same and takes no options", where=where)
    values: dict[str, float] = {key: option.default for key, option in _OPTIONS.items()}
    values["samples"] = builtin.samples or 0
    given = set()
    for option in options:
        key, _, text = (part.strip() for part in option.partition("="))
        if key not in _OPTIONS:
            key = shorten(key, 40)
            raise DataError(f"there is no option '{key}'", where=where, hint=did_you_mean(key, _OPTIONS))
        if key in given:
            raise DataError(f"option '{key}' is given twice", where=where)
        given.add(key)
        values[key] = _parse_value(key, text, where)
    return values


def _parse_value(key: str, text: str, where: str) -> float:
    option = _OPTIONS[key]
    value = option.kind(text) if re.fullmatch(option.pattern, text, re.ASCII) else None
    if value is None or not option.low <= value <= option.high:
        word = "a whole number" if option.kind is int else "a number"
        what = f"{key} must be {word} from {option.low} to {option.high}, not '{shorten(text, 40)}'"
        raise DataError(what, where=where)
    return value


def _logic(inputs: str, **targets: Logic) -> Callable[[int, float, Random], Columns]:
    return lambda *_: truth_table(inputs, targets)


def _from_sklearn(name: str, target: str) -> Callable[[int, float, Random], Columns]:
    def make(*_: object) -> Columns:
        from sklearn import datasets

        bunch = getattr(datasets, f"load_{name}")()
        names = [str(column).removesuffix(" (cm)").replace("_", " ") for column in bunch.feature_names]
        columns: dict[str, Column] = dict(zip(names, np.ascontiguousarray(bunch.data.T, np.float64), strict=True))
        columns[target] = np.array([str(bunch.target_names[code]) for code in bunch.target], object)
        return columns

    return make


def _parity(ones: Numbers) -> Numbers:
    return ones % 2


_SETS = (
    BuiltinSet("and", "1 where both inputs are 1", _logic("x1 x2", y=lambda ones: ones == 2), ("y",)),
    BuiltinSet("or", "1 where an input is 1", _logic("x1 x2", y=lambda ones: ones >= 1), ("y",)),
    BuiltinSet("nand", "0 where both inputs are 1", _logic("x1 x2", y=lambda ones: ones < 2), ("y",)),
    BuiltinSet("nor", "1 where no input is 1", _logic("x1 x2", y=lambda ones: ones == 0), ("y",)),
    BuiltinSet("xor", "1 where exactly one input is 1", _logic("x1 x2", y=_parity), ("y",)),
    BuiltinSet("parity3", "1 where an odd number of the three inputs is 1", _logic("x1 x2 x3", y=_parity), ("y",)),
    BuiltinSet(
        "half_adder",
        "Adds two bits: sum and carry",
        _logic("a b", sum=_parity, carry=lambda ones: ones >= 2),
        ("sum", "carry"),
    ),
    BuiltinSet(
        "full_adder",
        "Adds two bits and the carry of the digit before: sum and carry",
        _logic("a b carry_in", sum=_parity, carry=lambda ones: ones >= 2),
        ("sum", "carry"),
    ),
    BuiltinSet("circle", "A disc in a ring, two classes", generated.circle, samples=500),
    BuiltinSet("gauss", "Two clouds, two classes", generated.gauss, samples=500),
    BuiltinSet("spiral", "Two arms of a spiral, two classes", generated.spiral, samples=500),
    BuiltinSet("moons", "Two half circles that reach into each other, two classes", generated.moons, samples=500),
    BuiltinSet("plane", "A tilted plane over a square", generated.plane, ("y",), samples=1200),
    BuiltinSet("hills", "Three hills and three hollows over a square", generated.hills, ("y",), samples=1200),
    BuiltinSet("sine", "One period of the sine", generated.sine, ("y",), samples=500),
    BuiltinSet(
        "iris",
        "150 irises of three species, four lengths of the flower (Fisher 1936)",
        _from_sklearn("iris", "species"),
        ("species",),
        scaling="standard",
    ),
    BuiltinSet(
        "wine",
        "178 wines of three cultivars, 13 chemical measurements (UCI)",
        _from_sklearn("wine", "cultivar"),
        ("cultivar",),
        scaling="standard",
    ),
    BuiltinSet(
        "breast_cancer",
        "569 tumours, benign or malignant, 30 measurements of cell nuclei (UCI)",
        _from_sklearn("breast_cancer", "diagnosis"),
        ("diagnosis",),
        scaling="standard",
    ),
    BuiltinSet(
        "digits",
        "1797 handwritten digits of 8 x 8 pixels, ten classes (UCI)",
        _from_sklearn("digits", "digit"),
        ("digit",),
        scaling="standard",
    ),
)

BUILTIN_SETS: Mapping[str, BuiltinSet] = {builtin.name: builtin for builtin in _SETS}
