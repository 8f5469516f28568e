"""The fields in which notes and titles of groups are written, on the canvas itself."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from annsim.gui.canvas.note_sheets import PADDING
from annsim.gui.look import font, values
from annsim.network.neuron import NAME_LIMIT

Key = Qt.Key
FRAME = float(values()["stroke"]["focus"])
LEAST_FONT = 0.7  # of the size at 100 %, so that a note can be written in at any zoom
REASON = Qt.FocusReason
STAYS_OPEN = (REASON.PopupFocusReason, REASON.ActiveWindowFocusReason, REASON.MenuBarFocusReason)


class NoteField(QPlainTextEdit):
    """A field of several lines over a note: Ctrl+Enter, or leaving it, accepts; Esc does not.

    Signals
    -------
    ended : carries whether the text is accepted.
    grown : the text may need another height.
    """

    ended = Signal(bool)
    grown = Signal()

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        self.setObjectName("note_field")
        self.setAccessibleName("Text of the note")
        self.setToolTip("Ctrl+Enter accepts, Esc restores")
        self.setProperty("role", "note")
        self.setPlainText(text)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setViewportMargins(0, 0, 1, 0)  # the field is a pixel wider than the note: its lines break where those do
        self.selectAll()
        self.textChanged.connect(self.grown)

    def place(self, rect: QRectF, zoom: float) -> None:
        """Lie over a note, in viewport pixels, at least as high as the text."""
        zoom = max(LEAST_FONT, zoom)
        self.setFont(font("body", zoom))
        self.document().setDocumentMargin(max(0.0, PADDING * zoom - FRAME))
        self.resize(round(rect.width()) + 1, self.height())
        lines = self.document().size().height()  # a plain text document counts its height in lines
        needed = lines * self.fontMetrics().lineSpacing() + 2 * PADDING * zoom + 2
        height = max(rect.height() + 1, needed)
        left, top = round(rect.left() - 0.5), round(rect.top() - 0.5)
        self.setGeometry(left, top, round(rect.width()) + 1, round(height))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        is_enter = event.key() in (Key.Key_Return, Key.Key_Enter)
        if event.key() == Key.Key_Escape:
            self.ended.emit(False)
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ended.emit(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().focusOutEvent(event)
        if event.reason() not in STAYS_OPEN:
            self.ended.emit(True)


class TitleField(QLineEdit):
    """A field of one line over the title of a group: Enter, or leaving it, accepts; Esc does not.

    Signals
    -------
    ended : carries whether the text is accepted.
    """

    ended = Signal(bool)

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(text, parent)
        self.setObjectName("title_field")
        self.setAccessibleName("Title of the group")
        self.setToolTip("Enter accepts, Esc restores")
        self.setProperty("role", "title")
        self.setMaxLength(NAME_LIMIT)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() == Key.Key_Escape:
            self.ended.emit(False)
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            self.ended.emit(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().focusOutEvent(event)
        if event.reason() not in STAYS_OPEN:
            self.ended.emit(True)
