"""What the program remembers between two starts: theme, recent files, window layout."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from annsim.paths import settings_folder

RECENT_FILES = 10
LAYOUT_VERSION = 1  # raised when docks change, so that an old layout is not put on new docks


class Preferences:
    """The user's settings of the program, in an INI file."""

    def __init__(self) -> None:
        self._store = QSettings(str(settings_folder() / "annsim.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """The chosen theme."""
        return str(self._store.value("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def recent(self) -> list[Path]:
        """The files used last, newest first, as far as they are still there."""
        stored = self._store.value("recent", [])
        texts = stored if isinstance(stored, list) else [stored] if isinstance(stored, str) else []
        return [Path(text) for text in texts if Path(text).is_file()]

    def add_recent(self, path: Path) -> None:
        """Put a file first among those used last."""
        path = path.absolute()
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent", [str(p) for p in [path, *others][:RECENT_FILES]])

    def save_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember size and docks of the window."""
        self._store.setValue("layout/version", LAYOUT_VERSION)
        self._store.setValue("layout/geometry", geometry)
        self._store.setValue("layout/state", state)

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Return size and docks of the window as they were, or None."""
        version = self._store.value("layout/version", 0)
        geometry, state = self._store.value("layout/geometry"), self._store.value("layout/state")
        is_right = str(version) == str(LAYOUT_VERSION) and isinstance(geometry, QByteArray)
        return (geometry, state) if is_right and isinstance(state, QByteArray) else None
