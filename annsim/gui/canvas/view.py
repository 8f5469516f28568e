"""The canvas: the network as it is drawn, and everything that can be done to it with mouse and keys."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from annsim.gui.actions import make_actions
from annsim.gui.canvas.arrow_layer import ArrowLayer
from annsim.gui.canvas.board import Board
from annsim.gui.canvas.commands import canvas_handlers, show_what_can_be_done
from annsim.gui.canvas.connecting import Connecting
from annsim.gui.canvas.context_menu import ContextMenu
from annsim.gui.canvas.drop import Drop, payload_of
from annsim.gui.canvas.empty_state import EmptyButtons, paint_empty
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.find_search import FindSearch
from annsim.gui.canvas.grid import Grid
from annsim.gui.canvas.group_paint import paint_folded_groups, paint_open_groups
from annsim.gui.canvas.hand import Hand
from annsim.gui.canvas.in_view import InView
from annsim.gui.canvas.mini_map import MiniMap
from annsim.gui.canvas.note_paint import paint_notes
from annsim.gui.canvas.overlays import MARGIN, Legend, ZoomControl, paint_count
from annsim.gui.canvas.ready_made import ReadyMade
from annsim.gui.canvas.scene import NetworkScene
from annsim.gui.canvas.stage import Stage
from annsim.gui.canvas.switches import set_up_switches
from annsim.gui.canvas.walk import Walk
from annsim.gui.canvas.zoom import Zoom
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.network.neuron import Role

MINI_MAP_GAP = 8  # px between mini-map and zoom control
REST_MS = 120  # after so long without a move a large picture is drawn sharp again


class CanvasView(QGraphicsView):
    """Shows a document's network; hands the mouse to one gesture at a time.

    Signals
    -------
    neuron_opened, connection_opened : the id of what was double-clicked.
    message : a sentence for the status bar, such as why something was refused.
    zoom_changed : 1.0 is 100 %.
    space_tapped : Space was pressed and released without a drag.
    hovered : the id of the neuron under the pointer, or None.
    pattern_wanted : "random" or "nearest", and the ids of the sources and targets to be connected like that.
    layers_wanted, data_wanted, example_wanted : the buttons of the empty canvas.

    Attributes
    ----------
    actions_by_name : the actions that belong to the canvas; the window puts them into its menus.
    menu : the menu of the right button.
    ready_made : adds layers.
    """

    neuron_opened = Signal(int)
    connection_opened = Signal(int)
    message = Signal(str)
    zoom_changed = Signal(float)
    space_tapped = Signal()
    hovered = Signal(object)
    pattern_wanted = Signal(str, object, object)
    layers_wanted = Signal()
    data_wanted = Signal()
    example_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "The network as it is drawn; N adds a neuron, T a note, Tab walks, arrow keys move the selection"
        )
        self._stage = Stage(document)
        self._scene = NetworkScene(self._stage, self)  # a view does not own its scene
        self._board = Board(self._scene, self.eye, self.message.emit)
        self._arrows, self._grid = ArrowLayer(self._stage), Grid()
        self._drop: Drop | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._catch_up)
        self._set_up_view()
        self._zoom = Zoom(self, self._scene)
        self._zoom.changed.connect(self._show_zoom)
        self._hand = Hand(self._board, self._arrows, self._zoom, self.viewport())
        self._hand.neuron_opened.connect(self.neuron_opened)
        self._hand.connection_opened.connect(self.connection_opened)
        self._hand.space_tapped.connect(self.space_tapped)
        self._hand.hovered.connect(self.hovered)
        self._in_view = in_view = InView(self._board, self._zoom)
        self._walk = Walk(self._board, in_view)
        self.menu = ContextMenu(self._board, self.viewport())
        self.ready_made = ReadyMade(self._board, self.viewport(), in_view)
        connecting = Connecting(self._board, self.pattern_wanted.emit)
        self.finding = FindSearch(self, self.viewport(), self._board, in_view)
        handlers = canvas_handlers(self._board, self._hand, in_view, self._walk, self.menu, connecting, self.ready_made)
        handlers |= self.finding.handlers()
        self.menu.actions = self.actions_by_name = make_actions(self, handlers)
        self._set_up_overlays()
        document.selection_changed.connect(self._show_what_can_be_done)
        document.edited.connect(self._network_changed)
        document.replaced.connect(self._start_again)
        self._network_changed()

    # places, for other parts and for tests

    def eye(self) -> Eye:
        """Return from where the scene is seen now."""
        viewport = self.viewport()
        return Eye.of(self.viewportTransform(), viewport.width(), viewport.height(), viewport.devicePixelRatioF())

    def neuron_position(self, neuron_id: int) -> QPoint:
        """Return the centre of a neuron in viewport pixels."""
        self._zoom.finish()
        return self._board.circle(neuron_id)[0].toPoint()

    def rim_position(self, neuron_id: int) -> QPoint:
        """Return a point in viewport pixels from which dragging draws an arrow."""
        self._zoom.finish()
        return self._board.rim_point(neuron_id, self._is_bare)

    # zoom

    @property
    def zoom(self) -> float:
        """The zoom; 1.0 is 100 %."""
        return self._zoom.factor

    def fit(self) -> None:
        """Show the whole network, at most at 100 %."""
        self._zoom.fit()

    def set_zoom(self, factor: float) -> None:
        """Zoom about the middle of the view."""
        self._zoom.set(factor)

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self._zoom.step(1)

    def zoom_out(self) -> None:
        """Zoom out by one step."""
        self._zoom.step(-1)

    # what panels and menus do as well

    def add_neuron(self, role: Role = "hidden", activation: str = "") -> None:
        """Add a neuron at a free place in view; without an activation it gets that of its role."""
        self._zoom.leave_alone()
        self._board.add_neuron(role, self._board.free_point(role), activation or None)

    def go_to(self, neuron_id: int) -> None:
        """Select a neuron and show it large enough to read; nothing happens where it is gone."""
        if neuron_id not in self._stage.document.network.neurons:
            return
        self._walk.go(neuron_id)
        self._in_view.enlarge(neuron_id)
        self._in_view.reveal([neuron_id], may_fit=False)
        self.setFocus()

    def know_actions(self, actions: Mapping[str, QAction]) -> None:
        """Offer all actions of the window in menus, and grey them out while what they need is not there."""
        self.menu.actions = actions
        self._show_what_can_be_done()

    def set_bias_inputs_shown(self, is_shown: bool) -> None:
        """Draw each bias as an arrow from a source that is always +1, or not."""
        self._stage.shows_bias_inputs = is_shown
        self._scene.update()

    def cancel(self) -> None:
        """End the gesture under way; nothing has changed."""
        self._hand.cancel()

    # setting up

    def _set_up_view(self) -> None:
        self.setScene(self._scene)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)

    def _set_up_overlays(self) -> None:
        viewport = self.viewport()
        self._legend, self._zoom_control = Legend(viewport), ZoomControl(viewport)
        self._mini_map = MiniMap(self._board, self._zoom, viewport)
        self._empty_buttons = EmptyButtons(viewport)
        set_up_switches(self.actions_by_name, self._stage, self._mini_map)
        self._zoom_control.zoomed_in.connect(self.zoom_in)
        self._zoom_control.zoomed_out.connect(self.zoom_out)
        self._zoom_control.fitted.connect(self.fit)
        self._zoom_control.reset.connect(lambda: self.set_zoom(1.0))
        self._empty_buttons.layers.clicked.connect(self.layers_wanted)
        self._empty_buttons.data.clicked.connect(self.data_wanted)
        self._empty_buttons.example.clicked.connect(self.example_wanted)

    def _place_overlays(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        self._legend.move(MARGIN, height - MARGIN - self._legend.height())
        control = self._zoom_control
        control.move(width - MARGIN - control.width(), height - MARGIN - control.height())
        above = control.y() - MINI_MAP_GAP
        self._mini_map.move(width - MARGIN - self._mini_map.width(), above - self._mini_map.height())
        self._empty_buttons.place(width, height)
        self.finding.place(width)

    def _is_bare(self, point: QPoint) -> bool:
        """Return whether a viewport point is in view and no overlay lies over it."""
        return self.viewport().rect().contains(point) and self.viewport().childAt(point) is None

    # answers to the document

    def _network_changed(self, edit: object = None) -> None:
        self.cancel()
        self._zoom.follow()
        is_empty = self._stage.is_empty
        self._empty_buttons.setVisible(is_empty)
        self._legend.setVisible(not is_empty)
        self._place_overlays()
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        show_what_can_be_done(self.menu.actions, self._board)

    def _catch_up(self) -> None:
        self._arrows.catch_up()
        self.finding.catch_up()
        self._scene.update()

    def _start_again(self) -> None:
        self._network_changed()
        self._zoom.fit(at_once=True)

    def _show_zoom(self, factor: float) -> None:
        self._zoom_control.show_zoom(factor)
        self._place_overlays()
        self.zoom_changed.emit(factor)

    # painting

    def _paint_foreground(self, painter: QPainter) -> None:
        look, eye = theme().look, self.eye()
        self._arrows.paint_labels(painter, look, eye)
        if self._stage.is_empty and not self._hand.writing.is_open:
            paint_empty(painter, look, eye)
        self._hand.paint(painter, look)
        if self._drop is not None:
            self._drop.paint(painter, look)
        count = self._arrows.count
        paint_count(painter, look, count.drawn, count.in_view)

    # Qt's own

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: D102, N802
        painter.save()
        painter.resetTransform()
        look, eye = theme().look, self.eye()
        self._grid.paint(painter, look, eye)
        paint_open_groups(painter, look, self._stage, eye)
        self._hand.paint_ground(painter, look)
        self.finding.paint(painter, look, eye)
        self._arrows.paint(painter, look, eye)
        paint_notes(painter, look, self._stage, eye)
        paint_folded_groups(painter, look, self._stage, eye)
        if self._arrows.is_late or self.finding.is_late:
            self._rest.start(REST_MS)
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: D102, N802
        painter.save()
        painter.resetTransform()
        self._paint_foreground(painter)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102, N802
        self._hand.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102, N802
        self._zoom.turn(event.angleDelta().y() or event.angleDelta().x(), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        event.setAccepted(self._hand.press_key(event) or self.finding.press_key(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        event.setAccepted(self._hand.release_key(event))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102, N802
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu.open_for_selection()
        elif not self._hand.is_busy:
            self.menu.open_at(QPointF(event.pos()))

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: N802
        """Let Tab walk from neuron to neuron, and leave the canvas behind the last one."""
        return (self.hasFocus() and self._walk.step(is_next)) or super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._walk.enter(event.reason() == Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102, N802
        self._hand.forget_keys()
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._walk.leave()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._zoom.resized()
        self._place_overlays()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        self._zoom.resized()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802
        self.cancel()
        self._hand.in_place.editor.leave()
        super().hideEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: D102, N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._hand.tool_tip(), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hand.leave()
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802
        payload = payload_of(event.mimeData())
        self._drop = None if payload is None else Drop(self._board, payload, self.ready_made)
        event.setAccepted(payload is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: D102, N802
        event.setAccepted(self._drop is not None and self._drop.move(event.position(), _is_free(event)))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: D102, N802
        drop, self._drop = self._drop, None
        if drop is not None:
            drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802
        drop, self._drop = self._drop, None
        self.setFocus(Qt.FocusReason.MouseFocusReason)  # before the drop, which may open fields
        event.setAccepted(drop is not None and drop.drop(event.position(), _is_free(event)))


def _is_free(event: QDropEvent) -> bool:
    """Return whether Alt is held, so that nothing draws what is dragged to itself."""
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
