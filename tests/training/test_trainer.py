import numpy as np
import pytest

from annsim.data.dataset import Dataset
from annsim.errors import DataError, NetworkError, SettingsError
from annsim.network.builders import initial_weight_values
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.trainer import train
from tests.network.drawings import dump


def test_xor_is_learned_in_place(network, xor, engine):
    run = train(network, xor, learning_rate=0.5, epochs=1500, loss="binary_cross_entropy", goal=0.05, engine=engine)
    assert (run.stopped_by, run.accuracy) == ("goal", 1.0)
    assert (network.predict(xor.inputs) > 0.5).ravel().tolist() == [False, True, True, False]


def test_training_goes_on_from_the_present_weights(network, xor, engine):
    first = train(network, xor, epochs=3, engine=engine)
    second = train(network, xor, epochs=3, engine=engine)
    assert second.history["training_loss"][0] == first.history["training_loss"][-1]


def test_init_draws_new_weights_from_the_seed(network, xor, engine):
    run = train(network, xor, init="he_uniform", seed=9, epochs=1, engine=engine)
    again = network.copy()
    train(again, xor, init="he_uniform", seed=9, epochs=1, engine=engine)
    assert dump(again) == dump(network)
    fresh = Network.layered([2, 3, 1])
    weights = initial_weight_values(fresh.store.block, "he_uniform", 9)
    fresh.set_connections("weight", list(fresh.connections), weights)
    loss = np.square(fresh.predict(xor.inputs) - xor.targets).mean() / 2
    assert run.history["training_loss"][0] == pytest.approx(loss, rel=1e-14)


def test_a_base_of_settings_and_values_over_it(network, xor):
    run = train(network, xor, Settings(epochs=7, method="gd"), epochs=3)
    assert (run.epochs, run.steps, run.settings.method) == (3, 3, "gd")


def test_no_limit_becomes_the_default(network, xor):
    assert train(network, xor, Settings(epochs=None, record_every=0)).epochs == 100


def test_a_test_share_splits_again(network, engine):
    draws = np.random.default_rng(1)
    data = Dataset(draws.normal(size=(20, 2)), draws.normal(size=(20, 1)))
    assert train(network, data, epochs=1, test_share=0.25, engine=engine).steps == 15
    assert train(network, data, epochs=1, engine=engine).test_loss is None


def test_the_fields_of_the_report(network, xor):
    assert tuple(train(network, xor, epochs=2).to_dict()) == (
        *("epochs", "steps", "stopped_by", "training_loss", "test_loss", "accuracy", "seconds"),
        *("samples_per_second", "engine"),
    )


def test_columns_are_matched_by_name_and_else_by_position(xor):
    losses = []
    for names in (["x1", "x2"], ["x2", "x1"], ["a", "b"]):
        network = Network.layered([2, 3, 1], seed=3)
        data = Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 0, 0], input_names=names)
        losses.append(train(network, data, epochs=1).training_loss)
    assert losses[0] == losses[2] != losses[1]


WRONG = {
    "the network has 2 input neurons, and the data has 3 input columns": Dataset(
        np.zeros((2, 3)), np.zeros(2), input_names=["a", "b", "c"]
    ),
    "the network has 1 output neuron, and the data has 2 target columns": Dataset(
        np.zeros((2, 2)), np.zeros((2, 2)), target_names=["a", "b"]
    ),
    "the data has no target values": Dataset(np.zeros((2, 2))),
}


@pytest.mark.parametrize(("what", "data"), WRONG.items())
def test_data_that_does_not_fit_changes_nothing(network, what, data):
    before = dump(network)
    with pytest.raises(DataError, match=what):
        train(network, data)
    assert dump(network) == before


def test_refused_calls(network, xor):
    with pytest.raises(SettingsError, match="Did you mean 'epochs'"):
        train(network, xor, epoch=3)
    with pytest.raises(SettingsError, match="no momentum"):
        train(network, xor, momentum=0.5)
    with pytest.raises(NetworkError, match="no input neuron"):
        train(Network(), xor)


def test_unnamed_columns_are_not_dropped_for_neurons_of_the_same_default_names():
    with pytest.raises(DataError, match="2 input neurons, and the data has 3 input columns"):
        train(Network.layered([2, 2, 1]), Dataset([[0, 1, 2], [1, 0, 2]], [0, 1]))
