"""The training panel: every training setting, made from the one list, in groups."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annsim.errors import AnnsimError
from annsim.functions.optimizers import OPTIMIZERS
from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import size, values
from annsim.gui.panels.data_labels import PanelButton
from annsim.gui.panels.training_fields import LABELS, SettingField, about, make_field
from annsim.gui.theme import theme
from annsim.gui.training_control import TrainingControl
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.settings import Settings

GROUPS: dict[str, tuple[str, ...]] = {
    "Method": ("method", "batch_size", "epochs", "optimizer", "learning_rate", "momentum", "weight_decay"),
    "Loss": ("loss", "l1", "l2", "goal", "patience"),
    "Schedule": ("schedule", "decay", "decay_epochs"),
    "More": (
        "step_gradient",
        "init",
        "seed",
        "shuffle",
        "test_share",
        "engine",
        "precision",
        "threads",
        "record_every",
    ),
}
FOLDED = "More"
HEADED = ("method", "loss", "schedule")  # the heading of the group is their label
WIDE = (*HEADED, "init")  # their choices need the whole width of a narrow dock
LABEL_WIDTH = 100
NEW_SEED_TIP = "Draw all unlocked weights afresh with the next seed"
STUCK = "No better for 1,000 epochs: this start may be stuck."


class TrainingPanel(QWidget):
    """Shows the document's settings; a change goes through the training control, which takes it over or refuses.

    Signals
    -------
    new_seed_wanted : initial weights are to be drawn afresh; whoever does it asks about weights set by hand.
    """

    new_seed_wanted = Signal()

    def __init__(self, document: Document, control: TrainingControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self.setAccessibleName("Training settings")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the ground of a dock
        self._document, self._control = document, control
        self.strip = MessageStrip()
        self.fields: dict[str, SettingField] = {}
        self._rows: dict[str, QWidget] = {}
        spacing = values()["spacing"]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, spacing["2"], 0, 0)
        layout.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(spacing["2"], 0, spacing["2"], spacing["1"])
        top.addWidget(self.strip)
        layout.addLayout(top)
        layout.addWidget(self._make_groups(), 1)
        layout.addWidget(self._make_foot())
        self._connect()
        self._recolour()
        self._show_settings()
        self._show_stuck(control.is_stuck)

    # parts

    def _make_groups(self) -> QScrollArea:
        inner = QWidget()
        spacing = values()["spacing"]
        column = QVBoxLayout(inner)
        column.setContentsMargins(spacing["3"], 0, spacing["3"], spacing["3"])
        column.setSpacing(spacing["2"])
        for number, (title, names) in enumerate(GROUPS.items()):
            if number:
                column.addSpacing(spacing["2"])
            rows = self._make_rows(names)
            if title == FOLDED:
                column.addWidget(self._make_fold(rows))
            else:
                heading = QLabel(title)
                heading.setProperty("role", "strong")
                column.addWidget(heading)
            column.addWidget(rows)
        column.addStretch()
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _make_rows(self, names: tuple[str, ...]) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a tall dock spreads nothing
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(values()["spacing"]["2"])
        for name in names:
            self._rows[name] = self._make_row(name)
            column.addWidget(self._rows[name])
        return holder

    def _make_row(self, name: str) -> QWidget:
        field = self.fields[name] = make_field(name)
        field.on_change = lambda value: self._change(name, value)
        row = QWidget()
        line = QVBoxLayout(row) if name in WIDE else QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(values()["spacing"]["1" if name in WIDE else "2"])
        if name not in HEADED:
            label = QLabel(LABELS[name])
            label.setProperty("role", "muted")
            label.setToolTip(about(name))
            label.setBuddy(field.widget)
            if name not in WIDE:
                label.setFixedWidth(LABEL_WIDTH)
            line.addWidget(label)
        line.addWidget(field.widget, 1)
        return row

    def _make_fold(self, rows: QWidget) -> QToolButton:
        self._fold = QToolButton()
        self._fold.setText(f"{FOLDED} settings")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setToolTip("Show or hide the settings that are rarely changed")
        self._fold.setStyleSheet("QToolButton { padding-left: 0; } QToolButton:checked { background: transparent; }")
        self._fold.toggled.connect(rows.setVisible)
        self._fold.toggled.connect(self._recolour)
        rows.hide()
        return self._fold

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        spacing = values()["spacing"]
        column = QVBoxLayout(foot)
        column.setContentsMargins(spacing["3"], 0, spacing["3"], spacing["3"])
        column.setSpacing(spacing["1"])
        self._line = QFrame()
        self._line.setFixedHeight(values()["stroke"]["hairline"])
        column.addWidget(self._line)
        column.addSpacing(spacing["1"])
        self.later = QLabel("Takes effect with the next run", wordWrap=True)
        self.later.setProperty("role", "small")
        self.later.setToolTip(
            "A run keeps the settings of its start; rate, momentum, penalties and limits change at once"
        )
        self.new_seed_button = PanelButton("New seed", "new_seed")
        self.new_seed_button.setToolTip(NEW_SEED_TIP)
        self.new_seed_button.clicked.connect(self.new_seed_wanted)
        self.seed_label = QLabel()
        self.seed_label.setProperty("role", "small")
        row = QHBoxLayout()
        row.setSpacing(spacing["2"])
        row.addWidget(self.new_seed_button, 1)
        row.addWidget(self.seed_label, 1)
        column.addWidget(self.later)
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        document, control = self._document, self._control
        document.settings_changed.connect(self._show_settings)
        document.replaced.connect(self.strip.clear)
        document.edited.connect(self._show_foot)
        for signal in (control.run_started, control.run_ended, control.state_changed):
            signal.connect(self._show_foot)
        control.stuck_changed.connect(self._show_stuck)
        theme().changed.connect(self._recolour)

    # what the user does

    def _change(self, name: str, value: Any) -> None:
        """Change a setting; where that is refused, say why and show the old value."""
        try:
            self._control.change_setting(name, value)
        except AnnsimError as error:
            what = str(error).removeprefix(f"{name}: ")
            self.strip.show_message("error", f"{LABELS[name]} {what}")
        else:
            if self.strip.kind == "error":
                self.strip.clear()
        self._show_settings()

    # showing

    def _show_settings(self) -> None:
        settings = self._document.settings
        for name, field in self.fields.items():
            field.show_value(getattr(settings, name))
            self._rows[name].setVisible(_is_used(name, settings))
        self._show_foot()

    def _show_foot(self, *_: object) -> None:
        seed = f"seed {self._document.settings.seed:,}"
        self.seed_label.setText(seed)
        self.seed_label.setToolTip(f"The present {seed}, of initial weights, row orders and the split")
        self.new_seed_button.setEnabled(bool(len(self._document.network.connections)))
        self.later.setVisible(self._control.settings_differ)

    def _show_stuck(self, is_stuck: bool) -> None:
        if is_stuck:
            self.strip.show_message("warning", STUCK, "New seed", self.new_seed_wanted.emit)
        elif self.strip.text == STUCK:
            self.strip.clear()

    def _recolour(self, *_: object) -> None:
        small = size("icon_small")
        self._line.setStyleSheet(f"background: {theme().look.name('border')};")
        self._fold.setIcon(icon("chevron_down" if self._fold.isChecked() else "chevron_right", size=small))


def _is_used(name: str, settings: Settings) -> bool:
    """Return whether a setting has any effect beside the others."""
    optimizer = OPTIMIZERS[settings.optimizer]
    is_used = {
        "batch_size": settings.method == "sgd",
        "momentum": optimizer.uses_momentum,
        "weight_decay": optimizer.uses_weight_decay,
        "decay": settings.schedule in ("stairs", "exponential"),
        "decay_epochs": settings.schedule in ("stairs", "exponential"),
    }
    return is_used.get(name, True)
