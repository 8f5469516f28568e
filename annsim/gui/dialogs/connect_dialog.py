"""The dialog that asks how the selected neurons are to be connected to the marked ones."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from annsim.errors import AnnsimError, NetworkError
from annsim.gui.document import Document
from annsim.gui.widgets.choice_box import ChoiceBox
from annsim.gui.widgets.count_field import CountField
from annsim.network.edits import Add
from annsim.network.patterns import Pattern, Skipped, all_to_all, connecting, nearest, one_to_one, random_share

PATTERNS = {
    "all": "All to all",
    "one_to_one": "One to one, from top to bottom",
    "random": "Random share of all pairs",
    "nearest": "To each target its nearest sources",
}
COUNT_MS = 60  # after the last change the connections are counted
LARGEST_SEED = 2**31 - 1


class ConnectDialog(QDialog):
    """Counts live what a pattern would connect; nothing waits for it, so a training goes on beside it.

    Parameters
    ----------
    document : whose network it is.
    pattern : a key of PATTERNS, chosen at first.
    sources, targets : ids of neurons; those that vanish meanwhile are left out.

    Signals
    -------
    said : what came of it, as a sentence.
    """

    said = Signal(str)

    def __init__(
        self,
        document: Document,
        pattern: str,
        sources: frozenset[int],
        targets: frozenset[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("connect_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document, self._sources, self._targets = document, sources, targets
        self.pattern = ChoiceBox(list(PATTERNS.values()))
        self.pattern.setCurrentIndex(list(PATTERNS).index(pattern))
        self.share = CountField(50, 0, 100, "Share of all pairs, in per cent")
        self.neighbours = CountField(2, 1, 10_000, "Sources for each target")
        self.seed = CountField(1, 0, LARGEST_SEED, "Seed of the random choice")
        self.outcome = QLabel()
        self._form = QFormLayout(self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._count = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._count.timeout.connect(self.show_outcome)
        for signal in (self.pattern.currentIndexChanged, self.share.counted):
            signal.connect(self._changed)
        for signal in (self.neighbours.counted, self.seed.counted):
            signal.connect(self._changed)
        document.edited.connect(self._count.start)
        document.replaced.connect(self.reject)
        self._changed()
        self.show_outcome()

    def show_outcome(self) -> None:
        """Count what would be connected."""
        self._count.stop()
        found = self._found()
        if isinstance(found, AnnsimError):
            self.outcome.setText(str(found))
        else:
            edit, skipped = found
            count = len(edit.connections)
            told = skipped.sentence(count).partition(", ")[2]
            self.outcome.setText(
                f"Would add {count:,} connection{'s' * (count != 1)}" + (f"; {told}." if told else ".")
            )
        can_connect = not isinstance(found, AnnsimError) and len(found[0].connections) > 0
        self.connect_button.setEnabled(can_connect)

    def accept(self) -> None:  # noqa: D102 (Qt's own)
        found = self._found()
        if isinstance(found, AnnsimError):
            self.outcome.setText(str(found))
            return
        edit, skipped = found
        if len(edit.connections):
            self._document.do(edit)
        self.said.emit(f"{skipped.sentence(len(edit.connections))}.")
        super().accept()

    def _lay_out(self) -> None:
        count, many = len(self._sources), len(self._targets)
        self.setWindowTitle(
            f"Connect {count:,} neuron{'s' * (count != 1)} to {many:,} marked neuron{'s' * (many != 1)}"
        )
        self.pattern.setAccessibleName("Pattern")
        self.pattern.setMinimumContentsLength(max(map(len, PATTERNS.values())))
        self.pattern.setToolTip("Which of the selected neurons are connected to which of the marked ones")
        self.outcome.setWordWrap(True)
        self.outcome.setAccessibleName("What would come of it")
        self.connect_button = self._buttons.addButton("Connect", QDialogButtonBox.ButtonRole.AcceptRole)
        self.connect_button.setDefault(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._form.addRow("Pattern", self.pattern)
        self._form.addRow("Share in %", self.share)
        self._form.addRow("Neighbours", self.neighbours)
        self._form.addRow("Seed", self.seed)
        self._form.addRow(self.outcome)
        self._form.addRow(self._buttons)

    def _changed(self) -> None:
        chosen = self._chosen()
        for field, pattern in ((self.share, "random"), (self.seed, "random"), (self.neighbours, "nearest")):
            self._form.setRowVisible(field, chosen == pattern)
        self.adjustSize()
        self._count.start()

    def _chosen(self) -> str:
        return list(PATTERNS)[self.pattern.currentIndex()]

    def _pattern(self) -> Pattern:
        chosen = self._chosen()
        if chosen == "random":
            return random_share(self.share.value / 100, self.seed.value)
        if chosen == "nearest":
            return nearest(self.neighbours.value)
        return one_to_one if chosen == "one_to_one" else all_to_all

    def _found(self) -> tuple[Add, Skipped] | AnnsimError:
        network = self._document.network
        sources, targets = ([i for i in ids if i in network.neurons] for ids in (self._sources, self._targets))
        if not sources or not targets:
            return NetworkError("the neurons are gone", hint="Select and mark others.")
        try:
            return connecting(network, sources, targets, self._pattern())
        except AnnsimError as error:
            return error
