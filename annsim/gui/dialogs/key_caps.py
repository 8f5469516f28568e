"""Keys as they look on a keyboard: one cap a key."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annsim.gui.look import Look, font, values
from annsim.gui.theme import theme

HEIGHT, PAD, GAP = 20, 6, 3


def keys_text(sequence: QKeySequence) -> str:
    """Return keys as people write them, such as "Ctrl+Shift+P"; both Enter keys have one name."""
    return sequence.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def caps_of(text: str) -> list[str]:
    """Return the single keys of a text such as "Ctrl+Shift+P"; the last may be "+" itself.

    Examples
    --------
    >>> caps_of("Ctrl++")
    ['Ctrl', '+']
    """
    head, plus, last = text.rpartition("+")
    if plus and not last:
        head, last = head.removesuffix("+"), "+"
    return [*(part for part in head.split("+") if part), "−" if last == "-" else last]


def caps_width(text: str) -> float:
    """Return how wide the caps of some keys are."""
    return sum(_cap_widths(text)) + GAP * (len(caps_of(text)) - 1) if text else 0.0


def paint_caps(painter: QPainter, look: Look, left: QPointF, text: str, is_faint: bool = False) -> None:
    """Paint the caps of some keys from the middle of their left edge on."""
    radius, x = values()["radius"]["control"], left.x()
    painter.setFont(font("caption"))
    for cap, width in zip(caps_of(text), _cap_widths(text), strict=True):
        rect = QRectF(round(x) + 0.5, round(left.y() - HEIGHT / 2) + 0.5, round(width) - 1, HEIGHT - 1)
        painter.setPen(QPen(look.colour("border"), values()["stroke"]["hairline"]))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(look.colour("text_disabled" if is_faint else "text_muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cap)
        x += width + GAP


class KeyCaps(QWidget):
    """The caps of one shortcut."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(round(caps_width(self.text)) + 1, HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_caps(painter, theme().look, QPointF(0, self.height() / 2), self.text)
        painter.end()


def _cap_widths(text: str) -> list[float]:
    metrics = QFontMetricsF(font("caption"))
    return [max(HEIGHT, metrics.horizontalAdvance(cap) + 2 * PAD) for cap in caps_of(text)]
