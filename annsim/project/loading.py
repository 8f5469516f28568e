"""The data of a project: read, coded for its network, and remembered."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annsim.data.dataset import Dataset
from annsim.data.files import read_file
from annsim.data.plain_csv import Progress
from annsim.data.preparation import Preparation
from annsim.data.sources import load_data, read_source
from annsim.data.table import Table
from annsim.errors import DataError, FileError, shorten
from annsim.network.network import Network
from annsim.project.project import BUILTIN, DataReference, Project
from annsim.settings import Settings
from annsim.training.matching import column_order
from annsim.training.metrics import restored

SYMMETRIC = ("tanh", "softsign")


def coding_for(network: Network, preparation: Preparation | None = None) -> str:
    """Return how two target values are written for these output neurons.

    -1/1 where they reach from -1 to 1; two one-hot columns where a preparation shows that they are the only target and
    the network has two outputs.
    """
    if preparation is not None and _wants_two_columns(network, preparation):
        return "one-hot"
    outputs = [network.neuron_values(i) for i in network.ids_of_role("output")]
    symmetric = [values.activation in SYMMETRIC or values.output == "clip11" for values in outputs]
    return "-1/1" if outputs and all(symmetric) else "0/1"


def load_for(
    network: Network,
    reference: DataReference,
    settings: Settings,
    progress: Progress = lambda share: None,
) -> tuple[Dataset, DataReference]:
    """Read data for training a network; return it with the reference that remembers its preparation.

    `progress` is told the share that is read, 0 to 1; an exception that it raises ends the reading.
    """
    dataset, coding = _loaded(network, read_source(reference.source, progress), reference, settings, progress)
    preparation = None if dataset.preparation is None else narrowed(dataset.preparation, network)
    remembered = replace(reference, sha256=fingerprint(reference.source), coding=coding, preparation=preparation)
    return dataset, remembered


def _loaded(
    network: Network,
    table: Table,
    reference: DataReference,
    settings: Settings,
    progress: Progress = lambda share: None,
) -> tuple[Dataset, str]:
    """Return a table prepared and coded for the outputs of a network, and the coding."""
    coding = coding_for(network)

    def load(coding: str) -> Dataset:
        progress(1.0)
        return load_data(
            table,
            targets=reference.targets,
            scaling=reference.scaling,
            coding=coding,
            test_share=settings.test_share,
            seed=settings.seed,
            missing=reference.missing,
        )

    dataset = load(coding)
    wanted = coding_for(network, dataset.preparation)
    if wanted != coding:
        coding = wanted
        dataset = load(coding)
    return dataset, coding


def narrowed(preparation: Preparation, network: Network) -> Preparation:
    """Return a preparation without the input columns that no neuron is named after, where all neurons have theirs.

    Later data then needs only the columns that the network uses.
    """
    neurons = {network.neuron_values(i).name for i in network.ids_of_role("input")}
    if not neurons or not neurons <= set(preparation.input_names):
        return preparation
    used = tuple(
        column
        for column in preparation.inputs
        if neurons & set(Preparation((column,), (), (column.name,), preparation.missing).input_names)
    )
    dropped = {column.name for column in preparation.inputs} - {column.name for column in used}
    return replace(preparation, inputs=used, order=tuple(n for n in preparation.order if n not in dropped))


def project_of(network: Network) -> Project:
    """Return a new project around a network, with data reference, settings and run of its last training in Python."""
    if network.trained_on is None:
        return Project(network)
    dataset, run = network.trained_on
    project = Project(network, replace(run.settings, init=None))
    project.add_run(run)
    if dataset.source and dataset.preparation is not None:
        source = located(dataset.source)
        preparation = narrowed(dataset.preparation, network)
        targets = tuple(column.name for column in preparation.targets)
        coding = coding_for(network, preparation)
        rule = preparation.missing
        project.data = DataReference(source, fingerprint(source), targets, None, coding, rule, preparation)
    return project


def reference_for(
    project: Project, source: str | None, targets: str | None, scaling: str | None, missing: str | None
) -> DataReference:
    """Return the data reference of a call: what it does not say comes from the project, else from the defaults."""
    if source is None and project.data is None:
        raise DataError(
            "there is none in the call and none in the project",
            where="data",
            hint="Name a file or a set with --data.",
        )
    old = project.data or DataReference("")
    reference = DataReference(
        located(source) if source is not None else old.source,
        targets=old.targets if targets is None else tuple(name.strip() for name in targets.split(",")),
        scaling=old.scaling if scaling is None else scaling,
        missing=old.missing if missing is None else missing,
    )
    is_other = project.data is not None and reference.source != project.data.source
    if is_other and targets is None and reference.targets is not None:
        known = read_source(reference.source).names
        if not all(name in known for name in reference.targets):
            reference = replace(reference, targets=None)
    return reference


def dataset_of(project: Project, source: str | None, settings: Settings | None = None) -> Dataset:
    """Return the data of a call, else of the project, with the constants that the project holds.

    Where nothing was prepared yet it is prepared as a training would.
    """
    reference = reference_for(project, source, None, None, None)
    preparation = project.data.preparation if project.data else None
    if preparation is None:
        return load_for(project.network, reference, settings or project.settings)[0]
    try:
        return preparation.dataset(read_source(reference.source))
    except DataError as error:
        raise (error if reference.source in error.where else error.at(reference.source)) from error.__cause__


def dataset_to_judge(project: Project, source: str | None) -> Dataset:
    """Return the data on which a network is judged: as `dataset_of`, but never scaled by constants of its own.

    Numbers enter a network that was never trained on prepared data as they are, targets too; columns named after its
    output neurons are the targets.
    """
    reference = reference_for(project, source, None, None, None)
    if project.data is not None and (project.data.preparation is not None or source is None):
        return dataset_of(project, source)
    network, table = project.network, replace(read_source(reference.source), scales_targets=False)
    outputs = [network.neuron_values(i).name for i in network.ids_of_role("output")]
    by_name = tuple(outputs) if outputs and all(name in table.columns for name in outputs) else None
    plain = replace(reference, targets=by_name, scaling="none")
    return _loaded(network, table, plain, Settings(test_share=0.0))[0]


def outputs_for(project: Project, source: str) -> tuple[list[str], NDArray[np.float64], list[str] | None]:
    """Return names of the output neurons, outputs (rows, outputs) in original units, and the class of every row.

    The classes are None where the targets are not one-hot.
    """
    network, source = project.network, located(source)
    table = read_source(source)
    preparation = project.data.preparation if project.data else None
    names = [network.neuron_values(i).name for i in network.ids_of_role("output")]
    try:
        if preparation is None:
            return names, network.predict(_raw_inputs(network, table)), None
        order = column_order(network, "input", preparation.input_names)
        outputs = network.predict(preparation.prepare(table)[:, order])
        target_order = column_order(network, "output", preparation.target_names)
    except DataError as error:
        raise (error if source in error.where else error.at(source)) from error.__cause__
    classes = None
    if preparation.classes is not None and len(preparation.classes) == len(target_order) > 1:
        classes = [preparation.classes[target_order[place]] for place in outputs.argmax(axis=1).tolist()]
    return names, restored(preparation, outputs, target_order), classes


def _raw_inputs(network: Network, table: Table) -> NDArray[np.float64]:
    """Return columns of numbers for the input neurons: by name, else by position."""
    inputs = [network.neuron_values(i).name for i in network.ids_of_role("input")]
    columns = [name for name in table.names if name not in table.marked_targets]
    if all(name in table.columns for name in inputs):
        columns = inputs
    elif len(columns) in (len(inputs) + 1, len(inputs) + len(network.ids_of_role("output"))):
        columns = columns[: len(inputs)]  # the rest are targets: the last column, or one for each output
    elif len(columns) != len(inputs):
        raise DataError(f"the network has {len(inputs)} input neurons, and the data has {len(columns)} columns")
    for name in columns:
        values = table.columns[name]
        if values.dtype != np.float64:
            raise DataError(
                f"column '{shorten(name, 40)}' holds texts", hint="Train with this data first, which prepares it."
            )
        if np.isnan(values).any():
            row = int(np.flatnonzero(np.isnan(values))[0])
            place = f"line {table.lines[row]:,}" if table.lines is not None else f"row {row:,}"
            raise DataError("a value is missing", where=f"{place}, column '{shorten(name, 40)}'")
    return np.column_stack([table.columns[name] for name in columns]).astype(np.float64)


def located(source: str) -> str:
    """Return a source with a file's path made absolute, so that it stays the same file wherever the project goes."""
    return source if source.startswith(BUILTIN) else os.path.abspath(source)


def changed_data(project: Project) -> str:
    """Return a sentence where the data file of a project is missing or differs from what was last read, else ""."""
    reference = project.data
    if reference is None or reference.is_builtin or reference.sha256 is None:
        return ""
    try:
        present = fingerprint(reference.source)
    except FileError:
        return f"The data file {reference.source} is missing."
    return "" if present == reference.sha256 else f"The data file {reference.source} has changed since it was read."


def fingerprint(source: str) -> str | None:
    """Return the SHA-256 of a file, or None for a builtin set."""
    if source.startswith(BUILTIN):
        return None
    try:
        return hashlib.sha256(read_file(Path(source))).hexdigest()
    except FileError as error:
        raise error.at(source) from None


def _wants_two_columns(network: Network, preparation: Preparation) -> bool:
    targets = preparation.targets
    is_two_valued = len(targets) == 1 and len(targets[0].value_names) == 2
    return is_two_valued and len(network.ids_of_role("output")) == 2
