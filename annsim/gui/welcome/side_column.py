"""The left side of the welcome page: what the program is, ways to begin, and the files used last."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annsim import __version__
from annsim.gui.icons import paint_icon
from annsim.gui.logo import paint_logo
from annsim.gui.look import font, size, values
from annsim.gui.theme import theme
from annsim.gui.welcome.card import TileButton
from annsim.gui.welcome.maker import PictureMaker
from annsim.gui.welcome.recent import RecentFiles

SENTENCE = "Draw a neural network, train it on your data, and see every number."
LOGO = 44  # px
WAYS = (
    ("draw", "neuron_hidden", "Draw your own", "empty canvas", "Begin with an empty canvas (Esc)"),
    ("data", "table", "Open my data", "CSV, Excel or NPZ table", "Choose a table; inputs and outputs are made for it"),
    ("project", "open", "Open a project", "Ctrl+O", "Open a project, or a network in another format"),
)


class Logo(QWidget):
    """The mark of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(LOGO, LOGO)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        paint_logo(QPainter(self), theme().look, QRectF(self.rect()))


class WayButton(TileButton):
    """A way to begin: an icon, what is done, and a small line below; one of them is filled in the accent."""

    def __init__(self, icon_name: str, text: str, line: str, tip: str, is_main: bool) -> None:
        super().__init__()
        self._icon_name, self._line, self._is_main = icon_name, line, is_main
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        lines = values()["type"]["strong"][1] + values()["type"]["caption"][1]
        self.setFixedHeight(int(lines) + 2 * values()["spacing"]["2"])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        painter, look, spacing = QPainter(self), theme().look, values()["spacing"]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = values()["radius"]["button"]
        state = "_pressed" if self.isDown() else "_hover" if self.underMouse() else ""
        if self._is_main:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(f"accent{state}"))
        else:
            painter.setPen(QPen(look.colour("border_strong"), 1))
            painter.setBrush(look.colour(state.removeprefix("_") or "raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        ink = look.colour("on_accent" if self._is_main else "text")
        side = size("icon_tool")
        paint_icon(painter, self._icon_name, ink, QRectF(spacing["4"], (self.height() - side) / 2, side, side))
        left = spacing["4"] + side + spacing["3"]
        top = float(spacing["2"])
        faint = ink if self._is_main else look.colour("text_muted")
        for text, style, colour in ((self.text(), "strong", ink), (self._line, "caption", faint)):
            height = values()["type"][style][1]
            painter.setFont(font(style))
            painter.setPen(colour)
            painter.drawText(QRectF(left, top, self.width() - left, height), Qt.AlignmentFlag.AlignVCenter, text)
            top += height
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink if self._is_main else look.colour("focus"), values()["stroke"]["focus"]))
            inset = 3 if self._is_main else 1  # on the accent itself the ring would not be seen at the edge
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's own)
        """Return a width that the column stretches."""
        return QSize(200, self.height())


class SideColumn(QWidget):
    """Name, ways to begin, recent files.

    Attributes
    ----------
    ways : the buttons by name: "draw", "data", "project".
    recent : the list of recent files.

    Signals
    -------
    left_rightwards : the right arrow key was pressed on a button or file.
    """

    left_rightwards = Signal()

    def __init__(self, maker: PictureMaker) -> None:
        super().__init__()
        spacing = values()["spacing"]
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(spacing["3"])
        self._layout.addLayout(_brand())
        sentence = QLabel(SENTENCE, wordWrap=True)
        sentence.setProperty("role", "muted")
        self._layout.addWidget(sentence)
        self._layout.addSpacing(spacing["2"])
        self.ways: dict[str, WayButton] = {}
        for name, icon_name, text, line, tip in WAYS:
            self.ways[name] = button = WayButton(icon_name, text, line, tip, is_main=name == "draw")
            button.setObjectName(f"begin_{name}")
            button.arrow_pressed.connect(self._move_focus)
            self._layout.addWidget(button)
        self._layout.addSpacing(spacing["2"])
        self.recent = RecentFiles(maker)
        self.recent.arrow_pressed.connect(self._move_focus)
        self._layout.addWidget(self.recent, 1)
        self._layout.addStretch()
        version = QLabel(f"Version {__version__}")
        version.setProperty("role", "caption")
        self._layout.addWidget(version)
        theme().changed.connect(self.update)

    def set_margin(self, margin: int) -> None:
        """Keep so many pixels from the edges."""
        spacing = values()["spacing"]
        self._layout.setContentsMargins(margin, spacing["8"], margin, spacing["3"])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        painter, look = QPainter(self), theme().look
        painter.fillRect(self.rect(), look.colour("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("border"))

    def _move_focus(self, key: Qt.Key) -> None:
        buttons: list[QWidget] = [*self.ways.values(), *self.recent.rows]
        widget = self.focusWidget()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        if widget in buttons and step:
            place = buttons.index(widget) + step
            if 0 <= place < len(buttons):
                buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Right:
            self.left_rightwards.emit()


def _brand() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(values()["spacing"]["3"])
    name = QLabel("annsim")
    name.setFont(font("brand"))
    row.addWidget(Logo())
    row.addWidget(name)
    row.addStretch()
    return row
