"""How a row of the command palette looks: picture, words with the matching letters strong, menu, keys."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annsim.gui.dialogs.command_entries import Entry, Found
from annsim.gui.dialogs.key_caps import caps_width, paint_caps
from annsim.gui.icons import paint_icon
from annsim.gui.look import Look, font, size, values
from annsim.gui.theme import theme

Index = QModelIndex | QPersistentModelIndex
FOUND = Qt.ItemDataRole.UserRole  # under which the model keeps what a row shows
HEIGHT = 32
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class CommandRow(QStyledItemDelegate):
    """Paints one row; what cannot be done now is grey, with the reason in place of the menu."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(100, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102 (Qt's own)
        found: Found = index.data(FOUND)
        entry, look, space = found.entry, theme().look, values()["spacing"]
        rect = QRectF(option.rect).adjusted(space["1"], 1, -space["1"], -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(rect, values()["radius"]["control"], values()["radius"]["control"])
        inner = rect.adjusted(space["2"], 0, -space["2"], 0)
        inner.setRight(inner.right() - self._paint_keys(painter, look, entry, inner) - space["3"])
        self._paint_icon(painter, look, entry, inner)
        inner.setLeft(inner.left() + size("icon_small") + space["2"])
        inner.setLeft(_paint_title(painter, look, found, inner) + space["3"])
        _paint_note(painter, look, entry, inner)
        painter.restore()

    def _paint_keys(self, painter: QPainter, look: Look, entry: Entry, rect: QRectF) -> float:
        """Paint the keys at the right; return how wide they are."""
        if not entry.keys:
            return 0.0
        width = caps_width(entry.keys)
        paint_caps(painter, look, QPointF(rect.right() - width, rect.center().y()), entry.keys, bool(entry.reason))
        return width

    def _paint_icon(self, painter: QPainter, look: Look, entry: Entry, rect: QRectF) -> None:
        name = "check" if entry.is_on else entry.icon
        if name:
            side = size("icon_small")
            place = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
            paint_icon(painter, name, look.colour("text_disabled" if entry.reason else "text_muted"), place)


def _paint_title(painter: QPainter, look: Look, found: Found, rect: QRectF) -> float:
    """Paint the title as far as there is room, the letters that match strong; return where it ends."""
    entry, x = found.entry, rect.left()
    title = QFontMetricsF(font("strong")).elidedText(entry.title, Qt.TextElideMode.ElideRight, rect.width())
    strong = set(found.places)
    start = 0
    while start < len(title):
        end, is_strong = start + 1, start in strong
        while end < len(title) and (end in strong) == is_strong:
            end += 1
        style = font("strong" if is_strong else "body")
        painter.setFont(style)
        token = "accent" if is_strong else "text"
        painter.setPen(look.colour("text_disabled" if entry.reason else token))
        painter.drawText(QRectF(x, rect.top(), rect.width(), rect.height()), LEFT, title[start:end])
        x += QFontMetricsF(style).horizontalAdvance(title[start:end])
        start = end
    return x


def _paint_note(painter: QPainter, look: Look, entry: Entry, rect: QRectF) -> None:
    """Paint the menu, or why it cannot be done now."""
    style = font("small")
    text = QFontMetricsF(style).elidedText(entry.reason or entry.path, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(style)
    painter.setPen(look.colour("text_muted"))
    painter.drawText(rect, LEFT, text)
