"""What a hover card says: all quantities of a neuron, of an arrow, or of a bias drawn as an arrow."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from annsim.gui.canvas.quantity import Quantity
from annsim.gui.document import Document
from annsim.gui.moment import NeuronMoment
from annsim.gui.widgets.neuron_meters import meter_text
from annsim.network.neuron import NeuronValues

ROLE_ICONS = {"input": "neuron_input", "hidden": "neuron_hidden", "output": "neuron_output"}
SMALL = 6  # decimals of deltas and gradients, which get small long before training ends


@dataclass(frozen=True)
class Thing:
    """What a card is about; `id` is that of the neuron or of the connection."""

    kind: Literal["neuron", "arrow", "bias"]
    id: int


@dataclass(frozen=True)
class CardRow:
    """One quantity: its symbol, its word, its value."""

    symbol: str
    word: str
    value: str


@dataclass(frozen=True)
class Card:
    """The content of a card; `neuron` and `moment` are there where a curve is shown."""

    icon: str
    title: str
    subtitle: str
    rows: tuple[CardRow, ...]
    notes: tuple[str, ...] = ()
    neuron: NeuronValues | None = None
    moment: NeuronMoment | None = None

    def text(self) -> str:
        """Return it all as one text, for a screen reader."""
        rows = (f"{row.word} {row.value}" for row in self.rows)
        return ". ".join([f"{self.title}, {self.subtitle}", *rows, *self.notes])


def card_of(document: Document, thing: Thing) -> Card | None:
    """Return what there is to say of a thing now, or None where it is gone."""
    network = document.network
    if thing.id not in (network.connections if thing.kind == "arrow" else network.neurons):
        return None
    if thing.kind == "arrow":
        return _arrow_card(document, thing.id)
    return _bias_card(document, thing.id) if thing.kind == "bias" else _neuron_card(document, thing.id)


def _neuron_card(document: Document, number: int) -> Card:
    network, values, now = document.network, document.network.neuron_values(number), document.moment.neuron(number)
    block = network.store.block
    counts = int(np.count_nonzero(block.target == number)), int(np.count_nonzero(block.source == number))
    computes = values.role != "input"
    rows: list[CardRow] = []
    if computes:
        rows.append(CardRow("φ", "activation function", values.activation))
        rows.append(CardRow("b", "bias", meter_text(Quantity("bias", number).number(document))))
        rows.append(CardRow("θ", "threshold", meter_text(values.threshold)))
        rows.append(CardRow("ψ", "output function", values.output))
    if now is not None and computes:
        rows.append(CardRow("z", "net input", meter_text(now.net_input)))
        rows.append(CardRow("a", "activation", meter_text(now.activation)))
    if now is not None:
        rows.append(CardRow("o", "output", meter_text(now.output)))
    if now is not None and now.delta is not None:
        rows.append(CardRow("δ", "delta", meter_text(now.delta, SMALL)))
    notes = [f"{counts[0]:,} incoming, {counts[1]:,} outgoing"] if computes else [f"{counts[1]:,} outgoing"]
    if computes and values.locked:
        notes.append("The bias is locked")
    if values.group:
        notes.append(f"In group {network.groups[values.group].title}")
    subtitle = f"{values.role} neuron, id {number}"
    return Card(
        ROLE_ICONS[values.role],
        values.name,
        subtitle,
        tuple(rows),
        tuple(notes),
        values if computes else None,
        now,
    )


def _arrow_card(document: Document, number: int) -> Card:
    network, arrow = document.network, document.network.connections[number]
    source, target = (network.neuron_values(i) for i in (arrow.source, arrow.target))
    start, end = document.moment.neuron(source.id), document.moment.neuron(target.id)
    weight = Quantity("weight", number).number(document)
    rows = [CardRow("w", "weight", meter_text(weight))]
    if start is not None:
        rows.append(CardRow("o", f"output of {source.name}", meter_text(start.output)))
        rows.append(CardRow("w·o", f"contribution to z of {target.name}", meter_text(weight * start.output)))
    if start is not None and end is not None and end.delta is not None:
        rows.append(CardRow("∂L/∂w", "gradient for this row", meter_text(end.delta * start.output, SMALL)))
    notes = ("The weight is locked",) if arrow.locked else ()
    subtitle = f"arrow, id {number}, from neuron {source.id} to {target.id}"
    return Card("connection", f"{source.name} → {target.name}", subtitle, tuple(rows), notes)


def _bias_card(document: Document, number: int) -> Card:
    values, now = document.network.neuron_values(number), document.moment.neuron(number)
    rows = [CardRow("b", "bias", meter_text(Quantity("bias", number).number(document)))]
    rows.append(CardRow("b·1", f"contribution to z of {values.name}", rows[0].value))
    if now is not None and now.delta is not None:
        rows.append(CardRow("∂L/∂b", "gradient for this row", meter_text(now.delta, SMALL)))
    notes = ("The bias is locked",) if values.locked else ()
    subtitle = f"bias of neuron {number} as an arrow from a constant 1"
    return Card("connection", f"+1 → {values.name}", subtitle, tuple(rows), notes)
