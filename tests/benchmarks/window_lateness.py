"""How late the window's thread is beside training at full speed: `python -m tests.benchmarks.window_lateness`.

Digits train for 30 seconds with the whole window open and updating, while a timer of 16 ms measures how late it is.
"""

import os
import sys
import time

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from annsim.formats.examples import read_example
from annsim.gui.main_window import MainWindow
from annsim.project.project import Project

INTERVAL_MS, SECONDS = 16, 30.0


def main() -> None:
    """Print p50, p99 and the largest lateness in milliseconds, and the speed of the training."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    name = sys.argv[2] if len(sys.argv) > 2 else "digits"
    application = QApplication([])
    sys.setswitchinterval(0.001)
    project = read_example(name)
    project.settings = project.settings.with_changes(epochs=None, goal=None)
    window = MainWindow(project)
    window.show()
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))

    def start() -> None:
        window.tool_bar.speed.set_pace(None)
        window.control.play()
        timer.start(INTERVAL_MS)

    while window.document.dataset is None:
        application.processEvents()
    QTimer.singleShot(1000, start)
    loop = QEventLoop()  # quitting the application would ask about the unsaved run
    QTimer.singleShot(int(1000 + 1000 * seconds), loop.quit)
    loop.exec()
    late = np.maximum(0, np.diff(ticks) * 1000 - INTERVAL_MS)
    session = window.control.session
    assert session is not None
    rate = session.learning.steps * session.course.rows_per_step / seconds
    parts = (f"p50 {np.median(late):.1f}", f"p99 {np.percentile(late, 99):.1f}", f"max {late.max():.1f}")
    sys.stdout.write(f"{name}: lateness in ms {', '.join(parts)}; {rate:,.0f} samples/s\n")
    window.control.close()
    window.document.replace(Project())
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main()
