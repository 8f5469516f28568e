"""The card beside a ready-made layer that was just added: what is chosen there changes the layer at once."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from annsim.gui.canvas.board import Board
from annsim.gui.canvas.drafts import Draft
from annsim.gui.canvas.overlays import MARGIN
from annsim.gui.icons import icon
from annsim.gui.look import font, size
from annsim.gui.look import values as look_values
from annsim.gui.theme import theme
from annsim.network.edits import Edit
from annsim.network.network import Network


class DraftCard(QFrame):
    """Fields in a row, with Done and Take back; Enter, or going elsewhere, is Done, and Esc takes the layer back.

    A sub-class adds its fields with `add`, and says with `make` what they stand for.

    Signals
    -------
    changed : the layer has changed.
    kept : it stays as it is, and the card closes.
    """

    changed = Signal()
    kept = Signal()

    def __init__(self, board: Board, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.setObjectName("draft_card")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        document = board.document
        self._board, self._viewport = board, viewport
        self._before = document.selected_neurons, document.selected_connections, document.selected_notes
        self._draft = Draft(board)
        spacing = look_values()["spacing"]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(spacing["3"], spacing["1"], spacing["1"], spacing["1"])
        self._row.setSpacing(spacing["2"])
        self._done = self._button("Done", "Keep it as it is (Enter)", self.keep)
        self._undo = self._button("Take back", "Take it back (Esc)", self.take_back)
        theme().changed.connect(self._take_icons)
        self._take_icons()
        document.edited.connect(self._leave_to_others)
        document.replaced.connect(self.close)
        QApplication.instance().focusChanged.connect(self._look_after_focus)  # type: ignore[union-attr]

    def make(self, network: Network) -> Edit:
        """Return the edit that the fields stand for."""
        raise NotImplementedError

    def add(self, widget: QWidget, name: str, is_named: bool = True) -> None:
        """Add a field before the two buttons, with its name at its left unless it says that itself."""
        widget.setAccessibleName(name)
        if is_named:
            label = QLabel(name)
            label.setFont(font("small"))
            self._insert(label)
        self._insert(widget)

    def open(self) -> None:
        """Show the card and begin in its first field."""
        self.show()
        self.setFocus(Qt.FocusReason.TabFocusReason)  # as by Tab: what stands in the field is selected

    def place(self, above: QPoint) -> None:
        """Stand above a point of the viewport, or as near to that as there is room."""
        self.adjustSize()
        room = self._viewport.rect().adjusted(MARGIN, MARGIN, -MARGIN - self.width(), -MARGIN - self.height())
        wanted = above - QPoint(self.width() // 2, self.height())
        self.move(
            max(room.left(), min(wanted.x(), room.right())),
            max(room.top(), min(wanted.y(), room.bottom())),
        )

    def change(self) -> bool:
        """Change the layer to what the fields say now; return False where that is refused, and was said."""
        is_done = self._draft.put(self.make)
        if is_done:
            self.changed.emit()
        return is_done

    def settle(self) -> bool:
        """Change what has not been changed yet; return False where the fields stand for nothing."""
        return True

    def keep(self) -> None:
        """Keep the layer as the fields say."""
        if self.settle():
            self.kept.emit()
            self._close()

    def take_back(self) -> None:
        """Take the layer back, and select again what was selected before."""
        self._draft.take_back()
        network, (neurons, connections, notes) = self._board.document.network, self._before
        self._board.document.select(
            (i for i in neurons if i in network.neurons),
            (i for i in connections if i in network.connections),
            (i for i in notes if i in network.notes),
        )
        self._close()

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answer to Enter and Esc; no key goes on to the canvas below."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.take_back()
        event.accept()

    # the rest

    def _insert(self, widget: QWidget) -> None:
        self._row.insertWidget(self._row.count() - 2, widget)

    def _button(self, name: str, tip: str, run: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setIconSize(QSize(size("icon_small"), size("icon_small")))
        button.clicked.connect(run)
        self._row.addWidget(button)
        return button

    def _take_icons(self) -> None:
        self._done.setIcon(icon("check", "accent", size("icon_small")))
        self._undo.setIcon(icon("close", "text_muted", size("icon_small")))

    def _leave_to_others(self, edit: object) -> None:
        if self.isVisible() and not self._draft.is_changing:
            self._close()

    def _look_after_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        is_outside = new is not None and not self.isAncestorOf(new)
        if self.isVisible() and is_outside and QApplication.activePopupWidget() is None:
            self.settle()
            self.kept.emit()
            self.close()

    def _close(self) -> None:
        """Close, and give the focus back to the canvas."""
        canvas, focus = self._viewport.parentWidget(), QApplication.focusWidget()
        if canvas is not None and focus is not None and self.isAncestorOf(focus):
            canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()
