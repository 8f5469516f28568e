"""The training of a window: play, pause, step, epoch, reset, new seed; it owns the thread and the session."""

from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annsim.errors import DataError, NetworkError, SettingsError
from annsim.gui.document import Document
from annsim.gui.holding import holding
from annsim.gui.start_weights import StartWeights
from annsim.gui.stuck_watch import StuckWatch
from annsim.gui.training_thread import Mail, TrainingThread
from annsim.gui.undo import weights_set
from annsim.network.builders import initial_weights
from annsim.network.edits import Compound, Edit
from annsim.settings import Settings
from annsim.training.run import Run
from annsim.training.session import LIVE_SETTINGS, Session

POLL_MS = 33
SLOW_BELOW = 1000  # weights; smaller networks are watched at a pace that the eye can follow
WATCHING_PACE = 1000.0


class State(Enum):
    """What the training does."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"


class TrainingControl(QObject):
    """Runs sessions on the document's network and data.

    Signals
    -------
    state_changed : idle, running or paused.
    run_started : a new run begins; where `is_going_on`, it goes on by itself after an edit that ended the one before.
    progressed : carries the newest Mail.
    run_ended : carries the Run.
    stuck_changed : whether this start may be stuck.
    failed : carries the exception that ended the thread.
    """

    state_changed = Signal()
    run_started = Signal(object)
    progressed = Signal(object)
    run_ended = Signal(object)
    stuck_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.state = State.IDLE
        self.session: Session | None = None
        self.pace: float | None = None
        self.is_stuck = False
        self.is_going_on = self._goes_on = False
        self._thread: TrainingThread | None = None
        self._noted: Run | None = None
        self._run_number = 0
        self._is_own_edit = False
        self._start: StartWeights | None = None
        self._watch = StuckWatch()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        holding().ended.connect(self._go_on_after_edit)
        document.edit_begins.connect(self.end_for_edit)
        document.undo_begins.connect(self._end_for_undo)
        document.edited.connect(self._forget_start)
        document.replaced.connect(self._forget)
        document.data_changed.connect(self.end_for_edit)

    # what the buttons do

    def why_not(self) -> str:
        """Return what is missing before training can begin, or ""."""
        network = self.document.network
        if not network.neurons:
            return "The drawing is empty: draw a network first"
        for role in ("input", "output"):
            if not network.ids_of_role(role):
                return f"There is no {role} neuron yet"
        if self.document.dataset is None:
            return "There is no data yet: choose a set or a file in the data panel"
        return self.document.mismatch()

    def play(self) -> None:
        """Go on with the run, or begin a new one; AnnsimError where something is missing."""
        self._run(None)

    def pause(self) -> None:
        """Stop between two steps; the learned weights are in the drawing then, as one undo step."""
        if self.state is State.RUNNING:
            self._halt_thread()
            self._pause_session()

    def toggle(self) -> None:
        """Play or pause."""
        if self.state is State.RUNNING:
            self.pause()
        else:
            self.play()

    def step(self) -> None:
        """Take one step and pause."""
        self.pause()
        session = self._ready_session()
        self._run(session.learning.steps + 1)

    def epoch(self) -> None:
        """Go on to the end of the epoch and pause."""
        self.pause()
        session = self._ready_session()
        per_epoch = session.course.steps_per_epoch
        self._run(session.learning.steps - session.learning.batch + per_epoch)

    def reset(self) -> None:
        """Put back the weights at the start of the first run since they were last set by hand or drawn."""
        start = self._start
        if start is None:
            return
        self._end("user")
        self._own(start.edit(self.document.network))
        self.document.show_live(None)

    def new_seed(self) -> None:
        """Draw all unlocked weights afresh with the next seed; where it ran, a new run begins with them."""
        was_running = self.state is State.RUNNING
        self._end("user")
        settings = self.document.settings
        # above the drawing's own seed too, with which its present weights may have been drawn
        settings = settings.with_changes(seed=max(settings.seed, self.document.network.seed) + 1)
        self.document.set_settings(settings)
        rule = settings.init or "glorot_uniform"
        edit = initial_weights(self.document.network, rule, settings.seed)
        self._own(Compound(edit.edits, f"New seed {settings.seed}"), draws_weights=True)
        self._start = None
        self._set_stuck(False)
        if was_running:
            self.play()

    def set_pace(self, steps_per_second: float | None) -> None:
        """Set the speed in steps a second; None: as fast as it goes."""
        self.pace = steps_per_second
        if self._thread is not None:
            self._thread.set_pace(steps_per_second)

    def change_setting(self, name: str, value: Any) -> None:
        """Change a setting of the document; where it may change during a run, the run takes it over.

        SettingsError for a wrong value.
        """
        settings = self.document.settings.with_changes(**{name: value})
        self.document.set_settings(settings)
        session = self.session
        if session is None or not _may_change(session.course.settings, name, value):
            return
        if self._thread is not None:
            self._thread.change_setting(name, value)
        else:
            session.change(**{name: value})

    @property
    def can_reset(self) -> bool:
        """Whether there is a start to go back to."""
        return self._start is not None

    @property
    def settings_differ(self) -> bool:
        """Whether settings were changed that only a new run takes over."""
        if self.session is None:
            return False
        present = self.session.course.settings
        return any(
            getattr(present, name) != getattr(self.document.settings, name)
            for name in Settings.__dataclass_fields__
            if name not in (*LIVE_SETTINGS, "init")
        )

    def end_run(self) -> None:
        """End the run, as before saving settings or switching the method."""
        self._end("user")

    def note_run_so_far(self) -> None:
        """Let the project hold the run as far as it has come, as when it is saved in the middle."""
        if self.session is not None and self.session.learning.steps:
            self._note(self.session.report())

    def close(self) -> None:
        """End everything within a moment; the window is closing."""
        self._end("user")

    # what happens by itself

    def end_for_edit(self) -> None:
        """End the run because the drawing or the data is about to change; where it ran, a new one goes on after."""
        if self._is_own_edit or self.session is None:
            return
        was_running = self.state is State.RUNNING
        self._end("edited")
        self._goes_on = was_running
        QTimer.singleShot(0, self, self._go_on_after_edit)

    def _end_for_undo(self) -> None:
        """End the run for good: going on by itself it would bury the next steps to undo under its own."""
        if self.session is not None:
            self._end("edited")

    def _go_on_after_edit(self) -> None:
        if self._goes_on and not holding().is_on and self.session is None and not self.why_not():
            self._goes_on, self.is_going_on = False, True
            try:
                self.play()
            finally:
                self.is_going_on = False

    def _ready_session(self) -> Session:
        if self.session is not None and (self.session.is_over or self.settings_differ):
            self._end("user")
        if self.session is None:
            reason = self.why_not()
            if reason:
                raise (DataError if "data" in reason else NetworkError)(reason)
            document = self.document
            dataset = document.split_data()
            # initial weights are drawn by New seed, where they can be seen and undone
            settings = document.settings.with_changes(init=None)
            self.session = Session(document.network, dataset, settings)
            self._run_number += 1
            self._watch = StuckWatch()
            if self._start is None:
                self._start = StartWeights.of(document.network)
            self.run_started.emit(self.session)
        return self.session

    def _run(self, until: int | None) -> None:
        if self.state is State.RUNNING:
            return
        session = self._ready_session()
        thread = TrainingThread(session, self.pace if until is None else None)
        thread.run_until(until)
        thread.finished.connect(self._thread_ended)
        self._thread = thread
        self.document.note_run()
        self._set_state(State.RUNNING)
        thread.start()
        self._timer.start()

    def _poll(self) -> None:
        mail = self._thread.take_mail() if self._thread is not None else None
        if mail is not None:
            self._show(mail)

    def _show(self, mail: Mail) -> None:
        self.document.show_live(mail.parameters)
        self._set_stuck(self._watch.is_stuck(mail.records, self.document.settings.goal))
        self.progressed.emit(mail)

    def _thread_ended(self) -> None:
        if self._thread is None or not self._thread.isFinished():
            return  # it was halted, and its end has been dealt with
        self._halt_thread()
        if self.session is not None and self.session.is_over:
            self._end("user")
        else:
            self._pause_session()

    def _pause_session(self) -> None:
        if self.session is not None:
            self._commit()
            self._set_state(State.PAUSED)

    def _halt_thread(self) -> None:
        """Wait for the thread to end and show its last numbers."""
        thread, self._thread = self._thread, None
        self._timer.stop()
        if thread is None:
            return
        thread.ask_to_stop()
        thread.wait()
        self._show(thread.final_mail())
        if thread.failure is not None:
            self._commit()  # what was learned before the failure is not lost
            self.session = None
            self._set_state(State.IDLE)
            self.document.show_live(None)
            self.failed.emit(thread.failure)

    def _commit(self) -> None:
        """Write the learned weights into the drawing; all commits of a run are one undo step."""
        if self.session is not None and self.session.learning.steps:
            self._own(self.session.edit(), self._run_number)

    def _end(self, reason: str) -> None:
        self._halt_thread()
        self._goes_on = False
        session, self.session = self.session, None
        if session is None:
            self._set_state(State.IDLE)
            return
        session.stop(reason)
        run = session.finish()
        if run.steps:
            self._own(session.edit(), self._run_number)
            self._note(run)
            self._noted = None
            self.document.note_run()
        self.document.show_live(None)
        self._set_state(State.IDLE)
        self.run_ended.emit(run)

    def _note(self, run: Run) -> None:
        """Put a run into the project, in the place of what was noted of it before."""
        project = self.document.project
        if self._noted is not None and self._noted in project.runs:
            run.name = self._noted.name
            project.runs = [run if old is self._noted else old for old in project.runs]
        else:
            project.add_run(run)
        self._noted = run

    def _own(self, edit: Edit, run: int | None = None, draws_weights: bool = False) -> None:
        self._is_own_edit = True
        try:
            self.document.do(edit, run=run, by_hand=False, draws_weights=draws_weights)
        finally:
            self._is_own_edit = False

    def _forget_start(self, edit: Edit) -> None:
        """Weights set by hand are a new start to go back to."""
        if not (self._is_own_edit or self.document.is_walking) and weights_set(edit):
            self._start = None

    def _forget(self) -> None:
        self._halt_thread()
        self._goes_on, self.session, self._start, self._noted = False, None, None, None
        self._set_state(State.IDLE)
        self._set_stuck(False)

    def _set_stuck(self, is_stuck: bool) -> None:
        if is_stuck != self.is_stuck:
            self.is_stuck = is_stuck
            self.stuck_changed.emit(is_stuck)

    def _set_state(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit()


def _may_change(settings: Settings, name: str, value: Any) -> bool:
    """Return whether a run with these settings takes over a change; momentum, say, needs an optimizer that has it."""
    if name not in LIVE_SETTINGS:
        return False
    try:
        Settings.chosen({name: value}, settings)
    except SettingsError:
        return False  # the next run, with the other settings of the panel, takes it
    return True


def pace_of(document: Document) -> float | None:
    """Return the speed of a project: what was chosen, else watched where the network is small, full where large."""
    if document.project.speed is not None:
        return float(document.project.speed) or None
    return WATCHING_PACE if len(document.network.connections) < SLOW_BELOW else None


def run_text(run: Run) -> str:
    """Return why a run ended, for the status bar."""
    words = {
        "epochs": "all epochs done",
        "goal": "goal reached",
        "patience": "patience at its end",
        "not_finite": "stopped: numbers are no longer finite",
        "user": "stopped",
        "edited": "ended by an edit",
        "breakpoint": "stopped at a breakpoint",
    }
    return words[run.stopped_by]
