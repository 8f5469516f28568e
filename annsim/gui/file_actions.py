"""New, open, save, export: what happens to files, with every question that must be asked."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMainWindow, QMessageBox, QPlainTextEdit, QTextEdit

from annsim.data.sources import data_kinds
from annsim.errors import AnnsimError
from annsim.formats.catalogue import FORMATS, export, open_file
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.preferences import Preferences
from annsim.gui.training_control import State, TrainingControl
from annsim.gui.windows import windows
from annsim.project.project import Project
from annsim.settings import Settings

PROJECTS = "annsim projects (*.annsim)"
NETWORKS = "Networks (*.annsim *.npz *.json *.csv)"


class FileActions(QObject):
    """The file menu of one window.

    What is opened comes into this window where nothing is lost by that, else into a new one beside it; a file that is
    open in another window is shown there.

    Signals
    -------
    said : a sentence for the status bar.
    data_dropped : a data file was dropped on the window; carries its path.
    """

    said = Signal(str)
    data_dropped = Signal(str)

    def __init__(
        self, window: QMainWindow, document: Document, control: TrainingControl, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._control, self._preferences = window, document, control, preferences

    def new(self) -> None:
        """Begin with an empty drawing."""
        if self.may_discard():
            self._show(Project(settings=Settings(epochs=None)))

    def new_window(self) -> None:
        """Begin with an empty drawing in a window of its own."""
        windows().new()

    def open(self) -> bool:
        """Ask for a network and open it; return whether that was done."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), f"{NETWORKS};;All files (*)")
        return bool(name) and self.open_path(Path(name))

    def ask_for_any(self) -> Path | None:
        """Ask for a file of any kind that can be opened; None where the user would rather not."""
        endings = sorted({*data_kinds(), *(entry.ending for entry in FORMATS.values())})
        kinds = f"Tables, projects, networks ({' '.join(f'*{ending}' for ending in endings)})"
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), f"{kinds};;All files (*)")
        return Path(name) if name else None

    def open_path(self, path: Path) -> bool:
        """Open a project, or a network in another format; return whether that was done."""
        there = windows().showing(path)
        if there is not None and there is not self._window:
            windows().bring_to_front(there)
            return True
        is_read_anew = there is not None
        if is_read_anew and not self.may_discard():
            return False
        try:
            project = open_file(path)
        except AnnsimError as error:
            self.complain("This file cannot be opened.", error)
            return False
        if path.suffix != ".annsim":
            project.path = None  # what was imported is saved as a project
            self._preferences.folder = path.absolute().parent
        else:
            self._remember(path)
        self._place(project, is_read_anew)
        return True

    def open_example(self, name: str) -> None:
        """Open a bundled example as a new document."""
        self._place(read_example(name))

    def save(self) -> bool:
        """Save the project where it lies, or ask where; return whether that was done."""
        path = self._document.project.path
        return self.save_as() if path is None else self._save_to(path)

    def save_as(self) -> bool:
        """Ask for a name and save the project there."""
        start = str(Path(self._folder()) / f"{self._document.title}.annsim")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as", start, PROJECTS)
        if not name:
            return False
        return self._save_to(Path(name if name.endswith(".annsim") else f"{name}.annsim"))

    def save_copy(self) -> None:
        """Ask for a name and write a copy there; the document stays what it is."""
        start = str(Path(self._folder()) / f"{self._document.title} copy.annsim")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", start, PROJECTS)
        if name:
            self._export_to(Path(name), "annsim")

    def export(self) -> None:
        """Ask for a file and write the network there in the format that its ending stands for."""
        filters = {f"{entry.title} (*{entry.ending})": entry for entry in FORMATS.values() if entry.name != "annsim"}
        start = str(Path(self._folder()) / self._document.title)
        name, chosen = QFileDialog.getSaveFileName(self._window, "Export weights", start, ";;".join(filters))
        if not name:
            return
        endings = [entry.ending for entry in filters.values()]
        if not name.lower().endswith(tuple(endings)):
            name += filters[chosen].ending if chosen in filters else endings[0]
        self._export_to(Path(name), None)

    def may_discard(self) -> bool:
        """Return whether the document may go: it is saved, or the user lets it go."""
        self._take_over_what_is_typed()
        self._control.pause()
        if self._document.is_saved:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("annsim")
        box.setText(f"Save the changes to “{self._document.title}”?")
        box.setInformativeText("Without saving, what you drew and trained since the last save is lost.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    def drop(self, path: Path) -> bool:
        """Open a dropped file: a project or a network, else data; return whether that was done, or begun."""
        if path.suffix.lower() in data_kinds() and not self._is_network(path):
            self._preferences.folder = path.absolute().parent
            self.data_dropped.emit(str(path))
            return True
        return self.open_path(path)

    def complain(self, text: str, error: AnnsimError) -> None:
        """Show why something could not be done."""
        box = QMessageBox(QMessageBox.Icon.Warning, "annsim", text, QMessageBox.StandardButton.Ok, self._window)
        box.setInformativeText(str(error))
        box.exec()

    def _is_network(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                head = file.read(400)
        except OSError:
            return False  # reading it as data says what is wrong
        return any(entry.matches(head) for entry in FORMATS.values() if entry.name != "annsim")

    def _take_over_what_is_typed(self) -> None:
        """Leave the field with the focus, so that what stands in it counts; it gets the focus back if it stays."""
        field = self._window.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
            field.clearFocus()
            if field.isVisible():
                field.setFocus()
            else:
                self._window.setFocus()

    def _save_to(self, path: Path) -> bool:
        self._take_over_what_is_typed()
        was_running = self._control.state is State.RUNNING
        self._control.pause()  # writes the weights of the run into the drawing
        self._control.note_run_so_far()
        try:
            self._document.save(path)
        except AnnsimError as error:
            self.complain("The project could not be saved; nothing is lost.", error)
            return False
        finally:
            if was_running:
                self._control.play()
        self._remember(path)
        self.said.emit(f"Saved {path.name}")
        return True

    def _export_to(self, path: Path, to: str | None) -> None:
        self._take_over_what_is_typed()
        try:
            files = export(self._document.project, path, to)
        except AnnsimError as error:
            self.complain("The network could not be exported.", error)
            return
        self._preferences.folder = path.absolute().parent
        self.said.emit(f"Wrote {' and '.join(file.name for file in files)}")

    def _place(self, project: Project, replaces: bool = False) -> None:
        """Show a project in this window where nothing is lost by that (or it `replaces` anyway), else in a new one."""
        if replaces or self._document.is_saved:
            self._show(project)
        else:
            windows().new(project)

    def _show(self, project: Project) -> None:
        self._control.close()
        self._document.replace(project)

    def _remember(self, path: Path) -> None:
        self._preferences.add_recent(path)
        windows().recent_changed.emit()

    def _folder(self) -> str:
        path = self._document.project.path
        return str(self._preferences.folder if path is None else path.absolute().parent)
