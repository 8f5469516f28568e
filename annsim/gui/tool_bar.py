"""The tool bar: Play, speed, steps, and the meters of the run."""

import math
import time
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QSlider, QToolBar, QToolButton, QVBoxLayout, QWidget

from annsim.engine.course import Record
from annsim.gui.actions import set_tip, show_possible
from annsim.gui.icons import icon
from annsim.gui.look import font, number_text, size, values
from annsim.gui.theme import theme
from annsim.gui.training_control import State, TrainingControl
from annsim.gui.training_thread import Mail

SLIDER_STEPS = 100
FASTEST_PACE = 10_000.0
WIDE, NARROW = 1300, 1200  # below, words of buttons go, then two meters


class SpeedSlider(QWidget):
    """A logarithmic slider, 1 to 10,000 steps a second; at its right end as fast as it goes."""

    pace_changed = Signal(object)
    pace_chosen = Signal(object)  # by a person, not by the program

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("speed")
        self.slider.setAccessibleName("Speed")
        self.slider.setRange(0, SLIDER_STEPS + 1)
        self.slider.setFixedWidth(96)
        self.slider.setToolTip("Speed in steps a second; at the right end as fast as it goes")
        self._text = QLabel()
        self._text.setProperty("role", "caption")
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 2)
        layout.setSpacing(0)
        layout.addWidget(self.slider)
        layout.addWidget(self._text)
        self.setFixedWidth(96 + 16)
        self._is_set = False
        self.slider.valueChanged.connect(self._moved)
        self.set_pace(None)

    @property
    def pace(self) -> float | None:
        """Steps a second, or None for full speed."""
        value = self.slider.value()
        return None if value > SLIDER_STEPS else round(FASTEST_PACE ** (value / SLIDER_STEPS))

    def set_pace(self, pace: float | None) -> None:
        """Move the slider to a speed."""
        self._is_set = True
        if pace is None:
            self.slider.setValue(SLIDER_STEPS + 1)
        else:
            self.slider.setValue(round(SLIDER_STEPS * math.log(max(1.0, pace)) / math.log(FASTEST_PACE)))
        self._is_set = False
        self._moved_by_program()

    def _moved(self) -> None:
        if not self._is_set:
            self._moved_by_program()
            self.pace_chosen.emit(self.pace)

    def _moved_by_program(self) -> None:
        self._text.setText("full speed" if self.pace is None else f"{self.pace:,.0f} steps/s")
        self.pace_changed.emit(self.pace)


class Meter(QWidget):
    """A word above a number of fixed width."""

    def __init__(self, word: str, widest: str, mark: str = "") -> None:
        super().__init__()
        self._mark, self._word, self._text = mark, word, "–"
        self._name = QLabel()
        self._name.setProperty("role", "caption")
        self._value = QLabel(self._text)
        self._value.setProperty("role", "meter")
        self._value.setFont(font("meter"))
        self._value.setMinimumWidth(QFontMetrics(font("meter")).horizontalAdvance(widest) + 4)
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 12, 2)
        layout.setSpacing(0)
        layout.addWidget(self._name)
        layout.addWidget(self._value)
        self.recolour()

    def set_value(self, text: str) -> None:
        """Show a number."""
        if text != self._text:
            self._text = text
            self._value.setText(text)
            self.setAccessibleDescription(text)

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        dot = f'<span style="color:{theme().look.name(self._mark)}">●</span> ' if self._mark else ""
        self._name.setText(f"{dot}{self._word}")


class TrainingToolBar(QToolBar):
    """Play and its company at the left, meters, and at the right undo, redo and the theme."""

    def __init__(self, actions: Mapping[str, QAction], control: TrainingControl) -> None:
        super().__init__("Training")
        self.setObjectName("tool_bar")
        self.setMovable(False)
        self.setIconSize(QSize(size("icon_tool"), size("icon_tool")))
        self._control, self._actions = control, actions
        self._last_meters = 0.0
        self._epoch = 0
        self._record: Record | None = None
        self._add(actions["play"], "play", with_text=True)
        self.speed = SpeedSlider()
        self.speed.pace_changed.connect(control.set_pace)
        self.addWidget(self.speed)
        self._add(actions["step"], "step", with_text=True)
        self._add(actions["epoch"], "epoch", with_text=True)
        self.addSeparator()
        self._add(actions["reset"], "reset", with_text=True)
        self._add(actions["new_seed"], "new_seed")
        self.addSeparator()
        self.meters = {
            "epoch": Meter("Epoch", "8,888,888"),
            "training": Meter("Training loss", "0.000000", "curve_training"),
            "test": Meter("Test loss", "0.000000", "curve_test"),
            "accuracy": Meter("Accuracy", "100.0 %"),
        }
        self._meter_actions = {name: self.addWidget(meter) for name, meter in self.meters.items()}
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        for name in ("undo", "redo", "find", "fit", "light_dark"):
            self._add(actions[name], f"tool_{name}")
        control.state_changed.connect(self.show_state)
        control.progressed.connect(self._show_progress)
        control.run_started.connect(self.clear_meters)
        theme().changed.connect(self._recolour)

    def show_state(self) -> None:
        """Show whether Play would play or pause, and what is missing where it can do neither."""
        is_running = self._control.state is State.RUNNING
        play = self._actions["play"]
        why_not = "" if is_running else self._control.why_not()
        play.setText("Pause" if is_running else "Play")
        token = "on_accent" if not why_not else "text_disabled"
        play.setIcon(icon("pause" if is_running else "play", token))
        set_tip(play, "Pause between two steps (F5 or Space)" if is_running else "Train (F5 or Space)")
        for name in ("play", "step", "epoch"):
            show_possible(self._actions[name], why_not)
        show_possible(
            self._actions["reset"], "" if self._control.can_reset else "Nothing was trained since the weights were set"
        )
        self._show_meters()

    def clear_meters(self, session: object = None) -> None:
        """Show that nothing has been trained."""
        self._epoch, self._record = 0, None
        for meter in self.meters.values():
            meter.set_value("–")
        self.meters["epoch"].set_value("0")

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self._set_words(self.width() >= WIDE)
        for name in ("test", "accuracy"):  # they stand in the plot and in the status bar too
            self._meter_actions[name].setVisible(self.width() >= NARROW)

    def _set_words(self, are_shown: bool) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if are_shown else Qt.ToolButtonStyle.ToolButtonIconOnly
        for name in ("step", "epoch", "reset"):
            button = self.widgetForAction(self._actions[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(style)

    def _show_progress(self, mail: Mail) -> None:
        self._epoch = mail.epoch
        if mail.records:
            self._record = mail.records[-1]
        now = time.monotonic()
        if now - self._last_meters >= 1 / values()["motion"]["meter_hz"]:
            self._last_meters = now
            self._show_meters()

    def _show_meters(self) -> None:
        if self._record is None:
            return
        record = self._record
        self.meters["epoch"].set_value(f"{self._epoch:,}")
        self.meters["training"].set_value(loss_text(record.training_loss))
        self.meters["test"].set_value("–" if record.test_loss is None else loss_text(record.test_loss))
        self.meters["accuracy"].set_value("–" if record.accuracy is None else f"{100 * record.accuracy:.1f} %")

    def _add(self, action: QAction, name: str, with_text: bool = False) -> None:
        self.addAction(action)
        button = self.widgetForAction(action)
        button.setObjectName(name)
        button.setAccessibleName(action.text())
        button.setMinimumHeight(size("tool_button"))
        if isinstance(button, QToolButton) and with_text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if name == "play":
            width, height = values()["size"]["play_button"]
            button.setFixedSize(width, height)

    def _recolour(self) -> None:
        for meter in self.meters.values():
            meter.recolour()
        self.show_state()


def loss_text(loss: float) -> str:
    """Return a loss in a width that does not change."""
    if 0.001 <= loss < 1000:
        return f"{loss:.4f}"
    return f"{loss:.6f}" if 1e-6 <= loss < 0.001 else number_text(loss)
