import math

import numpy as np
import pytest

from annsim.errors import AnnsimError, NetworkError
from annsim.network.connections import ConnectionBlock
from annsim.network.edits import Add, Remove, SetValues
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues
from tests.network.drawings import dump


@pytest.fixture
def drawing():
    """Neurons 1 x1 (input), 2 h1, 3 h2, 4 y1 (output), 5 y2 (softmax); arrows 1 -> 2 -> 3 -> 4."""
    network = Network()
    x1, h1, h2 = network.add_neuron("input"), network.add_neuron(), network.add_neuron()
    y1 = network.add_neuron("output")
    network.add_neuron("output", activation="softmax")
    for source, target in ((x1, h1), (h1, h2), (h2, y1)):
        network.connect(source, target, 0.5)
    return network


def block(*rows, weight=1.0):
    ids, source, target = np.array(rows, np.int32).T
    return ConnectionBlock(ids, source, target, np.full(len(rows), weight), np.zeros(len(rows), bool))


WRONG_ARROWS = {
    (2, 2): "'h1' cannot be connected to itself",
    (2, 1): "'x1' is an input neuron, which takes no arrows",
    (1, 2): "neurons 1 and 2 are connected already",
    (3, 2): "this would close the cycle h1 -> h2 -> h1",
    (5, 2): "'y2' is a softmax neuron, which has no outgoing arrows",
    (9, 2): "there is no neuron 9",
    (2, 9): "there is no neuron 9",
}


@pytest.mark.parametrize(("ends", "what"), WRONG_ARROWS.items())
def test_single_bulk_and_asked_refuse_an_arrow_in_the_same_words(drawing, ends, what):
    before = dump(drawing)
    refused = drawing.refusal(*ends)
    with pytest.raises(NetworkError) as single:
        drawing.connect(*ends)
    with pytest.raises(NetworkError) as bulk:
        drawing.apply(Add(connections=block((4, 1, 3), (5, *ends))))
    assert refused.what == single.value.what == bulk.value.what == what
    assert dump(drawing) == before


def test_a_lawful_arrow_is_not_refused(drawing):
    assert drawing.refusal(1, 4) is None
    assert drawing.counters == (6, 4)


BLOCKS = {
    "connection id 2 is taken": block((2, 1, 4)),
    "must be positive 32-bit integers and ascend": block((5, 1, 3), (4, 1, 4)),
    "weight must be finite, not inf": block((4, 1, 3), (5, 1, 4), weight=math.inf),
    "neurons 1 and 3 are connected already": block((4, 1, 3), (5, 1, 3)),
    "this would close the cycle h1 -> h2 -> y1 -> h1": block((4, 1, 3), (5, 4, 2)),
    "columns of the connections differ in length": ConnectionBlock(
        *block((4, 1, 3)).columns()[:4], np.zeros(2, np.bool_)
    ),
}


@pytest.mark.parametrize(("what", "wrong"), BLOCKS.items())
def test_a_block_of_connections_is_refused_whole(drawing, what, wrong):
    before = dump(drawing)
    with pytest.raises(NetworkError, match=what):
        drawing.apply(Add(connections=wrong))
    assert dump(drawing) == before


def test_connection_ids_beyond_32_bits_are_refused(drawing):
    wide = ConnectionBlock(np.array([2**31]), *block((1, 1, 4)).columns()[1:])
    with pytest.raises(NetworkError, match="32-bit"):
        drawing.apply(Add(connections=wide))


def neuron(number, name="new", role="hidden", activation="tanh", **values):
    return NeuronValues(number, name, role, activation, **values)


NEURONS = {
    "neuron id 1 is taken": [neuron(1)],
    "neuron id 0 is not a positive": [neuron(0)],
    "neuron id 2147483648 is not a positive": [neuron(2**31)],
    "neuron id 7 stands there twice": [neuron(7), neuron(7, "other")],
    "the name 'h1' is taken by neuron 2": [neuron(7, "h1")],
    "neurons 7 and 8 would both be called 'new'": [neuron(7), neuron(8)],
    "softmax is for output neurons only": [neuron(7, activation="softmax")],
    "no activation function is called 'sigmod'.*Did you mean 'sigmoid'": [neuron(7, activation="sigmod")],
    "no output function is called 'clip'": [neuron(7, output="clip")],
    "'hiden' is no role.*Did you mean 'hidden'": [neuron(7, role="hiden")],
    "bias must be finite, not nan": [neuron(7, bias=math.nan)],
    "threshold must be a number": [neuron(7, threshold=None)],
    "locked must be True or False, not 'False'": [neuron(7, locked="False")],
    "name must be a text": [neuron(7, "  ")],
    "is not allowed": [neuron(7, "a\nb")],
    "a position is a pair": [neuron(7, position=(1, 2, 3))],
    "position must be finite": [neuron(7, position=(1, math.inf))],
}


@pytest.mark.parametrize(("what", "wrong"), NEURONS.items())
def test_neurons_are_refused_by_name(drawing, what, wrong):
    before = dump(drawing)
    with pytest.raises(AnnsimError, match=what):
        drawing.apply(Add(tuple(wrong)))
    assert dump(drawing) == before


SETS = {
    "there is no neuron 9": ("neuron", "bias", [2, 9], [1.0, 1.0]),
    "neuron id 2 stands there twice": ("neuron", "bias", [2, 2], [1.0, 2.0]),
    "there are 1 values for 2 ids": ("neuron", "bias", [2, 3], [1.0]),
    "a neuron has no field 'weight'": ("neuron", "weight", [2], [1.0]),
    "an input neuron takes no arrows": ("neuron", "role", [2], ["input"]),
    "a softmax neuron has no outgoing arrows": ("neuron", "activation", [4], ["softmax"]),
    "softmax is for output neurons only": ("neuron", "role", [5], ["hidden"]),
    "neurons 2 and 3 would both be called 'a'": ("neuron", "name", [2, 3], ["a", "a"]),
    "the name 'x1' is taken by neuron 1": ("neuron", "name", [2, 3], ["a", "x1"]),
    "there is no connection 9": ("connection", "weight", [1, 9], [1.0, 1.0]),
    "stands twice": ("connection", "weight", [1, 1], [1.0, 2.0]),
    "there are 1 values for 3 ids": ("connection", "weight", [1, 2, 3], np.array([1.0])),
    "connection 2: weight must be finite": ("connection", "weight", [1, 2], [1.0, math.nan]),
    "connection 1: weight must be finite": ("connection", "weight", [1], np.array([math.inf])),
    "connection 1: locked must be True or False": ("connection", "locked", [1], np.array([0.5])),
    "the source of a connection cannot be set": ("connection", "source", [1], [2]),
}


@pytest.mark.parametrize(("what", "wrong"), SETS.items())
def test_values_are_refused_by_name(drawing, what, wrong):
    drawing.connect(4, drawing.add_neuron("output"))
    before = dump(drawing)
    with pytest.raises(AnnsimError, match=what):
        drawing.apply(SetValues(*wrong))
    assert dump(drawing) == before


@pytest.mark.parametrize("wrong", [Remove(neurons=(9,)), Remove(connections=(9,)), Remove((2,), (9,))])
def test_what_is_not_there_cannot_be_removed(drawing, wrong):
    before = dump(drawing)
    with pytest.raises(NetworkError, match=r"there is no .* 9"):
        drawing.apply(wrong)
    assert dump(drawing) == before


def test_an_error_names_its_neuron(drawing):
    with pytest.raises(NetworkError, match=r"^neuron 2: bias must be finite"):
        drawing.neurons[2].bias = math.inf


def test_refused_calls(drawing):
    with pytest.raises(NetworkError, match="weight must be finite"):
        drawing.connect(1, 3, math.nan)
    with pytest.raises(NetworkError, match="locked must be True or False"):
        drawing.connect(1, 3, locked="no")
    with pytest.raises(NetworkError, match="no neuron nobody"):
        drawing.connect("nobody", 3)
    with pytest.raises(NetworkError, match="'2' is no neuron or connection"):
        drawing.remove(2)
    assert str(drawing.refusal(2**40, 1)).startswith("there is no neuron")


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, "1", True])
def test_a_seed_is_a_whole_number_of_63_bits(seed):
    with pytest.raises(NetworkError, match="seed must be a whole number"):
        Network(seed)


@pytest.mark.parametrize("sizes", [[3], [], [2, 0, 1], [2, -1]])
def test_layers_that_make_no_network(sizes):
    with pytest.raises(NetworkError, match="make no network"):
        Network.layered(sizes)


@pytest.mark.parametrize("sizes", [[60_000, 60_000], [4_000, 4_000]])
def test_layers_beyond_the_limits_are_refused_before_they_are_built(sizes):
    with pytest.raises(NetworkError, match="too many"):
        Network.layered(sizes)
