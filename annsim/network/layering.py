"""Which neurons of a drawing stand in which layer when it is arranged, and which hang together."""

import numpy as np
from numpy.typing import NDArray

from annsim.network.layer_order import Layers
from annsim.network.network import COLUMN_OF_ROLE, Network
from annsim.network.order import Index, depths
from annsim.network.places import Reals


def layers_of(network: Network, ids: NDArray[np.int64], heights: Reals) -> Layers:
    """Return the layers of some neurons, of which only the arrows between them count.

    Inputs stand in layer 0 and every neuron behind its sources; outputs that lead nowhere stand together in the last
    layer of their part, behind all others, and a neuron without sources just before the first that it leads to.
    Neurons without arrows are the last part, in layers by role.

    Parameters
    ----------
    ids : ascending.
    heights : (neuron,) their present y: the parts are numbered from top to bottom.
    """
    values = [network.neuron_values(i) for i in ids.tolist()]
    is_input = np.array([one.role == "input" for one in values], np.bool_)
    is_output = np.array([one.role == "output" for one in values], np.bool_)
    block = network.store.block
    inside = np.isin(block.source, ids) & np.isin(block.target, ids)
    source, target = np.searchsorted(ids, block.source[inside]), np.searchsorted(ids, block.target[inside])
    layer, _ = depths(is_input, source, target)
    has_source, has_target = _is_among(target, len(ids)), _is_among(source, len(ids))
    is_alone = ~has_source & ~has_target
    part = _parts(source, target, is_alone, heights)

    first_target = np.full(len(ids), np.iinfo(np.int64).max)
    np.minimum.at(first_target, source, layer[target])
    layer = np.where(~is_input & ~has_source & has_target, first_target - 1, layer)
    is_last = is_output & has_source & ~has_target
    last = np.zeros(part.max(initial=0) + 1, np.int64)
    np.maximum.at(last, part, layer + ~is_last)
    layer = np.where(is_last, last[part], layer)
    first = last.copy()
    np.minimum.at(first, part, layer)
    layer -= first[part]

    by_role = np.array([COLUMN_OF_ROLE[one.role] for one in values], np.int64)
    return Layers(part, np.where(is_alone, by_role, layer), source, target)


def _is_among(ends: Index, count: int) -> NDArray[np.bool_]:
    return np.bincount(ends, minlength=count) > 0


def _parts(source: Index, target: Index, is_alone: NDArray[np.bool_], heights: Reals) -> Index:
    """Return the number of each neuron's part: from top to bottom by mean height, those without arrows last.

    Each neuron takes the smallest number among itself and its neighbours until all of a part have one, with short
    cuts along the numbers, so that a long chain takes few rounds; O(arrows * log(neurons)).
    """
    label = np.arange(len(is_alone))
    while True:
        low = np.minimum(label[source], label[target])
        new = label.copy()
        for end in (source, target):
            np.minimum.at(new, end, low)
            np.minimum.at(new, label[end], low)
        while not np.array_equal(new, new[new]):
            new = new[new]
        if np.array_equal(new, label):
            break
        label = new
    label[is_alone] = -1
    labels, part = np.unique(label, return_inverse=True)
    mean = np.bincount(part, heights) / np.bincount(part)
    rank = np.empty(len(labels), np.intp)
    rank[np.lexsort((labels, mean, labels < 0))] = np.arange(len(labels))
    return rank[part]
