"""One row in plain Python numbers, neuron by neuron, written from the equations alone, to judge the engines by."""

import math
from functools import cache

import numpy as np

from annsim.data.dataset import Dataset
from annsim.engine.engines import choose_engine
from annsim.settings import Settings
from annsim.training.session import Session


def sigma(u):
    return 1 / (1 + math.exp(-u)) if u >= 0 else math.exp(u) / (1 + math.exp(u))


def cumulative(u):
    return math.erfc(-u / math.sqrt(2)) / 2


def density(u):
    return math.exp(-u * u / 2) / math.sqrt(2 * math.pi)


STAND_IN = {"perceptron": lambda u: 1.0, "sigmoid": lambda u: sigma(u) * sigma(-u), "zero": lambda u: 0.0}
PHI = {  # value and derivative, both from u
    "sigmoid": (sigma, lambda u: sigma(u) * sigma(-u)),
    "relu": (lambda u: max(u, 0.0), lambda u: float(u > 0)),
    "tanh": (math.tanh, lambda u: 1 - math.tanh(u) ** 2),
    "linear": (lambda u: u, lambda u: 1.0),
    "leaky_relu": (lambda u: u if u > 0 else 0.01 * u, lambda u: 1.0 if u > 0 else 0.01),
    "elu": (lambda u: u if u > 0 else math.expm1(u), lambda u: 1.0 if u > 0 else math.exp(u)),
    "softplus": (lambda u: max(u, 0) + math.log1p(math.exp(-abs(u))), sigma),
    "silu": (lambda u: u * sigma(u), lambda u: sigma(u) + u * sigma(u) * sigma(-u)),
    "gelu": (lambda u: u * cumulative(u), lambda u: cumulative(u) + u * density(u)),
    "softsign": (lambda u: u / (1 + abs(u)), lambda u: 1 / (1 + abs(u)) ** 2),
    "sine": (math.sin, math.cos),
    "gaussian": (lambda u: math.exp(-u * u), lambda u: -2 * u * math.exp(-u * u)),
}
PSI = {
    "identity": (lambda a: a, lambda a: 1.0),
    "clip01": (lambda a: min(max(a, 0.0), 1.0), lambda a: float(0 <= a <= 1)),
    "clip11": (lambda a: min(max(a, -1.0), 1.0), lambda a: float(-1 <= a <= 1)),
    "binary": (lambda a: float(a >= 0.5), lambda a: 1.0),
}
EPS = 1e-12


def logarithmic(slope):
    return lambda o, t: slope(o, t) if EPS <= o <= 1 - EPS else 0.0


def inside(o):
    return min(max(o, EPS), 1 - EPS)


LOSS = {  # term, its slope, averaged or not
    "half_squared_error": (lambda o, t: (o - t) ** 2 / 2, lambda o, t: o - t, False),
    "mean_squared_error": (lambda o, t: (o - t) ** 2, lambda o, t: 2 * (o - t), True),
    "binary_cross_entropy": (
        lambda o, t: -(t * math.log(inside(o)) + (1 - t) * math.log(1 - inside(o))),
        logarithmic(lambda o, t: (o - t) / (o * (1 - o))),
        False,
    ),
    "cross_entropy": (lambda o, t: -t * math.log(inside(o)), logarithmic(lambda o, t: -t / o), False),
    "mean_absolute_error": (lambda o, t: abs(o - t), lambda o, t: float(np.sign(o - t)), True),
    "huber": (
        lambda o, t: (o - t) ** 2 / 2 if abs(o - t) <= 1 else abs(o - t) - 0.5,
        lambda o, t: min(max(o - t, -1.0), 1.0),
        True,
    ),
}
PARTNER = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}


class Oracle:
    """Net input, u, activation, output, delta of each neuron by id, gradients of each connection, and the loss."""

    def __init__(self, network, inputs, targets, loss, step_gradient="perceptron"):
        self.neurons, self.arrows = dict(network.neurons), list(network.connections.values())
        self.given = dict(zip(network.ids_of_role("input"), inputs, strict=True))
        self.target = dict(zip(network.ids_of_role("output"), targets, strict=True))
        self.group = [i for i in self.target if self.neurons[i].activation == "softmax"]
        self.loss_name, self.stand_in = loss, STAND_IN[step_gradient]
        self.u, self.a, self.o, self.delta = map(cache, (self._u, self._a, self._o, self._delta))

    def z(self, i):
        return self.neurons[i].bias + math.fsum(c.weight * self.o(c.source) for c in self.arrows if c.target == i)

    def _u(self, i):
        return self.z(i) - self.neurons[i].threshold

    def _a(self, i):
        name = self.neurons[i].activation
        if name == "softmax":
            return 1 / math.fsum(math.exp(min(self.u(j) - self.u(i), 700)) for j in self.group)
        return float(self.u(i) > 0) if name == "step" else PHI[name][0](self.u(i))

    def _o(self, i):
        return self.given[i] if i in self.given else PSI[self.neurons[i].output][0](self.a(i))

    def is_pair(self, i):
        neuron = self.neurons[i]
        return i in self.target and neuron.activation == PARTNER.get(self.loss_name) and neuron.output == "identity"

    def loss(self):
        term, _, averaged = LOSS[self.loss_name]
        total = 0.0
        for i, t in self.target.items():
            if not self.is_pair(i):
                total += term(self.o(i), t) / (len(self.target) if averaged else 1)
            elif self.neurons[i].activation == "sigmoid":
                total += max(self.u(i), 0) - self.u(i) * t + math.log1p(math.exp(-abs(self.u(i))))
            else:
                top = max(map(self.u, self.group))
                total += t * (top + math.log(math.fsum(math.exp(self.u(j) - top) for j in self.group)) - self.u(i))
        return total

    def slope(self, i):
        """dL/da of one neuron, without the pairs that cancel."""
        result = math.fsum(c.weight * self.delta(c.target) for c in self.arrows if c.source == i)
        if i in self.target and not self.is_pair(i):
            _, slope, averaged = LOSS[self.loss_name]
            result += slope(self.o(i), self.target[i]) / (len(self.target) if averaged else 1)
        return result * PSI[self.neurons[i].output][1](self.a(i))

    def _delta(self, i):
        name = self.neurons[i].activation
        if name == "softmax":
            through = math.fsum(self.slope(j) * self.a(j) * ((i == j) - self.a(i)) for j in self.group)
            total = math.fsum(self.target[j] for j in self.group if self.is_pair(j))
            return through + self.a(i) * total - (self.target[i] if self.is_pair(i) else 0)
        phi = self.stand_in if name == "step" else PHI[name][1]
        return self.slope(i) * phi(self.u(i)) + (self.o(i) - self.target[i] if self.is_pair(i) else 0)

    def gradient(self, c):
        return self.delta(c.target) * self.o(c.source)


def session_of(network, inputs, targets, **settings):
    return Session(network, Dataset(inputs, targets), Settings(**settings))


def first_step(network, inputs, targets, **settings):
    """Take the first step; return the session, and all numbers of the step."""
    session = session_of(network, inputs, targets, **settings)
    return session, choose_engine(session.start_settings.engine).take_step(session.course, session.learning)


def values_of(session):
    """Return the present weights and biases as {connection id: w}, {neuron id: b}."""
    parameters, compiled = session.learning.parameters, session.compiled
    return (
        dict(zip(compiled.connection_ids.tolist(), parameters.weights.tolist(), strict=True)),
        dict(zip(compiled.neuron_ids.tolist(), parameters.biases.tolist(), strict=True)),
    )


def assert_close(found, expected, relative=1e-10):
    """Equal to a share of the largest number."""
    scale = max(map(abs, expected), default=0.0)
    np.testing.assert_allclose(found, expected, rtol=relative, atol=relative * max(scale, 1e-3))
