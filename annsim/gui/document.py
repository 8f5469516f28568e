"""The document of a window: the project with its undo stack, its selection, its data, and the moment that is shown."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from annsim.data.dataset import Dataset
from annsim.engine.compiler import CompiledNetwork, Parameters, compile_network, parameters_of
from annsim.errors import AnnsimError, DataError, NetworkError
from annsim.formats.catalogue import save
from annsim.formats.project_file import write as project_bytes
from annsim.gui.moment import Moment, moment_of
from annsim.gui.probe import DataUnits, ProbeColumns
from annsim.gui.undo import EditCommand, is_cosmetic, weights_set
from annsim.network.edits import Edit
from annsim.network.network import Network
from annsim.project.loading import load_for, narrowed
from annsim.project.project import DataReference, Project
from annsim.settings import Settings
from annsim.training.matching import column_order, matched_inputs, matched_targets


class Document(QObject):
    """What all parts of a window share; each part listens to the signals that concern it.

    Signals
    -------
    replaced : another project is open.
    edit_begins : an edit that concerns training is about to be done.
    undo_begins : a step is about to be undone or redone; `is_walking` is true meanwhile.
    edited : an edit was done; carries it.
    undo_changed : what can be undone or redone is something else now.
    moment_changed : the numbers on show have changed.
    probe_changed : inputs are set by hand, to other values, or no longer.
    selection_changed, settings_changed, data_changed, saved_changed : what their names say.
    """

    replaced = Signal()
    edit_begins = Signal()
    undo_begins = Signal()
    edited = Signal(object)
    undo_changed = Signal()
    moment_changed = Signal()
    probe_changed = Signal()
    selection_changed = Signal()
    settings_changed = Signal()
    data_changed = Signal()
    saved_changed = Signal()

    project: Project
    dataset: Dataset | None
    row: int
    moment: Moment
    parameters: Parameters  # of the moment: those of a training that goes on, else of the drawing
    targets: NDArray[np.float64] | None  # of the moment, (output neurons,)
    is_walking: bool = False
    selected_neurons: frozenset[int]
    selected_connections: frozenset[int]
    selected_notes: frozenset[int]
    _has_loose_changes: bool
    _split: tuple[float | None, int] | None
    _live: Parameters | None
    _compiled: CompiledNetwork | None
    _probe: dict[int, float] | None
    _units: DataUnits | None
    _columns: ProbeColumns | None

    def __init__(self, project: Project | None = None) -> None:
        super().__init__()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self._clean_changed)
        self.undo_stack.indexChanged.connect(self._index_changed)
        self._take(project or Project(settings=Settings(epochs=None)))  # Play goes on until it is paused

    # the project

    @property
    def network(self) -> Network:
        """The drawing."""
        return self.project.network

    @property
    def settings(self) -> Settings:
        """The training settings of the next run."""
        return self.project.settings

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost by closing."""
        return self.undo_stack.isClean() and not self._has_loose_changes

    @property
    def title(self) -> str:
        """The name of the document for people."""
        if self.project.path is not None:
            return self.project.path.stem
        return self.project.title or "Untitled"

    def replace(self, project: Project) -> None:
        """Show another project; what was there is gone, so ask before."""
        self._take(project)
        self.replaced.emit()
        self.selection_changed.emit()
        self.settings_changed.emit()
        self.data_changed.emit()
        self.moment_changed.emit()
        self.saved_changed.emit()

    def save(self, path: Path) -> None:
        """Save the project; WorkError where that fails, and then nothing is lost."""
        save(self.project, path)
        self._has_loose_changes = False
        self.undo_stack.setClean()
        self.saved_changed.emit()

    def bytes(self) -> bytes:
        """Return what a file of this document would hold."""
        return project_bytes(self.project, self.project.path or Path("untitled.annsim"))

    # edits

    def do(self, edit: Edit, *, run: int | None = None, by_hand: bool = True, draws_weights: bool = False) -> None:
        """Do an edit as one undo step; NetworkError where a rule refuses it, and then nothing has changed.

        A training says with `by_hand` that its edits are its own, with `run` which of them are one step, and with
        `draws_weights` that all weights are drawn afresh.
        """
        if by_hand and not is_cosmetic(edit):
            self.edit_begins.emit()
        inverse = self.network.apply(edit)
        command = EditCommand(self.network, edit, inverse, run)
        command.set_by_hand = weights_set(edit) if by_hand else set()
        command.draws_weights = draws_weights
        self.undo_stack.push(command)

    def undo(self) -> None:
        """Undo the last step; a training ends, and its own step is the last one then."""
        self.undo_begins.emit()
        self._walk(self.undo_stack.undo)

    def redo(self) -> None:
        """Do the last undone step again."""
        self.undo_begins.emit()
        self._walk(self.undo_stack.redo)

    def _walk(self, step: Callable[[], None]) -> None:
        self.is_walking = True
        try:
            step()
        finally:
            self.is_walking = False

    @property
    def set_by_hand(self) -> set[tuple[str, int]]:
        """The weights and biases set by hand since all were last drawn: ("connection", id) or ("neuron", id)."""
        found: set[tuple[str, int]] = set()
        for place in reversed(range(self.undo_stack.index())):
            command = self.undo_stack.command(place)
            if isinstance(command, EditCommand):
                if command.draws_weights:
                    break
                found |= command.set_by_hand
        return found

    # selection

    def select(self, neurons: Iterable[int] = (), connections: Iterable[int] = (), notes: Iterable[int] = ()) -> None:
        """Select these neurons, connections and notes and nothing else."""
        chosen = frozenset(neurons), frozenset(connections), frozenset(notes)
        if chosen != (self.selected_neurons, self.selected_connections, self.selected_notes):
            self.selected_neurons, self.selected_connections, self.selected_notes = chosen
            self.selection_changed.emit()

    # settings and data

    def set_settings(self, settings: Settings) -> None:
        """Use other settings from the next run on."""
        if settings != self.project.settings:
            self.project.settings = settings
            self._loose_change()
            self.settings_changed.emit()
            self.refresh_moment()

    def load_data(self, reference: DataReference) -> Dataset:
        """Read data and make it the project's; DataError or FileError where that fails."""
        dataset, remembered = load_for(self.network, reference, self.settings)
        self.set_data(dataset, remembered)
        return dataset

    def set_data(self, dataset: Dataset | None, reference: DataReference | None) -> None:
        """Use a data set that has been read."""
        if reference != self.project.data:
            self._loose_change()
        before = self.project.data
        if before is None or reference is None or before.source != reference.source:
            self._probe = None  # values by hand were those of the other data
        self.dataset, self.project.data = dataset, reference
        self._split = self.settings.test_share, self.settings.seed
        self.row = 0
        self._units, self._columns = None, None
        self.data_changed.emit()
        self.refresh_moment()
        self.probe_changed.emit()

    def split_data(self) -> Dataset:
        """Return the data set, split as the present settings say; DataError where there is none."""
        dataset, reference = self.dataset, self.project.data
        if dataset is None:
            raise DataError("there is no data yet", hint="Choose a set or a file in the data panel.")
        split = self.settings.test_share, self.settings.seed
        if split != self._split:
            row = self.row
            dataset = dataset.split_again(*split)
            if reference is not None:
                fitted = dataset.preparation
                reference = replace(reference, preparation=fitted and narrowed(fitted, self.network))
            self.set_data(dataset, reference)
            self.show_row(row)
        return dataset

    def show_row(self, row: int) -> None:
        """Show the numbers of another row of the data."""
        if self.dataset is not None and 0 <= row < len(self.dataset):
            self.row = row
            self.refresh_moment()

    # the probe: inputs by hand, a view that is neither saved nor undone

    @property
    def probe(self) -> dict[int, float] | None:
        """The inputs by hand, by neuron id in the units of the data; None where a row of the data is shown."""
        hand = self._probe
        return None if hand is None else {i: hand.get(i, 0.0) for i in self.network.ids_of_role("input")}

    def probe_columns(self) -> ProbeColumns:
        """Return the units of the inputs, and what the data knows about values by hand."""
        if self._columns is None:
            if self._units is None and self.dataset is not None:
                self._units = DataUnits(self.dataset)
            self._columns = ProbeColumns(self.network, self._units)
        return self._columns

    def set_probe_value(self, neuron_id: int, value: float) -> None:
        """Set one input by hand; NetworkError where the neuron is no input, DataError for a number not finite."""
        self.set_probe_values({neuron_id: value})

    def set_probe_values(self, values: Mapping[int, float]) -> None:
        """Set some inputs by hand; the others keep their values, at first those of the present row."""
        inputs = set(self.network.ids_of_role("input"))
        for neuron_id, value in values.items():
            if neuron_id not in inputs:
                raise NetworkError(f"neuron {neuron_id} is no input neuron")
            if not math.isfinite(value):
                raise DataError(f"an input must be a finite number, not {value}")
        present = self._probe
        if present is None:
            columns, moment = self.probe_columns(), self.moment
            present = {i: columns.value(i, float(moment.output[moment.place[i]])) for i in inputs}
        self._probe = {**present, **values}
        self.refresh_moment()
        self.probe_changed.emit()

    def set_probe_row(self, row: int) -> None:
        """Show a row of the data instead of inputs by hand."""
        was_by_hand, self._probe = self._probe is not None, None
        if self.dataset is not None and 0 <= row < len(self.dataset):
            self.row = row
        self.refresh_moment()
        if was_by_hand:
            self.probe_changed.emit()

    def leave_probe(self) -> None:
        """Show the present row of the data again; without data, inputs of 0."""
        self.set_probe_row(self.row)

    def note_run(self) -> None:
        """Note that the runs of the project have changed."""
        self._loose_change()

    # the moment

    def compiled(self) -> CompiledNetwork:
        """Return the compiled network; compiled again only after an edit that concerns it."""
        if self._compiled is None:
            self._compiled = compile_network(self.network)
        return self._compiled

    def show_live(self, parameters: Parameters | None) -> None:
        """Show weights and biases of a training that goes on; None: those of the drawing again."""
        self._live = parameters
        self.refresh_moment()

    def refresh_moment(self) -> None:
        """Compute the numbers on show again."""
        compiled = self.compiled()
        live = self._live
        if live is None or len(live.values) != compiled.connection_count + compiled.neuron_count:
            live = parameters_of(self.network, compiled)
        self.parameters = live
        inputs, self.targets = self._row_values(compiled)
        self.moment = moment_of(compiled, live, inputs, self.targets, self.settings)
        self.moment_changed.emit()

    def mismatch(self) -> str:
        """Return why the data does not fit the network, or "" where it does (or where there is none)."""
        if self.dataset is None:
            return ""
        try:
            column_order(self.network, "input", self.dataset.input_names)
            column_order(self.network, "output", self.dataset.target_names)
        except AnnsimError as error:
            return str(error)
        return ""

    def _take(self, project: Project) -> None:
        self.project = project
        self.undo_stack.clear()
        self._has_loose_changes = False
        self.selected_neurons = frozenset()
        self.selected_connections = frozenset()
        self.selected_notes = frozenset()
        self.dataset = None
        self._split = None
        self.row = 0
        self._live = None
        self._compiled = None
        self._probe, self._units, self._columns = None, None, None
        project.network.changed.connect(self._after_edit)
        self.refresh_moment()

    def _after_edit(self, edit: Edit) -> None:
        self._columns = None
        if not is_cosmetic(edit):
            self._compiled, self._live = None, None
        self._drop_gone_from_selection()
        if not is_cosmetic(edit):
            self.refresh_moment()
        self.edited.emit(edit)

    def _drop_gone_from_selection(self) -> None:
        self.select(
            (i for i in self.selected_neurons if i in self.network.neurons),
            (i for i in self.selected_connections if i in self.network.connections),
            (i for i in self.selected_notes if i in self.network.notes),
        )

    def _row_values(self, compiled: CompiledNetwork) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
        if self.probe is not None:
            by_hand = self.probe_columns().numbers(self.probe)
            return by_hand, self.probe_columns().targets(by_hand)
        nothing = np.zeros(compiled.input_count)
        if self.dataset is None or not compiled.input_count or self.row >= len(self.dataset):
            return nothing, None
        try:
            inputs = matched_inputs(self.network, self.dataset)[self.row]
        except AnnsimError:
            return nothing, None  # the data panel shows the mismatch; the drawing shows inputs of 0
        try:
            targets = matched_targets(self.network, self.dataset)[self.row]
        except AnnsimError:
            return inputs, None
        return inputs, targets

    def _index_changed(self, index: int) -> None:
        self.undo_changed.emit()

    def _clean_changed(self, is_clean: bool) -> None:
        self.saved_changed.emit()

    def _loose_change(self) -> None:
        self._has_loose_changes = True
        self.saved_changed.emit()
