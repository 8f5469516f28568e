"""The welcome page in its window: when it covers the canvas, and what its buttons do."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QTabBar

from annsim.gui.action_rows import ACTIONS
from annsim.gui.canvas.still import paint_still
from annsim.gui.welcome.page import WelcomePage
from annsim.gui.windows import windows

if TYPE_CHECKING:
    from annsim.gui.main_window import MainWindow

STAYING_MENUS = "File", "Help"  # what is chosen from another menu concerns the canvas or the docks
STAYING = ("light_dark",)


class WelcomeControl(QObject):
    """Shows the page over canvas, docks and tool bar, and leaves it as soon as there is something to see there."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._page: WelcomePage | None = None
        self._hidden_docks: list[QDockWidget] = []
        self._fits_data = False  # whether inputs and outputs are made for the data that is read next
        for row in ACTIONS:
            if row.menu.partition("/")[0] not in STAYING_MENUS and row.name not in STAYING:
                window.actions_by_name[row.name].triggered.connect(self.leave)
        for dock in window.docks.values():
            dock.toggleViewAction().triggered.connect(self.leave)
        document, loader = window.document, window.data_panel.loader
        for signal in (document.replaced, document.edited, loader.failed):
            signal.connect(self._forget_data)
            signal.connect(self.leave)
        loader.busy_changed.connect(self.leave)  # the data panel shows how far it is
        document.data_changed.connect(self._data_read)
        windows().recent_changed.connect(self._show_recent)

    @property
    def is_shown(self) -> bool:
        """Whether the page covers the canvas."""
        return self._page is not None and not self._page.isHidden()

    def show(self) -> None:
        """Cover the canvas with the page."""
        if self.is_shown:
            return
        page = self._page = self._page or self._make_page()
        page.show_files(self._window.preferences.recent)
        self._window.installEventFilter(self)
        self._cover()
        page.show()
        page.raise_()
        page.side.ways["draw"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_covered(True)  # last: a canvas disabled with the focus hands it on as Tab does, which selects

    def leave(self, *_: object) -> None:
        """Show canvas, docks and tool bar again."""
        if self._page is None or not self.is_shown:
            return
        self._window.removeEventFilter(self)
        self._page.hide()
        self._set_covered(False)
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Leave the page and make no more pictures; the window is closing."""
        self.leave()
        if self._page is not None:
            self._page.close_down()

    def open_data(self, fits: bool = True) -> None:
        """Ask for data; where nothing is drawn yet and it `fits`, inputs and outputs are made for it."""
        self._fits_data = fits
        dialog = self._window.data_panel.open_file_dialog(str(self._window.preferences.folder))
        dialog.rejected.connect(self._forget_data)
        dialog.fileSelected.connect(self._remember_folder)

    # parts

    def _make_page(self) -> WelcomePage:
        page = WelcomePage(paint_still, self._window)
        page.hide()
        page.left.connect(self.leave)
        page.data_wanted.connect(self.open_data)
        page.project_wanted.connect(lambda: self._leave_if(self._window.files.open()))
        page.any_file_wanted.connect(lambda: self._open(self._window.files.ask_for_any()))
        page.example_wanted.connect(self._open_example)
        page.file_wanted.connect(self._open)
        page.removal_wanted.connect(self._forget_recent)
        page.clearing_wanted.connect(self._clear_recent)
        return page

    def _set_covered(self, is_covered: bool) -> None:
        """Keep the focus out of what lies under the page, and floating docks from lying on it."""
        docks = self._window.docks.values()
        if is_covered:
            self._hidden_docks = [dock for dock in docks if dock.isFloating() and not dock.isHidden()]
        for dock in self._hidden_docks:
            dock.setHidden(is_covered)
        tabs = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)  # of docks
        for part in (self._window.canvas, self._window.tool_bar, *docks, *tabs):
            part.setDisabled(is_covered)

    def _cover(self) -> None:
        window = self._window
        menu_bar = window.menuBar()
        top = 0 if menu_bar.isNativeMenuBar() else menu_bar.geometry().bottom() + 1
        if self._page is not None:
            self._page.setGeometry(0, top, window.width(), window.statusBar().geometry().top() - top)

    # doing

    def _leave_if(self, is_done: bool) -> None:
        if is_done:
            self.leave()

    def _open(self, path: Path | None) -> None:
        """Open a file of any kind; a project may have come into another window, so that this one is free."""
        if path is not None:
            self._fits_data = True
            self._leave_if(self._window.files.drop(path))

    def _open_example(self, name: str) -> None:
        self._window.files.open_example(name)
        self.leave()

    def _data_read(self) -> None:
        window = self._window
        if window.document.dataset is None:
            return
        self.leave()
        if self._fits_data and not window.document.network.neurons:
            self._fits_data = False
            window.data_panel.fit()

    def _forget_data(self, *_: object) -> None:
        self._fits_data = False

    def _remember_folder(self, file: str) -> None:
        self._window.preferences.folder = Path(file).parent

    # recent files

    def _forget_recent(self, path: Path) -> None:
        self._window.preferences.forget_recent(path)
        windows().recent_changed.emit()

    def _clear_recent(self) -> None:
        self._window.preferences.clear_recent()
        windows().recent_changed.emit()

    def _show_recent(self) -> None:
        if self._page is not None and self.is_shown:
            self._page.show_files(self._window.preferences.recent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own)
        """Follow the window's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._cover()
        return False
