"""New, open, save, export: what happens to files, with every question that must be asked."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from annsim.data.sources import data_kinds
from annsim.errors import AnnsimError
from annsim.formats.catalogue import FORMATS, export, open_file
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.preferences import Preferences
from annsim.gui.training_control import State, TrainingControl
from annsim.project.project import Project
from annsim.settings import Settings

PROJECTS = "annsim projects (*.annsim)"
NETWORKS = "Networks (*.annsim *.npz *.json *.csv)"


class FileActions(QObject):
    """The file menu.

    Signals
    -------
    said : a sentence for the status bar.
    data_dropped : a data file was dropped on the window; carries its path.
    recent_changed : the list of recent files is another.
    """

    said = Signal(str)
    data_dropped = Signal(str)
    recent_changed = Signal()

    def __init__(self, window: QWidget, document: Document, control: TrainingControl, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._document, self._control, self._preferences = window, document, control, preferences

    def new(self) -> None:
        """Begin with an empty drawing."""
        if self.may_discard():
            self._show(Project(settings=Settings(epochs=None)))

    def open(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), f"{NETWORKS};;All files (*)")
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> bool:
        """Open a project, or a network in another format; return whether that was done."""
        if not self.may_discard():
            return False
        try:
            project = open_file(path)
        except AnnsimError as error:
            self.complain("This file cannot be opened.", error)
            return False
        if path.suffix != ".annsim":
            project.path = None  # what was imported is saved as a project
        else:
            self._remember(path)
        self._show(project)
        return True

    def open_example(self, name: str) -> None:
        """Open a bundled example as a new document."""
        if self.may_discard():
            self._show(read_example(name))

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

    def drop(self, path: Path) -> None:
        """Open a dropped file: a project or a network, else data."""
        if path.suffix.lower() in data_kinds() and not self._is_network(path):
            self.data_dropped.emit(str(path))
        else:
            self.open_path(path)

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

    def _save_to(self, path: Path) -> bool:
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
        try:
            files = export(self._document.project, path, to)
        except AnnsimError as error:
            self.complain("The network could not be exported.", error)
            return
        self.said.emit(f"Wrote {' and '.join(file.name for file in files)}")

    def _show(self, project: Project) -> None:
        self._control.close()
        self._document.replace(project)

    def _remember(self, path: Path) -> None:
        self._preferences.add_recent(path)
        self.recent_changed.emit()

    def _folder(self) -> str:
        path = self._document.project.path
        recent = self._preferences.recent
        return str((path or (recent[0] if recent else Path.home() / "x")).absolute().parent)
