import itertools

import pytest
from hypothesis import given

from annsim.engine.compiler import compile_network
from annsim.errors import NetworkError
from annsim.network.network import Network
from tests.network.drawings import drawings


def naive_depth(network, neuron_id):
    if network.neurons[neuron_id].role == "input":
        return 0
    sources = [c.source for c in network.connections.values() if c.target == neuron_id]
    return 1 + max((naive_depth(network, source) for source in sources), default=0)


@given(drawings())
def test_depth_is_that_of_the_plain_recursion(network):
    assert network.depths() == {i: naive_depth(network, i) for i in network.neurons}


@given(drawings())
def test_evaluation_order_is_by_depth_then_id(network):
    in_order = sorted(network.neurons, key=lambda i: (naive_depth(network, i), i))
    assert compile_network(network).neuron_ids.tolist() == in_order


def test_a_neuron_without_sources_has_depth_1():
    network = Network()
    assert network.depths() == {}
    alone = network.add_neuron()
    assert network.depths() == {alone.id: 1}


@pytest.mark.parametrize("length", [2, 3, 9])
def test_a_cycle_is_spelled_out_in_the_order_of_the_arrows(length):
    network = Network()
    ring = [network.add_neuron(name=f"n{i}") for i in range(length)]
    behind = network.add_neuron(name="behind")
    network.connect(ring[0], behind)
    for source, target in itertools.pairwise(ring):
        network.connect(source, target)
    with pytest.raises(NetworkError) as refused:
        network.connect(ring[-1], ring[0])
    names = " -> ".join([f"n{i}" for i in range(length)] + ["n0"])
    assert refused.value.what == f"this would close the cycle {names}"


def test_a_long_cycle_is_shown_by_its_ends():
    network = Network()
    ring = [network.add_neuron(name=f"n{i}") for i in range(40)]
    for source, target in itertools.pairwise(ring):
        network.connect(source, target)
    refused = str(network.refusal(ring[-1], ring[0]))
    assert "n0 -> n1 -> n2 -> n3 -> n4 -> (32 more) -> n37 -> n38 -> n39 -> n0" in refused


@given(drawings())
def test_an_arrow_is_refused_as_a_cycle_exactly_where_the_target_leads_to_the_source(network):
    after = {i: {c.target for c in network.connections.values() if c.source == i} for i in network.neurons}

    def leads_to(start, end):
        return start == end or any(leads_to(i, end) for i in after[start])

    for source in network.neurons:
        for target in set(network.neurons) - {source}:
            refused = network.refusal(source, target)
            if target in after[source] or network.neurons[target].role == "input":
                assert refused is not None
            else:
                assert (refused is not None and "cycle" in refused.what) == leads_to(target, source)
