"""All arrows as one layer: a picture that is kept, and over it the arrows of what is selected, hovered or moved."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from annsim.gui.canvas import arrow_style
from annsim.gui.canvas.arrays import Rows
from annsim.gui.canvas.arrow_label import Label, Labelled, paint_label, place_labels
from annsim.gui.canvas.arrow_paint import paint_arrows, paint_band, paint_many
from annsim.gui.canvas.arrow_shape import shapes, visible_rows
from annsim.gui.canvas.bias_input import bias_rows, bias_shapes, paint_bias_inputs, source_boxes
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.quantity import Quantity
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import Look, values

AT_MOST = 60_000  # lines in a picture; the strongest
STEPPED_BACK: float = values()["neuron"]["opacity_stepped_back"]
STEPPED_BACK_HIGH_CONTRAST: float = values()["neuron"]["opacity_stepped_back_high_contrast"]
PATIENCE_MS = 40.0  # a picture that takes longer is not drawn anew at every step of a pan or zoom
SCALED_AT_MOST = 4.0
BANDS = 300  # of more selected arrows the neurons' rings say enough
LABELS_BELOW_CURVE = 12  # so many arrows may carry labels where neurons are drawn without numbers


@dataclass(frozen=True)
class Count:
    """How many of the connections in view are drawn."""

    drawn: int
    in_view: int


class ArrowLayer:
    """Paints all arrows of a canvas.

    Attributes
    ----------
    count : how many connections are drawn.
    redrawn : how often the picture was drawn.
    is_late : True while a picture that takes long is shown shifted and scaled; `catch_up` ends that.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._picture = QImage()
        self._key: tuple[object, ...] = ()
        self._eye = Eye(1.0, 0.0, 0.0, 0, 0)
        self._is_due = False
        self._labels: list[Label] = []
        self._labels_key: tuple[object, ...] = ()
        self.count = Count(0, 0)
        self.redrawn = 0
        self.is_late = False

    def paint(self, painter: QPainter, look: Look, eye: Eye) -> None:
        """Paint into a viewport, in pixels."""
        stage = self._stage
        out = self._standing_out_rows()
        self._refresh(look, eye, out)
        if stage.has_selection:
            painter.setOpacity(STEPPED_BACK_HIGH_CONTRAST if look.is_high_contrast else STEPPED_BACK)
        if self.is_late:
            scale = eye.zoom / self._eye.zoom
            left, top = eye.dx - self._eye.dx * scale, eye.dy - self._eye.dy * scale
            painter.drawImage(QRectF(left, top, eye.width * scale, eye.height * scale), self._picture)
        else:
            painter.drawImage(0, 0, self._picture)
        painter.setOpacity(1.0)
        self._paint_standing_out(painter, look, eye, out)

    def catch_up(self) -> None:
        """Draw the picture at the next painting, however long it takes."""
        self._is_due = True

    def paint_labels(self, painter: QPainter, look: Look, eye: Eye) -> None:
        """Paint the weights of the arrows that stand out; after the neurons."""
        for label in self.labels(eye):
            paint_label(painter, look, label)

    def labels(self, eye: Eye) -> list[Label]:
        """Return the labels of the arrows and biases that stand out."""
        stage, drawing, document = self._stage, self._stage.drawing, self._stage.document
        key = (
            (drawing.version, drawing.weights_version, stage.scale.reference, stage.shows_bias_inputs, eye),
            (document.selected_neurons, document.selected_connections),
            (stage.hovered_neuron, stage.hovered_connection, stage.hovered_bias),
        )
        if key != self._labels_key or stage.moving:
            self._labels_key = key
            taken: list[QRectF] = []
            self._labels = place_labels(stage, eye, self._labelled_arrows(eye), taken)
            biases = bias_rows(stage, self._standing_out_biases())
            if stage.shows_bias_inputs and len(biases):
                numbers = drawing.ids[biases].tolist()
                locked = np.array([document.network.neuron_values(i).locked for i in numbers], np.bool_)
                quantities = [Quantity("bias", i) for i in numbers]
                some = Labelled(bias_shapes(stage, biases, eye), quantities, drawing.biases[biases], locked)
                taken += source_boxes(stage, biases, eye)
                self._labels += place_labels(stage, eye, some, taken)
        return self._labels

    def _labelled_arrows(self, eye: Eye) -> Labelled:
        """Return the arrows that may carry labels."""
        drawing, out = self._stage.drawing, self._standing_out_rows()
        if len(out) > LABELS_BELOW_CURVE and eye.zoom < 0.4:
            out = out[np.isin(out, self._chosen_rows())]
        arrows = shapes(drawing, out, eye, self._stage.selected_rows())
        quantities = [Quantity("weight", i) for i in drawing.connection_ids[arrows.rows].tolist()]
        return Labelled(arrows, quantities, drawing.weights[arrows.rows], drawing.locked[arrows.rows])

    def _standing_out_biases(self) -> Rows:
        """Return the rows of the neurons whose biases stand out."""
        stage = self._stage
        hovered = [number for number in (stage.hovered_neuron, stage.hovered_bias) if number is not None]
        return stage.drawing.rows_of({*stage.document.selected_neurons, *stage.moving, *hovered})

    def _chosen_rows(self) -> Rows:
        """Return the rows of connections that are selected or hovered themselves."""
        stage = self._stage
        hovered = [] if stage.hovered_connection is None else [stage.hovered_connection]
        return self._shown({*stage.document.selected_connections, *hovered})

    def _shown(self, connection_ids: Iterable[int]) -> Rows:
        """Return the rows of the arrows that are drawn for connections; those within folded groups have none."""
        drawing = self._stage.drawing
        return drawing.bundles.shown(drawing.arrow_rows(connection_ids))

    def _raised_neurons(self) -> Rows:
        """Return the rows of the neurons whose bias inputs do not step back."""
        return self._stage.drawing.rows_of(self._stage.document.selected_neurons | self._stage.moving)

    def _standing_out_rows(self) -> Rows:
        """Return the rows of the arrows of what is selected, hovered or moved; the strongest of too many."""
        stage, drawing = self._stage, self._stage.drawing
        neurons = stage.document.selected_neurons | stage.moving
        if stage.hovered_neuron is not None:
            neurons |= {stage.hovered_neuron}
        rows = self._chosen_rows()
        if neurons:
            rows = np.union1d(rows, drawing.bundles.shown(drawing.arrows_of(drawing.rows_of(neurons))))
        if len(rows) > arrow_style.FEW:
            strongest = np.argpartition(-np.abs(drawing.weights[rows]), arrow_style.FEW)[: arrow_style.FEW]
            rows = np.sort(rows[strongest])
        return rows

    def _refresh(self, look: Look, eye: Eye, out: Rows) -> None:
        """Draw the picture again if what it shows has changed."""
        stage, drawing = self._stage, self._stage.drawing
        is_few = min(len(drawing.source), self.count.in_view) <= arrow_style.FEW
        left_out = out.tobytes() if is_few else b""
        biases = self._raised_neurons().tobytes() if stage.shows_bias_inputs else None
        # while neurons move, only their own arrows change, and those are not in the picture
        version = drawing.version, drawing.weights_version, stage.moving
        key = (version, stage.scale.reference, look.theme, left_out, biases)
        can_wait = stage.drawing_ms > PATIENCE_MS and not self._is_due and self._is_near(eye)
        if key == self._key and (eye == self._eye or can_wait):
            self.is_late = eye != self._eye
            return
        self._key, self._eye, self._is_due, self.is_late = key, eye, False, False
        self.redrawn += 1
        began = time.perf_counter()
        self._draw(look, eye, out)
        stage.drawing_ms = 1000 * (time.perf_counter() - began)

    def _is_near(self, eye: Eye) -> bool:
        """Return whether the picture, shifted and scaled, would still show something sensible."""
        is_same_size = (eye.width, eye.height) == (self._eye.width, self._eye.height)
        return is_same_size and 1 / SCALED_AT_MOST < eye.zoom / self._eye.zoom < SCALED_AT_MOST

    def _draw(self, look: Look, eye: Eye, out: Rows) -> None:
        stage, drawing = self._stage, self._stage.drawing
        self._picture = eye.picture()
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(eye.rect)
        rows = visible_rows(drawing, eye)
        self.count = Count(min(len(rows), AT_MOST), len(rows))
        if stage.moving:
            rows = np.setdiff1d(rows, drawing.arrows_of(drawing.rows_of(stage.moving)))
        if self.count.in_view <= arrow_style.FEW:
            self._paint_few(painter, look, eye, np.setdiff1d(rows, out))
        else:
            self._paint_many(painter, look, eye, rows)
        if stage.shows_bias_inputs:
            rows = np.setdiff1d(np.arange(len(drawing.ids)), self._raised_neurons())
            paint_bias_inputs(painter, look, stage, eye, rows)
        painter.end()

    def _paint_few(self, painter: QPainter, look: Look, eye: Eye, rows: Rows) -> None:
        stage = self._stage
        arrows = shapes(stage.drawing, rows, eye, stage.selected_rows())
        paint_arrows(painter, look, stage, arrows, stage.drawing.weights[arrows.rows])

    def _paint_many(self, painter: QPainter, look: Look, eye: Eye, rows: Rows) -> None:
        drawing = self._stage.drawing
        if len(rows) > AT_MOST:
            rows = rows[np.argpartition(-np.abs(drawing.weights[rows]), AT_MOST)[:AT_MOST]]
        points = eye.to_screen(drawing.positions)
        a, b = points[drawing.source[rows]], points[drawing.target[rows]]
        paint_many(painter, look, self._stage, a, b, drawing.weights[rows])

    def _paint_standing_out(self, painter: QPainter, look: Look, eye: Eye, rows: Rows) -> None:
        stage = self._stage
        arrows = shapes(stage.drawing, rows, eye, stage.selected_rows())
        selected = set(self._shown(stage.document.selected_connections).tolist())
        weights = stage.drawing.weights[arrows.rows]
        banded = [k for k, row in enumerate(arrows.rows.tolist()) if row in selected]
        for k in banded if len(banded) <= BANDS else []:
            strength = float(stage.scale.strength(weights[k : k + 1])[0])
            paint_band(painter, look, arrows, k, arrow_style.width(strength, eye.zoom))
        paint_arrows(painter, look, stage, arrows, weights)
        if stage.shows_bias_inputs:
            paint_bias_inputs(painter, look, stage, eye, self._raised_neurons())
