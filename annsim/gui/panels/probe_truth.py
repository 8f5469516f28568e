"""The truth table: every combination of up to six binary inputs, what comes out of it, and what should."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from annsim.engine.engines import choose_engine
from annsim.gui.document import Document

MOST_INPUTS = 6
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TruthTable:
    """All combinations of the levels of the inputs.

    Attributes
    ----------
    input_ids, output_ids : neurons in ascending id, the order of the columns.
    levels : (rows, inputs), in the units of the data.
    numbers : (rows, inputs), as they enter the network.
    targets : (rows, outputs), NaN where the data does not say; None where it says nothing at all.
    """

    input_ids: list[int]
    output_ids: list[int]
    levels: Numbers
    numbers: Numbers
    targets: Numbers | None

    def outputs(self, document: Document) -> Numbers:
        """Return (rows, outputs) for the weights on show."""
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = choose_engine("auto").outputs(document.compiled(), document.parameters, self.numbers)
        return outputs.astype(np.float64)

    def wrong(self, document: Document, outputs: Numbers) -> NDArray[np.bool_] | None:
        """Return which outputs are wrong, (rows, outputs); None where no row has a target value to be judged by."""
        columns, wrong = document.probe_columns(), np.zeros(outputs.shape, np.bool_)
        if self.targets is None:
            return None
        for row in self.known_rows():
            found = columns.wrong(outputs[row], self.targets[row])
            if found is None:
                return None
            wrong[row] = found
        return wrong

    def known_rows(self) -> list[int]:
        """Return the rows for which the data has target values."""
        return [] if self.targets is None else np.flatnonzero(~np.isnan(self.targets[:, 0])).tolist()

    def row_of(self, numbers: Numbers) -> int | None:
        """Return the row of these inputs (inputs,), None where they are no combination of levels."""
        near = np.isclose(self.numbers, numbers, rtol=1e-9, atol=1e-9).all(axis=1)
        return int(near.argmax()) if near.any() else None


def truth_table(document: Document) -> TruthTable | str:
    """Return the table of the drawing, or the reason why there is none."""
    network, columns = document.network, document.probe_columns()
    inputs, outputs = network.ids_of_role("input"), network.ids_of_role("output")
    if len(inputs) > MOST_INPUTS:
        return f"No truth table: it is shown for up to {MOST_INPUTS} inputs, and there are {len(inputs):,}."
    units = [columns.unit(i) for i in inputs]
    for neuron_id, unit in zip(inputs, units, strict=True):
        if unit.levels is None:
            name = network.neuron_values(neuron_id).name
            return f"No truth table: in the data, input {name} does not have just two values."
    levels = np.array(list(product(*(unit.levels or () for unit in units))))
    numbers = np.array([columns.numbers(dict(zip(inputs, row, strict=True))) for row in levels.tolist()])
    found = [columns.targets(row) for row in numbers]
    targets = None
    if any(row is not None for row in found):
        unknown = np.full(len(outputs), np.nan)
        targets = np.array([unknown if row is None else row for row in found])
    return TruthTable(inputs, outputs, levels, numbers, targets)
