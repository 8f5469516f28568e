"""The first values before and after, and the minimum, mean and maximum of all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from annsim.errors import shorten
from annsim.gui.dialogs.expression_targets import Values
from annsim.gui.look import font, number_text, values

FIRST = 5  # values
NAME_LIMIT = 36
SUMMARY: tuple[tuple[str, Callable[[Values], Any]], ...] = (("min", np.min), ("mean", np.mean), ("max", np.max))


class ExpressionPreview(QWidget):
    """A table that always has the same height, so that nothing jumps while one types."""

    def __init__(self) -> None:
        super().__init__()
        space = values()["spacing"]
        self.setAccessibleName("Values before and after")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space["6"])
        grid.setVerticalSpacing(space["1"])
        grid.setColumnStretch(0, 1)
        self._heads = [_label("caption") for _ in range(3)]
        self.rows = [[_label("", right=k > 0) for k in range(3)] for _ in range(FIRST)]
        self.summary = [[_label("small", right=k > 0) for k in range(3)] for _ in SUMMARY]
        for k, head in enumerate(self._heads):
            grid.addWidget(head, 0, k, Qt.AlignmentFlag.AlignRight if k else Qt.AlignmentFlag.AlignLeft)
        for row, labels in enumerate([*self.rows, [], *self.summary], 1):
            for k, label in enumerate(labels):
                grid.addWidget(label, row, k)
        grid.setRowMinimumHeight(FIRST + 1, space["1"])
        for k in (1, 2):
            grid.setColumnMinimumWidth(k, self.fontMetrics().horizontalAdvance("−0.000000"))

    def show_values(self, names: Sequence[str], before: Values, after: Values | None) -> None:
        """Show values; `after` is None while there is no expression that can be computed."""
        which = f"first {FIRST} of {len(before):,}" if len(before) > FIRST else ""
        _show(self._heads, (which, "before", "after") if len(before) else ("", "", ""))
        for k, labels in enumerate(self.rows):
            is_there = k < len(names)
            texts = (shorten(names[k], NAME_LIMIT), _text(before, k), _text(after, k)) if is_there else ("", "", "")
            _show(labels, texts)
        for (word, function), labels in zip(SUMMARY, self.summary, strict=True):
            is_there = bool(len(before))
            _show(labels, (word if is_there else "", _summary(before, function), _summary(after, function)))


def _label(role: str, *, right: bool = False) -> QLabel:
    label = QLabel(" ")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setFont(font("small" if role == "small" else "body"))
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _show(labels: Sequence[QLabel], texts: Sequence[str]) -> None:
    for label, text in zip(labels, texts, strict=True):
        label.setText(text or " ")


def _text(column: Values | None, k: int) -> str:
    return "" if column is None else number_text(float(column[k]))


def _summary(column: Values | None, function: Callable[[Values], Any]) -> str:
    return number_text(float(function(column))) if column is not None and len(column) else ""
