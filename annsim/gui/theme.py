"""The theme of the program: one look for all windows, and one signal when it changes."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annsim.gui.look import Look, font, values
from annsim.gui.style_sheet import style_sheet

CHOICES = ("system", "light", "dark", "high_contrast_light", "high_contrast_dark")


class Theme(QObject):
    """Sets palette, style sheet and font of the application.

    Attributes
    ----------
    look : the present colours.
    changed : sent after the look changed; widgets that paint themselves update, plots set their colours again.
    """

    changed = Signal()

    def __init__(self, choice: str = "system") -> None:
        super().__init__()
        self.choice = choice
        self.look = Look("light")
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda scheme: self.set_choice(self.choice))

    def set_choice(self, choice: str) -> None:
        """Use a theme: "system", "light", "dark", "high_contrast_light" or "high_contrast_dark"."""
        self.choice = choice
        hints = QGuiApplication.styleHints()
        if choice == "system":
            is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
            self.look = Look("dark" if is_dark else "light")
        else:
            self.look = Look(choice)
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setStyle("Fusion")
        application.setPalette(palette(self.look))
        application.setFont(font("body"))
        application.setStyleSheet(style_sheet(self.look))


_THEME: list[Theme] = []


def theme() -> Theme:
    """Return the one theme of the application."""
    if not _THEME:
        _THEME.append(Theme())
    return _THEME[0]


def palette(look: Look) -> QPalette:
    """Return the palette of a look, all three groups set."""
    result = QPalette()
    for key, token in values()["qpalette"].items():
        is_disabled = key.startswith("disabled ")
        groups = [QPalette.ColorGroup.Disabled] if is_disabled else list(QPalette.ColorGroup)[:3]
        for role in key.removeprefix("disabled ").split(", "):
            for group in groups:
                result.setColor(group, QPalette.ColorRole[role], look.colour(token))
    return result
