"""Paints the textbook picture of a neuron: terms, arrows, circles, boxes, and the words under them."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.gui.dialogs.neuron_layout import (
    BELOW,
    CURVE,
    END,
    LINK,
    MARGIN,
    MINUS,
    NAME,
    NUMBER,
    SIGN,
    SUM,
    NeuronLayout,
    corner,
)
from annsim.gui.dialogs.neuron_terms import Terms
from annsim.gui.look import font, number_text, values
from annsim.gui.moment import NeuronMoment
from annsim.gui.theme import theme
from annsim.gui.widgets.neuron_meters import formula_font, meter_text, symbol_font
from annsim.network.neuron import NeuronValues

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
LINE = 1.5
TEXT_HEIGHT = 24


class NeuronPainting:
    """One painting of a neuron's picture."""

    def __init__(self, painter: QPainter, places: NeuronLayout) -> None:
        self.painter, self.places, self.look = painter, places, theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, neuron: NeuronValues, now: NeuronMoment, parts: Terms, fill: float) -> None:
        """Paint everything that is no field."""
        self._body(neuron)
        self._heads(bool(parts.shown))
        self._terms(parts)
        self._arrows(parts)
        self._chain(neuron, now)
        self._end(neuron, now, fill)

    # the terms at the left

    def _heads(self, has_terms: bool) -> None:
        places, y = self.places, self.places.head
        if not has_terms:
            self._text(QRectF(MARGIN, places.middle - 12, places.product_right - MARGIN, 24), LEFT, "no connections")
            return
        left, width = places.weight
        caption = font("caption")
        self._text(self._line(MARGIN, y, NAME), LEFT, "source", caption)
        self._text(self._line(places.output_right - NUMBER, y, NUMBER), RIGHT, "output o", caption)
        self._text(self._line(left, y, width), LEFT, "weight w", caption)
        self._text(self._line(places.product_right - NUMBER - SIGN, y, NUMBER + SIGN), RIGHT, "product w·o", caption)

    def _terms(self, parts: Terms) -> None:
        places = self.places
        left, width = places.weight
        metrics = self.painter.fontMetrics()
        for k, term in enumerate(parts.shown):
            y = places.row(k)
            name = metrics.elidedText(term.source, Qt.TextElideMode.ElideRight, NAME - 4)
            self._text(self._line(MARGIN, y, NAME), LEFT, name, font("body"), "text")
            self._text(
                self._line(places.output_right - NUMBER, y, NUMBER), RIGHT, meter_text(term.output), None, "text"
            )
            self._text(self._line(places.output_right, y, SIGN), CENTRE, "·")
            self._text(self._line(left + width, y, SIGN), CENTRE, "=")
            self._product(y, term.product)
        if parts.more:
            y = places.row(len(parts.shown))
            self._text(self._line(MARGIN, y, left + width - MARGIN), LEFT, f"… {parts.more:,} more, their sum")
            self._text(self._line(left + width, y, SIGN), CENTRE, "=")
            self._product(y, parts.rest)

    def _product(self, y: float, value: float) -> None:
        box = self._line(self.places.product_right - NUMBER, y, NUMBER)
        self._text(box, RIGHT, meter_text(value), font("strong"), "text")

    def _arrows(self, parts: Terms) -> None:
        start = self.places.product_right + values()["spacing"]["2"]
        reference = max([1.0, *(abs(term.weight) for term in parts.shown if math.isfinite(term.weight))])
        for k, term in enumerate(parts.shown):
            strength = min(1.0, abs(term.weight) / reference) if math.isfinite(term.weight) else 1.0
            colour = self.look.line(math.copysign(math.sqrt(strength), term.weight))
            is_dashed = self.look.is_high_contrast and term.weight < 0
            self._into_sum(QPointF(start, self.places.row(k)), colour, 1 + 3 * strength**0.75, is_dashed)
        if parts.more:
            place = QPointF(start, self.places.row(len(parts.shown)))
            self._into_sum(place, self.look.colour("plot_axis"), 1.0, is_dashed=False)

    def _into_sum(self, start: QPointF, colour: QColor, width: float, is_dashed: bool) -> None:
        middle = self.places.sum
        way = middle - start
        length = math.hypot(way.x(), way.y())
        self._arrow(start, middle - way * ((SUM + 3) / length), colour, width, is_dashed)

    # the neuron itself

    def _body(self, neuron: NeuronValues) -> None:
        painter, body = self.painter, self.places.body
        painter.setPen(QPen(self.look.colour("border"), 1))
        painter.setBrush(self.look.colour("surface"))
        painter.drawRoundedRect(body, corner(), corner())

    def _chain(self, neuron: NeuronValues, now: NeuronMoment) -> None:
        places = self.places
        self._circle(places.sum, SUM, "Σ", values()["type"]["formula_symbols"])
        self._circle(places.minus, MINUS, "−", values()["type"]["meter"][0])
        curve, box = places.curve, places.box
        z, a = now.net_input, now.activation
        u = None if z is None else z - neuron.threshold
        self._link(places.sum.x() + SUM, places.minus.x() - MINUS, "z", z)
        self._link(places.minus.x() + MINUS, curve.left() + 8, "u", u)  # up to the numbers of the axis
        self._link(curve.right() + 1, box.left(), "a", a)
        self._box(box, "ψ")
        for name, x, radius in (("Bias b", places.sum.x(), SUM), ("Threshold θ", places.minus.x(), MINUS)):
            field = places.field(x, places.weight[1])
            self._caption(x, field.top(), name)
            self._arrow(QPointF(x, field.bottom() + 2), QPointF(x, places.middle - radius - 3), self._ink, LINE)
        self._caption(curve.center().x(), places.field(0, 0).top(), "Activation function φ")
        self._caption(box.center().x(), places.field(0, 0).top(), "Output function ψ")
        phi, psi = ACTIVATIONS[neuron.activation].formula, OUTPUTS[neuron.output].formula
        # each formula stands under its result; under the circles the lowest arrows would run through it
        self._formula(places.sum.x() + SUM + LINK / 2, LINK + 2 * MINUS, "z = b + Σ w·o")
        self._formula(places.minus.x() + MINUS + LINK / 2, LINK + 2 * MINUS, "u = z − θ")
        self._formula(curve.center().x(), CURVE + 2 * MARGIN, f"a = {phi}")
        self._formula(box.center().x(), box.width() + MARGIN, f"o = {psi}")

    def _end(self, neuron: NeuronValues, now: NeuronMoment, fill: float) -> None:
        painter, end, look = self.painter, self.places.end, self.look
        self._arrow(QPointF(self.places.box.right(), end.y()), QPointF(end.x() - END - 3, end.y()), self._ink, LINE)
        painter.setPen(QPen(look.colour("neuron_rim"), values()["stroke"]["rim"]))
        painter.setBrush(look.fill(fill))
        painter.drawEllipse(end, END, END)
        ink = look.on_fill(fill)
        if neuron.role == "output":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 1.25))
            painter.drawEllipse(end, END - 4, END - 4)
        painter.setFont(font("strong"))
        painter.setPen(ink)
        room = QRectF(end.x() - END, end.y() - END, 2 * END, 2 * END)
        text = meter_text(now.output)
        if painter.fontMetrics().horizontalAdvance(text) > 2 * END - 8:
            text = number_text(float(f"{now.output:.3g}"))
        painter.drawText(room, CENTRE, text)
        self._text(room.translated(0, -END - 14), CENTRE, "o", symbol_font(), "text_muted")
        name = painter.fontMetrics().elidedText(neuron.name, Qt.TextElideMode.ElideRight, 2 * END + MARGIN)
        below = QRectF(end.x() - END - MARGIN / 2, end.y() + END + 4, 2 * END + MARGIN, TEXT_HEIGHT)
        self._text(below, CENTRE, name, font("strong"), "text")

    # pieces

    @property
    def _ink(self) -> QColor:
        return self.look.colour("neuron_rim")

    def _line(self, left: float, y: float, width: float) -> QRectF:
        return QRectF(left, y - TEXT_HEIGHT / 2, width, TEXT_HEIGHT)

    def _text(
        self, box: QRectF, side: Qt.AlignmentFlag, text: str, face: QFont | None = None, ink: str = "text_muted"
    ) -> None:
        self.painter.setFont(face or font("body"))
        self.painter.setPen(self.look.colour(ink))
        self.painter.drawText(box, side, text)

    def _caption(self, x: float, top: float, text: str) -> None:
        self._text(QRectF(x - CURVE / 2, top - TEXT_HEIGHT, CURVE, TEXT_HEIGHT), CENTRE, text, font("caption"))

    def _formula(self, x: float, room: float, text: str) -> None:
        """Write a formula under a part; where it is too long its second case stands on a second line."""
        if QFontMetricsF(formula_font()).horizontalAdvance(text) > room:
            text = text.replace(", ", ",\n", 1)
        box = QRectF(x - room / 2, self.places.middle + BELOW - TEXT_HEIGHT, room, 2 * TEXT_HEIGHT)
        self._text(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, text, formula_font())

    def _circle(self, middle: QPointF, radius: float, symbol: str, pixels: int) -> None:
        self.painter.setPen(QPen(self._ink, values()["stroke"]["rim"]))
        self.painter.setBrush(self.look.colour("raised"))
        self.painter.drawEllipse(middle, radius, radius)
        face = formula_font()
        face.setPixelSize(pixels)
        box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        self._text(box, CENTRE, symbol, face, "text")

    def _box(self, box: QRectF, symbol: str) -> None:
        self.painter.setPen(QPen(self._ink, values()["stroke"]["rim"]))
        self.painter.setBrush(self.look.colour("raised"))
        self.painter.drawRoundedRect(box, corner(), corner())
        face = symbol_font()
        face.setPixelSize(values()["type"]["formula_symbols"])
        self._text(box, CENTRE, symbol, face, "text")

    def _link(self, left: float, right: float, symbol: str, value: float | None) -> None:
        """Paint an arrow to the right, its symbol above and its number below."""
        y = self.places.middle
        self._arrow(QPointF(left, y), QPointF(right - 3, y), self._ink, LINE)
        self._text(QRectF(left, y - TEXT_HEIGHT - 1, right - left, TEXT_HEIGHT), CENTRE, symbol, symbol_font())
        below = QRectF(left - 8, y + 3, right - left + 10, TEXT_HEIGHT)
        self._text(below, CENTRE, meter_text(value), font("strong"), "text")

    def _arrow(self, start: QPointF, tip: QPointF, colour: QColor, width: float, is_dashed: bool = False) -> None:
        way = tip - start
        length = math.hypot(way.x(), way.y())
        if length < 1:
            return
        along = way / length
        across = QPointF(-along.y(), along.x())
        head, half = 5 + 1.6 * width, 2.4 + 0.85 * width
        pen = QPen(colour, width, c=Qt.PenCapStyle.FlatCap)
        if is_dashed:
            pen.setDashPattern([part / width for part in values()["arrow"]["dash_high_contrast_negative"]])
        self.painter.setPen(pen)
        foot = tip - along * head
        self.painter.drawLine(start, foot)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawPolygon(QPolygonF([tip, foot + across * half, foot - across * half]))


def row_count(parts: Terms) -> int:
    """Return how many rows the terms need."""
    return max(1, len(parts.shown) + bool(parts.more))
