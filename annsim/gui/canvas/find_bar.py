"""The bar at the top of the canvas in which one looks for neurons and arrows."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from annsim.gui.icons import icon, pixmap
from annsim.gui.look import size, values
from annsim.gui.theme import theme

WIDTH = 520
Key = Qt.Key


class FindBar(QFrame):
    """A field, what was found, and buttons; Enter goes on, Shift+Enter back, Ctrl+Enter selects all, Esc closes.

    Signals
    -------
    edited : what is typed has changed.
    step_wanted : the next match (True) or the one before is wanted.
    all_wanted : all matches are to be selected.
    help_wanted : the grammar is to be shown or hidden.
    closed : the bar was closed.
    """

    edited = Signal(str)
    step_wanted = Signal(bool)
    all_wanted = Signal()
    help_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.field = QLineEdit(placeholderText="Name, number, function or value")
        self.field.setAccessibleName("Find neurons and arrows")
        self.field.setToolTip("Such as h3, relu, bias > 0, |w| > 3; the question mark shows what can be written")
        self.field.textEdited.connect(self.edited)
        self.previous = self._button("Previous match", "Previous match (Shift+F3)")
        self.next = self._button("Next match", "Next match (F3)")
        self.all = QPushButton("Select all", flat=True)
        self.all.setToolTip("Select all that was found (Ctrl+Enter)")
        self.help = self._button("What can be written", "What can be written here")
        self.close_button = self._button("Close", "Close (Esc)")
        self.result = QLabel()
        self.result.setProperty("role", "small")
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self._text = ""
        for button, signal in (
            (self.previous, lambda: self.step_wanted.emit(False)),
            (self.next, lambda: self.step_wanted.emit(True)),
            (self.all, self.all_wanted.emit),
            (self.help, self.help_wanted.emit),
            (self.close_button, self.close),
        ):
            button.clicked.connect(lambda checked=False, run=signal: run())
        self._lay_out()
        theme().changed.connect(self._recolour)
        self._recolour()
        self.show_result("", can_go=False)
        self.hide()

    def show_result(self, text: str, *, can_go: bool, is_error: bool = False) -> None:
        """Say what was found, or what is wrong with what is typed; the buttons are grey where nothing was found."""
        self._text = text
        self.result.setProperty("wrong", is_error)
        self.result.style().polish(self.result)
        self.result.setVisible(bool(text))
        self.field.setAccessibleDescription(text)
        for button in (self.previous, self.next, self.all):
            button.setEnabled(can_go)
        self._show_text()
        self.adjustSize()

    def place(self, room: int) -> None:
        """Stand at the upper right of a canvas that is `room` pixels wide."""
        margin = values()["spacing"]["3"]
        self.setFixedWidth(min(WIDTH, room - 2 * margin))
        self.adjustSize()
        self.move(room - margin - self.width(), margin)
        self._show_text()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self._show_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's own)
        """Do what a key stands for; none of them goes on to the canvas."""
        event.accept()
        if event.key() == Key.Key_Escape:
            self.close()
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.all_wanted.emit()
            else:
                self.step_wanted.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().closeEvent(event)
        self.closed.emit()

    # the rest

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setIconSize(QSize(size("icon_small"), size("icon_small")))
        return button

    def _lay_out(self) -> None:
        space = values()["spacing"]
        grid = QGridLayout(self)
        grid.setContentsMargins(space["2"], space["2"], space["1"], space["2"])
        grid.setHorizontalSpacing(space["1"] // 2)
        grid.setVerticalSpacing(space["1"])
        for column, part in enumerate((self.field, self.previous, self.next, self.all, self.help, self.close_button)):
            grid.addWidget(part, 0, column)
        grid.addWidget(self.result, 1, 0, 1, 6)
        grid.setColumnStretch(0, 1)
        self.result.setContentsMargins(space["2"], 0, space["2"], 0)

    def _show_text(self) -> None:
        room = self.width() - 2 * values()["spacing"]["4"]
        shown = self.result.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, max(40, room))
        self.result.setText(shown)
        self.result.setToolTip(self._text if shown != self._text else "")

    def _recolour(self) -> None:
        look, side, scale = theme().look, size("icon_small"), self.devicePixelRatioF()
        down = pixmap("chevron_down", look, "text", side, scale)
        grey = pixmap("chevron_down", look, "text_disabled", side, scale)
        for button, turn in ((self.next, 0), (self.previous, 180)):
            picture = QIcon(down.transformed(QTransform().rotate(turn)))
            picture.addPixmap(grey.transformed(QTransform().rotate(turn)), QIcon.Mode.Disabled)
            button.setIcon(picture)
        self.help.setIcon(icon("help", size=side))
        self.close_button.setIcon(icon("close", size=side))
