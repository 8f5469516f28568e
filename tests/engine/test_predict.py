import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annsim.engine.engines import choose_engine, engines
from annsim.errors import DataError, NetworkError, SettingsError
from annsim.network.network import Network
from tests.engine.oracle import Oracle, session_of
from tests.network.drawings import SMOOTH, drawings


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(drawings(SMOOTH, ("identity", "clip01", "clip11"), softmax=True), st.integers(0, 3))
def test_outputs_follow_the_output_neurons_in_ascending_id(network, rows):
    inputs = np.random.default_rng(rows).normal(size=(rows, len(network.ids_of_role("input"))))
    outputs = network.predict(inputs)
    assert outputs.shape == (rows, len(network.ids_of_role("output")))
    for x, o in zip(inputs.tolist(), outputs, strict=True):
        oracle = Oracle(network, x, [0.0] * outputs.shape[1], "huber")
        expected = [oracle.o(i) for i in network.ids_of_role("output")]
        np.testing.assert_allclose(o, expected, rtol=1e-9, atol=1e-9 * max(1, *map(abs, expected)))


def test_many_rows_are_taken_in_parts_without_a_seam(network, monkeypatch):
    inputs = np.random.default_rng(1).normal(size=(11, 2))
    whole = network.predict(inputs)
    monkeypatch.setattr("annsim.engine.reference_engine.EVALUATION_ROWS", 4)
    np.testing.assert_allclose(network.predict(inputs), whole, rtol=1e-14)
    session = session_of(network, inputs, inputs[:, :1])
    by_parts = choose_engine("reference").evaluate(session.course, session.initial, np.arange(11))
    monkeypatch.undo()
    assert by_parts == pytest.approx(
        choose_engine("reference").evaluate(session.course, session.initial, np.arange(11))
    )


WRONG_INPUTS = {
    "2 input neurons, and the inputs have the shape .3, 1": np.zeros((3, 1)),
    "shape .2,": [1.0, 2.0],
    "not a table of numbers": [["a", "b"]],
    "the inputs are not a table": [[1.0, 2.0], [3.0]],
    "row 1, column 0: the input value inf": [[1.0, 2.0], [np.inf, 3.0]],
}


@pytest.mark.parametrize(("what", "inputs"), WRONG_INPUTS.items())
def test_inputs_that_do_not_fit(network, what, inputs):
    with pytest.raises(DataError, match=what):
        network.predict(inputs)


def test_a_network_without_an_output_neuron_predicts_nothing():
    with pytest.raises(NetworkError, match="no output neuron"):
        Network().predict(np.zeros((1, 0)))


def test_engines_by_name():
    assert [choose_engine(name).name for name in engines()] == list(engines())
    assert choose_engine("auto").name in engines()
    with pytest.raises(SettingsError, match=r"the engine 'gpu' cannot run here\. There are: auto, reference"):
        choose_engine("gpu")
