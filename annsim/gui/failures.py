"""Failures of the program itself: each is logged, and each kind is shown once with a way to save."""

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from annsim.errors import AnnsimError, shorten
from annsim.paths import log_folder


class Failures(QObject):
    """Collects exceptions of slots, paint methods and threads.

    Attributes
    ----------
    seen : the distinct failures so far, by type and place.
    save_copy : called when the user wants to save; set by the window.
    """

    _happened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.save_copy: Callable[[], object] | None = None
        # queued: a paint method that failed must end before a dialog opens, and threads may not open one at all
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def note(self, failure: BaseException) -> None:
        """Log a failure and show it, unless it has been shown."""
        if isinstance(failure, KeyboardInterrupt):
            return
        text = "".join(traceback.format_exception(failure))
        _log(text)
        last = traceback.extract_tb(failure.__traceback__)[-1:]
        kind = f"{type(failure).__name__} {[(frame.filename, frame.lineno) for frame in last]}"
        if kind not in self.seen:
            self.seen.append(kind)
            self._happened.emit(_summary(failure), text)

    def _from_hook(self, kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        self.note(failure.with_traceback(trace))

    def _show(self, summary: str, details: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "annsim", summary)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(f"Your work is still here. The details are in {log_folder()}.")
        box.setDetailedText(details)
        save = box.addButton("Save a copy …", QMessageBox.ButtonRole.ActionRole) if self.save_copy else None
        box.addButton("Go on", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        if save is not None and box.clickedButton() is save and self.save_copy is not None:
            self.save_copy()


def install(present: Callable[[], Failures | None]) -> None:
    """Take over the exceptions that nobody catches: they go to the `present` failures, those of the latest window."""

    def hook(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        failures = present()
        if failures is None:  # no window is open
            sys.__excepthook__(kind, failure, trace)
        else:
            failures._from_hook(kind, failure, trace)

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def _summary(failure: BaseException) -> str:
    if isinstance(failure, AnnsimError):
        return str(failure)
    return f"Something failed inside annsim: {type(failure).__name__}: {shorten(str(failure), 200)}"


def _log(text: str) -> None:
    try:
        with (log_folder() / "annsim.log").open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{text}\n")
    except OSError:
        sys.stderr.write(text)  # a full disk must not hide the failure
