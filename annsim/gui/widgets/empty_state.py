"""The empty state of a panel: an icon, one strong line, one small line that says what to do, and perhaps buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from annsim.gui.icons import pixmap
from annsim.gui.look import size, values
from annsim.gui.theme import theme


class EmptyState(QWidget):
    """What a panel shows while it has nothing to show.

    Parameters
    ----------
    icon_name : name of an icon of the look.
    title : what is missing, as one line.
    text : what to do about it.
    buttons : shown below the text, from top to bottom.
    """

    def __init__(self, icon_name: str, title: str, text: str, buttons: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        spacing = values()["spacing"]
        self._icon_name = icon_name
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = _line(title, "strong")
        self._text = _line(text, "small")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(spacing["4"], spacing["3"], spacing["4"], spacing["3"])
        layout.setSpacing(spacing["2"])
        layout.addStretch()
        for part in (self._picture, self._title, self._text):
            layout.addWidget(part)
        for button in buttons:
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        theme().changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon_name, theme().look, "text_muted", size("icon_empty"), scale))


def _line(text: str, role: str) -> QLabel:
    label = QLabel(text, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
