"""The data of a project: coded for its network, remembered, and found again."""

import numpy as np
import pytest

import annsim as ann
from annsim.network.network import Network
from annsim.project.loading import (
    changed_data,
    coding_for,
    dataset_of,
    load_for,
    located,
    outputs_for,
    reference_for,
)
from annsim.project.project import RUNS_KEPT, DataReference, Project
from annsim.settings import Settings


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("size,colour,kind\n1,red,yes\n2,blue,no\n3,red,yes\n4,blue,no\n")
    return path


def loaded(network, source, **more):
    dataset, reference = load_for(network, DataReference(str(source), **more), Settings())
    return dataset, Project(network, data=reference)


@pytest.mark.parametrize(
    ("activation", "output", "coding"),
    [
        ("sigmoid", "identity", "0/1"),
        ("tanh", "identity", "-1/1"),
        ("softsign", "identity", "-1/1"),
        ("linear", "clip11", "-1/1"),
        ("linear", "clip01", "0/1"),
    ],
)
def test_two_values_are_coded_for_the_output(table, activation, output, coding):
    network = Network.layered([3, 1], output_activation=activation)
    network.set_neurons("output", [4], [output])
    dataset, project = loaded(network, table)
    low = -1 if coding == "-1/1" else 0
    assert (coding_for(network), project.data.coding) == (coding, coding)
    assert dataset.targets.ravel().tolist() == [1, low, 1, low]


def test_two_values_become_two_columns_for_two_outputs(table):
    dataset, project = loaded(Network.layered([3, 2]), table)
    assert dataset.targets.tolist() == [[0, 1], [1, 0], [0, 1], [1, 0]]
    assert (project.data.coding, project.data.preparation.target_names) == ("one-hot", ("no", "yes"))


def test_preparation_constants_are_those_of_the_training(table, tmp_path):
    dataset, project = loaded(Network.layered([3, 1]), table)
    (tmp_path / "new.csv").write_text("kind,colour,size\nyes,red,1\n")
    assert dataset_of(project, str(tmp_path / "new.csv")).inputs.tolist() == dataset.inputs[:1].tolist()
    np.testing.assert_array_equal(dataset_of(project, None).inputs, dataset.inputs)


def test_outputs_name_the_class(table):
    _, project = loaded(Network.layered([3, 2], output_activation="softmax"), table)
    names, outputs, classes = outputs_for(project, str(table))
    assert (names, outputs.shape) == (["y1", "y2"], (4, 2))
    assert classes == [("no", "yes")[k] for k in outputs.argmax(axis=1)]


def test_outputs_without_any_preparation_take_numbers_as_they_are(tmp_path):
    network = Network.layered([2, 1], seed=3)
    (tmp_path / "d.csv").write_text("x2,x1\n1,2\n")
    _, outputs, classes = outputs_for(Project(network), str(tmp_path / "d.csv"))
    assert (outputs.tolist(), classes) == (network.predict([[2, 1]]).tolist(), None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b,c,d\n1,2,3,4\n", "the network has 2 input neurons, and the data has 4 columns"),
        ("a,b\n1,\n", r"line 2, column 'b': a value is missing"),
        ("a,b\n1,x\n", "column 'b' holds texts"),
    ],
)
def test_raw_numbers_that_do_not_fit(tmp_path, content, message):
    (tmp_path / "d.csv").write_text(content)
    with pytest.raises(ann.DataError, match=rf"d\.csv.*{message}"):
        outputs_for(Project(Network.layered([2, 1])), str(tmp_path / "d.csv"))


def test_what_a_call_does_not_say_comes_from_the_project(table):
    project = Project(data=DataReference(str(table), targets=("size",), scaling="minmax", missing="drop"))
    assert reference_for(project, None, None, None, None) == project.data
    assert reference_for(project, None, "kind, colour", "none", "mean") == DataReference(
        str(table), targets=("kind", "colour"), scaling="none", missing="mean"
    )
    assert reference_for(project, "builtin:xor", None, None, None).targets is None


def test_paths_become_absolute_and_builtin_names_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (located("d.csv"), located("builtin:xor")) == (str(tmp_path / "d.csv"), "builtin:xor")


def test_changed_data_is_noticed(table):
    _, project = loaded(Network.layered([3, 1]), table)
    said = [changed_data(project)]
    table.write_text(table.read_text() + "5,red,yes\n")
    said.append(changed_data(project))
    table.unlink()
    said.append(changed_data(project))
    assert said == ["", f"The data file {table} has changed since it was read.", f"The data file {table} is missing."]


def test_runs_are_named_and_the_oldest_goes(xor):
    project = Project()
    for _ in range(RUNS_KEPT + 1):
        project.add_run(ann.train(Network.layered([2, 1]), xor, epochs=1))
    assert [run.name for run in project.runs] == [f"Run {number}" for number in range(2, RUNS_KEPT + 2)]
