"""The thread that trains. The window pulls: it asks, and the thread leaves its newest numbers in a mailbox."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QThread

from annsim.engine.compiler import Parameters
from annsim.engine.course import Record
from annsim.training.session import Session

CHUNK_SECONDS = 0.008
MOST_PER_CHUNK = 1_000_000


@dataclass
class Mail:
    """The newest numbers: parameters, complete epochs, steps, and rows of history since the last mail."""

    parameters: Parameters
    epoch: int
    steps: int
    seconds: float
    records: list[Record] = field(default_factory=list)


class TrainingThread(QThread):
    """Runs a session until it is over, a target is reached, or it is told to stop.

    It touches no Qt object but itself; between two chunks of about 8 ms it looks for a stop, for changed settings,
    and for the question whether the window wants numbers.
    """

    def __init__(self, session: Session, steps_per_second: float | None) -> None:
        super().__init__()
        self.session = session
        self.failure: BaseException | None = None
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._wanted = True
        self._mail: Mail | None = None
        self._records: list[Record] = []
        self._changes: list[tuple[str, Any]] = []
        self._pace = steps_per_second
        self._until_step: int | None = None

    def run_until(self, step: int | None) -> None:
        """Set the number of steps at which to pause; None: go on to the end. To be called before `start`."""
        self._until_step = step

    def ask_to_stop(self) -> None:
        """Pause between two steps, as soon as the present chunk is done."""
        self._stop.set()

    def set_pace(self, steps_per_second: float | None) -> None:
        """Set the speed; None: as fast as it goes."""
        with self._lock:
            self._pace = steps_per_second

    def change_setting(self, name: str, value: Any) -> None:
        """Change a setting from the next step on."""
        with self._lock:
            self._changes.append((name, value))

    def take_mail(self) -> Mail | None:
        """Return the newest numbers, or None where there are none since the last call; ask for the next ones."""
        with self._lock:
            mail, self._mail = self._mail, None
            self._wanted = True
        return mail

    def final_mail(self) -> Mail:
        """Return the numbers after the thread has ended."""
        return self._written()

    def run(self) -> None:  # noqa: D102 (Qt's own)
        try:
            self._train()
        except BaseException as failure:
            # it must not end a thread of Qt's; the window raises it again where it can be shown
            self.failure = failure

    def _train(self) -> None:
        session, per_chunk = self.session, 1
        start, first_step, pace = time.perf_counter(), session.learning.steps, self._pace
        while not (self._stop.is_set() or session.is_over):
            with self._lock:
                changes, self._changes = self._changes, []
                if self._pace != pace:
                    pace, start, first_step = self._pace, time.perf_counter(), session.learning.steps
            for name, value in changes:
                session.change(**{name: value})
            count = self._steps_now(per_chunk, pace, time.perf_counter() - start, session.learning.steps - first_step)
            if count <= 0 and session.history:
                self._stop.wait(0.004)
                continue
            count = max(1, count)
            began = time.perf_counter()
            self._records += session.advance(steps=count).records
            elapsed = time.perf_counter() - began
            # from what was done, not from what would have been allowed: a slow pace says little about a fast one
            per_chunk = max(1, min(2 * count, int(count * CHUNK_SECONDS / max(elapsed, 1e-6)), MOST_PER_CHUNK))
            self._post()
            if self._until_step is not None and session.learning.steps >= self._until_step:
                return
            self.usleep(200)  # lets the window's thread have the interpreter

    def _steps_now(self, per_chunk: int, pace: float | None, elapsed: float, done: int) -> int:
        count = per_chunk if pace is None else min(per_chunk, max(0, int(elapsed * pace) + 1 - done))
        if self._until_step is not None:
            count = min(count, self._until_step - self.session.learning.steps)
        return count

    def _post(self) -> None:
        with self._lock:
            if self._wanted:
                self._wanted = False
                self._mail = self._written()

    def _written(self) -> Mail:
        records, self._records = self._records, []
        earlier = [] if self._mail is None else self._mail.records
        learning = self.session.learning
        return Mail(
            learning.parameters.copy(), learning.epoch, learning.steps, self.session.seconds, [*earlier, *records]
        )
