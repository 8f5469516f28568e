"""The picture of a project: its drawing, and what its data looks like beside it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from annsim.gui.document import Document
from annsim.gui.look import values
from annsim.gui.theme import theme
from annsim.gui.welcome.side_picture import paint_side
from annsim.gui.welcome.subject import Pictures, Subject, TruthTable

DRAWING_SHARE = 0.54  # of the width, where something stands beside it
TABLE_SHARE = 0.6
THUMBNAIL = 100  # px of width; narrower pictures show the drawing alone

PaintDrawing = Callable[[QImage, QRectF, Document], None]  # the canvas's own


def picture_of(subject: Subject, size: QSize, scale: float, paint_drawing: PaintDrawing) -> QImage:
    """Return the picture of a project in the present colours, `size` in pixels at 100 %."""
    picture = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(scale)
    picture.fill(theme().look.colour("canvas"))
    is_thumbnail = size.width() < THUMBNAIL
    margin = 2 if is_thumbnail else values()["spacing"]["2"]
    room = QRectF(0, 0, size.width(), size.height()).adjusted(margin, margin, -margin, -margin)
    side = None if is_thumbnail else subject.side
    drawing, beside = _parts(room, subject, side is not None)
    if drawing is not None:
        document = Document(subject.project)
        if subject.dataset is not None:
            document.set_data(subject.dataset, subject.project.data)
            document.show_row(len(subject.dataset) - 1)  # of a truth table the row where all inputs are 1
        paint_drawing(picture, drawing, document)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_side(painter, theme().look, beside, side)
    painter.end()
    return picture


def _parts(room: QRectF, subject: Subject, has_side: bool) -> tuple[QRectF | None, QRectF]:
    """Return where the drawing lies, None where pictures stand in its place, and where the rest lies."""
    if not has_side:
        return room, QRectF()
    if isinstance(subject.side, Pictures):
        inset = values()["spacing"]["2"]
        return None, room.adjusted(inset, inset, -inset, -inset)
    share = TABLE_SHARE if isinstance(subject.side, TruthTable) else DRAWING_SHARE
    width = round(room.width() * share)
    gap = values()["spacing"]["3"]
    drawing = QRectF(room.left(), room.top(), width - gap, room.height())
    return drawing, QRectF(room.left() + width, room.top(), room.width() - width, room.height())
