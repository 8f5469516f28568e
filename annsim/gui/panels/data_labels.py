"""Small words of the data panel: lines that are elided where the dock is narrow."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annsim.gui.look import font, values
from annsim.gui.theme import theme


class ElidedLines(QWidget):
    """Lines of small muted text, each elided at its right edge; the whole text is the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines on show, in full."""
        return self._lines

    def set_lines(self, lines: tuple[str, ...], about: str = "") -> None:
        """Show other lines; `about` is the tool tip, by default the lines themselves."""
        self._lines = lines
        self.setToolTip(about or "\n".join(lines))
        self.setAccessibleName(" ".join(lines))
        self.setVisible(bool(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's own)
        """Return the height of the lines; the width is what the dock gives."""
        return QSize(120, len(self._lines) * self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the lines."""
        painter = QPainter(self)
        painter.setFont(font("small"))
        painter.setPen(theme().look.colour("text_muted"))
        metrics, height = painter.fontMetrics(), self._line_height()
        for number, line in enumerate(self._lines):
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(0, number * height, self.width(), height, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    @staticmethod
    def _line_height() -> int:
        return int(values()["type"]["small"][1]) + 2
