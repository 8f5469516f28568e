"""Tools of a window: the palette of commands, the sheet of shortcuts, setting many values by an expression."""

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow

from annsim.gui.dialogs.command_palette import CommandPalette
from annsim.gui.dialogs.expression_dialog import ExpressionDialog
from annsim.gui.dialogs.shortcut_sheet import ShortcutSheet
from annsim.gui.document import Document
from annsim.gui.preferences import Preferences


class WindowTools:
    """Makes the tools of one window when they are wanted.

    Parameters
    ----------
    go_to : shows the neuron with an id.
    """

    def __init__(
        self, window: QMainWindow, document: Document, preferences: Preferences, go_to: Callable[[int], object]
    ) -> None:
        self._window, self._document, self._preferences = window, document, preferences
        self.palette = CommandPalette(window, lambda: document.network, go_to, preferences)
        self.sheet: ShortcutSheet | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do, by the name of the action."""
        return {
            "command_palette": self.palette.toggle,
            "shortcuts": self.show_sheet,
            "set_by_expression": self.show_expression,
        }

    def show_sheet(self) -> None:
        """Show the sheet of shortcuts, or bring it to the front."""
        if self.sheet is None:
            self.sheet = ShortcutSheet(self._window)
        self.sheet.show()
        self.sheet.raise_()
        self.sheet.activateWindow()

    def show_expression(self) -> None:
        """Open the dialog that sets many values, or bring it to the front."""
        dialog = self._window.findChild(ExpressionDialog)
        if dialog is None or not dialog.isVisible():
            dialog = ExpressionDialog(self._document, self._preferences, self._window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
