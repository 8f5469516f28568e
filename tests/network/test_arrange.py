import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annsim.errors import NetworkError
from annsim.network.arrange import (
    CLEARANCE,
    DIRECTIONS,
    SIDES,
    aligned,
    distributed,
    in_circle,
    in_grid,
    in_layers,
    moving,
    spread,
)
from annsim.network.crossings import crossings
from annsim.network.network import LAYER_DISTANCE, NEURON_DISTANCE, Network
from tests.network.drawings import drawings, dump
from tests.network.layered import scattered

ARRANGEMENTS = {
    "layers": in_layers,
    "grid": in_grid,
    "circle": in_circle,
    **{side: lambda network, ids, side=side: aligned(network, ids, side) for side in SIDES},
    **{way: lambda network, ids, way=way: distributed(network, ids, way) for way in DIRECTIONS},
}
arrangements = pytest.mark.parametrize("arranged", ARRANGEMENTS.values(), ids=ARRANGEMENTS)


@st.composite
def placed(draw, closest=60):
    """Draw a network whose neurons stand at places of their own, some in line, some near together."""
    network = draw(drawings())
    steps = st.tuples(st.integers(-4, 4), st.integers(-4, 4))
    places = draw(st.lists(steps, min_size=len(network.neurons), max_size=len(network.neurons), unique=True))
    network.set_neurons("position", list(network.neurons), [(x * closest, y * closest) for x, y in places])
    return network


def positions(network):
    return {i: network.neurons[i].position for i in network.neurons}


def middle(places):
    x, y = zip(*places, strict=True)
    return (min(x) + max(x)) / 2, (min(y) + max(y)) / 2


@arrangements
@settings(max_examples=25)
@given(placed(), st.data())
def test_no_two_neurons_end_at_one_place_and_only_the_chosen_move(arranged, network, data):
    chosen = data.draw(st.lists(st.sampled_from(list(network.neurons)), unique=True))
    before = positions(network)
    places = arranged(network, chosen)
    assert positions(network) == before
    assert sorted(places) == sorted(chosen)
    network.apply(moving(network, places, "Arrange"))
    after = positions(network)
    assert all(after[i] == before[i] for i in set(before) - set(chosen))
    assert len(set(after.values())) == len(after)


@pytest.mark.parametrize("arranged", [f for name, f in ARRANGEMENTS.items() if name != "layers"])
@settings(max_examples=40)
@given(placed())
def test_arranged_again_nothing_moves(arranged, network):
    network.apply(moving(network, arranged(network, None), "Arrange"))
    now = positions(network)
    assert all(math.dist(place, now[i]) < 1e-2 for i, place in arranged(network, None).items())


@settings(max_examples=20)
@given(placed())
def test_layers_arranged_again_never_cross_more_and_settle(network):
    crossed = []
    for _ in range(5):
        places = in_layers(network)
        crossed.append(crossings(network, places))
        network.apply(moving(network, places, "Arrange"))
    assert crossed == sorted(crossed, reverse=True)
    assert moving(network, in_layers(network), "").ids == []


@arrangements
def test_neurons_all_at_one_place_part(arranged):
    network = Network()
    for _ in range(5):
        network.add_neuron(position=(3.0, 4.0))
    places = arranged(network, None)
    assert len(set(places.values())) == 5


@arrangements
def test_none_one_and_far_away(arranged):
    network = Network()
    assert arranged(network, None) == {}
    one = network.add_neuron(position=(3.0, 4.0))
    assert arranged(network, [one.id]) == {one.id: (3.0, 4.0)}
    for place in ((1e308, -1e308), (-1e308, 1e308), (0.0, 0.0)):
        network.add_neuron(position=place)
    assert np.isfinite(list(arranged(network, None).values())).all()


@arrangements
def test_an_unknown_neuron_is_refused(arranged, network):
    with pytest.raises(NetworkError, match="no neuron 99"):
        arranged(network, [1, 99])


def test_the_edit_moves_only_those_that_stand_elsewhere(network):
    before = dump(network)
    places = aligned(network, [2, 3], "left")
    edit = moving(network, places, "Align left")
    assert (edit.field, edit.ids, edit.name) == ("position", [3], "Align left")
    network.apply(network.apply(edit))
    assert dump(network) == before


# in layers


@pytest.mark.parametrize("sizes", [[2, 4, 1], [1, 1], [16, 17, 16], [50, 20, 3], [3, 5, 5, 5, 2]])
def test_layers_as_they_are_built_stay_where_they_are(sizes):
    network = Network.layered(sizes)
    assert moving(network, in_layers(network), "").ids == []


@settings(max_examples=40)
@given(placed())
def test_arrows_lead_to_the_right_and_inputs_stand_left(network):
    places = in_layers(network)
    assert all(places[c.source][0] < places[c.target][0] for c in network.connections.values())
    left = min(x for x, _ in places.values())
    assert all(places[i][0] == left for i in network.ids_of_role("input"))


@settings(max_examples=40)
@given(placed())
def test_neurons_in_layers_do_not_overlap_and_their_middle_stays(network):
    places = list(in_layers(network).values())
    distances = [math.dist(a, b) for k, a in enumerate(places) for b in places[:k]]
    assert min(distances) >= NEURON_DISTANCE
    assert math.dist(middle(places), middle(positions(network).values())) <= math.sqrt(0.5)


def test_outputs_that_lead_nowhere_stand_in_the_last_column(tangle):
    """x1, x2 -> h1 -> h2 -> y1 -> y2: y1 feeds y2, and a shallow output is drawn at the right all the same."""
    shallow = tangle.add_neuron("output")
    tangle.connect(2, shallow)
    places = in_layers(tangle)
    columns = sorted({x for x, _ in places.values()})
    assert [columns.index(places[i][0]) for i in (2, 3, 4, 5, 1, 6, shallow.id)] == [0, 0, 1, 2, 3, 4, 4]


def test_a_hidden_neuron_that_leads_nowhere_does_not_stand_among_the_outputs(network):
    dead_end = network.add_neuron()
    network.connect(3, dead_end)
    places = in_layers(network)
    assert places[dead_end.id][0] < places[6][0]


def test_a_neuron_without_sources_stands_just_before_the_first_it_leads_to():
    network = Network.layered([1, 1, 1, 1])
    constant = network.add_neuron()
    network.connect(constant, 4)
    places = in_layers(network)
    assert places[constant.id][0] == places[3][0]


def test_parts_stand_below_each_other_as_they_did_and_neurons_without_arrows_below_all():
    network = Network.layered([2, 1])
    network.set_neurons("position", [1, 2, 3], [(0.0, 900.0), (0.0, 1000.0), (200.0, 950.0)])
    upper = [network.add_neuron("input", position=(50.0, y)) for y in (0.0, 100.0)]
    network.connect(upper[0], network.add_neuron("output", position=(0.0, 0.0)))
    network.connect(upper[1], 6)
    alone = network.add_neuron("output", position=(0.0, -500.0))
    y = {i: place[1] for i, place in in_layers(network).items()}
    assert max(y[4], y[5], y[6]) + NEURON_DISTANCE < min(y[1], y[2], y[3])
    assert max(y[1], y[2], y[3]) < y[alone.id]
    x = {i: place[0] for i, place in in_layers(network).items()}
    assert x[1] == x[4]
    assert x[alone.id] == x[1] + 2 * LAYER_DISTANCE


def test_only_neurons_without_arrows_stand_in_columns_by_role():
    network = Network()
    for role in ("output", "hidden", "input", "hidden"):
        network.add_neuron(role, position=(0.0, 0.0))
    x = {i: place[0] for i, place in in_layers(network).items()}
    assert x[3] + LAYER_DISTANCE == x[2] == x[4] == x[1] - LAYER_DISTANCE


def test_a_wide_layer_becomes_a_block():
    network = Network.layered([100, 3])
    network.set_neurons("position", range(1, 104), np.random.default_rng(1).random((103, 2)) * 500)
    places = in_layers(network)
    inputs = [places[i] for i in network.ids_of_role("input")]
    assert len({x for x, _ in inputs}) == len({y for _, y in inputs}) == 10
    assert min(places[i][0] for i in network.ids_of_role("output")) - max(x for x, _ in inputs) == LAYER_DISTANCE


def plain(network):
    """The places of layers in ascending id: the drawing before anybody minded crossings."""
    depth = network.depths()
    rows: dict[int, list[int]] = {}
    for i in network.neurons:
        rows.setdefault(depth[i], []).append(i)
    return {
        i: (layer * LAYER_DISTANCE, (k - (len(ids) - 1) / 2) * NEURON_DISTANCE)
        for layer, ids in rows.items()
        for k, i in enumerate(ids)
    }


def connected(sizes, arrows, seed, skips=0.0):
    """A random layered network in which all neurons hang together, so that all are in one drawing."""
    network = scattered(sizes, arrows, seed, skips)
    first = [1, *np.cumsum(sizes[:-1]) + 1]
    chain = [(a, b + k) for (a, b), size in zip(pairwise(first), sizes[1:], strict=True) for k in range(size)]
    chain += [(a + k, b) for (a, b), size in zip(pairwise(first), sizes[:-1], strict=True) for k in range(size)]
    for source, target in chain:
        if network.refusal(source, target) is None:
            network.connect(source, target)
    return network


@pytest.mark.parametrize("skips", [0.0, 0.2])
def test_few_arrows_cross(skips):
    ratios = []
    for seed in range(12):
        network = connected([6, 8, 8, 4], 20, seed, skips)
        before, after = crossings(network, plain(network)), crossings(network, in_layers(network))
        assert after <= before
        ratios.append(after / before)
    assert np.mean(ratios) < 0.6


@pytest.mark.parametrize("seed", range(5))
def test_a_drawing_that_can_be_without_crossings_is(seed):
    """A binary tree of 15 neurons, shuffled."""
    network = Network()
    chance = np.random.default_rng(seed)
    tree = [
        network.add_neuron("output" if i == 0 else "hidden", position=tuple(chance.random(2) * 500)) for i in range(15)
    ]
    for i in range(1, 15):
        network.connect(tree[i], tree[(i - 1) // 2])
    assert crossings(network, in_layers(network)) == 0


def test_the_order_stays_where_none_is_better():
    network = Network.layered([3, 3])
    network.set_neurons("position", [1, 2, 3], [(0.0, 200.0), (0.0, 100.0), (0.0, 0.0)])
    y = {i: place[1] for i, place in in_layers(network).items()}
    assert y[3] < y[2] < y[1]
    assert y[4] < y[5] < y[6]


def test_a_better_order_is_drawn_the_way_up_that_is_nearer_to_the_present():
    network = Network()
    inputs = [network.add_neuron("input", position=(0.0, y)) for y in (0.0, 100.0, 200.0, 300.0)]
    outputs = [network.add_neuron("output", position=(200.0, y)) for y in (0.0, 100.0, 200.0, 300.0)]
    for k, target in enumerate((0, 1, 3, 2)):
        network.connect(inputs[k], outputs[target])
    for a, b in pairwise(range(4)):
        network.connect(inputs[a], outputs[(0, 1, 3, 2)[b]])
    places = in_layers(network)
    assert crossings(network, places) == 0
    assert places[inputs[0].id][1] < places[inputs[3].id][1]


# grid, circle


def test_a_grid_is_filled_by_depth_and_keeps_rows_and_columns():
    network = Network()
    ids = [network.add_neuron(position=(x * 130.0 + y, y * 90.0)).id for x in range(3) for y in range(3)]
    places = in_grid(network)
    assert [places[i] for i in ids] == [
        (places[1][0] + x * NEURON_DISTANCE, places[1][1] + y * NEURON_DISTANCE) for x in range(3) for y in range(3)
    ]


def test_deeper_neurons_stand_further_right_in_a_grid(tangle):
    places, depth = in_grid(tangle), tangle.depths()
    by_column = sorted(places, key=lambda i: places[i])
    assert [depth[i] for i in by_column] == sorted(depth.values())


def test_neurons_on_a_circle_have_their_distance_and_their_middle():
    network = Network.layered([2, 3, 1])
    places = in_circle(network)
    centre = np.mean(list(positions(network).values()), axis=0)
    assert np.allclose(np.mean(list(places.values()), axis=0), centre)
    assert np.ptp([math.dist(p, centre) for p in places.values()]) < 0.01
    least = min(math.dist(places[a], places[b]) for a in places for b in places if a < b)
    assert abs(least - NEURON_DISTANCE) < 0.01
    clockwise = sorted(places, key=lambda i: (math.atan2(*(places[i] - centre)[::-1]) + math.pi + 1e-4) % math.tau)
    assert [network.depths()[i] for i in clockwise] == [0, 0, 1, 1, 1, 2]


# in line


@pytest.fixture
def three():
    network = Network()
    for place in ((0.0, 0.0), (40.0, 200.0), (100.0, 500.0)):
        network.add_neuron(position=place)
    return network


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("left", [(0.0, 0.0), (0.0, 200.0), (0.0, 500.0)]),
        ("middle", [(50.0, 0.0), (50.0, 200.0), (50.0, 500.0)]),
        ("right", [(100.0, 0.0), (100.0, 200.0), (100.0, 500.0)]),
        ("top", [(-33.333, 0.0), (46.667, 0.0), (126.667, 0.0)]),
        ("centre", [(-33.333, 250.0), (46.667, 250.0), (126.667, 250.0)]),
        ("bottom", [(-33.333, 500.0), (46.667, 500.0), (126.667, 500.0)]),
    ],
)
def test_aligned(three, side, expected):
    """Side by side at y they are too near to each other in x: 0, 40, 100 move apart to 80 as little as possible."""
    assert np.allclose(list(aligned(three, None, side).values()), expected, atol=1e-3)


def test_distributed(three):
    assert list(distributed(three, None, "vertical").values()) == [(0.0, 0.0), (40.0, 250.0), (100.0, 500.0)]
    assert list(distributed(three, None, "horizontal").values()) == [(0.0, 0.0), (50.0, 200.0), (100.0, 500.0)]


def test_wrong_words_are_named(three):
    with pytest.raises(NetworkError, match=r"'lft' is no side.*Did you mean 'left'"):
        aligned(three, None, "lft")
    with pytest.raises(NetworkError, match="'up' is no direction"):
        distributed(three, None, "up")


@given(st.lists(st.floats(-1000, 1000), max_size=20).map(sorted))
def test_spread_keeps_the_gap_and_the_mean_and_what_has_room(values):
    values = np.array(values)
    result = spread(values, CLEARANCE)
    assert (np.diff(result) >= CLEARANCE - 1e-6).all()
    if len(values):
        assert abs(result.mean() - values.mean()) < 1e-6
    if (np.diff(values) >= CLEARANCE).all():
        assert (result == values).all()


@given(st.lists(st.floats(-1000, 1000), max_size=20).map(sorted))
def test_to_spread_again_moves_nothing(values):
    once = spread(np.array(values), CLEARANCE)
    assert (spread(once, CLEARANCE) == once).all()


@given(st.lists(st.integers(0, 8), min_size=2, max_size=4).map(sorted), st.data())
def test_no_other_way_to_spread_moves_less(values, data):
    gap = 2
    best = spread(np.array(values, float), gap)
    steps = data.draw(st.lists(st.floats(0, 6), min_size=len(values) - 1, max_size=len(values) - 1))
    other = data.draw(st.floats(-8, 8)) + np.concatenate(([0], np.cumsum(np.array(steps) + gap)))
    assert ((best - values) ** 2).sum() <= ((other - values) ** 2).sum() + 1e-9
