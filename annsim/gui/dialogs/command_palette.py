"""The command palette: everything that can be done, found by typing a few letters of it."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QMainWindow, QVBoxLayout, QWidget

from annsim.gui.dialogs.command_entries import Entry, Found, NeuronEntries, best_first, matching, menu_entries
from annsim.gui.dialogs.command_row import FOUND, HEIGHT, CommandRow
from annsim.gui.look import size, values
from annsim.gui.preferences import Preferences
from annsim.network.network import Network

WIDTH = 640
ROWS = 10  # in view; the list scrolls
USED = "commands"  # under this name the preferences keep what was used last
OWN_ACTION = "action_command_palette"  # needs no row in itself
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}


class CommandPalette(QWidget):
    """A field and a list in the upper middle of the window, for the keyboard.

    It goes when something is chosen, when Esc is pressed, when somebody clicks beside it (it covers the window for
    that, seen through), and when the focus goes elsewhere; the focus then is again where it was before.

    Parameters
    ----------
    window : over which it lies, and whose menus it offers.
    network : returns the network whose neurons it offers.
    go_to : shows the neuron with an id.
    """

    def __init__(
        self,
        window: QMainWindow,
        network: Callable[[], Network],
        go_to: Callable[[int], object],
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window, self._network, self._go_to, self._preferences = window, network, go_to, preferences
        self._entries: list[Entry] = []
        self._neurons: NeuronEntries | None = None
        self._before: QWidget | None = None
        self.setObjectName("command_palette")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.card = QFrame(self)
        self.card.setProperty("role", "card")
        self.field = _Field(self)
        self.list = QListView()
        self.model = _Rows(self)
        self.note = QLabel()
        self._set_up()
        window.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Open with an empty field, or close."""
        if self.isVisible():
            self.close()
            return
        self._before = QApplication.focusWidget()
        self._entries = menu_entries(self._window.menuBar(), OWN_ACTION)
        self._neurons = NeuronEntries(self._network(), self._go_to)
        self.field.clear()
        self._search("")
        self.resize(self._window.size())
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's own)
        """Give the focus back, and forget what was found."""
        had_focus = self.field.hasFocus()
        self._entries, self._neurons = [], None
        self.model.show_found([])
        super().closeEvent(event)
        before, self._before = self._before, None
        if had_focus and before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's own)
        """Close where somebody clicks beside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own)
        """Stay in the middle of the window."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._window.size())
            self._place()
        return False

    def move_choice(self, by: int) -> None:
        """Choose another row; over either end it goes on at the other, one by one."""
        count = self.model.rowCount()
        if count:
            row = self.list.currentIndex().row() + by
            row = row % count if abs(by) == 1 else min(count - 1, max(0, row))
            self._choose(row)

    def run_chosen(self) -> None:
        """Close and do what is chosen; what cannot be done now stays in view with its reason."""
        found = self.list.currentIndex().data(FOUND)
        if found is None or found.entry.reason:
            return
        if found.entry in self._entries:  # neurons belong to one drawing only
            self._preferences.note_used(USED, found.entry.key)
        self.close()
        found.entry.run()

    # the rest

    def _set_up(self) -> None:
        space = values()["spacing"]
        self.field.textChanged.connect(self._search)
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommandRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Commands")
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(lambda index: self.run_chosen())
        self.note.setProperty("role", "small")
        self.note.setContentsMargins(space["3"], space["2"], space["3"], space["1"])
        layout = QVBoxLayout(self.card)
        layout.setContentsMargins(space["2"], space["2"], space["2"], space["2"])
        layout.setSpacing(space["1"])
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self.note)

    def _search(self, query: str) -> None:
        used = self._preferences.used(USED)
        found, more = matching(self._entries, query, used), 0
        if self._neurons is not None:
            neurons, more = self._neurons.matching(query)
            found = best_first(found + neurons)
        self.model.show_found(found)
        self._choose(0)
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(HEIGHT * min(ROWS, max(1, len(found))))
        nothing = "" if found else f"Nothing that can be done is called “{query.strip()}”"
        self.note.setText(nothing or f"{more:,} more neurons match: type more of the name")
        self.note.setVisible(not found or more > 0)
        self.card.adjustSize()

    def _choose(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self.field.setAccessibleDescription(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _place(self) -> None:
        bar = self._window.menuBar()
        top = bar.height() + size("tool_bar") + values()["spacing"]["6"]
        width = min(WIDTH, self._window.width() - 2 * values()["spacing"]["10"])
        self.card.setFixedWidth(width)
        self.card.adjustSize()
        self.card.move((self._window.width() - width) // 2, top)


class _Field(QLineEdit):
    """Where one types; up, down, Enter and Esc go to the list."""

    def __init__(self, owner: CommandPalette) -> None:
        super().__init__()
        self._owner = owner
        self.setPlaceholderText("What would you like to do?")
        self.setAccessibleName("Command")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's own)
        key = Qt.Key(event.key())
        if key in STEPS:
            self._owner.move_choice(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.run_chosen()
        elif key == Qt.Key.Key_Escape:
            self._owner.close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: N802 (Qt's own)
        """Keep the focus: Tab goes through the rows too."""
        self._owner.move_choice(1 if is_next else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's own)
        super().focusOutEvent(event)
        if self._owner.isVisible() and event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu is no way out
            self._owner.close()


class _Rows(QAbstractListModel):
    """What was found, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: list[Found] = []

    def show_found(self, found: list[Found]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 (Qt's own)
        return len(self._found)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        entry = found.entry
        if role == FOUND:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.reason or entry.tip
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = {True: "on", False: "off", None: ""}[entry.is_on]
            return ", ".join(part for part in (entry.title, state, entry.keys, entry.reason or entry.path) if part)
        return None
