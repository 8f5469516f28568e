"""The open windows of the program: which there are, which of them is the latest, and a new one beside it."""

import atexit
import os
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QWindow
from PySide6.QtWidgets import QMenu

from annsim.gui.welcome.maker import wait_for_workshops
from annsim.project.project import Project

if TYPE_CHECKING:
    from annsim.gui.main_window import MainWindow


class Windows(QObject):
    """Keeps the windows that are open; with the last one the program ends.

    A window adds itself when it is shown and removes itself when it is closed.

    Signals
    -------
    recent_changed : the list of recent files is another.
    """

    recent_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._open: list[MainWindow] = []  # in the order of opening
        self._used: list[MainWindow] = []  # the latest last
        QGuiApplication.instance().focusWindowChanged.connect(self._note_used)  # type: ignore[union-attr]

    @property
    def all(self) -> "tuple[MainWindow, ...]":
        """The open windows in the order in which they were opened."""
        return tuple(self._open)

    @property
    def latest(self) -> "MainWindow | None":
        """The window that was used last."""
        return self._used[-1] if self._used else None

    def new(self, project: Project | None = None) -> "MainWindow":
        """Open a window, beside the latest where there is one; without a project it shows an empty drawing."""
        from annsim.gui.main_window import MainWindow  # the two know each other

        window = MainWindow(project)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in (window.document, window.control):
            window.destroyed.connect(part.deleteLater)  # Qt lets go of the functions that listen to them only then
        if self.latest is not None:
            window.layout_of_docks.take_after(self.latest, [other.pos() for other in self._open])
        window.show()
        return window

    def add(self, window: "MainWindow") -> None:
        """Note that a window is open; nothing happens where that is known."""
        if window not in self._open:
            self._open.append(window)
            self._used.append(window)
            window.destroyed.connect(self._forget_gone)

    def remove(self, window: "MainWindow") -> None:
        """Note that a window closes."""
        for windows in (self._open, self._used):
            if window in windows:
                windows.remove(window)
        QTimer.singleShot(0, self, lambda: window)  # it must not be collected while Qt still closes it

    def end(self) -> None:
        """Stop what the open windows do and hide them: a program may end without closing them.

        Qt, which destroys them after Python is gone, would send a window that is shown the events of its end, and
        these are answered in Python.
        """
        for window in self.all:
            if shiboken6.isValid(window):
                window.control.close()
                window.data_panel.loader.close()
                window.welcome.close()
                window.hide()
        wait_for_workshops()

    def showing(self, path: Path) -> "MainWindow | None":
        """Return the window that shows a file, or None."""
        for window in self._open:
            own = window.project.path
            if own is not None and is_same_file(own, path):
                return window
        return None

    def bring_to_front(self, window: "MainWindow") -> None:
        """Let the user see and use a window."""
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _note_used(self, focus: QWindow | None) -> None:
        for window in self._open:
            if focus is not None and window.windowHandle() is focus:
                self._used.remove(window)
                self._used.append(window)
                return

    def _forget_gone(self) -> None:
        self._open = [window for window in self._open if shiboken6.isValid(window)]
        self._used = [window for window in self._used if shiboken6.isValid(window)]


class WindowList(QObject):
    """The end of the Window menu: one entry an open window, the menu's own one ticked."""

    def __init__(self, menu: QMenu, window: "MainWindow") -> None:
        super().__init__(menu)
        self._menu, self._window = menu, window
        self._actions: list[QAction] = []
        menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        for action in self._actions:
            self._menu.removeAction(action)
            action.deleteLater()
        self._actions = [self._menu.addSeparator()]
        for place, window in enumerate(windows().all):
            mark = "" if window.document.is_saved else " *"
            action = self._menu.addAction(f"{window.document.title}{mark}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(window is self._window)
            # by its place: an action that knew the window would keep it after it is closed
            action.triggered.connect(lambda checked=False, place=place: windows().bring_to_front(windows().all[place]))
            self._actions.append(action)


_WINDOWS: list[Windows] = []


def windows() -> Windows:
    """Return the open windows of the application."""
    if not _WINDOWS:
        _WINDOWS.append(Windows())
        atexit.register(_WINDOWS[0].end)
    return _WINDOWS[0]


def is_same_file(one: Path, other: Path) -> bool:
    """Return whether two paths lead to the same file, also by links and other spellings."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return one.absolute() == other.absolute()
