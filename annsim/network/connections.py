"""The connections of a network: five columns, 21 bytes an arrow, and light handles for those who want one arrow.

A million plain objects would take some 300 MB; columns also let an edit of many arrows be one NumPy operation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from annsim.errors import NetworkError

if TYPE_CHECKING:
    from annsim.network.network import Network

Ids = NDArray[np.int32]
ID_LIMIT = 2**31 - 1  # of all that has an id


@dataclass(frozen=True, eq=False, slots=True)
class ConnectionBlock:
    """Some connections in ascending id, as columns of one length: ids, source, target, weight, locked."""

    ids: Ids
    source: Ids
    target: Ids
    weight: NDArray[np.float64]
    locked: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "ConnectionBlock":
        """Return a block of copies of some rows."""
        return ConnectionBlock(*(column[rows].copy() for column in self.columns()))

    def columns(self) -> tuple[NDArray[Any], ...]:
        """Return the five columns in their fixed order."""
        return self.ids, self.source, self.target, self.weight, self.locked

    def joined(self, other: "ConnectionBlock") -> "ConnectionBlock":
        """Return both blocks as one, in ascending id."""
        columns = [np.concatenate(pair) for pair in zip(self.columns(), other.columns(), strict=True)]
        if len(self) and len(other) and other.ids[0] < self.ids[-1]:
            order = np.argsort(columns[0], kind="stable")
            columns = [column[order] for column in columns]
        return ConnectionBlock(*columns)


def empty_block() -> ConnectionBlock:
    """Return a block of no connections."""
    return ConnectionBlock(
        np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0), np.empty(0, np.bool_)
    )


class ConnectionStore:
    """The columns of a network, kept in ascending id, with room at the end so that adding one is cheap."""

    def __init__(self) -> None:
        self._room = empty_block()
        self._count = 0

    @property
    def block(self) -> ConnectionBlock:
        """Return views of the present columns (not copies; valid until the next edit)."""
        return ConnectionBlock(*(column[: self._count] for column in self._room.columns()))

    def rows(self, ids: NDArray[np.integer]) -> NDArray[np.intp]:
        """Return the rows of the given ids; NetworkError names the first that is not there."""
        present, wanted = self._room.ids[: self._count], np.asarray(ids, np.int64)
        # the query has the type of the column, which else would be converted as a whole each time
        rows = np.searchsorted(present, np.clip(wanted, 0, ID_LIMIT).astype(np.int32))
        missing = rows >= self._count
        missing[~missing] = present[rows[~missing]] != wanted[~missing]
        if missing.any():
            raise NetworkError(f"there is no connection {int(wanted[missing][0])}")
        return rows

    def add(self, block: ConnectionBlock) -> None:
        """Add connections whose ids are not there yet."""
        if len(block) == 0:
            return
        end = self._count + len(block)
        if self._count and block.ids[0] < self._room.ids[self._count - 1]:
            self._room = self.block.joined(block)
        else:
            if end > len(self._room):
                room = [np.resize(column, max(16, end + end // 2)) for column in self._room.columns()]
                self._room = ConnectionBlock(*room)
            for column, new in zip(self._room.columns(), block.columns(), strict=True):
                column[self._count : end] = new
        self._count = end

    def remove(self, ids: NDArray[np.integer]) -> ConnectionBlock:
        """Take connections out and return them."""
        rows = self.rows(ids)
        removed = self.block.take(rows)
        keep = np.ones(self._count, np.bool_)
        keep[rows] = False
        self._room = self.block.take(keep)
        self._count = len(self._room)
        return removed

    def copy(self) -> "ConnectionStore":
        """Return an independent copy."""
        other = ConnectionStore()
        other._room, other._count = self.block.take(slice(None)), self._count
        return other


class Connection:
    """One connection of a network; its attributes read and write the drawing.

    Attributes
    ----------
    id : positive integer, never reused within a network.
    source, target : ids of the neurons it leads from and to (fixed).
    weight : w.
    locked : True where training leaves the weight as it is.
    """

    __slots__ = ("_id", "_network")

    def __init__(self, network: "Network", connection_id: int) -> None:
        self._network = network
        self._id = connection_id

    @property
    def id(self) -> int:
        """The id."""
        return self._id

    def _row(self) -> int:
        return int(self._network.store.rows(np.array([self.id]))[0])

    @property
    def source(self) -> int:
        """The id of the neuron it leads from."""
        return int(self._network.store.block.source[self._row()])

    @property
    def target(self) -> int:
        """The id of the neuron it leads to."""
        return int(self._network.store.block.target[self._row()])

    @property
    def weight(self) -> float:
        """The weight w."""
        return float(self._network.store.block.weight[self._row()])

    @weight.setter
    def weight(self, value: float) -> None:
        self._network.set_connections("weight", [self.id], [value])

    @property
    def locked(self) -> bool:
        """True where training leaves the weight as it is."""
        return bool(self._network.store.block.locked[self._row()])

    @locked.setter
    def locked(self, value: bool) -> None:
        self._network.set_connections("locked", [self.id], [value])

    def __int__(self) -> int:
        return self.id  # and no __index__, so that a connection is never taken for a neuron

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Connection) and other.id == self.id and other._network is self._network

    def __hash__(self) -> int:
        return hash((id(self._network), self.id))

    def __repr__(self) -> str:
        return (
            f"Connection(id={self.id}, source={self.source}, target={self.target}, "
            f"weight={self.weight!r}, locked={self.locked})"
        )


class Connections(Mapping[int, Connection]):
    """The connections of a network by id, in order of creation."""

    def __init__(self, network: "Network") -> None:
        self._network = network

    def __getitem__(self, connection_id: int) -> Connection:
        if connection_id not in self:
            raise KeyError(connection_id)
        return Connection(self._network, int(connection_id))

    def __contains__(self, connection_id: object) -> bool:
        if not isinstance(connection_id, int | np.integer):
            return False
        if not 0 < connection_id <= ID_LIMIT:
            return False
        ids = self._network.store.block.ids
        row = int(np.searchsorted(ids, np.int32(connection_id)))
        return row < len(ids) and int(ids[row]) == connection_id

    def __iter__(self) -> Iterator[int]:
        return iter(self._network.store.block.ids.tolist())

    def __len__(self) -> int:
        return len(self._network.store.block)
