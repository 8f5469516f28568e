"""A field for one number: shows a few digits, keeps the full value, and never commits what nobody typed."""

import itertools
import math
import re

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QToolTip, QWidget

from annsim.gui.widgets.scrub import FieldScrub, changed

MINUS = "−"
NUDGE = 0.01
LARGE = 10  # times as much with Shift
DIGITS = 5
PLAIN_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SESSIONS = itertools.count(-1, -1)  # negative, so that no number of a training run is ever met


class NumberField(QLineEdit):
    """A number entry: decimal point or comma, U+2212 or hyphen as minus, fractions such as 1/3.

    Up and Down change the value by one hundredth at once (Shift: by a tenth), and so does a drag with Alt held;
    Enter or leaving the field commits what was typed, Esc puts back what was there. A value that nobody typed is
    never committed, however few of its digits are on show.

    Signals
    -------
    committed : a value was typed, nudged or dragged.
    refused : the field was left with a text that is no number, and went back; carries why.
    marked : why the text that stands there is no number, or "" where it is one again.

    Attributes
    ----------
    session : a number that stays the same while Up and Down follow each other; owners may make one undo step of it.
    shows_reason : False where the owner shows what `marked` carries; else it is shown as a tool tip.
    """

    committed = Signal(float)
    refused = Signal(str)
    marked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shows_reason = True
        self._scrub = FieldScrub(self)
        self._value: float | None = None
        self._start: float | None = None
        self._hint = self._reason = ""
        self._is_open = False
        self._was_nudged = False
        self.session = new_session()
        self.setPlaceholderMixed("")
        self.textEdited.connect(lambda text: self._mark(""))

    @property
    def value(self) -> float | None:
        """The full value; None where several things differ."""
        return self._value

    def set_number(self, value: float | None, *, is_live: bool = False) -> None:
        """Show a value; what is being typed stays.

        Parameters
        ----------
        value : None where several things differ.
        is_live : it changes by itself; then an open field is left alone even if nothing was typed yet.
        """
        self._value = value
        if self._is_open and (is_live or self.isModified()):
            return
        self._show()

    def start_over(self, value: float | None) -> None:
        """Show the value of another thing; what was typed for the one before is dropped."""
        self._value = value
        self.begin_session()
        self._show()

    def setPlaceholderMixed(self, text: str = "mixed") -> None:  # noqa: N802 (beside setPlaceholderText)
        """Set the muted text shown where several things differ."""
        self.setPlaceholderText(text)

    def set_hint(self, text: str) -> None:
        """Set the tool tip of the field; a wrong input shows its reason instead."""
        self._hint = text
        self.setToolTip(text)

    def scrub_from(self, label: QLabel) -> None:
        """Let the value be dragged on a label, too."""
        self._scrub.take_label(label)

    def change_to(self, value: float) -> None:
        """Take over a value that is being changed bit by bit, at once."""
        if value != self._value:
            if not self._was_nudged:
                self._start = self._value  # somebody else may have set it since the field was opened
            self._value, self._was_nudged = value, True
            self._show()
            self.committed.emit(value)

    def begin_session(self) -> None:
        """Begin a new session: what follows is another undo step than what was before."""
        self._start, self._was_nudged = self._value, False
        self.session = new_session()

    def put_back(self) -> None:
        """Put back the value at the beginning of the session; nothing is typed then."""
        was_nudged, start = self._was_nudged, self._start
        self.setModified(False)
        if was_nudged and start is not None:
            self._value = start
            self.committed.emit(start)
        self.begin_session()
        self._show()

    def commit(self) -> bool:
        """Commit what was typed; return False where it is no number."""
        if not self.isModified():
            return True
        try:
            number = parsed(self.text())
        except ValueError as error:
            self._mark(str(error))
            return False
        changed = number != self._value
        self._value = number
        self.begin_session()
        self._show()
        if changed:
            self.committed.emit(number)
            self.begin_session()
        return True

    # Qt's own

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window while there is nothing typed to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and not self.isModified() and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if not self._is_open:
            self._is_open = True
            self.begin_session()
            self._show()
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.isModified():
            self._select()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return  # its own menu is open
        if not self.commit():
            text, reason = self.text().strip(), self.toolTip()
            self.setModified(False)
            if text:
                self.refused.emit(f"“{text[:40]}” was not taken: {reason}")
        self._is_open = False
        self.begin_session()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        key = event.key()
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = NUDGE * (LARGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            self._nudge(step if key == Qt.Key.Key_Up else -step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self._select()
        elif key == Qt.Key.Key_Escape and (self.isModified() or self._was_nudged):
            self.put_back()
        else:
            super().keyPressEvent(event)

    # the rest

    def _nudge(self, change: float) -> None:
        base = self._value
        if self.isModified():
            try:
                base = parsed(self.text())
            except ValueError as error:
                self._mark(str(error))
                return
        if base is not None and math.isfinite(base):
            self.change_to(changed(base, change))

    def _show(self) -> None:
        written = full_text if self._is_open else short_text
        text = "" if self._value is None else written(self._value)
        self._mark("")
        if text != self.text():
            self.setText(text)
            if self._is_open:
                self._select()
            else:
                self.setCursorPosition(0)
        self.setModified(False)

    def _select(self) -> None:
        """Select all with the cursor in front, so that the first digits stay in view."""
        self.setSelection(len(self.text()), -len(self.text()))

    def _mark(self, reason: str) -> None:
        is_wrong = bool(reason)
        self.setToolTip(reason or self._hint)
        if is_wrong != bool(self.property("wrong")):
            self.setProperty("wrong", is_wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        if reason != self._reason:
            self._reason = reason
            self.marked.emit(reason)
        if is_wrong and self.shows_reason and self.hasFocus():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), reason, self)


def new_session() -> int:
    """Return a number that no other series of changes has."""
    return next(_SESSIONS)


def parsed(text: str) -> float:
    """Return the number that a text means; ValueError says in words for people why it means none."""
    plain = text.replace(MINUS, "-").replace("\N{NO-BREAK SPACE}", " ").strip()
    if not plain:
        raise ValueError("Type a number, such as −0.5 or 1/3.")
    above, slash, below = plain.partition("/")
    value = _number(above)
    if slash:
        divisor = _number(below)
        if divisor == 0:
            raise ValueError("A fraction needs a number other than 0 below the line.")
        value /= divisor
    if not math.isfinite(value):
        raise ValueError("The number must be finite.")
    return value


def short_text(value: float) -> str:
    """Return five significant digits of a number, as shown while nobody types."""
    text = f"{value:.0f}" if 1e4 <= abs(value) < 1e7 else f"{value:.{DIGITS}g}"
    return _tidy(text)


def full_text(value: float) -> str:
    """Return all digits of a number, so that reading them gives the same number again."""
    return _tidy(repr(float(value)).removesuffix(".0"))


def _tidy(text: str) -> str:
    return re.sub(r"e([+-])0*", lambda found: "e" + found[1].strip("+"), text).replace("-", MINUS)


def _number(text: str) -> float:
    text = text.strip()
    if ("," in text and "." in text) or text.count(",") > 1:
        raise ValueError("Use either a comma or a point, for the decimals only.")
    text = text.replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(text):
        raise ValueError("This is no number. Type one such as −0.5, 1e−3 or 1/3.")
    return float(text)
