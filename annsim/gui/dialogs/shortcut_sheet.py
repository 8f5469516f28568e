"""The sheet of all shortcuts, made from the table of actions, and of what the mouse does on the canvas."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annsim.gui.action_row import Keys
from annsim.gui.action_rows import ACTIONS, MENUS
from annsim.gui.actions import key_sequences
from annsim.gui.dialogs.canvas_grammar import GROUPS
from annsim.gui.dialogs.key_caps import KeyCaps, keys_text
from annsim.gui.look import font, values

SIZE = 1220, 760
COLUMN = 256  # px that a column needs at least
MOST_COLUMNS = 4
HEAD = 2  # rows that the title of a group takes


@dataclass(frozen=True)
class Line:
    """One shortcut: what it does, and with which keys or gestures."""

    text: str
    ways: tuple[str, ...]

    def suits(self, title: str, words: list[str]) -> bool:
        """Return whether all words stand in it or in the title of its group."""
        whole = f"{title} {self.text} {' '.join(self.ways)}".lower()
        return all(word in whole for word in words)


def sheet_groups() -> list[tuple[str, list[Line]]]:
    """Return the groups of the sheet: one a menu or sub-menu, then the mouse and the keys of the canvas."""
    in_order = sorted(ACTIONS, key=lambda row: MENUS.index(row.menu.split("/")[0]))
    groups: dict[str, list[Line]] = {}
    for row in in_order:
        ways = _ways(row.keys)
        if ways:
            groups.setdefault(row.menu.replace("/", " › "), []).append(Line(row.text, ways))
    for title, lines in GROUPS:
        groups[title] = [Line(text, (way,)) for text, way in lines]
    return list(groups.items())


def _ways(keys: Keys) -> tuple[str, ...]:
    """Return the shortcuts as people write them; of a standard one the usual, not the special keys of keyboards."""
    ways = tuple(dict.fromkeys(map(keys_text, key_sequences(keys))))
    return ways[:1] if isinstance(keys, QKeySequence.StandardKey) else ways


class ShortcutSheet(QDialog):
    """A window that lies beside the main window and does not block it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = values()["spacing"]
        self.setObjectName("shortcut_sheet")
        self.setWindowTitle("Keyboard shortcuts")
        self.setModal(False)
        self.groups = [_Group(title, lines) for title, lines in sheet_groups()]
        self.field = QLineEdit(placeholderText="Filter by words or keys")
        self.field.setAccessibleName("Filter")
        self.field.setToolTip("Show only the shortcuts that hold these words, such as “zoom” or “ctrl shift”")
        self.field.textChanged.connect(self._filter)
        self.nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setProperty("role", "muted")
        self.nothing.hide()
        page = QWidget()
        self._columns = QHBoxLayout(page)
        self._columns.setContentsMargins(space["6"], space["4"], space["6"], space["6"])
        self._columns.setSpacing(space["10"])
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space["4"], 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(space["6"], 0, space["6"], 0)
        top.addWidget(self.field)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(scroll, 1)
        self.resize(*SIZE)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        if self._column_count() != self._columns.count():
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's own)
        """Let Esc take back the filter before it closes."""
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            super().keyPressEvent(event)

    def _column_count(self) -> int:
        shown = sum(group.height_in_rows > 0 for group in self.groups)
        return max(1, min(MOST_COLUMNS, shown, self.width() // (COLUMN + values()["spacing"]["10"])))

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for group in self.groups:
            group.show_only(words)
        is_empty = not any(group.height_in_rows for group in self.groups)
        self.nothing.setText(f"No shortcut holds “{text.strip()}”")
        self.nothing.setVisible(is_empty)
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the groups into columns of about the same height, in their order."""
        while (item := self._columns.takeAt(0)) is not None:
            column = item.layout()
            while column is not None and column.takeAt(0) is not None:
                pass
        heights = [group.height_in_rows for group in self.groups]
        for start, end in column_ends(heights, self._column_count()):
            column = QVBoxLayout()
            column.setSpacing(values()["spacing"]["6"])
            for group in self.groups[start:end]:
                column.addWidget(group)
            column.addStretch()
            self._columns.addLayout(column, 1)


def column_ends(heights: list[int], count: int) -> list[tuple[int, int]]:
    """Return where columns begin and end so that the highest of them is as low as can be.

    Examples
    --------
    >>> column_ends([5, 1, 4], 2)
    [(0, 1), (1, 3)]
    """
    for room in range(max(heights, default=0), sum(heights) + 1):
        parts, start = [], 0
        for k in range(len(heights)):
            if sum(heights[start : k + 1]) > room:
                parts.append((start, k))
                start = k
        parts.append((start, len(heights)))
        if len(parts) <= count:
            return parts
    return [(0, len(heights))]


class _Group(QWidget):
    """The shortcuts of a menu under its name."""

    def __init__(self, title: str, lines: list[Line]) -> None:
        super().__init__()
        space = values()["spacing"]
        self.title, self.lines = title, lines
        self.setAccessibleName(title)
        heading = QLabel(title)
        heading.setFont(font("title"))
        heading.setContentsMargins(0, 0, 0, space["1"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space["1"])
        layout.addWidget(heading)
        self.rows = [_row(line) for line in lines]
        for row in self.rows:
            layout.addWidget(row)
        self.height_in_rows = len(lines) + HEAD

    def show_only(self, words: list[str]) -> None:
        """Show the shortcuts that hold all words; without any it hides."""
        shown = 0
        for line, row in zip(self.lines, self.rows, strict=True):
            suits = line.suits(self.title, words)
            shown += suits
            row.setVisible(suits)
        self.height_in_rows = shown + HEAD if shown else 0
        self.setVisible(bool(shown))


def _row(line: Line) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(values()["spacing"]["2"])
    layout.addWidget(QLabel(line.text, wordWrap=True), 1)
    for way in line.ways:
        layout.addWidget(KeyCaps(way))
    return row
