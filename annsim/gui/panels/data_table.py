"""The table of the data panel: rows of the data beside the live outputs of the network."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from annsim.data.columns import NumberColumn
from annsim.data.dataset import Dataset
from annsim.engine.compiler import Parameters
from annsim.engine.engines import choose_engine
from annsim.errors import AnnsimError
from annsim.gui.document import Document
from annsim.gui.look import number_text
from annsim.gui.theme import theme
from annsim.training.matching import column_order

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["row", "input", "gap", "target", "output"]
MOST_TARGETS = 3
ROWS_SAMPLED = 500
DASH = "–"
RING = 8


@dataclass(frozen=True)
class Column:
    """One column on show: what it is, and which column of the data it stands for."""

    kind: Kind
    place: int
    title: str
    about: str


class DataModel(QAbstractTableModel):
    """The rows of a data set; nothing is copied, so a million of them costs what ten cost.

    Attributes
    ----------
    columns : those on show.
    outputs : live outputs by row, in the order of the target columns.
    """

    def __init__(self) -> None:
        super().__init__()
        self.dataset: Dataset | None = None
        self.columns: list[Column] = []
        self.outputs: dict[int, NDArray[np.float64]] = {}
        self._classes: tuple[str, ...] | None = None
        self._input_decimals: list[int] = []
        self._target_decimals: list[int] = []
        self._largest: list[float] = []
        self._offset = self._scale = np.zeros(0)
        self._is_test: NDArray[np.bool_] = np.zeros(0, np.bool_)

    # what is on show

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Show another data set, at first with all its columns."""
        self.beginResetModel()
        self.dataset, self.outputs = dataset, {}
        self._classes = None
        if dataset is not None:
            if dataset.is_one_hot:
                self._classes = dataset.classes or dataset.target_names
            sample = np.unique(np.linspace(0, len(dataset) - 1, ROWS_SAMPLED).astype(int))
            self._input_decimals = [_decimals(column) for column in dataset.inputs[sample].T]
            targets = np.zeros((len(sample), 0)) if dataset.targets is None else dataset.targets[sample]
            self._offset, self._scale = _target_units(dataset)
            targets = targets * self._scale + self._offset
            self._target_decimals = [_decimals(column) for column in targets.T]
            self._largest = np.abs(targets).max(axis=0).tolist()
            self._is_test = np.zeros(len(dataset), np.bool_)
            self._is_test[dataset.test_rows] = True
        self.columns = self.columns_with(None)
        self.endResetModel()

    def show_columns(self, columns: list[Column]) -> None:
        """Show these columns instead; rows and their outputs stay."""
        if columns == self.columns:
            return
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def set_outputs(self, rows: range, outputs: NDArray[np.float64] | None) -> None:
        """Show live outputs (rows, target columns) of these rows; None: there are none."""
        self.outputs = {} if outputs is None else dict(zip(rows, outputs, strict=True))
        places = [n for n, column in enumerate(self.columns) if column.kind == "output"]
        if places and rows:
            self.dataChanged.emit(self.index(rows[0], places[0]), self.index(rows[-1], places[-1]))

    def sample_texts(self, column: Column) -> list[str]:
        """Return some texts of a column, to find its width."""
        if column.kind == "gap" or self.dataset is None:
            return ["…"]
        if column.kind == "row":
            return [str(len(self.dataset) - 1)]
        if column.kind == "output" and self._classes is None:
            return [number_text(-self._largest[column.place], self._output_decimals(column.place))]
        if self._classes is not None and column.kind in ("target", "output"):
            return list(self._classes[:50])
        rows = np.unique(np.linspace(0, len(self.dataset) - 1, 50).astype(int)).tolist()
        return [self._text(row, column) for row in rows]

    def columns_with(self, shown: int | None) -> list[Column]:
        """Return the columns with so many inputs, those from the middle left out; None: with all inputs."""
        dataset = self.dataset
        if dataset is None:
            return []
        names = dataset.input_names
        columns = [Column("row", 0, "row", "Number of the row, from 0; a ring marks a test row")]
        inputs = [Column("input", n, name, f"Input {name}, as it enters the network") for n, name in enumerate(names)]
        if shown is not None and shown < len(inputs):
            front, hidden = max(shown - 1, 0), len(inputs) - shown
            last = inputs[-1:] if shown else []
            inputs = [*inputs[:front], Column("gap", 0, "…", f"{hidden:,} more inputs"), *last]
        return [*columns, *inputs, *self._ends("target"), *self._ends("output")]

    def _ends(self, kind: Kind) -> list[Column]:
        assert self.dataset is not None  # noqa: S101 (asked by the caller)
        word, title = ("Target value", "target") if kind == "target" else ("Output of the network", "o")
        names = self.dataset.target_names
        if not names:
            return []
        if self._classes is not None:
            about = "Class of the row" if kind == "target" else "Class with the largest output"
            return [Column(kind, 0, title, about)]
        if len(names) == 1:
            return [Column(kind, 0, title, f"{word}: {names[0]}")]
        titles = [name if kind == "target" else f"o {name}" for name in names]
        columns = [Column(kind, n, titles[n], f"{word}: {name}") for n, name in enumerate(names)]
        if len(columns) <= MOST_TARGETS:
            return columns
        return [*columns[: MOST_TARGETS - 1], Column("gap", 0, "…", f"{len(columns) - MOST_TARGETS + 1:,} more")]

    # Qt's own

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 (Qt's own)
        """Return the number of rows."""
        return 0 if self.dataset is None or (parent is not None and parent.isValid()) else len(self.dataset)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 (Qt's own)
        """Return the number of columns on show."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 (Qt's own)
        """Return title, tool tip and alignment of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.about
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return text, colour, mark, alignment or tool tip of a cell."""
        if not index.isValid() or self.dataset is None:
            return None
        row, column = index.row(), self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column.kind == "row":
            return _ring(theme().look.colour("curve_test"), is_shown=bool(self._is_test[row]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._about(row, column)
        return None

    # cells

    def _text(self, row: int, column: Column) -> str:
        dataset = self.dataset
        assert dataset is not None  # noqa: S101 (asked by the caller)
        if column.kind == "row":
            return str(row)
        if column.kind == "input":
            value = float(dataset.inputs[row, column.place])
            return number_text(value, self._input_decimals[column.place])
        if column.kind == "gap":
            return "…"
        values = self._values(row, column.kind)
        if values is None:
            return DASH
        if self._classes is not None:
            return self._classes[int(np.argmax(values))]
        return self._target_text(column.place, float(values[column.place]), is_output=column.kind == "output")

    def _target_text(self, place: int, value: float, *, is_output: bool) -> str:
        decimals = self._output_decimals(place) if is_output else self._target_decimals[place]
        return number_text(value * float(self._scale[place]) + float(self._offset[place]), decimals)

    def _output_decimals(self, place: int) -> int:
        return max(2, self._target_decimals[place]) if self._largest[place] < 100 else self._target_decimals[place]

    def _values(self, row: int, kind: str) -> NDArray[np.float64] | None:
        if kind == "output":
            return self.outputs.get(row)
        targets = None if self.dataset is None else self.dataset.targets
        return None if targets is None else targets[row]

    def _is_wrong(self, row: int) -> bool:
        given, true = self._values(row, "output"), self._values(row, "target")
        return given is not None and true is not None and int(np.argmax(given)) != int(np.argmax(true))

    def _colour(self, row: int, column: Column) -> QColor | None:
        look = theme().look
        if column.kind in ("row", "gap"):
            return look.colour("text_muted")
        if column.kind == "output" and self._classes is not None and self._is_wrong(row):
            return look.colour("error")
        return None

    def _alignment(self, column: Column) -> int:
        sideways = Qt.AlignmentFlag.AlignRight
        if column.kind == "row":
            sideways = Qt.AlignmentFlag.AlignLeft
        elif column.kind == "gap":
            sideways = Qt.AlignmentFlag.AlignHCenter
        return int(sideways | Qt.AlignmentFlag.AlignVCenter)

    def _about(self, row: int, column: Column) -> str | None:
        dataset = self.dataset
        assert dataset is not None  # noqa: S101 (asked by the caller)
        if column.kind == "row":
            line = "" if dataset.lines is None else f", line {int(dataset.lines[row]):,} of the file"
            return f"Row {row:,}{line}: {'test' if self._is_test[row] else 'training'} row"
        if column.kind == "input":
            return f"{column.title} = {number_text(float(dataset.inputs[row, column.place]))}"
        values = self._values(row, column.kind)
        if values is None or column.kind == "gap":
            return column.about
        names = self._classes or dataset.target_names
        shown = [f"{name}: {number_text(float(value))}" for name, value in zip(names, values, strict=False)]
        return f"{column.about}\n" + "\n".join(shown[:20])


def live_outputs(document: Document, rows: range) -> NDArray[np.float64] | None:
    """Return outputs (rows, target columns) for the weights on show; None where data and network do not fit."""
    dataset, compiled = document.dataset, document.compiled()
    if dataset is None or not rows or not compiled.output_count:
        return None
    try:
        inputs = column_order(document.network, "input", dataset.input_names)
        outputs = column_order(document.network, "output", dataset.target_names)
    except AnnsimError:
        return None
    moment = document.moment
    values = np.empty(compiled.connection_count + compiled.neuron_count)
    values[: compiled.connection_count][np.argsort(compiled.connection_ids)] = moment.weights
    values[compiled.connection_count :] = moment.bias
    numbers = np.ascontiguousarray(dataset.inputs[rows.start : rows.stop, inputs])
    with np.errstate(over="ignore", invalid="ignore"):
        computed = choose_engine("auto").outputs(compiled, Parameters(values, compiled.connection_count), numbers)
    by_column = np.full((len(rows), len(dataset.target_names)), np.nan)
    by_column[:, outputs] = computed
    return by_column


def _target_units(dataset: Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return offset and scale that lead from prepared target values back to those of the source."""
    count = len(dataset.target_names)
    offset, scale, place = np.zeros(count), np.ones(count), 0
    for column in () if dataset.preparation is None else dataset.preparation.targets:
        if isinstance(column, NumberColumn):
            offset[place], scale[place] = column.offset, column.scale
        place += column.width
    return offset, scale


def _decimals(column: NDArray[np.float64]) -> int:
    """Return the decimals that a column of numbers needs: none where all are whole, else two or so."""
    largest = float(np.abs(column).max(initial=0.0))
    if largest >= 1000 or np.array_equal(column, np.round(column)):
        return 0
    return 1 if largest >= 100 else 2 if largest >= 0.1 else 4


def _ring(colour: QColor, *, is_shown: bool) -> QPixmap:
    picture = QPixmap(2 * RING, 2 * RING)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(2.0)
    if is_shown:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        painter.drawEllipse(QRectF(1.25, 1.25, RING - 2.5, RING - 2.5))
        painter.end()
    return picture
