"""A new layer of hidden neurons between two sets of neurons."""

from collections.abc import Iterable

import numpy as np

from annsim.errors import NetworkError
from annsim.network.arrange import CLEARANCE
from annsim.network.builders import block_places
from annsim.network.edits import Add, Compound, Edit, Remove, SetValues
from annsim.network.network import LAYER_DISTANCE, NAME_PREFIX, NEURON_DISTANCE, Network
from annsim.network.neuron import NeuronValues, Position, checked
from annsim.network.places import Reals, places_of
from annsim.network.rules import CONNECTION_LIMIT, NEURON_LIMIT, check_arrow_ends


def layer_between(
    network: Network, sources: Iterable[int], targets: Iterable[int], count: int, activation: str
) -> Compound:
    """Return the edit that puts a layer of hidden neurons between sources and targets.

    Arrows straight from a source to a target go; each source is connected to each new neuron and each of these to
    each target, with weights as of arrows drawn by hand. The layer stands in the middle between both; where they
    stand too close, all that stands as far right as the targets moves right, and where something stands in the
    middle, the layer stands below it.

    Raises
    ------
    NetworkError
        For no neurons, one on both sides, an input as target, a softmax source, an unknown function, too many.
        An edit that would close a cycle is refused when it is done.
    """
    before, after = sorted(set(sources)), sorted(set(targets))
    _check(network, before, after, count, activation)
    places, shift = _room(network, before, after, count)
    first = network.counters[0]
    new = tuple(
        NeuronValues(first + row, name, "hidden", activation, position=place)
        for row, (name, place) in enumerate(zip(_free_names(network, count), places, strict=True))
    )
    for source in before:
        check_arrow_ends(network.neuron_values(source), new[0])
    for target in after:
        check_arrow_ends(new[0], network.neuron_values(target))
    ids = np.arange(first, first + count)
    block = network.store.block
    direct = block.ids[np.isin(block.source, before) & np.isin(block.target, after)]
    connections = network.new_block(
        np.concatenate((np.tile(before, count), np.tile(ids, len(after)))),
        np.concatenate((np.repeat(ids, len(before)), np.repeat(after, count))),
    )
    edits: list[Edit] = [shift] if len(shift.ids) else []
    if len(direct):
        edits.append(Remove(connections=tuple(direct.tolist())))
    return Compound((*edits, Add(new, connections)), "Insert layer")


def _check(network: Network, before: list[int], after: list[int], count: int, activation: str) -> None:
    both = sorted(set(before).intersection(after))
    if not before or not after:
        raise NetworkError("a layer needs neurons on both sides", hint="Choose sources and targets.")
    if both:
        name = network.neuron_values(both[0]).name
        raise NetworkError(f"'{name:.40}' is both source and target", hint="Choose each neuron for one side only.")
    if count < 1:
        raise NetworkError(f"a layer of {count} neurons makes no sense", hint="Give at least 1.")
    arrows = count * (len(before) + len(after))
    if count > NEURON_LIMIT or arrows > CONNECTION_LIMIT:
        raise NetworkError(
            f"{count:,} neurons and {arrows:,} connections are too many",
            hint=f"A network holds at most {NEURON_LIMIT:,} and {CONNECTION_LIMIT:,}.",
        )
    checked("activation", activation)


def _room(network: Network, before: list[int], after: list[int], count: int) -> tuple[list[Position], SetValues]:
    """Return the places of the new neurons, and the edit that makes room for them."""
    ids = list(network.neurons)
    now = places_of(network, ids)
    here, there = places_of(network, before), places_of(network, after)
    places, width = block_places(count, 0.0)
    left, right = float(here[:, 0].max()), float(there[:, 0].min())
    needed = width + 2 * LAYER_DISTANCE
    missing = needed - (right - left) if left < right else 0.0
    moved = np.flatnonzero((now[:, 0] >= right) & (missing > 0))
    now[moved, 0] += missing
    if left < right:
        x = left + (max(needed, right - left) - width) / 2
    else:  # not one behind the other: in the middle of both
        x = float(here[:, 0].mean() + there[:, 0].mean()) / 2 - width / 2
    y = float((here[:, 1].min() + here[:, 1].max() + there[:, 1].min() + there[:, 1].max()) / 4)
    layer = _below_what_is_there(np.array(places) + np.rint((x, y)), now)
    shift = SetValues("neuron", "position", [ids[row] for row in moved], [tuple(p) for p in now[moved].tolist()])
    return [(a, b) for a, b in layer.tolist()], shift


def _below_what_is_there(layer: Reals, others: Reals) -> Reals:
    """Return the places, moved down as a whole where a neuron stands in their way."""
    low, high = layer.min(axis=0) - CLEARANCE, layer.max(axis=0) + CLEARANCE
    is_in_way = ((others > low) & (others < high)).all(axis=1)
    if not is_in_way.any():
        return layer
    in_column = (others[:, 0] > low[0]) & (others[:, 0] < high[0])
    below = layer.copy()
    below[:, 1] += others[in_column, 1].max() + NEURON_DISTANCE - layer[:, 1].min()
    return below


def _free_names(network: Network, count: int) -> list[str]:
    """Return the first names h1, h2, ... that are free."""
    names: list[str] = []
    number = 0
    while len(names) < count:
        number += 1
        name = f"{NAME_PREFIX['hidden']}{number}"
        if network.neuron_id_of(name) is None:
            names.append(name)
    return names
