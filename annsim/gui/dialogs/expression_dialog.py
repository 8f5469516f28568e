"""The dialog that sets many weights, biases or thresholds by an expression such as w * 0.5."""

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annsim.errors import AnnsimError, shorten
from annsim.gui.dialogs.expression_preview import FIRST, ExpressionPreview
from annsim.gui.dialogs.expression_targets import (
    TARGETS,
    Outcome,
    Scope,
    Target,
    choose,
    edit_of,
    outcome,
    scopes,
    thing_text,
)
from annsim.gui.document import Document
from annsim.gui.icons import icon
from annsim.gui.look import size, values
from annsim.gui.preferences import Preferences
from annsim.gui.theme import theme
from annsim.gui.widgets.choice_box import ChoiceBox
from annsim.network.edits import Edit
from annsim.network.expressions import FUNCTIONS, Expression, parse

WIDTH = 500
SEED_WIDTH = 120
REST_MS = 100  # after so long without a key the values are computed
SEED_LIMIT = 2**31 - 1
TEXT_LIMIT = 40  # of the expression in the name of the undo step
EXAMPLES = {
    "weight": ("w * 0.5", "−w", "uniform(−1, 1)", "normal(0, 1 / sqrt(fan_in))", "clip(w, −2, 2)"),
    "bias": ("0", "b * 0.5", "uniform(−1, 1)", "0.1 * i"),
    "threshold": ("0", "t + 0.5", "uniform(−1, 1)", "−1 + 2 * i / n"),
}
VARIABLES = "{letter} is the present value, i counts from 0 to n − 1; also {others}. Functions: {functions}."


class ExpressionDialog(QDialog):
    """Does not block the window: it follows the selection, and what was computed follows the drawing."""

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._preferences = document, preferences
        self._scopes: list[Scope] = []
        self.setObjectName("expression_dialog")
        self.setWindowTitle("Set by expression")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.target_box = ChoiceBox([target.one for target in TARGETS])
        self.scope_box = ChoiceBox([])
        self.field = QLineEdit()
        self.history = QToolButton()
        self.letter = QLabel()
        self.message = QLabel(wordWrap=True)
        self.seed = QLineEdit(str(document.settings.seed))
        self.new_seed = QToolButton()
        self._seed_row = QWidget()
        self.preview = ExpressionPreview()
        self.hint = QLabel(wordWrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.addButton("Set", QDialogButtonBox.ButtonRole.AcceptRole)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._set_up()
        self._lay_out()
        self._join()
        has_arrows = bool(document.selected_connections) or not document.selected_neurons
        self.target_box.show_name("weight" if has_arrows else "bias")
        self._take_target()
        self.field.setFocus()
        self.field.selectAll()

    @property
    def target(self) -> Target:
        """What is to be set."""
        return TARGETS[self.target_box.currentIndex()]

    def accept(self) -> None:
        """Set the values as one step and close; what is wrong is said, and the dialog stays."""
        self._rest.stop()
        self._document.edit_begins.emit()  # a training ends first: its last weights count
        found = self._compute()
        if found is None:
            return
        text = self.field.text().strip()
        if not np.array_equal(found.before, found.after):
            try:
                self._document.do(edit_of(self.target, found, shorten(text, TEXT_LIMIT)))
            except AnnsimError as error:
                self._say(str(error), is_wrong=True)
                return
        self._preferences.note_used(self._kind_of_history, text)
        super().accept()

    # the rest

    @property
    def _seed(self) -> int:
        return int(self.seed.text() or 0)

    @property
    def _kind_of_history(self) -> str:
        return f"expressions_{self.target.field}"

    def _set_up(self) -> None:
        for widget, name, tip in (
            (self.target_box, "What to set", "Weights, biases or thresholds"),
            (self.scope_box, "Of which", "What is selected, or all; those that are locked stay as they are"),
            (self.field, "Expression", "Such as w * 0.5 or uniform(−1, 1)"),
            (self.history, "Used last, and examples", "Expressions used last, and examples"),
            (self.seed, "Seed", "The same seed gives the same random numbers"),
            (self.new_seed, "New seed", "Other random numbers, from the next seed"),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)
        self.message.setProperty("role", "small")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("role", "caption")
        self.seed.setValidator(QIntValidator(0, SEED_LIMIT, self.seed))
        self.seed.setMaximumWidth(SEED_WIDTH)
        self.ok.setDefault(True)

    def _lay_out(self) -> None:
        space = values()["spacing"]
        what, expression, seed = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self._seed_row)
        for row in (what, expression, seed):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(space["2"])
        what.addWidget(self.target_box)
        what.addWidget(QLabel("of"))
        what.addWidget(self.scope_box, 1)
        expression.addWidget(self.field, 1)
        expression.addWidget(self.history)
        seed.addWidget(self.seed)
        seed.addWidget(self.new_seed)
        seed.addStretch()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(space["3"])
        self.form.setVerticalSpacing(space["2"])
        self.form.addRow("Set", what)
        self.form.addRow(self.letter, expression)
        self.form.addRow("", self.message)
        self.form.addRow("Seed", self._seed_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[space["4"]] * 4)
        layout.setSpacing(space["4"])
        layout.addLayout(self.form)
        layout.addWidget(self.preview)
        layout.addWidget(self.hint)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.resize(WIDTH, self.sizeHint().height())

    def _join(self) -> None:
        document = self._document
        self.target_box.chosen.connect(lambda name: self._take_target())
        self.scope_box.chosen.connect(lambda name: self.refresh())
        self.field.textChanged.connect(lambda text: self._rest.start())
        self.seed.textChanged.connect(lambda text: self.refresh())
        self.new_seed.clicked.connect(lambda: self.seed.setText(str((self._seed + 1) % SEED_LIMIT)))
        self._rest.timeout.connect(self.refresh)
        self.history.clicked.connect(self._show_history)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        document.selection_changed.connect(self._take_scopes)
        document.edited.connect(self._drawing_changed)
        document.replaced.connect(self.reject)
        theme().changed.connect(self._recolour)
        self._recolour()

    def _take_target(self) -> None:
        """Offer what belongs to a target, with its expression used last."""
        target = self.target
        used = self._preferences.used(self._kind_of_history)
        self.letter.setText(f"{target.letter} =")
        self.field.setText((used or EXAMPLES[target.field])[0])
        others = ", ".join(name for name in target.variables if name not in (target.letter, "i", "n"))
        functions = ", ".join(FUNCTIONS)
        self.hint.setText(VARIABLES.format(letter=target.letter, others=others, functions=functions))
        self._take_scopes()

    def _drawing_changed(self, edit: Edit) -> None:
        self._take_scopes(keep=True)

    def _take_scopes(self, *, keep: bool = False) -> None:
        """Offer what is selected now; `keep` the place in the list where only the drawing has changed."""
        place = self.scope_box.currentIndex()
        self._scopes = scopes(self._document, self.target)
        self.scope_box.clear()
        self.scope_box.addItems([scope.text for scope in self._scopes])
        self.scope_box.setMaxVisibleItems(len(self._scopes))
        self.scope_box.setCurrentIndex(min(max(0, place), len(self._scopes) - 1) if keep else 0)
        self.refresh()

    def refresh(self) -> None:
        """Show what the expression would do."""
        self._rest.stop()
        self._compute()

    def _compute(self) -> Outcome | None:
        """Compute and show the values; None where there are none, and the message says why."""
        document, target = self._document, self.target
        chosen = choose(document, target, self._scopes[self.scope_box.currentIndex()].ids)
        present = outcome(document, target, chosen.ids, parse(target.letter, target.variables), 0)
        found = None
        if not len(chosen.ids):
            locked = f": {target.count(chosen.locked)} locked" if chosen.locked else ""
            self._say(f"There is nothing to set{locked}.", is_wrong=bool(chosen.locked))
        else:
            expression = self._parsed()
            if expression is not None:
                found = self._outcome(expression, chosen.ids)
        if found is not None:
            same = "" if (found.before != found.after).any() else "Nothing would change. "
            locked = f"{target.count(chosen.locked)} locked, left as {'it is' if chosen.locked == 1 else 'they are'}."
            self._say(same + (locked if chosen.locked else ""), is_wrong=False)
        names = [thing_text(document, target, int(i)) for i in chosen.ids[:FIRST]]
        self.preview.show_values(names, present.before, None if found is None else found.after)
        self.ok.setEnabled(found is not None)
        self.ok.setText(f"Set {target.count(len(chosen.ids))}" if len(chosen.ids) else "Set")
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))
        return found

    def _parsed(self) -> Expression | None:
        try:
            expression = parse(self.field.text(), self.target.variables)
        except AnnsimError as error:
            self._say(str(error), is_wrong=True)
            return None
        self._seed_row.setEnabled(expression.is_random)
        return expression

    def _outcome(self, expression: Expression, ids: np.ndarray) -> Outcome | None:
        try:
            return outcome(self._document, self.target, ids, expression, self._seed)
        except AnnsimError as error:
            self._say(str(error), is_wrong=True)
            return None

    def _say(self, text: str, *, is_wrong: bool) -> None:
        self.message.setText(text or " ")
        self.message.setProperty("wrong", is_wrong)
        self.message.style().polish(self.message)
        self.field.setAccessibleDescription(text)

    def _show_history(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        used = self._preferences.used(self._kind_of_history)
        examples = [text for text in EXAMPLES[self.target.field] if text not in used]
        for title, texts in (("Used last", used), ("Examples", examples)):
            if texts:
                menu.addAction(title).setEnabled(False)
            for text in texts:
                menu.addAction(text).triggered.connect(lambda checked=False, chosen=text: self.field.setText(chosen))
        menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))

    def _recolour(self) -> None:
        self.history.setIcon(icon("chevron_down", size=size("icon_small")))
        self.new_seed.setIcon(icon("new_seed", size=size("icon_small")))
