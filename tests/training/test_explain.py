import json

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annsim.data.dataset import Dataset
from annsim.engine.engines import choose_engine
from annsim.errors import DataError, SettingsError, WorkError
from annsim.functions.loss import LOSSES
from annsim.functions.optimizers import OPTIMIZERS
from annsim.settings import Settings
from annsim.training.explain import explain
from annsim.training.session import Session
from tests.engine.oracle import Oracle
from tests.network.drawings import SMOOTH, drawings, dump

eighths = st.integers(-8, 8).map(lambda n: n / 8)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(
    drawings(SMOOTH, ("identity",), softmax=True, values=eighths), st.sampled_from(tuple(LOSSES)), st.integers(0, 99)
)
def test_numbers_are_those_of_the_scalar_equations(network, loss, seed):
    draws = np.random.default_rng(seed)
    x = draws.normal(size=(1, len(network.ids_of_role("input"))))
    t = draws.uniform(0.1, 0.9, (1, len(network.ids_of_role("output"))))
    oracle = Oracle(network, x[0].tolist(), t[0].tolist(), loss)
    assume(all(abs(oracle.o(i) - edge) > 1e-6 for i, v in oracle.target.items() for edge in (0, 1, v, v + 1, v - 1)))
    report = explain(network, Dataset(x, t), loss=loss, learning_rate=0.25, l1=0.5, l2=0.125)

    def near(value):
        return pytest.approx(value, rel=1e-7, abs=1e-9)

    assert report.loss == near(oracle.loss())
    for n in report.neurons:
        drawn = network.neurons[n.id]
        assert (n.name, n.output) == (drawn.name, near(oracle.o(n.id)))
        if drawn.role == "input":
            rest = (n.activation_function, n.threshold, n.output_function, n.net_input, n.activation, n.delta)
            assert {*rest, n.bias, n.bias_gradient, n.new_bias} == {None}
            continue
        assert (n.activation_function, n.output_function) == (drawn.activation, drawn.output)
        assert (n.threshold, n.bias) == (drawn.threshold, drawn.bias)
        assert (n.net_input, n.activation) == (near(oracle.z(n.id)), near(oracle.a(n.id)))
        assert (n.delta, n.bias_gradient) == (near(oracle.delta(n.id)), near(oracle.delta(n.id)))
        assert n.new_bias == near(n.bias if drawn.locked else n.bias - 0.25 * oracle.delta(n.id))
    for c in report.connections:
        drawn = network.connections[c.id]
        penalty = 0.5 * np.sign(drawn.weight) + 0.125 * drawn.weight
        assert (c.source, c.target, c.weight) == (drawn.source, drawn.target, drawn.weight)
        assert (c.gradient, c.penalty_gradient) == (near(oracle.gradient(drawn)), near(penalty))
        assert c.new_weight == near(c.weight if drawn.locked else c.weight - 0.25 * (c.gradient + penalty))
    assert [n.id for n in report.neurons] == sorted(network.neurons, key=lambda i: (network.depths()[i], i))
    assert [c.id for c in report.connections] == list(network.connections)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("row", [0, 3])
def test_it_is_the_real_first_step_to_the_bit(tangle, regression, optimizer, row, engine):
    before = dump(tangle)
    report = explain(tangle, regression, row, optimizer=optimizer, learning_rate=0.3, l2=0.1, engine=engine)
    assert dump(tangle) == before
    alone = Dataset(regression.inputs[[row]], regression.targets[[row]])
    session = Session(tangle, alone, Settings(optimizer=optimizer, learning_rate=0.3, l2=0.1, engine=engine))
    choose_engine(engine).take_step(session.course, session.learning)
    tangle.apply(session.edit())
    assert {c.id: c.new_weight for c in report.connections} == {c.id: c.weight for c in tangle.connections.values()}
    computing = {n.id: n.new_bias for n in report.neurons if n.bias is not None}
    assert computing == {i: tangle.neurons[i].bias for i in computing}


def test_the_report_holds_the_fields_of_the_contract(network, xor):
    report = json.loads(json.dumps(explain(network, xor, row=2).to_dict()))
    assert list(report) == ["row", "loss", "neurons", "connections"]
    assert " ".join(report["neurons"][0]) == (
        "id name activation_function threshold output_function net_input activation output delta "
        "bias bias_gradient new_bias"
    )
    assert " ".join(report["connections"][0]) == "id source target weight gradient penalty_gradient new_weight"
    assert report["row"] == 2
    assert report["neurons"][0] == {**dict.fromkeys(report["neurons"][0]), "id": 1, "name": "x1", "output": 1.0}


def test_a_row_may_be_a_test_row_and_a_numpy_integer(tangle, regression):
    report = explain(tangle, regression, np.int64(6))
    assert json.dumps(report.to_dict())
    assert report.neurons[0].output == regression.inputs[6, 0]


@pytest.mark.parametrize("row", [-1, 4])
def test_there_is_no_such_row(network, xor, row):
    with pytest.raises(DataError, match=rf"there is no row {row}. Rows count from 0 to 3"):
        explain(network, xor, row)


def test_refused_calls(network, xor):
    with pytest.raises(SettingsError, match="no momentum"):
        explain(network, xor, momentum=0.5)
    with pytest.raises(SettingsError, match="no setting 'rows'"):
        explain(network, xor, rows=1)


def test_a_step_that_is_not_finite_is_an_error(network):
    network.connections[1].weight = 1e308
    network.neurons[3].activation = "linear"
    with pytest.raises(WorkError, match="net input of this step is not finite"):
        explain(network, Dataset([[1e308, 0.0]], [[1.0]]))
