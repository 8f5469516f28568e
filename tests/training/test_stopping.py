import numpy as np
import pytest

from annsim.data.dataset import Dataset
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.session import Session
from annsim.training.trainer import train


def line(weight=1.0, activation="linear"):
    """Y = w x, one weight; the bias is locked."""
    network = Network()
    y = network.add_neuron("output", activation=activation, locked=True)
    network.connect(network.add_neuron("input"), y, weight)
    return network


ONE_ROW = Dataset([[1.0]], [[0.0]])
TWO_ROWS = Dataset([[1.0], [1.0]], [[0.0], [0.0]])


def test_goal_stops_at_the_first_row_that_reaches_it(engine):
    """W halves each epoch, the loss w^2 / 2 is 1/2, 1/8, 1/32, 1/128."""
    network = line()
    run = train(network, ONE_ROW, learning_rate=0.5, goal=1 / 32, engine=engine)
    assert run.history["training_loss"].tolist() == [1 / 2, 1 / 8, 1 / 32]
    assert (run.stopped_by, run.epochs, network.connections[1].weight) == ("goal", 2, 0.25)


def test_a_goal_that_is_reached_before_training_changes_nothing(engine):
    network = line()
    run = train(network, ONE_ROW, goal=0.5, engine=engine)
    assert (run.stopped_by, run.steps, network.connections[1].weight) == ("goal", 0, 1.0)


def test_patience_counts_rows_without_a_better_test_loss_and_puts_the_best_weights_back(engine):
    """W runs 1, 1/2, 1/4, ... to 0; the test row is best at w = 1/4."""
    network = line()
    data = Dataset([[1.0], [1.0]], [[0.0], [0.25]], test_rows=[1])
    run = train(network, data, learning_rate=0.5, patience=3, engine=engine)
    assert run.history["test_loss"].argmin() == 2
    assert (run.stopped_by, run.epochs, network.connections[1].weight) == ("patience", 5, 0.25)
    assert run.message == ("No better test loss in 3 rows of history; the weights with the best one (0) are put back.")


def test_patience_looks_at_the_training_loss_without_test_rows(engine):
    network = line()
    run = train(network, ONE_ROW, learning_rate=3, patience=2, engine=engine)
    assert (run.stopped_by, run.epochs, network.connections[1].weight) == ("patience", 2, 1.0)
    assert "No better training loss in 2 rows" in run.message


def test_an_equal_loss_is_no_better_one(engine):
    run = train(line(weight=0.0), ONE_ROW, patience=2, engine=engine)
    assert (run.stopped_by, run.epochs) == ("patience", 2)


def test_patience_set_on_the_way_puts_the_best_weights_back_too(engine):
    network = line()
    data = Dataset([[1.0], [1.0]], [[0.0], [0.25]], test_rows=[1])
    session = Session(network, data, Settings(learning_rate=0.5, engine=engine))
    session.advance(epochs=4)
    session.change(patience=1)
    session.advance(epochs=4)
    run = session.finish()
    assert (run.stopped_by, run.epochs) == ("patience", 5)
    assert session.learning.parameters.weights.tolist() == [0.25]


def test_numbers_that_cease_to_be_finite_stop_the_run_within_the_step(engine):
    """Step 0 takes w to -1e200; in step 1 the loss 1e400 / 2 is no longer finite."""
    network = line()
    session = Session(network, TWO_ROWS, Settings(learning_rate=1e200, shuffle=False, engine=engine))
    session.advance(epochs=50)
    run = session.finish()
    assert (run.stopped_by, run.steps, run.epochs) == ("not_finite", 2, 1)
    assert run.history["epoch"].tolist() == [0]
    assert session.learning.parameters.weights.tolist() == [1.0]
    assert session.last_finite.weights.tolist() == [-1e200]
    assert run.message.startswith("The loss is no longer a finite number (epoch 0, step 1, row 1, neuron 1 (y1))")
    assert "smaller learning rate" in run.message


def test_an_evaluation_that_is_not_finite_is_named_too(engine):
    network = line()
    run = train(network, ONE_ROW, method="gd", learning_rate=1e200, engine=engine)
    assert (run.stopped_by, network.connections[1].weight) == ("not_finite", 1.0)
    assert "(epoch 0, step 0, row 0, neuron 1 (y1))" in run.message


def test_a_net_input_that_is_not_finite_is_named_by_its_neuron(engine):
    """The step takes both weights to about -1e298; then z(h) = -1e298 * 1e150 in the evaluation."""
    network = Network()
    x, h = network.add_neuron("input"), network.add_neuron(activation="linear", name="big", bias=0.0, locked=True)
    y = network.add_neuron("output", activation="linear")
    network.connect(x, h, 1.0), network.connect(h, y, 1.0)
    run = train(network, Dataset([[1e150]], [[0.0]]), method="gd", learning_rate=1e-2, engine=engine)
    expected = "The net input is no longer a finite number (epoch 0, step 0, row 0, neuron 2 (big))"
    assert run.message.startswith(expected)
    assert all(np.isfinite([c.weight for c in network.connections.values()]))


def test_weights_come_back_from_the_last_row_whose_loss_was_not_above_ten_times_the_best(engine):
    """W grows by -1.9 an epoch, the loss by 3.61: 1, 3.61, 13.03, ...; the second row is the last one below ten."""
    network = line()
    run = train(network, ONE_ROW, learning_rate=2.9, epochs=1000, engine=engine)
    assert run.stopped_by == "not_finite"
    assert 500 < run.epochs < 600
    assert network.connections[1].weight == pytest.approx(-1.9, rel=1e-14)


def test_an_infinite_rate_is_no_traceback(engine):
    network = line()
    run = train(network, ONE_ROW, schedule="stairs", decay=1e300, decay_epochs=1, engine=engine)
    assert run.stopped_by == "not_finite"
    assert np.isfinite(network.connections[1].weight)


def test_a_penalty_that_makes_weights_grow_is_named(engine):
    run = train(line(), Dataset([[0.0]], [[0.0]]), learning_rate=10, l2=1e300, engine=engine)
    assert run.stopped_by == "not_finite"
    assert "smaller l2" in run.message


def test_single_precision_ends_where_its_numbers_end(engine):
    network = line()
    run = train(network, TWO_ROWS, learning_rate=1e30, precision="single", shuffle=False, engine=engine)
    assert (run.stopped_by, network.connections[1].weight) == ("not_finite", 1.0)
