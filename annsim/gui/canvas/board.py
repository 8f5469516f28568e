"""What a gesture needs of the canvas: what lies where, and ways to do an edit, to say something and to paint again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF

from annsim.errors import AnnsimError
from annsim.gui.canvas.arrays import Numbers
from annsim.gui.canvas.arrow_shape import nearest_arrow
from annsim.gui.canvas.bias_input import bias_at
from annsim.gui.canvas.eye import Eye
from annsim.gui.canvas.grid import dot_distance
from annsim.gui.canvas.group_shape import frames, group_part_at, title_rect
from annsim.gui.canvas.neuron_paint import BADGE_ANGLES, CURVE_FROM, badges
from annsim.gui.canvas.scene import NetworkScene
from annsim.gui.canvas.snap import NOWHERE, REACH, Snapped, snapped
from annsim.gui.canvas.stage import Stage
from annsim.gui.document import Document
from annsim.network.edits import Add, Edit, SetValues
from annsim.network.network import LAYER_DISTANCE, NEURON_DISTANCE
from annsim.network.neuron import DEFAULT_ACTIVATION, NeuronValues, Role

RIM_OUTSIDE, RIM_INSIDE = 6.0, 5.0  # px of the band from which an arrow is drawn
RIM_SHARE = 0.3  # of a small neuron: the rest of it must stay for moving
COLUMNS = {"input": -1, "hidden": 0, "output": 1}
PLACES = 7  # in a column, for neurons that are added without pointing
RIM_ANGLES = (0, 18, -22, 90, -90, 135, 180, 60, -120, 155)


@dataclass(eq=False)
class Board:
    """The canvas as gestures see it; points are viewport pixels."""

    scene: NetworkScene
    eye: Callable[[], Eye]
    say: Callable[[str], None]

    @property
    def stage(self) -> Stage:
        """The shared state."""
        return self.scene.stage

    @property
    def document(self) -> Document:
        """The document."""
        return self.scene.stage.document

    def repaint(self) -> None:
        """Paint the canvas again."""
        self.scene.update()

    def do(self, edit: Edit) -> bool:
        """Do an edit, or say why it is refused."""
        try:
            self.document.do(edit)
        except AnnsimError as error:
            self.say(str(error))
            return False
        return True

    # what lies where

    def neuron_at(self, point: QPointF, reach: float = RIM_OUTSIDE) -> int | None:
        """Return the id of the neuron whose circle, widened by `reach` pixels, holds a point."""
        drawing, eye = self.stage.drawing, self.eye()
        if not len(drawing.ids):
            return None
        off = eye.to_screen(drawing.positions) - (point.x(), point.y())
        outside = np.hypot(off[:, 0], off[:, 1]) - drawing.radii * eye.zoom
        outside[drawing.boxes.is_hidden] = np.inf
        nearest = int(np.argmin(outside))
        return int(drawing.ids[nearest]) if outside[nearest] <= reach else None

    def folded_group_at(self, point: QPointF) -> int | None:
        """Return the id of the folded group whose box holds a point."""
        found = group_part_at(self.stage.drawing.boxes, self.eye(), point, folded=True)
        return None if found is None else found.group

    def group_rect(self, group_id: int) -> QRectF:
        """Return the part of a group that can be taken hold of, on screen."""
        boxes, eye = self.stage.drawing.boxes, self.eye()
        k = boxes.index(group_id)
        return title_rect(frames(boxes, eye)[k].tolist(), bool(boxes.is_folded[k]))

    def is_on_rim(self, neuron_id: int, point: QPointF) -> bool:
        """Return whether a point of a neuron lies in the band round its rim."""
        centre, radius = self.circle(neuron_id)
        distance = float(np.hypot(point.x() - centre.x(), point.y() - centre.y()))
        return radius - min(RIM_INSIDE, RIM_SHARE * radius) <= distance <= radius + RIM_OUTSIDE

    def circle(self, neuron_id: int) -> tuple[QPointF, float]:
        """Return centre and radius of a neuron on screen."""
        drawing, eye = self.stage.drawing, self.eye()
        row = int(drawing.rows_of([neuron_id])[0])
        return QPointF(*eye.to_screen(drawing.positions[row]).tolist()), float(drawing.radii[row] * eye.zoom)

    def place(self, neuron_id: int) -> tuple[float, float]:
        """Return the centre of a neuron in the scene."""
        x, y = self.stage.drawing.positions[self.stage.drawing.rows_of([neuron_id])[0]].tolist()
        return x, y

    def arrow_at(self, point: QPointF) -> int | None:
        """Return the id of the connection under a point."""
        drawing = self.stage.drawing
        row = nearest_arrow(drawing, self.eye(), point.x(), point.y())
        return None if row is None else int(drawing.connection_ids[row])

    def bias_at(self, point: QPointF) -> int | None:
        """Return the id of the neuron whose drawn bias, the +1 or the arrow from it, lies under a point."""
        return bias_at(self.stage, self.eye(), point.x(), point.y())

    def rim_point(self, neuron_id: int, is_free: Callable[[QPoint], bool]) -> QPoint:
        """Return a point of the rim from which an arrow can be drawn: at the right, or where nothing lies over it."""
        centre, radius = self.circle(neuron_id)
        taken = badges(self.document.network.neuron_values(neuron_id)) if 2 * radius >= CURVE_FROM else []
        covered = BADGE_ANGLES[: len(taken)]
        points = []
        for angle in RIM_ANGLES:
            x, y = np.cos(np.radians(angle)), np.sin(np.radians(angle))
            point = QPoint(round(centre.x() + radius * x), round(centre.y() + radius * y))
            is_covered = any(abs(angle - badge) < 17 for badge in covered)
            if not is_covered and self.neuron_at(QPointF(point)) == neuron_id:
                points.append(point)
        right = QPoint(round(centre.x() + radius), round(centre.y()))
        return next(filter(is_free, points), points[0] if points else right)

    # what several gestures do

    def click(self, neuron_id: int | None, connection_id: int | None, is_added: bool) -> None:
        """Select what was clicked; with Shift it joins or leaves the selection.

        An arrow that stands for several at a folded group means all of them.
        """
        drawing = self.stage.drawing
        arrows = drawing.bundles.all_of(drawing.arrow_rows(() if connection_id is None else (connection_id,)))
        neurons = () if neuron_id is None else (neuron_id,)
        self.choose(neurons, drawing.connection_ids[arrows].tolist(), is_added=is_added)

    def choose(
        self,
        neurons: Iterable[int] = (),
        connections: Iterable[int] = (),
        notes: Iterable[int] = (),
        *,
        is_added: bool = False,
    ) -> None:
        """Select these things; with `is_added` they join the selection, or leave it where all are in it."""
        document = self.document
        chosen = frozenset(neurons), frozenset(connections), frozenset(notes)
        if not is_added:
            document.select(*chosen)
            return
        present = document.selected_neurons, document.selected_connections, document.selected_notes
        is_in = all(new <= old for new, old in zip(chosen, present, strict=True))
        document.select(*(old - new if is_in else old | new for new, old in zip(chosen, present, strict=True)))

    def set_folded(self, group_ids: Sequence[int], is_folded: bool) -> None:
        """Fold or unfold groups, as one step."""
        titles = [self.document.network.groups[i].title for i in group_ids]
        what = titles[0] if len(titles) == 1 else count_text(len(titles), "group")
        name = f"{'Fold' if is_folded else 'Unfold'} {what}"
        self.do(SetValues("group", "is_folded", list(group_ids), [is_folded] * len(titles), name))

    def snapped(self, place: tuple[float, float], others: Numbers, is_free: bool) -> Snapped:
        """Return where a thing dragged to a scene point comes to rest among others, as far as the view wants that."""
        stage, eye = self.stage, self.eye()
        if is_free or not (stage.snaps or stage.snaps_to_grid):
            return Snapped()
        on_screen = eye.to_screen(others)
        in_view = ((on_screen >= 0) & (on_screen <= (eye.width, eye.height))).all(axis=1) & stage.snaps
        grid = dot_distance(eye.zoom) / eye.zoom if stage.snaps_to_grid else None
        return snapped(np.array(place), others[in_view], REACH / eye.zoom, grid)

    def new_neuron(
        self, role: Role, point: QPointF, activation: str | None = None, at: Snapped = NOWHERE
    ) -> NeuronValues:
        """Return a neuron that is not added yet, with the next id and a free name; `at` says where it comes to rest."""
        network = self.document.network
        x, y = self.eye().to_scene((point.x(), point.y())).round().tolist()
        x, y = x if at.x is None else at.x, y if at.y is None else at.y
        number, name = network.counters[0], network.free_name(role)
        values = NeuronValues(number, name, role, DEFAULT_ACTIVATION[role], position=(x, y))
        return values if activation is None or role == "input" else replace(values, activation=activation)

    def free_point(self, role: Role) -> QPointF:
        """Return a free place in view: inputs left of the middle, outputs right of it, each below the one before."""
        eye = self.eye()
        taken = eye.to_screen(self.stage.drawing.positions)
        middle = np.array([eye.width / 2, eye.height / 2])
        column = COLUMNS[role] * min(LAYER_DISTANCE * eye.zoom, eye.width / 3)
        for k in range(2 * PLACES):
            row = (k + 1) // 2 * (1 if k % 2 else -1) * NEURON_DISTANCE * eye.zoom
            place = middle + np.array([column + k // PLACES * LAYER_DISTANCE / 2 * eye.zoom, row])
            apart = np.hypot(*(taken - place).T)
            if not len(apart) or apart.min() > 2.4 * eye.radius:
                return QPointF(*place.tolist())
        return QPointF(*middle.tolist())

    def add_neuron(self, role: Role, point: QPointF, activation: str | None = None, at: Snapped = NOWHERE) -> None:
        """Add a neuron at a point, or where it comes to rest near by, and select it."""
        values = self.new_neuron(role, point, activation, at)
        if self.do(Add(neurons=(values,), name=f"Add {values.name}")):
            self.document.select([values.id])


def count_text(count: int, thing: str) -> str:
    """Return "1 neuron", "3 neurons"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def things_text(network: Any, neurons: list[int], connections: list[int], notes: Sequence[int] = ()) -> str:
    """Return how a step names its neurons, connections and notes: by name where there is one, else by number."""
    if len(neurons) == 1 and not connections and not notes:
        return str(network.neuron_values(neurons[0]).name)
    counts = (len(neurons), "neuron"), (len(connections), "connection"), (len(notes), "note")
    parts = [count_text(count, thing) for count, thing in counts if count]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
