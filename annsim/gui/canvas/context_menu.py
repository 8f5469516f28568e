"""The menu of the right button: the actions that suit what is selected, and quick choices of values."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.covers import cover_at, held_by
from annsim.gui.icons import icon
from annsim.gui.look import font, number_text, size
from annsim.gui.widgets.curve_picture import curve_icon
from annsim.gui.widgets.panel_edits import PanelEdits
from annsim.network.neuron import ROLES

LINE = ""  # a parting line among names of actions
EDITING = ("cut", "copy", "paste", "duplicate", "delete")
SIMILAR = ("same_role", "same_activation", "same_layer")
CONNECT = ("mark", "connect_all", "connect_one_to_one", "connect_random", "connect_nearest", LINE, "insert_layer")
LINES = ("align_left", "align_right", "align_top", "align_bottom", "align_column", "align_row")
SHAPES = ("arrange_layers", "arrange_grid", "arrange_circle")
ARRANGE = (*SHAPES, LINE, *LINES, LINE, "distribute_across", "distribute_down")
ARROWS = ("select_incoming", "select_outgoing", "select_inner")
ON_ARROWS = ("to_source", "to_target", LINE, "delete")
GROUPING = ("group", "ungroup", "fold", "rename_group", LINE, "add_to_group", "leave_group")
ON_NOTES = ("open_selected", LINE, *EDITING)
ON_NOTHING = ("add_neuron", "add_note", "layer", "layers", LINE, "paste", "select_all", LINE, "arrange_layers", "fit")
WEIGHTS = (0.0, 1.0, -1.0)


class ContextMenu(QObject):
    """Makes the menu for the selection each time it is asked for.

    Parameters
    ----------
    board : the canvas.
    viewport : the widget over which the menu opens.

    Attributes
    ----------
    actions : actions by name; those that are not there are left out.
    """

    def __init__(self, board: Board, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._board, self._viewport = board, viewport
        self._edits = PanelEdits(board.document, lambda text: board.say(text) if text else None)
        self._menu: QMenu | None = None
        self.actions: Mapping[str, QAction] = {}

    def open_at(self, point: QPointF) -> None:
        """Open it for what lies under a point, which is selected if it was not, or for the empty place."""
        is_empty = not self._select_at(point)
        self._board.stage.menu_place = point if is_empty else None
        self._open(point, is_empty)

    def open_for_selection(self) -> None:
        """Open it for what is selected."""
        is_empty = not self._board.stage.has_selection and not self._board.document.selected_notes
        self._open(self._place_of_selection(), is_empty)

    def _open(self, point: QPointF, is_empty: bool) -> None:
        if self._menu is not None:
            return  # one key may ask for it in two ways
        self._menu = menu = QMenu(self._viewport)
        menu.setToolTipsVisible(True)
        document = self._board.document
        if is_empty:
            self._add(menu, ON_NOTHING)
        elif document.selected_neurons:
            self._fill_for_neurons(menu, sorted(document.selected_neurons))
        elif document.selected_connections:
            self._fill_for_arrows(menu, sorted(document.selected_connections))
        else:
            self._add(menu, ON_NOTES)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._forget))  # after the action chosen in it
        menu.popup(self._viewport.mapToGlobal(point.toPoint()))

    def _select_at(self, point: QPointF) -> bool:
        board, document = self._board, self._board.document
        neuron = board.neuron_at(point)
        cover = cover_at(board, point) if neuron is None else None
        if cover is not None:
            neurons, notes = held_by(board, cover)
            if not (neurons <= document.selected_neurons and notes <= document.selected_notes):
                board.choose(neurons, notes=notes)
            return True
        arrow = board.arrow_at(point) if neuron is None else None
        if neuron is not None and neuron not in document.selected_neurons:
            board.click(neuron, None, False)
        elif arrow is not None and arrow not in document.selected_connections:
            board.click(None, arrow, False)
        return neuron is not None or arrow is not None

    def _place_of_selection(self) -> QPointF:
        board, drawing = self._board, self._board.stage.drawing
        eye, rows = board.eye(), board.stage.selected_rows()
        arrows = drawing.arrow_rows(board.document.selected_connections)
        if len(rows):
            places = drawing.positions[rows[:1]]
        elif len(arrows):
            places = drawing.positions[[drawing.source[arrows[0]], drawing.target[arrows[0]]]]
        elif board.document.selected_notes:
            middle = board.stage.notes.rect(min(board.document.selected_notes)).center()
            places = np.array([[middle.x(), middle.y()]])
        else:
            return eye.rect.center()
        x, y = eye.to_screen(places).mean(axis=0).tolist()
        return QPointF(min(max(x, 0.0), eye.width), min(max(y, 0.0), eye.height))

    def _fill_for_neurons(self, menu: QMenu, neurons: list[int]) -> None:
        values = [self._board.document.network.neuron_values(i) for i in neurons]
        computing = [one for one in values if one.role != "input"]
        ids = [one.id for one in computing]
        self._add(menu, ("open_selected", "edit_value", "rename"))
        functions, outputs = {one.activation for one in computing}, {one.output for one in computing}
        for title, field, names, present, chosen, picture in (
            ("Activation function", "activation", ACTIVATIONS, functions, ids, curve_icon),
            ("Output function", "output", OUTPUTS, outputs, ids, None),
            ("Role", "role", ROLES, {one.role for one in values}, neurons, _role_icon),
        ):
            set_field = partial(self._edits.set_neurons, field, chosen)
            self._add_choices(menu, title, names, present, set_field, picture)
        locked = {one.locked for one in computing}
        self._add_lock(menu, "bias", locked, partial(self._edits.set_neurons, "locked", ids))
        menu.addSeparator()
        self._add(menu, EDITING)
        menu.addSeparator()
        self._add(menu.addMenu("Select similar"), SIMILAR)
        self._add(menu, ARROWS)
        menu.addSeparator()
        self._add(menu.addMenu(icon("connect_all"), "Connect"), CONNECT)
        self._add(menu.addMenu(icon("arrange"), "Arrange"), ARRANGE)
        self._add(menu.addMenu(icon("group"), "Group"), GROUPING)

    def _fill_for_arrows(self, menu: QMenu, arrows: list[int]) -> None:
        network = self._board.document.network
        rows = self._board.stage.drawing.arrow_rows(arrows)
        present = {number_text(weight) for weight in self._board.stage.drawing.weights[rows].tolist()}
        texts = {number_text(weight): weight for weight in WEIGHTS}
        set_weight = partial(self._edits.set_connections, "weight", arrows)
        self._add(menu, ("edit_value",))
        self._add_choices(menu, "Weight", texts, present, lambda text: set_weight(texts[text]))
        locked = set(network.store.block.locked[rows].tolist())
        self._add_lock(menu, "weight", locked, partial(self._edits.set_connections, "locked", arrows))
        menu.addSeparator()
        self._add(menu, ON_ARROWS)

    def _add_choices(
        self,
        menu: QMenu,
        title: str,
        names: Iterable[str],
        present: Collection[str],
        choose: Callable[[str], object],
        picture: Callable[[str, int], QIcon] | None = None,
    ) -> None:
        """Add a sub-menu of words, with a mark at the present one; greyed out where nothing has such a value."""
        sub = menu.addMenu(title)
        sub.setEnabled(bool(present))
        group = QActionGroup(sub)
        for name in names:
            action = sub.addAction(name)
            action.setCheckable(True)
            group.addAction(action)
            if set(present) == {name}:
                action.setChecked(True)
                action.setFont(font("strong"))  # an icon takes the place of the tick
            if picture is not None:
                action.setIcon(picture(name, size("icon_small")))
            action.triggered.connect(lambda checked=False, name=name: choose(name))

    def _add_lock(self, menu: QMenu, what: str, present: set[bool], set_locked: Callable[[bool], object]) -> None:
        action = menu.addAction(f"Lock the {what}")
        action.setToolTip(f"Training leaves a locked {what} as it is")
        action.setEnabled(bool(present))
        action.setCheckable(True)
        action.setChecked(present == {True})
        action.triggered.connect(lambda is_locked: set_locked(is_locked))

    def _add(self, menu: QMenu, names: Iterable[str]) -> None:
        for name in names:
            if name == LINE:
                menu.addSeparator()
            elif name in self.actions:
                menu.addAction(self.actions[name])

    def _forget(self) -> None:
        menu, self._menu = self._menu, None
        self._board.stage.menu_place = None
        if menu is not None:
            menu.deleteLater()


def _role_icon(role: str, side: int) -> QIcon:
    return icon(f"neuron_{role}", size=side)
