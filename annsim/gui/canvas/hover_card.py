"""The card beside what is under the pointer."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annsim.gui.canvas.card_content import Card
from annsim.gui.canvas.neuron_paint import Face, paint_curve
from annsim.gui.icons import pixmap
from annsim.gui.look import font, size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.neuron_meters import RESERVE, symbol_font

GAP = 10.0  # px between the card and what it is about
EDGE = 4.0
POINTER = 14.0  # px round the pointer that stay free
TITLE_ROOM, WORD_ROOM = 220, 190
CURVE = QSize(64, 40)


class CardCurve(QWidget):
    """The curve of an activation function with the present net input on it."""

    def __init__(self) -> None:
        super().__init__()
        self._face: Face | None = None
        self.setFixedSize(CURVE)

    def show_face(self, face: Face | None) -> None:
        """Show the curve of a neuron; None: no curve."""
        self._face = face
        self.setVisible(face is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the curve."""
        if self._face is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(5, 5, -5, -5)
            paint_curve(painter, self._face, area, theme().look.colour("text"), has_axis=True)
            painter.end()


class HoverCard(QFrame):
    """Name, quantities and notes; while it stands at a thing it never gets narrower, so that nothing jumps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hover_card")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._shape: tuple[object, ...] = ()
        self._icon, self._title, self._subtitle = QLabel(), _label("strong", ""), _label("small", "small")
        self._curve = CardCurve()
        self._cells: list[tuple[QLabel, QLabel, QLabel]] = []
        self._notes = _label("small", "small")
        self._grid = QGridLayout()
        self._lay_out()
        self.hide()

    def show_card(self, card: Card) -> None:
        """Show a content; only what differs changes."""
        shape = card.title, card.subtitle, card.notes, tuple((row.symbol, row.word) for row in card.rows)
        if shape != self._shape:
            self._shape = shape
            self._show_shape(card)
            self.setMinimumWidth(0)
        face = None if card.neuron is None else Face(card.neuron, card.moment, 0.0)
        self._curve.show_face(face)
        for (_, _, value), row in zip(self._cells, card.rows, strict=False):
            if value.text() != row.value:
                value.setText(row.value)
        self._layout.activate()
        self.setMinimumWidth(max(self.minimumWidth(), self.sizeHint().width()))
        self.resize(self.minimumWidth(), self.sizeHint().height())

    def _show_shape(self, card: Card) -> None:
        self._icon.setPixmap(pixmap(card.icon, theme().look, "text", size("icon_small"), self.devicePixelRatioF()))
        metrics = QFontMetrics(font("strong"))
        self._title.setText(metrics.elidedText(card.title, Qt.TextElideMode.ElideMiddle, TITLE_ROOM))
        self._subtitle.setText(card.subtitle)
        while len(self._cells) < len(card.rows):
            self._add_row()
        words = QFontMetrics(font("body"))
        for k, (symbol, word, value) in enumerate(self._cells):
            for label in (symbol, word, value):
                label.setVisible(k < len(card.rows))
            if k < len(card.rows):
                symbol.setText(card.rows[k].symbol)
                word.setText(words.elidedText(card.rows[k].word, Qt.TextElideMode.ElideMiddle, WORD_ROOM))
        self._notes.setText("\n".join(card.notes))
        self._notes.setVisible(bool(card.notes))

    def _add_row(self) -> None:
        symbol, word, value = _label("body", ""), _label("body", "muted"), _label("body", "")
        symbol.setFont(symbol_font())
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setMinimumWidth(QFontMetrics(font("body")).horizontalAdvance(RESERVE))
        for column, label in enumerate((symbol, word, value)):
            self._grid.addWidget(label, len(self._cells), column)
        self._cells.append((symbol, word, value))

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        head = QGridLayout()
        head.setHorizontalSpacing(spacing["1"])
        head.setVerticalSpacing(0)
        head.addWidget(self._icon, 0, 0)
        head.addWidget(self._title, 0, 1)
        head.addWidget(self._subtitle, 1, 0, 1, 2)
        head.setColumnStretch(1, 1)
        top = QHBoxLayout()
        top.setSpacing(spacing["3"])
        top.addLayout(head, 1)
        top.addWidget(self._curve)
        self._grid.setHorizontalSpacing(spacing["2"])
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(spacing["3"], spacing["2"], spacing["3"], spacing["2"])
        layout.setSpacing(spacing["1"])
        layout.addLayout(top)
        layout.addLayout(self._grid)
        layout.addWidget(self._notes)


def card_place(
    card: QSize, thing: QRectF, own: list[QRectF], around: list[QRectF], pointer: QPointF, view: QRect
) -> QPoint:
    """Return where a card stands, in viewport pixels: in view, not under the pointer, beside a thing.

    Of several such places it is the one that covers least of what is the thing's own, then of what is around.
    """
    wide, high = float(card.width()), float(card.height())
    middle = thing.center() - QPointF(wide, high) / 2
    right, left = thing.right() + GAP, thing.left() - GAP - wide
    below, above = thing.bottom() + GAP, thing.top() - GAP - high
    places = [(right, middle.y()), (left, middle.y()), (middle.x(), below), (middle.x(), above)]
    places += [(right, below), (right, above), (left, below), (left, above)]
    held = QRectF(pointer.x() - POINTER, pointer.y() - POINTER, 2 * POINTER, 2 * POINTER)
    area = QRectF(view).adjusted(EDGE, EDGE, -EDGE, -EDGE)

    def cost(place: QRectF) -> tuple[bool, float, float]:
        covered = sum(_overlap(place, rect) for rect in (thing, *own))
        return place.intersects(held), covered, sum(_overlap(place, rect) for rect in around)

    rects = [_inside(QRectF(x, y, wide, high), area) for x, y in places]
    return min(rects, key=cost).topLeft().toPoint()


def _inside(rect: QRectF, area: QRectF) -> QRectF:
    left = max(area.left(), min(rect.left(), area.right() - rect.width()))
    top = max(area.top(), min(rect.top(), area.bottom() - rect.height()))
    return QRectF(left, top, rect.width(), rect.height())


def _overlap(a: QRectF, b: QRectF) -> float:
    common = a.intersected(b)
    return common.width() * common.height()


def _label(style: str, role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font(style))
    label.setProperty("role", role)
    return label
