"""The welcome page: ways to begin at the left, the examples at the right."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from annsim.gui.theme import theme
from annsim.gui.welcome.gallery import Gallery
from annsim.gui.welcome.maker import PictureMaker
from annsim.gui.welcome.picture import PaintDrawing
from annsim.gui.welcome.side_column import SideColumn

WIDTHS = ((1200, 280, 16), (1500, 304, 24), (99999, 352, 32))  # below a width: the left side, margins
REST_MS = 250  # after so long without a change of size pictures are made for the new one


class WelcomePage(QWidget):
    """What a new user sees first.

    Signals
    -------
    left : the user wants to draw.
    data_wanted, project_wanted, any_file_wanted : other ways to begin.
    example_wanted : carries the name of an example.
    file_wanted : carries the path of a file that was dropped or used before.
    removal_wanted : carries the path of a recent file that the user does not want to see here.
    clearing_wanted : the list of recent files is to be emptied.
    """

    left = Signal()
    data_wanted = Signal()
    project_wanted = Signal()
    any_file_wanted = Signal()
    example_wanted = Signal(str)
    file_wanted = Signal(object)
    removal_wanted = Signal(object)
    clearing_wanted = Signal()

    def __init__(self, paint_drawing: PaintDrawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome page")
        self.setAutoFillBackground(True)
        self.setAcceptDrops(True)
        self.maker = PictureMaker(paint_drawing, self)
        self.side = SideColumn(self.maker)
        self.gallery = Gallery(self.maker)
        layout = QHBoxLayout(self)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # it is as large as the window lets it be
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addWidget(self.gallery, 1)
        self._begin = QTimer(self, singleShot=True, interval=0)
        self._begin.timeout.connect(self._make_pictures)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._ask_for_other_size)
        self._connect()

    def show_files(self, paths: list[Path]) -> None:
        """Show these recent files."""
        self.side.recent.show_files(paths)
        if self.isVisible():
            self.side.recent.ask_for_pictures()

    def close_down(self) -> None:
        """Make no more pictures; the window is closing."""
        self.maker.close()

    def _connect(self) -> None:
        ways, recent = self.side.ways, self.side.recent
        ways["draw"].clicked.connect(self.left)
        ways["data"].clicked.connect(self.data_wanted)
        ways["project"].clicked.connect(self.project_wanted)
        recent.file_wanted.connect(self.file_wanted)
        recent.removal_wanted.connect(self.removal_wanted)
        recent.clearing_wanted.connect(self.clearing_wanted)
        self.side.left_rightwards.connect(self.gallery.focus_first)
        self.gallery.example_wanted.connect(self.example_wanted)
        self.gallery.file_wanted.connect(self.any_file_wanted)
        theme().changed.connect(self._make_pictures)
        QApplication.instance().focusChanged.connect(self._show_focus)  # type: ignore[union-attr]

    def _make_pictures(self) -> None:
        if self.isVisible():
            self.maker.forget()
            self.side.recent.ask_for_pictures()
            self.gallery.ask_for_pictures()

    def _ask_for_other_size(self) -> None:
        if self.gallery.needs_other_pictures:
            self._make_pictures()

    def _show_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self.gallery.show_focus(new)
            self.side.recent.show_focus(new)

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._begin.start()  # after the page itself is there

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802
        super().hideEvent(event)
        self.maker.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        side, margin = next((side, margin) for width, side, margin in WIDTHS if self.width() < width)
        self.side.setFixedWidth(side)
        self.side.set_margin(margin)
        self.gallery.set_margin(margin)
        self._rest.start(REST_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape:
            if not self.gallery.clear_search():
                self.left.emit()
        elif event.text().strip().isprintable() and event.text().strip() and not event.modifiers() & commands:
            self.gallery.type_to_find(event.text())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self.gallery.drop_card.show_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: D102, N802
        self.gallery.drop_card.show_target(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802
        self.gallery.drop_card.show_target(False)
        event.acceptProposedAction()
        self.file_wanted.emit(Path(event.mimeData().urls()[0].toLocalFile()))
