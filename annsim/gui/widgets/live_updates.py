"""Live numbers in panels: as often as people can read, not as often as they change."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from annsim.gui.document import Document
from annsim.gui.look import values


class LiveUpdates(QObject):
    """Calls a function when the moment has changed, at most as often as meters may change; the last is never lost."""

    def __init__(self, document: Document, update: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._update = update
        self._interval = 1000 // int(values()["motion"]["meter_hz"])
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._now)
        document.moment_changed.connect(self._soon)

    def _soon(self) -> None:
        if self._timer.isActive():
            return
        passed = self._since.elapsed() if self._since.isValid() else self._interval
        if passed >= self._interval:
            self._now()
        else:
            self._timer.start(self._interval - int(passed))

    def _now(self) -> None:
        self._since.restart()
        self._update()
