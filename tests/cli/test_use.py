"""The other commands: new, run, evaluate, explain, check, info, export, import, data, examples."""

import json

import numpy as np
import pytest

import annsim as ann
from annsim.formats.examples import examples

NEURON_FIELDS = (
    "id name activation_function threshold output_function "
    "net_input activation output delta bias bias_gradient new_bias"
)
CONNECTION_FIELDS = "id source target weight gradient penalty_gradient new_weight"


@pytest.fixture
def example(done):
    def write(name):
        done("examples", name, "-o", f"{name}.annsim")
        return f"{name}.annsim"

    return write


@pytest.mark.parametrize(
    ("options", "hidden", "output", "seed"),
    [
        ([], "tanh", "sigmoid", 1),
        (["--activation", "relu", "--output-activation", "linear", "--seed", 9], "relu", "linear", 9),
    ],
)
def test_new(done, options, hidden, output, seed):
    assert done("new", "2-8-8-1", "-o", "f.annsim", *options) == "f.annsim: 19 neurons, 88 connections\n"
    made = ann.open("f.annsim").network
    wanted = ann.Network.layered([2, 8, 8, 1], activation=hidden, output_activation=output, seed=seed)
    assert [n.activation for n in made.neurons.values()][2:] == [hidden] * 16 + [output]
    assert [c.weight for c in made.connections.values()] == [c.weight for c in wanted.connections.values()]


def test_info(done, example):
    assert done("info", example("half_adder"), "--json") == {
        "neurons": 4,
        "connections": 5,
        "inputs": 2,
        "outputs": 2,
        "parameters": 7,
        "depth": 2,
        "order": [1, 2, 4, 3],
        "activations": {"step": 2},
    }
    said = done("info", "half_adder.annsim")
    assert "Half adder, predetermined" in said
    assert "1 2 4 3" in said


def test_info_of_nothing(done, tmp_path):
    ann.save(ann.Network(), tmp_path / "a.annsim")
    assert done("info", "a.annsim", "--json")["order"] == []


def bits(rows):
    return "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "data", "outputs"),
    [
        ("half_adder", "a,b\n0,0\n0,1\n1,0\n1,1\n", ["sum,carry", "0.0,0.0", "1.0,0.0", "1.0,0.0", "0.0,1.0"]),
        ("half_adder", "b,a\n0,1\n", ["sum,carry", "1.0,0.0"]),
        ("majority", "p,q,r\n1,1,0\n0,0,1\n", ["majority", "1.0", "0.0"]),
    ],
)
def test_run(done, example, tmp_path, name, data, outputs):
    (tmp_path / "d.csv").write_text(data)
    assert done("run", example(name), "--data", "d.csv") == bits(outputs)
    assert done("run", f"{name}.annsim", "--data", "d.csv", "-o", "o.csv") == f"o.csv: {len(outputs) - 1} rows\n"
    assert (tmp_path / "o.csv").read_text() == bits(outputs)


def test_run_keeps_every_bit(done, tmp_path, network):
    ann.save(network, tmp_path / "n.annsim")
    inputs = np.random.default_rng(3).normal(size=(5, 2))
    np.savez(tmp_path / "d.npz", inputs=inputs)
    rows = done("run", "n.annsim", "--data", "d.npz").split()[1:]
    assert [float(row) for row in rows] == network.predict(inputs).ravel().tolist()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("half_adder", {"samples": 4, "loss": 0.0, "accuracy": 1.0, "rmse": None, "r2": None, "confusion": None}),
        ("full_adder", {"samples": 8, "loss": 0.0, "accuracy": 1.0}),
        ("xor", {"samples": 4, "classes": ["0", "1"], "rmse": None, "r2": None}),
        ("sine", {"accuracy": None, "classes": None, "confusion": None}),
    ],
)
def test_evaluate(done, example, name, fields):
    report = done("evaluate", example(name), "--json")
    assert list(report) == ["samples", "loss", "accuracy", "rmse", "r2", "classes", "confusion"]
    assert {key: report[key] for key in fields} == fields
    assert f"rows      {report['samples']:,}" in done("evaluate", f"{name}.annsim")


def test_evaluate_on_other_data(done, example):
    example("xor")
    assert done("evaluate", "xor.annsim", "--data", "builtin:and", "--json")["samples"] == 4


def test_explain(done, example, tmp_path):
    before = (tmp_path / example("xor")).read_bytes()
    options = ["--learning-rate", 0.3, "--l1", 0.01, "--l2", 0.1]
    report = done("explain", "xor.annsim", "--row", 1, *options, "--json")
    project = ann.open("xor.annsim")
    assert report == ann.explain(
        project.network, ann.load_data("builtin:xor"), row=1, learning_rate=0.3, l1=0.01, l2=0.1
    ).to_dict()  # fmt: skip
    assert list(report) == ["row", "loss", "neurons", "connections"]
    assert {" ".join(neuron) for neuron in report["neurons"]} == {NEURON_FIELDS}
    assert {" ".join(arrow) for arrow in report["connections"]} == {CONNECTION_FIELDS}
    for neuron in report["neurons"][:2]:
        assert {key for key, value in neuron.items() if value is None} == {*NEURON_FIELDS.split()} - {
            "id",
            "name",
            "output",
        }
    for neuron in report["neurons"][2:]:
        assert neuron["new_bias"] == pytest.approx(neuron["bias"] - 0.3 * neuron["bias_gradient"], rel=1e-12)
        assert neuron["bias_gradient"] == neuron["delta"]
    output = {neuron["id"]: neuron["output"] for neuron in report["neurons"]}
    delta = {neuron["id"]: neuron["delta"] for neuron in report["neurons"]}
    for c in report["connections"]:
        assert c["gradient"] == pytest.approx(delta[c["target"]] * output[c["source"]], rel=1e-12)
        assert c["penalty_gradient"] == pytest.approx(0.01 * np.sign(c["weight"]) + 0.1 * c["weight"], rel=1e-12)
        step = c["gradient"] + c["penalty_gradient"]
        assert c["new_weight"] == pytest.approx(c["weight"] - 0.3 * step, rel=1e-12)
    assert report["loss"] == pytest.approx((output[7] - 1) ** 2 / 2, rel=1e-12)
    assert "dL/dw" in done("explain", "xor.annsim", "--row", 1)
    assert (tmp_path / "xor.annsim").read_bytes() == before


GRADIENT_EXAMPLES = [
    pytest.param(name, marks=pytest.mark.slow) if name in ("digits", "spiral", "iris") else name for name in examples()
]


@pytest.mark.parametrize("name", GRADIENT_EXAMPLES)
def test_gradients_of_the_examples(done, example, name):
    report = done("check", example(name), "--gradients", "--json")["gradients"]
    assert report["passed"]
    assert 0 < report["checked"] <= report["parameters"]


def test_check_names_the_worst_connection(done, example):
    report = done("check", example("xor"), "--gradients", "--json")
    assert list(report) == ["findings", "gradients"]
    assert {"backpropagation", "differences", "relative_error"} < set(report["gradients"]["worst"])
    assert "gradients agree: 17 parameters, 4 rows; worst " in done("check", "xor.annsim", "--gradients")


def test_check_without_gradients(done, example, tmp_path):
    assert done("check", example("xor"), "--json") == {"findings": []}
    assert done("check", "xor.annsim") == "Nothing found.\n"
    ann.save(ann.Network(), tmp_path / "a.annsim")
    assert [finding["kind"] for finding in done("check", "a.annsim", "--json")["findings"]] == ["no_input", "no_output"]


@pytest.mark.parametrize("ending", ["npz", "json", "csv", "annsim"])
def test_export_and_import(done, example, tmp_path, ending):
    example("irregular")
    assert f"b.{ending}\n" in done("export", "irregular.annsim", "-o", f"b.{ending}")
    assert done("import", f"b.{ending}", "-o", "c.annsim") == "c.annsim: 8 neurons, 17 connections\n"
    here, there = (ann.open(name).network for name in ("irregular.annsim", "c.annsim"))
    assert [*map(repr, there.neurons.values())] == [*map(repr, here.neurons.values())]
    assert [c.weight for c in there.connections.values()] == [c.weight for c in here.connections.values()]


def test_export_to_a_format_by_name(done, example, tmp_path):
    done("export", example("xor"), "-o", "b.txt", "--to", "json")
    assert json.loads((tmp_path / "b.txt").read_text())["format"] == "annsim network"


def test_data(done, tmp_path):
    (tmp_path / "d.csv").write_text("size,colour,y\n1,red,0\n2.5,,1\n,blue,1\n")
    report = done("data", "d.csv", "--json")
    assert report["rows"] == 3
    assert [column["missing"] for column in report["columns"]] == [1, 1, 0]
    assert "3 rows, 3 columns" in done("data", "d.csv")


def test_examples(done, refused, tmp_path):
    listed = done("examples", "--json")
    assert [entry["name"] for entry in listed] == list(examples())
    assert len(listed) >= 10
    assert all(entry["title"] and entry["note"] for entry in listed)
    assert [line.split()[0] for line in done("examples").splitlines()[1:]] == list(examples())
    done("examples", "xor")
    assert "xor.annsim: is there already. Say where to write with -o." in refused("examples", "xor")
