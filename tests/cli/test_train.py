"""`annsim train`: what it reads, what it writes, and what it learns."""

import csv
import json
import statistics

import numpy as np
import pytest
from sklearn.datasets import load_iris

import annsim as ann
from annsim.cli import training_commands

FIELDS = "epochs steps stopped_by training_loss test_loss accuracy seconds samples_per_second engine"
SETTINGS = (
    "--method sgd --batch-size 2 --epochs 3 --optimizer momentum --learning-rate 0.2 --momentum 0.5 "
    "--loss mean_squared_error --l1 0.001 --l2 0.002 --schedule stairs --decay 0.5 --decay-epochs 2 "
    "--step-gradient sigmoid --seed 7 --no-shuffle --init he_normal --goal 0.0001 --patience 5 --test-share 0 "
    "--engine reference --precision double --threads 1 --record-every 1"
)


@pytest.fixture
def xor_file(done):
    done("new", "2-4-1", "-o", "xor.annsim", "--seed", "2")
    return "xor.annsim"


def test_fields_of_the_result(annsim, xor_file):
    said = annsim("train", xor_file, "--data", "builtin:xor", "--epochs", 4, "--json")
    assert (said.code, " ".join(said.json), said.out.count("\n")) == (0, FIELDS, 1)
    assert (said.json["epochs"], said.json["steps"], said.json["stopped_by"]) == (4, 16, "epochs")
    assert said.json["test_loss"] is None


def test_all_settings_reach_the_run_and_the_project(done, xor_file):
    result = done("train", xor_file, "--data", "builtin:xor", *SETTINGS.split(), "--json")
    project = ann.open(xor_file)
    wanted = ann.Settings(
        method="sgd", batch_size=2, epochs=3, optimizer="momentum", learning_rate=0.2, momentum=0.5,
        loss="mean_squared_error", l1=0.001, l2=0.002, schedule="stairs", decay=0.5, decay_epochs=2,
        step_gradient="sigmoid", seed=7, shuffle=False, init="he_normal", goal=0.0001, patience=5, test_share=0,
        engine="reference", precision="double", threads=1, record_every=1,
    )  # fmt: skip
    assert project.runs[-1].settings == wanted
    assert project.settings == wanted.with_changes(init=None)
    assert (project.data.source, result["steps"], result["engine"]) == ("builtin:xor", 6, "reference")


def test_what_is_not_given_comes_from_the_project(done, xor_file):
    done("train", xor_file, "--data", "builtin:xor", *SETTINGS.split())
    again = done("train", xor_file, "--batch-size", 4, "--json")
    assert again["steps"] == 3
    assert ann.open(xor_file).settings.learning_rate == 0.2


def test_training_goes_on_unless_weights_are_drawn(done, xor_file):
    call = ["train", xor_file, "--data", "builtin:xor", "--method", "gd"]
    done(*call, "--epochs", 5, "-o", "five.annsim")
    done(*call, "--epochs", 2, "-o", "two.annsim")
    done("train", "two.annsim", "--epochs", 3)
    done("train", "two.annsim", "--epochs", 5, "--init", "glorot_uniform", "--seed", 2, "-o", "anew.annsim")
    five, two, anew = (weights(f"{name}.annsim") for name in ("five", "two", "anew"))
    assert two == five
    assert anew == five  # xor.annsim was drawn with glorot_uniform and seed 2


def weights(path):
    network = ann.open(path).network
    return [c.weight for c in network.connections.values()] + [n.bias for n in network.neurons.values()]


def test_an_output_leaves_the_input_alone(done, xor_file, tmp_path):
    before = (tmp_path / xor_file).read_bytes()
    done("train", xor_file, "--data", "builtin:xor", "--epochs", 2, "-o", "b.annsim")
    assert ((tmp_path / xor_file).read_bytes(), len(ann.open("b.annsim").runs)) == (before, 1)


def test_the_same_seed_gives_the_same_bytes(done, xor_file, tmp_path):
    call = ["train", xor_file, "--data", "builtin:circle", "--epochs", 3, "--init", "uniform"]
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        done(*call, "--seed", seed, "-o", f"{name}.annsim", "--history", f"{name}.csv")
    a, b, c = ([(tmp_path / f"{name}.{end}").read_bytes() for end in ("annsim", "csv")] for name in "abc")
    assert a == b
    assert a[1] != c[1]


@pytest.mark.parametrize(
    ("data", "epochs"), [("builtin:xor", [0, 1, 2, 3]), ("builtin:sine", [0, 1, 2, 3]), ("builtin:circle", [0, 2, 3])]
)
def test_history(done, data, epochs):
    done("new", "1-2-1" if data == "builtin:sine" else "2-2-1", "-o", "a.annsim")
    call = ["train", "a.annsim", "--data", data, "--epochs", 3, "--batch-size", 10, "--history", "h.csv"]
    result = done(*call, "--record-every", 2 if data == "builtin:circle" else 1, "--json")
    with open("h.csv", encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["epoch", "training_loss", "test_loss", "accuracy"]
    assert [int(row[0]) for row in rows] == epochs
    applies = {"builtin:xor": [True, False, True], "builtin:sine": [True, True, False], "builtin:circle": [True] * 3}
    assert [[cell != "" for cell in row[1:]] for row in rows] == [applies[data]] * len(rows)
    last = [float(cell) if cell else None for cell in rows[-1][1:]]
    assert last == [result["training_loss"], result["test_loss"], result["accuracy"]]


def test_a_stop_between_two_rows_of_history_adds_the_last(annsim, xor_file, monkeypatch, tmp_path):
    monkeypatch.setattr(training_commands, "_run_with_progress", lambda session, *_: session.advance(steps=8))
    said = annsim("train", xor_file, "--data", "builtin:xor", "--record-every", 10, "--history", "h.csv")
    assert (said.code, said.err) == (
        1,
        "annsim train: stopped after 2 epochs; xor.annsim holds the weights so far.\n",
    )
    assert [row.split(",")[0] for row in (tmp_path / "h.csv").read_text().split()] == ["epoch", "0", "2"]


def test_training_that_diverges_writes_nothing(annsim, done, tmp_path):
    done("new", "1-3-1", "-o", "a.annsim", "--activation", "linear", "--output-activation", "linear")
    before = (tmp_path / "a.annsim").read_bytes()
    said = annsim("train", "a.annsim", "--data", "builtin:sine", "--learning-rate", "1e6")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    for part in (
        "annsim: train: ",
        "epoch 0, step ",
        ", neuron ",
        "Try a smaller learning rate.",
        "Nothing was written",
    ):
        assert part in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.annsim"]
    assert (tmp_path / "a.annsim").read_bytes() == before


def test_the_taken_target_is_said_beside_the_result(annsim, xor_file):
    said = annsim("train", xor_file, "--data", "builtin:xor", "--epochs", 1, "--json")
    assert (said.err, said.json["epochs"]) == ("target: 'y' (marked by the source)\n", 1)


def test_no_progress_bar_in_a_pipe_and_one_on_a_terminal(annsim, xor_file, monkeypatch):
    call = ["train", xor_file, "--data", "builtin:xor", "--epochs", 2]
    assert "epoch 2" not in annsim(*call).err
    monkeypatch.setattr(training_commands, "is_terminal", lambda: True)
    assert annsim(*call).code == 0


@pytest.mark.parametrize(("targets", "expected"), [(None, ("c",)), ("a", ("a",)), ("c, a", ("a", "c"))])
def test_targets(done, tmp_path, targets, expected):
    (tmp_path / "d.csv").write_text("a,b,c\n1,2,5\n2,1,7\n3,5,8\n")
    done("new", f"{3 - len(expected)}-{len(expected)}", "-o", "n.annsim")
    done("train", "n.annsim", "--data", "d.csv", "--epochs", 1, *(["--targets", targets] if targets else []))
    assert sorted(ann.open("n.annsim").data.preparation.target_names) == [*expected]


# what it learns


def test_xor_is_learned(done, xor_file):
    result = done("train", xor_file, "--data", "builtin:xor", "--learning-rate", 0.5, "--epochs", 1500, "--json")
    assert result["training_loss"] < 0.01
    outputs = done("run", xor_file, "--data", "builtin:xor").split()[1:]
    assert [float(output) > 0.5 for output in outputs] == [False, True, True, False]


def iris_csv(path):
    iris = load_iris()
    names = [iris.target_names[k] for k in iris.target]
    rows = [[*row, name] for row, name in zip(iris.data.tolist(), names, strict=True)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["sl", "sw", "pl", "pw", "species"], *rows])


def test_iris_is_learned(done, tmp_path):
    iris_csv(tmp_path / "iris.csv")
    done("new", "4-8-3", "-o", "iris.annsim", "--output-activation", "softmax")
    call = ["train", "iris.annsim", "--data", "iris.csv", "--loss", "cross_entropy", "--batch-size", 10]
    call += ["--epochs", 40, "--init", "glorot_uniform", "--json"]
    results = [done(*call, "--seed", seed, "-o", f"{seed}.annsim") for seed in range(1, 6)]
    assert statistics.median(result["accuracy"] for result in results) >= 0.93
    report = done("evaluate", "1.annsim", "--json")
    assert (report["classes"], np.sum(report["confusion"])) == (["setosa", "versicolor", "virginica"], 150)
    (tmp_path / "new.csv").write_text("sl,sw,pl,pw\n5.1,3.5,1.4,0.2\n6.3,3.3,6.0,2.5\n")
    head, *rows = csv.reader(done("run", "1.annsim", "--data", "new.csv").splitlines())
    assert (len(head), head[-1], [row[-1] for row in rows]) == (4, "class", ["setosa", "virginica"])


def test_digits_are_learned(done):
    done("new", "64-32-10", "-o", "d.annsim", "--output-activation", "softmax")
    call = (
        "--data builtin:digits --loss cross_entropy --optimizer adam --learning-rate 0.003 --batch-size 32 --epochs 15"
    )
    assert done("train", "d.annsim", *call.split(), "--json")["accuracy"] >= 0.95


def test_numbers_come_out_in_original_units(done, tmp_path):
    x = np.linspace(0, 10, 60)
    table = "\n".join(f"{a!r},{3000 + 500 * a!r}" for a in x.tolist())
    (tmp_path / "d.csv").write_text(f"x,price\n{table}\n")
    done("new", "1-1", "-o", "n.annsim", "--output-activation", "linear")
    result = done("train", "n.annsim", "--data", "d.csv", "--epochs", 100, "--json")
    assert result["accuracy"] is None
    (tmp_path / "new.csv").write_text("x\n0\n4\n20\n")
    outputs = [float(cell) for cell in done("run", "n.annsim", "--data", "new.csv").split()[1:]]
    np.testing.assert_allclose(outputs, [3000, 5000, 13000], rtol=1e-3)
    report = done("evaluate", "n.annsim", "--json")
    assert report["rmse"]["price"] < 20
    assert report["r2"]["price"] > 0.999
    assert json.dumps(report).count("NaN") == 0
