from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.network.crossings import crossings, inversions
from annsim.network.network import Network
from tests.network.drawings import drawings


@given(st.lists(st.integers(0, 40), max_size=60))
def test_inversions_are_those_of_the_definition(values):
    assert inversions(np.array(values, np.int64)) == sum(a > b for a, b in combinations(values, 2))


def sides(one, other):
    """Return on which side of one arrow the other begins and ends, over the columns that both pass; exactly."""

    def height(arrow, x):
        (x1, y1), (x2, y2) = arrow
        return y1 + Fraction((y2 - y1) * (x - x1), x2 - x1)

    low, high = max(one[0][0], other[0][0]), min(one[1][0], other[1][0])
    return [height(one, x) - height(other, x) for x in (low, high)] if low < high else [1, 1]


@given(drawings(), st.data())
def test_crossings_are_counted_as_exact_geometry_does(network, data):
    place = st.tuples(st.integers(-3, 3), st.integers(-5, 5))
    places = {i: data.draw(place) for i in network.neurons}
    arrows = [tuple(sorted((places[c.source], places[c.target]))) for c in network.connections.values()]
    both = [sides(*pair) for pair in combinations([a for a in arrows if a[0][0] < a[1][0]], 2)]
    crossing = sum(before * after < 0 for before, after in both)
    touching = sum(before * after == 0 for before, after in both)
    assert crossing <= crossings(network, places) <= crossing + touching


@given(drawings(), st.permutations(range(12)))
def test_arrows_that_meet_at_neurons_do_not_cross_there(network, heights):
    """With every neuron at a height of its own and no arrow through a neuron, the count is exact."""
    column = network.depths()
    places = {i: (column[i] * 7, 2 ** heights[k]) for k, i in enumerate(network.neurons)}
    arrows = [(places[c.source], places[c.target]) for c in network.connections.values()]
    pairs = [pair for pair in combinations(arrows, 2) if not {*pair[0]} & {*pair[1]}]
    through = any(0 in sides(*pair) for pair in pairs)
    if not through:
        assert crossings(network, places) == sum(a * b < 0 for a, b in (sides(*pair) for pair in pairs))


def ladder(*arrows):
    """Two columns of three neurons: ids 1 to 3 at the left, 4 to 6 at the right."""
    network = Network()
    for i in range(6):
        network.add_neuron("hidden", position=(i // 3 * 200.0, i % 3 * 100.0))
    for source, target in arrows:
        network.connect(source, target)
    return network


@pytest.mark.parametrize(
    ("arrows", "count"),
    [
        ([], 0),
        ([(1, 4), (2, 5), (3, 6)], 0),
        ([(1, 5), (2, 4)], 1),
        ([(1, 6), (2, 5), (3, 4)], 3),
        ([(1, 4), (1, 5), (1, 6)], 0),
        ([(s, t) for s in (1, 2, 3) for t in (4, 5, 6)], 9),
        ([(6, 1), (5, 2)], 1),  # from right to left
        ([(1, 2), (2, 3)], 0),  # straight down
    ],
)
def test_counted_by_hand(arrows, count):
    assert crossings(ladder(*arrows)) == count


def test_two_long_arrows_that_meet_exactly_at_a_column_cross_once():
    network = ladder((1, 6), (3, 4))
    network.add_neuron(position=(100.0, 900.0))
    assert crossings(network) == 1


def test_other_positions_count_instead_of_the_present():
    network = ladder((1, 5), (2, 4))
    assert crossings(network, {4: (200.0, 100.0), 5: (200.0, 0.0)}) == 0


def test_neurons_may_stand_anywhere():
    network = ladder((1, 5), (2, 4))
    network.neurons[3].position = (1e308, -1e308)
    assert crossings(network) == 1
