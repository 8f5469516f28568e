"""Where the parts of the textbook picture of a neuron stand, from left to right, in pixels."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize

from annsim.gui.look import size, values
from annsim.gui.widgets.connection_row import number_width

MARGIN = 24
NAME, NUMBER, SIGN = 88, 64, 20  # widths of the columns of the terms
FAN = 104  # from the products to the sum: room for the arrows to come together
SUM, MINUS, END = 30, 15, 36  # radii
LINK = 84  # an arrow with a number under it
CURVE, CURVE_HEIGHT, BOX = 168, 112, 108
ABOVE, BELOW = 116, 96  # from the middle line to the fields above and to the formulas below


@dataclass(frozen=True)
class NeuronLayout:
    """Places for a number of rows: terms, and one more for the sum of the rest."""

    rows: int
    height: int

    @property
    def least(self) -> QSize:
        """The room that the picture needs."""
        pitch = size("form_row")
        height = max(self.rows * pitch + 2 * MARGIN + pitch, ABOVE + BELOW + 3 * MARGIN + 2 * pitch)
        return QSize(round(self.end.x()) + END + MARGIN, height)

    @property
    def middle(self) -> float:
        """The height of the line on which everything happens."""
        return self.height / 2 + size("form_row") / 2

    def row(self, k: int) -> float:
        """Return the middle height of a row."""
        return self.middle + (k - (self.rows - 1) / 2) * size("form_row")

    @property
    def head(self) -> float:
        """The middle height of the heads of the columns."""
        return self.row(0) - size("form_row") * 0.9

    @property
    def output_right(self) -> float:
        """The right edge of the outputs."""
        return MARGIN + NAME + NUMBER

    @property
    def weight(self) -> tuple[float, float]:
        """The left edge and the width of the weight fields."""
        return self.output_right + SIGN, number_width()

    @property
    def product_right(self) -> float:
        """The right edge of the products."""
        left, width = self.weight
        return left + width + SIGN + NUMBER

    @property
    def sum(self) -> QPointF:
        """The middle of the circle that adds."""
        return QPointF(self.product_right + FAN + SUM, self.middle)

    @property
    def minus(self) -> QPointF:
        """The middle of the circle that subtracts the threshold."""
        return QPointF(self.sum.x() + SUM + LINK + MINUS, self.middle)

    @property
    def curve(self) -> QRect:
        """The picture of the activation function."""
        left = self.minus.x() + MINUS + LINK
        return QRect(round(left), round(self.middle - CURVE_HEIGHT / 2), CURVE, CURVE_HEIGHT)

    @property
    def box(self) -> QRectF:
        """The box of the output function."""
        left = self.curve.right() + 1 + LINK
        return QRectF(left, self.middle - SUM, BOX, 2 * SUM)

    @property
    def end(self) -> QPointF:
        """The middle of the circle that shows the output."""
        return QPointF(self.body.right() + LINK / 2 + END, self.middle)

    @property
    def body(self) -> QRectF:
        """The frame of what happens within the neuron."""
        left = self.product_right + MARGIN
        right = self.box.right() + MARGIN / 2
        top = self.middle - ABOVE - size("form_row")
        return QRectF(left, top, right - left, ABOVE + BELOW + 1.5 * size("form_row"))

    def field(self, centre: float, width: float) -> QRect:
        """Return the place of a field above the middle line."""
        height = size("control")
        return QRect(round(centre - width / 2), round(self.middle - ABOVE), round(width), height)

    def weight_field(self, k: int) -> QRect:
        """Return the place of the weight of a row."""
        left, width = self.weight
        height = size("control")
        return QRect(round(left), round(self.row(k) - height / 2), round(width), height)


def corner() -> int:
    """Return the radius of the corners of frames and boxes."""
    return int(values()["radius"]["card"])
