import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy

from annsim.data.dataset import Dataset
from annsim.errors import DataError, NetworkError
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.training_control import State
from annsim.network.edits import Remove, SetValues
from annsim.network.network import Network
from annsim.project.project import DataReference, Project
from tests.gui.panels.probing import SUMS, half_adder, outputs_of


@pytest.fixture
def adder(qapp):
    return half_adder()


@pytest.fixture
def iris(qapp):
    document = Document(read_example("iris"))
    document.load_data(document.project.data)
    return document


@pytest.mark.parametrize(("bits", "sums"), SUMS)
def test_a_half_adder_that_never_learned_adds_what_is_set_by_hand(adder, bits, sums):
    for neuron_id, bit in zip((1, 2), bits, strict=True):
        adder.set_probe_value(neuron_id, bit)
    assert adder.probe == dict(zip((1, 2), bits, strict=True))
    assert outputs_of(adder) == sums


def test_the_probe_is_a_view_and_no_edit(adder):
    before = adder.bytes()
    adder.set_probe_value(1, 1)
    assert adder.bytes() == before
    assert adder.is_saved
    assert adder.undo_stack.count() == 0


def test_each_change_is_told(adder):
    told = QSignalSpy(adder.probe_changed)
    adder.set_probe_value(1, 1)
    adder.set_probe_values({1: 0, 2: 1})
    adder.leave_probe()
    assert told.count() == 3
    adder.leave_probe()
    assert told.count() == 3
    assert adder.probe is None
    assert outputs_of(adder) == (0, 0)


def test_a_probe_begins_with_the_row_on_show(xor_document):
    xor_document.show_row(2)
    xor_document.set_probe_value(2, 1.0)
    assert xor_document.probe == {1: 1.0, 2: 1.0}
    xor_document.set_probe_row(1)
    assert xor_document.probe is None
    assert xor_document.moment.neuron(2).output == 1.0
    assert xor_document.row == 1


def test_values_outlive_edits_that_keep_the_neuron_and_come_back_with_undo(adder):
    adder.set_probe_values({1: 1, 2: 1})
    adder.do(SetValues("neuron", "threshold", [4], [2.5]))
    assert adder.probe == {1: 1, 2: 1}
    assert outputs_of(adder) == (1, 0)
    adder.do(Remove((2,), ()))
    assert adder.probe == {1: 1}
    adder.undo()
    assert adder.probe == {1: 1, 2: 1}
    new = adder.network.add_neuron("input", "c")
    assert adder.probe == {1: 1, 2: 1, new.id: 0}


def test_what_is_no_input_and_what_is_no_number_is_refused(adder):
    with pytest.raises(NetworkError, match="neuron 3 is no input neuron"):
        adder.set_probe_value(3, 1)
    with pytest.raises(DataError, match="finite"):
        adder.set_probe_value(1, float("inf"))
    assert adder.probe is None


def test_target_values_are_known_where_a_row_of_the_data_has_these_inputs(xor_document):
    xor_document.show_row(3)
    delta = xor_document.moment.neuron(7).delta
    xor_document.show_row(0)
    xor_document.set_probe_values({1: 1.0, 2: 1.0})
    assert xor_document.targets.tolist() == [0.0]
    assert xor_document.moment.neuron(7).delta == delta
    xor_document.set_probe_value(1, 0.5)
    assert xor_document.targets is None
    assert xor_document.moment.neuron(7).delta is None


def test_rows_that_contradict_each_other_give_no_target(qapp):
    document = Document(Project(Network.layered([1, 1])))
    document.set_data(Dataset([[0], [1], [1]], [0, 0, 1]), None)
    document.set_probe_value(1, 0.0)
    assert document.targets.tolist() == [0.0]
    document.set_probe_value(1, 1.0)
    assert document.targets is None


def test_values_are_in_the_units_of_the_data(iris):
    before = iris.moment.output.copy()
    iris.set_probe_values({})
    assert iris.probe == {1: 5.1, 2: 3.5, 3: 1.4, 4: 0.2}
    np.testing.assert_allclose(iris.moment.output, before, rtol=1e-12, atol=1e-12)
    assert iris.targets.tolist() == [1.0, 0.0, 0.0]
    column = iris.dataset.preparation.inputs[1]
    iris.set_probe_value(2, 4.0)
    assert iris.moment.neuron(2).output == (4.0 - column.offset) / column.scale
    assert iris.targets is None


def test_a_column_that_is_always_the_same_enters_as_zero(tmp_path, qapp):
    file = tmp_path / "same.csv"
    file.write_text("a,b,y\n" + "".join(f"7,{n},{n * n}\n" for n in range(9)))
    document = Document(Project(Network.layered([2, 1])))
    document.load_data(DataReference(str(file)))
    document.set_probe_values({})
    assert document.probe[1] == 7
    document.set_probe_value(1, 100.0)
    assert document.moment.neuron(1).output == 0.0


def test_other_data_ends_the_probe_and_another_split_of_the_same_does_not(iris):
    iris.set_probe_value(1, 6.0)
    iris.set_settings(iris.settings.with_changes(test_share=0.5))
    iris.split_data()
    assert iris.probe[1] == 6.0
    column = iris.dataset.preparation.inputs[0]
    assert iris.moment.neuron(1).output == (6.0 - column.offset) / column.scale
    iris.load_data(DataReference("builtin:wine"))
    assert iris.probe is None


def test_a_running_training_is_not_touched_and_its_weights_are_followed(qtbot, control, xor_document):
    control.change_setting("epochs", None)
    control.change_setting("goal", None)
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 20)
    session, steps = control.session, xor_document.undo_stack.count()
    xor_document.set_probe_values({1: 1.0, 2: 0.0})
    first = outputs_of(xor_document)
    qtbot.waitUntil(lambda: outputs_of(xor_document) != first)
    assert control.state is State.RUNNING
    assert control.session is session
    assert xor_document.undo_stack.count() == steps
    assert xor_document.probe == {1: 1.0, 2: 0.0}
    control.pause()
    predicted = xor_document.network.predict(np.array([[1.0, 0.0]]))[0]
    np.testing.assert_allclose(outputs_of(xor_document), predicted, rtol=1e-12)
