"""The rows of outputs in the probe, painted: names give way before numbers do."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annsim.gui.icons import paint_icon
from annsim.gui.look import font, size, values
from annsim.gui.panels.probe_outputs import Probed, ProbedOutput
from annsim.gui.theme import theme

MOST = 12
BAR = 4
WIDEST = "−0.000"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class OutputRows(QWidget):
    """Up to 12 outputs with their values, target values, bars and marks, and a sentence below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Probed(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Outputs")
        theme().changed.connect(self.update)

    def show_probed(self, probed: Probed) -> None:
        """Show other numbers."""
        if probed == self.shown:
            return
        had = self.shown
        self.shown = probed
        said = "; ".join(output.said for output in self._rows())
        self.setAccessibleDescription(f"{said}. {probed.verdict}".strip())
        if (len(had.outputs), bool(had.verdict)) != (len(probed.outputs), bool(probed.verdict)):
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        lines = len(self._rows()) + bool(self.shown.verdict) + (len(self.shown.outputs) > MOST)
        return QSize(200, self._head() + lines * size("list_row"))

    def event(self, event: QEvent) -> bool:
        """Show the whole row as the tool tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = (event.pos().y() - self._head()) // size("list_row")
            rows = self._rows()
            QToolTip.showText(event.globalPos(), _tip(rows[place]) if 0 <= place < len(rows) else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint head, rows and sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, height = self._rows(), size("list_row")
        columns = self._columns()
        self._paint_head(painter, columns)
        for place, output in enumerate(rows):
            self._paint_row(painter, output, QRect(0, self._head() + place * height, self.width(), height), columns)
        line = QRect(0, self._head() + len(rows) * height, self.width(), height)
        if len(self.shown.outputs) > MOST:
            self._paint_line(painter, line, f"… {len(self.shown.outputs) - MOST:,} more outputs", None)
            line.translate(0, height)
        if self.shown.verdict:
            self._paint_line(painter, line, self.shown.verdict, self.shown.is_right)
        painter.end()

    def _rows(self) -> tuple[ProbedOutput, ...]:
        """Return the outputs that have a row: of many classes the largest ones, in the order of the neurons."""
        outputs = self.shown.outputs
        if len(outputs) <= MOST:
            return outputs
        largest = sorted(range(len(outputs)), key=lambda k: -(outputs[k].share or 0.0))[:MOST]
        return tuple(outputs[k] for k in sorted(largest))

    @staticmethod
    def _head() -> int:
        return size("list_row")

    def _columns(self) -> tuple[int, int, int]:
        """Return the right edges of output and target, and the width of a number."""
        rows, gap = self._rows(), values()["spacing"]["2"]
        strong, small = QFontMetrics(font("strong")), QFontMetrics(font("small"))
        mark = size("icon_small") + gap // 2 if any(row.is_right is not None for row in rows) else 0
        target_edge = self.width() - mark
        has_targets = any(row.target for row in rows)
        head = QFontMetrics(font("caption")).horizontalAdvance("target")
        width = max([head, *(small.horizontalAdvance(row.target) for row in rows)]) + gap if has_targets else 0
        number = max([strong.horizontalAdvance(text) for text in (WIDEST, *(row.output for row in rows))])
        return target_edge - width, target_edge, number

    def _paint_head(self, painter: QPainter, columns: tuple[int, int, int]) -> None:
        output_edge, target_edge, _ = columns
        painter.setPen(theme().look.colour("text_muted"))
        painter.setFont(font("strong"))
        painter.drawText(QRect(0, 0, output_edge, self._head()), LEFT, "Outputs")
        painter.setFont(font("caption"))
        painter.drawText(QRect(0, 0, output_edge, self._head()), RIGHT, "o")
        if target_edge != output_edge:
            painter.drawText(QRect(0, 0, target_edge, self._head()), RIGHT, "target")

    def _paint_row(self, painter: QPainter, output: ProbedOutput, box: QRect, columns: tuple[int, int, int]) -> None:
        look, gap = theme().look, values()["spacing"]["2"]
        output_edge, target_edge, number = columns
        is_wrong = output.is_right is False
        room = output_edge - number - gap
        painter.setFont(font("strong" if output.is_chosen else "body"))
        painter.setPen(look.colour("text"))
        name = painter.fontMetrics().elidedText(output.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, LEFT, name)
        left = painter.fontMetrics().horizontalAdvance(name) + gap
        painter.setFont(font("caption"))
        painter.setPen(look.colour("text_muted"))
        inside = f"o {output.number}"
        if output.number and left + painter.fontMetrics().horizontalAdvance(inside) <= room:
            painter.drawText(QRect(left, box.y(), room - left, box.height()), RIGHT, inside)
        painter.setFont(font("strong"))
        painter.setPen(look.colour("error" if is_wrong else "text"))
        painter.drawText(QRect(0, box.y(), output_edge, box.height()), RIGHT, output.output)
        painter.setFont(font("small"))
        painter.setPen(look.colour("text_muted"))
        painter.drawText(QRect(0, box.y(), target_edge, box.height()), RIGHT, output.target)
        if output.share is not None:
            track = QRectF(0, box.bottom() - BAR + 1, output_edge, BAR)
            _paint_bar(painter, track, output.share, is_full=output.is_chosen)
        if output.is_right is not None:
            self._paint_mark(painter, box, output.is_right, self.width() - size("icon_small"))

    def _paint_line(self, painter: QPainter, box: QRect, text: str, is_right: bool | None) -> None:
        look, left = theme().look, 0
        if is_right is not None:
            self._paint_mark(painter, box, is_right, 0, name="success" if is_right else "error")
            left = size("icon_small") + values()["spacing"]["1"]
        painter.setFont(font("small"))
        painter.setPen(look.colour({None: "text_muted", True: "success", False: "error"}[is_right]))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width() - left)
        painter.drawText(box.adjusted(left, 0, 0, 0), LEFT, text)

    @staticmethod
    def _paint_mark(painter: QPainter, box: QRect, is_right: bool, left: int, name: str = "") -> None:
        side = size("icon_small")
        place = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
        colour = theme().look.colour("success" if is_right else "error")
        paint_icon(painter, name or ("check" if is_right else "close"), colour, place)


def _paint_bar(painter: QPainter, track: QRectF, share: float, *, is_full: bool) -> None:
    look, radius = theme().look, values()["radius"]["small"]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("sunken"))
    painter.drawRoundedRect(track, radius, radius)
    if share > 0:
        painter.setBrush(look.fill(1.0 if is_full else 0.5))
        bar = QRectF(track.x(), track.y(), max(2 * radius, share * track.width()), track.height())
        painter.drawRoundedRect(bar, radius, radius)


def _tip(output: ProbedOutput) -> str:
    number = f"\nOutput o as it leaves the network: {output.number}" if output.number else ""
    return f"{output.said}{number}"
