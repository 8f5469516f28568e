"""Ready-made layers as edits, and a draft of one that can still be changed after it was put into the drawing."""

from collections.abc import Callable, Sequence

import numpy as np

from annsim.errors import AnnsimError
from annsim.gui.canvas.board import Board, count_text
from annsim.network.builders import block_places
from annsim.network.edits import Add, Edit
from annsim.network.merging import adding
from annsim.network.network import NAME_PREFIX, Network
from annsim.network.neuron import NeuronValues, Position, Role


class Draft:
    """An addition to the drawing; each version takes the place of the one before, and all are one undo step."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._index: int | None = None  # of the undo stack after the step
        self.is_changing = False

    @property
    def is_last(self) -> bool:
        """Whether it is there, and nobody has changed the drawing since."""
        return self._index is not None and self._index == self._board.document.undo_stack.index()

    def put(self, make: Callable[[Network], Edit]) -> bool:
        """Put a new version into the drawing and select its neurons; where it is refused, say why and keep the old."""
        document, had_one = self._board.document, self.is_last
        self.is_changing = True
        try:
            if had_one:
                document.undo()
            first = document.network.counters[0]
            document.do(make(document.network))
        except AnnsimError as error:
            if had_one:
                document.redo()
            self._board.say(str(error))
            return False
        finally:
            self.is_changing = False
        self._index = document.undo_stack.index()
        document.select(i for i in document.network.neurons if i >= first)
        return True

    def take_back(self) -> None:
        """Undo it; the drawing is byte for byte what it was."""
        if self.is_last:
            self.is_changing = True
            self._board.document.undo()
            self.is_changing = False
        self._index = None


def layer(
    network: Network, count: int, role: Role, activation: str, place: Position, sources: Sequence[int] = ()
) -> Add:
    """Return the edit that adds neurons in a column about a place, with an arrow from each source to each."""
    first = network.counters[0]
    places, width = block_places(count, place[0])
    left, down = width // 2, place[1]
    function = "linear" if role == "input" else activation
    neurons = tuple(
        NeuronValues(first + k, name, role, function, position=(places[k][0] - left, places[k][1] + down))
        for k, name in enumerate(_free_names(network, role, count))
    )
    ids = np.arange(first, first + count)
    if role == "input" or not sources:
        return Add(neurons, name=f"Add layer of {count_text(count, 'neuron')}")
    block = network.new_block(np.tile(np.array(sources), count), np.repeat(ids, len(sources)))
    return Add(neurons, block, name=f"Add layer of {count_text(count, 'neuron')}")


def layers(network: Network, sizes: Sequence[int], activation: str, output_activation: str, place: Position) -> Add:
    """Return the edit that adds fully connected layers, of which the first begins at a place."""
    part = Network.layered(sizes, activation=activation, output_activation=output_activation, seed=network.seed)
    return adding(network, part, place, f"Add layers {'-'.join(map(str, sizes))}")


def _free_names(network: Network, role: Role, count: int) -> list[str]:
    """Return names such as h4, h5, h6 that go on where those of the role end."""
    number = len(network.ids_of_role(role))
    names: list[str] = []
    while len(names) < count:
        number += 1
        name = f"{NAME_PREFIX[role]}{number}"
        if network.neuron_id_of(name) is None:
            names.append(name)
    return names
