"""How notes are painted: small sheets that lie on the arrows and under the neurons."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.note_sheets import PADDING
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import Look, values

RADIUS = float(values()["radius"]["control"])
CORNER = 12.0  # px at 100 % of the folded corner
RING = float(values()["neuron"]["rings_outside_r"]["hover"])
SELECTION = float(values()["stroke"]["selection"])
GRIP_WIDTH, GRIP_HEIGHT = 4.0, 20.0
LEGIBLE_FROM = 0.25  # zoom below which a text is but a grey haze


def paint_notes(painter: QPainter, look: Look, stage: Stage, eye: Eye) -> None:
    """Paint the notes in view, in viewport pixels."""
    for note in stage.notes.ids():
        rect = rect_on_screen(stage.notes.rect(note), eye)
        if not rect.intersects(eye.rect):
            continue
        is_selected = note in stage.document.selected_notes
        _paint_sheet(painter, look, rect, CORNER * eye.zoom)
        if eye.zoom >= LEGIBLE_FROM and note != stage.notes.edited:
            _paint_text(painter, look, stage, note, rect, eye.zoom)
        if is_selected:
            _paint_ring(painter, look, rect)
        if is_selected or note == stage.hovered_note:
            _paint_grip(painter, look, rect)


def rect_on_screen(rect: QRectF, eye: Eye) -> QRectF:
    """Return a rectangle of the scene on whole pixels of the viewport, so that its edges are sharp."""
    left, top = eye.to_screen((rect.left(), rect.top())).round().tolist()
    right, bottom = eye.to_screen((rect.right(), rect.bottom())).round().tolist()
    return QRectF(left + 0.5, top + 0.5, right - left, bottom - top)


def _paint_sheet(painter: QPainter, look: Look, rect: QRectF, corner: float) -> None:
    corner = min(corner, rect.width() / 3, rect.height() / 3)
    fold = QPointF(rect.right() - corner, rect.top()), QPointF(rect.right(), rect.top() + corner)
    sheet = QPainterPath()
    sheet.addRoundedRect(rect, RADIUS, RADIUS)
    beyond = QPainterPath()
    beyond.addPolygon(QPolygonF([fold[0], rect.topRight() + QPointF(1, -1), fold[1], fold[0]]))
    painter.setPen(QPen(look.colour("border_strong"), 1))
    painter.setBrush(look.colour("surface"))
    painter.drawPath(sheet.subtracted(beyond))
    painter.setBrush(look.colour("sunken"))
    painter.drawPolygon(QPolygonF([*fold, QPointF(fold[0].x(), fold[1].y())]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_text(painter: QPainter, look: Look, stage: Stage, note: int, rect: QRectF, zoom: float) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, look.colour("text"))
    painter.save()
    painter.translate(rect.left() + PADDING * zoom, rect.top() + PADDING * zoom)
    painter.scale(zoom, zoom)
    stage.notes.text(note).documentLayout().draw(painter, context)
    painter.restore()


def _paint_ring(painter: QPainter, look: Look, rect: QRectF) -> None:
    painter.setPen(QPen(look.colour("selection"), SELECTION))
    painter.drawRoundedRect(rect.adjusted(-RING, -RING, RING, RING), RADIUS + RING, RADIUS + RING)


def _paint_grip(painter: QPainter, look: Look, rect: QRectF) -> None:
    height = min(GRIP_HEIGHT, rect.height() / 2)
    grip = QRectF(rect.right() - GRIP_WIDTH / 2, rect.center().y() - height / 2, GRIP_WIDTH, height)
    painter.setPen(QPen(look.colour("canvas"), 1))
    painter.setBrush(look.colour("accent"))
    painter.drawRoundedRect(grip, GRIP_WIDTH / 2, GRIP_WIDTH / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
