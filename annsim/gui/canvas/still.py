"""The drawing of a network as a still picture, painted as on the canvas."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.arrow_layer import ArrowLayer
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.group_paint import paint_folded_groups, paint_open_groups
from annsim.gui.canvas.neuron_item import NeuronItem
from annsim.gui.canvas.stage import Stage
from annsim.gui.document import Document
from annsim.gui.theme import theme

INPUT_MARK = 14.0  # px that the mark of an input takes at its left
MARKED_FROM, UNMARKED = 12.0, 11.9  # px of radius; smaller inputs have no mark


def paint_still(picture: QImage, rect: QRectF, document: Document) -> None:
    """Paint a document's drawing into a rectangle of a picture, at most at 100 %; without names.

    Parameters
    ----------
    rect : in pixels at 100 %, as the device pixel ratio of the picture says.
    """
    stage = Stage(document)
    stage.drawing.follow(document)
    stage.scale.follow(stage.drawing.weights)
    drawing = stage.drawing
    if not len(drawing.ids):
        return
    low = (drawing.positions - drawing.radii[:, None]).min(axis=0)
    high = (drawing.positions + drawing.radii[:, None]).max(axis=0)
    room, radius = rect.adjusted(INPUT_MARK, 0, 0, 0), float(drawing.radii.max())
    zoom = _zoom(room, high - low)
    if zoom * radius < MARKED_FROM:
        room, zoom = rect, min(_zoom(rect, high - low), UNMARKED / radius)
    left = room.center().x() - zoom * (low + high)[0] / 2
    top = room.center().y() - zoom * (low + high)[1] / 2
    size = picture.deviceIndependentSize().toSize()
    eye = Eye(zoom, float(left), float(top), size.width(), size.height(), picture.devicePixelRatio())
    stage.zoom = zoom
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_open_groups(painter, theme().look, stage, eye)
    ArrowLayer(stage).paint(painter, theme().look, eye)
    paint_folded_groups(painter, theme().look, stage, eye)
    places = eye.to_screen(drawing.positions).tolist()
    option = QStyleOptionGraphicsItem()
    for row, (number, radius) in enumerate(zip(drawing.ids.tolist(), drawing.radii.tolist(), strict=True)):
        if drawing.boxes.is_hidden[row]:
            continue
        item = NeuronItem(stage, document.network.neuron_values(number), radius)
        item.row = row
        painter.save()
        painter.translate(*places[row])
        painter.scale(zoom, zoom)
        item.paint(painter, option)
        painter.restore()
    painter.end()


def _zoom(room: QRectF, extent: Numbers) -> float:
    """Return the zoom at which a drawing of some width and height fits, at most 1."""
    return float(min(1.0, room.width() / extent[0], room.height() / extent[1]))
