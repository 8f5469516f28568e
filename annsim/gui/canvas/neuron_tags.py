"""The tags at the lower rim of a large neuron: bias at the left, threshold at the right."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from annsim.gui.canvas.neuron_text import paint_centred, sized_font
from annsim.gui.look import Look, number_text, values
from annsim.gui.moment import NeuronMoment
from annsim.gui.widgets.neuron_meters import meter_text
from annsim.network.neuron import NeuronValues

ACROSS, DOWN = 0.93, 0.9  # of the radius, from the centre of the neuron to those of the tags
LAST_ROW, BELOW_ROW = 0.62, 17.0  # of the radius, and px below it: there the tags cover no number
HEIGHT, PAD = 20.0, 7.0
TEXT = float(values()["type"]["small"][0])
CORNER = float(values()["radius"]["control"])


@dataclass(frozen=True, eq=False)
class Tag:
    """A number in a frame; the centre of its neuron is (0, 0)."""

    field: Literal["bias", "threshold"]
    rect: QRectF
    text: str


def tags(neuron: NeuronValues, moment: NeuronMoment | None, radius: float) -> list[Tag]:
    """Return the tags of a neuron of the level full; an input neuron has none."""
    if moment is None or neuron.role == "input":
        return []
    return [
        _tag("bias", -1, f"b {meter_text(moment.bias, 3)}", radius),
        _tag("threshold", 1, f"θ {threshold_text(neuron.threshold)}", radius),
    ]


def threshold_text(value: float) -> str:
    """Return a number that people have set: two decimals, or as many as it has, up to four digits."""
    return number_text(value, 2) if float(f"{value:.2f}") == value and abs(value) < 1e4 else number_text(value)


def paint_tag(painter: QPainter, look: Look, tag: Tag) -> None:
    """Paint a tag."""
    painter.setPen(QPen(look.colour("border_strong"), 1))
    painter.setBrush(look.colour("raised"))
    painter.drawRoundedRect(tag.rect, CORNER, CORNER)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    paint_centred(painter, tag.rect.center(), tag.text, sized_font(TEXT, 400), look.colour("text"))


def _tag(field: Literal["bias", "threshold"], side: int, text: str, radius: float) -> Tag:
    width = QFontMetricsF(sized_font(TEXT, 400)).horizontalAdvance(text) + 2 * PAD
    middle = max(DOWN * radius, LAST_ROW * radius + BELOW_ROW)
    left, top = side * ACROSS * radius - width / 2, middle - HEIGHT / 2
    return Tag(field, QRectF(round(left) + 0.5, round(top) + 0.5, round(width), HEIGHT), text)
