"""The program with its window."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annsim.gui.failures import Failures, install
from annsim.gui.logo import program_icon
from annsim.gui.look import Look
from annsim.gui.windows import windows


def run(file: Path | None = None) -> int:
    """Open a window, with a file or else the welcome page, and return the exit code when the last one is closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("annsim")
    application.setApplicationDisplayName("annsim")
    sys.setswitchinterval(0.001)  # the window's thread gets the interpreter back soon, also beside a busy engine
    application.setWindowIcon(program_icon(Look("light")))  # the same in every theme: it stands outside the window too
    install(_failures)
    window = windows().new()
    if file is None:
        window.welcome.show()
    else:
        window.open_path(file)
    return application.exec()


def _failures() -> Failures | None:
    """Return where the failures of the program are shown: in the window that was used last."""
    latest = windows().latest
    return None if latest is None else latest.failures
