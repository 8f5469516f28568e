import numpy as np
import pytest

from annsim.data.builtin import BUILTIN_SETS
from annsim.errors import DataError
from annsim.formats.network_json import write as network_bytes
from annsim.network.network import Network
from annsim.project.fit import fit, is_coded_for, source_name
from annsim.project.loading import load_for
from annsim.project.project import DataReference, Project
from annsim.settings import Settings
from annsim.training.trainer import train


def fitted(source, network=None, **settings):
    project = Project(network or Network(), Settings(**settings))
    made = fit(project, DataReference(source))
    project.network.apply(made.edit)
    return project.network, made


def of_role(network, role):
    return [network.neuron_values(i) for i in network.ids_of_role(role)]


def functions(network):
    return [(values.activation, values.output) for values in of_role(network, "output")]


def names(network, role):
    return [values.name for values in of_role(network, role)]


@pytest.mark.parametrize("name", BUILTIN_SETS)
def test_an_empty_drawing_suits_every_set_afterwards(name):
    network, made = fitted(f"builtin:{name}")
    assert names(network, "input") == list(made.dataset.input_names)
    assert names(network, "output") == list(made.dataset.target_names)
    assert made.edit.name == f"Fit to {name}"
    run = train(network, made.dataset, made.settings, epochs=1, method="gd")
    assert np.isfinite(run.training_loss)


@pytest.mark.parametrize(
    ("name", "outputs", "loss"),
    [
        ("iris", [("softmax", "identity")] * 3, "cross_entropy"),
        ("xor", [("sigmoid", "identity")], "binary_cross_entropy"),
        ("full_adder", [("sigmoid", "identity")] * 2, "binary_cross_entropy"),
        ("hills", [("linear", "identity")], "half_squared_error"),
    ],
)
def test_outputs_and_loss_suit_the_targets(name, outputs, loss):
    network, made = fitted(f"builtin:{name}")
    assert functions(network) == outputs
    assert made.settings.loss == loss
    assert bool(made.says)


def test_neurons_stand_in_columns_with_room_for_hidden_ones():
    network, _ = fitted("builtin:iris")
    assert {values.position[0] for values in of_role(network, "input")} == {0.0}
    assert {values.position[0] for values in of_role(network, "output")} == {400.0}
    rows = [values.position[1] for values in of_role(network, "input")]
    assert np.diff(rows).tolist() == [100.0] * 3
    assert sum(rows) == 0


def test_what_is_there_stays(network):
    before = network.store.block.weight.copy()
    network, made = fitted("builtin:xor", network, loss="binary_cross_entropy")
    assert made.edit.edits[0].field == "name"
    assert names(network, "output") == ["y"]
    assert names(network, "hidden") == ["h1", "h2", "h3"]
    assert np.array_equal(network.store.block.weight, before)


def test_the_inverse_is_exact(tangle):
    before = network_bytes(tangle)
    made = fit(Project(tangle), DataReference("builtin:iris"))
    inverse = tangle.apply(made.edit)
    assert network_bytes(tangle) != before
    tangle.apply(inverse)
    assert network_bytes(tangle) == before


def test_missing_neurons_are_added_below_the_present_ones():
    network = Network()
    network.add_neuron("input", position=(50, 10))
    network.add_neuron("output", position=(500, 0))
    network, made = fitted("builtin:iris", network)
    assert [values.position for values in of_role(network, "input")] == [(50, 10), (50, 110), (50, 210), (50, 310)]
    assert len(of_role(network, "output")) == 3
    assert "3 input and 2 output neurons added" in " ".join(made.says)


def test_a_neuron_named_after_a_column_keeps_its_name():
    network = Network()
    network.add_neuron("input", "petal width")
    network.add_neuron("input", "something")
    network, made = fitted("builtin:iris", network)
    assert names(network, "input") == ["petal width", "sepal length", "sepal width", "petal length"]
    assert load_for(network, made.reference, made.settings)[0].input_names == made.dataset.input_names


def test_where_a_name_is_taken_columns_keep_their_order():
    network = Network()
    network.add_neuron("input", "x2")
    network.add_neuron("hidden", "x1")
    network, _ = fitted("builtin:xor", network)
    assert names(network, "input") == ["x1 2", "x2"]


@pytest.mark.parametrize(
    ("sizes", "both"),
    [([5, 3], "5 input neurons, and the data has 4 input columns"), ([4, 4], "4 output neurons.* 3 target columns")],
)
def test_too_many_neurons_are_never_deleted(sizes, both):
    with pytest.raises(DataError, match=both):
        fit(Project(Network.layered(sizes)), DataReference("builtin:iris"))


def test_softmax_is_refused_where_an_output_feeds_another_neuron():
    network = Network.layered([4, 3])
    hidden = network.add_neuron("hidden")
    network.connect(network.ids_of_role("output")[0], hidden)
    network, made = fitted("builtin:iris", network)
    assert functions(network) == [("sigmoid", "identity")] * 3
    assert made.settings.loss == "binary_cross_entropy"
    assert "outgoing arrow, which softmax does not allow" in " ".join(made.says)


def test_two_outputs_for_two_classes_get_softmax():
    network, made = fitted("builtin:circle", Network.layered([2, 2]))
    assert functions(network) == [("softmax", "identity")] * 2
    assert made.reference.coding == "one-hot"


@pytest.mark.parametrize("activation", ["tanh", "softsign"])
def test_symmetric_outputs_stay_and_the_targets_are_coded_for_them(activation):
    network, made = fitted("builtin:xor", Network.layered([2, 1], output_activation=activation))
    assert functions(network) == [(activation, "identity")]
    assert made.reference.coding == "-1/1"
    assert made.settings.loss == "half_squared_error"
    assert set(made.dataset.targets.ravel()) == {-1.0, 1.0}


def test_a_perceptron_stays_one():
    network, made = fitted("builtin:and", Network.layered([2, 1], output_activation="step"))
    assert functions(network) == [("step", "identity")]
    assert made.settings.loss == "half_squared_error"


@pytest.mark.parametrize(
    ("activation", "kept"), [("tanh", True), ("linear", True), ("sigmoid", False), ("step", False), ("relu", False)]
)
def test_an_output_that_reaches_the_numbers_stays(activation, kept):
    network, made = fitted("builtin:sine", Network.layered([1, 1], output_activation=activation), loss="huber")
    assert functions(network)[0][0] == (activation if kept else "linear")
    assert made.settings.loss == "huber"


def test_a_loss_that_does_not_suit_numbers_is_replaced():
    assert fitted("builtin:sine", loss="cross_entropy")[1].settings.loss == "half_squared_error"


def test_a_second_fit_changes_nothing():
    network, made = fitted("builtin:iris")
    again = fit(Project(network, made.settings), made.reference, made.dataset)
    assert again.edit.edits == ()
    assert again.says == ("The network suits the data already.",)
    assert again.dataset is made.dataset


def test_rows_that_were_read_for_another_coding_are_read_again():
    project = Project(Network.layered([2, 1], output_activation="tanh"))
    dataset, reference = load_for(Network(), DataReference("builtin:xor"), Settings())
    assert not is_coded_for(project.network, reference)
    assert fit(project, reference, dataset).dataset is not dataset


def test_odd_names_become_names_that_neurons_can_have(tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text('"a\u200bb",' + "c" * 300 + ",y\n1,2,0.5\n3,4,0.25\n5,6,0.125\n")
    network, _ = fitted(str(file))
    assert names(network, "input")[0] == "a b"
    assert len(names(network, "input")[1]) == 200


def test_an_exception_of_the_progress_ends_the_reading():
    def stop(share):
        raise KeyError

    with pytest.raises(KeyError):
        load_for(Network(), DataReference("builtin:xor"), Settings(), stop)


def test_people_read_short_names():
    assert source_name("builtin:spiral,noise=10") == "spiral, noise=10"
    assert source_name("/far/away/wine.csv") == "wine.csv"
