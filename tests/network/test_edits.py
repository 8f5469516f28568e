import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annsim.errors import AnnsimError, NetworkError
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.network.builders import initial_weights
from annsim.network.edits import Add, Compound, Remove, SetValues
from annsim.network.grouping import grouping, removing, ungrouping
from annsim.network.network import Network
from annsim.network.neuron import ROLES, NeuronValues
from tests.network.drawings import drawings, dump, new_groups, new_notes, several, texts, titles, widths

reals = st.floats(allow_nan=False, allow_infinity=False)
FIELD_VALUES = {
    "name": st.sampled_from(["a", "b", "h1", "x1", "ω̂"]),
    "role": st.sampled_from(ROLES),
    "activation": st.sampled_from(tuple(ACTIVATIONS)),
    "output": st.sampled_from(tuple(OUTPUTS)),
    "bias": reals,
    "threshold": reals,
    "locked": st.booleans(),
    "position": st.tuples(reals, reals),
    "group": st.integers(0, 5),
}
NOTE_VALUES = {"text": texts, "position": st.tuples(reals, reals), "width": widths}
GROUP_VALUES = {"title": titles, "is_folded": st.booleans()}


def edits_of(network):
    """Edits that suit a network, some of which its rules refuse."""
    neurons = st.lists(st.sampled_from(list(network.neurons) or [1]), unique=True, max_size=3)
    arrows = st.lists(st.sampled_from(list(network.connections) or [1]), unique=True, max_size=4)
    next_neuron = network.counters[0]

    def added(names, ends, weights):
        new = tuple(NeuronValues(next_neuron + i, f"new {name}", "hidden", "tanh") for i, name in enumerate(names))
        sources, targets = [a for a, _ in ends], [b for _, b in ends]
        return Add(new[::-1], network.new_block(sources, targets, weights[: len(ends)] if weights else None))

    ends = st.tuples(*[st.sampled_from([*network.neurons, next_neuron, next_neuron + 1])] * 2)
    add = st.builds(
        added,
        st.lists(st.integers(0, 99), unique=True, max_size=2),
        st.lists(ends, max_size=3),
        st.none() | st.lists(reals, min_size=3, max_size=3),
    )
    remove = st.builds(Remove, neurons.map(tuple), arrows.map(tuple))
    set_neurons = values_set("neuron", FIELD_VALUES, neurons)
    set_weights = arrows.flatmap(
        lambda ids: st.lists(reals, min_size=len(ids), max_size=len(ids)).map(
            lambda values: SetValues("connection", "weight", ids, np.array(values))
        )
    )
    set_locks = arrows.map(lambda ids: SetValues("connection", "locked", ids, [True] * len(ids)))
    simple = st.one_of(add, remove, set_neurons, set_weights, set_locks, *edits_of_notes(network, neurons))
    return simple | st.lists(simple, max_size=3).map(lambda parts: Compound(tuple(parts)))


def edits_of_notes(network, neurons):
    """Edits of notes and groups, made by hand and by the builders."""
    notes = st.lists(st.sampled_from(list(network.notes) or [1]), unique=True, max_size=3)
    groups = st.lists(st.sampled_from(list(network.groups) or [1]), unique=True, max_size=3)
    new_id = network.counters[0]
    member = st.integers(0, 5).map(
        lambda group: (NeuronValues(new_id, f"new {new_id}", "hidden", "tanh", group=group),)
    )
    return (
        st.builds(Add, st.just(()) | member, notes=several(new_notes), groups=several(new_groups)),
        st.builds(Remove, neurons.map(tuple), notes=notes.map(tuple), groups=groups.map(tuple)),
        values_set("note", NOTE_VALUES, notes),
        values_set("group", GROUP_VALUES, groups),
        neurons.map(lambda chosen: grouping(network, chosen or [1], "new")),
        groups.map(lambda chosen: ungrouping(network, chosen)),
        st.builds(lambda *chosen: removing(network, *chosen), neurons, st.just(()), notes, groups),
    )


def values_set(kind, fields, ids):
    """Set one of the fields of some things."""
    return st.tuples(st.sampled_from(sorted(fields)), ids).flatmap(
        lambda pair: st.lists(fields[pair[0]], min_size=len(pair[1]), max_size=len(pair[1])).map(
            lambda values: SetValues(kind, pair[0], pair[1], values)
        )
    )


@settings(max_examples=300)
@given(drawings(notes=True), st.data())
def test_inverses_give_back_every_bit(network, data):
    states, inverses = [dump(network)], []
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            inverses.append(network.apply(data.draw(edits_of(network))))
            states.append(dump(network))
        except AnnsimError:
            assert dump(network) == states[-1]
    redos = []
    for inverse, before in zip(reversed(inverses), reversed(states[:-1]), strict=True):
        redos.append(network.apply(inverse))
        assert dump(network) == before
    for redo, after in zip(reversed(redos), states[1:], strict=True):
        network.apply(redo)
        assert dump(network) == after


@given(drawings(notes=True), st.data())
def test_a_network_stays_lawful_after_any_edits(network, data):
    for _ in range(4):
        try:
            network.apply(data.draw(edits_of(network)))
        except AnnsimError:
            continue
    arrows = list(network.connections.values())
    assert list(network.neurons) == sorted(network.neurons)
    assert list(network.connections) == sorted(network.connections)
    assert len({(c.source, c.target) for c in arrows}) == len(arrows)
    assert all(network.neurons[c.target].role != "input" for c in arrows)
    assert all(network.neurons[c.source].activation != "softmax" for c in arrows)
    assert len(network.depths()) == len(network.neurons)
    assert all(network.neuron_id_of(n.name) == n.id for n in network.neurons.values())
    assert {n.group for n in network.neurons.values()} <= {0, *network.groups}
    assert list(network.notes) == sorted(network.notes)
    assert list(network.groups) == sorted(network.groups)


def test_a_refused_compound_changes_nothing_and_tells_nobody(network):
    before, heard = dump(network), []
    network.changed.connect(heard.append)
    parts = (SetValues("neuron", "bias", [3], [5.0]), Remove(neurons=(4,)), Remove(neurons=(99,)))
    with pytest.raises(NetworkError, match="no neuron 99"):
        network.apply(Compound(parts))
    assert dump(network) == before
    assert heard == []


def test_changed_is_sent_once_with_the_edit(network):
    heard = []
    network.changed.connect(heard.append)
    edit = Compound((SetValues("neuron", "bias", [3], [5.0]), Remove(neurons=(4,))))
    network.apply(edit)
    assert heard == [edit]


def test_removing_a_neuron_takes_its_arrows(network):
    network.apply(Remove(neurons=(3,)))
    assert not [c for c in network.connections.values() if 3 in (c.source, c.target)]
    assert len(network.connections) == 6


def test_names_can_be_exchanged_in_one_edit(network):
    network.set_neurons("name", [1, 2], ["x2", "x1"])
    assert [network.neurons[i].name for i in (1, 2)] == ["x2", "x1"]
    assert network.neuron_id_of("x1") == 2


def test_a_name_given_up_is_free_again(network):
    network.neurons[1].name = "first"
    assert network.neuron_id_of("x1") is None
    assert network.add_neuron("input", name="x1").name == "x1"


def test_neurons_given_out_of_order_are_kept_in_ascending_id():
    network = Network()
    network.apply(Add((NeuronValues(5, "b", "input", "linear"), NeuronValues(2, "a", "input", "linear"))))
    assert network.ids_of_role("input") == [2, 5]
    assert network.counters == (6, 1)


def test_initial_weights_are_one_edit_with_an_exact_inverse(tangle):
    before = dump(tangle)
    inverse = tangle.apply(initial_weights(tangle, "he_normal", 5))
    assert dump(tangle) != before
    tangle.apply(inverse)
    assert dump(tangle) == before
