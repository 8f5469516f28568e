"""The cards of the gallery: an example with its picture, and the place where a file is dropped."""

import html

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from annsim.gui.icons import paint_icon
from annsim.gui.look import font, size, values
from annsim.gui.theme import theme

PICTURE_SIZES = (QSize(208, 124), QSize(256, 144), QSize(320, 180))
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DROP_TITLE = "Drop a file here"
DROP_LINES = ("table, project or network,", "or click to choose one")


def picture_size(width: int) -> QSize:
    """Return the size of the picture on a card of some width."""
    room = width - 2
    return next((wanted for wanted in reversed(PICTURE_SIZES) if wanted.width() <= room), PICTURE_SIZES[0])


def card_height(width: int) -> int:
    """Return the height of a card of some width."""
    return picture_size(width).height() + values()["spacing"]["4"] + _text_height()


def tool_tip(text: str) -> str:
    """Return a plain text as a tool tip that breaks its lines."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"


def _text_height() -> int:
    lines = values()["type"]["strong"][1] + values()["type"]["small"][1]
    return int(lines) + 2 * values()["spacing"]["2"] + values()["spacing"]["1"]


class TileButton(QAbstractButton):
    """A button that paints itself; Enter clicks it, arrow keys are told.

    Signals
    -------
    arrow_pressed : Qt.Key of an arrow; who placed the buttons knows which is next to it.
    """

    arrow_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() in ARROWS:
            self.arrow_pressed.emit(event.key())
        elif event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:  # noqa: D102 (Qt's own)
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)


class ExampleCard(TileButton):
    """One example.

    Parameters
    ----------
    name, title, line, note : of the example; the note is its tool tip.
    kind : the chip under which it is found.
    """

    def __init__(self, name: str, title: str, line: str, note: str, kind: str) -> None:
        super().__init__()
        self.name, self.title, self.line, self.note, self.kind = name, title, line, note, kind
        self.setObjectName(f"example_{name}")
        self.setText(title)
        self.setAccessibleName(f"Example: {title}")
        self.setAccessibleDescription(f"{line}. {note}")
        self.setToolTip(tool_tip(note))
        self.picture = QImage()

    def show_picture(self, picture: QImage) -> None:
        """Show another picture."""
        self.picture = picture
        self.update()

    def matches(self, text: str) -> bool:
        """Return whether every word of a text is found in the example."""
        own = f"{self.name} {self.title} {self.line} {self.kind} {self.note}".casefold()
        return all(word in own for word in text.casefold().split())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        painter, look = QPainter(self), theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = values()["radius"]["card"]
        outline = QPainterPath()
        outline.addRoundedRect(frame, radius, radius)
        painter.fillPath(outline, look.colour("hover" if self.underMouse() else "surface"))
        parting = self.height() - _text_height()
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(QRectF(0, 0, self.width(), parting), look.colour("canvas"))
        shown = self.picture.deviceIndependentSize()
        left, top = (self.width() - shown.width()) / 2, (parting - shown.height()) / 2
        painter.drawImage(QPointF(round(left), round(top)), self.picture)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(QPointF(0, parting + 0.5), QPointF(self.width(), parting + 0.5))
        painter.restore()
        self._paint_texts(painter, parting)
        _paint_outline(painter, self, frame, look.colour("border"))

    def _paint_texts(self, painter: QPainter, top: float) -> None:
        look, gap = theme().look, values()["spacing"]["3"]
        line_top = top + values()["spacing"]["2"] + 2
        for text, style, token in ((self.title, "strong", "text"), (self.line, "small", "text_muted")):
            height = values()["type"][style][1]
            painter.setFont(font(style))
            painter.setPen(look.colour(token))
            room = self.width() - 2 * gap
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(gap, line_top, room, height), Qt.AlignmentFlag.AlignVCenter, shown)
            line_top += height


class DropCard(TileButton):
    """Says that files may be dropped; a click asks for one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop_card")
        self.setText(DROP_TITLE)
        self.setAccessibleName("Drop a file here, or choose one")
        self.setToolTip("Open a table, a project or a network from a file")
        self._is_target = False

    def show_target(self, is_target: bool) -> None:
        """Show that a file is held over the page, or not."""
        self._is_target = is_target
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 (Qt's own)
        painter, look = QPainter(self), theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = values()["radius"]["card"]
        pen = QPen(look.colour("accent" if self._is_target else "border_strong"), 2 if self._is_target else 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._is_target or self.underMouse():
            painter.setBrush(look.colour("accent_soft" if self._is_target else "hover"))
        painter.drawRoundedRect(frame, radius, radius)
        self._paint_words(painter)
        if self.hasFocus():
            _paint_outline(painter, self, frame, look.colour("border"))

    def _paint_words(self, painter: QPainter) -> None:
        look, icon_size, gap = theme().look, size("icon_empty") - 8, values()["spacing"]["2"]
        strong, small = values()["type"]["strong"][1], values()["type"]["small"][1]
        top = (self.height() - icon_size - gap - strong - len(DROP_LINES) * small) / 2
        paint_icon(
            painter,
            "import",
            look.colour("text_muted"),
            QRectF((self.width() - icon_size) / 2, top, icon_size, icon_size),
        )
        top += icon_size + gap
        lines = [(DROP_TITLE, "strong", "text", strong)]
        lines += [(text, "small", "text_muted", small) for text in DROP_LINES]
        for text, style, token, height in lines:
            painter.setFont(font(style))
            painter.setPen(look.colour(token))
            painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignCenter, text)
            top += height


def _paint_outline(painter: QPainter, button: TileButton, frame: QRectF, colour: object) -> None:
    """Paint the edge of a card: that of the focus where it has it."""
    look, radius = theme().look, values()["radius"]["card"]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if button.hasFocus():
        painter.setPen(QPen(look.colour("focus"), values()["stroke"]["focus"]))
        frame = frame.adjusted(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(QPen(colour, 1))  # type: ignore[call-overload]
    painter.drawRoundedRect(frame, radius, radius)
