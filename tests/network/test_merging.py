import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.errors import NetworkError
from annsim.network.edits import Add
from annsim.network.groups import GroupValues
from annsim.network.merging import adding, part_of
from annsim.network.network import Network
from annsim.network.notes import NoteValues
from tests.network.drawings import drawings, dump


@pytest.fixture
def drawing(tangle):
    """The tangle with h1 and h2 in one group, y1 and y2 in another, and two notes."""
    groups = GroupValues(2, "hidden", is_folded=True), GroupValues(4, "outputs")
    tangle.apply(Add(notes=(NoteValues(1, "one"), NoteValues(5, "five", (10.0, 20.0), 90.0)), groups=groups))
    tangle.set_neurons("group", [4, 5, 1, 6], [2, 2, 4, 4])
    return tangle


def arrows(network):
    """Every arrow by the names of its ends."""
    name = {i: network.neuron_values(i).name for i in network.neurons}
    return {(name[c.source], name[c.target]): (c.weight, c.locked) for c in network.connections.values()}


def test_a_part_has_the_arrows_among_its_neurons_and_its_whole_groups(drawing):
    part = part_of(drawing, [6, 4, 5], [5])
    assert list(part.neurons) == [4, 5, 6]
    whole = arrows(drawing)
    assert arrows(part) == {ends: whole[ends] for ends in [("h1", "h2"), ("h1", "y2")]}
    assert part.connections[3].locked
    assert part.groups == {2: GroupValues(2, "hidden", is_folded=True)}
    assert [neuron.group for neuron in part.neurons.values()] == [2, 2, 0]
    assert part.neuron_values(5) == drawing.neuron_values(5)
    assert part.notes == {5: NoteValues(5, "five", (10.0, 20.0), 90.0)}


def test_a_part_is_independent(drawing):
    before, part = dump(drawing), part_of(drawing, drawing.neurons, drawing.notes)
    part.neurons[4].bias = 9.0
    part.connections[3].weight = 9.0
    assert dump(drawing) == before


def test_what_is_not_there_is_refused(drawing):
    with pytest.raises(NetworkError, match="there is no neuron 99"):
        part_of(drawing, [4, 99])
    with pytest.raises(NetworkError, match="there is no note 99"):
        part_of(drawing, [4], [99])


@given(drawings(notes=True))
def test_the_whole_is_a_part_too(network):
    part = part_of(network, network.neurons, network.notes)
    part.apply(
        Add(counters=network.counters, groups=tuple(g for i, g in network.groups.items() if i not in part.groups))
    )
    assert dump(part) == dump(network)


def test_adding_gives_new_ids_free_names_and_moves(drawing):
    part = part_of(drawing, [4, 5], [1, 5])
    before = dump(drawing)
    inverse = drawing.apply(adding(drawing, part, (100.0, -50.0), "Paste"))
    h1, h2 = drawing.neurons[7], drawing.neurons[8]
    x, y = drawing.neurons[4].position
    assert (h1.name, h2.name, h1.position) == ("h1 2", "h2 2", (x + 100, y - 50))
    assert (h1.threshold, h2.bias, h2.locked, h1.group, h2.group) == (0.5, -0.125, True, 5, 5)
    assert arrows(drawing)["h1 2", "h2 2"] == arrows(drawing)["h1", "h2"]
    assert drawing.groups[5] == GroupValues(5, "hidden", is_folded=True)
    assert drawing.notes[6] == NoteValues(6, "one", (100.0, -50.0))
    assert drawing.notes[7] == NoteValues(7, "five", (110.0, -30.0), 90.0)
    drawing.apply(inverse)
    assert dump(drawing) == before


@given(drawings(notes=True), drawings(notes=True), st.data())
def test_any_part_can_be_added_and_taken_back(network, other, data):
    neurons = data.draw(st.lists(st.sampled_from(list(other.neurons)), unique=True))
    notes = data.draw(st.lists(st.sampled_from(list(other.notes)), unique=True)) if other.notes else []
    part, before = part_of(other, neurons, notes), dump(network)
    inverse = network.apply(adding(network, part, (1.0, 2.0), "Paste"))
    assert len(network.neurons) == len(before[2]) + len(neurons)
    assert len(network.groups) == len(before[-1]) + len(part.groups)
    assert sorted(w for w, _ in arrows(part).values()) == sorted(
        c.weight for c in list(network.connections.values())[len(before[3]) :]
    )
    network.apply(inverse)
    assert dump(network) == before


def test_adding_an_empty_part_changes_nothing():
    network = Network.layered([2, 1])
    before = dump(network)
    network.apply(adding(network, part_of(network, []), (0.0, 0.0), "Paste"))
    assert dump(network) == before
