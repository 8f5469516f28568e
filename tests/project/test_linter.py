"""The linter: each finding where it belongs, and nothing where nothing is wrong."""

import numpy as np
import pytest

from annsim.data.dataset import Dataset
from annsim.network.network import Network
from annsim.project.linter import lint
from annsim.settings import Settings


def found(network, settings=None, dataset=None):
    return [
        (finding.kind, finding.severity, finding.neuron_id)
        for finding in lint(network, settings or Settings(), dataset)
    ]


@pytest.fixture
def drawing():
    """x1 -> h1 -> y1, ids 1, 2, 3."""
    network = Network()
    for role in ("input", "hidden", "output"):
        network.add_neuron(role)
    network.connect(1, 2, 0.5)
    network.connect(2, 3, 0.5)
    return network


def rows(inputs, targets, **more):
    return Dataset(np.array(inputs, float).reshape(-1, 1), np.array(targets, float).reshape(len(inputs), -1), **more)


def test_nothing(drawing):
    assert found(drawing, dataset=rows([0, 1, -1, 2], [0, 1, 1, 0])) == []


def test_a_drawing_without_ends():
    assert found(Network()) == [("no_input", "error", None), ("no_output", "error", None)]


def test_neurons_without_a_way(drawing):
    blind, deaf = drawing.add_neuron(), drawing.add_neuron()
    drawing.connect(1, blind)
    drawing.connect(deaf, 3)
    assert found(drawing) == [("useless", "warning", blind.id), ("constant", "warning", deaf.id)]


@pytest.mark.parametrize(
    ("activation", "settings", "finding"),
    [
        ("softmax", {}, ("softmax_alone", "error", 3)),
        ("tanh", {"loss": "binary_cross_entropy"}, ("loss_does_not_fit", "warning", 3)),
        ("sigmoid", {"loss": "cross_entropy"}, ("loss_does_not_fit", "warning", 3)),
        ("step", {"step_gradient": "zero"}, ("step_gradient_zero", "warning", None)),
        ("linear", {"l2": 2.0, "learning_rate": 0.6}, ("l2_too_strong", "error", None)),
    ],
)
def test_choices(drawing, activation, settings, finding):
    drawing.neurons[3].activation = activation
    assert found(drawing, Settings(**settings)) == [finding]


@pytest.mark.parametrize(
    ("activation", "settings"),
    [("sigmoid", {"loss": "binary_cross_entropy"}), ("step", {}), ("linear", {"l2": 2.0, "learning_rate": 0.5})],
)
def test_choices_that_fit(drawing, activation, settings):
    drawing.neurons[3].activation = activation
    assert found(drawing, Settings(**settings)) == []


@pytest.mark.parametrize(
    ("change", "inputs", "targets", "finding"),
    [
        ({}, [0, 1], [0, 2], ("target_out_of_range", "warning", 3)),
        ({}, [0, 1], [-0.1, 1], ("target_out_of_range", "warning", 3)),
        ({"activation": "linear", "output": "clip01"}, [0, 1], [0, 2], ("target_out_of_range", "warning", 3)),
        ({}, [0, 10.5], [0, 1], ("unscaled_input", "warning", 1)),
    ],
)
def test_what_shows_on_data(drawing, change, inputs, targets, finding):
    for field, value in change.items():
        drawing.set_neurons(field, [3], [value])
    assert found(drawing, dataset=rows(inputs, targets)) == [finding]


@pytest.mark.parametrize(
    ("activation", "bias", "kind"),
    [("relu", -9, ["dead"]), ("tanh", 9, ["saturated"]), ("relu", -0.2, []), ("tanh", 1, [])],
)
def test_neurons_that_do_not_learn_on_the_rows(drawing, activation, bias, kind):
    drawing.neurons[2].activation, drawing.neurons[2].bias = activation, bias
    assert found(drawing, dataset=rows([0, 1], [0, 1])) == [(name, "warning", 2) for name in kind]


@pytest.mark.parametrize(("ones", "is_said"), [(1, True), (2, False)])
def test_rare_classes(drawing, ones, is_said):
    dataset = rows(np.linspace(-1, 1, 16), [1] * ones + [0] * (16 - ones), classes=["a", "b"])
    assert found(drawing, dataset=dataset) == [("class_imbalance", "note", None)] * is_said
