"""Writing on the canvas: notes, new ones too, and titles of groups; one undo step each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.group_shape import CHEVRON
from annsim.gui.canvas.in_place_texts import NoteField, TitleField
from annsim.gui.canvas.note_paint import rect_on_screen
from annsim.gui.canvas.note_sheets import PADDING
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.look import values
from annsim.network.edits import Add, Remove, SetValues
from annsim.network.neuron import Position
from annsim.network.notes import NOTE_WIDTH, NoteValues

LINE = float(values()["type"]["body"][1])
LEAST_TITLE = 200.0  # px


class Writing(QObject):
    """Opens a field over a note or a title, at most one at a time, and does the edit when it is accepted.

    No other field opens while a text is refused: it stays open, and nothing of it is lost.
    """

    def __init__(self, board: Board, zoom: Zoom, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._board, self._viewport = board, viewport
        self._canvas = viewport.parentWidget() or viewport
        self._field: NoteField | TitleField | None = None
        self._accept: Callable[[str], bool] = bool
        self._note: int | None = None
        self._group: int | None = None
        self._new: Position = (0.0, 0.0)
        zoom.moved.connect(self._place)
        board.document.edited.connect(self._after_edit)
        board.document.replaced.connect(lambda: self.end(False))

    @property
    def is_open(self) -> bool:
        """Whether somebody writes."""
        return self._field is not None

    def new_note(self, point: QPointF) -> None:
        """Write a note that begins at a viewport point; nothing is added until there is a text."""
        self.end(True)
        if self.is_open:
            return
        x, y = self._board.eye().to_scene((point.x(), point.y())).round().tolist()
        at = self._board.snapped((x, y), self._board.stage.notes.corners(), is_free=False)
        self._new = x if at.x is None else at.x, y if at.y is None else at.y
        self._open(NoteField(self._viewport, ""), self._add_note)

    def note(self, note_id: int) -> None:
        """Write in a note."""
        self.end(True)
        if self.is_open:
            return
        self._note = self._board.stage.notes.edited = note_id
        self._open(NoteField(self._viewport, self._board.stage.notes.values(note_id).text), self._set_text)

    def title(self, group_id: int) -> None:
        """Write the title of a group."""
        self.end(True)
        if self.is_open:
            return
        self._group = group_id
        self._open(TitleField(self._viewport, self._board.document.network.groups[group_id].title), self._set_title)

    def end(self, is_accepted: bool) -> None:
        """Close the field; a text that is refused stays open, and why was said."""
        field = self._field
        if field is None:
            return
        self._field = None  # losing the focus, and the edit, come back here
        text = field.text() if isinstance(field, TitleField) else field.toPlainText()
        if is_accepted and not self._accept(text):
            self._field = field
            return
        if field.hasFocus():  # a field that is hidden with the focus would hand it on as Tab does
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        field.hide()
        field.deleteLater()
        self._note = self._group = self._board.stage.notes.edited = None
        self._board.repaint()

    def _open(self, field: NoteField | TitleField, accept: Callable[[str], bool]) -> None:
        self._field, self._accept = field, accept
        field.ended.connect(self.end)
        if isinstance(field, NoteField):
            field.grown.connect(self._place)
        self._place()
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._board.repaint()

    def _place(self) -> None:
        field, eye = self._field, self._board.eye()
        if isinstance(field, NoteField):
            notes = self._board.stage.notes
            new = QRectF(*self._new, NOTE_WIDTH, LINE + 2 * PADDING)
            field.place(rect_on_screen(new if self._note is None else notes.rect(self._note), eye), eye.zoom)
        elif field is not None and self._group is not None:
            rect = self._board.group_rect(self._group)
            height = field.sizeHint().height()
            width = max(LEAST_TITLE, rect.width() - CHEVRON)
            field.setGeometry(
                round(rect.left() + CHEVRON - 8), round(rect.center().y() - height / 2 + 1), round(width), height
            )

    def _after_edit(self, edit: object) -> None:
        network = self._board.document.network
        is_gone = self._note is not None and self._note not in network.notes
        if is_gone or (self._group is not None and self._group not in network.groups):
            self.end(False)
        else:
            self._place()

    # what is done with a text: whether it was done

    def _add_note(self, text: str) -> bool:
        if not text.strip():
            return True
        network = self._board.document.network
        note = NoteValues(network.next_note_id(), text, self._new)
        is_done = self._board.do(Add(notes=(note,), name="Add note"))
        if is_done:
            self._board.choose(notes=[note.id])
        return is_done

    def _set_text(self, text: str) -> bool:
        note = self._note
        if note is None or text == self._board.stage.notes.values(note).text:
            return True
        if not text.strip():
            return self._board.do(Remove(notes=(note,), name="Delete note"))
        return self._board.do(SetValues("note", "text", [note], [text], "Edit note"))

    def _set_title(self, text: str) -> bool:
        group, title = self._group, text.strip()
        if group is None or not title or title == self._board.document.network.groups[group].title:
            return True
        return self._board.do(SetValues("group", "title", [group], [title], f"Rename group to {title}"))
