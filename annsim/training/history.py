"""The history of a run: rows of losses, thinned evenly where there are too many."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annsim.engine.course import Record

ROWS_IN_MEMORY = 100_000
ROWS_IN_FILE = 2_000
Column = Literal["epoch", "training_loss", "test_loss", "accuracy"]
COLUMNS: tuple[Column, ...] = ("epoch", "training_loss", "test_loss", "accuracy")


class History:
    """Rows of a run by column: `history["training_loss"]` is an array (rows,); nan where a value does not apply.

    When `limit` rows are there, every second one goes and from then on only every second new one stays; the first and
    the last always stay.
    """

    def __init__(self, limit: int = ROWS_IN_MEMORY) -> None:
        self.limit = limit
        self._rows: list[Record] = []
        self._offered = 0
        self._stride = 1

    def add(self, record: Record) -> None:
        """Add a row, which is the last one for now."""
        if self._rows and (self._offered - 1) % self._stride:
            self._rows.pop()  # it stayed only as the last one
        self._rows.append(record)
        self._offered += 1
        if len(self._rows) > self.limit:
            self._stride *= 2
            self._rows = [*self._rows[:-1:2], self._rows[-1]]

    def thinned(self, limit: int = ROWS_IN_FILE) -> "History":
        """Return a history of at most `limit` rows, evenly chosen, first and last among them."""
        if len(self._rows) <= limit:
            return self
        places = np.unique(np.linspace(0, len(self._rows) - 1, limit).round().astype(int))
        return History.of(self._rows[i] for i in places.tolist())

    @classmethod
    def of(cls, records: "Iterator[Record] | list[Record]") -> "History":
        """Return a history of given rows."""
        history = cls()
        for record in records:
            history.add(record)
        return history

    def __getitem__(self, column: Column) -> NDArray[np.float64]:
        if column not in COLUMNS:
            raise KeyError(column)
        values = [getattr(row, column) for row in self._rows]
        return np.array([np.nan if value is None else value for value in values], np.float64)

    def keys(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return COLUMNS

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._rows))

    @property
    def last(self) -> Record:
        """The last row."""
        return self._rows[-1]
