"""The values that the canvas shows and lets people change: weights, biases, thresholds and names."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from annsim.gui.document import Document
from annsim.gui.widgets.panel_edits import connection_text, neuron_text

SYMBOLS = {"weight": "w", "bias": "b", "threshold": "θ", "name": ""}


@dataclass(frozen=True)
class Quantity:
    """One value: the weight of a connection, or the bias, the threshold or the name of a neuron; `id` is whose."""

    field: Literal["weight", "bias", "threshold", "name"]
    id: int

    @property
    def is_of_arrow(self) -> bool:
        """Whether it belongs to a connection."""
        return self.field == "weight"

    @property
    def symbol(self) -> str:
        """The letter before the number."""
        return SYMBOLS[self.field]

    def is_there(self, document: Document) -> bool:
        """Return whether the drawing has it; an input neuron has no bias and no threshold."""
        network = document.network
        if self.is_of_arrow:
            return self.id in network.connections
        if self.id not in network.neurons:
            return False
        return self.field == "name" or network.neuron_values(self.id).role != "input"

    def number(self, document: Document) -> float:
        """Return the number on show: that of a training that goes on, else of the drawing."""
        network, moment = document.network, document.moment
        if self.field == "weight":
            row = int(network.store.rows(np.array([self.id]))[0])
            fits = len(moment.weights) == len(network.store.block)
            return float(moment.weights[row] if fits else network.store.block.weight[row])
        values, now = network.neuron_values(self.id), moment.neuron(self.id)
        if self.field == "threshold":
            return values.threshold
        return values.bias if now is None else now.bias

    def is_locked(self, document: Document) -> bool:
        """Return whether training, and so everybody, leaves it as it is."""
        if self.is_of_arrow:
            return document.network.connections[self.id].locked
        return self.field == "bias" and document.network.neuron_values(self.id).locked

    def text(self, document: Document) -> str:
        """Return what it is: "Weight of x1 → h2", "Threshold of h2"."""
        whose = connection_text(document, [self.id]) if self.is_of_arrow else neuron_text(document, [self.id])
        return f"{self.field.capitalize()} of {whose}"
