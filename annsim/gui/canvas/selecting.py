"""Selecting by menus and keys."""

from collections.abc import Callable
from typing import Any

import numpy as np

from annsim.gui.canvas.board import Board, count_text
from annsim.gui.document import Document
from annsim.network.neuron import NeuronValues


class Selecting:
    """Chooses neurons and connections without the mouse."""

    def __init__(self, board: Board) -> None:
        self._board = board

    @property
    def _document(self) -> Document:
        return self._board.document

    def select_all(self) -> None:
        """Select all neurons, connections and notes."""
        network = self._document.network
        self._document.select(network.neurons, network.connections, network.notes)

    def select_nothing(self) -> None:
        """Select nothing."""
        self._document.select()

    def invert(self) -> None:
        """Select what is not selected, of the kinds of which something is; without a selection everything."""
        document, network = self._document, self._document.network
        kinds = (
            (network.neurons.keys(), document.selected_neurons),
            (network.connections.keys(), document.selected_connections),
            (network.notes.keys(), document.selected_notes),
        )
        is_none = not any(selected for _, selected in kinds)
        document.select(*(all_ids - selected if selected or is_none else () for all_ids, selected in kinds))

    def incoming(self) -> None:
        """Select the arrows into the selected neurons; again: also the neurons from which they come, and so on."""
        self._follow("target", "source", "comes in")

    def outgoing(self) -> None:
        """Select the arrows out of the selected neurons; again: also the neurons to which they lead, and so on."""
        self._follow("source", "target", "goes out")

    def inner(self) -> None:
        """Select the arrows among the selected neurons, beside these."""
        document, block = self._document, self._document.network.store.block
        ids = np.fromiter(document.selected_neurons, np.int32)
        inside = block.ids[np.isin(block.source, ids) & np.isin(block.target, ids)].tolist()
        if not inside:
            self._board.say("No connection leads from one of these neurons to another.")
        document.select(document.selected_neurons, document.selected_connections.union(inside))

    def same_role(self) -> None:
        """Select all neurons of the roles that the selected ones have."""
        self._similar(lambda values: values.role, "role")

    def same_activation(self) -> None:
        """Select all neurons with the activation functions that the selected ones have."""
        self._similar(lambda values: "" if values.role == "input" else values.activation, "activation function")

    def same_layer(self) -> None:
        """Select all neurons of the depths at which the selected ones stand."""
        depths = self._document.network.depths()
        self._similar(lambda values: depths[values.id], "layer")

    def _follow(self, near: str, far: str, way: str) -> None:
        document, block = self._document, self._document.network.store.block
        neurons, arrows = document.selected_neurons, document.selected_connections
        at_neurons = block.ids[np.isin(getattr(block, near), np.fromiter(neurons, np.int32))].tolist()
        if not arrows.issuperset(at_neurons):
            # the first time the arrows alone: weights and locks can be set at once, and Delete spares the neurons
            document.select(neurons if arrows else (), arrows.union(at_neurons))
            return
        ends = getattr(block, far)[np.isin(block.ids, np.fromiter(arrows, np.int32))].tolist()
        if neurons.issuperset(ends):
            self._board.say(f"Nothing more {way} here.")
            return
        document.select(neurons.union(ends), arrows)

    def _similar(self, trait: Callable[[NeuronValues], Any], word: str) -> None:
        network = self._document.network
        neurons = [network.neuron_values(i) for i in network.neurons]
        wanted = {trait(values) for values in neurons if values.id in self._document.selected_neurons}
        found = [values.id for values in neurons if trait(values) in wanted]
        self._document.select(found)
        self._board.say(f"{count_text(len(found), 'neuron')} of the same {word}.")
