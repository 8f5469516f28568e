"""Which columns, constants and codings a call uses: the same ones, whichever command or Python name is called."""

import json

import numpy as np
import pytest

import annsim as ann
from annsim.cli.app import main


@pytest.fixture
def table(tmp_path, monkeypatch):
    """30 rows: an id that nobody needs, three inputs, a number to learn."""
    monkeypatch.chdir(tmp_path)
    draws = np.random.default_rng(3)
    inputs = draws.normal(5, 3, (30, 3))
    target = 100 + 20 * inputs[:, 0] - 7 * inputs[:, 1]
    whole = np.column_stack([np.arange(30.0), inputs, target])
    rows = [",".join(map(repr, row)) for row in whole.tolist()]
    (tmp_path / "r.csv").write_text("\n".join(["id,x1,x2,x3,y", *rows]) + "\n")
    return tmp_path / "r.csv"


def said(capsys, *arguments):
    assert main([str(a) for a in arguments]) == 0
    return capsys.readouterr().out


def new(path, layers):
    assert main(["new", layers, "-o", path, "--output-activation", "linear"]) == 0


def test_explain_shows_the_step_that_train_takes(table, capsys):
    new("n.annsim", "4-2-1")
    capsys.readouterr()
    report = json.loads(said(capsys, "explain", "n.annsim", "--data", table, "--row", 3, "--json"))
    expected = ann.explain(ann.open("n.annsim").network, ann.load_data(table), 3).to_dict()
    assert report == json.loads(json.dumps(expected))


def test_explain_takes_the_settings_of_train(table, capsys):
    new("n.annsim", "4-2-1")
    capsys.readouterr()
    call = (
        "explain",
        "n.annsim",
        "--data",
        table,
        "--row",
        0,
        "--json",
        "--epochs",
        3,
        "--goal",
        0.1,
        "--init",
        "zeros",
    )
    assert {c["weight"] for c in json.loads(said(capsys, *call))["connections"]} == {0.0}


def test_two_outputs_take_a_two_valued_target_in_every_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2-3-2", "-o", "t.annsim", "--output-activation", "softmax"]) == 0
    for command in (["explain", "--row", "1"], ["evaluate"], ["check", "--gradients"], ["train", "--epochs", "1"]):
        assert main([command[0], "t.annsim", "--data", "builtin:xor", *command[1:]]) == 0
    capsys.readouterr()


def test_neurons_named_after_columns_need_only_these_columns(table, capsys):
    new("n.annsim", "2-3-1")
    assert main(["train", "n.annsim", "--data", str(table), "--epochs", "2"]) == 0
    lines = [line.split(",") for line in table.read_text().splitlines()]
    (table.parent / "few.csv").write_text("\n".join(f"{line[2]},{line[1]}" for line in lines))
    capsys.readouterr()
    whole, few = (said(capsys, "run", "n.annsim", "--data", name) for name in (table, "few.csv"))
    assert whole == few


def test_scaling_none_is_for_inputs_and_targets_are_standardised(table):
    dataset = ann.load_data(table, scaling="none")
    assert dataset.inputs[0, 0] == 0.0
    assert abs(dataset.targets[dataset.train_rows].mean()) < 1e-12


def test_what_python_trained_keeps_its_preparation_when_saved(table, capsys):
    network, dataset = ann.Network.layered([4, 3, 1], output_activation="linear"), ann.load_data(table)
    ann.train(network, dataset, epochs=60, learning_rate=0.02)
    ann.save(network, "py.annsim")
    quality = json.loads(said(capsys, "evaluate", "py.annsim", "--data", table, "--json"))
    assert quality["r2"]["y"] == pytest.approx(ann.evaluate(network, dataset).r2["y"])
    assert quality["r2"]["y"] > 0.8


def test_an_untrained_network_runs_on_numbers_as_they_are(table, capsys):
    new("n.annsim", "4-2-1")
    capsys.readouterr()
    outputs = [float(line) for line in said(capsys, "run", "n.annsim", "--data", table).splitlines()[1:]]
    raw = np.loadtxt(table, delimiter=",", skiprows=1)[:, :4]
    np.testing.assert_allclose(outputs, ann.open("n.annsim").network.predict(raw)[:, 0], rtol=1e-12)


def test_none_switches_a_kept_goal_off(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2-2-1", "-o", "n.annsim"]) == 0
    train = ("train", "n.annsim", "--data", "builtin:xor", "--epochs", 2, "--json")
    capsys.readouterr()
    assert json.loads(said(capsys, *train, "--goal", 100))["stopped_by"] == "goal"
    assert json.loads(said(capsys, *train))["stopped_by"] == "goal"
    assert json.loads(said(capsys, *train, "--goal", "none"))["stopped_by"] == "epochs"


@pytest.mark.parametrize("call", [("run", "--data", "builtin:xor", "-o"), ("export", "--to", "npz", "-o")])
def test_a_result_is_not_written_over_its_project(tmp_path, monkeypatch, capsys, call):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2-2-1", "-o", "n.annsim"]) == 0
    before = (tmp_path / "n.annsim").read_bytes()
    assert main([call[0], "n.annsim", *call[1:], "n.annsim"]) == 2
    assert "is the project itself" in capsys.readouterr().err
    assert (tmp_path / "n.annsim").read_bytes() == before
