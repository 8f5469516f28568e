"""One number of the drawing changed bit by bit: by a drag, or by Up and Down in an open field."""

from annsim.gui.canvas.quantity import Quantity
from annsim.gui.document import Document
from annsim.gui.holding import holding
from annsim.gui.widgets.panel_edits import PanelEdits


class LiveChange:
    """All that happens to a number between two moments, as one undo step that can be taken back; training waits.

    Parameters
    ----------
    session : a number that no other change has.
    """

    def __init__(self, document: Document, edits: PanelEdits, quantity: Quantity, session: int) -> None:
        self._document, self._edits, self._session = document, edits, session
        self.quantity = quantity
        self.start = quantity.number(document)
        self._index: int | None = None  # of the undo stack after the step

    def set(self, value: float) -> bool:
        """Set the number; return False where it is refused, and the reason was said."""
        if value == self.start and self._index is not None:
            self.take_back()
            return True
        holding().begin()
        quantity = self.quantity
        if quantity.is_of_arrow:
            is_done = self._edits.set_connections(quantity.field, [quantity.id], value, self._session)
        else:
            is_done = self._edits.set_neurons(quantity.field, [quantity.id], value, self._session)
        if is_done:
            self._index = self._document.undo_stack.index()
        return is_done

    def take_back(self) -> None:
        """Undo the step; the drawing is byte for byte what it was."""
        if self._index is not None and self._index == self._document.undo_stack.index():
            self._document.undo()
        self._index = None

    def end(self) -> None:
        """Let a training go on."""
        holding().end()
