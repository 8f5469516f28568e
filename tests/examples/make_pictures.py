"""Makes the pictures of the README: `python -m tests.examples.make_pictures` writes them into resources/pictures."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from annsim.formats.examples import read_example
from annsim.gui.main_window import MainWindow
from annsim.gui.theme import theme

FOLDER = Path(__file__).parents[2] / "resources" / "pictures"
SIZE = 1440, 900


def window_picture() -> None:
    """The irregular example while it learns, one neuron selected."""
    window = MainWindow(read_example("irregular"))
    theme().set_choice("light")
    window.resize(*SIZE)
    window.show()
    wait(lambda: window.document.dataset is not None)
    window.canvas.fit()
    window.tool_bar.speed.set_pace(None)
    window.control.play()
    session = window.control.session
    assert session is not None
    wait(lambda: session.learning.epoch >= 20)
    window.document.select([6])
    wait(lambda: session.learning.epoch >= 22)
    window.grab().save(str(FOLDER / "window.png"))
    window.control.close()


def wait(condition) -> None:  # type: ignore[no-untyped-def]
    """Let the window live until something is true."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start(30)
    loop.exec()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
    application = QApplication([])
    window_picture()
