import pytest

from annsim.errors import NetworkError
from annsim.formats.catalogue import open_file
from annsim.gui.document import Document
from annsim.network.edits import SetValues
from annsim.network.network import Network
from annsim.project.project import DataReference, Project


@pytest.fixture
def small():
    return Document(Project(Network.layered([2, 2, 1])))


def test_undo_and_redo_are_exact(small):
    empty = small.bytes()
    small.do(SetValues("neuron", "bias", [3], [0.5], name="Set bias"))
    small.do(SetValues("connection", "weight", [1], [2.0], name="Set weight"))
    done = small.bytes()
    small.undo()
    small.undo()
    assert small.bytes() == empty
    small.redo()
    small.redo()
    assert small.bytes() == done


def test_a_refused_edit_leaves_no_undo_step(small):
    with pytest.raises(NetworkError):
        small.do(SetValues("neuron", "bias", [99], [0.5]))
    assert small.undo_stack.count() == 0


def test_the_unsaved_mark_follows_edits_undo_and_saving(small, tmp_path):
    assert small.is_saved
    small.do(SetValues("neuron", "bias", [3], [0.5]))
    assert not small.is_saved
    small.undo()
    assert small.is_saved
    small.redo()
    small.save(tmp_path / "a.annsim")
    assert small.is_saved
    assert open_file(tmp_path / "a.annsim").network.neurons[3].bias == 0.5


def test_the_selection_forgets_what_is_gone(small):
    small.select([3], [1])
    small.network.remove(small.network.neurons[3])
    assert (small.selected_neurons, small.selected_connections) == (frozenset(), frozenset())


def test_the_moment_shows_the_outputs_of_the_row(small, qtbot):
    small.load_data(DataReference("builtin:xor"))
    small.show_row(2)
    expected = small.network.predict(small.dataset.inputs)[2, 0]
    assert small.moment.neuron(5).output == expected
    assert small.moment.neuron(1).output == 1.0
    assert small.moment.neuron(5).delta is not None
    with qtbot.waitSignal(small.moment_changed):
        small.do(SetValues("neuron", "bias", [5], [3.0]))
    assert small.moment.neuron(5).bias == 3.0
