"""The gesture that draws an arrow."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from annsim.errors import NetworkError, shorten
from annsim.gui.canvas.arrow_style import head
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.gesture import Gesture
from annsim.gui.canvas.neuron_paint import name_middle
from annsim.gui.canvas.neuron_text import paint_centred, sized_font
from annsim.gui.look import Look, values
from annsim.network.edits import Add, Compound

LINE = 2.5
TARGET_REACH = 10.0  # px round a neuron in which it is meant
NEAR = 1.7  # radii round the source in which a release on the empty canvas means nothing
FOLDED = "Folded: unfold it to connect to one of its neurons"
CYCLE = "this would close the cycle "
RING = float(values()["neuron"]["rings_outside_r"]["accept_refuse"])


def short_reason(refusal: NetworkError) -> str:
    """Return why an arrow is refused, short enough for a tag."""
    reason = refusal.what.replace(" -> ", " → ")
    if reason.startswith(CYCLE):
        reason = f"Cycle: {reason.removeprefix(CYCLE)}"
    elif "connected already" in reason:
        reason = "Connected already"
    return shorten(reason[:1].upper() + reason[1:], 64)


class ConnectGesture(Gesture):
    """From the rim of a neuron to another one, or to an empty place, where a new one is added."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, board: Board, start: QPointF, source: int, is_added: bool) -> None:
        super().__init__(board, start)
        self._source, self._is_added = source, is_added
        self._has_left = False
        self._target: int | None = None
        self._group: int | None = None  # a folded one takes no arrow
        self._refusals: dict[int, NetworkError | None] = {}

    def drag(self) -> None:  # noqa: D102 (Gesture)
        target = self.board.neuron_at(self.point, TARGET_REACH)
        self._has_left = self._has_left or target != self._source
        self._target = target if self._has_left else None
        self._group = None if target is not None else self.board.folded_group_at(self.point)
        self.board.stage.refused_group = self._group
        if self._target is not None and self._target not in self._refusals:
            self._refusals[self._target] = self.board.document.network.refusal(self._source, self._target)
        self.board.stage.feedback = {} if self._target is None else {self._target: self._refusal is None}
        self.board.repaint()

    def release(self) -> None:  # noqa: D102 (Gesture)
        target, refusal, is_drag, group = self._target, self._refusal, self.is_drag, self._group
        self.cancel()
        if not is_drag:
            self.board.click(self._source, None, self._is_added)
        elif group is not None:
            title = self.board.document.network.groups[group].title
            self.board.say(f"Not connected: {title} is folded. Unfold it to connect to one of its neurons.")
        elif refusal is not None:
            self.board.say(f"Not connected: {refusal.what}. {refusal.hint}".strip())
        elif target is not None:
            block = self.board.document.network.new_block([self._source], [target])
            self.board.do(Add(connections=block, name=f"Connect {self._source} -> {target}"))
        elif not self._is_near():
            self._connect_to_new()

    def cancel(self) -> None:  # noqa: D102 (Gesture)
        self._target = self._group = None
        self.is_drag = False
        self.board.stage.feedback, self.board.stage.refused_group = {}, None
        self.board.repaint()

    def paint(self, painter: QPainter, look: Look) -> None:  # noqa: D102 (Gesture)
        if not self.is_drag:
            return
        refusal = self._refusal
        is_refused = refusal is not None or self._group is not None
        token = "error" if is_refused else "accent" if self._target is None else "success"
        pen = QPen(look.colour(token), LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if is_refused:
            pen.setDashPattern([3, 2])
        self._paint_line(painter, pen, look)
        if refusal is not None and self._target is not None:
            centre, radius = self.board.circle(self._target)
            self._paint_reason(painter, look, short_reason(refusal), centre, name_middle(radius), radius + RING)
        elif self._group is not None:
            rect = self.board.group_rect(self._group)
            half = rect.height() / 2
            self._paint_reason(painter, look, FOLDED, rect.center(), half, half + RING)

    @property
    def _refusal(self) -> NetworkError | None:
        return None if self._target is None else self._refusals[self._target]

    def _is_near(self) -> bool:
        """Return whether the pointer is so near to the source that a new neuron would lie on it."""
        centre, radius = self.board.circle(self._source)
        return QLineF(centre, self.point).length() < NEAR * radius

    def _connect_to_new(self) -> None:
        network = self.board.document.network
        neuron = self.board.new_neuron("hidden", self.point)
        block = network.new_block([self._source], [neuron.id])
        name = f"Connect {self._source} -> {neuron.id}"
        if self.board.do(Compound((Add(neurons=(neuron,)), Add(connections=block)), name)):
            self.board.document.select([neuron.id])

    def _paint_line(self, painter: QPainter, pen: QPen, look: Look) -> None:
        centre, radius = self.board.circle(self._source)
        end, gap = self.point, 0.0
        if self._target is not None:
            end, gap = self.board.circle(self._target)
            gap += RING + 2
        elif self._group is None and not self._is_near():
            gap = self.board.eye().radius
            self._paint_ghost(painter, look, gap)
        way = QLineF(centre, end)
        if way.length() < radius + gap + 4:
            return
        step = QPointF(way.dx(), way.dy()) / way.length()
        tip = end - step * gap
        length, half = head(LINE)
        side = QPointF(-step.y(), step.x()) * half
        line = QLineF((centre + step * (radius + 3)), tip - step * length * 0.85)
        painter.setPen(QPen(look.colour("canvas"), LINE + 4))  # stands clear of an arrow that runs the same way
        painter.drawLine(line)
        painter.setPen(pen)
        painter.drawLine(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawPolygon(QPolygonF([tip, tip - step * length + side, tip - step * length - side]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_ghost(self, painter: QPainter, look: Look, radius: float) -> None:
        pen = QPen(look.colour("accent"), 1.5)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.point, radius - 3, radius - 3)

    def _paint_reason(
        self, painter: QPainter, look: Look, reason: str, centre: QPointF, below: float, above: float
    ) -> None:
        """Paint a reason in a tag below something, or above it where there is no room."""
        style = sized_font(12, 400)
        width = QFontMetricsF(style).horizontalAdvance(reason) + 20
        area = self.board.eye().rect.adjusted(4, 4, -4, -4)
        left = min(max(area.left(), centre.x() - width / 2), max(area.left(), area.right() - width))
        top = centre.y() + below + 14
        if top + 26 > area.bottom():
            top = centre.y() - above - 34
        rect = QRectF(round(left) + 0.5, round(top) + 0.5, round(width), 26)
        painter.setPen(QPen(look.colour("error"), 1))
        painter.setBrush(look.colour("error_fill"))
        painter.drawRoundedRect(rect, 4, 4)
        paint_centred(painter, rect.center(), reason, style, look.colour("text"))
