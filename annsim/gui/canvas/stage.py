"""What all parts of a canvas share: the document, the arrays, and the states that only the canvas knows."""

from dataclasses import dataclass, field

from annsim.gui.canvas.arrow_style import WeightScale
from annsim.gui.canvas.drawing import Drawing, Rows
from annsim.gui.document import Document


@dataclass(eq=False)
class Stage:
    """The shared state of one canvas.

    Attributes
    ----------
    hovered_neuron, hovered_connection : ids under the pointer.
    feedback : neuron id to whether it would take the arrow (or function) that is being dragged.
    moving : ids of neurons that are being dragged.
    named : ids of neurons whose names have room, and on which side.
    drawing_ms : how long the last picture of all arrows took.
    shows_bias_inputs : whether x0 = +1 is drawn for each neuron.
    """

    document: Document
    drawing: Drawing = field(default_factory=Drawing)
    scale: WeightScale = field(default_factory=WeightScale)
    hovered_neuron: int | None = None
    hovered_connection: int | None = None
    feedback: dict[int, bool] = field(default_factory=dict)
    moving: frozenset[int] = frozenset()
    named: dict[int, str] = field(default_factory=dict)
    shows_bias_inputs: bool = False
    zoom: float = 1.0
    drawing_ms: float = 0.0

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected, so that the rest steps back."""
        return bool(self.document.selected_neurons or self.document.selected_connections)

    def selected_rows(self) -> Rows:
        """Return the rows of the selected neurons."""
        return self.drawing.rows_of(self.document.selected_neurons)
