"""Boxes that choose one of several words, and padlocks; both know the state in which several things differ."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.gui.icons import paint_icon
from annsim.gui.look import size, values
from annsim.gui.theme import theme
from annsim.gui.widgets.curve_picture import curve_icon
from annsim.network.neuron import ROLES


class ChoiceBox(QComboBox):
    """A combo box over names; `chosen` is sent for what people choose, never for what the program shows."""

    chosen = Signal(str)

    def __init__(self, names: Sequence[str], make_icon: Callable[[str], QIcon] | None = None) -> None:
        super().__init__()
        self._make_icon = make_icon
        self.setPlaceholderText("mixed")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        small = size("icon_small")
        self.setIconSize(QSize(small, small))
        self.addItems(list(names))
        self.setMaxVisibleItems(len(names))
        self.textActivated.connect(self.chosen)
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_name(self, name: str | None) -> None:
        """Show a name; None: several things differ."""
        self.setCurrentIndex(-1 if name is None else self.findText(name))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the box and its chevron, which the style sheet takes away with the border of the button."""
        super().paintEvent(event)
        painter, side = QPainter(self), size("icon_small")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.width() - side - 5, (self.height() - side) / 2, side, side)
        paint_icon(painter, "chevron_down", theme().look.colour("text_muted"), place)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's own)
        """Leave the wheel to the panel, which scrolls: a choice must not change under a passing pointer."""
        event.ignore()

    def _recolour(self) -> None:
        if self._make_icon is not None:
            for k in range(self.count()):
                self.setItemIcon(k, self._make_icon(self.itemText(k)))


def activation_box() -> ChoiceBox:
    """Return a box of all activation functions, each with its curve and its formula."""
    box = ChoiceBox(list(ACTIVATIONS), lambda name: curve_icon(name, size("icon_small")))
    for k, function in enumerate(ACTIVATIONS.values()):
        box.setItemData(k, f"a = {function.formula}", Qt.ItemDataRole.ToolTipRole)
    box.setAccessibleName("Activation function")
    box.setToolTip("Activation function φ: it makes the activation a = φ(z − θ) of the net input z")
    return box


def output_box() -> ChoiceBox:
    """Return a box of all output functions."""
    box = ChoiceBox(list(OUTPUTS))
    for k, function in enumerate(OUTPUTS.values()):
        box.setItemData(k, f"o = {function.formula}", Qt.ItemDataRole.ToolTipRole)
    box.setAccessibleName("Output function")
    box.setToolTip("Output function ψ: it makes the output o = ψ(a) of the activation a")
    return box


def role_box() -> ChoiceBox:
    """Return a box of the three roles."""
    box = ChoiceBox(ROLES)
    box.setAccessibleName("Role")
    box.setToolTip("Role: an input neuron hands on a value of the data, an output neuron is compared with a target")
    return box


class LockButton(QAbstractButton):
    """A padlock; `toggled_by_hand` carries the state that people ask for."""

    toggled_by_hand = Signal(bool)

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self._is_locked: bool | None = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: self.toggled_by_hand.emit(not self._is_locked))
        theme().changed.connect(self.update)
        self.show_locked(False)

    def set_what(self, what: str) -> None:
        """Say what is locked, such as "the bias"."""
        self._what = what
        self.show_locked(self._is_locked)

    def show_locked(self, is_locked: bool | None) -> None:
        """Show shut, open, or (None) that several things differ."""
        self._is_locked = is_locked
        state = {True: "locked", False: "not locked", None: "some locked, some not"}[is_locked]
        act = "click to unlock" if is_locked else "click to lock, so that training leaves it as it is"
        self.setAccessibleName(f"Lock {self._what}")
        self.setAccessibleDescription(state)
        self.setToolTip(f"{self._what[0].upper()}{self._what[1:]}: {state}; {act}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 (Qt's own)
        return QSize(size("control"), size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the padlock itself: a tool button of the style would shrink it in the narrow column of a list."""
        painter, look = QPainter(self), theme().look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, width = values()["radius"]["control"], values()["stroke"]["focus"]
        ground = "pressed" if self.isDown() else "hover"
        painter.setBrush(look.colour(ground) if self.isDown() or self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("focus"), width) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        side = size("icon_small")
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        token = {True: "text", False: "text_muted", None: "text_disabled"}[self._is_locked]
        paint_icon(painter, "unlock" if self._is_locked is False else "lock", look.colour(token), place)
        painter.end()
