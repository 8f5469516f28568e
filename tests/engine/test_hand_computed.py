"""Steps whose every number was computed by hand, or by other means than the engine's."""

import itertools

import numpy as np
import pytest

from annsim.engine.engines import choose_engine
from annsim.network.network import Network
from tests.engine.oracle import first_step, session_of, values_of

# x1 = 1, x2 = 0.5, t = 1, all sigmoid, h2 has the threshold 0.25, rate 0.5, half squared error.
#
#   z(h1) = 0.125 + 0.5 * 1 - 0.25 * 0.5 = 0.5                    a(h1) = 1 / (1 + e^-0.5)
#   z(h2) = -0.5 + 0.75 * 1 + 1 * 0.5 = 0.75, u = 0.75 - 0.25     a(h2) = 1 / (1 + e^-0.5)
#   z(y) = 0.25 - 0.5 a(h1) + 0.25 a(h2)                          delta(y) = (a - 1) a (1 - a)
#   delta(h1) = -0.5 delta(y) a (1 - a)                           delta(h2) = 0.25 delta(y) a (1 - a)
#
# The numbers were computed with Python's decimal module in 50 digits.
NEURONS = {  # z, a, delta, new bias
    3: (0.5, 0.6224593312018546, 0.013963971302912931, 0.11801801434854353),
    4: (0.75, 0.6224593312018546, -0.006981985651456466, -0.49650900717427177),
    5: (0.09438516719953637, 0.5235787899766345, -0.11884043168589732, 0.30942021584294865),
}
CONNECTIONS = {  # source, target, w, gradient, new w
    1: (1, 3, 0.5, 0.013963971302912931, 0.49301801434854353),
    2: (2, 3, -0.25, 0.006981985651456466, -0.25349099282572823),
    3: (1, 4, 0.75, -0.006981985651456466, 0.7534909928257282),
    4: (2, 4, 1.0, -0.003490992825728233, 1.001745496412864),
    5: (3, 5, -0.5, -0.07397333562694333, -0.46301333218652835),
    6: (4, 5, 0.25, -0.07397333562694333, 0.28698666781347165),
}
LOSS = 0.11348858468006387


@pytest.fixture
def by_hand():
    network = Network()
    network.add_neuron("input"), network.add_neuron("input")
    network.add_neuron(activation="sigmoid", bias=0.125)
    network.add_neuron(activation="sigmoid", bias=-0.5, threshold=0.25)
    network.add_neuron("output", activation="sigmoid", bias=0.25)
    for source, target, weight, _, _ in CONNECTIONS.values():
        network.connect(source, target, weight)
    return network


def test_every_number_of_one_step_of_a_2_2_1_network(by_hand, engine):
    session, step = first_step(by_hand, [[1.0, 0.5]], [[1.0]], learning_rate=0.5, engine=engine)
    weights, biases = values_of(session)
    for i, (z, a, delta, new_bias) in NEURONS.items():
        found = [array[0, i - 1] for array in (step.state.net_input, step.state.activation, step.state.delta)]
        np.testing.assert_allclose([*found, biases[i]], [z, a, delta, new_bias], rtol=1e-14)
    for i, (_, _, _, gradient, new_weight) in CONNECTIONS.items():
        np.testing.assert_allclose([step.gradient[i - 1], weights[i]], [gradient, new_weight], rtol=1e-14)
    np.testing.assert_allclose(step.losses, [LOSS], rtol=1e-14)


def test_the_first_adam_step_moves_every_parameter_by_the_rate(by_hand, engine):
    """Corrected mean g, corrected square g^2: the change is r g / (abs g + 1e-8)."""
    session, _ = first_step(by_hand, [[1.0, 0.5]], [[1.0]], optimizer="adam", learning_rate=0.25, engine=engine)
    weights, biases = values_of(session)
    for i, (_, _, w, g, _) in CONNECTIONS.items():
        assert weights[i] == pytest.approx(w - 0.25 * g / (abs(g) + 1e-8), rel=1e-14)
    for i, (_, _, g, _) in NEURONS.items():
        bias = by_hand.neurons[i].bias
        assert biases[i] == pytest.approx(bias - 0.25 * g / (abs(g) + 1e-8), rel=1e-14)


def test_the_step_neuron_learns_by_rosenblatts_rule_to_the_bit(engine):
    """W += rate * (t - o) * x with x0 = 1 for the bias, and o = 1 where w x > theta, on three target functions."""
    draws = np.random.default_rng(2)
    inputs, rate, theta = draws.normal(size=(12, 3)), 0.1, 0.25
    targets = (inputs @ draws.normal(size=(3, 3)) > 0).astype(float)
    network, start = Network(), draws.normal(size=(3, 3))
    for _ in range(3):
        network.add_neuron("input")
    for k in range(3):
        y = network.add_neuron("output", activation="step", threshold=theta)
        for i in range(3):
            network.connect(i + 1, y, start[k, i])
    session = session_of(network, inputs, targets, learning_rate=rate, shuffle=False, engine=engine)
    session.advance(epochs=4)

    weights, biases, mistakes = start.tolist(), [0.0] * 3, 0
    for _ in range(4):
        for x, t in zip(inputs.tolist(), targets.tolist(), strict=True):
            for k in range(3):
                z = biases[k] + np.array(x) @ np.array(weights[k])
                error = t[k] - float(z - theta > 0)
                mistakes += error != 0
                weights[k] = [w + rate * (error * x_i) for w, x_i in zip(weights[k], x, strict=True)]
                biases[k] += rate * error
    assert mistakes > 5
    found, found_biases = values_of(session)
    assert list(found.values()) == [w for row in weights for w in row]
    assert [found_biases[i] for i in (4, 5, 6)] == biases


def test_a_perceptron_learns_and(engine):
    network = Network()
    x1, x2 = network.add_neuron("input"), network.add_neuron("input")
    y = network.add_neuron("output", activation="step")
    network.connect(x1, y, 0.0), network.connect(x2, y, 0.0)
    session = session_of(
        network, [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1], learning_rate=1, goal=0.0, engine=engine
    )
    session.advance(epochs=100)
    assert session.learning.stopped_by == "goal"
    assert session.history.last.accuracy == 1


class Dense:
    """Layers of tanh, the last one linear, as matrices; plain gradient descent on the half squared error."""

    def __init__(self, network, sizes):
        block, first, start = network.store.block, 0, np.cumsum([0, *sizes])
        self.layers = []
        for n, m in itertools.pairwise(sizes):
            self.layers.append((block.weight[first : first + n * m].reshape(m, n).copy(), np.zeros(m)))
            first += n * m
        assert first == len(block)
        assert start[-1] == len(network.neurons)

    def descend(self, inputs, targets, rate):
        outputs = [inputs]
        for place, (w, b) in enumerate(self.layers):
            z = outputs[-1] @ w.T + b
            outputs.append(z if place == len(self.layers) - 1 else np.tanh(z))
        delta, gradients = outputs[-1] - targets, []
        for (w, _), o in zip(reversed(self.layers), reversed(outputs[:-1]), strict=True):
            gradients.append((delta.T @ o / len(inputs), delta.mean(axis=0)))
            delta = (delta @ w) * (1 - o**2)
        for (w, b), (dw, db) in zip(self.layers, reversed(gradients), strict=True):
            w -= rate * dw
            b -= rate * db


@pytest.mark.parametrize("sizes", [[2, 1], [3, 4, 2], [2, 5, 3, 1]])
def test_gradient_descent_equals_a_dense_implementation(sizes, engine):
    draws = np.random.default_rng(1)
    inputs, targets = draws.normal(size=(9, sizes[0])), draws.normal(size=(9, sizes[-1]))
    network = Network.layered(sizes, output_activation="linear", seed=2)
    dense = Dense(network, sizes)
    session = session_of(network, inputs, targets, method="gd", learning_rate=0.2, engine=engine)
    session.advance(epochs=50)
    for _ in range(50):
        dense.descend(inputs, targets, 0.2)
    weights, biases = values_of(session)
    np.testing.assert_allclose(list(weights.values()), np.concatenate([w.ravel() for w, _ in dense.layers]), rtol=1e-9)
    found = [biases[i] for i in network.neurons if i > sizes[0]]
    np.testing.assert_allclose(found, np.concatenate([b for _, b in dense.layers]), rtol=1e-9)


def test_whole_numbers_give_whole_numbers(engine):
    """On whole weights and data every engine gives the same bits, so a literal can stand for all."""
    network = Network()
    x, h = network.add_neuron("input"), network.add_neuron(activation="relu", bias=1)
    y = network.add_neuron("output", activation="linear", bias=-2)
    for source, target, weight in ((x, h, 3), (h, y, 2), (x, y, -1)):
        network.connect(source, target, weight)
    session, step = first_step(network, [[4.0]], [[20.0]], learning_rate=1, engine=engine)
    assert choose_engine(engine).outputs(session.compiled, session.initial, np.array([[4.0]])) == 20
    session, step = first_step(network, [[4.0]], [[18.0]], learning_rate=1, engine=engine)
    assert step.state.delta[0].tolist() == [0, 4, 2]
    assert step.gradient.tolist() == [16, 26, 8, 0, 4, 2]
    assert values_of(session) == ({1: -13, 2: -24, 3: -9}, {1: 0, 2: -3, 3: -4})
