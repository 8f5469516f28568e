"""The main window: puts the parts together and lets their signals meet; it computes nothing itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QMessageBox, QTabWidget, QWidget

from annsim import __version__
from annsim.errors import AnnsimError
from annsim.formats.examples import examples
from annsim.gui.actions import ACTIONS, MENUS, make_actions, set_icons
from annsim.gui.canvas.view import CanvasView
from annsim.gui.collector import collect_in_this_thread
from annsim.gui.dialogs.layers_dialog import LayerDialog, LayersDialog
from annsim.gui.dialogs.neuron_window import NeuronWindow
from annsim.gui.document import Document
from annsim.gui.failures import Failures
from annsim.gui.file_actions import FileActions
from annsim.gui.panels.data_panel import DataPanel
from annsim.gui.panels.palette_panel import PalettePanel
from annsim.gui.panels.properties_panel import PropertiesPanel
from annsim.gui.panels.training_panel import STUCK, TrainingPanel
from annsim.gui.plots.loss_plot import LossPlot
from annsim.gui.preferences import Preferences
from annsim.gui.status_bar import StatusBar
from annsim.gui.theme import CHOICES, theme
from annsim.gui.tool_bar import TrainingToolBar
from annsim.gui.training_control import State, TrainingControl, pace_of
from annsim.gui.weight_questions import may_draw_over
from annsim.network.merging import adding
from annsim.network.network import LAYER_DISTANCE, Network
from annsim.paths import log_folder, settings_folder
from annsim.project.project import Project
from annsim.training.run import Run

SIZE = 1600, 1000
LEAST_SIZE = 1024, 640
DOCK_SIZES = (
    (1400, 216, 280, 184),
    (2200, 240, 320, 248),
    (99999, 288, 384, 336),
)  # below a width: left, right, bottom
DOCKS = (
    ("palette", "Palette", Qt.DockWidgetArea.LeftDockWidgetArea, "palette_panel"),
    ("data", "Data", Qt.DockWidgetArea.LeftDockWidgetArea, "data_panel"),
    ("properties", "Properties", Qt.DockWidgetArea.RightDockWidgetArea, "properties_panel"),
    ("training", "Training", Qt.DockWidgetArea.RightDockWidgetArea, "training_panel"),
    ("loss", "Loss", Qt.DockWidgetArea.BottomDockWidgetArea, "loss_plot"),
)


class MainWindow(QMainWindow):
    """The window of one document."""

    def __init__(self, project: Project | None = None) -> None:
        super().__init__()
        collect_in_this_thread()
        self.document = Document(project)
        self.control = TrainingControl(self.document)
        self.preferences = Preferences()
        self.failures = Failures()
        self.files = FileActions(self, self.document, self.control, self.preferences)
        self.failures.save_copy = self.files.save_copy
        theme().set_choice(self.preferences.theme)
        self.canvas = CanvasView(self.document)
        self.setCentralWidget(self.canvas)
        self.palette_panel = PalettePanel(self.document)
        self.data_panel = DataPanel(self.document, self.control)
        self.properties_panel = PropertiesPanel(self.document)
        self.training_panel = TrainingPanel(self.document, self.control)
        self.loss_plot = LossPlot(self.document, self.control)
        self.docks = {row[0]: self._dock(*row) for row in DOCKS}
        self.actions_by_name = make_actions(self, self._handlers())
        self._recent_menu = QMenu("Open recent", self)
        self._make_menus()
        self.tool_bar = TrainingToolBar(self.actions_by_name, self.control)
        self.addToolBar(self.tool_bar)
        self.status_bar = StatusBar(self.document, self.control)
        self.setStatusBar(self.status_bar)
        self.setAcceptDrops(True)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*SIZE)
        self._lay_out()
        self._join()
        self._restore_layout()
        self._show_document()

    @property
    def project(self) -> Project:
        """The project on show."""
        return self.document.project

    # assembling

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.files.new,
            "open": self.files.open,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export": self.files.export,
            "close": self.close,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "delete": self.canvas.delete_selected,
            "select_all": self.canvas.select_all,
            "fit": self.canvas.fit,
            "zoom_100": lambda: self.canvas.set_zoom(1.0),
            "zoom_in": self.canvas.zoom_in,
            "zoom_out": self.canvas.zoom_out,
            "bias_inputs": lambda: self.canvas.set_bias_inputs_shown(self.actions_by_name["bias_inputs"].isChecked()),
            "layer": lambda: self._add_layers(LayerDialog(self)),
            "layers": lambda: self._add_layers(LayersDialog(self)),
            "new_seed": lambda: self._guarded(self._new_seed),
            "open_data": self.data_panel.open_file_dialog,
            "fit_network": self.data_panel.fit,
            "play": lambda: self._guarded(self.control.toggle),
            "step": lambda: self._guarded(self.control.step),
            "epoch": lambda: self._guarded(self.control.epoch),
            "reset": self.control.reset,
            "light_dark": lambda: self._set_theme("light" if theme().look.is_dark else "dark"),
            "default_layout": self._default_layout,
            "about": self._about,
        }

    def _dock(self, name: str, title: str, area: Qt.DockWidgetArea, attribute: str) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"{name}_dock")
        dock.setWidget(getattr(self, attribute))
        self.addDockWidget(area, dock)
        for signal in (dock.visibilityChanged, dock.dockLocationChanged, dock.topLevelChanged):
            signal.connect(self._dock_moved)
        return dock

    def _dock_moved(self, *_: object) -> None:
        QTimer.singleShot(0, self, self._show_dock_titles)  # with a receiver: not after the window is gone

    def _show_dock_titles(self) -> None:
        """Hide the title row of docks that are tabs: the tab says the name already, and can be dragged."""
        for dock in self.docks.values():
            is_tab = bool(self.tabifiedDockWidgets(dock)) and not dock.isFloating()
            if is_tab == (dock.titleBarWidget() is None):
                dock.setTitleBarWidget(QWidget() if is_tab else None)  # type: ignore[arg-type]  # None: Qt's own title

    def _make_menus(self) -> None:
        self._menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        for row in ACTIONS:
            if row.parted:
                self._menus[row.menu].addSeparator()
            self._menus[row.menu].addAction(self.actions_by_name[row.name])
        before = self.actions_by_name["save"]
        self._menus["File"].insertMenu(before, self._recent_menu)
        self._menus["File"].insertMenu(before, self._example_menu())
        self._menus["Window"].addMenu(self._theme_menu())
        self._menus["Window"].addSeparator()
        for dock in self.docks.values():
            self._menus["Window"].addAction(dock.toggleViewAction())
        self._show_recent()

    def _example_menu(self) -> QMenu:
        self.example_menu = menu = QMenu("Examples", self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill_examples)  # reading them would make the start slower
        return menu

    def _fill_examples(self) -> None:
        if self.example_menu.actions():
            return
        for example in examples().values():
            action = self.example_menu.addAction(example.title)
            action.setToolTip(example.note)
            action.triggered.connect(lambda checked=False, name=example.name: self.files.open_example(name))

    def _theme_menu(self) -> QMenu:
        menu = QMenu("Theme", self)
        for choice in CHOICES:
            text = "Follow the system" if choice == "system" else choice.replace("_", " ").capitalize()
            action = menu.addAction(text)
            action.triggered.connect(lambda checked=False, name=choice: self._set_theme(name))
        return menu

    def _lay_out(self) -> None:
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._default_layout()

    def _default_layout(self) -> None:
        for name, _, area, _ in DOCKS:
            self.docks[name].setFloating(False)
            self.addDockWidget(area, self.docks[name])
            self.docks[name].show()
        self.tabifyDockWidget(self.docks["properties"], self.docks["training"])
        self.docks["properties"].raise_()
        left, right, bottom = next(sizes for width, *sizes in DOCK_SIZES if self.width() < width)
        self.resizeDocks([self.docks["palette"], self.docks["properties"]], [left, right], Qt.Orientation.Horizontal)
        docks = [self.docks["palette"], self.docks["data"], self.docks["loss"]]
        palette = 400 if self.height() >= 860 else 212  # with words, or as icons
        self.resizeDocks(docks, [palette, self.height() - 130 - palette, bottom], Qt.Orientation.Vertical)

    def _restore_layout(self) -> None:
        layout = self.preferences.layout()
        self._has_own_layout = layout is not None
        if layout is not None:
            self.restoreGeometry(layout[0])
            self.restoreState(layout[1])

    def _join(self) -> None:
        """Let the signals of the parts meet."""
        document, canvas = self.document, self.canvas
        palette, properties, training = self.palette_panel, self.properties_panel, self.training_panel
        properties.neuron_opened.connect(self._open_neuron)
        training.new_seed_wanted.connect(self.actions_by_name["new_seed"].trigger)
        palette.layer_wanted.connect(self.actions_by_name["layer"].trigger)
        palette.layers_wanted.connect(self.actions_by_name["layers"].trigger)
        palette.neuron_wanted.connect(canvas.add_neuron)
        canvas.layers_wanted.connect(self.actions_by_name["layers"].trigger)
        canvas.data_wanted.connect(self.actions_by_name["open_data"].trigger)
        canvas.example_wanted.connect(self._pop_up_examples)
        canvas.neuron_opened.connect(self._open_neuron)
        canvas.message.connect(self.status_bar.say)
        canvas.space_tapped.connect(self.actions_by_name["play"].trigger)
        self.tool_bar.speed.pace_chosen.connect(self._keep_pace)
        self.files.said.connect(self.status_bar.say)
        self.files.data_dropped.connect(self.data_panel.open_source)
        self.files.recent_changed.connect(self._show_recent)
        self.control.failed.connect(self.failures.note)
        self.control.run_ended.connect(self._say_bad_end)
        self.control.stuck_changed.connect(self._say_stuck)
        self.control.run_started.connect(self._forget_messages)
        for signal in (document.undo_begins, document.data_changed):
            signal.connect(self.tool_bar.clear_meters)
        for signal in (document.saved_changed, document.replaced):
            signal.connect(self._show_title)
        document.undo_changed.connect(self._show_undo)
        for signal in (document.edited, document.data_changed, document.replaced):
            signal.connect(self._show_what_is_missing)
        document.replaced.connect(self._show_document)
        theme().changed.connect(self._recolour)

    # showing

    def _show_document(self) -> None:
        self._show_title()
        self._show_undo()
        self.tool_bar.clear_meters()
        self.tool_bar.speed.set_pace(pace_of(self.document))
        self.tool_bar.show_state()
        if self.document.project.data is not None and self.document.dataset is None:
            self.data_panel.open_reference(self.document.project.data)
        QTimer.singleShot(0, self.canvas, self.canvas.fit)

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.document.title}[*] – annsim")
        self.setWindowModified(not self.document.is_saved)

    def _show_undo(self) -> None:
        stack = self.document.undo_stack
        for name, can, text in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            action = self.actions_by_name[name]
            action.setEnabled(can)
            action.setText(f"{name.capitalize()} {text}".strip())

    def _show_what_is_missing(self, edit: object = None) -> None:
        if self.control.state is not State.RUNNING:
            self.tool_bar.show_state()

    def _recolour(self) -> None:
        set_icons(self.actions_by_name)
        self.tool_bar.show_state()

    def _show_recent(self) -> None:
        self._recent_menu.clear()
        for path in self.preferences.recent:
            action = self._recent_menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda checked=False, chosen=path: self.files.open_path(chosen))
        self._recent_menu.setEnabled(bool(self.preferences.recent))

    # doing

    def open_path(self, path: Path) -> None:
        """Open a file given on the command line or by the system."""
        self.files.drop(path)

    def _guarded(self, do: Callable[[], object]) -> None:
        try:
            do()
        except AnnsimError as error:
            self.status_bar.say(str(error))

    def _keep_pace(self, pace: float | None) -> None:
        self.project.speed = 0 if pace is None else round(pace)

    def _new_seed(self) -> None:
        if may_draw_over(self, self.document):
            self.control.new_seed()

    def _open_neuron(self, neuron_id: int) -> None:
        name = f"neuron_window_{neuron_id}"
        window = self.findChild(NeuronWindow, name)
        if window is None or not window.isVisible():
            window = NeuronWindow(self.document, neuron_id, self)
            window.setObjectName(name)
        window.show()
        window.raise_()

    def _add_layers(self, dialog: LayerDialog | LayersDialog) -> None:
        if dialog.exec() and dialog.network is not None:
            part: Network = dialog.network
            network = self.document.network
            right = max((network.neuron_values(i).position[0] for i in network.neurons), default=-LAYER_DISTANCE)
            edit = adding(network, part, (right + LAYER_DISTANCE, 0.0), "Add layers")
            self.document.do(edit)
            self.document.select([values.id for values in edit.neurons])
            self.canvas.fit()

    def _pop_up_examples(self) -> None:
        button = self.sender()
        place = self.cursor().pos()
        if isinstance(button, QWidget):
            place = button.mapToGlobal(button.rect().center())
        self.example_menu.popup(place)

    def _say_bad_end(self, run: Run) -> None:
        if run.stopped_by == "not_finite":
            self.loss_plot.strip.show_message("error", run.message)

    def _say_stuck(self, is_stuck: bool) -> None:
        strip = self.loss_plot.strip
        if is_stuck:
            strip.show_message("warning", STUCK, "New seed", self.actions_by_name["new_seed"].trigger)
        elif strip.text == STUCK:
            strip.clear()

    def _forget_messages(self, session: object) -> None:
        self.loss_plot.strip.clear()

    def _set_theme(self, choice: str) -> None:
        self.preferences.theme = choice
        theme().set_choice(choice)

    def _about(self) -> None:
        QMessageBox.about(
            self,
            "About annsim",
            f"annsim {__version__}\nWorkbench for artificial neural networks at the level of single neurons.\n\n"
            f"Settings: {settings_folder()}\nLog: {log_folder()}",
        )

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802
        super().showEvent(event)
        if not self._has_own_layout:
            self._has_own_layout = True
            self._default_layout()  # the sizes of docks suit the size that the window got

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802
        self.files.drop(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802
        if not self.files.may_discard():
            event.ignore()
            return
        self.control.close()
        self.preferences.save_layout(QByteArray(self.saveGeometry()), QByteArray(self.saveState()))
        event.accept()
