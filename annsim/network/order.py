"""Order of a drawing: depth, evaluation order, and the cycle that has none."""

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]


def depths(is_input: NDArray[np.bool_], source: Index, target: Index) -> tuple[NDArray[np.int64], Index]:
    """Return the depth of every neuron, and the neurons that lie on or behind a cycle.

    Inputs have depth 0; any other neuron 1 + the largest depth of its sources, 1 without any (Kahn's algorithm,
    a whole front at a time).

    Parameters
    ----------
    is_input : (neuron,) truth values.
    source, target : (connection,) positions of neurons, 0-based.

    Returns
    -------
    depth : (neuron,); meaningless for the neurons of `stuck`.
    stuck : positions of the neurons that no order can reach; empty where there is no cycle.
    """
    count = len(is_input)
    depth = np.where(is_input, 0, 1).astype(np.int64)
    waiting = np.bincount(target, minlength=count)
    by_source = np.argsort(source, kind="stable")
    ends = target[by_source]
    first = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=count))))
    front = np.flatnonzero(waiting == 0)
    done = np.zeros(count, np.bool_)
    while len(front):
        done[front] = True
        edges = _ranges(first[front], first[front + 1])
        reached = ends[edges]
        origin = np.repeat(front, first[front + 1] - first[front])
        np.maximum.at(depth, reached, depth[origin] + 1)
        np.subtract.at(waiting, reached, 1)
        front = np.unique(reached[waiting[reached] == 0])
    return depth, np.flatnonzero(~done)


def find_cycle(stuck: Index, source: Index, target: Index) -> list[int]:
    """Return one cycle among the neurons of `stuck`, as positions in the order of the arrows, first one not repeated.

    Every neuron of `stuck` has a source in `stuck`, so walking backwards must come round.
    """
    inside = np.isin(source, stuck) & np.isin(target, stuck)
    a_source_of = dict(zip(target[inside].tolist(), source[inside].tolist(), strict=True))
    path: list[int] = []
    seen: dict[int, int] = {}
    neuron = int(stuck[0])
    while neuron not in seen:
        seen[neuron] = len(path)
        path.append(neuron)
        neuron = a_source_of[neuron]
    cycle = path[seen[neuron] :][::-1]
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]


def _ranges(first: Index, end: Index) -> Index:
    """Return first[0], ..., end[0] - 1, first[1], ..., end[1] - 1, ... as one array."""
    lengths = end - first
    total = int(lengths.sum())
    offsets = np.repeat(first - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return np.arange(total) + offsets
