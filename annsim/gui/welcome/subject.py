"""What there is to see of a project: its drawing as it is after training, and its data beside it, as arrays."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annsim.data.columns import NumberColumn
from annsim.data.dataset import Dataset
from annsim.gui.welcome.words import is_untrainable, only_steps, picture_side
from annsim.network.network import Network
from annsim.project.loading import load_for
from annsim.project.project import Project
from annsim.training.matching import matched_inputs, matched_targets
from annsim.training.session import Session

GRID = 64  # points of a decision map along each axis
CURVE_POINTS = 160
MARGIN = 0.12  # of the range of the data, on each side
MOST_TABLE_INPUTS = 3
MOST_POINTS = 70

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TruthTable:
    """Rows of zeros and ones, and what the network makes of them: (rows, inputs) and (rows, outputs)."""

    inputs: Numbers
    outputs: Numbers


@dataclass(frozen=True, eq=False)
class DecisionMap:
    """The output over two inputs: `values` (GRID, GRID), -1 to 1, the first row at the top; `low`, `high` (2,)."""

    values: Numbers
    low: Numbers
    high: Numbers
    points: Numbers
    classes: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Curve:
    """The output over one input: `line` (CURVE_POINTS, 2), and the data's `points` (points, 2)."""

    line: Numbers
    points: Numbers


@dataclass(frozen=True, eq=False)
class Points:
    """The data in the two columns that part its classes best: `points` (points, 2), `classes` (points,)."""

    points: Numbers
    classes: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Pictures:
    """One picture of each class, (classes, side, side), 0 to 1."""

    pixels: Numbers


Side = TruthTable | DecisionMap | Curve | Points | Pictures | None


@dataclass(frozen=True, eq=False)
class Subject:
    """A project as it is drawn in its picture, with the data where it is there."""

    project: Project
    dataset: Dataset | None
    side: Side


def dataset_of(project: Project) -> Dataset | None:
    """Return the data of a project; AnnsimError where it cannot be read."""
    if project.data is None:
        return None
    return load_for(project.network, project.data, project.settings)[0]


def can_learn(project: Project, dataset: Dataset | None) -> bool:
    """Return whether training would change how a project looks, and comes to an end.

    Pictures of classes show no weights.
    """
    has_end = project.settings.epochs is not None
    return has_end and dataset is not None and not is_untrainable(project.network) and not picture_side(project)


def learned_weights(project: Project, dataset: Dataset, is_wanted: Callable[[], bool]) -> Numbers | None:
    """Return weights and biases after training as the project says, (parameters,); None once it is not wanted."""
    session = Session(project.network, dataset, project.settings)
    for _ in session:
        if not is_wanted():
            return None
    session.finish()
    return np.array(session.learning.parameters.values, np.float64)


def with_weights(project: Project, dataset: Dataset, values: Numbers) -> bool:
    """Put learned weights and biases into a project; return whether there are as many as it needs."""
    session = Session(project.network, dataset, project.settings)
    own = session.learning.parameters.values
    if own.shape != values.shape:
        return False
    own[:] = values
    project.network.apply(session.edit())
    return True


def subject_of(project: Project, dataset: Dataset | None) -> Subject:
    """Return what there is to see of a project as it is."""
    return Subject(project, dataset, _side(project, dataset))


def _side(project: Project, dataset: Dataset | None) -> Side:
    network = project.network
    inputs, outputs = len(network.ids_of_role("input")), len(network.ids_of_role("output"))
    if only_steps(network) and 0 < inputs <= MOST_TABLE_INPUTS and outputs:
        rows = np.array(list(itertools.product((0.0, 1.0), repeat=inputs)))
        return TruthTable(rows, network.predict(rows))
    if dataset is None or dataset.targets is None or not inputs or not outputs:
        return None
    if picture_side(project):
        return _pictures(dataset, picture_side(project))
    points, classes = matched_inputs(network, dataset), _classes(matched_targets(network, dataset))
    some = _some_rows(len(points))
    if inputs == 2 and outputs == 1 and dataset.classes is not None:
        is_symmetric = project.data is not None and project.data.coding == "-1/1"
        return _decision_map(network, points, points[some], classes[some], is_symmetric)
    if inputs == outputs == 1 and dataset.classes is None:
        return _curve(network, points, np.column_stack([points[some], dataset.targets[some]]))
    if inputs >= 2 and dataset.is_one_hot:
        best = _parting_columns(points, classes)
        return Points(points[some][:, best], classes[some])
    return None


def _classes(targets: Numbers) -> NDArray[np.intp]:
    """Return the class of each row: the largest of several outputs, else whether the only one is its upper value."""
    if targets.shape[1] > 1:
        return targets.argmax(axis=1)
    return (targets[:, 0] > targets[:, 0].mean()).astype(np.intp)


def _decision_map(
    network: Network, points: Numbers, shown: Numbers, classes: NDArray[np.intp], is_symmetric: bool
) -> DecisionMap:
    low, high = _range(points)
    x, y = np.linspace(low[0], high[0], GRID), np.linspace(high[1], low[1], GRID)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    values = network.predict(grid).reshape(GRID, GRID)
    values = values if is_symmetric else 2 * values - 1
    return DecisionMap(np.clip(values, -1, 1), low, high, shown, classes)


def _curve(network: Network, points: Numbers, shown: Numbers) -> Curve:
    low, high = _range(points)
    x = np.linspace(low[0], high[0], CURVE_POINTS)[:, None]
    return Curve(np.hstack([x, network.predict(x)]), shown)


def _pictures(dataset: Dataset, side: int) -> Pictures | None:
    preparation = dataset.preparation
    if preparation is None or dataset.targets is None:
        return None
    columns = [column for column in preparation.inputs if isinstance(column, NumberColumn)]
    if len(columns) != side * side:
        return None
    of_class = dataset.targets.argmax(axis=1)
    rows = np.array([np.flatnonzero(of_class == k)[0] for k in np.unique(of_class)])
    raw = dataset.inputs[rows] * [column.scale for column in columns] + [column.offset for column in columns]
    return Pictures(((raw - raw.min()) / max(np.ptp(raw), 1e-12)).reshape(-1, side, side))


def _parting_columns(points: Numbers, classes: NDArray[np.intp]) -> list[int]:
    """Return the two columns whose class means lie farthest apart against the spread within the classes."""
    groups = [points[classes == k] for k in np.unique(classes)]
    between = np.var([group.mean(axis=0) for group in groups], axis=0)
    within = np.mean([group.var(axis=0) for group in groups], axis=0)
    best: list[int] = np.argsort(-between / np.maximum(within, 1e-12), kind="stable")[:2].tolist()
    return sorted(best)


def _some_rows(count: int) -> NDArray[np.intp]:
    """Return at most `MOST_POINTS` rows, evenly taken."""
    return np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(np.intp)


def _range(points: Numbers) -> tuple[Numbers, Numbers]:
    low, high = points.min(axis=0), points.max(axis=0)
    margin = MARGIN * np.where(high > low, high - low, 1.0)
    return low - margin, high + margin
