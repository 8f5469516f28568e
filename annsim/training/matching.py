"""Which column of the data belongs to which neuron: by name, else by position."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annsim.data.dataset import Dataset
from annsim.errors import DataError, NetworkError
from annsim.network.network import Network
from annsim.network.neuron import Role


def matched_inputs(network: Network, dataset: Dataset) -> NDArray[np.float64]:
    """Return the inputs (samples, input neurons) in ascending id of the neurons."""
    try:
        order = column_order(network, "input", dataset.input_names, dataset.has_input_names)
    except DataError as error:
        raise error.at(dataset.source or "data") from None
    return _taken(dataset.inputs, order)


def matched_targets(network: Network, dataset: Dataset) -> NDArray[np.float64]:
    """Return the target values (samples, output neurons) in ascending id of the neurons."""
    if dataset.targets is None:
        raise DataError("the data has no target values", hint="Give a column of targets.")
    try:
        order = column_order(network, "output", dataset.target_names)
    except DataError as error:
        raise error.at(dataset.source or "data") from None
    return _taken(dataset.targets, order)


def column_order(network: Network, role: Role, names: Sequence[str], are_given: bool = True) -> list[int]:
    """Return the column of each neuron of a role, neurons in ascending id.

    Columns of arrays that nobody named (`are_given` False) are matched by position only: none is dropped because some
    neurons happen to be called x1, x2 too.

    Raises
    ------
    DataError
        Where neither names nor numbers agree; it states both counts.
    """
    neurons = [network.neuron_values(i).name for i in network.ids_of_role(role)]
    if not neurons:
        raise NetworkError(f"the network has no {role} neuron", hint=f"Give a neuron the role {role}.")
    place = {name: column for column, name in enumerate(names)}
    if are_given and all(name in place for name in neurons):
        return [place[name] for name in neurons]
    if len(neurons) != len(names):
        kind = "input" if role == "input" else "target"
        raise DataError(
            f"the network has {len(neurons)} {role} neuron{'s' * (len(neurons) != 1)}, "
            f"and the data has {len(names)} {kind} column{'s' * (len(names) != 1)}",
            hint="The numbers must agree, or the neurons be named after columns.",
        )
    return list(range(len(names)))


def _taken(columns: NDArray[np.float64], order: list[int]) -> NDArray[np.float64]:
    if order == list(range(columns.shape[1])):
        return columns  # read in place
    return np.ascontiguousarray(columns[:, order])
