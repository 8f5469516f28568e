"""From inputs to outputs of a drawing, without any training."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annsim.engine.compiler import compile_network, parameters_of
from annsim.engine.engines import choose_engine
from annsim.errors import DataError, NetworkError
from annsim.network.network import Network


def predict(network: Network, inputs: ArrayLike) -> NDArray[np.float64]:
    """Return the outputs of a network.

    Parameters
    ----------
    inputs : (samples, inputs), columns in ascending id of the input neurons; numbers as they enter the network.

    Returns
    -------
    (samples, outputs), columns in ascending id of the output neurons.

    Raises
    ------
    DataError
        Where the number of columns differs from the number of input neurons, or a value is not finite.
    NetworkError
        Where there is no output neuron.
    """
    compiled = compile_network(network)
    if not compiled.output_count:
        raise NetworkError("the network has no output neuron", hint="Give a neuron the role output.")
    rows = checked_inputs(inputs, compiled.input_count)
    outputs = choose_engine("auto").outputs(compiled, parameters_of(network, compiled), rows)
    return outputs.astype(np.float64)


def checked_inputs(inputs: ArrayLike, input_count: int) -> NDArray[np.float64]:
    """Return inputs as a contiguous float64 array (samples, inputs), or raise DataError."""
    try:
        rows = np.ascontiguousarray(inputs, np.float64)
    except (TypeError, ValueError):
        raise DataError("the inputs are not a table of numbers") from None
    if rows.ndim != 2 or rows.shape[1] != input_count:
        raise DataError(
            f"the network has {input_count} input neurons, and the inputs have the shape {rows.shape}",
            hint=f"Give an array of the shape (samples, {input_count}).",
        )
    if not np.isfinite(rows).all():
        row, column = np.argwhere(~np.isfinite(rows))[0]
        raise DataError(f"the input value {rows[row, column]} is not finite", where=f"row {row}, column {column}")
    return rows
