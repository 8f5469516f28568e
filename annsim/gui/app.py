"""The program with its window."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annsim.gui.main_window import MainWindow


def run(file: Path | None = None) -> int:
    """Open the window, with a file where one is given, and return the exit code when it is closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("annsim")
    application.setApplicationDisplayName("annsim")
    sys.setswitchinterval(0.001)  # the window's thread gets the interpreter back soon, also beside a busy engine
    window = MainWindow()
    window.failures.install()
    window.show()
    if file is not None:
        window.open_path(file)
    return application.exec()
