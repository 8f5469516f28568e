"""The parts of the form of a neuron or a connection: rows with a label, the name field, the heading."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from annsim.gui.icons import pixmap
from annsim.gui.look import font, size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.number_field import NumberField

# an own rule of one widget: the name reads like a title until the pointer or the focus is on it
TITLE_RULE = "QLineEdit:!focus:!hover { border-color: transparent; background: transparent; }"


class FormRow(QWidget):
    """A label of fixed width and what it names; the label's widget is its buddy."""

    def __init__(self, label: str, *widgets: QWidget) -> None:
        super().__init__()
        spacing = values()["spacing"]
        self.label = QLabel(label)
        self.label.setProperty("role", "muted")
        self.label.setFixedWidth(size("form_label"))
        self.label.setBuddy(widgets[0])
        if isinstance(widgets[0], NumberField):
            widgets[0].scrub_from(self.label)
        self.setFixedHeight(size("form_row"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing["1"])
        layout.addWidget(self.label)
        layout.addWidget(widgets[0], 1)
        for widget in widgets[1:]:
            layout.addWidget(widget)


class NameField(QLineEdit):
    """The name of a neuron; `renamed` carries what was typed, Esc puts back."""

    renamed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setFont(font("title"))
        self.setStyleSheet(TITLE_RULE)
        self.setAccessibleName("Name")
        self.setToolTip("Name of the neuron")

    def show_name(self, name: str, *, start_over: bool = False) -> None:
        """Show a name; what is being typed stays, unless it belongs to another neuron."""
        self._name = name
        if (start_over or not self.isModified()) and name != self.text():
            self.setText(name)
            self.setCursorPosition(0)
        if start_over:
            self.setModified(False)

    def commit(self) -> None:
        """Ask for the name that was typed."""
        text, was_typed = self.text().strip(), self.isModified()
        self.setModified(False)
        if was_typed and text != self._name:
            self.renamed.emit(text)
        self.setText(self._name)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(size("form_row"), super().minimumSizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText(self._name)
            self.selectAll()
        else:
            super().keyPressEvent(event)


class IconLabel(QLabel):
    """A small icon in the colour of text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        if name != self._name:
            self._name = name
            self._recolour()

    def _recolour(self) -> None:
        scale = self.devicePixelRatioF()
        self.setPixmap(pixmap(self._name, theme().look, "text", size("icon_small"), scale))


def title_label() -> QLabel:
    """Return the label of a heading."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "title")
    return label


def number_label(tip: str) -> QLabel:
    """Return the label of a live number, right-aligned so that its last digit stands still."""
    label = QLabel("–")
    label.setFont(font("strong"))
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setToolTip(tip)
    return label
