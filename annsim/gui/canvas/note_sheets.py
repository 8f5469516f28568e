"""Notes as sheets: where each lies in the scene, how high its text makes it, and which lies under a point."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextDocument, QTextOption

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.document import Document
from annsim.gui.look import font
from annsim.network.neuron import Position
from annsim.network.notes import NoteValues

PADDING = 10.0  # px at 100 % round the text
EDGE_INSIDE, EDGE_OUTSIDE = 3.0, 6.0  # px on screen of the right edge, by which a note is made wider


class NoteSheets:
    """The notes of a document as they are shown.

    Attributes
    ----------
    moving, by : the notes that are being dragged, and how far.
    widths : of notes that are being made wider or narrower.
    edited : the id of the note that is being written in; its text is not painted.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._laid_out: dict[int, tuple[str, float, QTextDocument]] = {}
        self.edited: int | None = None
        self.leave()

    def leave(self) -> None:
        """Show the notes again as the document holds them."""
        self.moving: frozenset[int] = frozenset()
        self.by: Position = (0.0, 0.0)
        self.widths: dict[int, float] = {}

    def ids(self) -> list[int]:
        """Return the ids of all notes, from the lowest to the topmost."""
        notes = self._document.network.notes
        if len(self._laid_out) > len(notes):
            self._laid_out = {i: one for i, one in self._laid_out.items() if i in notes}
        return list(notes)

    def values(self, note_id: int) -> NoteValues:
        """Return what the document holds of a note."""
        return self._document.network.notes[note_id]

    def text(self, note_id: int) -> QTextDocument:
        """Return the text of a note, wrapped at its width."""
        note = self.values(note_id)
        width = self.widths.get(note_id, note.width)
        text, laid_out_width, document = self._laid_out.get(note_id, ("", 0.0, None))
        if document is None or (text, laid_out_width) != (note.text, width):
            document = laid_out(note.text, width)
            self._laid_out[note_id] = note.text, width, document
        return document

    def rect(self, note_id: int) -> QRectF:
        """Return where a note lies in the scene."""
        note = self.values(note_id)
        x, y = note.position
        if note_id in self.moving:
            x, y = x + self.by[0], y + self.by[1]
        height = self.text(note_id).size().height() + 2 * PADDING
        return QRectF(x, y, self.widths.get(note_id, note.width), height)

    def bounds(self) -> QRectF:
        """Return the rectangle of all notes in the scene."""
        bounds = QRectF()
        for note in self.ids():
            bounds |= self.rect(note)
        return bounds

    def at(self, point: QPointF) -> int | None:
        """Return the topmost note under a scene point."""
        return next((note for note in reversed(self.ids()) if self.rect(note).contains(point)), None)

    def edge_at(self, point: QPointF, zoom: float) -> int | None:
        """Return the topmost note whose right edge lies under a scene point."""
        inside, outside = EDGE_INSIDE / zoom, EDGE_OUTSIDE / zoom
        for note in reversed(self.ids()):
            rect = self.rect(note)
            if QRectF(rect.right() - inside, rect.top(), inside + outside, rect.height()).contains(point):
                return note
            if rect.contains(point):
                return None
        return None

    def corners(self, without: frozenset[int] = frozenset()) -> Numbers:
        """Return the upper left corners of notes in the scene, (note, 2)."""
        places = [note.position for note in self._document.network.notes.values() if note.id not in without]
        return np.array(places, np.float64).reshape(-1, 2)

    def with_middle_in(self, area: QRectF) -> Iterable[int]:
        """Return the notes whose middle lies in a rectangle of the scene."""
        return (note for note in self.ids() if area.contains(self.rect(note).center()))


def laid_out(text: str, width: float) -> QTextDocument:
    """Return plain text, wrapped to fit a note of some width."""
    document = QTextDocument()
    document.setDefaultFont(font("body"))
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setTextWidth(width - 2 * PADDING)
    document.setPlainText(text)
    return document
