"""The textbook picture of one neuron as a widget: painted parts and the fields that change them."""

import itertools
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annsim.gui.dialogs.neuron_layout import NeuronLayout
from annsim.gui.dialogs.neuron_painting import NeuronPainting, row_count
from annsim.gui.dialogs.neuron_terms import Terms, incoming_ids, largest_ids, terms
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.gui.widgets.choice_box import activation_box, output_box
from annsim.gui.widgets.curve_picture import CurvePicture
from annsim.gui.widgets.neuron_meters import meter_text
from annsim.gui.widgets.number_field import NumberField
from annsim.gui.widgets.panel_edits import PanelEdits


class NeuronDiagram(QWidget):
    """From inputs to output: every number of the moment, every parameter in a field."""

    def __init__(self, document: Document, neuron_id: int, edits: PanelEdits) -> None:
        super().__init__()
        self._document, self._id, self._edits = document, neuron_id, edits
        self._key: tuple[Any, ...] = ()
        self._shown: tuple[int, ...] = ()
        self._terms = Terms((), 0, 0.0)
        self.weights: list[NumberField] = []
        self.bias = self._field("Bias b: weight of the constant input x0 = +1, added and learned", "bias")
        self.threshold = self._field(
            "Threshold θ: subtracted from the net input, set by you, never learned", "threshold"
        )
        self.activation, self.output = activation_box(), output_box()
        self.curve = CurvePicture("u")
        for part in (self.activation, self.curve, self.output):
            part.setParent(self)
        self.activation.chosen.connect(lambda name: self._set("activation", name))
        self.output.chosen.connect(lambda name: self._set("output", name))
        theme().changed.connect(self.update)

    @property
    def shown_terms(self) -> Terms:
        """The terms on show."""
        return self._terms

    def refresh(self, *, is_live: bool = False) -> None:
        """Show the neuron as it is at this moment; it must be there and compute."""
        self._choose_terms()
        document = self._document
        self._terms = terms(document, self._id, self._shown)
        values, now = document.network.neuron_values(self._id), document.moment.neuron(self._id)
        for field, term in zip(self.weights, self._terms.shown, strict=False):
            if not is_live or term.weight != field.value:
                field.set_number(term.weight, is_live=is_live)
            field.setAccessibleName(f"Weight of {term.source} → {values.name}")
        self.bias.set_number(values.bias if now is None else now.bias, is_live=is_live)
        self.threshold.set_number(values.threshold, is_live=is_live)
        self.activation.show_name(values.activation)
        self.output.show_name(values.output)
        self.curve.set_function(values.activation)
        if now is not None and now.net_input is not None:
            self.curve.set_point(now.net_input - values.threshold, now.activation)
            said = zip("zao", (now.net_input, now.activation, now.output), strict=True)
            self.setAccessibleDescription(", ".join(f"{letter} {meter_text(number)}" for letter, number in said))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return NeuronLayout(row_count(self._terms), 0).least

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint all that is no field."""
        document = self._document
        if self._id not in document.network.neurons:
            return
        now = document.moment.neuron(self._id)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().look.colour("canvas"))
        if now is not None:
            values, fill = document.network.neuron_values(self._id), document.moment.fill(self._id)
            NeuronPainting(painter, self._places()).paint(values, now, self._terms, fill)
        painter.end()

    def _field(self, hint: str, name: str) -> NumberField:
        field = NumberField(self)
        field.setAccessibleName(hint.partition(":")[0])
        self._prepare(field, hint, lambda value: self._set(name, value, field.session))
        return field

    def _prepare(self, field: NumberField, hint: str, set_value: Callable[[float], None]) -> None:
        field.set_hint(f"{hint}; Up and Down change it by 0.01")
        field.committed.connect(set_value)
        field.refused.connect(self._edits.say)

    def _choose_terms(self) -> None:
        """Choose the terms on show; they stay until other connections or another row are on show."""
        key = incoming_ids(self._document, self._id), self._document.row, self._document.dataset is None
        if key == self._key:
            return
        self._key = key
        shown = largest_ids(self._document, self._id)
        if shown != self._shown:
            self._shown = shown
            while len(self.weights) < len(shown):
                self._add_weight(len(self.weights))
            self._terms = terms(self._document, self._id, shown)
            for k, field in enumerate(self.weights):
                field.setVisible(k < len(shown))
                if k < len(shown):
                    field.start_over(self._terms.shown[k].weight)
            self._order_tabs()
        self.updateGeometry()
        self._place()

    def _add_weight(self, k: int) -> None:
        field = NumberField(self)
        self._prepare(field, "Weight w of the connection", lambda value: self._set_weight(k, value))
        self.weights.append(field)

    def _order_tabs(self) -> None:
        chain = [*self.weights, self.bias, self.threshold, self.activation, self.output]
        for first, second in itertools.pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _places(self) -> NeuronLayout:
        return NeuronLayout(row_count(self._terms), self.height())

    def _place(self) -> None:
        places = self._places()
        for k, field in enumerate(self.weights[: len(self._shown)]):
            field.setGeometry(places.weight_field(k))
        width = places.weight[1]
        self.bias.setGeometry(places.field(places.sum.x(), width))
        self.threshold.setGeometry(places.field(places.minus.x(), width))
        self.curve.setGeometry(places.curve)
        self.activation.setGeometry(places.field(places.curve.center().x(), places.curve.width()))
        self.output.setGeometry(places.field(places.box.center().x(), places.box.width()))

    def _set(self, field: str, value: Any, session: int | None = None) -> None:
        if not self._edits.set_neurons(field, [self._id], value, session):
            self.refresh()

    def _set_weight(self, k: int, value: float) -> None:
        if not self._edits.set_connections("weight", [self._shown[k]], value, self.weights[k].session):
            self.refresh()
