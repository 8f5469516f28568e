import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.errors import AnnsimError, NetworkError
from annsim.network.between import layer_between
from annsim.network.layers import full_layers
from annsim.network.network import LAYER_DISTANCE, NEURON_DISTANCE, Network
from tests.network.drawings import drawings, dump


def arrows(network):
    return {(c.source, c.target) for c in network.connections.values()}


def places(network, ids):
    return [network.neurons[i].position for i in ids]


def test_a_layer_between_inputs_and_output():
    network = Network.layered([2, 1])
    edit = layer_between(network, [1, 2], [3], 3, "relu")
    before = dump(network)
    undo = network.apply(edit)
    assert edit.name == "Insert layer"
    assert [(n.name, n.role, n.activation, n.bias) for n in list(network.neurons.values())[3:]] == [
        (f"h{k}", "hidden", "relu", 0.0) for k in (1, 2, 3)
    ]
    assert [len(bias) for _, bias in full_layers(network)] == [3, 1]
    assert places(network, [1, 2, 3]) == [(0.0, -50.0), (0.0, 50.0), (400.0, 0.0)]  # the output made room
    assert places(network, [4, 5, 6]) == [(200.0, -100.0), (200.0, 0.0), (200.0, 100.0)]
    network.apply(undo)
    assert dump(network) == before


def test_only_arrows_straight_from_one_side_to_the_other_go(tangle):
    before = arrows(tangle)
    tangle.apply(layer_between(tangle, [2, 3], [4, 1], 1, "tanh"))
    assert before - arrows(tangle) == {(2, 4), (3, 4), (3, 1)}
    assert arrows(tangle) - before == {(2, 7), (3, 7), (7, 4), (7, 1)}
    assert tangle.neurons[7].name == "h3"


def test_what_stands_as_far_right_as_the_targets_moves_and_nothing_else():
    network = Network.layered([2, 2, 1])
    before = places(network, range(1, 6))
    network.apply(layer_between(network, [1], [3], 20, "tanh"))  # 5 wide
    width = 4 * NEURON_DISTANCE
    moved = [(x + (x >= 200) * (LAYER_DISTANCE + width), y) for x, y in before]
    assert places(network, range(1, 6)) == moved
    x = [network.neurons[i].position[0] for i in range(6, 26)]
    assert (min(x), max(x)) == (LAYER_DISTANCE, LAYER_DISTANCE + width)


def test_where_there_is_room_nothing_moves():
    network = Network.layered([1, 1])
    network.neurons[2].position = (1000.0, 200.0)
    network.apply(layer_between(network, [1], [2], 1, "tanh"))
    assert places(network, [1, 2, 3]) == [(0.0, 0.0), (1000.0, 200.0), (500.0, 100.0)]


def test_below_a_layer_that_stands_in_the_middle():
    network = Network.layered([2, 4, 1])
    network.apply(layer_between(network, [1, 2], [7], 2, "tanh"))
    assert places(network, [8, 9]) == [(200.0, 250.0), (200.0, 350.0)]


@given(drawings(softmax=True), st.data(), st.integers(1, 20))
def test_lawful_ends_give_a_lawful_network_without_overlaps(network, data, count):
    some = st.lists(st.sampled_from(list(network.neurons)), unique=True)
    sources, targets = data.draw(some), data.draw(some)
    before, neurons = dump(network), list(network.neurons)
    try:
        undo = network.apply(layer_between(network, sources, targets, count, "tanh"))
    except AnnsimError:
        assert dump(network) == before
        return
    new = [i for i in network.neurons if i not in neurons]
    assert len(new) == count
    wanted = {(s, i) for s in sources for i in new} | {(i, t) for t in targets for i in new}
    assert {arrow for arrow in arrows(network) if set(arrow) & set(new)} == wanted
    assert not arrows(network) & {(s, t) for s in sources for t in targets}
    others = places(network, neurons)
    assert all(math.dist(place, other) > 72 for place in places(network, new) for other in others)
    network.apply(undo)
    assert dump(network) == before


REFUSED = {
    "needs neurons on both sides": ([], [7], 1, "tanh"),
    "'h1' is both source and target": ([1, 3], [3, 7], 1, "tanh"),
    "a layer of 0 neurons": ([1], [7], 0, "tanh"),
    "'x1' is an input neuron": ([3], [1], 1, "tanh"),
    "100,001 neurons and 200,002 connections are too many": ([1], [7], 100_001, "tanh"),
    "Did you mean 'sigmoid'": ([1], [7], 1, "sigmod"),
    "there is no neuron 99": ([1], [99], 1, "tanh"),
}


@pytest.mark.parametrize(("what", "wrong"), REFUSED.items())
def test_refused_in_words(what, wrong):
    with pytest.raises(AnnsimError, match=what):
        layer_between(Network.layered([2, 4, 1]), *wrong)


def test_a_softmax_source_and_a_cycle_are_refused():
    network = Network.layered([2, 2], output_activation="softmax")
    hidden = network.add_neuron()
    with pytest.raises(NetworkError, match="softmax neuron, which has no outgoing"):
        layer_between(network, [3], [hidden], 1, "tanh")
    network = Network.layered([1, 1, 1])
    with pytest.raises(NetworkError, match="this would close the cycle"):
        network.apply(layer_between(network, [3], [2], 1, "tanh"))
