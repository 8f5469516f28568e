"""One input of the probe: a switch or a slider, and a field for any number."""

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from annsim.gui.look import font, number_text, size, values
from annsim.gui.probe import InputUnit
from annsim.gui.widgets.connection_row import ElidedLabel
from annsim.gui.widgets.number_field import NumberField
from annsim.gui.widgets.toggle_switch import ToggleSwitch

STEPS = 100  # a slider has at least so many places
WIDEST_NUMBER = "−0.0000"


class ValueSlider(QSlider):
    """A slider that the wheel moves only with the focus: the panel scrolls under the pointer."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's own)
        """Move, or leave the wheel to the panel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ProbeRow(QWidget):
    """The value of one input neuron; rows are used again for other neurons.

    A binary input has a switch. Another number, typed into the field, gives it a slider instead, until its value is
    one of the two levels again.

    Signals
    -------
    value_wanted : (neuron id, value).
    refused : what was typed is no number; carries why.
    """

    value_wanted = Signal(int, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.neuron_id = 0
        self._name = ""
        self._unit = InputUnit()
        self._is_switch = True
        self.label = ElidedLabel()
        self.inside = QLabel()
        self.inside.hide()
        self.inside.setFont(font("caption"))
        self.inside.setProperty("role", "caption")
        self.switch = ToggleSwitch()
        self.slider = ValueSlider(Qt.Orientation.Horizontal)
        self.slider.hide()
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = NumberField()
        metrics = QFontMetrics(font("body"))
        self.field.setFixedWidth(metrics.horizontalAdvance(WIDEST_NUMBER) + 2 * values()["spacing"]["2"] + 4)
        self._lay_out()
        self._set_range(0.0, 1.0)
        self.switch.switched.connect(self._want_level)
        self.slider.valueChanged.connect(self._want_place)
        self.field.committed.connect(lambda value: self.value_wanted.emit(self.neuron_id, value))
        self.field.refused.connect(self.refused)

    def start(self, neuron_id: int, name: str, unit: InputUnit) -> None:
        """Show another neuron, or the same one after its name or its data changed."""
        if (neuron_id, name, unit) == (self.neuron_id, self._name, self._unit):
            return
        if neuron_id != self.neuron_id:
            self.field.start_over(None)
        self.neuron_id, self._name, self._unit = neuron_id, name, unit
        self._set_range(unit.low, unit.high)
        self.label.set_whole(name)
        self.setEnabled(unit.scale != 0)
        self.inside.setVisible(unit.is_scaled)
        self._grid.addWidget(self.slider, 1, 0, 1, 3 if unit.is_scaled else 4)
        for part, what in ((self.switch, "Switch"), (self.slider, "Slider"), (self.field, "Value")):
            part.setAccessibleName(f"{what} of input {name}")
        if unit.levels is not None:
            low, high = map(number_text, unit.levels)
            self.switch.setToolTip(f"Input {name}: {low} or {high} (keys 0 and 1, or Space)")
        self.field.set_hint(f"Value of input {name}, any number; Up and Down change it by 0.01")
        self.slider.setToolTip(f"Value of input {name}; a number beyond its ends can be typed")

    def show_value(self, value: float, fill: float) -> None:
        """Show the present value, and its number in the network on the scale of colours, -1 to 1."""
        level = self._unit.level(value)
        is_switch = level is not None and not (self.slider.isVisible() and self.slider.hasFocus())
        if is_switch != self._is_switch:
            self._is_switch = is_switch
            self.switch.setVisible(is_switch)
            self.slider.setVisible(not is_switch)
            self._grid.addWidget(self.inside, *((0, 1) if is_switch else (1, 3)))  # where the name keeps most room
        self.field.set_number(value)
        if level is not None:
            self.switch.show_level(level, fill)
            self.switch.setAccessibleDescription(number_text(value))
        if not is_switch:
            if not self._low <= value <= self._high:
                self._set_range(min(value, self._low), max(value, self._high))
            self._show_place(value)
        if self._unit.is_scaled:
            number = number_text(self._unit.number(value), 2)
            self.inside.setText(f"→ {number}")
            self.inside.setToolTip(f"{number_text(value)} enters the network as {number}: {_why(self._unit)}")

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        self._grid = layout = QGridLayout(self)
        layout.setContentsMargins(0, spacing["1"] // 2, 0, spacing["1"] // 2)
        layout.setHorizontalSpacing(spacing["2"])
        layout.setVerticalSpacing(0)
        layout.setColumnStretch(0, 1)
        self.label.setMinimumHeight(size("control"))
        layout.addWidget(self.label, 0, 0)
        layout.addWidget(self.inside, 0, 1)
        layout.addWidget(self.switch, 0, 2)
        layout.addWidget(self.field, 0, 3)
        layout.addWidget(self.slider, 1, 0, 1, 4)

    def _set_range(self, low: float, high: float) -> None:
        """Let the slider go from low to high in ticks of 1, 2 or 5 times a power of ten."""
        if low == high:
            low, high = low - 1, high + 1
        self._low, self._high = low, high
        rough = high / STEPS - low / STEPS
        self._power = math.floor(math.log10(rough))
        self._step = next(step for step in (5, 2, 1) if step * 10.0**self._power <= rough * (1 + 1e-9))
        tick = self._step * 10.0**self._power
        self._first = math.floor(low / tick + 1e-9)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, math.ceil(high / tick - 1e-9) - self._first)
            self.slider.setPageStep(self.slider.maximum() // 10)

    def _value_at(self, place: int) -> float:
        """Return the value of a place of the slider: round numbers, but for its ends."""
        value = float(f"{(self._first + place) * self._step * 10.0**self._power:.12g}")
        return min(self._high, max(self._low, value))

    def _show_place(self, value: float) -> None:
        self.slider.setAccessibleDescription(number_text(value))
        if self._value_at(self.slider.value()) != value:
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(value / (self._step * 10.0**self._power)) - self._first)

    def _want_level(self, is_high: bool) -> None:
        if self._unit.levels is not None:
            self.value_wanted.emit(self.neuron_id, self._unit.levels[is_high])

    def _want_place(self, place: int) -> None:
        self.value_wanted.emit(self.neuron_id, self._value_at(place))


def _why(unit: InputUnit) -> str:
    return "the data is scaled" if unit.scale else "it is the same in all training rows"
