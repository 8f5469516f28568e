"""The rows and tiles of the palette, and what they carry while they are dragged."""

import json

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from annsim.gui.icons import paint_icon
from annsim.gui.look import Look, font, size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.curve_picture import paint_curve

MIME = "application/x-annsim-neuron"
TILE_HEIGHT = 52
CURVE = QSize(26, 22)
MARGIN = 14  # room round the dragged circle for the mark of an input neuron


def drag_data(payload: dict[str, str]) -> QMimeData:
    """Return what a drag carries: {"role": ...}, {"activation": ...}, or {"ready_made": ...} for a layer."""
    data = QMimeData()
    data.setData(MIME, json.dumps(payload).encode())
    return data


def neuron_pixmap(payload: dict[str, str], look: Look, scale: float = 1.0) -> QPixmap:
    """Return the circle of a neuron as it hangs at the pointer during a drag."""
    diameter = int(values()["neuron"]["diameter_at_100"])
    whole = diameter + 2 * MARGIN
    picture = QPixmap(round(whole * scale), round(whole * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("neuron_rim"), values()["stroke"]["rim"]))
    painter.setBrush(look.fill(0))
    circle = QRectF(MARGIN, MARGIN, diameter, diameter)
    painter.drawEllipse(circle)
    role = payload.get("role", "hidden")
    if role == "output":
        painter.setPen(QPen(look.on_fill(0), 1.25))
        painter.drawEllipse(circle.adjusted(4, 4, -4, -4))
    if role == "input":
        middle = circle.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("neuron_rim"))
        tip = QPointF(MARGIN - 2, middle)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-10, -6), tip + QPointF(-10, 6)]))
    else:
        function = payload.get("activation") or ("sigmoid" if role == "output" else "tanh")
        radius = diameter / 2
        box = QRectF(circle.center().x() - radius / 2, circle.center().y() - radius / 4, radius, radius / 2)
        paint_curve(painter, function, look.on_fill(0), box)
    painter.end()
    return picture


def icon_pixmap(name: str, look: Look, scale: float = 1.0) -> QPixmap:
    """Return an icon on a small card, as it hangs at the pointer during a drag."""
    side, radius = 2 * size("icon_tool"), values()["radius"]["control"]
    picture = QPixmap(round(side * scale), round(side * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("border"), 1))
    painter.setBrush(look.colour("raised"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), radius, radius)
    paint_icon(painter, name, look.colour("text"), QRectF(side / 4, side / 4, side / 2, side / 2))
    painter.end()
    return picture


class PaletteItem(QAbstractButton):
    """Something of the palette: press it, press Enter, double-click it, or drag it onto the canvas.

    Signals
    -------
    wanted : Enter or a double-click; for the keyboard what a drag is for the pointer.
    """

    wanted = Signal()

    def __init__(self, text: str, hint: str, payload: dict[str, str]) -> None:
        super().__init__()
        self.payload = payload
        self._pressed_at = QPoint()
        self.setText(text)
        self.setToolTip(hint)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def drag(self) -> None:
        """Begin a drag with the payload."""
        drag = QDrag(self)
        drag.setMimeData(drag_data(self.payload))
        picture = self.picture()
        drag.setPixmap(picture)
        half = round(picture.deviceIndependentSize().width() / 2)
        drag.setHotSpot(QPoint(half, half))
        drag.exec(Qt.DropAction.CopyAction)

    def picture(self) -> QPixmap:
        """Return what hangs at the pointer during a drag."""
        return neuron_pixmap(self.payload, theme().look, self.devicePixelRatioF())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 (Qt's own)
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 (Qt's own)
        way = event.position().toPoint() - self._pressed_at
        far_enough = way.manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() & Qt.MouseButton.LeftButton and far_enough:
            self.setDown(False)
            self.drag()
        else:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit()

    def _ground(self, painter: QPainter, edge: QColor | None) -> None:
        """Paint the ground for hover and press, an edge, and the ring of the keyboard focus."""
        look = theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = values()["radius"]["control"]
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else "raised" if edge else None
        painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            width = values()["stroke"]["focus"]
            painter.setPen(QPen(look.colour("focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class PaletteRow(PaletteItem):
    """An icon and a word; where there is no room, a square with the icon alone."""

    def __init__(self, icon_name: str, text: str, hint: str, payload: dict[str, str]) -> None:
        super().__init__(text, hint, payload)
        self._icon_name = icon_name
        self._is_ready_made = "ready_made" in payload
        self._is_compact = False
        self.set_compact(False)

    def picture(self) -> QPixmap:  # noqa: D102 (PaletteItem)
        if not self._is_ready_made:
            return super().picture()
        return icon_pixmap(self._icon_name, theme().look, self.devicePixelRatioF())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802 (Qt's own)
        if not self._is_ready_made:  # the first of the two clicks has added it
            super().mouseDoubleClickEvent(event)

    def set_compact(self, is_compact: bool) -> None:
        """Show the icon alone."""
        self._is_compact = is_compact
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        spacing, icon_size = values()["spacing"], size("icon_tool")
        if self._is_compact:
            return QSize(size("button"), size("button"))
        width = self._text_left + self.fontMetrics().horizontalAdvance(self.text()) + spacing["2"]
        return QSize(width, max(size("button"), icon_size))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint icon and word."""
        painter, look = QPainter(self), theme().look
        self._ground(painter, look.colour("border") if self._is_compact else None)
        side = size("icon_tool")
        left = (self.width() - side) / 2 if self._is_compact else values()["spacing"]["1"]
        paint_icon(painter, self._icon_name, look.colour("text"), QRectF(left, (self.height() - side) / 2, side, side))
        if not self._is_compact:
            painter.setPen(look.colour("text"))
            painter.setFont(self.font())
            box = QRectF(self.rect()).adjusted(self._text_left, 0, 0, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    @property
    def _text_left(self) -> int:
        return size("icon_tool") + 2 * int(values()["spacing"]["2"])


class PaletteTile(PaletteItem):
    """An activation function: its curve and its name."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name, hint, {"activation": name})
        self.name = name
        self.setAccessibleName(f"Activation function {name}")
        self.setFont(font("caption"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def word_width(self) -> int:
        """The width at which the name is not cut."""
        return self.fontMetrics().horizontalAdvance(self.text()) + 2

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(48, TILE_HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(CURVE.width() + 2 * values()["spacing"]["1"], TILE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint curve and name."""
        painter, look = QPainter(self), theme().look
        self._ground(painter, look.colour("border"))
        metrics, pad = self.fontMetrics(), values()["spacing"]["1"]
        left = (self.width() - CURVE.width()) / 2
        foot = pad + 2 + CURVE.height()
        painter.setPen(QPen(look.colour("curve_reference"), 1))
        painter.drawLine(QPointF(left, foot), QPointF(left + CURVE.width(), foot))
        paint_curve(painter, self.name, look.colour("text"), QRectF(left, pad + 1, CURVE.width(), CURVE.height()))
        painter.setPen(look.colour("text"))
        painter.setFont(self.font())
        box = QRectF(1, foot + 2, self.width() - 2, self.height() - foot - 4)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
