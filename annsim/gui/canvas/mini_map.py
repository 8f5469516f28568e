"""The mini-map: the whole drawing in a corner, and the part of it that is in view."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.look import Look, values
from annsim.gui.theme import theme

WIDTH, HEIGHT = 176, 124
MARGIN = 8.0  # px round the drawing
LIVE_MS = round(1000 / values()["motion"]["status_hz"])
LEAST_DOT, LARGEST_DOT = 2.0, 8.0
RIM = 1.2  # px by which a dot stands out from the ground
SHADES = 16  # of the colours of outputs to either side of 0; dots of a shade are painted at once
ARROWS_AT_MOST = 2000
GROUND = 0.4  # opacity of the part in view


class MiniMap(QFrame):
    """Shows all neurons as dots in their colours; a click or drag moves the view, the wheel zooms it.

    It is there only while something lies outside the view, and while it is wanted.
    """

    def __init__(self, board: Board, zoom: Zoom, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._board, self._zoom = board, zoom
        self._is_wanted = True
        self._picture: QImage | None = None
        self._grip = QPointF()
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a double-click here adds no neuron below
        self.setObjectName("mini_map")
        self.setAccessibleName("Mini-map")
        self.setAccessibleDescription("The whole drawing with the part in view; drag to move the view")
        self.setToolTip("Drag to move the view, turn the wheel to zoom")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFixedSize(WIDTH, HEIGHT)
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.timeout.connect(self._redraw)
        document = board.document
        zoom.moved.connect(self.follow)
        for signal in (document.edited, document.replaced, theme().changed):
            signal.connect(self._redraw)
        document.moment_changed.connect(self._redraw_soon)
        self.follow()

    def set_wanted(self, is_wanted: bool) -> None:
        """Show it where something lies outside the view, or never."""
        self._is_wanted = is_wanted
        self.follow()

    def follow(self) -> None:
        """Show what is in view now; hide where that is everything."""
        bounds = self._board.scene.bounds()
        self.setVisible(self._is_wanted and not bounds.isEmpty() and not self._seen().contains(bounds))
        self.update()

    def frame(self) -> QRectF:
        """Return where the part in view lies on the map; at its edge where it lies beyond."""
        eye, seen = self._eye(), self._seen()
        corners = eye.to_screen(((seen.left(), seen.top()), (seen.right(), seen.bottom())))
        low, high = (corners.clip((1, 1), (WIDTH - 1, HEIGHT - 1))).tolist()
        return QRectF(QPointF(*low), QPointF(*high))

    def _seen(self) -> QRectF:
        """Return the part of the scene that is in view."""
        eye = self._board.eye()
        low, high = eye.to_scene((0, 0)), eye.to_scene((eye.width, eye.height))
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))

    def _eye(self) -> Eye:
        """Return how the map sees the scene."""
        bounds = self._board.scene.bounds()
        across = (WIDTH - 2 * MARGIN) / max(1.0, bounds.width())
        scale = min(across, (HEIGHT - 2 * MARGIN) / max(1.0, bounds.height()))
        middle = bounds.center() * scale
        return Eye(scale, WIDTH / 2 - middle.x(), HEIGHT / 2 - middle.y(), WIDTH, HEIGHT, self.devicePixelRatioF())

    # the picture

    def _redraw_soon(self) -> None:
        if self.isVisible() and not self._live.isActive():
            self._live.start(LIVE_MS)

    def _redraw(self, edit: object = None) -> None:
        self._picture = None
        self.follow()

    def _draw(self, look: Look) -> QImage:
        drawing, eye = self._board.stage.drawing, self._eye()
        picture = eye.picture()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border_strong"), 0.5))
        notes, boxes = self._board.stage.notes, drawing.boxes
        sheets = [notes.rect(note).getCoords() for note in notes.ids()]
        corners = np.concatenate((np.hstack((boxes.low, boxes.high)), np.array(sheets).reshape(-1, 4)))
        is_filled = [*boxes.is_folded.tolist(), *[True] * len(sheets)]
        for (low, high), filled in zip(eye.to_screen(corners.reshape(-1, 2, 2)).tolist(), is_filled, strict=True):
            painter.setBrush(look.colour("sunken") if filled else Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(QPointF(*low), QPointF(*high)))
        points = eye.to_screen(drawing.positions)
        if len(drawing.source) <= ARROWS_AT_MOST:
            rows = np.flatnonzero(~drawing.bundles.is_hidden)
            ends = zip(points[drawing.source[rows]].tolist(), points[drawing.target[rows]].tolist(), strict=True)
            painter.setPen(QPen(look.colour("border"), 0.5))
            for a, b in ends:
                painter.drawLine(QPointF(*a), QPointF(*b))
        shades = np.round(np.nan_to_num(drawing.fills) * SHADES).astype(np.intp)
        sizes = np.clip(2 * drawing.radii * eye.zoom, LEAST_DOT, LARGEST_DOT).round()
        is_round = sizes > LEAST_DOT
        rounds = np.flatnonzero(is_round & ~drawing.boxes.is_hidden)
        _paint_dots(painter, look, points[rounds], shades[rounds], sizes[rounds])
        painter.end()
        squares = np.flatnonzero(~is_round & ~drawing.boxes.is_hidden)
        _set_pixels(picture, look, points[squares], shades[squares])
        return picture

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802
        super().paintEvent(event)
        look = theme().look
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._draw(look)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(look.colour("selection_fill"))
        ground.setAlphaF(GROUND)
        frame = self.frame()
        painter.fillRect(frame, ground)
        painter.drawImage(0, 0, self._picture)
        painter.setPen(QPen(look.colour("accent"), values()["stroke"]["rim"]))
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        frame, point = self.frame(), event.position()
        self._grip = point - frame.center() if frame.contains(point) else QPointF()
        self._go(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802
        seen = self._board.eye().rect
        self._zoom.turn(event.angleDelta().y() or event.angleDelta().x(), seen.center())
        event.accept()

    def _go(self, point: QPointF) -> None:
        """Bring what lies under a point of the map into the middle of the view."""
        aim = point - self._grip
        view = self._board.eye()
        x, y = view.to_screen(self._eye().to_scene((aim.x(), aim.y()))).tolist()
        self._zoom.pan(view.rect.center() - QPointF(x, y))


def _paint_dots(painter: QPainter, look: Look, points: Numbers, shades: Rows, sizes: Numbers) -> None:
    """Paint round dots with a rim, all of a kind at once."""
    rim = look.colour("neuron_rim")
    kinds = [(rim, size + RIM, sizes == size) for size in np.unique(sizes).tolist()]
    for shade, size in np.unique(np.stack((shades, sizes), axis=1), axis=0).tolist():
        kinds.append((look.fill(shade / SHADES), size, (shades == shade) & (sizes == size)))
    for colour, width, rows in kinds:
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in points[rows].tolist()]))


def _set_pixels(picture: QImage, look: Look, points: Numbers, shades: Rows) -> None:
    """Set a small square for each of many points: ten thousand of them cost a painter far more.

    Its colour is that of a thin line, which stands out from the ground without a rim.
    """
    colours = np.array([look.line(k / SHADES).rgba() for k in range(-SHADES, SHADES + 1)], np.uint32)
    pixels = np.frombuffer(picture.bits(), np.uint32).reshape(picture.height(), -1)
    side = round(LEAST_DOT * picture.devicePixelRatio())
    corners = np.round(points * picture.devicePixelRatio() - side / 2).astype(np.intp)
    for down in range(side):
        for across in range(side):
            pixels[corners[:, 1] + down, corners[:, 0] + across] = colours[shades + SHADES]
