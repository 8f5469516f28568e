"""Connections as safetensors: five arrays of one length.

safetensors is imported where it is used: most projects are texts, and a start should not wait for it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annsim.errors import FileError
from annsim.network.connections import ConnectionBlock
from annsim.network.rules import CONNECTION_LIMIT

COLUMNS = ("ids", "source", "target", "weight", "locked")
DTYPES = ("int32", "int32", "int32", "float64", "bool")


def to_bytes(block: ConnectionBlock) -> bytes:
    """Return the columns of connections as a safetensors file."""
    import safetensors.numpy

    arrays: dict[str, NDArray[Any]] = {
        name: np.ascontiguousarray(column) for name, column in zip(COLUMNS, block.columns(), strict=True)
    }
    return bytes(safetensors.numpy.save(arrays))


def from_bytes(data: bytes) -> ConnectionBlock:
    """Return the connections of a safetensors file, or raise FileError."""
    import safetensors.numpy

    try:
        arrays = safetensors.numpy.load(data)
    except (safetensors.SafetensorError, ValueError, KeyError, TypeError) as error:
        raise FileError(f"the weights are damaged: {error}") from None
    if set(arrays) != set(COLUMNS):
        raise FileError(
            f"the weights hold the arrays {', '.join(sorted(arrays))}", hint=f"Needed: {', '.join(COLUMNS)}."
        )
    columns = [arrays[name] for name in COLUMNS]
    for name, dtype, column in zip(COLUMNS, DTYPES, columns, strict=True):
        if column.dtype != dtype or column.shape != (len(columns[0]),):
            raise FileError(f"the array '{name}' has type {column.dtype} and shape {column.shape}")
    if len(columns[0]) > CONNECTION_LIMIT:
        raise FileError(f"has more than {CONNECTION_LIMIT:,} connections")
    for name in ("ids", "source", "target"):
        if len(arrays[name]) and int(arrays[name].min()) < 1:
            raise FileError(f"the array '{name}' holds a number below 1")
    return ConnectionBlock(*columns)
