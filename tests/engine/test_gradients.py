"""Backpropagation against central differences, for every function with every other, and on any drawing."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annsim.engine import gradient_check
from annsim.engine.compiler import compile_network, parameters_of
from annsim.engine.engines import choose_engine
from annsim.engine.gradient_check import check_gradients
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.loss import LOSSES
from annsim.functions.output import OUTPUTS
from annsim.functions.step_gradient import STEP_GRADIENTS
from annsim.network.network import Network
from tests.engine.oracle import first_step, session_of
from tests.network.drawings import SMOOTH, drawings

DIFFERENTIABLE = [
    (activation, output)
    for activation in ACTIVATIONS
    for output in OUTPUTS
    if activation != "step" and output != "binary"
]
STANDING_IN = [("step", "identity"), ("step", "binary")] + [(name, "binary") for name in ACTIVATIONS if name != "step"]


def drawing_with(activation, output):
    """x1, x2 -> h -> y1, y2 (with the functions), skips from x1, a sigmoid y3 beside them."""
    network = Network(seed=4)
    x1, x2 = network.add_neuron("input"), network.add_neuron("input")
    inside = "tanh" if activation == "softmax" else activation
    h = network.add_neuron(activation=inside, output=output, bias=0.3, threshold=-0.1)
    y1 = network.add_neuron("output", activation=activation, output=output, bias=0.25)
    y2 = network.add_neuron("output", activation=activation, output=output, threshold=-0.35)
    y3 = network.add_neuron("output")
    for source, target in ((x1, h), (x2, h), (h, y1), (x1, y1), (h, y2), (x2, y2), (h, y3)):
        network.connect(source, target)
    return network


def kinks_near(network, step, targets, loss):
    """Return (row,) True where a derivative jumps or bends hard near the present point."""
    s, compiled = step.state, compile_network(network)
    outputs = s.output[:, compiled.output_places]
    near = [np.abs(outputs - targets) < 2e-3] if loss == "mean_absolute_error" else []
    near += [(np.abs(outputs) < 0.1) | (np.abs(outputs - 1) < 0.1)] if LOSSES[loss].cancels_with else []
    for k in range(compiled.input_count, compiled.neuron_count):
        near += [np.abs(s.shifted[:, [k]] - kink) < 2e-3 for kink in ACTIVATIONS[compiled.activation[k]].kinks]
        near += [np.abs(s.activation[:, [k]] - kink) < 2e-3 for kink in OUTPUTS[compiled.output[k]].kinks]
    return np.concatenate(near, axis=1).any(axis=1) if near else np.zeros(len(targets), bool)


def rows_whose_gradient_is_right(network, inputs, targets, loss, engine):
    """Compare with central differences on up to three rows away from kinks, and return how many there were."""
    _, step = first_step(network, inputs, targets, loss=loss, method="gd", engine=engine)
    clear = ~kinks_near(network, step, targets, loss)
    if not clear.any():
        return 0
    inputs, targets = inputs[clear][:3], targets[clear][:3]
    session, step = first_step(network, inputs, targets, loss=loss, method="gd", engine=engine)
    rows, parameters = np.arange(len(inputs)), session.initial
    differences = []
    for place in range(len(parameters.values)):
        pair = []
        for h in (1e-5, -1e-5):
            there = parameters.copy()
            there.values[place] += h
            pair.append(choose_engine(engine).evaluate(session.course, there, rows)[0])
        differences.append((pair[0] - pair[1]) / 2e-5)
    np.testing.assert_allclose(step.gradient, differences, rtol=1e-6, atol=1e-8)
    return len(inputs)


def data_for(rows=40, outputs=3):
    draws = np.random.default_rng(8)
    return draws.uniform(-2, 2, (rows, 2)), draws.integers(0, 2, (rows, outputs)).astype(float)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("activation", "output"), DIFFERENTIABLE)
def test_every_combination_against_central_differences(activation, output, loss, engine):
    network = drawing_with(activation, output)
    inputs, targets = data_for()
    targets = targets if LOSSES[loss].cancels_with else targets + 0.2
    assert rows_whose_gradient_is_right(network, inputs, targets, loss, engine) == 3


@pytest.mark.parametrize("step_gradient", STEP_GRADIENTS)
@pytest.mark.parametrize("loss", ["half_squared_error", "huber"])
@pytest.mark.parametrize(("activation", "output"), STANDING_IN)
def test_step_and_binary_against_the_derivative_of_their_stand_in(activation, output, loss, step_gradient):
    network = drawing_with(activation, output)
    compiled, (inputs, targets) = compile_network(network), data_for(10)
    check = check_gradients(
        compiled, parameters_of(network, compiled), inputs, targets, loss=loss, step_gradient=step_gradient
    )
    assert check.passed
    assert check.row_count > 0
    assert np.abs(check.by_backpropagation).max() > 0


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_check_itself_passes_what_is_right(activation, loss):
    network = drawing_with(activation, "identity")
    compiled, (inputs, targets) = compile_network(network), data_for(10)
    check = check_gradients(
        compiled, parameters_of(network, compiled), inputs, targets, loss=loss, step_gradient="sigmoid"
    )
    assert check.passed
    assert check.row_count + check.left_out == 10
    assert check.parameter_count == 7 + 4
    only_edges = activation == "step" and LOSSES[loss].cancels_with is not None  # 0 and 1 lie at the clip edges
    assert len(check.checked) == (0 if only_edges else 11)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    drawings(SMOOTH, ("identity", "clip11"), softmax=True, values=st.integers(-8, 8).map(lambda n: n / 8)),
    st.sampled_from(["half_squared_error", "mean_squared_error", "huber"]),
    st.integers(0, 99),
)
def test_any_drawing_against_central_differences(engine, network, loss, seed):
    draws = np.random.default_rng(seed)
    inputs = draws.normal(size=(4, len(network.ids_of_role("input"))))
    targets = draws.normal(size=(4, len(network.ids_of_role("output"))))
    assume(rows_whose_gradient_is_right(network, inputs, targets, loss, engine))


def one_neuron(activation="linear", output="identity", bias=0.0, weight=1.0):
    network = Network()
    x, y = network.add_neuron("input"), network.add_neuron("output", activation=activation, output=output, bias=bias)
    network.connect(x, y, weight)
    return network


AT_EDGES = {  # activation, output, loss, bias, target -> delta of the output neuron at x = 1, w = 1
    ("relu", "identity", "half_squared_error", -1, 2): 0,
    ("leaky_relu", "identity", "half_squared_error", -1, 2): -0.02,
    ("elu", "identity", "half_squared_error", -1, 2): -2,
    ("linear", "clip01", "half_squared_error", 0, 0): 1,
    ("linear", "clip01", "half_squared_error", -1, 1): -1,
    ("linear", "clip01", "half_squared_error", 0.25, 0): 0,
    ("linear", "clip11", "half_squared_error", 0, 0): 1,
    ("linear", "clip11", "half_squared_error", -2, 0): -1,
    ("linear", "clip11", "half_squared_error", -2.25, 0): 0,
    ("linear", "binary", "half_squared_error", -0.5, 0): 1,
    ("linear", "binary", "half_squared_error", -0.75, 1): -1,
    ("linear", "identity", "mean_absolute_error", 0, 1): 0,
    ("linear", "identity", "huber", 1, 1): 1,
    ("linear", "identity", "huber", -1, 1): -1,
    ("linear", "identity", "binary_cross_entropy", 0, 0): 0,
    ("linear", "identity", "cross_entropy", -1, 1): 0,
    ("step", "identity", "half_squared_error", -1, 1): -1,
}


@pytest.mark.parametrize(("case", "delta"), AT_EDGES.items())
def test_the_value_of_the_table_at_kinks_and_clip_edges(case, delta, engine):
    activation, output, loss, bias, target = case
    _, step = first_step(one_neuron(activation, output, bias), [[1.0]], [[target]], loss=loss, engine=engine)
    assert step.state.delta[0, 1] == delta


@pytest.mark.parametrize(("step_gradient", "delta"), {"perceptron": -1, "sigmoid": -0.25, "zero": 0}.items())
def test_the_stand_in_of_a_step_neuron_at_its_threshold(step_gradient, delta, engine):
    network = one_neuron("step", bias=-1.0)
    _, step = first_step(network, [[1.0]], [[1.0]], step_gradient=step_gradient, engine=engine)
    assert (step.state.output[0, 1], step.state.delta[0, 1]) == (0, delta)


def checked(network, **options):
    compiled, (inputs, targets) = compile_network(network), data_for(10)
    values = {"loss": "half_squared_error", "step_gradient": "perceptron", **options}
    return check_gradients(compiled, parameters_of(network, compiled), inputs, targets, **values)


def test_a_wrong_gradient_is_caught_and_its_place_named(monkeypatch):
    def wrong(network, state):
        result = right(network, state)
        result[3] *= 1.00001
        return result

    right = gradient_check.gradient
    monkeypatch.setattr(gradient_check, "gradient", wrong)
    check = checked(drawing_with("tanh", "identity"))
    assert not check.passed
    assert check.checked[check.worst] == 3


def test_rows_near_a_kink_are_left_out_and_counted():
    network = one_neuron("relu")
    compiled = compile_network(network)
    inputs = np.array([[0.0005], [-0.0005], [0.5], [0.0]])
    check = check_gradients(
        compiled,
        parameters_of(network, compiled),
        inputs,
        np.ones((4, 1)),
        loss="half_squared_error",
        step_gradient="zero",
    )
    assert (check.row_count, check.left_out, check.passed) == (1, 3, True)


def test_a_check_without_clear_rows_finds_nothing():
    network = one_neuron("relu")
    compiled = compile_network(network)
    check = check_gradients(
        compiled,
        parameters_of(network, compiled),
        np.zeros((2, 1)),
        np.ones((2, 1)),
        loss="half_squared_error",
        step_gradient="zero",
    )
    assert (check.row_count, check.left_out, check.worst) == (0, 2, None)


def test_a_large_network_is_checked_on_a_seeded_sample(monkeypatch):
    monkeypatch.setattr(gradient_check, "PARAMETERS_WHOLE", 6)
    monkeypatch.setattr(gradient_check, "PARAMETERS_SAMPLED", 4)
    samples = [checked(drawing_with("tanh", "identity"), seed=seed).checked.tolist() for seed in (1, 1, 2)]
    assert len(samples[0]) == 4
    assert samples[0] == samples[1] != samples[2]


def test_the_check_leaves_the_parameters_as_they_are():
    network = drawing_with("tanh", "identity")
    session = session_of(network, *data_for(4))
    before = session.initial.values.tobytes()
    check_gradients(
        session.compiled, session.initial, *data_for(4), loss="half_squared_error", step_gradient="perceptron"
    )
    assert session.initial.values.tobytes() == before
