"""Pictures of activation functions: the curve with the present point, and small icons of the curve."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from annsim.functions.activation import ACTIVATIONS, sigmoid
from annsim.gui.icons import SCALES
from annsim.gui.look import font, number_text, values
from annsim.gui.theme import theme

Numbers = NDArray[np.float64]
SAMPLES, SAMPLES_PER_PIXEL = 241, 4
LEAST_RANGE = 4.0
CURVE_WIDTH = 1.75
DOT = 4.0
DASHES = (3.0, 3.0)
ICON_RANGE = {"sine": math.pi, "gaussian": 2.5, "linear": 1.5, "relu": 1.5, "leaky_relu": 1.5, "step": 1.5, "elu": 2.0}


def curve_points(
    name: str, low: float, high: float, shift: float = 0.0, middle: float = 0.0, samples: int = SAMPLES
) -> tuple[Numbers, Numbers]:
    """Return points (z, a) of a = phi(z - shift) for z from low to high.

    A kink is met exactly, so that a step stands upright. The joint softmax is shown as the function of one neuron while
    the others stay as they are: a sigmoid about `middle`, where it would be 1/2.
    """
    function = ACTIVATIONS[name]
    u = np.linspace(low - shift, high - shift, samples)
    kinks = np.array([place for kink in function.kinks for place in (kink, math.nextafter(kink, math.inf))])
    u = np.sort(np.concatenate([u, kinks[(kinks > u[0]) & (kinks < u[-1])]]))
    a = sigmoid(u - middle) if function.joint else function.value(u)
    return u + shift, np.asarray(a, np.float64)


@cache
def curve_pixmap(name: str, colour: str, width: int, height: int, scale: float = 1.0) -> QPixmap:
    """Return the curve of an activation function alone, in one colour given as #RRGGBB."""
    picture = QPixmap(QSize(round(width * scale), round(height * scale)))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_curve(painter, name, QColor(colour), QRectF(1.5, 2.5, width - 3, height - 5))
    painter.end()
    return picture


def curve_icon(name: str, size: int = 16, token: str = "text") -> QIcon:  # noqa: S107 (a colour token, no password)
    """Return the curve of an activation function as an icon, with its disabled variant."""
    look, result = theme().look, QIcon()
    for scale in SCALES:
        result.addPixmap(curve_pixmap(name, look.name(token), size, size, scale))
        result.addPixmap(curve_pixmap(name, look.name("text_disabled"), size, size, scale), QIcon.Mode.Disabled)
    return result


def paint_curve(painter: QPainter, name: str, colour: QColor, rect: QRectF) -> None:
    """Paint the curve of an activation function so that it fills a rectangle."""
    reach = ICON_RANGE.get(name, LEAST_RANGE)
    x, y = curve_points(name, -reach, reach, samples=min(SAMPLES, SAMPLES_PER_PIXEL * math.ceil(rect.width()) + 1))
    bottom, top = float(y.min()), float(y.max())
    points = [
        QPointF(rect.left() + (p + reach) / (2 * reach) * rect.width(), rect.bottom() - q * rect.height())
        for p, q in zip(x.tolist(), ((y - bottom) / (top - bottom)).tolist(), strict=True)
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, CURVE_WIDTH, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))


class CurvePicture(QWidget):
    """The curve of an activation function over the net input, with the present point and the threshold.

    Parameters
    ----------
    variable : "z" where the curve is drawn over the net input, moved right by the threshold; "u" where the threshold
        has been subtracted before.
    """

    def __init__(self, variable: str = "z", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variable = variable
        self._name: str | None = None
        self._u: float | None = None
        self._a: float | None = None
        self._theta = 0.0
        self._reach = LEAST_RANGE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Curve of the activation function")
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(240, 104)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(120, 104)

    def set_function(self, name: str | None) -> None:
        """Show an activation function by name; None: an empty picture."""
        if name != self._name:
            self._name = name
            self.reset_range()
        self._describe()

    def set_point(self, u: float | None, a: float | None = None) -> None:
        """Show the present point.

        Parameters
        ----------
        u : net input minus threshold; None: no point.
        a : the activation there; needed for softmax only, whose curve hangs on the other neurons.
        """
        finite = u is not None and math.isfinite(u)
        self._u, self._a = (u, a) if finite else (None, None)
        self._widen()
        self._describe()

    def set_threshold(self, theta: float) -> None:
        """Show the threshold, where it is other than 0, as a dashed upright."""
        self._theta = theta
        self._widen()
        self._describe()

    def reset_range(self) -> None:
        """Show [-4, 4] again, or what the present point needs; else the range only grows, so that nothing jumps."""
        self._reach = LEAST_RANGE
        self._widen()

    @property
    def reach(self) -> float:
        """Half the width of the range on show."""
        return self._reach

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint ground, grid, axis numbers, threshold, curve, kinks and the present point."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("caption"))
        _Painting(painter, QRectF(self.rect()), self._variable, self._reach, self._theta).paint(
            self._name, self._u, self._a
        )
        painter.end()

    def _widen(self) -> None:
        shift = self._theta if self._variable == "z" else 0.0
        need = max(abs(shift), abs((self._u or 0.0) + shift)) * 1.04
        if need > self._reach:
            self._reach = nice_above(need)

    def _describe(self) -> None:
        if self._name is None:
            text = "Several activation functions"
        else:
            text = f"{self._name}: a = {ACTIVATIONS[self._name].formula}"
            kinks = ACTIVATIONS[self._name].kinks
            if kinks:
                text += f"; kink at u = {', '.join(number_text(kink) for kink in kinks)}"
        self.setToolTip(text)
        if self._u is not None:
            text += f"; u = {number_text(self._u)}"
        self.setAccessibleDescription(text)
        self.update()


def nice_above(value: float) -> float:
    """Return the smallest of 1, 2, 5, 10, ... (times powers of ten) that is not below a positive value."""
    power = 10.0 ** math.floor(math.log10(min(value, 1e300)))
    return next((power * factor for factor in (1, 2, 5) if power * factor >= value), power * 10)


class _Painting:
    """One painting of a curve picture: the places of numbers on the paper."""

    def __init__(self, painter: QPainter, outer: QRectF, variable: str, reach: float, theta: float) -> None:
        self.painter, self.variable, self.reach, self.theta = painter, variable, reach, theta
        self.look = theme().look
        metrics = painter.fontMetrics()
        self.line_height = metrics.height()
        margin = metrics.horizontalAdvance("−0.5") + values()["spacing"]["1"]
        self.paper = outer.adjusted(margin, 0.5, -0.5, -self.line_height - 2)
        self.low, self.high = 0.0, 1.0

    def paint(self, name: str | None, u: float | None, a: float | None) -> None:
        """Paint everything; without a name only the ground."""
        painter, look = self.painter, self.look
        radius = values()["radius"]["control"]
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("canvas"))
        painter.drawRoundedRect(self.paper, radius, radius)
        if name is None:
            return
        shift = self.theta if self.variable == "z" else 0.0
        middle = 0.0
        if ACTIVATIONS[name].joint and u is not None and a is not None and 0 < a < 1:
            middle = u - math.log(a / (1 - a))
        x, y = curve_points(name, -self.reach, self.reach, shift, middle)
        low, high = float(y.min()), float(y.max())
        room = (high - low) * 0.1 or 1.0
        self.low, self.high = low - room, high + room
        self._grid(low, high)
        painter.setClipRect(self.paper)
        self._threshold(shift)
        painter.setPen(QPen(look.colour("text"), CURVE_WIDTH, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([self._at(*point) for point in zip(x.tolist(), y.tolist(), strict=True)]))
        self._kinks(name, shift)
        if u is not None:
            self._point(u + shift, float(np.interp(u + shift, x, y)))

    def _at(self, x: float, y: float) -> QPointF:
        paper = self.paper
        return QPointF(
            paper.left() + (x + self.reach) / (2 * self.reach) * paper.width(),
            paper.bottom() - (y - self.low) / (self.high - self.low) * paper.height(),
        )

    def _grid(self, low: float, high: float) -> None:
        painter, look, paper = self.painter, self.look, self.paper
        painter.setPen(QPen(look.colour("plot_grid"), 1))
        middle = self._at(0, 0)
        painter.drawLine(QPointF(middle.x(), paper.top()), QPointF(middle.x(), paper.bottom()))
        marks = [low, high] if low >= 0 or high <= 0 or min(-low, high) < 0.2 * (high - low) else [low, 0.0, high]
        for mark in marks:
            y = self._at(0, mark).y()
            painter.setPen(QPen(look.colour("plot_grid"), 1))
            painter.drawLine(QPointF(paper.left() + 1, y), QPointF(paper.right() - 1, y))
            painter.setPen(look.colour("text_muted"))
            box = QRectF(0, y - self.line_height / 2, paper.left() - 4, self.line_height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _tick(mark))
        painter.setPen(look.colour("text_muted"))
        for mark in (-self.reach, 0.0, self.reach):
            text = f"{self.variable} {_tick(mark)}" if mark > 0 else _tick(mark)
            width = painter.fontMetrics().horizontalAdvance(text) + 1
            left = min(max(self._at(mark, 0).x() - width / 2, paper.left()), paper.right() - width)
            box = QRectF(left, paper.bottom() + 2, width, self.line_height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _threshold(self, shift: float) -> None:
        if not shift:
            return
        painter, colour = self.painter, self.look.colour("curve_reference")
        x = self._at(shift, 0).x()
        pen = QPen(colour, 1)
        pen.setDashPattern(DASHES)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, self.paper.top()), QPointF(x, self.paper.bottom()))
        painter.setPen(self.look.colour("text_muted"))
        is_left = x - 18 > self.paper.left()  # upper left of the line most curves leave free
        box = QRectF(x - 18 if is_left else x + 4, self.paper.top() + 2, 14, self.line_height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft, "θ")

    def _kinks(self, name: str, shift: float) -> None:
        """Mark kinks by a small ring at the value that holds there: the derivative jumps."""
        self.painter.setPen(QPen(self.look.colour("text"), 1))
        self.painter.setBrush(self.look.colour("canvas"))
        for kink in ACTIVATIONS[name].kinks:
            value = float(ACTIVATIONS[name].value(np.array([kink]))[0])
            self.painter.drawEllipse(self._at(kink + shift, value), 2.5, 2.5)

    def _point(self, x: float, y: float) -> None:
        painter, accent, place = self.painter, self.look.colour("accent"), self._at(x, y)
        pen = QPen(accent, 1)
        pen.setDashPattern(DASHES)
        painter.setPen(pen)
        painter.drawLine(place, QPointF(place.x(), self.paper.bottom()))
        painter.setPen(QPen(self.look.colour("canvas"), 1))
        painter.setBrush(accent)
        painter.drawEllipse(place, DOT, DOT)


def _tick(value: float) -> str:
    return (
        number_text(value, 0)
        if abs(value - round(value)) < 0.05 and abs(value) < 1e4
        else f"{value:.2g}".replace("-", "−")
    )
