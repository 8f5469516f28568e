"""Cut, copy, paste and duplicate: a part travels as the text of a network in JSON, through any program."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from annsim.errors import AnnsimError, FileError
from annsim.formats import network_json
from annsim.gui.canvas.board import Board, things_text
from annsim.gui.canvas.in_view import InView
from annsim.gui.look import size
from annsim.network.grouping import removing
from annsim.network.merging import adding, part_of
from annsim.network.network import Network
from annsim.network.neuron import Position

HEAD = 4096  # bytes in which a network in JSON says what it is
STEP = float(size("grid"))  # px at 100 % from a part to its copy


class Clipboard:
    """What the clipboard keys do with the selected neurons, the arrows among them, and the selected notes.

    Parameters
    ----------
    board : the canvas.
    place : where the pointer is on the canvas, in viewport pixels; None while it is elsewhere.
    in_view : shows what was pasted.
    """

    def __init__(self, board: Board, place: Callable[[], QPointF | None], in_view: InView) -> None:
        self._board, self._place, self._in_view = board, place, in_view

    def copy(self) -> None:
        """Put the selected part on the clipboard."""
        part = self._selected_part("copied")
        if part is not None:
            _put(part)
            self._board.say(f"Copied {_text_of(part)}.")

    def cut(self) -> None:
        """Put the selected part on the clipboard and delete it, as one step."""
        part = self._selected_part("cut")
        if part is not None:
            _put(part)
            network, name = self._board.document.network, f"Cut {_text_of(part)}"
            self._board.do(removing(network, part.neurons, notes=part.notes, name=name))

    def paste(self) -> None:
        """Add the part that the clipboard holds: at the pointer, or beside where it was copied."""
        try:
            part = part_in(QGuiApplication.clipboard().text())
        except AnnsimError as error:
            self._board.say(f"Nothing pasted: {error}")
            return
        place = self._place()
        new = self._add(part, "Paste", (0.0, 0.0) if place is None else self._to_middle(part, place))
        if place is None:
            self._in_view.reveal(new)

    def duplicate(self) -> None:
        """Add a copy of the selected part beside it; the clipboard stays as it is."""
        part = self._selected_part("duplicated")
        if part is not None:
            self._in_view.reveal(self._add(part, "Duplicate", (STEP, STEP)))

    def _selected_part(self, done: str) -> Network | None:
        document = self._board.document
        if document.selected_neurons or document.selected_notes:
            return part_of(document.network, document.selected_neurons, document.selected_notes)
        self._board.say(f"Nothing {done}: an arrow goes with the neurons at both its ends, so select these too.")
        return None

    def _add(self, part: Network, word: str, offset: Position) -> list[int]:
        """Add a part and select it; return its new neurons."""
        document = self._board.document
        edit = adding(document.network, part, self._free(part, offset), f"{word} {_text_of(part)}")
        if not self._board.do(edit):
            return []
        new = [neuron.id for neuron in edit.neurons]
        document.select(new, (), [note.id for note in edit.notes])
        return new

    def _to_middle(self, part: Network, place: QPointF) -> Position:
        """Return the offset that brings the middle of a part to a place on screen."""
        x, y = zip(*_places(part, bool(part.neurons)), strict=True)
        to_x, to_y = self._board.eye().to_scene((place.x(), place.y())).tolist()
        return float(round(to_x - (min(x) + max(x)) / 2)), float(round(to_y - (min(y) + max(y)) / 2))

    def _free(self, part: Network, offset: Position) -> Position:
        """Return the offset, stepped on until nothing would hide what is there exactly."""
        (x, y), has_neurons = offset, bool(part.neurons)
        taken = set(_whole(_places(self._board.document.network, has_neurons), 0.0, 0.0))
        places = _places(part, has_neurons)
        while not taken.isdisjoint(_whole(places, x, y)):
            x, y = x + STEP, y + STEP
        return x, y


def part_in(text: str) -> Network:
    """Return the network that a text holds, with or without words round it; FileError or NetworkError where none."""
    data = text[text.find("{") : text.rfind("}") + 1].encode("utf-8", "surrogatepass")
    if not network_json.matches(data[:HEAD]):
        raise FileError("the clipboard holds no part of a network", hint="Copy neurons first.")
    try:
        part = network_json.read(data, Path("clipboard"))
    except AnnsimError as error:
        raise error.at("text on the clipboard") from None
    if not part.neurons and not part.notes:
        raise FileError("the part on the clipboard is empty", hint="Copy neurons first.")
    return part


def _put(part: Network) -> None:
    QGuiApplication.clipboard().setText(network_json.write(part).decode())


def _text_of(part: Network) -> str:
    return things_text(part, list(part.neurons), list(part.connections), list(part.notes))


def _places(network: Network, of_neurons: bool) -> list[Position]:
    """Return the places of the neurons, or of the notes."""
    if of_neurons:
        return [network.neuron_values(i).position for i in network.neurons]
    return [note.position for note in network.notes.values()]


def _whole(places: Iterable[Position], x: float, y: float) -> Iterable[tuple[int, int]]:
    return ((round(at_x + x), round(at_y + y)) for at_x, at_y in places)
