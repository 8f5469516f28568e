"""How long things move: as the look says, or not at all where the user or the system wants no motion."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from annsim.gui.look import values

_CHOICE: list[bool] = []


def set_reduced(choice: bool | None) -> None:
    """Do without motion, or not; None: as the system says."""
    _CHOICE[:] = [] if choice is None else [choice]


def is_reduced() -> bool:
    """Return whether things go to their places at once."""
    if _CHOICE:
        return _CHOICE[0]
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return True  # nobody sees it
    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def duration_ms(name: str) -> int:
    """Return how long a motion of the look takes, such as "zoom_ms"."""
    return 0 if is_reduced() else int(values()["motion"][name])
