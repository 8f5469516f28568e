import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.errors import NetworkError
from annsim.network import table
from annsim.network.edits import Add, Compound, Remove, SetValues
from annsim.network.grouping import free_title, grouping, members_by_group, removing, ungrouping, whole_groups
from annsim.network.groups import GroupValues
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues
from annsim.network.notes import NoteValues
from tests.network.drawings import drawings, dump


@pytest.fixture
def grouped(network):
    """2-3-1 with the inputs in group 1, two hidden neurons in group 2, and the notes 3 and 7."""
    groups = GroupValues(1, "inputs"), GroupValues(2, "pair", is_folded=True)
    notes = NoteValues(7, "seven"), NoteValues(3, "three\nlines\n", (1.5, -2.0), 120.0)
    network.apply(Add(notes=notes, groups=groups))
    network.set_neurons("group", [1, 2, 3, 4], [1, 1, 2, 2])
    return network


def done(network, edit):
    """Do an edit, check that its inverse gives back every bit, and do it again."""
    before = dump(network)
    inverse = network.apply(edit)
    after = dump(network)
    again = network.apply(inverse)
    assert dump(network) == before
    network.apply(again)
    assert dump(network) == after
    return network


# the tables


def test_notes_and_groups_are_kept_in_ascending_id(grouped):
    assert grouped.notes == {3: NoteValues(3, "three\nlines\n", (1.5, -2.0), 120.0), 7: NoteValues(7, "seven")}
    assert list(grouped.notes) == [3, 7]
    assert (grouped.next_note_id(), grouped.next_group_id()) == (8, 3)
    assert (Network().next_note_id(), Network().next_group_id()) == (1, 1)


def test_the_mappings_are_read_only_and_follow_edits(grouped):
    notes, groups = grouped.notes, grouped.groups
    with pytest.raises(TypeError):
        notes[1] = NoteValues(1, "")
    grouped.apply(Add(notes=(NoteValues(1, "first"),), groups=(GroupValues(9, "last"),)))
    assert list(notes) == [1, 3, 7]
    assert list(groups) == [1, 2, 9]


def test_members(grouped):
    assert (grouped.members(1), grouped.members(2), grouped.members(99)) == ([1, 2], [3, 4], [])
    grouped.apply(Add(groups=(GroupValues(5, "empty"),)))
    assert members_by_group(grouped) == {1: [1, 2], 2: [3, 4], 5: []}
    assert whole_groups(grouped, [1, 2, 3]) == (1,)


def test_a_handle_shows_and_sets_the_group(grouped):
    neuron = grouped.neurons[6]
    neuron.group = np.int64(2)
    assert grouped.members(2) == [3, 4, 6]
    assert type(neuron.group) is int
    assert "group=2" in repr(neuron)


def test_a_copy_is_independent(grouped):
    before, copy = dump(grouped), grouped.copy()
    assert dump(copy) == before
    copy.apply(removing(copy, notes=[3, 7], groups=[1, 2]))
    assert dump(grouped) == before
    assert (len(copy.notes), len(copy.groups)) == (0, 0)


def test_values_are_made_proper():
    network = Network()
    network.apply(Add(notes=(NoteValues(1, "", (np.float32(1), 2), 100),), groups=(GroupValues(1, "a", np.True_),)))
    (note,), (group,) = network.notes.values(), network.groups.values()
    assert [type(x) for x in (*note.position, note.width)] == [float] * 3
    assert type(group.is_folded) is bool


# refusals


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Add(notes=(NoteValues(3, ""),)), "note id 3 is taken"),
        (Add(groups=(GroupValues(2, "a"),)), "group id 2 is taken"),
        (Add(notes=(NoteValues(8, ""), NoteValues(8, ""))), "note id 8 stands there twice"),
        (Add(groups=(GroupValues(0, "a"),)), "group id 0 is not a positive"),
        (Add(notes=(NoteValues(8, "x" * 10_001),)), r"note 8: the text has 10,001 characters"),
        (Add(notes=(NoteValues(8, "\ud800"),)), "note 8: the text holds half of a letter"),
        (Add(notes=(NoteValues(8, 5),)), "note 8: a note's text must be a text, not '5'"),
        (Add(notes=(NoteValues(8, "", (0, float("nan"))),)), "note 8: position must be finite"),
        (Add(notes=(NoteValues(8, "", (0, 0), 4001),)), "note 8: width must lie between 40 and 4000, not 4001"),
        (Add(groups=(GroupValues(8, " "),)), "group 8: a group's title must be a text that is not empty"),
        (Add(groups=(GroupValues(8, "a\nb"),)), "group 8: the title 'a b' is not allowed"),
        (Add(groups=(GroupValues(8, "a", 1),)), "group 8: is_folded must be True or False, not '1'"),
        (Add((NeuronValues(9, "new", "hidden", "tanh", group=8),)), r"neuron 9 \(new\): there is no group 8"),
        (SetValues("neuron", "group", [5], [8]), r"neuron 5 \(h3\): there is no group 8"),
        (SetValues("neuron", "group", [5], [-1]), "neuron 5: group must be the id of a group, or 0 for none"),
        (SetValues("neuron", "group", [5], [True]), "neuron 5: group must be the id of a group, or 0 for none"),
        (SetValues("note", "text", [3, 7], ["a", 5]), "note 7: a note's text must be"),
        (SetValues("note", "text", [3, 3], ["a", "b"]), "note id 3 stands there twice"),
        (SetValues("note", "text", [3, 7], ["a"]), "there are 1 values for 2 ids"),
        (SetValues("note", "text", [4], ["a"]), "there is no note 4"),
        (SetValues("note", "title", [3], ["a"]), "a note has no field 'title'"),
        (SetValues("note", "id", [3], [4]), "a note has no field 'id'"),
        (SetValues("group", "title", [4], ["a"]), "there is no group 4"),
        (SetValues("group", "text", [1], ["a"]), "a group has no field 'text'"),
        (Remove(notes=(4,)), "there is no note 4"),
        (Remove(groups=(4,)), "there is no group 4"),
        (Remove(groups=(2,)), "group 'pair' still holds neuron 'h1'. Ungroup it first"),
        (Remove((3,), groups=(2,)), "group 'pair' still holds neuron 'h2'"),
    ],
)
def test_what_is_refused_changes_nothing(grouped, edit, message):
    before = dump(grouped)
    with pytest.raises(NetworkError, match=message):
        grouped.apply(edit)
    with pytest.raises(NetworkError, match=message):
        grouped.apply(Compound((SetValues("group", "title", [1], ["x"]), Add(notes=(NoteValues(99, "new"),)), edit)))
    assert dump(grouped) == before


@pytest.mark.parametrize(("kind", "make"), [("notes", NoteValues), ("groups", GroupValues)])
def test_their_number_is_limited(monkeypatch, kind, make):
    monkeypatch.setattr(table, "LIMIT", 3)
    network = Network()
    network.apply(Add(**{kind: (make(1, "a"), make(2, "a"))}))
    with pytest.raises(NetworkError, match=f"holds at most 3 {kind}"):
        network.apply(Add(**{kind: (make(3, "a"), make(4, "a"))}))
    network.apply(Add(**{kind: (make(3, "a"),)}))


# builders


def test_a_neuron_and_its_group_go_and_come_together(grouped):
    done(grouped, Remove((3, 4), groups=(2,)))
    assert list(grouped.groups) == [1]
    done(grouped, Add((NeuronValues(20, "new", "hidden", "tanh", group=5),), groups=(GroupValues(5, "its"),)))
    assert grouped.members(5) == [20]


def test_grouping_takes_neurons_out_of_old_groups_and_emptied_ones_go(grouped):
    done(grouped, grouping(grouped, [2, 1, 3], "new"))
    assert grouped.groups == {2: GroupValues(2, "pair", True), 3: GroupValues(3, "new")}
    assert (grouped.members(2), grouped.members(3)) == ([4], [1, 2, 3])


def test_grouping_nothing_is_refused(grouped):
    with pytest.raises(NetworkError, match="there is nothing to group"):
        grouping(grouped, [], "new")


def test_ungrouping_leaves_the_neurons(grouped):
    done(grouped, ungrouping(grouped, [1, 2]))
    assert not grouped.groups
    assert {neuron.group for neuron in grouped.neurons.values()} == {0}
    assert len(grouped.neurons) == 6


def test_removing_the_last_neurons_of_a_group_removes_it(grouped):
    done(grouped, removing(grouped, [3]))
    assert grouped.members(2) == [4]
    done(grouped, removing(grouped, [4, 1], name="Delete two"))
    assert (list(grouped.groups), grouped.members(1)) == ([1], [2])


def test_removing_a_group_means_ungrouping_unless_its_neurons_go_too(grouped):
    edit = removing(grouped, [3], [], [7], [1, 2])
    done(grouped, edit)
    assert (edit.name, list(grouped.groups), list(grouped.notes)) == ("Delete", [], [3])
    assert list(grouped.neurons) == [1, 2, 4, 5, 6]


def test_removing_handles_leaves_no_empty_group(grouped):
    grouped.remove(grouped.neurons[3], grouped.neurons[4], grouped.connections[9])
    assert list(grouped.groups) == [1]
    assert 9 not in grouped.connections


@given(drawings(notes=True), st.data())
def test_builders_never_empty_a_group(network, data):
    empty = {group for group, members in members_by_group(network).items() if not members}
    some = st.lists(st.sampled_from(list(network.neurons)), unique=True, min_size=1)
    edit = grouping(network, data.draw(some), "new") if data.draw(st.booleans()) else removing(network, data.draw(some))
    done(network, edit)
    assert {group for group, members in members_by_group(network).items() if not members} <= empty


def test_free_titles():
    network = Network()
    assert free_title(network) == "Group 1"
    network.apply(Add(groups=(GroupValues(1, "Group 1"), GroupValues(2, "Group 3"))))
    assert free_title(network) == "Group 2"
