"""What the program remembers between two starts: theme, recent files, the last folder, window layout."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from annsim.gui.theme import CHOICES
from annsim.paths import settings_folder

RECENT_FILES = 10
LAST_USED = 12
LAYOUT_VERSION = 2  # raised when docks change, so that an old layout is not put on new docks


class Preferences:
    """The user's settings of the program, in an INI file; what is damaged in it counts as not there.

    All windows read and write the same file, and each value by itself: what one window writes, the next reads, and
    nothing that another wrote is lost.
    """

    def __init__(self) -> None:
        self._store = QSettings(str(settings_folder() / "annsim.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """The chosen theme."""
        choice = self._store.value("theme", "system")
        return choice if choice in CHOICES else "system"

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def shows_bias_inputs(self) -> bool:
        """Whether the constant input of each neuron is drawn."""
        return str(self._store.value("bias_inputs", False)).lower() == "true"  # as text once it was read from disk

    @shows_bias_inputs.setter
    def shows_bias_inputs(self, is_shown: bool) -> None:
        self._store.setValue("bias_inputs", is_shown)

    def switch(self, name: str, at_first: bool) -> bool:
        """Return whether something of the view is on, `at_first` as long as nobody has switched it."""
        return str(self._store.value(f"view/{name}", at_first)).lower() == "true"

    def set_switch(self, name: str, is_on: bool) -> None:
        """Remember whether something of the view is on."""
        self._store.setValue(f"view/{name}", is_on)

    @property
    def folder(self) -> Path:
        """The folder in which a file was opened or saved last; the home folder where that is gone."""
        folder = _path(self._store.value("folder"))
        return folder if folder is not None and _holds(folder.is_dir) else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder.absolute()))

    # recent files

    @property
    def recent(self) -> list[Path]:
        """The files used last, newest first, as far as they are still there."""
        self._store.sync()
        stored = self._store.value("recent", [])
        texts = stored if isinstance(stored, list) else [stored]
        paths = [_path(text) for text in texts]
        return [path for path in paths if path is not None and _holds(path.is_file)]

    def add_recent(self, path: Path) -> None:
        """Put a file first among those used last, and remember its folder."""
        path = path.absolute()
        self._set_recent([path, *(other for other in self.recent if other != path)])
        self.folder = path.parent

    def forget_recent(self, path: Path) -> None:
        """Take a file off the list of those used last."""
        self._set_recent([other for other in self.recent if other != path])

    def clear_recent(self) -> None:
        """Empty the list of files used last."""
        self._set_recent([])

    def _set_recent(self, paths: list[Path]) -> None:
        self._store.setValue("recent", [str(path) for path in paths[:RECENT_FILES]])
        self._store.sync()  # another running program reads it too

    # commands, expressions

    def used(self, kind: str) -> list[str]:
        """Return what was used last of a kind such as "commands", newest first."""
        stored = self._store.value(f"used/{kind}", [])
        texts = stored if isinstance(stored, list) else [stored]
        return [text for text in texts if isinstance(text, str) and text]

    def note_used(self, kind: str, text: str) -> None:
        """Put a text first among those used last of a kind."""
        others = [other for other in self.used(kind) if other != text]
        self._store.setValue(f"used/{kind}", [text, *others][:LAST_USED])

    # layout

    def save_layout(self, screen: str, geometry: QByteArray, state: QByteArray) -> None:
        """Remember size and docks of the window for screens of a size, such as "1600x1000"."""
        self._store.setValue(f"layout/{screen}/version", LAYOUT_VERSION)
        self._store.setValue(f"layout/{screen}/geometry", geometry)
        self._store.setValue(f"layout/{screen}/state", state)
        self._store.setValue("layout/last", screen)

    def layout(self, screens: Sequence[str]) -> tuple[QByteArray, QByteArray] | None:
        """Return size and docks as they were left on one of these screens, the last used one first, or None."""
        last = self._store.value("layout/last", "")
        for screen in sorted(screens, key=lambda name: name != last):
            version = self._store.value(f"layout/{screen}/version", 0)
            geometry = self._store.value(f"layout/{screen}/geometry")
            state = self._store.value(f"layout/{screen}/state")
            is_whole = isinstance(geometry, QByteArray) and isinstance(state, QByteArray)
            if is_whole and str(version) == str(LAYOUT_VERSION):
                return geometry, state
        return None


def _path(text: object) -> Path | None:
    return Path(text) if isinstance(text, str) and text else None


def _holds(question: Callable[[], bool]) -> bool:
    """Ask something about a path; what cannot be looked at is not there."""
    try:
        return question()
    except (OSError, ValueError):  # no permission, a name too long, a null byte in a damaged file
        return False
