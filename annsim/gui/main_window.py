"""The main window: puts the parts together and lets their signals meet; it computes nothing itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QMessageBox, QWidget

from annsim import __version__
from annsim.errors import AnnsimError
from annsim.formats.examples import examples
from annsim.gui.action_rows import ACTIONS, MENUS
from annsim.gui.actions import make_actions, set_icons, show_possible
from annsim.gui.canvas.switches import remember_switches
from annsim.gui.canvas.view import CanvasView
from annsim.gui.collector import collect_in_this_thread
from annsim.gui.dialogs.connect_dialog import ConnectDialog
from annsim.gui.dialogs.neuron_window import NeuronWindow
from annsim.gui.document import Document
from annsim.gui.failures import Failures
from annsim.gui.file_actions import FileActions
from annsim.gui.panels.data_panel import DataPanel
from annsim.gui.panels.palette_panel import PalettePanel
from annsim.gui.panels.probe_panel import ProbePanel
from annsim.gui.panels.properties_panel import PropertiesPanel
from annsim.gui.panels.training_panel import STUCK, TrainingPanel
from annsim.gui.plots.loss_plot import LossPlot
from annsim.gui.preferences import Preferences
from annsim.gui.status_bar import StatusBar
from annsim.gui.theme import CHOICES, theme
from annsim.gui.tool_bar import TrainingToolBar
from annsim.gui.training_control import State, TrainingControl, pace_of
from annsim.gui.weight_questions import may_draw_over
from annsim.gui.welcome_control import WelcomeControl
from annsim.gui.window_layout import WindowLayout
from annsim.gui.window_tools import WindowTools
from annsim.gui.windows import WindowList, windows
from annsim.paths import log_folder, settings_folder
from annsim.project.project import Project
from annsim.training.run import Run

SIZE = 1600, 1000
LEAST_SIZE = 1024, 640
DOCKS = (
    ("palette", "Palette", Qt.DockWidgetArea.LeftDockWidgetArea, "palette_panel"),
    ("data", "Data", Qt.DockWidgetArea.LeftDockWidgetArea, "data_panel"),
    ("probe", "Probe", Qt.DockWidgetArea.LeftDockWidgetArea, "probe_panel"),
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
        if not windows().all:  # the first one; all others find the theme in force
            theme().set_choice(self.preferences.theme)
        self.canvas = CanvasView(self.document)
        self.setCentralWidget(self.canvas)
        self.palette_panel = PalettePanel(self.document)
        self.data_panel = DataPanel(self.document, self.control)
        self.probe_panel = ProbePanel(self.document)
        self.properties_panel = PropertiesPanel(self.document)
        self.training_panel = TrainingPanel(self.document, self.control)
        self.loss_plot = LossPlot(self.document, self.control)
        self._title_timer = QTimer(self, singleShot=True, interval=0)  # a shot in the air would keep a closed window
        self._title_timer.timeout.connect(self._show_dock_titles)
        self.docks = {row[0]: self._dock(*row) for row in DOCKS}
        self.tools = WindowTools(self, self.document, self.preferences, self.canvas.go_to)
        self.actions_by_name = self.canvas.actions_by_name | make_actions(self, self._handlers())
        self.canvas.know_actions(self.actions_by_name)
        self._recent_menu = QMenu("Open recent", self)
        self._make_menus()
        self.tool_bar = TrainingToolBar(self.actions_by_name, self.control)
        self.addToolBar(self.tool_bar)
        self.status_bar = StatusBar(self.document, self.control)
        self.setStatusBar(self.status_bar)
        self.setAcceptDrops(True)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*SIZE)
        areas = {name: area for name, _, area, _ in DOCKS}
        self.layout_of_docks = WindowLayout(self, self.docks, areas, self.preferences)
        self._join()
        self.layout_of_docks.restore()
        self.actions_by_name["bias_inputs"].setChecked(self.preferences.shows_bias_inputs)
        self._show_bias_inputs()
        remember_switches(self.actions_by_name, self.preferences)
        self.welcome = WelcomeControl(self)
        self._show_document()

    @property
    def project(self) -> Project:
        """The project on show."""
        return self.document.project

    # assembling

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.files.new,
            "new_window": self.files.new_window,
            "open": self.files.open,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export": self.files.export,
            "close": self.close,
            "quit": QApplication.closeAllWindows,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "fit": self.canvas.fit,
            "zoom_100": lambda: self.canvas.set_zoom(1.0),
            "zoom_in": self.canvas.zoom_in,
            "zoom_out": self.canvas.zoom_out,
            "bias_inputs": self._show_bias_inputs,
            "layer": lambda: self.canvas.ready_made.add("layer"),
            "layers": lambda: self.canvas.ready_made.add("layers"),
            "new_seed": lambda: self._guarded(self._new_seed),
            "open_data": lambda: self.welcome.open_data(fits=False),
            "fit_network": self.data_panel.fit,
            "play": lambda: self._guarded(self.control.toggle),
            "step": lambda: self._guarded(self.control.step),
            "epoch": lambda: self._guarded(self.control.epoch),
            "reset": self.control.reset,
            "light_dark": lambda: self._set_theme("light" if theme().look.is_dark else "dark"),
            "default_layout": lambda: self.layout_of_docks.default(),
            "welcome": lambda: self.welcome.show(),
            "about": self._about,
            **self.tools.handlers(),
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
        self._title_timer.start()

    def _show_dock_titles(self) -> None:
        """Hide the title row of docks that are tabs: the tab says the name already, and can be dragged."""
        for dock in self.docks.values():
            is_tab = bool(self.tabifiedDockWidgets(dock)) and not dock.isFloating()
            if is_tab == (dock.titleBarWidget() is None):
                dock.setTitleBarWidget(QWidget() if is_tab else None)  # type: ignore[arg-type]  # None: Qt's own title

    def _make_menus(self) -> None:
        self._menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        for row in ACTIONS:
            menu = self._menu(row.menu)
            if row.parted:
                menu.addSeparator()
            menu.addAction(self.actions_by_name[row.name])
        before = self.actions_by_name["save"]
        self._menus["File"].insertMenu(before, self._recent_menu)
        self._menus["File"].insertMenu(before, self._example_menu())
        self._menus["Window"].addMenu(self._theme_menu())
        self._menus["Window"].addSeparator()
        for dock in self.docks.values():
            self._menus["Window"].addAction(dock.toggleViewAction())
        for menu in self._menus.values():
            menu.setToolTipsVisible(True)  # a greyed action says there what it needs
        WindowList(self._menus["Window"], self)
        self._show_recent()

    def _menu(self, path: str) -> QMenu:
        """Return a menu by its name, or a sub-menu by "Menu/Sub-menu"; it is made where it is not there yet."""
        if path not in self._menus:
            above, _, title = path.rpartition("/")
            self._menus[path] = self._menus[above].addMenu(title)
        return self._menus[path]

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

    def _join(self) -> None:
        """Let the signals of the parts meet."""
        document, canvas = self.document, self.canvas
        palette, properties, training = self.palette_panel, self.properties_panel, self.training_panel
        properties.neuron_opened.connect(self._open_neuron)
        training.new_seed_wanted.connect(self.actions_by_name["new_seed"].trigger)
        palette.layer_wanted.connect(self.actions_by_name["layer"].trigger)
        palette.layers_wanted.connect(self.actions_by_name["layers"].trigger)
        palette.neuron_wanted.connect(canvas.add_neuron)
        canvas.pattern_wanted.connect(self._ask_pattern)
        canvas.layers_wanted.connect(self.actions_by_name["layers"].trigger)
        canvas.data_wanted.connect(lambda: self.welcome.open_data())
        canvas.example_wanted.connect(self._pop_up_examples)
        canvas.neuron_opened.connect(self._open_neuron)
        canvas.message.connect(self.status_bar.say)
        canvas.space_tapped.connect(self.actions_by_name["play"].trigger)
        self.tool_bar.speed.pace_chosen.connect(self._keep_pace)
        self.files.said.connect(self.status_bar.say)
        self.files.data_dropped.connect(self.data_panel.open_source)
        windows().recent_changed.connect(self._show_recent)
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
            show_possible(action, "" if can else f"There is nothing to {name}")
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

    def _show_bias_inputs(self) -> None:
        self.preferences.shows_bias_inputs = is_shown = self.actions_by_name["bias_inputs"].isChecked()
        self.canvas.set_bias_inputs_shown(is_shown)

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

    def _ask_pattern(self, pattern: str, sources: frozenset[int], targets: frozenset[int]) -> None:
        dialog = ConnectDialog(self.document, pattern, sources, targets, self)
        dialog.said.connect(self.status_bar.say)
        dialog.show()

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
        windows().add(self)
        self.layout_of_docks.suit_first_size()

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
        self.welcome.close()
        self.layout_of_docks.save()
        windows().remove(self)
        event.accept()
