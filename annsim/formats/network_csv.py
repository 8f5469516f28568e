"""A network alone as two CSV tables: the edge list FILE.csv, and the neurons beside it in FILE-neurons.csv.

Edge list: `id,source,target,weight,locked`; source and target are neuron ids. Neuron table:
`id,name,role,activation,bias,threshold,output,locked,x,y`. UTF-8, comma, full precision.
The tables hold the model only: notes, groups, the seed and the next ids are left out.
"""

import csv
import io
from pathlib import Path
from typing import Any

import msgspec

from annsim.data.files import read_file
from annsim.errors import FileError, shorten
from annsim.formats.network_records import connection_dicts, network_from, neuron_dicts
from annsim.formats.records import NetworkRecord
from annsim.network.network import Network

EDGE_COLUMNS = ("id", "source", "target", "weight", "locked")
NEURON_COLUMNS = ("id", "name", "role", "activation", "bias", "threshold", "output", "locked", "x", "y")
WHOLE, REAL, TRUTH = ("id", "source", "target"), ("weight", "bias", "threshold", "x", "y"), ("locked",)


def neurons_path(path: Path) -> Path:
    """Return where the neuron table lies that belongs to an edge list."""
    return path.with_name(f"{path.stem}-neurons{path.suffix}")


def matches(head: bytes) -> bool:
    """Return whether a file begins like an edge list."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(",".join(EDGE_COLUMNS).encode())


def write(network: Network) -> tuple[bytes, bytes]:
    """Return the bytes of the edge list and of the neuron table."""
    neurons = [{**row, "x": row["position"][0], "y": row["position"][1]} for row in neuron_dicts(network)]
    return _table(EDGE_COLUMNS, connection_dicts(network)), _table(NEURON_COLUMNS, neurons)


def read(data: bytes, path: Path) -> Network:
    """Return the network of an edge list and the neuron table beside it, or raise FileError."""
    edges = _rows(data, EDGE_COLUMNS)
    beside = neurons_path(path)
    try:
        neurons = _rows(read_file(beside), NEURON_COLUMNS)
    except FileError as error:
        raise error.at(f"neuron table {beside.name}") from None
    for neuron in neurons:
        neuron["position"] = [neuron.pop("x"), neuron.pop("y")]
    record = {
        "seed": 1,
        "next_neuron": max((neuron["id"] for neuron in neurons), default=0) + 1,
        "next_connection": max((edge["id"] for edge in edges), default=0) + 1,
        "neurons": neurons,
        "connections": edges,
    }
    try:
        return network_from(msgspec.convert(record, NetworkRecord))
    except msgspec.ValidationError as error:
        raise FileError(str(error)[:300]) from None


def _table(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _rows(data: bytes, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise FileError(f"is no UTF-8 text (byte {error.start})") from None
    except csv.Error as error:
        raise FileError(f"is no valid CSV: {error}") from None
    if not lines or tuple(lines[0]) != columns:
        raise FileError("the header does not fit", where="line 1", hint=f"Needed: {','.join(columns)}.")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            raise FileError(f"has {len(line)} cells, and the header has {len(columns)}", where=f"line {number:,}")
        rows.append({name: _value(name, cell, number) for name, cell in zip(columns, line, strict=True)})
    return rows


def _value(column: str, cell: str, line: int) -> Any:
    where = f"line {line:,}, column '{column}'"
    if column in TRUTH:
        if cell not in ("true", "false"):
            raise FileError(f"'{shorten(cell, 40)}' is neither true nor false", where=where)
        return cell == "true"
    if column not in WHOLE + REAL:
        return cell
    try:
        return int(cell) if column in WHOLE else float(cell)
    except ValueError:
        raise FileError(f"'{shorten(cell, 40)}' is not a number", where=where) from None
