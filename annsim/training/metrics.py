"""How good outputs are: loss, accuracy, confusion, and for numbers RMSE and R2 in original units."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annsim.data.dataset import Dataset
from annsim.data.preparation import Preparation
from annsim.engine.compiler import compile_network, parameters_of
from annsim.engine.engines import choose_engine
from annsim.functions.scoring import Scoring
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.matching import column_order, matched_targets
from annsim.training.session import course_for


@dataclass(frozen=True)
class Evaluation:
    """Quality of a network on all rows of a data set.

    Attributes
    ----------
    samples : number of rows.
    loss : mean loss, in prepared units.
    accuracy : share of correct rows, or None where no output is right or wrong.
    rmse, r2 : by target column, in original units; None where there is an accuracy.
    classes : names of the rows and columns of `confusion`.
    confusion : confusion[i][j] rows of class i were given class j; None without classes.
    """

    samples: int
    loss: float
    accuracy: float | None
    rmse: dict[str, float] | None
    r2: dict[str, float | None] | None
    classes: tuple[str, ...] | None
    confusion: list[list[int]] | None

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of `annsim evaluate --json`."""
        return {
            "samples": self.samples,
            "loss": self.loss,
            "accuracy": self.accuracy,
            "rmse": self.rmse,
            "r2": self.r2,
            "classes": None if self.classes is None else list(self.classes),
            "confusion": self.confusion,
        }


def evaluate(network: Network, dataset: Dataset, settings: Settings | None = None) -> Evaluation:
    """Evaluate a network on all rows of a data set, with the loss of the settings."""
    compiled = compile_network(network)
    course = course_for(network, compiled, dataset, settings or Settings())
    engine, parameters = (
        choose_engine(course.settings.engine),
        parameters_of(network, compiled, course.inputs.dtype.type),
    )
    loss, accuracy = engine.evaluate(course, parameters, np.arange(len(course.inputs)))
    outputs = engine.outputs(compiled, parameters, course.inputs).astype(np.float64)
    rmse = r2 = classes = confusion = None
    if course.scoring is None:
        rmse, r2 = _regression(network, dataset, outputs)
    else:
        classes = class_names(network, dataset, course.scoring)
        if classes is not None:
            true = class_indices(course.targets.astype(np.float64), course.scoring)
            given = class_indices(outputs, course.scoring)
            confusion = np.zeros((len(classes), len(classes)), np.int64)
            np.add.at(confusion, (true, given), 1)
    table = None if confusion is None else confusion.tolist()
    return Evaluation(len(outputs), loss, accuracy, rmse, r2, classes, table)


def class_indices(outputs: NDArray[np.float64], scoring: Scoring) -> NDArray[np.int64]:
    """Return the class of every row as an index: the largest column, or the side of the one column's middle."""
    if scoring.middle is None:
        largest: NDArray[np.int64] = outputs.argmax(axis=1)
        return largest
    side: NDArray[np.int64] = (outputs[:, 0] > scoring.middle[0]).astype(np.int64)
    return side


def class_names(network: Network, dataset: Dataset, scoring: Scoring) -> tuple[str, ...] | None:
    """Return the names of the classes in the order of their indices, or None where columns are judged one by one."""
    order = column_order(network, "output", dataset.target_names)
    if scoring.middle is None:
        names = dataset.classes or dataset.target_names
        return tuple(names[column] for column in order)
    if len(order) > 1 or dataset.targets is None:
        return None
    return dataset.classes or tuple(f"{value:g}" for value in np.unique(dataset.targets))


def _regression(
    network: Network, dataset: Dataset, outputs: NDArray[np.float64]
) -> tuple[dict[str, float], dict[str, float | None]]:
    order = column_order(network, "output", dataset.target_names)
    targets = matched_targets(network, dataset)
    if dataset.preparation is not None:
        targets = restored(dataset.preparation, targets, order)
        outputs = restored(dataset.preparation, outputs, order)
    rmse: dict[str, float] = {}
    r2: dict[str, float | None] = {}
    for column, t, o in zip(order, targets.T, outputs.T, strict=True):
        name = dataset.target_names[column]
        residual, total = float(np.square(o - t).sum()), float(np.square(t - t.mean()).sum())
        rmse[name] = float(np.sqrt(residual / len(t)))
        r2[name] = 1 - residual / total if total > 0 else None
    return rmse, r2


def restored(preparation: Preparation, outputs: NDArray[np.float64], order: list[int]) -> NDArray[np.float64]:
    """Return outputs (samples, output neurons) in original units; order[n] is the target column of neuron n."""
    by_column = np.zeros((len(outputs), len(preparation.target_names)))
    by_column[:, order] = outputs
    return preparation.restore(by_column)[:, order]
