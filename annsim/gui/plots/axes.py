"""The drawing area of a plot of losses: axes with round steps, curves, the present moment; colours from the theme."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from annsim.gui.look import font, number_text
from annsim.gui.plots.curves import POINTS_DRAWN, POINTS_EARLIER, Curve, Line, decimated, ticks
from annsim.gui.theme import theme

LEFT_WIDTH, BOTTOM_HEIGHT = 56, 24
X_TICK_PIXELS, Y_TICK_PIXELS = 90, 38
END_ROOM = 30.0  # pixels that the number of an outer tick may take beyond the axis
LOW_PLOT = 90  # below this height only the first and the last tick of the loss have a number
LEAST_LOSS = 1e-12
MOST_DECADES = 12
FEW_POINTS = 400  # more of them, and the curve gets a thin pen
DASHES = (6.0, 2.0)
WIDTHS = {"training": 1.75, "test": 1.5}


class EpochAxis(pg.AxisItem):
    """The x axis: whole epochs."""

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's own)
        """Leave room for the numbers at both ends, which pyqtgraph drops where there is a grid."""
        return super().boundingRect().adjusted(-END_ROOM, 0, END_ROOM, 0)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802, N803
        """Return ticks in steps of 1, 2, 5."""
        distance, places = ticks(minVal, maxVal, max(1, int(size // X_TICK_PIXELS)))
        return [(distance, [place for place in places if place == round(place)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return whole numbers with separators."""
        return [f"{value:,.0f}" for value in values]


class LossAxis(pg.AxisItem):
    """The y axis; with `is_log` its values are powers of ten."""

    is_log = False

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt's own)
        """Leave room for the numbers at both ends, which pyqtgraph drops where there is a grid."""
        return super().boundingRect().adjusted(0, -END_ROOM, 0, END_ROOM)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802, N803
        """Return ticks in steps of 1, 2, 5, or decades."""
        most = max(1, int(size // Y_TICK_PIXELS))
        if self.is_log:
            distance = max(1, -(-round(maxVal - minVal) // most))
            return [(distance, [float(place) for place in range(round(minVal), round(maxVal) + 1, distance)])]
        return [ticks(minVal, maxVal, most)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return numbers with as many decimals as the steps need; few in a low plot."""
        if self.is_log:
            texts = [number_text(10.0**value) for value in values]
        else:
            decimals = max(0, int(np.ceil(-np.log10(spacing) - 1e-9)))
            texts = [number_text(value, decimals) if decimals < 5 else number_text(value) for value in values]
        if self.geometry().height() < LOW_PLOT:
            return [text if place in (0, len(texts) - 1) else "" for place, text in enumerate(texts)]
        return texts


class LossArea(pg.PlotWidget):
    """The curves; it moves by itself only, so that the mouse reads values.

    Signals
    -------
    hovered : epoch and loss under the pointer.
    left : the pointer has gone.
    """

    hovered = Signal(float, float)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._x_axis, self._y_axis = EpochAxis("bottom"), LossAxis("left")
        super().__init__(parent, axisItems={"bottom": self._x_axis, "left": self._y_axis})
        self.is_log = False
        self._range = (0.0, 0.0, 0.0, 0.0)
        item = self.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(False, False)
        item.disableAutoRange()
        item.layout.setContentsMargins(0, 8, 24, 0)
        for axis in (self._x_axis, self._y_axis):
            axis.setZValue(-1000)  # the grid lies below the curves
        self._x_axis.setHeight(BOTTOM_HEIGHT)
        self._y_axis.setWidth(LEFT_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Curves of the loss")
        self._epoch_word = QLabel("epoch", self)
        self._epoch_word.setProperty("role", "caption")
        self._epoch_word.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._curves = {name: pg.PlotCurveItem(antialias=True) for name in WIDTHS}
        self._earlier: list[pg.PlotCurveItem] = []
        self._now = pg.InfiniteLine(angle=90)
        self._reading = pg.InfiniteLine(angle=90)
        self._ends = pg.ScatterPlotItem(size=7, pxMode=True)
        for part in (self._now, self._reading, *reversed(self._curves.values()), self._ends):
            self.addItem(part, ignoreBounds=True)
        self._reading.hide()
        self.scene().sigMouseMoved.connect(self._mouse_moved)
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the theme."""
        look = theme().look
        self.setBackground(look.colour("canvas"))
        for axis in (self._x_axis, self._y_axis):
            axis.setTickPen(pg.mkPen(look.colour("plot_grid"), width=1))
            axis.setTextPen(look.colour("text_muted"))
            axis.setTickFont(font("caption"))
            axis.setStyle(tickLength=0, tickTextOffset=6, autoReduceTextSpace=False)
            axis.setGrid(255)
        self._x_axis.setPen(pg.mkPen(look.colour("plot_axis"), width=1))
        self._y_axis.setPen(pg.mkPen(look.colour("plot_grid"), width=1))
        for curve in self._earlier:
            curve.setPen(curve_pen("reference"))
        self._now.setPen(pg.mkPen(look.colour("accent"), width=1))
        self._reading.setPen(pg.mkPen(look.colour("text_muted"), width=1, style=Qt.PenStyle.DotLine))
        self._epoch_word.setFont(font("caption"))

    def set_log(self, is_log: bool) -> None:
        """Show the loss on a logarithmic axis, or on a linear one."""
        self.is_log = self._y_axis.is_log = is_log
        self._y_axis.picture = None
        self._range = (0.0, 0.0, 0.0, 0.0)

    def set_range(self, right: float, low: float, high: float) -> None:
        """Set the axes: epochs from 0, loss (its power of ten on a logarithmic axis) from `low` to `high`."""
        wanted = (0.0, right, low, high)
        if wanted != self._range:
            self._range = wanted
            self.getPlotItem().setRange(xRange=(0, right), yRange=(low, high), padding=0)

    def draw_present(self, curve: Curve | None) -> None:
        """Draw the curve of the present run and the moment where it is."""
        lines = {"training": Line(), "test": Line()} if curve is None else vars(curve)
        ends = []
        look = theme().look
        for name, item in self._curves.items():
            line: Line = lines[name]
            x, y = self.drawn(line, POINTS_DRAWN)
            item.setData(x, y, pen=curve_pen(name, is_thin=len(x) > FEW_POINTS))
            if len(x):
                colour = look.colour(f"curve_{name}")
                inside = colour if name == "training" else look.colour("canvas")
                ends.append({"pos": (x[-1], y[-1]), "pen": pg.mkPen(colour, width=1.5), "brush": pg.mkBrush(inside)})
        self._ends.setData(ends)
        self._now.setVisible(curve is not None and len(curve.training) > 0)
        self._now.setValue(0.0 if curve is None else curve.end)

    def draw_earlier(self, curves: Sequence[Curve]) -> None:
        """Draw the training losses of earlier runs."""
        while len(self._earlier) < len(curves):
            item = pg.PlotCurveItem(pen=curve_pen("reference"), antialias=False)
            item.setZValue(-1)
            self._earlier.append(item)
            self.addItem(item, ignoreBounds=True)
        for place, item in enumerate(self._earlier):
            item.setVisible(place < len(curves))
            if place < len(curves):
                item.setData(*self.drawn(curves[place].training, POINTS_EARLIER))

    def drawn(self, line: Line, limit: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the points of a line as they are drawn."""
        x, y = decimated(line.x, line.y, limit)
        return (x, np.log10(np.maximum(y, LEAST_LOSS))) if self.is_log else (x, y)

    def set_reading(self, epoch: float | None) -> None:
        """Show the upright at the epoch that is read, or hide it."""
        self._reading.setVisible(epoch is not None)
        if epoch is not None:
            self._reading.setValue(epoch)

    def pixels_per_loss(self) -> float:
        """Return how many pixels one unit of the (logarithmic) loss takes."""
        return 1.0 / max(1e-300, float(self.getPlotItem().vb.viewPixelSize()[1]))

    def axis_span(self) -> tuple[int, int]:
        """Return the left and right edge of the x axis, in pixels of this widget."""
        rect = self.getPlotItem().vb.sceneBoundingRect()
        return round(rect.left()), round(rect.right())

    # Qt's own

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's own)
        """Say that the pointer has gone."""
        super().leaveEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's own)
        """Keep the word of the x axis at its place."""
        super().resizeEvent(event)
        if hasattr(self, "_epoch_word"):  # pyqtgraph resizes before its own constructor has ended
            self._epoch_word.adjustSize()
            self._epoch_word.move(12, self.height() - BOTTOM_HEIGHT + 5)

    def _mouse_moved(self, position: QPointF) -> None:
        box = self.getPlotItem().vb
        if box.sceneBoundingRect().contains(position):
            place = box.mapSceneToView(position)
            self.hovered.emit(place.x(), place.y())
        else:
            self.left.emit()


def curve_pen(name: str, *, is_thin: bool = False) -> QPen:
    """Return the pen of the curve "training", "test" or "reference"; thin ones are drawn five times as fast."""
    pen = pg.mkPen(theme().look.colour(f"curve_{name}"), width=1 if is_thin else WIDTHS.get(name, 1))
    if name != "training":
        # Qt counts dashes in widths of the pen
        pen.setDashPattern([length / pen.widthF() for length in DASHES] if name == "test" else [4.0, 3.0])
    return pen
