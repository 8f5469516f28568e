import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.errors import NetworkError
from annsim.network.connections import Connection
from annsim.network.edits import Add
from annsim.network.network import Network
from annsim.network.neuron import Neuron
from tests.network.drawings import drawings, dump


def test_a_neuron_added_without_a_word():
    network = Network()
    hidden, output, given_input = network.add_neuron(), network.add_neuron("output"), network.add_neuron("input")
    assert [n.activation for n in (hidden, output, given_input)] == ["tanh", "sigmoid", "linear"]
    assert [n.name for n in (hidden, output, given_input)] == ["h1", "y1", "x1"]
    assert (hidden.bias, hidden.threshold, hidden.output, hidden.locked) == (0.0, 0.0, "identity", False)


def test_a_free_name_avoids_those_taken():
    network = Network()
    network.add_neuron(name="h2")
    assert network.add_neuron().name == "h3"


def test_ids_are_never_used_again_after_a_removal(network):
    last_neuron, last_arrow = max(network.neurons), max(network.connections)
    network.remove(network.neurons[last_neuron], network.connections[1])
    new = network.add_neuron("output")
    assert new.id == last_neuron + 1
    assert network.connect(3, new).id == last_arrow + 1


def test_undo_and_redo_of_a_drawn_arrow_give_the_same_id_and_weight():
    network = Network(seed=42)
    network.add_neuron("input"), network.add_neuron()
    add = Add(connections=network.new_block([1], [2]))
    undo = network.apply(add)
    drawn = dump(network)
    redo = network.apply(undo)
    assert len(network.connections) == 0
    assert network.new_block([1], [2]).weight == add.connections.weight
    network.apply(redo)
    assert dump(network) == drawn


# computed with SplitMix64 in plain Python integers
GOLDEN = {(1, 1): -0.35511071339775935, (1, 2): -0.20690007629629514, (42, 1): -0.8013303374593717}


def drawn_weight(seed, number):
    network = Network(seed)
    network._counters = (1, number)
    return network.connect(network.add_neuron("input"), network.add_neuron()).weight


@pytest.mark.parametrize(("key", "weight"), GOLDEN.items())
def test_the_weight_of_a_drawn_arrow_is_a_function_of_seed_and_id(key, weight):
    assert drawn_weight(*key) == weight


def test_drawn_weights_are_uniform_in_plus_minus_1():
    network = Network()
    weights = network.new_block(np.ones(20_000), np.ones(20_000)).weight
    assert -1 <= weights.min() < -0.999
    assert 0.999 < weights.max() < 1
    assert np.abs(np.histogram(weights, 10, (-1, 1))[0] - 2000).max() < 5 * np.sqrt(1800)
    assert len(np.unique(weights)) == 20_000


@given(drawings(), st.sampled_from([copy.deepcopy, Network.copy]))
def test_a_copy_is_equal_and_independent(network, copied):
    heard = []
    network.changed.connect(heard.append)
    before, twin = dump(network), copied(network)
    assert dump(twin) == before
    twin.connect(twin.add_neuron("input"), twin.add_neuron(), 0.5)
    for connection in twin.connections.values():
        connection.weight = 9.0
    assert dump(network) == before
    assert heard == []


def test_handles_read_and_write_the_drawing(network):
    neuron, connection = network.neurons[4], network.connections[2]
    neuron.bias, neuron.name, neuron.position = 1, "middle", (np.float32(1), 2)
    connection.weight, connection.locked = np.float32(0.5), True
    values = network.neuron_values(4)
    assert (values.bias, values.name, values.position) == (1.0, "middle", (1.0, 2.0))
    assert (connection.weight, connection.locked, connection.source, connection.target) == (0.5, True, 2, 3)
    assert type(values.bias) is float


def test_handles_are_equal_by_network_and_id(network):
    assert network.neurons[1] == network.neurons[1]
    assert {network.connections[1]} == {network.connections[1]}
    assert network.neurons[1] != network.copy().neurons[1]
    assert network.connections[1] != network.copy().connections[1]
    assert network.neurons[1] != network.connections[1]


def test_a_handle_of_what_is_gone_says_so(network):
    neuron, connection = network.neurons[3], network.connections[1]
    network.remove(neuron)
    with pytest.raises(NetworkError, match="no neuron 3"):
        neuron.bias = 1.0
    with pytest.raises(NetworkError, match="no connection 1"):
        connection.weight  # noqa: B018, reading it is the test


def test_handles_have_no_other_attributes(network):
    with pytest.raises(AttributeError):
        network.neurons[1].weight = 1.0
    with pytest.raises(AttributeError):
        network.connections[1].source = 2


@pytest.mark.parametrize("key", [0, 99, "x1", 1.5])
def test_mappings_hold_ids_only(network, key):
    assert key not in network.neurons
    assert key not in network.connections
    with pytest.raises(KeyError):
        network.neurons[key]
    with pytest.raises(KeyError):
        network.connections[key]


def test_objects_ids_and_numpy_integers_name_a_neuron(network):
    new = network.add_neuron()
    assert isinstance(network.connect(1, new), Connection)
    assert isinstance(network.neurons[np.int64(1)], Neuron)
    assert network.connect(network.neurons[2], np.int32(new.id)).source == 2


def test_layers_are_made_one_after_another_inputs_first():
    network = Network.layered([2, 3, 1], activation="relu", output_activation="linear", seed=9)
    assert [n.role for n in network.neurons.values()] == ["input"] * 2 + ["hidden"] * 3 + ["output"]
    assert [n.activation for n in network.neurons.values()] == ["linear"] * 2 + ["relu"] * 3 + ["linear"]
    assert [(c.source, c.target) for c in network.connections.values()] == [
        *[(1, 3), (2, 3), (1, 4), (2, 4), (1, 5), (2, 5)],
        *[(3, 6), (4, 6), (5, 6)],
    ]
    assert not any(n.bias for n in network.neurons.values())


def test_layered_weights_are_glorot_uniform_and_a_function_of_the_seed():
    weights = Network.layered([2, 3, 1], seed=9).store.block.weight
    assert np.abs(weights[:6]).max() <= np.sqrt(6 / 5)
    assert np.abs(weights[6:]).max() <= np.sqrt(6 / 4)
    assert weights.tobytes() == Network.layered([2, 3, 1], seed=9).store.block.weight.tobytes()
    assert weights.tobytes() != Network.layered([2, 3, 1], seed=10).store.block.weight.tobytes()


def test_equal_names_do_not_meet_in_deep_networks():
    names = [n.name for n in Network.layered([2, 3, 3, 1]).neurons.values()]
    assert names == ["x1", "x2", "h1.1", "h1.2", "h1.3", "h2.1", "h2.2", "h2.3", "y1"]
