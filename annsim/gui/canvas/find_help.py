"""What can be written in the find bar, with examples that can be clicked."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from annsim.gui.look import font, values

EXAMPLES = (
    ("h3", "neurons whose names contain this"),
    ("#17", "the neuron with this number"),
    ("x1 -> h2", "a connection; x1 -> or -> h2: all of a neuron"),
    ("hidden", "neurons of this role"),
    ("relu", "neurons with this activation or output function"),
    ("locked", "what training leaves as it is"),
    ("|w| > 3", "connections by weight w"),
    ("b < 0 or t != 0", "neurons by bias b and threshold t"),
    ("fan_in = 0 and not input", "by the number of connections; also fan_out"),
    ("x < 200 and tanh", "by place in pixels; also y"),
)


class FindHelp(QFrame):
    """A card below the bar; a click on an example looks for it.

    Signals
    -------
    chosen : the text of an example.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        space = values()["spacing"]
        self.setProperty("role", "card")
        self.setObjectName("find_help")
        self.setAccessibleName("What can be written in the find bar")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        grid = QGridLayout(self)
        grid.setContentsMargins(space["3"], space["2"], space["3"], space["2"])
        grid.setHorizontalSpacing(space["4"])
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self.examples = [self._add(grid, row, *example) for row, example in enumerate(EXAMPLES)]
        self.hide()

    def place(self, bar: QRect) -> None:
        """Stand below the bar, as wide as it."""
        self.setFixedWidth(bar.width())
        self.adjustSize()
        self.move(bar.left(), bar.bottom() + values()["spacing"]["1"])
        self.raise_()

    def _add(self, grid: QGridLayout, row: int, text: str, meaning: str) -> QPushButton:
        button, label = QPushButton(text, flat=True), QLabel(meaning, wordWrap=True)
        button.setToolTip(f"Find {text}")
        button.setAccessibleDescription(meaning)
        button.clicked.connect(lambda checked=False: self.chosen.emit(text))
        label.setFont(font("small"))
        label.setProperty("role", "muted")
        grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label, row, 1)
        return button
