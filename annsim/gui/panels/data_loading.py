"""Reads data in a thread, so that the window stays alive, and fits the drawing to it as one undo step."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, Signal
from PySide6.QtGui import QUndoCommand

from annsim.data.dataset import Dataset
from annsim.errors import AnnsimError, DataError
from annsim.gui.document import Document
from annsim.network.edits import Edit
from annsim.network.network import Network
from annsim.project.fit import Fit
from annsim.project.loading import load_for
from annsim.project.project import DataReference
from annsim.settings import Settings

PATIENCE_MS = 120  # small data is there before anybody would see a progress bar
POLL_MS = 50
GOODBYE_MS = 5000

Taker = Callable[[Dataset, DataReference], object]
_UNFINISHED: set["Reading"] = set()  # a thread that is collected while it runs ends the program


class _CancelledError(Exception):
    """Ends a reading from inside its progress callback."""


class Reading(QThread):
    """Reads one data source for a network; it touches no Qt object but itself."""

    def __init__(self, network: Network, reference: DataReference, settings: Settings) -> None:
        super().__init__()
        self._network, self._reference, self._settings = network, reference, settings
        self._is_cancelled = False
        self.share = 0.0
        self.result: tuple[Dataset, DataReference] | None = None
        self.error: AnnsimError | None = None

    def cancel(self) -> None:
        """End the reading at its next look."""
        self._is_cancelled = True

    def run(self) -> None:  # noqa: D102 (Qt's own)
        try:
            self.result = load_for(self._network, self._reference, self._settings, self._note)
        except AnnsimError as error:
            self.error = error
        except _CancelledError:
            pass
        except MemoryError:
            self.error = DataError("there is not enough memory for this data", where=self._reference.source)
        except Exception as failure:  # a defect must not end a thread of Qt's; it is said in the panel
            self.error = DataError(f"cannot be read: {failure}", where=self._reference.source)

    def _note(self, share: float) -> None:
        self.share = share
        if self._is_cancelled:
            raise _CancelledError


class DataLoader(QObject):
    """Reads one source after the other; a new one ends the one before.

    Signals
    -------
    busy_changed : a reading takes longer than a moment, or that is over.
    progressed : share that is read, 0 to 1.
    failed : carries the AnnsimError.
    """

    busy_changed = Signal(bool)
    progressed = Signal(float)
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._reading: Reading | None = None
        self._is_shown = False
        self._taker: Taker | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read."""
        return self._reading is not None

    def load(self, reference: DataReference, taker: Taker) -> None:
        """Read a source for the present network and give it to `taker`; at once where that takes but a moment."""
        self.cancel()
        document = self._document
        self._reading = reading = Reading(document.network.copy(), reference, document.settings)
        self._taker = taker
        _UNFINISHED.add(reading)
        reading.start()
        self._timer.start()
        if reading.wait(PATIENCE_MS):
            self._poll()
        else:
            self._is_shown = True
            self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Forget what is being read; its thread ends by itself."""
        if self._reading is not None:
            self._reading.cancel()
            self._forget()

    def close(self) -> None:
        """Cancel, and wait until no thread of this program reads."""
        self.cancel()
        for reading in tuple(_UNFINISHED):
            reading.cancel()
            reading.wait(GOODBYE_MS)
        self._poll()

    def _poll(self) -> None:
        _let_go_of_finished()
        reading, taker = self._reading, self._taker
        if reading is None or taker is None:
            if not _UNFINISHED:
                self._timer.stop()
        elif not reading.isFinished():
            self.progressed.emit(reading.share)
        else:
            self._forget()
            if reading.error is not None:
                self.failed.emit(reading.error)
            elif reading.result is not None:
                taker(*reading.result)

    def _forget(self) -> None:
        self._reading, self._taker = None, None
        if self._is_shown:
            self._is_shown = False
            self.busy_changed.emit(False)


def _let_go_of_finished() -> None:
    for reading in tuple(_UNFINISHED):
        if reading.isFinished():
            _UNFINISHED.discard(reading)


class FitCommand(QUndoCommand):
    """A fit as one undo step: drawing, loss, and the data where its coding changed with the outputs."""

    def __init__(self, document: Document, made: Fit, inverse: Edit) -> None:
        super().__init__(made.edit.name)
        self._document, self._made, self._inverse = document, made, inverse
        self._loss = document.settings.loss
        self._data = document.dataset, document.project.data
        self._is_edit_done = True

    def redo(self) -> None:  # noqa: D102 (Qt's own)
        document, made = self._document, self._made
        if not self._is_edit_done:
            document.network.apply(made.edit)
        self._is_edit_done = False
        document.set_settings(document.settings.with_changes(loss=made.settings.loss))
        if made.dataset is not document.dataset and self._is_data_here(self._data[1]):
            document.set_data(made.dataset, made.reference)

    def undo(self) -> None:  # noqa: D102 (Qt's own)
        document = self._document
        document.network.apply(self._inverse)
        document.set_settings(document.settings.with_changes(loss=self._loss))
        if self._data[0] is not self._made.dataset and self._is_data_here(self._made.reference):
            document.set_data(*self._data)

    def _is_data_here(self, reference: DataReference | None) -> bool:
        """Return whether the present data is still the one meant; choosing other data is no undo step."""
        present = self._document.project.data
        return present is None or reference is None or present.source == reference.source


def apply_fit(document: Document, made: Fit) -> None:
    """Do a fit as one undo step; nothing where everything suits already."""
    if not made.edit.edits and made.settings == document.settings and made.dataset is document.dataset:
        return
    document.edit_begins.emit()
    inverse = document.network.apply(made.edit)
    document.undo_stack.push(FitCommand(document, made, inverse))
