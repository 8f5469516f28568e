"""The data panel: choose data, look at its rows beside the live outputs, and fit the drawing to it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annsim.data.dataset import Dataset
from annsim.data.sources import data_kinds
from annsim.errors import AnnsimError
from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import size, values
from annsim.gui.panels.data_labels import ElidedLines, PanelButton
from annsim.gui.panels.data_loading import DataLoader, apply_fit
from annsim.gui.panels.data_menus import fill_options_menu, fill_sets_menu
from annsim.gui.panels.data_view import DataView
from annsim.gui.theme import theme
from annsim.gui.training_control import TrainingControl
from annsim.gui.widgets.empty_state import EmptyState
from annsim.gui.widgets.message_strip import MessageStrip
from annsim.project.fit import fit, is_coded_for, source_name
from annsim.project.loading import located
from annsim.project.project import DataReference
from annsim.training.matching import column_order

REMARKS_SHOWN = 3
FIT_TIP = "Make or match the input neurons, output neurons and loss to this data, as one undo step"


class DataPanel(QWidget):
    """Shows the document's data; everything that is loaded goes through it, so that errors are said here."""

    def __init__(self, document: Document, control: TrainingControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data")
        self.setAccessibleName("Data")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # the ground of a dock
        self.setAcceptDrops(True)
        self._document, self._control = document, control
        self._is_mismatch_shown = False
        self.loader = DataLoader(document, self)
        self.strip = MessageStrip()
        self._sets_menu, self._options_menu = QMenu(self), QMenu(self)
        layout = QVBoxLayout(self)
        spacing = values()["spacing"]
        layout.setContentsMargins(spacing["2"], spacing["2"], spacing["2"], spacing["3"])
        layout.setSpacing(spacing["2"])
        layout.addWidget(self.strip)
        layout.addWidget(self._make_busy())
        layout.addWidget(self._make_empty(), 1)
        layout.addWidget(self._make_filled(), 1)
        self._connect()
        self._recolour()
        self._show_data()

    # what the window calls

    def open_source(self, source: str) -> None:
        """Load data from a file or a built-in set; what is wrong with it is said in the strip."""
        self.open_reference(DataReference(located(source)))

    def open_reference(self, reference: DataReference) -> None:
        """Load the data of a reference."""
        self.strip.clear()
        self._is_mismatch_shown = False
        self._busy_label.setText(f"Reading {source_name(reference.source)}")
        self.loader.load(reference, self._take)

    def open_file_dialog(self, folder: str = "") -> QFileDialog:
        """Ask for a file with data; return the dialog, which is open then."""
        endings = " ".join(f"*{kind}" for kind in data_kinds())
        dialog = QFileDialog(self, "Open a file with data", folder, f"Data ({endings});;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_source)
        dialog.open()
        return dialog

    def fit(self) -> None:
        """Make inputs and outputs: fit the drawing and the loss to the data, as one undo step."""
        document, reference = self._document, self._document.project.data
        if document.dataset is None or reference is None:
            self.strip.show_message("info", "There is no data yet: choose a set or a file first.")
            return
        if reference.preparation is not None and not is_coded_for(document.network, reference):
            self.loader.load(replace(reference, preparation=None), self._fit_to)
        else:
            self._fit_to(document.dataset, reference)

    # parts

    def _make_busy(self) -> QWidget:
        self._busy = QWidget()
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(values()["spacing"]["1"])
        self._busy_label = QLabel()
        self._busy_label.setProperty("role", "small")
        self._busy_label.setMinimumWidth(1)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("Share of the data that is read")
        self._cancel = QPushButton("Cancel")
        self._cancel.setFlat(True)
        self._cancel.setToolTip("Stop reading; the data stays as it was")
        self._cancel.clicked.connect(self.loader.cancel)
        column.addWidget(self._busy_label)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self._busy.hide()
        return self._busy

    def _make_empty(self) -> QWidget:
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(values()["spacing"]["2"])
        choose = PanelButton("Choose a set", has_menu=True)
        choose.setMenu(self._sets_menu)
        choose.setToolTip("Data sets that come with the program")
        self._open = PanelButton("Open a file …", "open")
        self._open.setToolTip(f"Read a table from a file: {', '.join(data_kinds())}")
        self._open.clicked.connect(lambda: self.open_file_dialog())
        column.addWidget(EmptyState("table", "No data yet", "Drop a table here, or choose a ready-made set"), 1)
        column.addLayout(_indented(choose))
        column.addLayout(_indented(self._open))
        self.choose_button = choose
        return self._empty

    def _make_filled(self) -> QWidget:
        self._filled = QWidget()
        spacing = values()["spacing"]
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing["2"])
        row = QHBoxLayout()
        row.setSpacing(spacing["1"])
        row.setContentsMargins(spacing["1"], 0, spacing["1"], 0)
        self.source_button = PanelButton("", has_menu=True, is_field=True)
        self.source_button.setMenu(self._sets_menu)
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._options_menu)
        self._more.setToolTip("Targets, scaling, missing values, reload, remove")
        self._more.setAccessibleName("Options of the data")
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        row.addWidget(self.source_button, 1)
        row.addWidget(self._more)
        self.about = ElidedLines()
        self.table = DataView(self._document)
        self.fit_button = PanelButton("Make inputs and outputs", "fit_network")
        self.fit_button.setToolTip(FIT_TIP)
        self.fit_button.clicked.connect(self.fit)
        column.addLayout(row)
        column.addLayout(_indented(self.about))
        column.addWidget(self.table, 1)
        column.addLayout(_indented(self.fit_button))
        return self._filled

    def _connect(self) -> None:
        document = self._document
        self._sets_menu.aboutToShow.connect(self._fill_sets)
        self._options_menu.aboutToShow.connect(self._fill_options)
        self.loader.busy_changed.connect(self._show_busy)
        self.loader.progressed.connect(self._show_share)
        self.loader.failed.connect(self._say_error)
        document.data_changed.connect(self._show_data)
        document.replaced.connect(self._forget)
        document.edited.connect(self._show_mismatch)
        theme().changed.connect(self._recolour)

    # loading and fitting

    def _take(self, dataset: Dataset, reference: DataReference) -> None:
        document = self._document
        before = document.project.data if document.dataset is None else None
        document.set_data(dataset, reference)
        if before is not None and before.source == reference.source and before.sha256 not in (None, reference.sha256):
            self._say("warning", f"{source_name(reference.source)} has changed since it was last read.")

    def _fit_to(self, dataset: Dataset, reference: DataReference) -> None:
        try:
            made = fit(self._document.project, reference, dataset)
            apply_fit(self._document, made)
        except AnnsimError as error:
            self._say("error", str(error))
            return
        self._say("success", " ".join(made.says))

    def _remove(self) -> None:
        self.loader.cancel()
        self.strip.clear()
        self._document.set_data(None, None)

    def _forget(self) -> None:
        self.loader.cancel()
        self.strip.clear()
        self._show_data()

    # showing

    def _show_data(self) -> None:
        dataset = self._document.dataset
        self._empty.setVisible(dataset is None)
        self._filled.setVisible(dataset is not None)
        self.table.set_dataset(dataset)
        if dataset is not None:
            reference = self._document.project.data
            source = reference.source if reference is not None else dataset.source or "data"
            self.source_button.setText(source_name(source))
            self.source_button.setToolTip(f"{source}\nChoose other data")
            self.source_button.setAccessibleName(f"Data: {source_name(source)}")
            self._show_about(dataset)
        self._show_mismatch()

    def _show_about(self, dataset: Dataset) -> None:
        counts, remarks = counts_text(dataset), dataset.remarks
        shown = remarks if len(remarks) <= REMARKS_SHOWN else remarks[: REMARKS_SHOWN - 1]
        more = (f"{len(remarks) - len(shown)} more remarks",) if len(remarks) > len(shown) else ()
        ring = "A ring beside the number of a row marks a test row"
        self.about.set_lines((counts, *shown, *more), "\n".join([counts, *remarks, ring]))

    def _show_mismatch(self, edit: object = None) -> None:
        """Say where data and drawing do not fit; an empty drawing has the button below the table instead."""
        mismatch = _mismatch(self._document)
        if mismatch:
            first = mismatch.partition(". ")[0].removesuffix(".") + "."
            self.strip.show_message("warning", first[0].upper() + first[1:], "Fit", self.fit)
            self.strip.setToolTip(f"{mismatch}\nFit: {FIT_TIP}")
        elif self._is_mismatch_shown or self.strip.kind == "success":
            self.strip.clear()
        self._is_mismatch_shown = bool(mismatch)

    def _show_busy(self, is_busy: bool) -> None:
        self._bar.setRange(0, 0)
        self._busy.setVisible(is_busy)

    def _show_share(self, share: float) -> None:
        is_known = 0 < share < 1
        self._bar.setRange(0, 100 if is_known else 0)
        self._bar.setValue(round(100 * share))

    def _say_error(self, error: AnnsimError) -> None:
        self._say("error", str(error))

    def _say(self, kind: str, text: str) -> None:
        self._is_mismatch_shown = False
        self.strip.show_message(kind, text)  # type: ignore[arg-type]

    def _fill_sets(self) -> None:
        self._sets_menu.clear()
        fill_sets_menu(self._sets_menu, self.open_source)
        self._sets_menu.addSeparator()
        action = self._sets_menu.addAction(icon("open"), "Open a file …")
        action.triggered.connect(lambda: self.open_file_dialog())

    def _fill_options(self) -> None:
        menu, reference = self._options_menu, self._document.project.data
        menu.clear()
        if reference is None:
            return
        fill_options_menu(menu, reference, self.open_reference, self._ask_targets)
        menu.addSeparator()
        again = replace(reference, preparation=None)
        menu.addAction("Reload").triggered.connect(lambda: self.open_reference(again))
        menu.addAction(icon("delete"), "Remove data").triggered.connect(self._remove)

    def _ask_targets(self) -> None:
        reference = self._document.project.data
        if reference is None or reference.preparation is None:
            return
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Target columns")
        dialog.setLabelText("Names of the target columns, divided by commas:")
        dialog.setTextValue(", ".join(column.name for column in reference.preparation.targets))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(
            lambda text: self.open_reference(
                replace(reference, preparation=None, targets=tuple(name.strip() for name in text.split(",")))
            )
        )
        dialog.open()

    def _recolour(self) -> None:
        self._more.setIcon(icon("more", size=size("icon_small")))

    # dropping a file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's own)
        """Accept one file."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's own)
        """Load the file."""
        file = dropped_file(event)
        if file is not None:
            event.acceptProposedAction()
            self.open_source(file)


def _indented(widget: QWidget) -> QHBoxLayout:
    """Return a row whose edges line up with the title of the dock; the table alone is wider, as in the look."""
    row = QHBoxLayout()
    row.setContentsMargins(values()["spacing"]["1"], 0, values()["spacing"]["1"], 0)
    row.addWidget(widget)
    return row


def counts_text(dataset: Dataset) -> str:
    """Return "160 training, 40 test rows"."""
    training, test = len(dataset.train_rows), len(dataset.test_rows)
    if not test:
        return f"{training:,} training row{'s' * (training != 1)}, no test rows"
    return f"{training:,} training, {test:,} test row{'s' * (test != 1)}"


def _mismatch(document: Document) -> str:
    """Return why data and drawing do not fit, or ""; from the names alone, since this follows every edit."""
    network, dataset = document.network, document.dataset
    if dataset is None or not network.neurons:
        return ""
    try:
        column_order(network, "input", dataset.input_names)
        column_order(network, "output", dataset.target_names)
    except AnnsimError as error:
        return str(error)
    return ""


def dropped_file(event: QDropEvent) -> str | None:
    """Return the path of the data file that is dropped, or None."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and Path(files[0]).suffix.lower() in data_kinds() else None
