"""A strip at the top of a panel with one sentence: what went wrong or well, and one thing to do about it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from annsim.gui.icons import icon, pixmap
from annsim.gui.look import size, values
from annsim.gui.theme import theme

Kind = Literal["warning", "error", "success", "info"]
GROUND = {"warning": "warning_fill", "error": "error_fill", "success": "success_fill", "info": "accent_soft"}
INK = {"warning": "warning", "error": "error", "success": "success", "info": "accent"}


class MessageStrip(QFrame):
    """Hidden while it has nothing to say; it never takes the focus and never asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spacing = values()["spacing"]
        self._kind: Kind = "info"
        self._action: Callable[[], object] | None = None
        self._picture = QLabel()
        self._label = QLabel(wordWrap=True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(flat=True)
        self._button.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setToolTip("Hide this message")
        self._close.setAccessibleName("Hide this message")
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(spacing["2"], spacing["1"], spacing["1"], spacing["1"])
        layout.setSpacing(spacing["2"])
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close, alignment=Qt.AlignmentFlag.AlignTop)
        self._picture.setContentsMargins(0, spacing["1"], 0, 0)
        theme().changed.connect(self._recolour)
        self.clear()

    @property
    def text(self) -> str:
        """The present sentence, or ""."""
        return self._label.text()

    @property
    def kind(self) -> Kind:
        """The kind of the present sentence."""
        return self._kind

    def show_message(
        self, kind: Kind, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> None:
        """Say one sentence; a button does the action, and clears the strip."""
        self._kind, self._action = kind, action
        self._label.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setText(action_text or "")
            self._button.setAccessibleName(action_text or "")
        self._recolour()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing and hide."""
        self._label.clear()
        self.setAccessibleName("")
        self._action = None
        self._button.hide()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's own)
        """Paint the ground of the kind."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().look.colour(GROUND[self._kind]))
        radius = values()["radius"]["button"]
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.end()

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()

    def _recolour(self) -> None:
        look, small = theme().look, size("icon_small")
        self._picture.setPixmap(pixmap(self._kind, look, INK[self._kind], small, self.devicePixelRatioF()))
        self._close.setIcon(icon("close", INK[self._kind], small))
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, look.colour(INK[self._kind]))
        self._label.setPalette(palette)
        self.update()
