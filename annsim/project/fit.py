"""Fit: makes or matches input neurons, output neurons and the loss to a data set, as one edit that can be undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annsim.data.columns import CategoryColumn
from annsim.data.dataset import Dataset
from annsim.errors import DataError, shorten
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.network.builders import block_places
from annsim.network.edits import Add, Compound, Edit, SetValues
from annsim.network.network import LAYER_DISTANCE, NEURON_DISTANCE, Network
from annsim.network.neuron import NAME_LIMIT, NeuronValues, Position, Role
from annsim.project.loading import coding_for, load_for
from annsim.project.project import BUILTIN, DataReference, Project
from annsim.settings import Settings

OUTPUT_X = 2 * LAYER_DISTANCE  # leaves a layer's room for hidden neurons
LOSSES_FOR_NUMBERS = ("half_squared_error", "mean_squared_error", "mean_absolute_error", "huber")
CLASS, TWO_VALUES, NUMBER = "class", "two values", "number"


@dataclass(frozen=True)
class Fit:
    """What has to change so that a network can learn from a data set.

    Attributes
    ----------
    edit : all changes of the drawing; without parts where nothing has to change.
    settings : with a loss that suits the target values.
    reference, dataset : the data as the fitted network takes it.
    says : sentences about what changes.
    """

    edit: Compound
    settings: Settings
    reference: DataReference
    dataset: Dataset
    says: tuple[str, ...]


@dataclass(frozen=True)
class _Functions:
    """The functions of one output neuron."""

    activation: str
    output: str = "identity"


def fit(project: Project, reference: DataReference, dataset: Dataset | None = None) -> Fit:
    """Return what makes a project's drawing and loss suit a data set; the project itself is not touched.

    Neurons, arrows and weights that are there stay; only names and functions of inputs and outputs are set, and
    missing input and output neurons are added.

    Parameters
    ----------
    project : whose network and settings are to be fitted.
    reference : the data.
    dataset : the rows of `reference` where they have been read already; read again where the coding has to change.

    Raises
    ------
    DataError
        Where the network has more input or output neurons than the data has columns, or there are no target values.
    """
    network = project.network
    if dataset is None or not is_coded_for(network, reference):
        dataset, reference = load_for(network, reference, project.settings)
    if dataset.targets is None:
        raise DataError("the data has no target values", hint="Give a column of targets.")
    _check_counts(network, dataset)
    inputs, outputs = network.ids_of_role("input"), network.ids_of_role("output")
    input_names, output_names = _names(network, dataset)
    functions, about_softmax = _functions(network, dataset)
    edits = [
        *_set("name", network, inputs + outputs, input_names[: len(inputs)] + output_names[: len(outputs)]),
        *_set("activation", network, outputs, [f.activation for f in functions[: len(outputs)]]),
        *_set("output", network, outputs, [f.output for f in functions[: len(outputs)]]),
        *_added(network, input_names, output_names, functions),
    ]
    settings = project.settings.with_changes(loss=_loss(project.settings.loss, functions, dataset))
    edit = Compound(tuple(edits), f"Fit to {source_name(reference.source)}")
    says = (*_says(network, edits, functions), *about_softmax, *_says_loss(project.settings, settings))
    return Fit(edit, settings, reference, dataset, says or ("The network suits the data already.",))


def source_name(source: str) -> str:
    """Return what people call a data source: "spiral, noise=10" or the name of a file."""
    if source.startswith(BUILTIN):
        return source.removeprefix(BUILTIN).replace(",", ", ")
    return Path(source).name or source


def is_coded_for(network: Network, reference: DataReference) -> bool:
    """Return whether the target values of read data are coded as the present output neurons want them."""
    preparation = reference.preparation
    return preparation is not None and reference.coding == coding_for(network, preparation)


def _check_counts(network: Network, dataset: Dataset) -> None:
    roles: tuple[tuple[Role, str, int], ...] = (
        ("input", "input", len(dataset.input_names)),
        ("output", "target", len(dataset.target_names)),
    )
    for role, kind, wanted in roles:
        there = len(network.ids_of_role(role))
        if there > wanted:
            raise DataError(
                f"the network has {_count(there, f'{role} neuron')}, "
                f"and the data has {_count(wanted, f'{kind} column')}",
                hint=f"Delete {_count(there - wanted, f'{role} neuron')}, or choose other data.",
            )


# names


def _names(network: Network, dataset: Dataset) -> tuple[list[str], list[str]]:
    """Return the names of all input and output neurons, those that are there first, in ascending id.

    A neuron that is named after a column keeps its name. Where a column's name is no name for a neuron, or another
    neuron has it, the columns are taken in their order, since the names then say nothing.
    """
    taken = {network.neuron_values(i).name for i in network.ids_of_role("hidden")}
    columns = [*dataset.input_names, *dataset.target_names]
    is_free = len(set(columns)) == len(columns) and not taken & set(columns)
    inputs: tuple[Role, Sequence[str]] = ("input", dataset.input_names)
    outputs: tuple[Role, Sequence[str]] = ("output", dataset.target_names)
    if is_free and all(_is_name(name) for name in columns):
        return _by_name(network, *inputs), _by_name(network, *outputs)
    free = _distinct(columns, taken)
    return free[: len(dataset.input_names)], free[len(dataset.input_names) :]


def _by_name(network: Network, role: Role, columns: Sequence[str]) -> list[str]:
    present = [network.neuron_values(i).name for i in network.ids_of_role(role)]
    kept = set(present) & set(columns)
    others = iter(name for name in columns if name not in kept)
    names = [name if name in kept else next(others) for name in present]
    return [*names, *others]


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= NAME_LIMIT and text.isprintable()


def _distinct(columns: Sequence[str], taken: set[str]) -> list[str]:
    names: list[str] = []
    used = set(taken)
    for column in columns:
        plain = "".join(c if c.isprintable() else " " for c in column).strip() or "column"
        name, number = shorten(plain, NAME_LIMIT), 2
        while name in used:
            name, number = f"{shorten(plain, NAME_LIMIT - 12)} {number}", number + 1
        used.add(name)
        names.append(name)
    return names


# functions and loss


def _kinds(dataset: Dataset) -> list[str]:
    """Return what each prepared target column holds."""
    if dataset.preparation is None:
        return [CLASS if dataset.is_one_hot else NUMBER] * len(dataset.target_names)
    kinds: list[str] = []
    for column in dataset.preparation.targets:
        kind = TWO_VALUES if isinstance(column, CategoryColumn) else NUMBER
        alone = len(dataset.preparation.targets) == 1 and column.width > 1
        kinds += [CLASS if alone else kind] * column.width
    return kinds


def _functions(network: Network, dataset: Dataset) -> tuple[list[_Functions], list[str]]:
    """Return the functions of every output neuron, and a sentence where classes cannot get softmax."""
    kinds = _kinds(dataset)
    outputs = network.ids_of_role("output")
    if CLASS in kinds:
        sources = set(network.store.block.source.tolist())
        blocked = [network.neuron_values(i).name for i in outputs if i in sources]
        if blocked:
            names = shorten(", ".join(blocked), 80)
            has = "has an outgoing arrow" if len(blocked) == 1 else "have outgoing arrows"
            said = f"{names} {has}, which softmax does not allow: the outputs are sigmoid."
            return [_Functions("sigmoid")] * len(kinds), [said]
        return [_Functions("softmax")] * len(kinds), []
    assert dataset.targets is not None  # noqa: S101 (checked at the start)
    symmetric = coding_for(network) == "-1/1"
    present = [_Functions(v.activation, v.output) for v in map(network.neuron_values, outputs)]
    functions = []
    for place, kind in enumerate(kinds):
        old = present[place] if place < len(present) else present[0] if symmetric else None
        column = dataset.targets[:, place]
        functions.append(old if old is not None and _suits(old, kind, column, symmetric) else _usual(kind))
    return functions, []


def _usual(kind: str) -> _Functions:
    return _Functions("linear" if kind == NUMBER else "sigmoid")


def _suits(functions: _Functions, kind: str, column: NDArray[np.float64], symmetric: bool) -> bool:
    """Return whether an output neuron may keep its functions: they reach the target values."""
    phi, psi = ACTIVATIONS[functions.activation], OUTPUTS[functions.output]
    if kind == TWO_VALUES:
        return symmetric or (functions.activation in ("sigmoid", "step") and functions.output == "identity")
    low, high = max(phi.low, psi.low), min(phi.high, psi.high)
    is_stepped = "step" in functions.activation or functions.output == "binary"
    reaches = low <= column.min() and column.max() <= high
    return bool(reaches and not is_stepped and not phi.joint)


def _loss(present: str, functions: Sequence[_Functions], dataset: Dataset) -> str:
    activations = {f.activation for f in functions}
    if activations == {"softmax"}:
        return "cross_entropy"
    if activations == {"sigmoid"} and NUMBER not in _kinds(dataset):
        return "binary_cross_entropy"
    return present if present in LOSSES_FOR_NUMBERS else LOSSES_FOR_NUMBERS[0]


# edits


def _set(field: str, network: Network, ids: Sequence[int], values: Sequence[str]) -> Iterator[Edit]:
    """Give the edit that sets a field where it differs, or nothing."""
    changed = [(i, v) for i, v in zip(ids, values, strict=True) if getattr(network.neuron_values(i), field) != v]
    if changed:
        yield SetValues("neuron", field, [i for i, _ in changed], [v for _, v in changed])


def _added(
    network: Network, input_names: list[str], output_names: list[str], functions: list[_Functions]
) -> Iterator[Edit]:
    inputs, outputs = len(network.ids_of_role("input")), len(network.ids_of_role("output"))
    first = network.counters[0]
    places = [*_places(network, "input", len(input_names)), *_places(network, "output", len(output_names))]
    wanted: list[tuple[str, Role, _Functions]] = [
        *((name, "input", _Functions("linear")) for name in input_names[inputs:]),
        *(
            (name, "output", function)
            for name, function in zip(output_names[outputs:], functions[outputs:], strict=True)
        ),
    ]
    neurons = tuple(
        NeuronValues(first + n, name, role, f.activation, output=f.output, position=place)
        for n, ((name, role, f), place) in enumerate(zip(wanted, places, strict=True))
    )
    if neurons:
        yield Add(neurons)


def _places(network: Network, role: Role, wanted: int) -> list[Position]:
    """Return places for the missing neurons of a role: below those that are there, else in a block of their own."""
    own = [network.neuron_values(i).position for i in network.ids_of_role(role)]
    missing = wanted - len(own)
    if own:
        x, y = max(own, key=lambda place: place[1])
        return [(x, y + (n + 1) * NEURON_DISTANCE) for n in range(missing)]
    others = [network.neuron_values(i).position for i in network.neurons]
    x, middle = (0.0 if role == "input" else OUTPUT_X), 0.0
    if others:
        columns, rows = [place[0] for place in others], [place[1] for place in others]
        x = min(columns) - LAYER_DISTANCE if role == "input" else max(columns) + LAYER_DISTANCE
        middle = (min(rows) + max(rows)) / 2
    places, width = block_places(missing, x)
    left = width if role == "input" else 0.0  # inputs grow away from what they feed
    return [(px - left, py + middle) for px, py in places]


# words


def _says(network: Network, edits: Sequence[Edit], functions: Sequence[_Functions]) -> Iterator[str]:
    for edit in edits:
        if isinstance(edit, Add):
            inputs = sum(values.role == "input" for values in edit.neurons)
            counts = [(inputs, "input"), (len(edit.neurons) - inputs, "output")]
            made = " and ".join(f"{count:,} {role}" for count, role in counts if count)
            yield f"{made} neuron{'s' * (len(edit.neurons) != 1)} added; {_function_words(functions)}."
        elif isinstance(edit, SetValues) and edit.field == "name":
            yield f"{_count(len(edit.ids), 'neuron')} named after columns."
        elif isinstance(edit, SetValues) and edit.field == "activation":
            yield f"{_count(len(edit.ids), 'output neuron')} set to {_list(sorted(set(edit.values)))}."


def _function_words(functions: Sequence[_Functions]) -> str:
    return f"outputs are {_list(sorted({f.activation for f in functions}))}"


def _says_loss(before: Settings, after: Settings) -> Iterator[str]:
    if before.loss != after.loss:
        yield f"Loss: {after.loss.replace('_', ' ')}."


def _list(names: Sequence[str]) -> str:
    return " and ".join(names)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"
