"""New places for neurons: in layers, in a grid, on a circle, in line, at equal distances.

Each function returns the places by id and changes nothing; `moving` makes the edit. Coordinates are pixels at 100 %,
x to the right and y downwards. No neuron comes to stand where another stands.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annsim.errors import NetworkError, did_you_mean, shorten
from annsim.network.builders import block_places
from annsim.network.edits import SetValues
from annsim.network.layer_order import with_few_crossings
from annsim.network.layering import layers_of
from annsim.network.network import LAYER_DISTANCE, NEURON_DISTANCE, Network
from annsim.network.neuron import Position
from annsim.network.order import Index
from annsim.network.places import Reals, places_of

Places = dict[int, Position]
Side = Literal["left", "middle", "right", "top", "centre", "bottom"]
Direction = Literal["horizontal", "vertical"]
SIDES: tuple[Side, ...] = ("left", "middle", "right", "top", "centre", "bottom")
DIRECTIONS: tuple[Direction, ...] = ("horizontal", "vertical")

DUST = 1e-9  # px
CLEARANCE = 80.0  # neurons in line nearer to each other would overlap


def moving(network: Network, places: Mapping[int, Position], name: str) -> SetValues:
    """Return the edit that moves neurons to their places; those that stand there already are left out of it."""
    moved = {i: place for i, place in places.items() if network.neuron_values(i).position != place}
    return SetValues("neuron", "position", list(moved), list(moved.values()), name)


def in_layers(network: Network, ids: Iterable[int] | None = None) -> Places:
    """Return places from left to right by depth with few crossings; about the present middle.

    Inputs stand at the left, outputs that lead nowhere in the last column, a neuron without sources just before the
    first neuron that it leads to. Parts that hang together by no arrow stand below each other, as they do now, and
    neurons without arrows below all. The order from top to bottom stays where no better one is found.

    Parameters
    ----------
    ids : the neurons to arrange, and only arrows between them count; None: all.
    """
    chosen, now = _chosen(network, ids)
    if not len(chosen):
        return {}
    layers = layers_of(network, chosen, now[:, 1])
    order = with_few_crossings(layers, np.lexsort((chosen, now[:, 0], now[:, 1])))
    places = np.empty_like(now)
    top = 0.0
    for layers_of_part in _stretches_of(layers.part, layers.layer, order):
        left, part = 0.0, []
        for neurons in layers_of_part:
            of_layer, width = block_places(len(neurons), left)
            part += of_layer
            left += width + LAYER_DISTANCE
        here = np.array(part)
        here[:, 1] += top - here[:, 1].min()
        places[np.concatenate(layers_of_part)] = here
        top = here[:, 1].max() + 2 * NEURON_DISTANCE
    return _put(network, chosen, _about(now, places), (0.0, 1.0))


def in_grid(network: Network, ids: Iterable[int] | None = None) -> Places:
    """Return places in a square grid, column by column: by depth, then as they stand from left to right."""
    chosen, now = _chosen(network, ids)
    if not len(chosen):
        return {}
    rows = int(np.ceil(np.sqrt(len(chosen))))
    column = np.arange(len(chosen)) // rows
    depth = _depths(network, chosen)
    order = np.lexsort((chosen, now[:, 1], now[:, 0], depth))
    order = order[np.lexsort((chosen[order], now[order, 0], now[order, 1], depth[order], column))]
    places = np.empty_like(now)
    places[order] = np.column_stack((column, np.arange(len(chosen)) % rows)) * NEURON_DISTANCE
    return _put(network, chosen, _about(now, places), (0.0, 1.0))


def in_circle(network: Network, ids: Iterable[int] | None = None) -> Places:
    """Return places on a circle, clockwise from the left: by depth, then as they stand around their middle."""
    chosen, now = _chosen(network, ids)
    if len(chosen) < 2:
        return _by_id(chosen, now)
    away = now - now.mean(axis=0)
    # from a quarter of a place before 9 o'clock, so that what stands there does not jump to the end by rounding
    angle = np.mod(np.arctan2(away[:, 1], away[:, 0]) - np.pi + np.pi / 2 / len(chosen), 2 * np.pi)
    order = np.lexsort((chosen, angle, _depths(network, chosen)))
    turn = np.pi + 2 * np.pi * np.arange(len(chosen)) / len(chosen)
    radius = NEURON_DISTANCE / 2 / np.sin(np.pi / len(chosen))
    places = np.empty_like(now)
    places[order] = now.mean(axis=0) + radius * np.column_stack((np.cos(turn), np.sin(turn)))
    return _put(network, chosen, places.round(3), (0.0, 1.0))


def aligned(network: Network, ids: Iterable[int] | None, side: Side) -> Places:
    """Return places on one line, in the order in which they stand; those that would overlap move apart.

    Parameters
    ----------
    side : "left", "middle", "right" (a common x), or "top", "centre", "bottom" (a common y).
    """
    _check_word(side, SIDES, "side")
    chosen, now = _chosen(network, ids)
    if not len(chosen):
        return {}
    across = 0 if side in ("left", "middle", "right") else 1
    low, high = now[:, across].min(), now[:, across].max()
    common = {"left": low, "top": low, "right": high, "bottom": high}.get(side, (low + high) / 2)
    along = now[:, 1 - across]
    order = np.lexsort((chosen, now[:, across], along))
    places = np.full_like(now, common)
    places[order, 1 - across] = spread(along[order], CLEARANCE)
    return _put(network, chosen, places, (float(across), 1.0 - across))


def distributed(network: Network, ids: Iterable[int] | None, direction: Direction) -> Places:
    """Return places at equal distances between the first and the last neuron, in the order in which they stand."""
    _check_word(direction, DIRECTIONS, "direction")
    chosen, now = _chosen(network, ids)
    if len(chosen) < 3:
        return _by_id(chosen, now)
    along = 0 if direction == "horizontal" else 1
    order = np.lexsort((chosen, now[:, 1 - along], now[:, along]))
    places = now.copy()
    places[order, along] = np.linspace(now[order[0], along], now[order[-1], along], len(chosen))
    return _put(network, chosen, places, (1.0 - along, float(along)))


def spread(values: Reals, gap: float) -> Reals:
    """Return ascending values moved as little as possible (least squares) so that neighbours are `gap` apart; O(n).

    Pool adjacent violators: values too near to each other become a block about their common middle.
    """
    room = gap * np.arange(len(values))
    blocks: list[tuple[float, int]] = []  # (mean, length)
    for value in (values - room).tolist():
        mean, length = value, 1
        while blocks and blocks[-1][0] > mean:
            before, size = blocks.pop()
            mean, length = (mean * length + before * size) / (length + size), length + size
        blocks.append((mean, length))
    means = np.repeat([mean for mean, _ in blocks], [length for _, length in blocks])
    moved = means + room
    # what need not move keeps its very bits, and so does what only rounding would move
    return np.where(np.abs(moved - values) <= DUST, values, moved)


def _chosen(network: Network, ids: Iterable[int] | None) -> tuple[NDArray[np.int64], Reals]:
    """Return the ids, ascending and each once, and where the neurons stand, (neuron, 2)."""
    chosen = sorted(network.neurons if ids is None else set(ids))
    return np.array(chosen, np.int64), places_of(network, chosen)


def _depths(network: Network, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    depth = network.depths()
    return np.array([depth[i] for i in chosen.tolist()])


def _stretches_of(part: Index, layer: Index, order: Index) -> list[list[Index]]:
    """Return for each part, for each of its layers, its neurons in their order; a layer may be empty."""
    by_part = order[np.lexsort((layer[order], part[order]))]
    parts = np.split(by_part, np.flatnonzero(np.diff(part[by_part])) + 1)
    return [
        np.split(of_part, np.searchsorted(layer[of_part], np.arange(1, layer[of_part[-1]] + 1))) for of_part in parts
    ]


def _about(now: Reals, places: Reals) -> Reals:
    """Return the places moved by whole pixels, so that their middle is where it is now."""
    middle_now, middle = ((p.min(axis=0) + p.max(axis=0)) / 2 for p in (now, places))
    moved: Reals = places + np.rint(middle_now - middle)
    return moved


def _put(network: Network, chosen: NDArray[np.int64], places: Reals, step: Position) -> Places:
    """Return the places by id; who would stand where another stands moves on in the direction `step`."""
    others = set(network.neurons).difference(chosen.tolist())
    taken = {_spot(network.neuron_values(i).position) for i in others}
    put: Places = {}
    for number, (x, y) in _by_id(chosen, places).items():
        while _spot((x, y)) in taken:
            x, y = x + step[0] * CLEARANCE, y + step[1] * CLEARANCE
        taken.add(_spot((x, y)))
        put[number] = (x, y)
    return put


def _spot(place: Position) -> Position:
    return round(place[0], 3), round(place[1], 3)


def _by_id(chosen: NDArray[np.int64], places: Reals) -> Places:
    return {i: (x, y) for i, (x, y) in zip(chosen.tolist(), places.tolist(), strict=True)}


def _check_word(word: str, words: Collection[str], what: str) -> None:
    if word not in words:
        raise NetworkError(f"'{shorten(str(word), 40)}' is no {what}", hint=did_you_mean(str(word), words))
