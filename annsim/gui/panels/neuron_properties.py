"""The form of one or several neurons: what they are called, how they compute, and their numbers at this moment."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import size, values
from annsim.gui.panels.neuron_form import FormRow, IconLabel, NameField, number_label, title_label
from annsim.gui.theme import theme
from annsim.gui.widgets.choice_box import LockButton, activation_box, output_box, role_box
from annsim.gui.widgets.connection_list import ConnectionList, incident
from annsim.gui.widgets.curve_picture import CurvePicture
from annsim.gui.widgets.neuron_meters import NeuronMeters, meter_text
from annsim.gui.widgets.number_field import NumberField
from annsim.gui.widgets.panel_edits import PanelEdits, neuron_text

ROLE_WORDS = {"input": "neuron_input", "hidden": "neuron_hidden", "output": "neuron_output"}


def common(things: Iterable[Any]) -> Any:
    """Return what all things are equal to, or None where they differ or there are none."""
    found = set(things)
    return found.pop() if len(found) == 1 else None


class NeuronProperties(QWidget):
    """Shows and changes the selected neurons; several are changed as one edit."""

    def __init__(self, document: Document, edits: PanelEdits) -> None:
        super().__init__()
        self._document, self._edits = document, edits
        self._ids: Sequence[int] = ()
        self._group = 0  # to which all of them belong
        self._computing: Sequence[int] = ()  # those of them that compute: no input neurons
        self._make_fields()
        self._lay_out()
        self._connect_fields()
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_neurons(self, ids: Sequence[int], *, start_over: bool) -> None:
        """Show neurons by id; `start_over` where they are others than before."""
        network = self._document.network
        self._ids = ids
        every = [network.neuron_values(i) for i in ids]
        self._computing = [one.id for one in every if one.role != "input"]
        single = every[0] if len(every) == 1 else None
        role = common(one.role for one in every)
        self._icon.show_icon(ROLE_WORDS.get(role, "neuron_hidden"))
        self.role.show_name(role)
        self.name.setVisible(single is not None)
        self._count.setVisible(single is None)
        self._count.setText(neuron_text(self._document, ids))
        if single is not None:
            self.name.show_name(single.name, start_over=start_over)
        computes = bool(self._computing)
        for part in (self.lock, *self._computing_rows):
            part.setVisible(computes)
        self.meters.setVisible(computes and single is not None)
        self.open_window.setVisible(computes and single is not None)
        self._value_row.setVisible(not computes and single is not None)
        self._group = common(one.group for one in every) or 0
        self._group_row.setVisible(self._group > 0)
        if self._group:
            self.group_title.show_name(network.groups[self._group].title, start_over=start_over)
        if computes:
            self._show_functions()
        if start_over:
            self.meters.start_over()
            self.curve.reset_range()
        self.show_moment(is_live=False, start_over=start_over)

    def show_moment(self, *, is_live: bool, start_over: bool = False) -> None:
        """Show the numbers of this moment."""
        self._show_numbers(is_live, start_over)
        single = self._ids[0] if len(self._ids) == 1 else None
        for part, end in ((self.incoming, "target"), (self.outgoing, "source")):
            if single is None:
                part.hide()
            else:
                part.refresh(incident(self._document, single, end), is_live=is_live, start_over=start_over)

    # making

    def _make_fields(self) -> None:
        self._icon = IconLabel("neuron_hidden")
        self.name, self._count, self.role = NameField(), title_label(), role_box()
        self.group_title = NameField()
        self.group_title.setAccessibleName("Title of the group")
        self.group_title.setToolTip("Title of the group to which the selected neurons belong")
        self.lock = LockButton("the bias")
        self.lock.setFixedSize(size("control"), size("control"))
        self.activation, self.output = activation_box(), output_box()
        self.curve = CurvePicture()
        self.bias, self.threshold = NumberField(), NumberField()
        self.bias.setAccessibleName("Bias b")
        self.bias.set_hint(
            "Bias b: weight of the constant input x0 = +1, added and learned; Up and Down change it by 0.01"
        )
        self.threshold.setAccessibleName("Threshold θ")
        self.threshold.set_hint("Threshold θ: subtracted from the net input, set by you, never learned")
        for field in (self.bias, self.threshold):
            field.setPlaceholderMixed()
        self.meters = NeuronMeters()
        self.value = number_label("Output o of the input neuron: its value in the row on show")
        self.open_window = QPushButton("From inputs to output …", flat=True)
        self.open_window.setToolTip("Show this neuron as a textbook does: inputs, weights, sum, threshold, functions")
        self.open_window.setAccessibleName("From inputs to output")
        self.incoming = ConnectionList(self._document, self._edits, "Incoming connections", "target")
        self.outgoing = ConnectionList(self._document, self._edits, "Outgoing connections", "source")

    def _lay_out(self) -> None:
        spacing = values()["spacing"]
        head = QHBoxLayout()
        head.setSpacing(spacing["1"])
        head.addWidget(self._icon)
        head.addWidget(self.name, 1)
        head.addWidget(self._count, 1)
        head.addWidget(self.role, 1)
        head.addWidget(self.lock)
        self._value_row = FormRow("Value o", self.value)
        self._group_row = FormRow("Group", self.group_title)
        self._computing_rows = (
            FormRow("Activation", self.activation),
            self.curve,
            FormRow("Bias b", self.bias),
            FormRow("Threshold θ", self.threshold),
            FormRow("Output function", self.output),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing["1"])
        layout.addLayout(head)
        for row in (self._group_row, self._value_row, *self._computing_rows, self.meters):
            layout.addWidget(row)
        layout.addWidget(self.open_window, alignment=Qt.AlignmentFlag.AlignLeft)
        for part in (self.incoming, self.outgoing):
            layout.addSpacing(spacing["2"])
            layout.addWidget(part)

    def _connect_fields(self) -> None:
        self.name.renamed.connect(lambda text: self._set("name", self._ids, text))
        self.group_title.renamed.connect(self._set_group_title)
        self.role.chosen.connect(lambda role: self._set("role", self._ids, role))
        self.lock.toggled_by_hand.connect(lambda locked: self._set("locked", self._computing, locked))
        self.activation.chosen.connect(lambda name: self._set("activation", self._computing, name))
        self.output.chosen.connect(lambda name: self._set("output", self._computing, name))
        for field, name in ((self.bias, "bias"), (self.threshold, "threshold")):
            field.committed.connect(
                lambda value, field=field, name=name: self._set(name, self._computing, value, field.session)
            )
            field.refused.connect(self._edits.say)

    # showing and setting

    def _set(self, field: str, ids: Sequence[int], value: Any, session: int | None = None) -> None:
        if not self._edits.set_neurons(field, ids, value, session):
            self.show_neurons(self._ids, start_over=False)

    def _set_group_title(self, title: str) -> None:
        if self._group and not self._edits.set_group_title(self._group, title):
            self.show_neurons(self._ids, start_over=False)

    def _show_functions(self) -> None:
        every = [self._document.network.neuron_values(i) for i in self._computing]
        activation = common(one.activation for one in every)
        self.activation.show_name(activation)
        self.curve.set_function(activation)
        self.curve.setVisible(activation is not None)
        self.output.show_name(common(one.output for one in every))
        self.lock.show_locked(common(one.locked for one in every))
        theta = common(one.threshold for one in every)
        self.curve.set_threshold(theta or 0.0)

    def _show_numbers(self, is_live: bool, start_over: bool) -> None:
        document, moment = self._document, self._document.moment
        every = [document.network.neuron_values(i) for i in self._computing]
        places = [moment.place.get(one.id) for one in every]
        bias = common(one.bias if k is None else float(moment.bias[k]) for one, k in zip(every, places, strict=True))
        theta = common(one.threshold for one in every)
        for field, value in ((self.bias, bias), (self.threshold, theta)):
            if start_over:
                field.start_over(value)
            elif not is_live or value != field.value:
                field.set_number(value, is_live=is_live)
        if len(self._ids) != 1:
            self.curve.set_point(None)
            return
        now = moment.neuron(self._ids[0])
        self.meters.show_moment(now)
        text = meter_text(None if now is None else now.output)
        self.value.setText(text)
        self.value.setAccessibleName(f"Value o {text}")
        if now is None or now.net_input is None or theta is None:
            self.curve.set_point(None)
        else:
            self.curve.set_point(now.net_input - theta, now.activation)

    def _recolour(self) -> None:
        small = size("icon_small")
        self.open_window.setIcon(icon("microscope", "accent", small))
        self.open_window.setIconSize(QSize(small, small))
