"""The right side of the welcome page: examples as cards, by kind or by what is typed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annsim.formats.examples import example_names, read_example
from annsim.gui.icons import icon
from annsim.gui.look import font, values
from annsim.gui.theme import theme
from annsim.gui.welcome.card import DropCard, ExampleCard, TileButton, picture_size
from annsim.gui.welcome.grid import CardGrid
from annsim.gui.welcome.maker import PictureMaker
from annsim.gui.welcome.words import KINDS, about, kind_of
from annsim.gui.widgets.empty_state import EmptyState

ALL = "All"
FIND_WIDTHS = 150, 240  # px
HINT = "Press Enter or click to open. Press Space in the example to train it; the pictures show what comes of it."


class FindField(QLineEdit):
    """Finds examples; Enter opens the first one found, Down goes to the cards.

    Signals
    -------
    entered, left_downwards : what their names say.
    """

    entered = Signal()
    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Gallery(QWidget):
    """Shows the bundled examples.

    Signals
    -------
    example_wanted : carries the name of an example.
    file_wanted : the user wants to choose a file.
    """

    example_wanted = Signal(str)
    file_wanted = Signal()

    def __init__(self, maker: PictureMaker) -> None:
        super().__init__()
        self._maker = maker
        self._kind = ALL
        self._margin = 0
        self._picture_size = QSize()
        self.cards = _example_cards()
        for card in self.cards:
            card.clicked.connect(lambda checked=False, name=card.name: self.example_wanted.emit(name))
        self.drop_card = DropCard()
        self.drop_card.clicked.connect(self.file_wanted)
        self.grid = CardGrid()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(values()["spacing"]["6"])
        self._layout.addLayout(self._make_head())
        self._layout.addWidget(self._make_body(), 1)
        maker.made.connect(self._show_picture)
        theme().changed.connect(self._recolour)
        self._recolour()
        self._filter()

    def set_margin(self, margin: int) -> None:
        """Keep so many pixels from the edges."""
        self._margin = margin
        self._layout.setContentsMargins(margin, values()["spacing"]["8"], 0, 0)
        self._head.setContentsMargins(0, 0, margin, 0)
        self._make_room_for_bar()

    def ask_for_pictures(self) -> None:
        """Ask for the pictures in the size and colours that are needed now."""
        self._picture_size = picture_size(self.grid.card_width)
        for card in self.cards:
            self._maker.want(card.name, self._picture_size, self.devicePixelRatioF(), is_example=True)

    @property
    def needs_other_pictures(self) -> bool:
        """Whether the cards have another size now than the pictures were made for."""
        return self._picture_size != picture_size(self.grid.card_width)

    def type_to_find(self, text: str) -> None:
        """Go on in the find field with a letter that was typed elsewhere."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.insert(text)

    def clear_search(self) -> bool:
        """Show all examples again; return whether that changes anything."""
        is_searching = bool(self.field.text()) or self._kind != ALL
        self.field.clear()
        self.chips[ALL].click()
        return is_searching

    # parts

    def _make_head(self) -> QHBoxLayout:
        spacing = values()["spacing"]
        self._head = QHBoxLayout()
        self._head.setSpacing(spacing["2"])
        title = QLabel("Examples")
        title.setFont(font("headline"))
        self._head.addWidget(title)
        self._head.addSpacing(spacing["4"])
        self.chips: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        present = {card.kind for card in self.cards}
        for kind in (ALL, *(kind for kind in KINDS if kind in present)):
            chip = QPushButton(kind)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            strong = QFontMetrics(font("strong")).horizontalAdvance(kind)
            chip.setFixedWidth(strong + values()["spacing"]["6"] + 2)  # as wide as when it is chosen
            chip.setToolTip("Show all examples" if kind == ALL else f"Show the examples about {kind.lower()}")
            chip.setAccessibleName(f"{kind} examples")
            chip.clicked.connect(lambda checked=False, chosen=kind: self._choose_kind(chosen))
            group.addButton(chip)
            self.chips[kind] = chip
            self._head.addWidget(chip)
        self.chips[ALL].setChecked(True)
        self._head.addStretch(1)
        self.field = FindField()
        self.field.setObjectName("find_example")
        self.field.setPlaceholderText("Find example")
        self.field.setAccessibleName("Find an example")
        self.field.setToolTip("Just type; Esc shows all again")
        self.field.setMinimumWidth(FIND_WIDTHS[0])
        self.field.setMaximumWidth(FIND_WIDTHS[1])
        self.field.setClearButtonEnabled(True)
        self._lens = self.field.addAction(icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._filter)
        self.field.entered.connect(self._open_first)
        self.field.left_downwards.connect(self.focus_first)
        self._head.addWidget(self.field, 20)
        return self._head

    def _make_body(self) -> QScrollArea:
        content = QWidget()
        self._body = QVBoxLayout(content)
        self._body.setSpacing(values()["spacing"]["4"])
        self._nothing = EmptyState("search", "No example is like that", "Esc shows all examples again")
        self._hint = QLabel(HINT, wordWrap=True)
        self._hint.setProperty("role", "small")
        self._body.addWidget(self.grid)
        self._body.addWidget(self._nothing)
        self._body.addWidget(self._hint)
        self._body.addStretch()
        self._area = QScrollArea()
        self._area.setObjectName("gallery")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        self._area.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)
        return self._area

    # doing

    def focus_first(self) -> None:
        """Give the focus to the first card."""
        if self.grid.cards:
            self.grid.cards[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_focus(self, card: QWidget) -> None:
        """Scroll to a card that got the focus."""
        if isinstance(card, TileButton) and card in self.grid.cards:
            gap = values()["spacing"]["4"]
            self._area.ensureWidgetVisible(card, gap, gap)

    def _make_room_for_bar(self, *_: int) -> None:
        """Let the scroll bar stand in the right margin, so that the cards end where the head ends."""
        bar = self._area.verticalScrollBar()
        width = bar.sizeHint().width() if bar.maximum() else 0
        self._body.setContentsMargins(0, 0, self._margin - width, values()["spacing"]["4"])

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._filter()

    def _filter(self, text: str = "") -> None:
        wanted = self.field.text()
        found: list[TileButton] = [
            card for card in self.cards if self._kind in (ALL, card.kind) and card.matches(wanted)
        ]
        if not wanted and self._kind == ALL:
            found.append(self.drop_card)
        self.grid.show_cards(found)
        self.grid.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._hint.setVisible(bool(found))

    def _open_first(self) -> None:
        if self.grid.cards:
            self.grid.cards[0].click()

    def _show_picture(self, name: str, picture: object, summary: str) -> None:
        for card in self.cards:
            if card.name == name and picture is not None:
                card.show_picture(picture)  # type: ignore[arg-type]  # a QImage, as the maker says

    def _recolour(self) -> None:
        self._lens.setIcon(icon("search", "text_muted"))


def _example_cards() -> list[ExampleCard]:
    cards = []
    for name in example_names():
        project = read_example(name)
        cards.append(ExampleCard(name, project.title, about(project), project.note, kind_of(project)))
    return cards
