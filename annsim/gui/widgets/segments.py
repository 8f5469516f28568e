"""A choice of a few words side by side, of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from annsim.gui.look import font, size, values
from annsim.gui.theme import theme


class Segment(QAbstractButton):
    """One word of a choice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # arrow keys go from one to the next, as with radio buttons
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(font("small"))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * values()["spacing"]["2"]
        return QSize(width, size("control"))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(size("control"), size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the word, on a raised ground where it is chosen."""
        painter, look = QPainter(self), theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, box = values()["radius"]["control"], QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        if self.isChecked():
            painter.setPen(QPen(look.colour("border_strong"), values()["stroke"]["hairline"]))
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(box, radius, radius)
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), values()["stroke"]["focus"]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)
        painter.setFont(self.font())
        token = "text_disabled" if not self.isEnabled() else "text" if self.isChecked() else "text_muted"
        painter.setPen(look.colour(token))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 8)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class Segments(QWidget):
    """Words side by side on one track.

    Signals
    -------
    chosen : somebody chose the word at this place, from 0.
    """

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segments = [Segment(word) for word in words]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for place, segment in enumerate(self.segments):
            layout.addWidget(segment, segment.sizeHint().width())
            segment.clicked.connect(lambda checked=False, place=place: self.chosen.emit(place))
        self.setFixedHeight(size("control"))
        theme().changed.connect(self.update)

    def show_chosen(self, place: int) -> None:
        """Show which word is chosen."""
        self.segments[place].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the track."""
        painter, look = QPainter(self), theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border"), values()["stroke"]["hairline"]))
        painter.setBrush(look.colour("sunken"))
        radius = values()["radius"]["button"]
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


def small_strong() -> QFont:
    """Return the small font in the weight of strong text."""
    result = font("small")
    result.setWeight(QFont.Weight(values()["type"]["strong"][2]))
    return result
