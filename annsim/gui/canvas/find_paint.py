"""The marks of what was found: grounds under neurons and bands under arrows, kept as a picture."""

import time

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.arrow_layer import PATIENCE_MS
from annsim.gui.canvas.arrow_shape import Shapes, shapes, visible_rows
from annsim.gui.canvas.arrow_style import FEW
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.stage import Stage
from annsim.gui.look import Look, values

OUTSIDE, PRESENT_OUTSIDE = 9.0, 12.0  # px from the rim to the edge of the ground
BAND, PRESENT_BAND = 12.0, 16.0
BAND_OPACITY, PRESENT_OPACITY = 0.3, 0.6
LEAST_RADIUS = 3.0
EDGES_UP_TO = 3000  # neurons; of more only the grounds are drawn
MARKED_AT_MOST = 20_000  # arrows; the strongest
FOCUS: float = values()["stroke"]["focus"]
PRESENT_EDGE = 4.0


class FindPaint:
    """Marks neurons and connections on the canvas; the present one more strongly.

    Attributes
    ----------
    neurons, connections : ids of what is marked.
    present : ("neuron", id) or ("connection", id), or None.
    is_late : True while a picture that takes long is shown shifted and scaled; `catch_up` ends that.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._picture = QImage()
        self._key: tuple[object, ...] = ()
        self._eye = Eye(1.0, 0.0, 0.0, 0, 0)
        self._took_ms = 0.0
        self._is_due = False
        self.is_late = False
        self.neurons: Rows = np.empty(0, np.intp)
        self.connections: Rows = np.empty(0, np.intp)
        self.present: tuple[str, int] | None = None
        self._version = 0

    def mark(self, neurons: Rows, connections: Rows) -> None:
        """Mark these and no others."""
        self.neurons, self.connections = neurons, connections
        self._version += 1

    def paint(self, painter: QPainter, look: Look, eye: Eye) -> None:
        """Paint into a viewport, in pixels, before arrows and neurons."""
        self.is_late = False
        if not len(self.neurons) and not len(self.connections):
            return
        self._refresh(look, eye)
        scale = eye.zoom / self._eye.zoom
        left, top = eye.dx - self._eye.dx * scale, eye.dy - self._eye.dy * scale
        painter.drawImage(QRectF(left, top, self._eye.width * scale, self._eye.height * scale), self._picture)
        self._paint_present(painter, look, eye)

    def catch_up(self) -> None:
        """Draw the picture at the next painting, however long it takes."""
        self._is_due = True

    def _refresh(self, look: Look, eye: Eye) -> None:
        """Draw the picture again if what it shows has changed; one that takes long not at every step of a pan."""
        stage = self._stage
        # dragging moves neurons without a new version of the drawing
        places = stage.drawing.positions.tobytes() if stage.moving else b""
        key = (look.theme, self._version, stage.drawing.version, places, eye.width, eye.height, eye.pixel_ratio)
        can_wait = self._took_ms > PATIENCE_MS and not self._is_due
        if key == self._key and (eye == self._eye or can_wait):
            self.is_late = eye != self._eye
            return
        began = time.perf_counter()
        self._key, self._eye, self._is_due, self._picture = key, eye, False, eye.picture()
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(eye.rect)
        self._paint_arrows(painter, look, eye)
        self._paint_neurons(painter, look, eye)
        painter.end()
        self._took_ms = 1000 * (time.perf_counter() - began)

    def _paint_arrows(self, painter: QPainter, look: Look, eye: Eye) -> None:
        drawing = self._stage.drawing
        rows = drawing.bundles.shown(drawing.arrow_rows(self.connections))
        is_visible = np.zeros(len(drawing.source), np.bool_)
        is_visible[visible_rows(drawing, eye)] = True
        rows = rows[is_visible[rows]]
        if len(rows) <= FEW:
            for path in _paths(shapes(drawing, rows, eye, self._stage.selected_rows())):
                painter.strokePath(path, QPen(_see_through(look, BAND_OPACITY), BAND))
            return
        if len(rows) > MARKED_AT_MOST:
            rows = rows[np.argpartition(-np.abs(drawing.weights[rows]), MARKED_AT_MOST)[:MARKED_AT_MOST]]
        points = eye.to_screen(drawing.positions)
        ends = np.concatenate((points[drawing.source[rows]], points[drawing.target[rows]]), axis=1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(look.colour("warning"), 1))
        painter.drawLines([QLineF(*line) for line in ends.tolist()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_neurons(self, painter: QPainter, look: Look, eye: Eye) -> None:
        drawing = self._stage.drawing
        rows = drawing.rows_of(self.neurons)
        places, radii = eye.to_screen(drawing.positions[rows]), self._radii(rows, eye) + OUTSIDE
        seen = ((places + radii[:, None] > 0) & (places - radii[:, None] < (eye.width, eye.height))).all(axis=1)
        has_edge = np.count_nonzero(seen) <= EDGES_UP_TO
        painter.setPen(QPen(look.colour("warning"), FOCUS) if has_edge else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("warning_fill" if has_edge else "warning"))
        for (x, y), radius in zip(places[seen].tolist(), radii[seen].tolist(), strict=True):
            painter.drawEllipse(QPointF(x, y), radius, radius)

    def _paint_present(self, painter: QPainter, look: Look, eye: Eye) -> None:
        if self.present is None:
            return
        kind, number = self.present
        drawing = self._stage.drawing
        painter.save()
        if kind == "neuron":
            rows = drawing.rows_of([number])
            painter.setPen(QPen(look.colour("warning"), PRESENT_EDGE))
            painter.setBrush(look.colour("warning_fill"))
            for (x, y), radius in zip(eye.to_screen(drawing.positions[rows]), self._radii(rows, eye), strict=True):
                painter.drawEllipse(QPointF(x, y), radius + PRESENT_OUTSIDE, radius + PRESENT_OUTSIDE)
        else:
            rows = drawing.bundles.shown(drawing.arrow_rows([number]))
            for path in _paths(shapes(drawing, rows, eye, self._stage.selected_rows())):
                painter.strokePath(path, QPen(_see_through(look, PRESENT_OPACITY), PRESENT_BAND))
        painter.restore()

    def _radii(self, rows: Rows, eye: Eye) -> Numbers:
        radii: Numbers = np.maximum(LEAST_RADIUS, self._stage.drawing.radii[rows] * eye.zoom)
        return radii


def _paths(arrows: Shapes) -> list[QPainterPath]:
    paths = []
    for start, control, tip in zip(arrows.start, arrows.control, arrows.tip, strict=True):
        path = QPainterPath(QPointF(*start))
        path.quadTo(QPointF(*control), QPointF(*tip))
        paths.append(path)
    return paths


def _see_through(look: Look, opacity: float) -> QColor:
    colour = QColor(look.colour("warning"))
    colour.setAlphaF(opacity)
    return colour
