"""The numbers of one neuron at this moment: z, a, o and delta in a grid whose places never move."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annsim.gui.look import font, number_text, size, values
from annsim.gui.moment import NeuronMoment
from annsim.gui.theme import theme

METERS = (
    ("z", "net input", "Net input z = b + Σ w·o: bias and weighted outputs of the sources"),
    ("a", "activation", "Activation a = φ(z − θ)"),
    ("o", "output", "Output o = ψ(a), what the neuron hands on"),
    ("δ", "delta", "Delta δ = dL/dz of the row on show; there is none without target values"),
)
DECIMALS = (4, 4, 4, 6)  # deltas get small long before training ends
NOTHING = "–"
RESERVE = "−0.0000"


def formula_font(style: str = "body") -> QFont:
    """Return the upright font of formulas in the size of a style."""
    result = font(style)
    result.setFamilies(values()["type"]["family_formula"])
    return result


def symbol_font(style: str = "body") -> QFont:
    """Return the font of variables in formulas, in the size of a style."""
    result = formula_font(style)
    result.setItalic(True)
    result.setPixelSize(result.pixelSize() + 2)  # these serif faces stand smaller than the faces of a user interface
    return result


def meter_text(value: float | None, decimals: int = 4) -> str:
    """Return a number with fixed decimals, so that it does not jump while it changes."""
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 1e5 or 0 < abs(value) < 0.5 * 10.0**-decimals:
        return number_text(value)
    return number_text(value, decimals if abs(value) < 1 else min(decimals, 4 if abs(value) < 1e3 else 2))


class NeuronMeters(QWidget):
    """Two by two numbers; their words give way before a number does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = [NOTHING] * len(METERS)
        self._has_words = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Numbers of the neuron for the row on show")
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(240, 2 * size("list_row") + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(200, self.sizeHint().height())

    @property
    def texts(self) -> list[str]:
        """The numbers as shown: z, a, o, delta."""
        return list(self._texts)

    def start_over(self) -> None:
        """Show another neuron: its words are back where there is room."""
        self._has_words = True
        self._measure()

    def show_moment(self, moment: NeuronMoment | None) -> None:
        """Show the numbers of a neuron."""
        numbers = [None] * 4 if moment is None else [moment.net_input, moment.activation, moment.output, moment.delta]
        texts = [meter_text(number, decimals) for number, decimals in zip(numbers, DECIMALS, strict=True)]
        if texts != self._texts:
            self._texts = texts
            self._measure()
            said = (f"{word} {text}" for (_, word, _), text in zip(METERS, texts, strict=True))
            self.setAccessibleDescription(", ".join(said))
            self.update()

    def event(self, event: QEvent) -> bool:
        """Show the tool tip of the number under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = event.pos()
            k = 2 * (place.y() > self.height() / 2) + (place.x() > self.width() / 2)
            QToolTip.showText(event.globalPos(), METERS[k][2], self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self.start_over()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the card, its hairlines, and each number with its symbol and its word."""
        painter, look = QPainter(self), theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("raised"))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = values()["radius"]["control"]
        painter.drawRoundedRect(card, radius, radius)
        middle = card.center()
        painter.drawLine(QPointF(card.left(), middle.y()), QPointF(card.right(), middle.y()))
        painter.drawLine(QPointF(middle.x(), card.top()), QPointF(middle.x(), card.bottom()))
        for k in range(len(METERS)):
            self._paint_meter(painter, k, self._cell(k))
        painter.end()

    def _cell(self, k: int) -> QRectF:
        width, height = self.width() / 2, self.height() / 2
        pad = values()["spacing"]["2"]
        return QRectF(k % 2 * width + pad, k // 2 * height, width - 2 * pad, height)

    def _paint_meter(self, painter: QPainter, k: int, cell: QRectF) -> None:
        look, (symbol, word, _) = theme().look, METERS[k]
        side = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look.colour("text_muted"))
        painter.setFont(symbol_font())
        painter.drawText(cell, side | Qt.AlignmentFlag.AlignLeft, symbol)
        if self._has_words:
            painter.setFont(font("caption"))
            painter.drawText(cell.adjusted(_indent(), 0, 0, 0), side | Qt.AlignmentFlag.AlignLeft, word)
        painter.setPen(look.colour("text_muted" if self._texts[k] == NOTHING else "text"))
        painter.setFont(font("strong"))
        painter.drawText(cell, side | Qt.AlignmentFlag.AlignRight, self._texts[k])

    def _measure(self) -> None:
        """Hide all words where one would come too near to a number; they come back with the next neuron only."""
        strong, caption = QFontMetricsF(font("strong")), QFontMetricsF(font("caption"))
        gap = values()["spacing"]["2"]
        for (_, word, _), text in zip(METERS, self._texts, strict=True):
            number = max(strong.horizontalAdvance(text), strong.horizontalAdvance(RESERVE))
            if _indent() + caption.horizontalAdvance(word) + gap + number > self._cell(0).width():
                self._has_words = False


def _indent() -> int:
    return int(values()["spacing"]["4"])
