"""What is cosmetic ends no run and computes nothing anew; everything else does."""

import pytest

from annsim.gui.document import Document
from annsim.gui.undo import is_cosmetic
from annsim.network.edits import Add, Compound, Remove, SetValues
from annsim.network.grouping import grouping, removing, ungrouping
from annsim.network.groups import GroupValues
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues
from annsim.network.notes import NoteValues
from annsim.project.project import Project

NOTE, GROUP = NoteValues(1, "text"), GroupValues(1, "title")
NEURON = NeuronValues(9, "new", "hidden", "tanh")
COSMETIC = [
    SetValues("neuron", "position", [1], [(1, 2)]),
    SetValues("neuron", "name", [1], ["a"]),
    Add(notes=(NOTE,)),
    Compound((Add(notes=(NOTE,)), SetValues("note", "text", [1], ["other"]), Remove(notes=(1,)))),
    Compound((Add(groups=(GROUP,)), SetValues("neuron", "group", [1, 2], [1, 1]))),
    Compound((Add(groups=(GROUP,)), SetValues("group", "is_folded", [1], [True]), Remove(groups=(1,)))),
]
COMPUTED = [
    SetValues("neuron", "bias", [3], [1.0]),
    SetValues("connection", "weight", [1], [1.0]),
    Remove(connections=(1,)),
    Remove(neurons=(3,)),
    Add((NEURON,), notes=(NOTE,)),
    Compound((Add(notes=(NOTE,)), SetValues("neuron", "locked", [3], [True]))),
]


@pytest.fixture
def document(qapp):
    return Document(Project(Network.layered([2, 1])))


@pytest.mark.parametrize("edit", COSMETIC)
def test_cosmetic_edits_end_no_run_and_are_undone_exactly(document, edit):
    ended, before, moment = [], document.bytes(), document.moment
    document.edit_begins.connect(lambda: ended.append(True))
    document.do(edit)
    document.undo()
    assert document.bytes() == before
    document.redo()
    assert ended == []
    assert document.moment is moment


@pytest.mark.parametrize("edit", COMPUTED)
def test_other_edits_end_the_run(document, edit):
    ended, moment = [], document.moment
    document.edit_begins.connect(lambda: ended.append(True))
    document.do(edit)
    assert ended == [True]
    assert document.moment is not moment


def test_the_builders_of_groups_are_cosmetic_unless_neurons_go(document):
    network = document.network
    document.do(grouping(network, [1, 2], "inputs"))
    assert is_cosmetic(grouping(network, [1, 3], "new"))
    assert is_cosmetic(ungrouping(network, [1]))
    assert is_cosmetic(removing(network, groups=[1]))
    assert not is_cosmetic(removing(network, [1], groups=[1]))
