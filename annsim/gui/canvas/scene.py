"""The scene: follows the document, and changes in answer to nothing else."""

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtWidgets import QGraphicsScene

from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.drawing import RADIUS
from annsim.gui.canvas.names import crossed_below, name_sides
from annsim.gui.canvas.neuron_item import NeuronItem
from annsim.gui.canvas.neuron_paint import CURVE_FROM, NAME_FROM
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import values
from annsim.gui.theme import theme

LIVE_MS = round(1000 / values()["motion"]["canvas_live_hz"])
SHARE = 2  # a picture that takes long is drawn less often, so that the window stays awake
MANY_NAMES = 1500  # above, only names of selected and hovered neurons below the curve level
MANY_ARROWS = 20_000  # above, names do not make way for arrows: one is a line among too many


class NetworkScene(QGraphicsScene):
    """One item a neuron; arrows, notes and boxes of groups are no items, the view paints them."""

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.stage = stage
        self.neuron_items: dict[int, NeuronItem] = {}
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.timeout.connect(self._show_numbers)
        document = stage.document
        document.edited.connect(self.follow)
        document.replaced.connect(self._start_again)
        document.moment_changed.connect(self._numbers_changed)
        document.selection_changed.connect(self.update)
        theme().changed.connect(self.update)
        self._start_again()

    def follow(self, edit: object = None) -> None:
        """Show what the document holds now."""
        stage, network = self.stage, self.stage.document.network
        stage.drawing.follow(stage.document)
        stage.scale.follow(stage.drawing.weights)
        for gone in self.neuron_items.keys() - network.neurons.keys():
            self.removeItem(self.neuron_items.pop(gone))
        places = zip(stage.drawing.positions.tolist(), stage.drawing.radii.tolist(), strict=True)
        for row, (number, (place, radius)) in enumerate(zip(stage.drawing.ids.tolist(), places, strict=True)):
            item = self.neuron_items.get(number)
            if item is None:
                item = self.neuron_items[number] = NeuronItem(stage, network.neuron_values(number), radius)
                self.addItem(item)
            item.values, item.radius, item.row = network.neuron_values(number), radius, row
            item.setPos(*place)
            item.setVisible(not stage.drawing.boxes.is_hidden[row])
        stage.notes.leave()
        if stage.hovered_note not in network.notes:
            stage.hovered_note = None
        if stage.hovered_neuron not in self.neuron_items:
            stage.hovered_neuron = None
        if stage.hovered_connection not in network.connections:
            stage.hovered_connection = None
        self.place_names()
        self.update()

    def set_zoom(self, zoom: float) -> None:
        """Note how large a pixel of the scene is on screen."""
        if zoom != self.stage.zoom:
            self.stage.zoom = zoom
            for item in self.neuron_items.values():
                item.prepareGeometryChange()
            self.place_names()

    def show_moved(self, by: tuple[float, float], origin: Numbers) -> None:
        """Show the neurons being moved at their original places plus a vector."""
        stage = self.stage
        rows = stage.drawing.rows_of(stage.moving)
        stage.drawing.shift(rows, np.array(by), origin)
        for number, place in zip(stage.drawing.ids[rows].tolist(), stage.drawing.positions[rows].tolist(), strict=True):
            self.neuron_items[number].setPos(*place)
        self.update()

    def bounds(self) -> QRectF:
        """Return the rectangle of all neurons, notes and groups, without names and rings."""
        drawing, notes = self.stage.drawing, self.stage.notes.bounds()
        if not len(drawing.ids):
            return notes
        low = np.concatenate((drawing.positions - drawing.radii[:, None], drawing.boxes.low)).min(axis=0)
        high = np.concatenate((drawing.positions + drawing.radii[:, None], drawing.boxes.high)).max(axis=0)
        return QRectF(*low.tolist(), *(high - low).tolist()) | notes

    def place_names(self) -> None:
        """Find the names that have room on screen."""
        drawing, zoom = self.stage.drawing, self.stage.zoom
        radii = drawing.radii * zoom
        # a pixel is known by its place
        is_full_size = (drawing.radii >= RADIUS) & ~drawing.boxes.is_hidden
        shown = np.flatnonzero((2 * radii >= NAME_FROM) & is_full_size)
        if len(shown) > MANY_NAMES:
            shown = shown[2 * radii[shown] >= CURVE_FROM]
        neurons = [self.neuron_items[number].values for number in drawing.ids[shown].tolist()]
        sides: list[str] = []
        if len(neurons) <= MANY_NAMES:
            arrows = np.flatnonzero(~drawing.bundles.is_hidden & (len(drawing.source) <= MANY_ARROWS))
            crossed = crossed_below(drawing.positions, drawing.source[arrows], drawing.target[arrows])
            sides = name_sides(neurons, drawing.positions * zoom, radii, shown, crossed)
        self.stage.named = {values.id: side for values, side in zip(neurons, sides, strict=False) if side}

    def _start_again(self) -> None:
        self.stage.scale.reference = 1.0
        self.stage.feedback, self.stage.moving, self.stage.refused_group = {}, frozenset(), None
        self.follow()

    def _numbers_changed(self) -> None:
        if not self._live.isActive():
            self._live.start(max(LIVE_MS, round(SHARE * self.stage.drawing_ms)))

    def _show_numbers(self) -> None:
        self.stage.drawing.follow_numbers(self.stage.document)
        self.stage.scale.follow(self.stage.drawing.weights)
        self.update()
