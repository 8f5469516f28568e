"""The terms of a neuron's net input: which of them are shown one by one, and what the others add together."""

from dataclasses import dataclass

import numpy as np

from annsim.gui.document import Document
from annsim.gui.widgets.connection_list import incident, live_weights

MOST = 12


@dataclass(frozen=True)
class Term:
    """One product w · o of a connection."""

    connection_id: int
    source: str
    output: float
    weight: float
    locked: bool

    @property
    def product(self) -> float:
        """What the connection adds to the net input."""
        return self.weight * self.output


@dataclass(frozen=True)
class Terms:
    """The terms on show in the order of their connections, and how many more there are with which sum."""

    shown: tuple[Term, ...]
    more: int
    rest: float


def incoming_ids(document: Document, neuron_id: int) -> tuple[int, ...]:
    """Return the ids of the connections that lead into a neuron."""
    return tuple(incident(document, neuron_id, "target").ids.tolist())


def largest_ids(document: Document, neuron_id: int) -> tuple[int, ...]:
    """Return the ids of the 12 connections whose products are largest at this moment, ascending."""
    block = incident(document, neuron_id, "target")
    products = np.abs(live_weights(document, block) * _outputs(document, block.source.tolist()))
    return tuple(sorted(block.ids[np.argsort(-products, kind="stable")[:MOST]].tolist()))


def terms(document: Document, neuron_id: int, shown: tuple[int, ...]) -> Terms:
    """Return the terms of this moment; `shown` are connections of the neuron, ascending."""
    block = incident(document, neuron_id, "target")
    weights, outputs = live_weights(document, block), _outputs(document, block.source.tolist())
    rows = np.searchsorted(block.ids, np.array(shown, np.int64))
    network = document.network
    parts = tuple(
        Term(
            int(block.ids[k]),
            network.neuron_values(int(block.source[k])).name,
            float(outputs[k]),
            float(weights[k]),
            bool(block.locked[k]),
        )
        for k in rows.tolist()
    )
    rest = np.ones(len(block), np.bool_)
    rest[rows] = False
    return Terms(parts, int(rest.sum()), float((weights[rest] * outputs[rest]).sum()))


def _outputs(document: Document, sources: list[int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    moment = document.moment
    places = [moment.place.get(i, -1) for i in sources]
    return np.array([moment.output[k] if k >= 0 else 0.0 for k in places], np.float64)
