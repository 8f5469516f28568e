"""A network alone as a NumPy archive: its tables as flat arrays, and for full layers their matrices too.

Arrays: `neuron_id neuron_name role activation bias threshold output locked position` (neurons in ascending id),
`connection_id source target weight weight_locked` (connections in ascending id; source and target are neuron ids),
`seed` and `next_ids`. A network of full layers in ascending id has `layers.N.weight` (out, in) and `layers.N.bias`
(out,) beside them, N from 0, as PyTorch's Linear has. Everything is float64, and nothing needs unpickling.
The archive holds the model only: notes and groups are left out.
"""

import io
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from annsim.errors import FileError
from annsim.formats.network_records import connection_dicts, network_from, neuron_dicts
from annsim.formats.npz_arrays import read_arrays
from annsim.formats.records import NetworkRecord
from annsim.network.layers import full_layers
from annsim.network.network import Network

NEURON_ARRAYS = {
    "neuron_id": "id",
    "neuron_name": "name",
    "role": "role",
    "activation": "activation",
    "bias": "bias",
    "threshold": "threshold",
    "output": "output",
    "locked": "locked",
    "position": "position",
}
CONNECTION_ARRAYS = {
    "connection_id": "id",
    "source": "source",
    "target": "target",
    "weight": "weight",
    "weight_locked": "locked",
}
KINDS = {
    "neuron_id": "i", "connection_id": "i", "source": "i", "target": "i", "seed": "i", "next_ids": "i",
    "neuron_name": "U", "role": "U", "activation": "U", "output": "U",
    "bias": "f", "threshold": "f", "position": "f", "weight": "f", "locked": "b", "weight_locked": "b",
}  # fmt: skip


def matches(head: bytes) -> bool:
    """Return whether a file begins like a NumPy archive of a network (its first member is `neuron_id`)."""
    return head[:2] == b"PK" and b"neuron_id.npy" in head[:100]


def write(network: Network) -> bytes:
    """Return the bytes of the archive."""
    arrays = {
        **_columns(neuron_dicts(network), NEURON_ARRAYS),
        **_columns(connection_dicts(network), CONNECTION_ARRAYS),
    }
    arrays |= {"seed": np.array(network.seed, np.int64), "next_ids": np.array(network.counters, np.int64)}
    for layer, (weight, bias) in enumerate(full_layers(network)):
        arrays |= {f"layers.{layer}.weight": weight, f"layers.{layer}.bias": bias}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def read(data: bytes, path: Path) -> Network:
    """Return the network of an archive, or raise FileError; the flat arrays count, and the layers must agree."""
    arrays = read_arrays(data)
    for name, kind in KINDS.items():
        if name not in arrays:
            raise FileError(f"has no array '{name}'", hint="annsim reads NumPy archives that annsim wrote.")
        if arrays[name].dtype.kind != kind:
            raise FileError(f"the array '{name}' has type {arrays[name].dtype}")
    if arrays["seed"].shape != () or arrays["next_ids"].shape != (2,):
        raise FileError("the array 'seed' or 'next_ids' has the wrong shape")
    neurons = _rows(arrays, NEURON_ARRAYS)
    next_neuron, next_connection = arrays["next_ids"].tolist()
    record = {
        "seed": int(arrays["seed"]),
        "next_neuron": next_neuron,
        "next_connection": next_connection,
        "neurons": neurons,
        "connections": _rows(arrays, CONNECTION_ARRAYS),
    }
    try:
        network = network_from(msgspec.convert(record, NetworkRecord))
    except msgspec.ValidationError as error:
        raise FileError(str(error)[:300]) from None
    _check_layers(network, {name: array for name, array in arrays.items() if name.startswith("layers.")})
    return network


def _columns(rows: list[dict[str, Any]], names: dict[str, str]) -> dict[str, NDArray[Any]]:
    types = {"i": np.int64, "f": np.float64, "b": np.bool_, "U": np.str_}
    columns: dict[str, NDArray[Any]] = {}
    for array, key in names.items():
        values = [row[key] for row in rows]
        shape = (len(rows), 2) if key == "position" else (len(rows),)
        columns[array] = np.array(values, types[KINDS[array]]).reshape(shape)
    return columns


def _rows(arrays: dict[str, NDArray[Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    count = len(arrays[next(iter(names))]) if arrays[next(iter(names))].ndim else 0
    for name in names:
        expected = (count, 2) if name == "position" else (count,)
        if arrays[name].shape != expected:
            raise FileError(f"the array '{name}' has the shape {arrays[name].shape}, not {expected}")
    columns = [arrays[name].tolist() for name in names]
    return [dict(zip(names.values(), row, strict=True)) for row in zip(*columns, strict=True)]


def _check_layers(network: Network, given: dict[str, NDArray[Any]]) -> None:
    expected: dict[str, NDArray[Any]] = {}
    for layer, (weight, bias) in enumerate(full_layers(network)):
        expected |= {f"layers.{layer}.weight": weight, f"layers.{layer}.bias": bias}
    for name, array in given.items():
        if name not in expected or not np.array_equal(expected[name], array):
            raise FileError(f"the array '{name}' does not agree with the array 'weight' or 'bias'")
