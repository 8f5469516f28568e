"""How a neuron is painted, in pixels round (0, 0): four levels of detail, roles, badges and states."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from annsim.gui.canvas.function_curve import FunctionCurve
from annsim.gui.canvas.neuron_tags import paint_tag, tags
from annsim.gui.canvas.neuron_text import fitting_number, paint_centred, paint_outlined, sized_font, symbol_font
from annsim.gui.icons import paint_icon
from annsim.gui.look import Look, values
from annsim.gui.moment import NeuronMoment
from annsim.network.neuron import NeuronValues

NAME_FROM, CURVE_FROM, FULL_FROM = (values()["neuron"]["levels_px"][level][0] for level in ("name", "curve", "full"))
RINGS = values()["neuron"]["rings_outside_r"]
RIM: float = values()["stroke"]["rim"]
SELECTION: float = values()["stroke"]["selection"]
DOT_RIM = 0.6
BADGE: float = values()["neuron"]["badge_diameter"]
BADGE_ANGLES = (-45, -9, 27)  # degrees clockwise from the right: upper right, then on
BADGE_ICON = 13.0
NAME_ROOM = 132.0
PROBE_MARK = 22.0  # px by which the switch of an input reaches further than the mark of its role
TAG_ROOM = 8.0  # px by which the tags of a large neuron push its name down
LARGEST_DOT = 4.0
SECOND_RING = 0.65  # opacity of the ring of an output neuron
MARKED_DASHES = (7.0 / SELECTION, 5.0 / SELECTION)  # px of dash and gap, in widths of the pen
FOCUS: float = values()["stroke"]["focus"]
FOCUS_OUTSIDE = 10.0  # px from the rim to the square
TICK: list[tuple[float, float]] = [(-3.5, 0.2), (-1.0, 2.8), (3.8, -2.6)]
CROSS: list[tuple[float, float]] = [(-3, -3), (3, 3), (0, 0), (3, -3), (-3, 3)]


@dataclass(frozen=True)
class Face:
    """What of a neuron is on show; `feedback` is whether it would take what is being dragged."""

    values: NeuronValues
    moment: NeuronMoment | None
    fill: float
    is_selected: bool = False
    is_hovered: bool = False
    feedback: bool | None = None
    name_side: str = "below"  # or "left", "right", or "" where it has no room
    is_marked: bool = False  # belongs to the second selection
    is_focused: bool = False
    has_probe_mark: bool = False  # in the place of the mark of an input


def number_size(radius: float) -> float:
    """Return the size of the number inside a neuron."""
    return min(18.0, max(11.0, 0.36 * radius))


def name_size(radius: float) -> float:
    """Return the size of the name below a neuron."""
    return min(16.0, max(12.0, 0.33 * radius))


def name_middle(radius: float) -> float:
    """Return how far below the centre the middle of the name is."""
    return radius + 4 + 0.7 * name_size(radius) + (TAG_ROOM if 2 * radius >= FULL_FROM else 0)


def badges(neuron: NeuronValues) -> list[str]:
    """Return the icons on the rim of a neuron."""
    if neuron.role == "input":
        return []
    return ["badge_step"] * (neuron.activation == "step") + ["lock"] * neuron.locked


def paint_neuron(painter: QPainter, look: Look, face: Face, radius: float) -> None:
    """Paint a neuron with all that belongs to it."""
    diameter = 2 * radius
    ink = look.on_fill(face.fill)
    painter.setBrush(QBrush(look.fill(face.fill)))
    painter.setPen(QPen(look.colour("neuron_rim"), RIM if diameter >= NAME_FROM else DOT_RIM))
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if diameter >= NAME_FROM and not face.has_probe_mark:
        _paint_role(painter, look, face.values.role, radius, ink)
    if diameter >= FULL_FROM:
        _paint_quantities(painter, look, face, radius, ink)
    elif diameter >= CURVE_FROM:
        _paint_curve_and_output(painter, face, radius, ink)
    _paint_rings(painter, look, face, radius)
    if face.is_marked and face.feedback is None:
        _paint_mark(painter, look, radius)
    if face.is_focused:
        _paint_focus(painter, look, radius)
    if diameter >= FULL_FROM:
        for tag in tags(face.values, face.moment, radius):
            paint_tag(painter, look, tag)
    if diameter >= CURVE_FROM:
        _paint_badges(painter, look, face, radius)
    if has_name(face, radius):
        _paint_name(painter, look, face, radius)


def paint_dot(painter: QPainter, look: Look, fill: float, radius: float) -> None:
    """Paint a neuron of which nothing but its colour can be seen; the radius is in units of the painter."""
    pen = QPen(look.colour("neuron_rim"), DOT_RIM)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(look.fill(fill))
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _paint_role(painter: QPainter, look: Look, role: str, radius: float, ink: QColor) -> None:
    if role == "input" and radius >= 12:
        x = -radius - 2
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("neuron_rim"))
        painter.drawPolygon(QPolygonF([QPointF(x - 10, -6), QPointF(x, 0), QPointF(x - 10, 6)]))
        painter.restore()
    elif role == "output":
        inner = radius - (4 if radius >= 14 else 2)
        faint = QColor(ink)
        faint.setAlphaF(SECOND_RING)
        painter.setPen(QPen(faint, 1.25))
        painter.drawEllipse(QPointF(0, 0), inner, inner)


def _paint_curve_and_output(painter: QPainter, face: Face, radius: float, ink: QColor) -> None:
    style = sized_font(number_size(radius), 600)
    output = 0.0 if face.moment is None else face.moment.output
    text = fitting_number(output, 2, style, 1.75 * radius)
    if face.values.role == "input":
        paint_centred(painter, QPointF(0, 0), text, style, ink)
        return
    paint_curve(painter, face, QRectF(-radius / 2, -0.62 * radius, radius, radius / 2), ink)
    paint_centred(painter, QPointF(0, 0.33 * radius), text, style, ink)


def paint_curve(painter: QPainter, face: Face, rect: QRectF, ink: QColor, has_axis: bool = False) -> None:
    """Paint the activation curve of a neuron, the threshold and where the net input is on it; z = 0 if asked for."""
    neuron = face.values
    curve = FunctionCurve(neuron.activation, neuron.threshold, rect)
    faint = QColor(ink)
    faint.setAlphaF(0.45)
    painter.setPen(QPen(faint, 1))
    painter.drawLine(QPointF(rect.left(), curve.base_line), QPointF(rect.right(), curve.base_line))
    if has_axis:
        painter.drawLine(QPointF(curve.upright(0.0), rect.top()), QPointF(curve.upright(0.0), rect.bottom() + 2))
    if neuron.threshold:
        x = curve.upright(neuron.threshold)
        pen = QPen(ink, 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, rect.top() - 2), QPointF(x, rect.bottom() + 2))
    painter.setPen(QPen(ink, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(curve.points())
    net_input = None if face.moment is None else face.moment.net_input
    place = None if net_input is None else curve.point(net_input)
    if place is not None:
        size = min(LARGEST_DOT, max(2.75, rect.width() / 12))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(place, size, size)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_quantities(painter: QPainter, look: Look, face: Face, radius: float, ink: QColor) -> None:
    moment = face.moment
    if moment is None or moment.net_input is None or moment.activation is None:
        style = sized_font(number_size(radius), 600)
        output = 0.0 if moment is None else moment.output
        paint_centred(painter, QPointF(0, 0), fitting_number(output, 3, style, 1.7 * radius), style, ink)
        return
    paint_curve(painter, face, QRectF(-0.6 * radius, -0.72 * radius, 1.2 * radius, 0.53 * radius), ink, has_axis=True)
    size = min(18.0, max(11.0, 0.2 * radius))
    rows = (("z", moment.net_input, 400), ("a", moment.activation, 400), ("o", moment.output, 600))
    half = 0.52 * radius
    painter.setPen(ink)
    for k, (symbol, value, weight) in enumerate(rows):
        middle = (0.06 + 0.28 * k) * radius
        painter.setFont(symbol_font(size))
        painter.drawText(QRectF(-half, middle - 20, half, 40), Qt.AlignmentFlag.AlignVCenter, symbol)
        style = sized_font(size, weight)
        painter.setFont(style)
        text = fitting_number(value, 3, style, 2 * half - size)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(-half, middle - 20, 2 * half, 40), right, text)


def _paint_rings(painter: QPainter, look: Look, face: Face, radius: float) -> None:
    if face.feedback is not None:
        pen = QPen(look.colour("success" if face.feedback else "error"), SELECTION)
        if not face.feedback:
            pen.setDashPattern([2.2, 1.6])
        distance = radius + RINGS["accept_refuse"]
    elif face.is_selected:
        pen = QPen(look.colour("selection"), SELECTION)
        distance = radius + RINGS["selection"]
    elif face.is_hovered:
        pen = QPen(look.colour("neuron_rim"), RIM)
        distance = radius + RINGS["hover"]
    else:
        return
    painter.setPen(pen)
    painter.drawEllipse(QPointF(0, 0), distance, distance)


def _paint_mark(painter: QPainter, look: Look, radius: float) -> None:
    pen = QPen(look.colour("selection2"), SELECTION, c=Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(MARKED_DASHES)
    painter.setPen(pen)
    distance = radius + RINGS["second_selection"]
    painter.drawEllipse(QPointF(0, 0), distance, distance)


def _paint_focus(painter: QPainter, look: Look, radius: float) -> None:
    pen = QPen(look.colour("focus"), FOCUS)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    half = radius + FOCUS_OUTSIDE
    painter.drawRect(QRectF(-half, -half, 2 * half, 2 * half))


def _paint_badges(painter: QPainter, look: Look, face: Face, radius: float) -> None:
    if face.feedback is not None:
        place = _badge_place(BADGE_ANGLES[0], radius + RINGS["accept_refuse"])
        colour = look.colour("success" if face.feedback else "error")
        _paint_badge_ground(painter, look, place, colour)
        painter.setPen(QPen(colour, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([place + QPointF(x, y) for x, y in (TICK if face.feedback else CROSS)]))
        return
    for angle, icon in zip(BADGE_ANGLES, badges(face.values), strict=False):
        place = _badge_place(angle, radius)
        _paint_badge_ground(painter, look, place, look.colour("text"))
        rect = QRectF(0, 0, BADGE_ICON, BADGE_ICON)
        rect.moveCenter(place)
        paint_icon(painter, icon, look.colour("text"), rect)


def _badge_place(angle: float, distance: float) -> QPointF:
    return QPointF(distance * math.cos(math.radians(angle)), distance * math.sin(math.radians(angle)))


def _paint_badge_ground(painter: QPainter, look: Look, place: QPointF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(look.colour("raised"))
    painter.drawEllipse(place, BADGE / 2, BADGE / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_name(painter: QPainter, look: Look, face: Face, radius: float) -> None:
    style = sized_font(name_size(radius), 500)
    name = QFontMetricsF(style).elidedText(face.values.name, Qt.TextElideMode.ElideMiddle, NAME_ROOM)
    middle = name_rect(face, radius).center()
    paint_outlined(painter, middle, name, style, look.colour("text"), look.colour("canvas"))


def has_name(face: Face, radius: float) -> bool:
    """Return whether the name of a neuron is on show."""
    return 2 * radius >= NAME_FROM and (bool(face.name_side) or face.is_hovered)


def name_rect(face: Face, radius: float) -> QRectF:
    """Return where the name of a neuron stands, or would stand; the centre of the neuron is (0, 0)."""
    metrics = QFontMetricsF(sized_font(name_size(radius), 500))
    name = metrics.elidedText(face.values.name, Qt.TextElideMode.ElideMiddle, NAME_ROOM)
    half, height = metrics.horizontalAdvance(name) / 2, metrics.height()
    middle = QPointF(0, name_middle(radius) + (3 if face.is_selected or face.feedback is not None else 0))
    if face.name_side in ("left", "right"):
        away = side_gap(face.name_side, radius) + half + (PROBE_MARK if face.has_probe_mark else 0)
        middle = QPointF(-away if face.name_side == "left" else away, 0)
    return QRectF(middle.x() - half, middle.y() - height / 2, 2 * half, height)


def side_gap(side: str, radius: float) -> float:
    """Return how far from the centre a name beside a neuron begins; at the left is the mark of inputs."""
    return radius + (20 if side == "left" else 10)
