"""The cells of the truth table: texts, marks, colours, and the whole of it as text."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import number_text, size
from annsim.gui.panels.probe_truth import TruthTable
from annsim.gui.theme import theme
from annsim.gui.widgets.neuron_meters import meter_text
from annsim.gui.widgets.segments import small_strong

Index = QModelIndex | QPersistentModelIndex
Numbers = NDArray[np.float64]
Role = Qt.ItemDataRole


class TruthModel(QAbstractTableModel):
    """Columns: inputs, outputs, and where the data says so, target values and a mark."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.table: TruthTable | None = None
        self.titles: list[str] = []
        self.groups: list[str] = []  # "input", "output", "target" or "mark" a column
        self._first = {"input": 0, "output": 0, "target": 0, "mark": 0}
        self._decimals: list[int] = []
        self._texts: list[list[str]] = []
        self._outputs: Numbers = np.empty((0, 0))
        self._targets: Numbers | None = None
        self._wrong: NDArray[np.bool_] | None = None
        self._known: set[int] = set()

    def set_table(self, table: TruthTable | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self.table = table
        self.titles, self.groups = [], []
        if table is not None:
            self._take(table)
        self.endResetModel()

    def refresh(self) -> None:
        """Compute the outputs again for the weights on show."""
        table = self.table
        if table is None:
            return
        outputs = table.outputs(self._document)
        self._wrong = table.wrong(self._document, outputs)
        columns = self._document.probe_columns()
        self._outputs = np.array([columns.restored(row) for row in outputs])
        if self.groups:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def is_wrong(self, row: int) -> bool | None:
        """Return whether any output of a row is wrong; None where nothing is right or wrong."""
        return None if self._wrong is None or row not in self._known else bool(self._wrong[row].any())

    def as_text(self) -> str:
        """Return the whole table with its head, columns parted by tabs, numbers with all digits."""
        lines = ["\t".join(self.titles)]
        for row in range(self.rowCount()):
            lines.append("\t".join(self._plain(row, column) for column in range(self.columnCount())))
        return "\n".join(lines) + "\n"

    def widest_texts(self, column: int) -> list[str]:
        """Return the texts that a column needs room for."""
        if self.groups[column] == "mark":
            return []
        texts = [self._text(row, column) for row in range(self.rowCount())]
        return texts if self.groups[column] != "output" or self._is_step(column) else [*texts, "0.00"]

    # Qt's own

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: D102, N802
        return 0 if self.table is None else len(self.table.levels)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: D102, N802
        return len(self.groups)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: D102, N802
        if orientation != Qt.Orientation.Horizontal or section >= len(self.titles):
            return None
        group, title = self.groups[section], self.titles[section]
        if role == Role.DisplayRole:
            return "" if group == "mark" else title
        if role == Role.ToolTipRole:
            return {
                "input": f"Input {title}",
                "output": f"Output of {title} for the weights on show",
                "target": f"Target value of {title.removeprefix('t ')}" if title != "target" else "Target value",
                "mark": "Whether all outputs of the row are right",
            }[group]
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: D102
        row, column = index.row(), index.column()
        if self.table is None or not index.isValid():
            return None
        group = self.groups[column]
        if role == Role.DisplayRole:
            return None if group == "mark" else self._text(row, column)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Role.ForegroundRole:
            return self._colour(row, column)
        if role == Role.FontRole and group == "output":
            return small_strong()
        if role == Role.DecorationRole and group == "mark" and self.is_wrong(row) is not None:
            name, token = ("close", "error") if self.is_wrong(row) else ("check", "success")
            return _mark(name, token)
        if role == Role.ToolTipRole:
            return self._about(row)
        if role == Role.AccessibleTextRole:
            return self._said(row, column)
        return None

    # the rest

    def _take(self, table: TruthTable) -> None:
        network, columns = self._document.network, self._document.probe_columns()
        inputs, outputs = ([network.neuron_values(i) for i in ids] for ids in (table.input_ids, table.output_ids))
        targets = [] if table.targets is None else [f"t {v.name}" for v in outputs]
        if len(targets) == 1:
            targets = ["target"]
        marks = ["right"] * (table.targets is not None)
        self.titles = [v.name for v in (*inputs, *outputs)] + targets + marks
        names = (("input", inputs), ("output", outputs), ("target", targets), ("mark", marks))
        self.groups = [group for group, some in names for _ in some]
        self._first = {group: self.groups.index(group) for group, some in names if some}
        self._decimals = [0 if v.activation == "step" and v.output == "identity" else 2 for v in outputs]
        self._targets = None if table.targets is None else np.array([columns.restored(row) for row in table.targets])
        self._known = set(table.known_rows())
        self.refresh()

    def _number(self, row: int, column: int) -> float:
        assert self.table is not None  # noqa: S101 (asked by the caller)
        group = self.groups[column]
        place = column - self._first[group]
        if group == "input":
            return float(self.table.levels[row, place])
        if group == "output":
            return float(self._outputs[row, place])
        return float("nan") if self._targets is None else float(self._targets[row, place])

    def _is_step(self, column: int) -> bool:
        return self.groups[column] == "output" and self._decimals[column - self._first["output"]] == 0

    def _text(self, row: int, column: int) -> str:
        number = self._number(row, column)
        if self.groups[column] == "output":
            return meter_text(number, self._decimals[column - self._first["output"]])
        return meter_text(number) if np.isnan(number) else number_text(number)

    def _plain(self, row: int, column: int) -> str:
        if self.groups[column] == "mark":
            return {None: "", True: "no", False: "yes"}[self.is_wrong(row)]
        number = self._number(row, column)
        return "" if np.isnan(number) else repr(number).removesuffix(".0")

    def _colour(self, row: int, column: int) -> Any:
        look = theme().look
        if self.groups[column] == "target":
            return look.colour("text_muted")
        if self.groups[column] == "output" and self._is_cell_wrong(row, column):
            return look.colour("error")
        return None

    def _is_cell_wrong(self, row: int, column: int) -> bool:
        return bool(self.is_wrong(row)) and bool(self._wrong[row, column - self._first["output"]])  # type: ignore[index]

    def _said(self, row: int, column: int) -> str:
        if self.groups[column] == "mark":
            return {None: "", True: "wrong", False: "right"}[self.is_wrong(row)]
        wrong = ", wrong" if self.groups[column] == "output" and self._is_cell_wrong(row, column) else ""
        return f"{self.titles[column]} {self._text(row, column)}{wrong}"

    def _about(self, row: int) -> str:
        parts: dict[str, list[str]] = {"input": [], "output": [], "target": [], "mark": []}
        for column, group in enumerate(self.groups):
            if group != "mark":
                parts[group].append(f"{self.titles[column]} = {self._text(row, column)}")
        verdict = {None: "", True: "\nwrong", False: "\nright"}[self.is_wrong(row)]
        lines = [", ".join(parts[group]) for group in ("input", "output", "target") if parts[group]]
        return "\n".join(lines) + verdict


def _mark(name: str, token: str) -> QIcon:
    """Return an icon that keeps its colour in the highlighted row."""
    picture = icon(name, token, size("icon_small"))
    picture.addPixmap(picture.pixmap(size("icon_small")), QIcon.Mode.Selected)
    return picture
