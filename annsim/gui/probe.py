"""Inputs set by hand: in which units an input counts, and what the data says about it."""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annsim.data.columns import NumberColumn, PreparedColumn
from annsim.data.dataset import Dataset
from annsim.errors import AnnsimError
from annsim.functions.scoring import Scoring, scoring_for
from annsim.network.network import Network
from annsim.training.matching import column_order

Numbers = NDArray[np.float64]
DIGITS = 12  # significant, of a value that is computed back from a prepared number
ANSWERS = 256  # kept
SAME = 1e-9  # relative; two numbers this close are the same value


@dataclass(frozen=True)
class InputUnit:
    """How the value of an input neuron is counted: in the units of the data, where there is data.

    Attributes
    ----------
    offset, scale : the number that enters the network is (value - offset) / scale; a scale of 0 makes it 0.
    low, high : the range of the values.
    levels : low and high of a binary input, else None.
    """

    offset: float = 0.0
    scale: float = 1.0
    low: float = 0.0
    high: float = 1.0
    levels: tuple[float, float] | None = (0.0, 1.0)

    @property
    def is_scaled(self) -> bool:
        """Whether another number enters the network than the data holds."""
        return (self.offset, self.scale) != (0.0, 1.0)

    def number(self, value: float) -> float:
        """Return what enters the network for a value."""
        return (value - self.offset) / self.scale if self.scale else 0.0

    def level(self, value: float) -> bool | None:
        """Return whether a value is the high level (True) or the low one (False); None: it is neither."""
        return None if self.levels is None or value not in self.levels else value == self.levels[1]


PLAIN = InputUnit()


class DataUnits:
    """The units of the input columns of a data set; each is found when it is asked for, once."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        made = dataset.preparation
        self.constants = _constants(None if made is None else made.inputs, len(dataset.input_names))
        self.target_constants = _constants(None if made is None else made.targets, len(dataset.target_names))
        self._found: dict[int, InputUnit] = {}
        self._rows: dict[tuple[tuple[int, ...], bytes], NDArray[np.intp]] = {}

    def __getitem__(self, column: int) -> InputUnit:
        if column not in self._found:
            self._found[column] = self._unit(column)
        return self._found[column]

    @cached_property
    def scoring(self) -> Scoring | None:
        """How the data judges outputs, in the order of its target columns; None where none is right or wrong."""
        targets = self.dataset.targets
        return None if targets is None else scoring_for(targets, self.dataset.classes is not None)

    def rows(self, columns: tuple[int, ...], numbers: Numbers) -> NDArray[np.intp]:
        """Return the rows that hold these numbers (columns,) in some columns; the last answers are kept."""
        key = columns, numbers.tobytes()
        if key not in self._rows:
            if len(self._rows) >= ANSWERS:
                self._rows.clear()
            self._rows[key] = self._found_rows(columns, numbers)
        return self._rows[key]

    def _found_rows(self, columns: tuple[int, ...], numbers: Numbers) -> NDArray[np.intp]:
        rows = np.arange(len(self.dataset))
        # the largest number first: it is the rarest, so that few rows are left for the other columns
        for place in np.argsort(-np.abs(numbers), kind="stable").tolist():
            number = numbers[place]
            off = np.abs(self.dataset.inputs[rows, columns[place]] - number)
            rows = rows[off <= SAME * max(1.0, abs(number))]
            if not len(rows):
                break
        return rows

    def _unit(self, column: int) -> InputUnit:
        offset, scale = self.constants[:, column].tolist()
        numbers = self.dataset.inputs[:, column]
        ends = float(numbers.min()), float(numbers.max())
        low, high = (in_units(end, offset, scale) for end in ends)
        is_binary = low < high and bool(((numbers == ends[0]) | (numbers == ends[1])).all())
        return InputUnit(offset, scale, low, high, (low, high) if is_binary else None)


class ProbeColumns:
    """Where the neurons of a network find their values in the data; without data, or data that fits, nowhere.

    Attributes
    ----------
    inputs : input neuron id to column.
    outputs : column of each output neuron, in ascending id; empty where targets and outputs do not fit.
    """

    def __init__(self, network: Network, units: DataUnits | None) -> None:
        self._units = units
        self._ids = network.ids_of_role("input")
        self.inputs: dict[int, int] = {}
        self.outputs: list[int] = []
        if units is None:
            return
        dataset = units.dataset
        try:
            order = column_order(network, "input", dataset.input_names, dataset.has_input_names)
        except AnnsimError:
            return  # the data panel shows where data and drawing do not fit
        self.inputs = dict(zip(self._ids, order, strict=True))
        with suppress(AnnsimError):
            self.outputs = column_order(network, "output", dataset.target_names)

    def unit(self, neuron_id: int) -> InputUnit:
        """Return the unit of an input neuron; that of plain numbers where no column belongs to it."""
        column = self.inputs.get(neuron_id)
        return PLAIN if column is None or self._units is None else self._units[column]

    def value(self, neuron_id: int, number: float) -> float:
        """Return the value of an input neuron for which a number enters the network."""
        column = self.inputs.get(neuron_id)
        if column is None or self._units is None:
            return number
        offset, scale = self._units.constants[:, column].tolist()
        return in_units(number, offset, scale)

    def numbers(self, values: Mapping[int, float]) -> Numbers:
        """Return what enters the network, (input neurons,) in ascending id, for values by neuron id."""
        given = np.array([values.get(i, 0.0) for i in self._ids], np.float64)
        if self._units is None or not self.inputs:
            return given
        offset, scale = self._units.constants[:, [self.inputs[i] for i in self._ids]]
        with np.errstate(over="ignore"):
            return np.where(scale == 0, 0.0, (given - offset) / np.where(scale == 0, 1.0, scale))

    def restored(self, numbers: Numbers) -> Numbers:
        """Return outputs or target values (output neurons,) in the units of the data."""
        if self._units is None or not self.outputs:
            return numbers
        constants = self._units.target_constants[:, self.outputs].T.tolist()
        values = [in_units(n, *both) if math.isfinite(n) else n for n, both in zip(numbers, constants, strict=True)]
        return np.array(values, np.float64)

    @property
    def has_class_outputs(self) -> bool:
        """Whether each output stands for a class of the data."""
        scoring = self._scoring()
        return scoring is not None and scoring.middle is None

    def class_of(self, numbers: Numbers) -> str:
        """Return the class that outputs or target values (output neurons,) stand for; "" where they stand for none."""
        scoring = self._scoring()
        if scoring is None or self._units is None:
            return ""
        names = self._units.dataset.classes
        if scoring.middle is None:
            names = names or self._units.dataset.target_names
            return names[self.outputs[int(numbers.argmax())]]
        return "" if names is None else names[bool(numbers[0] > scoring.middle[0])]

    def rows(self, numbers: Numbers) -> NDArray[np.intp]:
        """Return the rows of the data in which exactly these numbers enter the network."""
        if self._units is None or not self.inputs:
            return np.empty(0, np.intp)
        return self._units.rows(tuple(self.inputs[i] for i in self._ids), numbers)

    def targets(self, numbers: Numbers) -> Numbers | None:
        """Return the target values (output neurons,) of these numbers; None where no row, or no single one, says."""
        rows = self.rows(numbers)
        if self._units is None or self._units.dataset.targets is None or not self.outputs or not len(rows):
            return None
        found = self._units.dataset.targets[rows][:, self.outputs]
        return found[0] if (found == found[0]).all() else None

    def wrong(self, outputs: Numbers, targets: Numbers) -> NDArray[np.bool_] | None:
        """Return which outputs (output neurons,) are wrong; None where the data has no right and wrong.

        Of classes it is the largest output that is wrong, or none.
        """
        scoring = self._scoring()
        if scoring is None:
            return None
        if scoring.middle is not None:
            middle = scoring.middle[self.outputs]
            sides: NDArray[np.bool_] = (outputs > middle) != (targets > middle)
            return sides
        wrong = np.zeros(len(outputs), np.bool_)
        wrong[outputs.argmax()] = not scoring.correct(outputs[None], targets[None])[0]
        return wrong

    def _scoring(self) -> Scoring | None:
        return None if self._units is None or not self.outputs else self._units.scoring


def in_units(number: float, offset: float, scale: float) -> float:
    """Return number * scale + offset without the dust of rounding: 5.1, not 5.1000000000000005; 0, not 1e-17."""
    if (offset, scale) == (0.0, 1.0):
        return number
    size = max(abs(offset), abs(number * scale))
    return round(number * scale + offset, DIGITS - math.ceil(math.log10(size))) + 0.0 if size else 0.0


def _constants(prepared: Sequence[PreparedColumn] | None, count: int) -> Numbers:
    """Return offset and scale of each column that the preparation makes, (2, columns)."""
    if prepared is None or not count:
        return np.tile([[0.0], [1.0]], count)
    found: list[tuple[float, float]] = []
    for column in prepared:
        found += [(column.offset, column.scale) if isinstance(column, NumberColumn) else (0.0, 1.0)] * column.width
    return np.array(found, np.float64).T
