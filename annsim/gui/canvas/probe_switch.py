"""Input neurons set by hand, on the canvas: where their switches lie, how they look, and what they do."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.stage import Stage
from annsim.gui.document import Document
from annsim.gui.look import Look, number_text, values
from annsim.gui.probe import InputUnit
from annsim.gui.widgets.toggle_switch import paint_switch
from annsim.network.neuron import NeuronValues

WIDTH, HEIGHT = 26.0, 14.0
GAP = 10.0  # px off the rim: arrows are drawn from the band between
REACH = 6.0  # px round a switch that belong to it
LEAST_RADIUS = 12.0  # px; smaller inputs have no mark at their left
KNOB, RAIL = 4.0, 2.0


def switch_at(stage: Stage, eye: Eye, point: QPointF) -> int | None:
    """Return the id of the binary input whose switch lies under a viewport point."""
    drawing = stage.drawing
    if not len(drawing.ids):
        return None
    radii = drawing.radii * eye.zoom
    off = (point.x(), point.y()) - eye.to_screen(drawing.positions)
    from_rim = -radii - off[:, 0]
    is_over = (from_rim > REACH) & (from_rim <= GAP + WIDTH + REACH) & (abs(off[:, 1]) <= HEIGHT / 2 + REACH)
    is_over &= ~drawing.has_bias & (radii >= LEAST_RADIUS) & ~drawing.boxes.is_hidden
    columns = stage.document.probe_columns()
    return next((i for i in drawing.ids[is_over].tolist() if columns.unit(i).levels is not None), None)


def turn_over(document: Document, neuron_id: int) -> None:
    """Set a binary input by hand to its other level; where it has neither, to the high one."""
    unit = document.probe_columns().unit(neuron_id)
    if unit.levels is not None:
        document.set_probe_value(neuron_id, unit.levels[not unit.level(_value(document, neuron_id))])


def set_selected_inputs(document: Document, is_high: bool) -> bool:
    """Set the selected inputs by hand: binary ones to their low or high level, others to the number 0 or 1.

    Return whether any is selected.
    """
    inputs = [i for i in document.network.ids_of_role("input") if i in document.selected_neurons]
    levels = {i: document.probe_columns().unit(i).levels or (0.0, 1.0) for i in inputs}
    if inputs:
        document.set_probe_values({i: levels[i][is_high] for i in inputs})
    return bool(inputs)


def switch_tip(document: Document, neuron_id: int) -> str:
    """Return the tool tip of a switch."""
    values, unit = document.network.neuron_values(neuron_id), document.probe_columns().unit(neuron_id)
    low, high = map(number_text, unit.levels or (0.0, 1.0))
    return f"Click: switch input {values.name} by hand between {low} and {high}; keys 0 and 1 set what is selected"


def has_probe_mark(stage: Stage, neuron: NeuronValues, radius: float) -> bool:
    """Return whether an input neuron, `radius` pixels large, shows by hand what it is set to.

    It does while inputs are set by hand; before, a binary one does while the pointer is there.
    """
    document, number = stage.document, neuron.id
    if neuron.role != "input" or radius < LEAST_RADIUS or number not in document.moment.place:
        return False
    if document.probe is not None:
        return True
    is_hovered = number in (stage.hovered_switch, stage.hovered_neuron)
    return is_hovered and document.probe_columns().unit(number).levels is not None


def paint_probe_mark(painter: QPainter, look: Look, stage: Stage, neuron_id: int, radius: float) -> None:
    """Paint, left of an input neuron round (0, 0), its switch, or the rail of an input with more than two values."""
    document = stage.document
    unit, value = document.probe_columns().unit(neuron_id), _value(document, neuron_id)
    box = QRectF(-radius - GAP - WIDTH, -HEIGHT / 2, WIDTH, HEIGHT)
    fill = document.moment.fill(neuron_id)
    if unit.levels is None:
        _paint_rail(painter, look, box, _share(unit, value), fill)
    else:
        paint_switch(painter, look, box, unit.level(value), fill, is_hovered=neuron_id == stage.hovered_switch)


def _paint_rail(painter: QPainter, look: Look, box: QRectF, share: float, fill: float) -> None:
    middle, rim = box.center().y(), values()["stroke"]["rim"]
    left, right = box.left() + KNOB + rim, box.right() - KNOB - rim
    painter.setPen(QPen(look.colour("border_strong"), RAIL, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(box.left() + RAIL, middle), QPointF(box.right() - RAIL, middle))
    painter.setPen(QPen(look.colour("neuron_rim"), rim))
    painter.setBrush(look.fill(fill))
    painter.drawEllipse(QPointF(left + share * (right - left), middle), KNOB, KNOB)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _share(unit: InputUnit, value: float) -> float:
    """Return where a value lies in the range of the data, 0 to 1."""
    return min(1.0, max(0.0, (value - unit.low) / (unit.high - unit.low))) if unit.high > unit.low else 0.5


def _value(document: Document, neuron_id: int) -> float:
    by_hand = document.probe
    if by_hand is not None:
        return by_hand[neuron_id]
    number = float(document.moment.output[document.moment.place[neuron_id]])
    return document.probe_columns().value(neuron_id, number)
