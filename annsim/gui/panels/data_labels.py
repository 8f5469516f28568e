"""Lines and buttons for narrow docks: a text is elided, never cut off."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from annsim.gui.icons import paint_icon
from annsim.gui.look import font, size, values
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


class PanelButton(QPushButton):
    """A button for narrow docks: where the width is short the icon goes first, then the text is elided.

    Parameters
    ----------
    icon_name : at the left of the text.
    has_menu : a chevron stands at the right.
    is_field : text and chevron stand at the edges, as in a field that chooses something.
    """

    def __init__(self, text: str, icon_name: str = "", *, has_menu: bool = False, is_field: bool = False) -> None:
        super().__init__(text)
        self._icon_name, self._has_menu, self._is_field = icon_name, has_menu, is_field
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's own)
        """Return a width that any dock has."""
        return QSize(80, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the button without its text, then text and icons."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        small, gap, height = size("icon_small"), values()["spacing"]["2"], self.height()
        colour = theme().look.colour("text" if self.isEnabled() else "text_disabled")
        chevron = small + gap if self._has_menu else 0
        room = self.width() - 2 * gap - chevron
        metrics = self.fontMetrics()
        icon = small + gap if self._icon_name and metrics.horizontalAdvance(self.text()) + small + gap <= room else 0
        if not (icon or chevron):
            room += gap  # the text may come nearer to the edges before it is elided
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        width = metrics.horizontalAdvance(text)
        left = gap if self._is_field else (self.width() - width - chevron - icon) // 2
        painter.setPen(colour)
        painter.drawText(QRect(left + icon, 0, width + 1, height), Qt.AlignmentFlag.AlignVCenter, text)
        top = (height - small) / 2
        if icon:
            paint_icon(painter, self._icon_name, colour, QRectF(left, top, small, small))
        if chevron:
            right = self.width() - gap - small if self._is_field else left + icon + width + gap
            muted = theme().look.colour("text_muted")
            paint_icon(painter, "chevron_down", muted, QRectF(right, top, small, small))
