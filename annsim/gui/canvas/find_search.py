"""Finding: what is typed in the bar, what was found, the present match, and its place in the drawing."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from annsim.errors import shorten
from annsim.gui.canvas.arrays import Rows
from annsim.gui.canvas.board import Board, count_text
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.find_bar import FindBar
from annsim.gui.canvas.find_help import FindHelp
from annsim.gui.canvas.find_paint import MARKED_AT_MOST, FindPaint
from annsim.gui.canvas.in_view import InView
from annsim.gui.look import Look
from annsim.network.connections import Connection
from annsim.network.expressions import ExpressionError
from annsim.network.finding import find

REST_MS = 150  # after so long without a key it is looked for
NOTHING: Rows = np.empty(0, np.intp)


class FindSearch(QObject):
    """Looks for what is typed in its bar, marks it on the canvas, and goes from match to match.

    Neurons come before connections; a neuron of just the name that was typed comes first.
    """

    def __init__(self, canvas: QWidget, viewport: QWidget, board: Board, in_view: InView) -> None:
        super().__init__(canvas)
        self._canvas, self._board, self._in_view = canvas, board, in_view
        self._marks = FindPaint(board.stage)
        self._neurons, self._connections, self._meaning = NOTHING, NOTHING, ""
        self._error = ""
        self._place = -1  # of the present match
        self.bar, self.help = FindBar(viewport), FindHelp(viewport)
        self._rest, self._again = QTimer(self), QTimer(self)
        for timer, look in ((self._rest, self.search), (self._again, self._look_again)):
            timer.setSingleShot(True)
            timer.setInterval(REST_MS)
            timer.timeout.connect(look)
        self.bar.edited.connect(self._rest.start)
        self.bar.step_wanted.connect(self.step)
        self.bar.all_wanted.connect(self.select_all)
        self.bar.help_wanted.connect(self._toggle_help)
        self.bar.closed.connect(self._end)
        self.help.chosen.connect(self._take_example)
        board.document.edited.connect(self._drawing_changed)
        board.document.replaced.connect(self._drawing_changed)

    @property
    def count(self) -> int:
        """How many neurons and connections were found."""
        return len(self._neurons) + len(self._connections)

    @property
    def present(self) -> tuple[str, int] | None:
        """The present match as ("neuron", id) or ("connection", id)."""
        if not 0 <= self._place < self.count:
            return None
        behind = self._place - len(self._neurons)
        return ("neuron", int(self._neurons[behind])) if behind < 0 else ("connection", int(self._connections[behind]))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do, by the name of the action."""
        return {
            "find": self.open,
            "find_next": lambda: self.step(True),
            "find_previous": lambda: self.step(False),
        }

    def open(self) -> None:
        """Show the bar and let the user type; what was looked for last is there, to be typed over."""
        self.bar.show()
        self.bar.raise_()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()
        self.search()

    def step(self, is_next: bool) -> None:
        """Go to the next match or to the one before, and round at the ends."""
        if not self.bar.isVisible():
            self.open()
        elif not self._settle() and self.count:
            self._place = (self._place + (1 if is_next else -1)) % self.count
            self._show()

    def select_all(self) -> None:
        """Select all that was found; the canvas then has the focus, to do something with it."""
        self._settle()
        if self.count:
            self._board.document.select(self._neurons.tolist(), self._connections.tolist())
            self._canvas.setFocus()

    # for the canvas

    def press_key(self, event: QKeyEvent) -> bool:
        """Close the bar at Esc on the canvas; return whether the key stood for that."""
        is_meant = event.key() == Qt.Key.Key_Escape and self.bar.isVisible()
        if is_meant:
            self.bar.close()
        return is_meant

    def place(self, width: int) -> None:
        """Lay out the bar on a canvas of some width."""
        self.bar.place(width)
        self.help.place(self.bar.geometry())

    def paint(self, painter: QPainter, look: Look, eye: Eye) -> None:
        """Paint the marks, before arrows and neurons."""
        self._marks.paint(painter, look, eye)

    @property
    def is_late(self) -> bool:
        """Whether the marks are shown shifted and scaled until `catch_up`."""
        return self._marks.is_late

    def catch_up(self) -> None:
        """Paint the marks sharp the next time."""
        self._marks.catch_up()

    # looking

    def search(self) -> None:
        """Look now for what is typed, and go to the first match."""
        self._find()
        self._place = 0 if self.count else -1
        self._show()

    def _find(self) -> None:
        self._rest.stop()
        self._neurons = self._connections = NOTHING
        self._error = self._meaning = ""
        text = self.bar.field.text()
        if text.strip():
            try:
                found = find(self._board.document.network, text)
            except ExpressionError as error:
                self._error = _with_column(error)
            else:
                self._neurons = np.array(found.neurons, np.intp)
                self._connections = np.array(found.connections, np.intp)
                self._meaning = found.meaning
        self._marks.mark(self._neurons, self._connections)

    def _settle(self) -> bool:
        """Look now for what waits to be looked for; return whether something else was typed."""
        if self._again.isActive():
            self._look_again()
        was_typed = self._rest.isActive()
        if was_typed:
            self.search()
        return was_typed

    def _drawing_changed(self, edit: object = None) -> None:
        if self.bar.isVisible():
            self._again.start()  # not at each step of a change that goes on, such as of a weight

    def _look_again(self) -> None:
        """Follow a change of the drawing; the sheet stays where it is, and the present match as far as it is one."""
        self._again.stop()
        present = self.present
        self._find()
        self._place = -1
        if present is not None:
            kind, number = present
            ids, before = (self._neurons, 0) if kind == "neuron" else (self._connections, len(self._neurons))
            rows = np.flatnonzero(ids == number)
            if len(rows):
                self._place = before + int(rows[0])
        self._say()

    def _show(self) -> None:
        """Show where the present match is."""
        self._say()
        present = self.present
        if present is None:
            return
        kind, number = present
        neurons = [number] if kind == "neuron" else _ends(self._board.document.network.connections[number])
        self._in_view.reveal(neurons, top=self.bar.geometry().bottom(), may_fit=False)

    def _say(self) -> None:
        self._marks.present = self.present
        self.bar.show_result(self._words(), can_go=self.count > 0, is_error=bool(self._error))
        self._board.repaint()

    def _words(self) -> str:
        """Return what was found, such as "2 of 7 neurons with activation function relu: h2"."""
        if self._error or not self.bar.field.text().strip():
            return self._error
        if not self.count:
            return f"Nothing found: {self._meaning}"
        parts = [count_text(len(self._neurons), "neuron")] * bool(len(self._neurons))
        parts += [count_text(len(self._connections), "connection")] * bool(len(self._connections))
        place = f"{self._place + 1:,} of " if self.count > 1 and self._place >= 0 else ""
        marked = f"; the strongest {MARKED_AT_MOST:,} in view are marked"
        return (
            f"{place}{' and '.join(parts)} {_without_things(self._meaning)}{self._name_of_present()}"
            f"{marked if len(self._connections) > MARKED_AT_MOST else ''}"
        )

    def _name_of_present(self) -> str:
        """Return ": x1 → h2" where one of several matches is the present one."""
        present, network = self.present, self._board.document.network
        if present is None or self.count == 1:
            return ""
        kind, number = present
        ends = [number] if kind == "neuron" else _ends(network.connections[number])
        return ": " + " → ".join(shorten(network.neuron_values(i).name, 24) for i in ends)

    # the rest

    def _end(self) -> None:
        self._rest.stop()
        self._again.stop()
        self.help.hide()
        self._neurons = self._connections = NOTHING
        self._place = -1
        self._marks.mark(NOTHING, NOTHING)
        self._marks.present = None
        self._board.repaint()
        self._canvas.setFocus()

    def _toggle_help(self) -> None:
        self.help.setVisible(not self.help.isVisible())
        self.help.place(self.bar.geometry())

    def _take_example(self, text: str) -> None:
        self.bar.field.setText(text)
        self.bar.field.setFocus()
        self.search()


def _ends(connection: Connection) -> list[int]:
    return [connection.source, connection.target]


def _without_things(meaning: str) -> str:
    """Return "with weight > 3" for "connections with weight > 3", whose number stands before it."""
    for things in ("neurons and connections ", "neurons ", "connections "):
        if meaning.startswith(things):
            return meaning.removeprefix(things)
    return f"({meaning})"


def _with_column(error: ExpressionError) -> str:
    text = str(error)
    is_said = not error.column or f"column {error.column}" in text
    return text if is_said else f"{text} (column {error.column})"
