"""What all parts of a canvas share: the document, the arrays, and the states that only the canvas knows."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF

from annsim.gui.canvas.arrays import Rows
from annsim.gui.canvas.arrow_style import WeightScale
from annsim.gui.canvas.bias_places import BiasPlaces
from annsim.gui.canvas.drawing import Drawing
from annsim.gui.canvas.note_sheets import NoteSheets
from annsim.gui.document import Document


@dataclass(eq=False)
class Stage:
    """The shared state of one canvas.

    Attributes
    ----------
    hovered_neuron, hovered_connection : ids under the pointer.
    hovered_bias : id of the neuron whose drawn bias is under the pointer.
    hovered_switch : id of the input neuron whose switch is under the pointer.
    feedback : neuron id to whether it would take the arrow (or function) that is being dragged.
    marked : ids of the neurons of the second selection, to which others are connected.
    focused : id of the neuron to which the keys have walked.
    menu_place : viewport pixels of the empty place for which a menu is open.
    moving : ids of neurons that are being dragged.
    named : ids of neurons whose names have room, and on which side.
    drawing_ms : how long the last picture of all arrows took.
    shows_bias_inputs : whether x0 = +1 is drawn for each neuron.
    notes : the notes as they are shown.
    hovered_note : id of the note under the pointer.
    refused_group : id of the folded group that an arrow is being dragged onto.
    snaps, snaps_to_grid : whether what is dragged comes to rest in line with others, and on the dots.
    """

    document: Document
    drawing: Drawing = field(default_factory=Drawing)
    scale: WeightScale = field(default_factory=WeightScale)
    hovered_neuron: int | None = None
    hovered_connection: int | None = None
    hovered_bias: int | None = None
    hovered_switch: int | None = None
    feedback: dict[int, bool] = field(default_factory=dict)
    marked: frozenset[int] = frozenset()
    focused: int | None = None
    menu_place: QPointF | None = None
    moving: frozenset[int] = frozenset()
    named: dict[int, str] = field(default_factory=dict)
    shows_bias_inputs: bool = False
    bias_places: BiasPlaces = field(default_factory=BiasPlaces)
    notes: NoteSheets = field(init=False)
    hovered_note: int | None = None
    refused_group: int | None = None
    snaps: bool = True
    snaps_to_grid: bool = False
    zoom: float = 1.0
    drawing_ms: float = 0.0

    def __post_init__(self) -> None:
        self.notes = NoteSheets(self.document)

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected, so that the rest steps back."""
        return bool(self.document.selected_neurons or self.document.selected_connections)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        network = self.document.network
        return not network.neurons and not network.notes

    def selected_rows(self) -> Rows:
        """Return the rows of the selected neurons."""
        return self.drawing.rows_of(self.document.selected_neurons)
