"""In which order values are opened by Enter and Tab."""

import numpy as np

from annsim.gui.canvas.quantity import Quantity
from annsim.gui.document import Document


def first_of_selection(document: Document) -> Quantity | None:
    """Return the first value of the selected neurons, else of the selected arrows; None where there is none."""
    values = [*_of_neurons(document, document.selected_neurons), *_of_arrows(document, document.selected_connections)]
    return next((value for value in values if not value.is_locked(document)), values[0] if values else None)


def next_value(document: Document, present: Quantity, step: int) -> Quantity:
    """Return the value after one (step 1) or before it (step -1), round and round; locked ones are left out.

    After a bias comes the threshold of the same neuron, then the next selected neuron; after a weight the next
    selected arrow, or the next arrow of the selected neurons; after a name the bias.
    """
    if present.is_of_arrow:
        chosen = document.selected_connections
        if present.id not in chosen:
            chosen = _at_selected_neurons(document, present.id)
        values = _of_arrows(document, chosen)
    else:
        chosen = document.selected_neurons
        values = _of_neurons(document, chosen if present.id in chosen else frozenset([present.id]))
    free = [value for value in values if not value.is_locked(document) or value == present]
    if not free:
        return present
    if present in free:
        return free[(free.index(present) + step) % len(free)]
    own = [value for value in free if value.id == present.id]
    return (own or free)[0 if step > 0 else -1]


def _of_neurons(document: Document, ids: frozenset[int]) -> list[Quantity]:
    values = [value for i in sorted(ids) for value in (Quantity("bias", i), Quantity("threshold", i))]
    return [value for value in values if value.is_there(document)]


def _of_arrows(document: Document, ids: frozenset[int]) -> list[Quantity]:
    return [Quantity("weight", i) for i in sorted(ids)]


def _at_selected_neurons(document: Document, connection_id: int) -> frozenset[int]:
    """Return the connections at the selected neurons if the given one is among them, else that one alone."""
    block, neurons = document.network.store.block, list(document.selected_neurons)
    around = block.take(np.isin(block.source, neurons) | np.isin(block.target, neurons)).ids.tolist()
    return frozenset(around if connection_id in around else [connection_id])
