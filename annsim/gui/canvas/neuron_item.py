"""One neuron on the canvas."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annsim.gui.canvas.neuron_paint import NAME_FROM, NAME_ROOM, Face, name_middle, paint_dot, paint_neuron
from annsim.gui.canvas.probe_switch import has_probe_mark, paint_probe_mark
from annsim.gui.canvas.stage import Stage
from annsim.gui.theme import theme
from annsim.network.neuron import NeuronValues

LEAST_DOT = 2.0  # px


class NeuronItem(QGraphicsItem):
    """Paints a neuron; it takes no events, since the view hands them to gestures."""

    def __init__(self, stage: Stage, values: NeuronValues, radius: float) -> None:
        super().__init__()
        self._stage = stage
        self.values = values
        self.radius = radius
        self.row = 0  # in the arrays of the drawing

    def face(self) -> Face:
        """Return what is on show of the neuron now."""
        stage, moment, number = self._stage, self._stage.document.moment, self.values.id
        return Face(
            self.values,
            moment.neuron(number),
            stage.drawing.fills[self.row],
            number in stage.document.selected_neurons,
            number == stage.hovered_neuron,
            stage.feedback.get(number),
            stage.named.get(number, ""),
            number in stage.marked,
            number == stage.focused,
            has_probe_mark(stage, self.values, self.radius * stage.zoom),
        )

    def _is_marked(self) -> bool:
        stage, number = self._stage, self.values.id
        is_seen = number == stage.hovered_neuron or number in stage.feedback
        return is_seen or number in stage.document.selected_neurons or number in stage.marked

    def boundingRect(self) -> QRectF:  # noqa: D102, N802 (Qt's own)
        zoom = self._stage.zoom
        across = 2 * (self.radius * zoom + NAME_ROOM + 30)
        below = name_middle(self.radius * zoom) + 20
        above = self.radius * zoom + 24
        return QRectF(-across / 2 / zoom, -above / zoom, across / zoom, (above + below) / zoom)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: D102 (Qt's own)
        zoom = self._stage.zoom
        if 2 * self.radius * zoom < NAME_FROM and not self._is_marked():
            radius = max(self.radius, LEAST_DOT / zoom)
            paint_dot(painter, theme().look, self._stage.drawing.fills[self.row], radius)
            return
        painter.scale(1 / zoom, 1 / zoom)  # measures of the look are in pixels on screen
        face = self.face()
        paint_neuron(painter, theme().look, face, self.radius * zoom)
        if face.has_probe_mark:
            paint_probe_mark(painter, theme().look, self._stage, self.values.id, self.radius * zoom)
