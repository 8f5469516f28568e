"""The Python names of the contract, their documentation and the examples in it."""

import contextlib
import doctest
import importlib
import inspect
import io
import pkgutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import annsim as ann
from annsim.settings import SETTINGS

NAMES = (
    "AnnsimError Connection DataError Dataset Explanation FileError Network NetworkError Neuron Project Run Session "
    "Settings SettingsError WorkError engines evaluate explain export load_data open save train "
    "ACTIVATIONS LOSSES OPTIMIZERS OUTPUTS"
)
WITHOUT_WINDOW = [
    module.name
    for module in pkgutil.walk_packages(ann.__path__, "annsim.")
    if not module.name.startswith("annsim.gui") and module.name != "annsim.__main__"
]


def test_all_names_are_there():
    assert ann.__all__ == sorted(NAMES.split())
    assert {*NAMES.split()} <= {*dir(ann)}


@pytest.mark.parametrize("name", NAMES.split())
def test_every_name_is_documented(name):
    assert inspect.getdoc(getattr(ann, name))


@pytest.mark.parametrize("name", [name for name in NAMES.split() if inspect.isclass(getattr(ann, name))])
def test_every_public_method_is_documented(name):
    own = {key: value for key, value in vars(getattr(ann, name)).items() if not key.startswith("_")}
    methods = [
        key for key, value in own.items() if inspect.isfunction(value) or isinstance(value, classmethod | property)
    ]
    assert [key for key in methods if not inspect.getdoc(getattr(getattr(ann, name), key))] == []


@pytest.mark.parametrize("name", WITHOUT_WINDOW)
def test_examples_in_docstrings(name):
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        for test in finder.find(importlib.import_module(name)):
            runner.run(test)
    assert said.getvalue() == ""


def test_the_package_itself_has_an_example():
    assert doctest.testmod(ann) == (0, 4)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="module 'annsim' has no attribute 'trian'"):
        ann.trian  # noqa: B018
    with pytest.raises(ImportError, match="trian"):
        exec("from annsim import trian", {})  # noqa: S102
    with pytest.raises(AttributeError):
        getattr(ann, "open_file")  # noqa: B009 (only under its public name)


def test_importing_loads_nothing_heavy():
    program = "import sys, annsim; print(sorted({'numpy', 'PySide6', 'sklearn', 'pandas'} & {*sys.modules}))"
    root = Path(__file__).parents[2]
    assert subprocess.check_output([sys.executable, "-c", program], cwd=root, text=True) == "[]\n"


def test_the_example_of_the_contract(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    network = ann.Network.layered([2, 4, 1], activation="tanh", output_activation="sigmoid", seed=1)
    dataset = ann.load_data("builtin:xor")
    run = ann.train(network, dataset, method="sgd", batch_size=1, learning_rate=0.3, epochs=500, seed=1)
    assert (len(run.history["training_loss"]), run.stopped_by, run.steps) == (501, "epochs", 2000)
    outputs = network.predict(dataset.inputs)
    assert outputs.shape == (4, 1)
    report = ann.explain(network, dataset, row=0, learning_rate=0.3)
    assert report.to_dict()["neurons"][-1]["output"] == pytest.approx(outputs[0, 0], rel=1e-12)
    ann.save(network, "xor.annsim")
    project = ann.open("xor.annsim")
    np.testing.assert_array_equal(project.network.predict(dataset.inputs), outputs)
    assert (project.settings, project.data.source, len(project.runs)) == (run.settings, "builtin:xor", 1)
    with pytest.raises(ann.AnnsimError, match=r"xor\.onnx: .*There are: \.npz, \.json, \.csv, \.annsim\."):
        ann.export(network, "xor.onnx")


def test_the_example_of_the_contract_neuron_by_neuron():
    network = ann.Network()
    a = network.add_neuron(role="input", name="x1", position=(0, 0))
    h = network.add_neuron(role="hidden", activation="relu", bias=0.1, threshold=0.0, output="identity")
    c = network.connect(a, h, weight=0.5, locked=False)
    assert (c.id, c.source, c.target, c.weight, c.locked) == (1, a.id, h.id, 0.5, False)
    assert (h.id, h.role, h.activation, h.bias, h.threshold, h.output, h.locked) == (
        2,
        "hidden",
        "relu",
        0.1,
        0,
        "identity",
        False,
    )
    assert (a.name, a.position) == ("x1", (0, 0))
    for source, target in ((a, h), (h, h), (h, a)):
        with pytest.raises(ann.NetworkError):
            network.connect(source, target)


def test_train_takes_the_options_of_the_command_line():
    options = {
        "method": "gd", "batch_size": 2, "epochs": 3, "optimizer": "nesterov", "learning_rate": 0.1, "momentum": 0.5,
        "loss": "huber", "l1": 0.0, "l2": 0.0, "schedule": "cosine", "step_gradient": "zero", "seed": 5,
        "init": "glorot_uniform", "goal": 0.0, "patience": 9, "engine": "reference", "precision": "single",
        "test_share": 0, "shuffle": False,
    }  # fmt: skip
    run = ann.train(ann.Network.layered([2, 2, 1]), ann.load_data("builtin:xor"), **options)
    assert {name: getattr(run.settings, name) for name in options} == options
    with pytest.raises(ann.SettingsError, match=r"no setting 'lerning_rate'. Did you mean 'learning_rate'"):
        ann.train(ann.Network.layered([2, 1]), ann.load_data("builtin:xor"), lerning_rate=1)


def test_engines():
    assert "reference" in ann.engines()
    with pytest.raises(ann.SettingsError, match="engine"):
        ann.train(ann.Network.layered([2, 1]), ann.load_data("builtin:xor"), engine="abacus")


def test_every_error_is_ours_and_says_whose_fault_it_is():
    kinds = (ann.NetworkError, ann.SettingsError, ann.DataError, ann.FileError, ann.WorkError)
    assert all(issubclass(kind, ann.AnnsimError) for kind in kinds)
    assert [kind.exit_code for kind in kinds] == [2, 2, 2, 2, 1]


@pytest.mark.parametrize("function", [ann.train, ann.explain])
def test_help_shows_every_setting_with_its_default(function):
    shown = inspect.signature(function).parameters
    assert {name: shown[name].default for name in SETTINGS} == {name: s.default for name, s in SETTINGS.items()}
