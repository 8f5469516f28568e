"""What comes out of the probe: each output beside its target value, the class they stand for, right or wrong."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.gui.document import Document
from annsim.gui.look import number_text
from annsim.gui.widgets.neuron_meters import meter_text

DECIMALS = 3
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class ProbedOutput:
    """One output neuron; texts, in the units of the data.

    Attributes
    ----------
    number : the output as it leaves the network, where that is another number.
    share : length of its bar, 0 to 1, where it stands for a class; else None.
    is_chosen : whether it is the class that the network says.
    is_right : None where nothing is right or wrong.
    """

    name: str
    output: str
    number: str = ""
    target: str = ""
    share: float | None = None
    is_chosen: bool = False
    is_right: bool | None = None

    @property
    def said(self) -> str:
        """The same in words."""
        target = f", target {self.target}" if self.target else ""
        verdict = {None: "", True: ", right", False: ", wrong"}[self.is_right]
        return f"{self.name} {self.output}{target}{verdict}"


@dataclass(frozen=True)
class Probed:
    """All outputs, and a sentence about them where there is one."""

    outputs: tuple[ProbedOutput, ...]
    verdict: str = ""
    is_right: bool | None = None


def probed(document: Document) -> Probed:
    """Return the outputs of the moment on show."""
    network, moment, columns = document.network, document.moment, document.probe_columns()
    ids = network.ids_of_role("output")
    numbers, targets = moment.output[[moment.place[i] for i in ids]], document.targets
    wrong = None if targets is None else columns.wrong(numbers, targets)
    is_one_each = columns.has_class_outputs or _is_softmax(document, ids)
    largest = int(np.nan_to_num(numbers, nan=-np.inf).argmax())
    shown = columns.restored(numbers)
    wanted = None if targets is None else columns.restored(targets)
    outputs = []
    for k, i in enumerate(ids):
        is_chosen = is_one_each and k == largest
        has_verdict = wrong is not None and (is_chosen or not is_one_each)
        outputs.append(
            ProbedOutput(
                network.neuron_values(i).name,
                meter_text(float(shown[k]), DECIMALS),
                "" if shown[k] == numbers[k] else meter_text(float(numbers[k]), DECIMALS),
                "" if wanted is None else number_text(float(wanted[k])),
                float(np.clip(np.nan_to_num(numbers[k]), 0, 1)) if is_one_each else None,
                is_chosen,
                not wrong[k] if has_verdict and wrong is not None else None,
            )
        )
    said = columns.class_of(numbers) or (outputs[largest].name if is_one_each else "")
    wanted_class = "" if targets is None else columns.class_of(targets)
    return Probed(tuple(outputs), *_verdict(numbers, wrong, said, wanted_class))


def _is_softmax(document: Document, ids: list[int]) -> bool:
    return len(ids) > 1 and all(document.network.neuron_values(i).activation == "softmax" for i in ids)


def _verdict(numbers: Numbers, wrong: NDArray[np.bool_] | None, said: str, wanted: str) -> tuple[str, bool | None]:
    """Return a sentence about the outputs ("" where there is none), and whether all of them are right."""
    is_right = None if wrong is None else not wrong.any()
    if not np.isfinite(numbers).all():
        return "The outputs are not finite numbers.", is_right
    if said:
        return f"Class {said}" + (f", target {wanted}" if is_right is False else ""), is_right
    if wrong is None or len(numbers) == 1:
        return "", is_right
    return ("All outputs are right" if is_right else f"{wrong.sum()} of {len(numbers)} outputs wrong"), is_right
