import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.errors import NetworkError
from annsim.network.acyclic import without_cycles
from annsim.network.network import Network
from annsim.network.patterns import Skipped, all_to_all, connecting, nearest, one_to_one, random_share
from tests.network.drawings import drawings, dump
from tests.network.layered import scattered


def pairs(add):
    return list(zip(add.connections.source.tolist(), add.connections.target.tolist(), strict=True))


def column(*roles, x=0.0):
    """A network of neurons below each other."""
    network = Network()
    for row, role in enumerate(roles):
        network.add_neuron(role, position=(x, row * 100.0))
    return network


def leads_to(arrows, start, end):
    seen, front = set(), {start}
    while front:
        seen |= front
        front = {target for source, target in arrows if source in front} - seen
    return end in seen


patterns = st.one_of(
    st.sampled_from([all_to_all, one_to_one]),
    st.builds(random_share, st.floats(0, 1), st.integers(0, 2**63 - 1)),
    st.builds(nearest, st.integers(1, 4)),
)


@given(drawings(softmax=True), patterns, st.data())
def test_all_that_can_be_is_connected_and_nothing_else(network, pattern, data):
    some = st.lists(st.sampled_from(list(network.neurons)))
    sources, targets = data.draw(some), data.draw(some)
    add, skipped = connecting(network, sources, targets, pattern)
    everything, _ = connecting(Network.copy(network), sources, targets, pattern)
    assert pairs(everything) == pairs(add)
    before = dump(network)
    undo = network.apply(add)
    again, left = connecting(network, sources, targets, pattern)
    assert pairs(again) == []
    assert left.closing_cycles == skipped.closing_cycles
    assert left.there_already == skipped.there_already + len(add.connections)
    network.apply(undo)
    assert dump(network) == before


@given(drawings(softmax=True), st.data())
def test_every_pair_is_connected_or_counted_for_its_reason(network, data):
    some = st.lists(st.sampled_from(list(network.neurons)), unique=True)
    sources, targets = data.draw(some), data.draw(some)
    add, skipped = connecting(network, sources, targets, all_to_all)
    reasons = {"already": 0, "itself": 0, "takes no arrows": 0, "softmax": 0, "cycle": 0}
    network.apply(add)
    new = set(pairs(add))
    for source, target in {(s, t) for s in sources for t in targets} - new:
        what = network.refusal(source, target).what
        reasons[next(reason for reason in reasons if reason in what)] += 1
    assert Skipped(*reasons.values()) == skipped


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.tuples(st.just(n), *[st.lists(st.tuples(*[st.integers(0, n - 1)] * 2), max_size=24)] * 2)
    )
)
def test_of_wished_arrows_as_many_are_taken_as_close_no_cycle(drawn):
    count, present, wished = drawn
    present = [(a, b) for a, b in present if a < b]
    wished = [(a, b) for a, b in wished if a != b]
    ends = [tuple(np.array(arrows, np.intp).reshape(-1, 2).T) for arrows in (present, wished)]
    taken = without_cycles(count, *ends)
    after = present + [arrow for arrow, is_taken in zip(wished, taken.tolist(), strict=True) if is_taken]
    assert not any(leads_to(after, target, source) for source, target in after)
    assert all(is_taken or leads_to(after, b, a) for (a, b), is_taken in zip(wished, taken.tolist(), strict=True))


def test_many_neurons_connected_to_each_other_hold_as_many_arrows_as_they_can():
    network = scattered([300, 5], 0, seed=1)
    hidden = Network()
    for i in network.neurons:
        hidden.add_neuron(position=network.neurons[i].position)
    ids = list(hidden.neurons)
    add, skipped = connecting(hidden, ids, ids, all_to_all)
    assert len(add.connections) == skipped.closing_cycles == 305 * 304 // 2
    x = {i: hidden.neurons[i].position for i in ids}
    assert all(x[source][0] <= x[target][0] for source, target in pairs(add))
    hidden.apply(add)
    assert max(hidden.depths().values()) == 305


def test_arrows_against_the_order_from_left_to_right_are_taken_where_nothing_speaks_against_them():
    network = Network()
    right, left = network.add_neuron(position=(500.0, 0.0)), network.add_neuron(position=(0.0, 0.0))
    add, skipped = connecting(network, [right.id], [left.id], all_to_all)
    assert pairs(add) == [(right.id, left.id)]
    assert not skipped
    assert add.name == "Connect 1 -> 2"


def test_all_to_all_skips_and_says_what_it_skips():
    network = column("input", "hidden", "hidden", "output", "output")
    network.neurons[5].activation = "softmax"
    network.connect(1, 2)
    network.connect(2, 3)
    add, skipped = connecting(network, [1, 2, 3, 5], [1, 2, 4], all_to_all)
    assert pairs(add) == [(1, 4), (2, 4), (3, 4)]
    assert skipped == Skipped(1, 2, 3, 2, 1)
    assert skipped.sentence(len(add.connections)) == (
        "3 connected, 1 was there already, 2 would lead from neurons to themselves, 3 would lead into inputs, "
        "2 would leave softmax neurons, 1 would close a cycle"
    )
    assert Skipped().sentence(1200) == "1,200 connected"
    assert add.name == "Add 3 connections"


def test_the_weights_are_those_of_arrows_drawn_by_hand():
    network = column("input", "input", "output")
    add, _ = connecting(network, [2, 1], [3], all_to_all)
    by_hand = [network.connect(source, 3).weight for source in (1, 2)]
    assert add.connections.weight.tolist() == by_hand
    assert pairs(add) == [(1, 3), (2, 3)]


def test_one_to_one_goes_from_top_to_bottom():
    network = column("input", "input", "input", "hidden", "hidden")
    network.set_neurons("position", [1, 3], [(0.0, 200.0), (0.0, 0.0)])
    add, skipped = connecting(network, [1, 2, 3], [4, 5], one_to_one)
    assert pairs(add) == [(3, 4), (2, 5)]
    assert not skipped


def test_a_random_share_is_exact_and_a_function_of_the_seed():
    network = scattered([20, 20], 0, seed=1)
    sources, targets = network.ids_of_role("input"), network.ids_of_role("output")

    def drawn(share, seed):
        return pairs(connecting(network, sources, targets, random_share(share, seed))[0])

    assert len(drawn(0.25, 1)) == 100
    assert drawn(0.25, 1) == drawn(0.25, 1) != drawn(0.25, 2)
    assert set(drawn(0.25, 1)) < set(drawn(0.5, 1))
    assert drawn(0, 1) == []
    assert len(drawn(1, 1)) == 400
    numbers = np.bincount([target for _, target in drawn(0.5, 3)])[21:]
    assert 3 <= numbers.min() < numbers.max() <= 17


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize("seed", range(3))
def test_nearest_are_the_nearest(count, seed):
    network = scattered([40, 700], 0, seed)
    sources, targets = network.ids_of_role("input"), network.ids_of_role("output")
    place = {i: np.array(network.neurons[i].position) for i in network.neurons}
    add, _ = connecting(network, sources, targets, nearest(count))
    chosen: dict[int, list[int]] = {target: [] for target in targets}
    for source, target in pairs(add):
        chosen[target].append(source)
    for target, taken in chosen.items():
        distances = sorted(np.hypot(*(place[s] - place[target])) for s in sources)
        assert sorted(np.hypot(*(place[s] - place[target])) for s in taken) == distances[:count]


def test_a_neuron_is_not_its_own_nearest():
    network = column(*["hidden"] * 4)
    add, skipped = connecting(network, range(1, 5), range(1, 5), nearest(1))
    assert pairs(add) == [(1, 2), (2, 3), (3, 4)]
    assert skipped == Skipped(closing_cycles=1)


@pytest.mark.parametrize("pattern", [all_to_all, one_to_one, random_share(0.5, 1), nearest(2)])
@pytest.mark.parametrize("ends", [([], [2]), ([1], []), ([], [])])
def test_nothing_to_connect(network, pattern, ends):
    add, skipped = connecting(network, *ends, pattern)
    assert len(add.connections) == 0
    assert not skipped


def test_refusals(network):
    with pytest.raises(NetworkError, match="no neuron 99"):
        connecting(network, [1, 99], [3], all_to_all)
    with pytest.raises(NetworkError, match=r"share must be from 0 to 1, not 1\.5"):
        random_share(1.5, 1)
    with pytest.raises(NetworkError, match="seed"):
        random_share(0.5, -1)
    with pytest.raises(NetworkError, match="at least 1, not 0"):
        nearest(0)
    many = scattered([4000, 4000], 0, seed=1)
    with pytest.raises(NetworkError, match="16,000,000 arrows are too many"):
        connecting(many, many.ids_of_role("input"), many.ids_of_role("output"), all_to_all)
