"""Values changed where they stand: a field opens over a number or a name."""

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

from annsim.errors import AnnsimError, shorten
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.in_view import InView
from annsim.gui.canvas.live_change import LiveChange
from annsim.gui.canvas.quantity import Quantity
from annsim.gui.canvas.spots import Spots
from annsim.gui.canvas.value_fields import InPlaceKeys, NeuronNameField, ReasonTag, ValueField
from annsim.gui.canvas.value_order import first_of_selection, next_value
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.widgets.panel_edits import PanelEdits
from annsim.network.edits import SetValues

EDGE = 4  # px that stay free round a field


class ValueEditor(QObject):
    """Opens one field at a time; all that happens in it is one undo step."""

    def __init__(self, board: Board, spots: Spots, zoom: Zoom, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._board, self._spots, self._viewport = board, spots, viewport
        self._in_view = InView(board, zoom)
        self.edits = PanelEdits(board.document, self._say)
        self._quantity = Quantity("weight", 0)
        self._field: ValueField | NeuronNameField | None = None
        self._change: LiveChange | None = None
        self._reason = ReasonTag(viewport)
        zoom.moved.connect(self._place)
        document = board.document
        document.edited.connect(self._after_edit)
        document.moment_changed.connect(self._after_moment)
        document.replaced.connect(self.cancel)

    @property
    def is_open(self) -> bool:
        """Whether a field is open."""
        return self._field is not None

    def open(self, quantity: Quantity) -> bool:
        """Open a field over a value; return False where it is locked, and that was said."""
        self.leave()
        document, text = self._board.document, quantity.text(self._board.document)
        if quantity.is_locked(document):
            self.say_locked(quantity)
            return False
        self._quantity = quantity
        if quantity.field == "name":
            name = NeuronNameField(self._viewport, document.network.neuron_values(quantity.id).name)
            name.textEdited.connect(lambda text: self._show_reason(""))
            self._field = name
        else:
            self._field = field = ValueField(self._viewport, quantity.symbol)
            self._change = LiveChange(document, self.edits, quantity, field.session)
            field.set_number(self._change.start)
            field.committed.connect(self._set_number)
            field.marked.connect(self._show_reason)
        self._field.setAccessibleName(text)
        self._field.setToolTip(f"{text}: Enter accepts, Esc restores, Tab goes to the next value")
        keys = InPlaceKeys(self._field)
        keys.accepted.connect(self.accept)
        keys.cancelled.connect(self.cancel)
        keys.left.connect(self.leave)
        keys.turned.connect(self._turn)
        self._place()
        self._field.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._board.repaint()
        return True

    def open_first(self) -> None:
        """Open the first value of what is selected."""
        quantity = first_of_selection(self._board.document)
        if quantity is None:
            self._board.say("An input neuron has no bias and no threshold: its value comes from the data or the probe.")
        else:
            self._reveal(quantity)
            self.open(quantity)

    def rename(self) -> None:
        """Open the name of the selected neuron."""
        quantity = Quantity("name", min(self._board.document.selected_neurons))
        self._reveal(quantity)
        self.open(quantity)

    def say_locked(self, quantity: Quantity) -> None:
        """Say that a value is locked and how to unlock it; its padlock is then on show."""
        document = self._board.document
        self._board.choose(*(((), [quantity.id]) if quantity.is_of_arrow else ([quantity.id], ())))
        self._board.say(f"{quantity.text(document)} is locked: unlock it first, by a right click or in Properties.")

    def accept(self) -> bool:
        """Take over what was typed and close; what is refused stays in the field, and False is returned."""
        field = self._field
        if isinstance(field, ValueField) and not field.commit():
            return False
        if isinstance(field, NeuronNameField) and not self._rename(field.text()):
            return False
        self._close()
        return True

    def leave(self) -> None:
        """Close, because the user does something else; what is refused is dropped, and said."""
        field = self._field
        if field is not None and not self.accept():
            self._board.say(f"“{shorten(field.text().strip(), 40)}” was not taken: {self._reason.text()}")
            self._close()

    def cancel(self) -> None:
        """Close; the value is what it was before."""
        if self._change is not None:
            self._change.take_back()
        self._close()

    def _close(self) -> None:
        field, change = self._field, self._change
        self._field = self._change = None  # losing the focus comes back here
        if field is None:
            return
        if isinstance(field, ValueField):
            field.start_over(field.value)  # nothing is typed any more
        self._reason.say("", field.geometry())
        if field.hasFocus():
            self._viewport.setFocus(Qt.FocusReason.OtherFocusReason)
        field.hide()
        field.deleteLater()
        if change is not None:
            change.end()
        self._board.repaint()

    def _turn(self, is_forward: bool) -> None:
        quantity = self._quantity
        if self.accept():
            self.open(next_value(self._board.document, quantity, 1 if is_forward else -1))

    # what is done with a text

    def _set_number(self, value: float) -> None:
        if self._change is not None and not self._change.set(value):
            self._follow(is_live=False)

    def _rename(self, text: str) -> bool:
        name, quantity = text.strip(), self._quantity
        document = self._board.document
        present = document.network.neuron_values(quantity.id).name
        if name == present:
            return True
        step = f"Rename {shorten(present, 24)} to {shorten(name, 24)}"
        try:
            document.do(SetValues("neuron", "name", [quantity.id], [name], step))
        except AnnsimError as error:
            self._show_reason(f"{error.what[:1].upper()}{error.what[1:]}. {error.hint}".strip())
            return False
        return True

    def _say(self, text: str) -> None:
        self._show_reason(text)
        if text:
            self._board.say(text)

    def _show_reason(self, text: str) -> None:
        field = self._field
        if isinstance(field, NeuronNameField):
            field.mark(bool(text))
        if field is not None:
            self._reason.say(text, field.geometry())

    # where the field is

    def _after_edit(self, edit: object) -> None:
        self._follow(is_live=False)

    def _after_moment(self) -> None:
        self._follow(is_live=True)

    def _follow(self, is_live: bool) -> None:
        document, field = self._board.document, self._field
        if field is None:
            return
        if not self._quantity.is_there(document):
            self._close()
            return
        if isinstance(field, ValueField):
            field.set_number(self._quantity.number(document), is_live=is_live)
        if not is_live:
            self._place()

    def _place(self) -> None:
        field = self._field
        if field is None:
            return
        rect, wanted = QRect(), field.sizeHint()
        rect.setSize(wanted)
        rect.moveCenter(self._spots.rect(self._quantity).center().toPoint())
        area = self._viewport.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        rect.moveLeft(max(area.left(), min(rect.left(), area.right() - rect.width())))
        rect.moveTop(max(area.top(), min(rect.top(), area.bottom() - rect.height())))
        field.setGeometry(rect)
        self._reason.place(rect)

    def _reveal(self, quantity: Quantity) -> None:
        """Bring into view what a key opens."""
        if quantity.is_of_arrow:
            self._in_view.reveal([self._board.document.network.connections[quantity.id].target])
        else:
            self._in_view.reveal([quantity.id])
