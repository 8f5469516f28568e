"""Which names of neurons have room, and where."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFontMetricsF

from annsim.gui.canvas.arrays import Numbers, Rows
from annsim.gui.canvas.neuron_paint import NAME_ROOM, name_middle, name_size, side_gap
from annsim.gui.canvas.neuron_text import sized_font
from annsim.network.neuron import NeuronValues

APART = 3.0  # px between two names
OVERLAP = 3.0  # px by which a name may touch a neuron
STEEP = 0.35  # an arrow that leads aside less than this, for each pixel down, runs through the name below its upper end
SIDES = {"input": "left", "hidden": "", "output": "right"}  # where no arrows are
Truths = NDArray[np.bool_]


def name_sides(neurons: list[NeuronValues], centres: Numbers, radii: Numbers, rows: Rows, crossed: Truths) -> list[str]:
    """Return for each neuron "below", "left", "right", or "" where its name has no room.

    Parameters
    ----------
    neurons : those that may have a name.
    centres, radii : (all neurons, 2) and (all neurons,), in pixels.
    rows : (neuron,) the rows of `neurons` in them.
    crossed : (all neurons,) whether an arrow would run through the name below.
    """
    if not neurons:
        return []
    below = _have_room(neurons, centres, radii, rows, "below")
    roles = np.array([values.role for values in neurons])
    sides = np.where(below, "below", "").astype("U5")
    for role, side in SIDES.items():
        of_role = roles == role
        is_crossed = crossed[rows][of_role].any()
        if not of_role.any() or (below[of_role].all() and not is_crossed):
            continue
        beside = _have_room(neurons, centres, radii, rows, side) if side else np.zeros(len(neurons), np.bool_)
        # a few names in a long column would look like the names of something else
        is_clear = is_crossed and beside[of_role].all()  # a name would cover the head of that arrow
        if is_clear or beside[of_role].sum() > below[of_role].sum() or below[of_role].mean() < 0.5:
            sides[of_role] = np.where(beside[of_role], side, "")
    return [str(side) for side in sides]


def crossed_below(places: Numbers, source: Rows, target: Rows) -> Truths:
    """Return which neurons, (neuron,), have an arrow to or from another one that leads steeply down.

    Parameters
    ----------
    places : (neuron, 2).
    source, target : (connection,) rows of neurons.
    """
    way = places[target] - places[source]
    is_steep = np.abs(way[:, 0]) < STEEP * np.abs(way[:, 1])
    crossed = np.zeros(len(places), np.bool_)
    crossed[np.where(way[:, 1] > 0, source, target)[is_steep]] = True
    return crossed


def _have_room(neurons: list[NeuronValues], centres: Numbers, radii: Numbers, rows: Rows, side: str) -> Truths:
    """Return which names on one side neither lie on a neuron nor on an earlier name."""
    own_radii = radii[rows]
    sizes = [name_size(radius) for radius in own_radii.tolist()]
    metrics = {size: QFontMetricsF(sized_font(size, 500)) for size in set(sizes)}
    widths = [metrics[size].horizontalAdvance(values.name) for size, values in zip(sizes, neurons, strict=True)]
    half, height = np.minimum(NAME_ROOM, widths) / 2, 0.55 * np.array(sizes)
    middle = centres[rows].copy()
    if side == "below":
        middle[:, 1] += [name_middle(radius) for radius in own_radii.tolist()]
    else:
        away = half + [side_gap(side, radius) for radius in own_radii.tolist()]
        middle[:, 0] += -away if side == "left" else away
    off = np.abs(middle[:, None] - centres[None])  # (name, neuron, 2)
    on_neuron = off[..., 0] < half[:, None] + radii - OVERLAP
    on_neuron &= off[..., 1] < height[:, None] + radii - OVERLAP
    off = np.abs(middle[:, None] - middle[None])
    on_name = (off[..., 0] < half[:, None] + half + APART) & (off[..., 1] < height[:, None] + height)
    placed = np.zeros(len(neurons), np.bool_)
    for k in np.flatnonzero(~on_neuron.any(axis=1)).tolist():
        placed[k] = not (on_name[k] & placed).any()
    return placed
