"""Garbage collection in the window's thread only.

Python's collector runs in whatever thread happens to allocate; run in a training or reading thread it would destroy Qt
objects there, which ends the program.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

INTERVAL_MS = 1000


class Collector(QObject):
    """Turns the automatic collector off and collects from a timer, by the collector's own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL_MS)

    def collect(self) -> None:
        """Collect the oldest generation whose threshold is passed."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return


def collect_in_this_thread() -> None:
    """Make the window's thread the only one that collects, for as long as the application lives."""
    application = QCoreApplication.instance()
    if application is not None and application.findChild(Collector) is None:
        Collector(application)
