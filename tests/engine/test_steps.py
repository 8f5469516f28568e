"""What a step is: batches, averages, locks, penalties, precision."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from annsim.engine.compiler import compile_network
from annsim.engine.engines import choose_engine
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.loss import LOSSES
from annsim.functions.optimizers import OPTIMIZERS, Rate
from annsim.functions.output import OUTPUTS
from annsim.functions.randomness import row_order
from annsim.functions.step_gradient import STEP_GRADIENTS
from annsim.network.network import Network
from tests.engine.oracle import Oracle, assert_close, first_step, session_of, values_of
from tests.network.drawings import drawings

INPUTS = np.array([[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0], [1.0, 1.0], [0.25, -0.5]])
TARGETS = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0]])


def is_clear(oracle):
    """Whether no neuron lies within rounding of a kink or of a threshold."""
    for i, neuron in oracle.neurons.items():
        if neuron.role != "input":
            kinks = ACTIVATIONS[neuron.activation].kinks
            if any(abs(oracle.u(i) - kink) < 1e-9 for kink in kinks):
                return False
            if any(abs(oracle.a(i) - kink) < 1e-9 for kink in OUTPUTS[neuron.output].kinks):
                return False
    return all(
        min(abs(oracle.o(i)), abs(oracle.o(i) - 1), abs(oracle.o(i) - t)) > 1e-9 for i, t in oracle.target.items()
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    drawings(softmax=True, values=st.integers(-8, 8).map(lambda n: n / 8)),
    st.sampled_from(tuple(LOSSES)),
    st.sampled_from(tuple(STEP_GRADIENTS)),
    st.integers(0, 99),
)
def test_a_step_on_any_drawing_has_the_numbers_of_the_scalar_equations(engine, network, loss, step_gradient, seed):
    draws = np.random.default_rng(seed)
    x = draws.normal(size=len(network.ids_of_role("input"))).tolist()
    t = draws.uniform(0, 1, len(network.ids_of_role("output"))).tolist()
    oracle = Oracle(network, x, t, loss, step_gradient)
    assume(is_clear(oracle))
    session, step = first_step(network, [x], [t], loss=loss, step_gradient=step_gradient, engine=engine)
    computing = [i for i in session.compiled.neuron_ids.tolist() if i not in oracle.given]
    state = {name: array[0, session.compiled.input_count :] for name, array in vars(step.state).items()}
    assert_close(state["net_input"], [oracle.z(i) for i in computing])
    assert_close(state["activation"], [oracle.a(i) for i in computing])
    assert_close(state["output"], [oracle.o(i) for i in computing])
    assert_close(state["delta"], [oracle.delta(i) for i in computing])
    assert_close(step.losses, [oracle.loss()])
    arrows = [network.connections[i] for i in session.compiled.connection_ids.tolist()]
    assert_close(step.gradient[: len(arrows)], [oracle.gradient(c) for c in arrows])


def test_the_gradient_of_a_batch_is_the_mean_of_its_rows(tangle, engine):
    _, whole = first_step(tangle, INPUTS, TARGETS, method="gd", engine=engine)
    rows = [first_step(tangle, INPUTS[[row]], TARGETS[[row]], engine=engine)[1].gradient for row in range(len(INPUTS))]
    assert_close(whole.gradient, np.mean(rows, axis=0))


def test_a_last_smaller_batch_is_averaged_over_its_own_rows(tangle, engine):
    session = session_of(tangle, INPUTS, TARGETS, batch_size=3, shuffle=False, learning_rate=0.5, engine=engine)
    runner = choose_engine(engine)
    first = runner.take_step(session.course, session.learning)
    last = runner.take_step(session.course, session.learning)
    assert (first.rows.tolist(), last.rows.tolist()) == ([0, 1, 2], [3, 4])
    session.learning.parameters.values[:] = last.before
    tangle.apply(session.edit())
    _, alone = first_step(tangle, INPUTS[3:], TARGETS[3:], method="gd", engine=engine)
    assert_close(last.gradient, alone.gradient)
    assert (session.learning.epoch, session.learning.batch, session.learning.steps) == (1, 0, 2)


@pytest.mark.parametrize(("size", "steps"), {1: 5, 2: 3, 3: 2, 5: 1, 99: 1}.items())
def test_steps_of_an_epoch(tangle, size, steps):
    assert session_of(tangle, INPUTS, TARGETS, batch_size=size).course.steps_per_epoch == steps


def test_gradient_descent_is_one_step_of_all_rows_whatever_the_batch_size(tangle, engine):
    results = []
    for values in ({"method": "gd", "batch_size": 2}, {"method": "sgd", "batch_size": 5}, {"batch_size": 10**9}):
        session = session_of(tangle, INPUTS, TARGETS, engine=engine, **values)
        session.advance(epochs=3)
        results.append((session.learning.steps, session.learning.parameters.values.tobytes()))
    assert results[0] == results[1] == results[2]
    assert results[0][0] == 3


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_come_in_the_order_of_seed_and_epoch(tangle, engine, seed):
    session = session_of(tangle, INPUTS, TARGETS, seed=seed, engine=engine)
    runner = choose_engine(engine)
    visited = [runner.take_step(session.course, session.learning).rows[0] for _ in range(15)]
    assert visited == [row for epoch in range(3) for row in row_order(seed, epoch, 5)]


def test_without_shuffle_rows_come_in_file_order(tangle, engine):
    session = session_of(tangle, INPUTS, TARGETS, shuffle=False, engine=engine)
    runner = choose_engine(engine)
    assert [runner.take_step(session.course, session.learning).rows[0] for _ in range(7)] == [0, 1, 2, 3, 4, 0, 1]


def test_all_gradients_of_a_step_use_the_weights_before_it(engine):
    """A change in place on the way back would let the hidden delta see the new weight 2 - 8."""
    network = Network()
    x, h, y = network.add_neuron("input"), network.add_neuron(activation="linear"), network.add_neuron("output")
    y.activation = "linear"
    network.connect(x, h, 1.0), network.connect(h, y, 2.0)
    session, step = first_step(network, [[2.0]], [[0.0]], learning_rate=1, engine=engine)
    assert step.gradient[:2].tolist() == [16, 8]
    assert values_of(session)[0] == {1: -15, 2: -6}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_locked_parameters_neither_change_nor_decay(tangle, engine, optimizer):
    before = {3: tangle.connections[3].weight}, tangle.neurons[5].bias
    session = session_of(
        tangle, INPUTS, TARGETS, method="gd", optimizer=optimizer, weight_decay=0.5, l1=0.1, l2=0.1, engine=engine
    )
    session.advance(epochs=3)
    weights, biases = values_of(session)
    assert ({3: weights[3]}, biases[5]) == before
    others = [i for i in weights if i != 3 and weights[i] != tangle.connections[i].weight]
    assert len(others) == len(weights) - 1


def test_a_decayed_parameter_without_gradient_shrinks(engine):
    """The input is 0, so the gradient of the weight is 0: w (1 - r lambda) is left, and the bias alone."""
    network = Network()
    network.connect(network.add_neuron("input"), network.add_neuron("output", activation="linear", bias=4.0), 8.0)
    session, _ = first_step(
        network, [[0.0]], [[4.0]], optimizer="adamw", learning_rate=0.5, weight_decay=0.25, engine=engine
    )
    weights, biases = values_of(session)
    assert (weights[1], biases[2]) == (7.0, 3.5)


def test_penalties_act_through_the_gradient_of_weights_alone(engine):
    network = Network()
    x, y = network.add_neuron("input"), network.add_neuron("output", activation="linear", bias=1.0)
    z = network.add_neuron("output", activation="linear")
    network.connect(x, y, -2.0), network.connect(x, z, 0.0)
    session, step = first_step(network, [[0.0]], [[1.0, 0.0]], learning_rate=1, l1=0.25, l2=0.5, engine=engine)
    assert step.penalty.tolist() == [-1.25, 0, 0, 0, 0]
    assert values_of(session) == ({1: -0.75, 2: 0}, {1: 0, 2: 1, 3: 0})
    assert step.losses == 0
    assert not step.gradient.any()


def test_the_displayed_loss_has_no_penalty(tangle, engine):
    losses = []
    for penalty in (0.0, 5.0):
        session = session_of(tangle, INPUTS, TARGETS, l1=penalty, l2=penalty, engine=engine)
        session.advance(steps=0)
        losses.append(session.history.last.training_loss)
    assert losses[0] == losses[1]


def test_single_precision_is_single_throughout_and_near_double(tangle, engine):
    _, double = first_step(tangle, INPUTS, TARGETS, method="gd", engine=engine)
    single_session, single = first_step(tangle, INPUTS, TARGETS, method="gd", precision="single", engine=engine)
    for array in (*vars(single.state).values(), single.gradient, single.after, single.losses):
        assert array.dtype == np.float32
    assert single_session.course.inputs.dtype == np.float32
    np.testing.assert_allclose(single.after, double.after, atol=5e-6)


SATURATED = 800.0


@pytest.mark.parametrize(("target", "delta", "loss"), [(0.0, 1.0, 800.0), (1.0, 0.0, 0.0)])
def test_a_saturated_sigmoid_still_learns_with_its_own_loss(engine, target, delta, loss):
    network = Network()
    network.add_neuron("input"), network.add_neuron("output", bias=SATURATED)
    _, step = first_step(network, [[0.0]], [[target]], loss="binary_cross_entropy", engine=engine)
    assert (step.state.delta[0, 1], step.losses[0]) == (delta, loss)


def test_a_saturated_softmax_still_learns_with_its_own_loss(engine):
    network = Network()
    network.add_neuron("input")
    for bias in (SATURATED, -SATURATED):
        network.add_neuron("output", activation="softmax", bias=bias)
    _, step = first_step(network, [[0.0]], [[0.0, 1.0]], loss="cross_entropy", engine=engine)
    assert step.state.delta[0].tolist() == [0, 1, -1]
    assert step.losses == 1600


def test_an_output_function_parts_the_pair_so_that_saturation_stops_learning(engine):
    network = Network()
    network.add_neuron("input"), network.add_neuron("output", bias=SATURATED, output="clip01")
    _, step = first_step(network, [[0.0]], [[0.0]], loss="binary_cross_entropy", engine=engine)
    assert step.state.delta[0, 1] == 0
    assert step.losses[0] == pytest.approx(-np.log(1e-12), rel=1e-4)


@pytest.mark.parametrize(("loss", "activation"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_pairs_equal_the_long_way_where_nothing_is_saturated(engine, loss, activation):
    """`clip01` changes no value between 0 and 1 but parts the pair."""
    steps = []
    for output in ("identity", "clip01"):
        network = Network(seed=3)
        x = network.add_neuron("input")
        for bias in (0.5, -1.0, 0.25):
            y = network.add_neuron("output", activation=activation, output=output, bias=bias)
            network.connect(x, y)
        steps.append(first_step(network, [[0.75]], [[0.25, 0.0, 0.75]], loss=loss, engine=engine)[1])
    assert_close(steps[0].state.delta[0], steps[1].state.delta[0])
    assert_close(steps[0].losses, steps[1].losses)


def test_each_output_neuron_uses_its_own_pair(engine):
    """Sigmoid and its partner from u (saturated: delta 1), tanh beside it by the chain rule, clipped at -0.5."""
    network = Network()
    network.add_neuron("input"), network.add_neuron("output", bias=SATURATED)
    network.add_neuron("output", activation="tanh", bias=float(np.arctanh(0.5)))
    network.add_neuron("output", activation="tanh", bias=-1.0)
    _, step = first_step(network, [[0.0]], [[0.0, 1.0, 1.0]], loss="binary_cross_entropy", engine=engine)
    np.testing.assert_allclose(step.state.delta[0], [0, 1, -2 * 0.75, 0], rtol=1e-12)
    np.testing.assert_allclose(step.losses, [SATURATED + np.log(2) - np.log(1e-12)], rtol=1e-12)


def test_a_softmax_group_may_mix_output_functions(engine):
    """o = 1/2, 1/4, 1/4; the first neuron is parted by clip01; t = (1/2, 1/2, 0).

    Loss: -1/2 ln 1/2 - 1/2 ln 1/4 = 3/2 ln 2, all through the softmax: delta = o * sum t - t.
    """
    network = Network()
    network.add_neuron("input")
    for bias, output in ((float(np.log(2)), "clip01"), (0.0, "identity"), (0.0, "identity")):
        network.add_neuron("output", activation="softmax", bias=bias, output=output)
    _, step = first_step(network, [[0.0]], [[0.5, 0.5, 0.0]], loss="cross_entropy", engine=engine)
    np.testing.assert_allclose(step.state.delta[0], [0, 0, -0.25, 0.25], atol=1e-15)
    np.testing.assert_allclose(step.losses, [1.5 * np.log(2)], rtol=1e-14)


def test_a_softmax_group_feels_its_pairs_through_activations_not_outputs(engine):
    """a = 1/2, 1/4, 1/4, but binary makes the first output 1, where the logarithm is flat; the pairs hold t = 1/2, 0.

    Loss: -1/2 ln 1/4 = ln 2; delta = a * 1/2 - t of the pairs.
    """
    network = Network()
    network.add_neuron("input")
    for bias, output in ((float(np.log(2)) + 1e-9, "binary"), (0.0, "identity"), (0.0, "identity")):
        network.add_neuron("output", activation="softmax", bias=bias, output=output)
    _, step = first_step(network, [[0.0]], [[0.5, 0.5, 0.0]], loss="cross_entropy", engine=engine)
    np.testing.assert_allclose(step.state.delta[0], [0, 0.25, -0.375, 0.125], atol=1e-8)
    np.testing.assert_allclose(step.losses, [np.log(2)], rtol=1e-8)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_remembers_from_step_to_step(tangle, engine, optimizer):
    session = session_of(tangle, INPUTS, TARGETS, method="gd", optimizer=optimizer, engine=engine)
    steps = [choose_engine(engine).take_step(session.course, session.learning) for _ in range(4)]
    free, rule = ~session.compiled.locked, OPTIMIZERS[optimizer]
    p, memory = steps[0].before[free], rule.start(int(free.sum()), np.dtype(float), 0.1)
    for number, step in enumerate(steps, 1):
        p = rule.update(p, step.gradient[free], memory, Rate(0.1, 0.9, 0.01, number))
        np.testing.assert_allclose(step.after[free], p, rtol=1e-12)


def test_a_constant_neuron_outputs_its_functions_of_minus_theta(engine):
    network = Network()
    network.add_neuron("input")
    network.add_neuron("output", activation="tanh", bias=0.5, threshold=2.0, output="clip01")
    network.add_neuron("output", activation="linear", bias=0.5, threshold=2.0)
    assert network.predict([[3.0]]).tolist() == [[0.0, -1.5]]


@given(drawings())
def test_compiled_arrays_describe_the_drawing(network):
    compiled = compile_network(network)
    ids = compiled.neuron_ids.tolist()
    arrows = [
        (connection, ids[source], ids[target])
        for connection, source, target in zip(
            compiled.connection_ids.tolist(), compiled.sources.tolist(), compiled.targets.tolist(), strict=True
        )
    ]
    assert sorted(arrows) == [(c.id, c.source, c.target) for c in network.connections.values()]
    assert arrows == sorted(arrows, key=lambda arrow: (ids.index(arrow[2]), arrow[0]))
    assert [ids[k] for k in compiled.output_places] == network.ids_of_role("output")
    assert ids[: compiled.input_count] == network.ids_of_role("input")


def test_ids_may_be_as_large_as_they_can(engine):
    network = Network()
    network._counters = (2**31 - 2, 2**31 - 1)
    network.connect(network.add_neuron("input"), network.add_neuron("output", activation="linear"), 2.0)
    assert network.predict([[3.0]]).tolist() == [[6.0]]
