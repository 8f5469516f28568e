"""The view of the data table: columns that fit the dock, and live outputs of the rows in sight."""

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annsim.data.dataset import Dataset
from annsim.gui.document import Document
from annsim.gui.look import font, size
from annsim.gui.panels.data_table import Column, DataModel, Index, live_outputs
from annsim.gui.theme import theme

LIVE_MS = 250
PADDING = 9
CLOSE_PADDING = 8
SHORT_NAME = 4
TITLE_PADDING = 14
RING_ROOM = 10
WIDEST = 84
LEAST = 28
LONGEST_TITLE = 36  # a longer name of an input is elided
MOST_MEASURED = 32  # more inputs never fit into a dock
GAP = Column("gap", 0, "…", "")


class DataView(QTableView):
    """A table of the document's data; a click, or the arrow keys, show a row on the canvas."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._is_following = False
        self.rows = DataModel()
        self.setModel(self.rows)
        self.setAccessibleName("Rows of the data")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setCornerButtonEnabled(False)
        self.setFont(font("small"))
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(size("table_row"))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(8)
        columns.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setFont(font("caption"))
        columns.setFixedHeight(size("table_row"))
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._compute)
        self.verticalScrollBar().valueChanged.connect(self.refresh)
        self.clicked.connect(lambda index: document.set_probe_row(index.row()))  # also the row that is current already
        document.moment_changed.connect(self.refresh)
        document.moment_changed.connect(self._follow_row)
        theme().changed.connect(self.viewport().update)

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Show another data set."""
        self.rows.set_dataset(dataset)
        self.fit_columns()
        self._follow_row()
        self.refresh()

    def refresh(self) -> None:
        """Compute the outputs in sight again, at most four times a second."""
        if not self._timer.isActive() and self.isVisible():
            self._timer.start(max(0, LIVE_MS - int(self._since.elapsed())))

    def fit_columns(self) -> None:
        """Choose as many input columns as there is room for; row, target and output always stay."""
        model, room = self.rows, self._room()
        if model.dataset is None:
            return
        count = len(model.dataset.input_names)
        # long names differ at their ends ("pixel 0 1"), short ones need no cut but the word target may
        are_short = max(map(len, model.dataset.input_names)) <= SHORT_NAME
        elide = Qt.TextElideMode.ElideRight if are_short else Qt.TextElideMode.ElideMiddle
        self.horizontalHeader().setTextElideMode(elide)
        columns = model.columns_with(None if count <= MOST_MEASURED else 2)
        widths = [self._width(column) for column in columns]
        if count > MOST_MEASURED or sum(map(self._least_width, columns)) > room:
            both = list(zip(columns, widths, strict=True))
            others = sum(width for column, width in both if column.kind not in ("input", "gap"))
            one = max(width for column, width in both if column.kind == "input")
            shown = (room - others - self._width(GAP)) // one
            columns = model.columns_with(min(count, max(0, shown)))
            widths = [self._width(column) for column in columns]
        model.show_columns(columns)
        self._share_out(widths, room)
        self._select_row()

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().resizeEvent(event)
        self.fit_columns()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802 (Qt's own)
        super().showEvent(event)
        self.refresh()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's own)
        """Show the row on the canvas."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_following and current.row() != self._document.row:
            self._document.set_probe_row(current.row())

    # the rest

    def _compute(self) -> None:
        rows = self._rows_in_sight()
        self._since.restart()
        self.rows.set_outputs(rows, live_outputs(self._document, rows))

    def _rows_in_sight(self) -> range:
        if self.rows.dataset is None or self.rows.dataset is not self._document.dataset:
            return range(0)
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (len(self.rows.dataset) - 1 if last < 0 else last) + 1)

    def _follow_row(self) -> None:
        row = self._document.row
        if self.currentIndex().row() != row and self.rows.dataset is self._document.dataset:
            self._select_row()
            self.scrollTo(self.rows.index(row, 0))

    def _select_row(self) -> None:
        index = self.rows.index(self._document.row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self._is_following = True
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._is_following = False

    def _room(self) -> int:
        """Return the width for columns, with the scroll bar that this many rows need."""
        rows = len(self.rows.dataset) if self.rows.dataset is not None else 0
        is_long = rows * size("table_row") + self.horizontalHeader().height() > self.height()
        return self.width() - (self.verticalScrollBar().sizeHint().width() if is_long else 0)

    def _width(self, column: Column) -> int:
        small, caption = QFontMetrics(self.font()), QFontMetrics(self.horizontalHeader().font())
        cells = max(small.horizontalAdvance(text) for text in self.rows.sample_texts(column))
        title = caption.horizontalAdvance(column.title)
        if column.kind == "input":
            title = min(title, LONGEST_TITLE)
        width = max(cells + PADDING, title + TITLE_PADDING)
        if column.kind == "row":
            return width + RING_ROOM
        return width if column.kind == "gap" else min(max(width, LEAST), WIDEST)

    def _least_width(self, column: Column) -> int:
        """Return the width at which numbers are whole, though close, and the title may be elided."""
        metrics = QFontMetrics(self.font())
        cells = max(metrics.horizontalAdvance(text) for text in self.rows.sample_texts(column))
        return self._width(column) if column.kind in ("row", "gap") else min(cells + CLOSE_PADDING, WIDEST)

    def _share_out(self, widths: list[int], room: int) -> None:
        """Set the widths; what is missing or left over is shared by the columns of numbers."""
        takers = [n for n, column in enumerate(self.rows.columns) if column.kind not in ("row", "gap")]
        spared = {n: widths[n] - self._least_width(self.rows.columns[n]) for n in takers}
        while sum(widths) > room and max(spared.values()) > 0:
            widest = max(takers, key=lambda n: spared[n])
            widths[widest] -= 1  # its numbers stand closer
            spared[widest] -= 1
        while sum(widths) > room and max(widths[n] for n in takers) > LEAST:
            widest = max(takers, key=lambda n: widths[n])
            widths[widest] -= 1  # its title is elided
        spare = max(0, room - sum(widths))
        for number, width in enumerate(widths):
            more = 0
            if number in takers:
                more = spare // len(takers) + (takers.index(number) < spare % len(takers))
            self.setColumnWidth(number, width + more)
