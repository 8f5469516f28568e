"""The grid of cards: as many columns as have room, and arrow keys from card to card."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from annsim.gui.look import values
from annsim.gui.welcome.card import TileButton, card_height

LEAST_CARD = 220  # px
COLUMNS = 2, 6
NARROW = 900  # px; below, cards stand closer


class CardGrid(QWidget):
    """Shows cards in rows of equal cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[TileButton] = []
        self._columns = COLUMNS[0]

    @property
    def cards(self) -> tuple[TileButton, ...]:
        """The cards on show, in order."""
        return tuple(self._cards)

    @property
    def columns(self) -> int:
        """How many cards stand side by side."""
        return self._columns

    @property
    def card_width(self) -> int:
        """How wide a card is."""
        return (self.width() - (self._columns - 1) * self._gap()) // self._columns

    def show_cards(self, cards: Sequence[TileButton]) -> None:
        """Show these cards and no others; new ones are added."""
        for card in self._cards:
            card.setVisible(card in cards)
        for card in cards:
            if card.parentWidget() is not self:
                card.setParent(self)
                card.arrow_pressed.connect(self._move_focus)
            card.show()
        self._cards = list(cards)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self._place()

    def _gap(self) -> int:
        spacing = values()["spacing"]
        return int(spacing["4"] if self.width() < NARROW else spacing["6"])

    def _place(self) -> None:
        gap = self._gap()
        least, most = COLUMNS
        self._columns = max(least, min(most, (self.width() + gap) // (LEAST_CARD + gap)))
        width = self.card_width
        height = card_height(width)
        for place, card in enumerate(self._cards):
            row, column = divmod(place, self._columns)
            card.setGeometry(column * (width + gap), row * (height + gap), width, height)
        rows = -(-len(self._cards) // self._columns)
        self.setMinimumHeight(max(0, rows * (height + gap) - gap))

    def _move_focus(self, key: Qt.Key) -> None:
        """Go to the next card in a direction; in the last row down goes to the last card."""
        card = self.focusWidget()
        if not isinstance(card, TileButton) or card not in self._cards:
            return
        place, last = self._cards.index(card), len(self._cards) - 1
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }[key]
        target = place + step
        if key == Qt.Key.Key_Down and target > last and place // self._columns < last // self._columns:
            target = last
        if 0 <= target <= last:
            self._cards[target].setFocus(Qt.FocusReason.TabFocusReason)
