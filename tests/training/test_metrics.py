import numpy as np
import pytest

from annsim.data.dataset import Dataset
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.metrics import evaluate


def passing(columns):
    """A network that gives its inputs out as they are."""
    network = Network()
    for _ in range(columns):
        x, y = network.add_neuron("input"), network.add_neuron("output", activation="linear")
        network.connect(x, y, 1.0)
    return network


def test_numbers_are_judged_by_rmse_and_r2():
    data = Dataset([[1.0, 0.0], [2.0, 0.0], [4.0, 0.0]], [[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]], target_names=["a", "b"])
    found = evaluate(passing(2), data)
    assert found.rmse == pytest.approx({"a": np.sqrt(1 / 3), "b": 5})
    assert found.r2 == {"a": pytest.approx(0.5), "b": None}
    assert (found.samples, found.accuracy, found.classes, found.confusion) == (3, None, None, None)
    assert found.loss == pytest.approx((25 + 25 + 26) / 6)


def test_one_hot_classes_are_judged_by_the_largest_output(engine):
    data = Dataset([[0.9, 0.1], [0.2, 0.7], [0.6, 0.4]], [[1, 0], [0, 1], [0, 1]], classes=["no", "yes"])
    found = evaluate(passing(2), data, Settings(engine=engine))
    assert (found.accuracy, found.classes, found.confusion) == (2 / 3, ("no", "yes"), [[1, 0], [1, 1]])
    assert found.rmse is found.r2 is None


def test_one_column_of_two_values_has_two_classes():
    data = Dataset([[-0.5], [0.5], [0.1], [-2.0]], [-1, 1, -1, 1])
    found = evaluate(passing(1), data)
    assert (found.accuracy, found.classes, found.confusion) == (0.5, ("-1", "1"), [[1, 1], [1, 1]])


def test_several_columns_of_two_values_have_an_accuracy_but_no_classes():
    data = Dataset([[1.0, 1.0], [0.0, 1.0]], [[1, 1], [0, 0]])
    found = evaluate(passing(2), data)
    assert (found.accuracy, found.classes, found.confusion) == (0.5, None, None)


def test_the_report_holds_plain_values():
    found = evaluate(passing(1), Dataset([[0.0], [1.0]], [0, 1], classes=["off", "on"]))
    assert found.to_dict() == {
        "samples": 2,
        "loss": 0.0,
        "accuracy": 1.0,
        "rmse": None,
        "r2": None,
        "classes": ["off", "on"],
        "confusion": [[1, 0], [0, 1]],
    }
