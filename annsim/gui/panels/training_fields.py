"""Fields of the training panel: one for each kind of setting, made from the one list of settings."""

import re
from abc import ABC, abstractmethod
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from annsim.engine.engines import engines
from annsim.gui.icons import paint_icon
from annsim.gui.look import size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.number_field import NumberField
from annsim.settings import SETTINGS

LABELS = {
    "method": "Method",
    "batch_size": "Batch size",
    "epochs": "Epochs",
    "optimizer": "Optimizer",
    "learning_rate": "Learning rate",
    "momentum": "Momentum",
    "weight_decay": "Weight decay",
    "loss": "Loss",
    "l1": "L1 penalty",
    "l2": "L2 penalty",
    "schedule": "Schedule",
    "decay": "Decay",
    "decay_epochs": "Decay epochs",
    "step_gradient": "Step gradient",
    "shuffle": "Shuffle rows",
    "seed": "Seed",
    "init": "Initial weights",
    "goal": "Goal",
    "patience": "Patience",
    "test_share": "Test share",
    "engine": "Engine",
    "precision": "Precision",
    "threads": "Threads",
    "record_every": "Record every",
}
WHERE_EMPTY = {
    "epochs": "no limit",
    "goal": "none",
    "patience": "none",
    "test_share": "by rows",
    "init": "keep present",
}
CHOICE_WORDS = {"gd": "gd: all training rows", "sgd": "sgd: batches of rows"}
REALS = ("learning_rate", "momentum", "weight_decay", "l1", "l2", "decay")
WHOLE = ("batch_size", "epochs", "decay_epochs", "seed", "patience", "threads", "record_every")
MINUS = "−"


class SettingField(ABC):
    """One setting on show: `widget` to lay out, `show_value` to set it, `on_change` told what the user chose.

    Attributes
    ----------
    name : of the setting.
    on_change : called with the new value; the panel sets it.
    """

    widget: QWidget

    def __init__(self, name: str) -> None:
        self.name = name
        self.on_change = lambda value: None

    @abstractmethod
    def show_value(self, value: Any) -> None:
        """Show a value, without telling anybody."""

    def _describe(self, widget: QWidget) -> None:
        self.widget = widget
        widget.setObjectName(f"setting_{self.name}")
        widget.setAccessibleName(LABELS[self.name])
        widget.setToolTip(about(self.name))


class Choices(QComboBox):
    """A choice that a turn of the wheel over it does not change, with the look's chevron."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme().changed.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's own)
        """Leave the wheel to the scroll area."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the field and a chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        small = size("icon_small")
        right = self.width() - small - values()["spacing"]["2"]
        rect = QRectF(right, (self.height() - small) / 2, small, small)
        paint_icon(painter, "chevron_down", theme().look.colour("text_muted"), rect)
        painter.end()


class ChoiceField(SettingField):
    """One of several names."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._box = Choices()
        self._describe(self._box)
        choices: tuple[str | None, ...] = SETTINGS[name].metadata["choices"]
        if name == "engine":
            choices = ("auto", *engines())
        if SETTINGS[name].default is None:
            choices = (None, *choices)
        for choice in choices:
            word = WHERE_EMPTY[name] if choice is None else choice.replace("_", " ")
            self._box.addItem(CHOICE_WORDS.get(word, word), choice)
        self._box.activated.connect(lambda place: self.on_change(self._box.itemData(place)))

    def show_value(self, value: Any) -> None:
        """Show a value, without telling anybody."""
        place = self._box.findData(value)
        if place < 0:  # an engine of another machine
            self._box.addItem(str(value), value)
            place = self._box.count() - 1
        self._box.setCurrentIndex(place)


class SwitchField(SettingField):
    """On or off."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._box = QCheckBox()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        row.addStretch()
        self._describe(self._box)
        self.widget = holder
        holder.setFocusProxy(self._box)
        holder.setMinimumHeight(size("control"))
        self._box.clicked.connect(lambda checked: self.on_change(checked))

    def show_value(self, value: Any) -> None:
        """Show a value, without telling anybody."""
        self._box.setChecked(bool(value))


class RealField(SettingField):
    """A number; Up and Down change it live."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._field = NumberField()
        self._describe(self._field)
        self._field.set_hint(about(name))
        self._field.committed.connect(lambda value: self.on_change(value))

    def show_value(self, value: Any) -> None:
        """Show a value, without telling anybody."""
        if self._field.value != value:
            self._field.start_over(value)


class TextEntry(QLineEdit):
    """A line that says when its text was meant: Enter, or the focus gone elsewhere, after a change."""

    meant = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self._finish)

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.meant.emit(self.text())


class CountField(SettingField):
    """A whole number, or an optional number that is empty where there is none."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._entry = TextEntry()
        self._describe(self._entry)
        self._entry.setPlaceholderText(WHERE_EMPTY.get(name, ""))
        self._entry.meant.connect(lambda text: self.on_change(meant_value(name, text)))

    def show_value(self, value: Any) -> None:
        """Show a value, without telling anybody; a large number with separators."""
        text = "" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:g}"
        self._entry.setText(text.replace("-", MINUS))
        self._entry.setModified(False)


def meant_value(name: str, text: str) -> Any:
    """Return the value that a text stands for; the settings themselves refuse what is no value."""
    plain = text.strip().replace(MINUS, "-").replace("\N{NO-BREAK SPACE}", "")
    if name in WHERE_EMPTY and plain in ("", WHERE_EMPTY[name]):
        return None
    try:
        return int(re.sub(r"[, _]", "", plain)) if name in WHOLE else float(plain.replace(",", "."))
    except ValueError:
        return plain


def make_field(name: str) -> SettingField:
    """Return the field for a setting."""
    setting = SETTINGS[name]
    if setting.metadata["choices"]:
        return ChoiceField(name)
    if isinstance(setting.default, bool):
        return SwitchField(name)
    return RealField(name) if name in REALS else CountField(name)


def about(name: str) -> str:
    """Return what a setting does, for its tool tip."""
    return f"{LABELS[name]}: {SETTINGS[name].metadata['about']}"
