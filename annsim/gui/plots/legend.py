"""An entry of a legend: a piece of the line, what it is, and on hover with what settings it was made."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annsim.gui.look import values
from annsim.gui.plots.axes import curve_pen
from annsim.gui.theme import theme

SAMPLE_WIDTH = 20


class _Sample(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(QSize(SAMPLE_WIDTH, 16))
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(curve_pen(self._name))
        middle = self.height() / 2
        painter.drawLine(QLineF(0, middle, self.width(), middle))
        painter.end()


class LegendEntry(QWidget):
    """What the line "training", "test" or "reference" stands for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(values()["spacing"]["1"])
        self._label = QLabel(name)
        self._label.setStyleSheet("font-size: 12px;")
        row.addWidget(_Sample(name))
        row.addWidget(self._label)
        self.set_about(f"{name.capitalize()} loss")

    @property
    def text(self) -> str:
        """The present text."""
        return self._label.text()

    def set_about(self, about: str) -> None:
        """Set what is said on hover."""
        self.setToolTip(about)
        self.setAccessibleName(f"{self._label.text()}: {about}")

    def set_runs(self, abouts: Sequence[str]) -> None:
        """Stand for earlier runs, each with what it was made with; hidden where there are none."""
        self._label.setText(f"{len(abouts):,} earlier run{'s' * (len(abouts) != 1)}")
        self.set_about("\n".join(abouts))
        self.setVisible(bool(abouts))
