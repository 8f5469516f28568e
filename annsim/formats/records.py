"""The records of a project file: what stands in it, with types, before anything becomes an object."""

from typing import Any

import msgspec

from annsim.network.neuron import Role


class Record(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One object of the file; a key that is not named here is refused."""


class NeuronRecord(Record):
    """A neuron."""

    id: int
    name: str
    role: Role
    activation: str
    bias: float
    threshold: float
    output: str
    locked: bool
    position: tuple[float, float]
    group: int = 0


class ConnectionRecord(Record):
    """A connection."""

    id: int
    source: int
    target: int
    weight: float
    locked: bool


class NoteRecord(Record):
    """A note."""

    id: int
    text: str
    position: tuple[float, float]
    width: float


class GroupRecord(Record):
    """A group."""

    id: int
    title: str
    is_folded: bool


class NetworkRecord(Record):
    """A network; `connections` is None where they lie in arrays beside the document.

    Tables, arrays and older files hold no notes and no groups.
    """

    seed: int
    next_neuron: int
    next_connection: int
    neurons: list[NeuronRecord]
    connections: list[ConnectionRecord] | None
    notes: list[NoteRecord] = []
    groups: list[GroupRecord] = []


class DataRecord(Record):
    """A reference to data."""

    source: str
    sha256: str | None
    targets: list[str] | None
    scaling: str | None
    coding: str
    missing: str
    preparation: dict[str, Any] | None


class HistoryRecord(Record):
    """Rows of a run by column; null where a value does not apply."""

    epoch: list[int]
    training_loss: list[float | None]
    test_loss: list[float | None]
    accuracy: list[float | None]


class RunRecord(Record):
    """A run."""

    name: str
    engine: str
    stopped_by: str
    epochs: int
    steps: int
    message: str
    settings: dict[str, Any]
    changes: list[tuple[int, str, Any]]
    history: HistoryRecord


class ProjectRecord(Record):
    """A whole project file."""

    format: str
    version: int
    title: str
    note: str
    speed: int | None
    settings: dict[str, Any]
    data: DataRecord | None
    network: NetworkRecord
    runs: list[RunRecord]


class NetworkFileRecord(Record):
    """A file that holds a network alone."""

    format: str
    version: int
    network: NetworkRecord
