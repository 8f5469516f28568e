"""Size, place and docks of a window: as they are at first, and as they were left on a screen of the same size."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget

from annsim.gui.look import size
from annsim.gui.preferences import Preferences

DOCK_SIZES = (
    (1400, 216, 280, 184),
    (2200, 240, 320, 248),
    (99999, 288, 384, 336),
)  # below a width: left, right, bottom
TABS = (("data", "probe"), ("properties", "training"))  # in front, behind it
TALL = 860  # from here the palette has room for words
PALETTE_HEIGHTS = 400, 212  # with words, or as icons
CASCADE, CASCADE_TRIES = 8, 200


class WindowLayout:
    """Lays out one window.

    Parameters
    ----------
    docks : by name.
    areas : where each dock lies at first, from top to bottom.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[str, QDockWidget],
        areas: Mapping[str, Qt.DockWidgetArea],
        preferences: Preferences,
    ) -> None:
        self._window, self._docks, self._areas, self._preferences = window, docks, areas, preferences
        self._is_own = False
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.default()

    def default(self) -> None:
        """Put all docks to their places, in sizes that suit the window."""
        window, docks = self._window, self._docks
        for name, area in self._areas.items():
            docks[name].setFloating(False)
            window.addDockWidget(area, docks[name])
            docks[name].show()
        for front, behind in TABS:
            window.tabifyDockWidget(docks[front], docks[behind])
            docks[front].raise_()
        left, right, bottom = next(sizes for width, *sizes in DOCK_SIZES if window.width() < width)
        window.resizeDocks([docks["palette"], docks["properties"]], [left, right], Qt.Orientation.Horizontal)
        palette = PALETTE_HEIGHTS[0] if window.height() >= TALL else PALETTE_HEIGHTS[1]
        heights = [palette, window.height() - 130 - palette, bottom]
        window.resizeDocks([docks["palette"], docks["data"], docks["loss"]], heights, Qt.Orientation.Vertical)

    def restore(self) -> None:
        """Take the layout that was left on a screen of the same size, where there is one."""
        layout = self._preferences.layout([screen_name(screen.size()) for screen in QGuiApplication.screens()])
        if layout is not None:
            geometry, state = layout
            self._is_own = self._window.restoreGeometry(geometry) and self._window.restoreState(state)

    def save(self) -> None:
        """Remember the layout for screens of this size."""
        window = self._window
        geometry, state = QByteArray(window.saveGeometry()), QByteArray(window.saveState())
        self._preferences.save_layout(screen_name(window.screen().size()), geometry, state)

    def suit_first_size(self) -> None:
        """Let the docks suit the size that the window got; called when it is shown, and done once."""
        if not self._is_own:
            self._is_own = True
            self.default()

    def take_after(self, other: QMainWindow, corners: list[QPoint]) -> None:
        """Be as large as another window and have its docks, a step to the lower right of it and of all `corners`."""
        is_full = other.isMaximized() or other.isFullScreen()
        place = other.normalGeometry() if is_full else other.geometry()
        self._window.resize(place.size())
        self._window.move(free_corner(other.pos(), place, other.screen().availableGeometry(), corners))
        self._is_own = self._window.restoreState(QByteArray(other.saveState()))


def screen_name(screen_size: QSize) -> str:
    """Return what the layout for screens of a size is stored under, such as "1600x1000"."""
    return f"{screen_size.width()}x{screen_size.height()}"


def free_corner(start: QPoint, place: QRect, room: QRect, taken: list[QPoint]) -> QPoint:
    """Return the next corner of a cascade that no window has; at its end it begins anew beside its first corner."""
    step = QPoint(size("dock_title"), size("dock_title"))
    last = QPoint(max(room.right() - place.width(), room.left()), max(room.bottom() - place.height(), room.top()))
    last += step * CASCADE  # a window may hang over the edge a little; its title row can be seen
    corner, first = start, room.topLeft() + step
    for _ in range(CASCADE_TRIES):
        corner = corner + step
        if corner.x() > last.x() or corner.y() > last.y():
            corner, first = first, first + QPoint(step.x(), 0)
        if corner not in taken:
            break
    return corner
