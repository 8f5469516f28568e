"""The view of the truth table: the row on the canvas is highlighted, a click or the arrow keys put one there."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annsim.gui.document import Document
from annsim.gui.look import font, size, values
from annsim.gui.panels.probe_cells import Index, TruthModel
from annsim.gui.panels.probe_truth import TruthTable
from annsim.gui.theme import theme
from annsim.gui.widgets.segments import small_strong

MOST_SHOWN = 16  # rows; the others are scrolled to
PADDING = 10
WIDEST_TITLE = 64


class TruthCells(QStyledItemDelegate):
    """Parts inputs, outputs and target values by an upright line; a cell keeps its colour where it is highlighted."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 (Qt's own)
        """Let what is wrong stay red in the highlighted row."""
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if colour is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell and the line at its left."""
        super().paint(painter, option, index)
        groups, column = index.model().groups, index.column()  # type: ignore[attr-defined]
        if column and groups[column] != groups[column - 1] and groups[column] != "mark":
            painter.setPen(QPen(theme().look.colour("border_strong"), values()["stroke"]["hairline"]))
            painter.drawLine(option.rect.topLeft(), option.rect.bottomLeft())


class TruthView(QTableView):
    """Shows the truth table; a click, or the arrow keys, put a row on the canvas; Ctrl+C copies all of it as text."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._is_following = False
        self.rows = TruthModel(document)
        self.setModel(self.rows)
        self.setItemDelegate(TruthCells(self))
        self.setAccessibleName("Truth table")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(size("icon_small"), size("icon_small")))
        self.setFont(font("small"))
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(size("table_row"))
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(8)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setStyleSheet("QHeaderView::section { padding: 4px 1px; }")  # seven columns in a narrow dock
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setFont(font("caption"))
        columns.setFixedHeight(size("table_row"))
        theme().changed.connect(self.viewport().update)

    def set_table(self, table: TruthTable | None) -> None:
        """Show another table."""
        self._is_following = True
        self.rows.set_table(table)
        self._is_following = False
        self._fit()
        self.follow()

    def refresh(self) -> None:
        """Show the outputs of the weights on show, and the row on the canvas."""
        self.rows.refresh()
        self.follow()

    def follow(self) -> None:
        """Highlight the row that is on the canvas."""
        moment, table = self._document.moment, self.rows.table
        if table is None:
            return
        row = table.row_of(moment.output[: len(table.input_ids)])
        if row == (self.currentIndex().row() if self.currentIndex().isValid() else None):
            return
        index = QModelIndex() if row is None else self.rows.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self._is_following = True
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._is_following = False
        if row is not None:
            self.scrollTo(index)

    def copy(self) -> None:
        """Put the table into the clipboard, as text that spreadsheets read."""
        QGuiApplication.clipboard().setText(self.rows.as_text())

    # Qt's own

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+C before the window does."""
        is_copy = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)
        if event.type() == QEvent.Type.ShortcutOverride and is_copy:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Put the row on the canvas."""
        super().currentChanged(current, previous)
        table = self.rows.table
        if current.isValid() and not self._is_following and table is not None:
            row = table.levels[current.row()].tolist()
            self._document.set_probe_values(dict(zip(table.input_ids, row, strict=True)))

    # the rest

    def _fit(self) -> None:
        """Share the width among the columns, and take the height of the rows."""
        count = self.rows.columnCount()
        if not count:
            return
        room, widths = self._room(), [self._least_width(column) for column in range(count)]
        spare = room - sum(widths)
        wanted = [self._title_width(column) for column in range(count)]
        takers = [column for column in range(count) if self.rows.groups[column] != "mark"]
        while sum(widths) < room:
            lacking = [column for column in takers if widths[column] < wanted[column]]
            narrowest = min(lacking or takers, key=lambda column: widths[column])
            widths[narrowest] += 1  # first for the titles, then for even columns
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        shown = min(self.rows.rowCount(), MOST_SHOWN)
        bar = self.horizontalScrollBar().sizeHint().height() if spare < 0 else 0
        self.setFixedHeight((shown + 1) * size("table_row") + bar)

    def _room(self) -> int:
        is_long = self.rows.rowCount() > MOST_SHOWN
        return self.width() - (self.verticalScrollBar().sizeHint().width() if is_long else 0)

    def _least_width(self, column: int) -> int:
        if self.rows.groups[column] == "mark":
            return size("icon_small") + PADDING
        metrics = QFontMetrics(small_strong())
        return max(metrics.horizontalAdvance(text) for text in self.rows.widest_texts(column)) + PADDING

    def _title_width(self, column: int) -> int:
        head = QFontMetrics(self.horizontalHeader().font())
        return min(head.horizontalAdvance(self.rows.titles[column]), WIDEST_TITLE) + PADDING // 2
