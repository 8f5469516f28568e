"""The status bar: epoch, step, loss, speed and engine at the left, the network and the method at the right."""

import time

from PySide6.QtWidgets import QLabel, QStatusBar

from annsim.gui.document import Document
from annsim.gui.look import values
from annsim.gui.tool_bar import loss_text
from annsim.gui.training_control import TrainingControl, run_text
from annsim.gui.training_thread import Mail
from annsim.training.run import Run

RUNNING = ("epoch", "step", "loss", "accuracy", "speed", "engine")
STANDING = ("size", "method")


class StatusBar(QStatusBar):
    """Says where the training is; sentences about what was just done stand there for some seconds."""

    def __init__(self, document: Document, control: TrainingControl) -> None:
        super().__init__()
        self._document, self._control = document, control
        self._last = 0.0
        self._mail: Mail | None = None
        self._mark = (0.0, 0)
        self._labels = {
            name: QLabel() for name in ("epoch", "step", "loss", "accuracy", "speed", "engine", "size", "method")
        }
        self._labels["epoch"].setObjectName("status_epoch")
        self._labels["loss"].setObjectName("status_loss")
        for name in RUNNING:
            self.addWidget(self._labels[name])
        for name in STANDING:
            self.addPermanentWidget(self._labels[name])
        self._labels["epoch"].setText("Ready")
        control.progressed.connect(self._show_progress)
        control.state_changed.connect(self._show_state)
        control.run_started.connect(self._begin)
        control.run_ended.connect(self._show_end)
        document.edited.connect(self._show_size)
        document.replaced.connect(self._show_new)
        document.settings_changed.connect(self._show_method)
        self._show_size()
        self._show_method()

    def say(self, text: str) -> None:
        """Show a sentence for some seconds."""
        self.showMessage(text, 6000)

    def _begin(self, session: object) -> None:
        self.clearMessage()  # how the last run ended must not cover how this one goes

    def _show_progress(self, mail: Mail) -> None:
        now = time.monotonic()
        self._mail = mail
        if now - self._last >= 1 / values()["motion"]["status_hz"]:
            self._last = now
            self._show(mail)

    def _show_state(self) -> None:
        if self._mail is not None:
            self._show(self._mail)

    def _show(self, mail: Mail) -> None:
        session = self._control.session
        if session is None:
            return
        limit = session.course.settings.epochs
        self._labels["epoch"].setText(f"Epoch {mail.epoch:,}" + (f" of {limit:,}" if limit else ""))
        self._labels["step"].setText(f"Step {mail.steps:,}")
        if len(session.history):
            last = session.history.last
            self._labels["loss"].setText(f"Loss {loss_text(last.training_loss)}")
            self._labels["accuracy"].setText("" if last.accuracy is None else f"Accuracy {100 * last.accuracy:.1f} %")
        seconds, steps = mail.seconds - self._mark[0], mail.steps - self._mark[1]
        if seconds > 0 and steps > 0:
            self._labels["speed"].setText(f"{_short(steps / seconds * session.course.rows_per_step)} samples/s")
        self._mark = mail.seconds, mail.steps
        self._labels["engine"].setText(f"{session.engine.name}, {session.course.settings.precision}")

    def _show_end(self, run: Run) -> None:
        self._mark, self._mail = (0.0, 0), None
        if run.steps:
            self.say(f"{run_text(run)} after {run.epochs:,} epoch{'s' * (run.epochs != 1)}")

    def _show_new(self) -> None:
        for name in RUNNING[1:]:
            self._labels[name].clear()
        self._labels["epoch"].setText("Ready")
        self._mark, self._mail = (0.0, 0), None
        self._show_size()

    def _show_size(self, edit: object = None) -> None:
        network = self._document.network
        neurons, connections = len(network.neurons), len(network.connections)
        text = f"{neurons:,} neuron{'s' * (neurons != 1)}"
        self._labels["size"].setText(
            text + (f", {connections:,} connection{'s' * (connections != 1)}" if connections else "")
        )

    def _show_method(self) -> None:
        settings = self._document.settings
        batch = f", batch {settings.batch_size:,}" if settings.method == "sgd" else ""
        optimizer = "" if settings.optimizer == "plain" else f", {settings.optimizer}"
        self._labels["method"].setText(f"{settings.method}{batch}{optimizer}, rate {settings.learning_rate:g}")


def _short(number: float) -> str:
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= limit:
            return f"{number / limit:.1f} {unit}"
    return f"{number:.0f}"
