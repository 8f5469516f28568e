"""Networks in the other formats: nothing is lost, and NumPy alone can use what is written."""

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import annsim as ann
from annsim.cli.app import main
from annsim.formats import network_json, network_npz
from annsim.formats.catalogue import FORMATS, open_file
from annsim.formats.network_records import connection_dicts, connection_lines
from annsim.formats.strict_json import object_lines
from annsim.network.network import Network
from tests.formats.documents import GOLDEN, weights
from tests.network.drawings import drawings, dump, without_notes

any_drawing = drawings(values=weights, softmax=True, notes=True)


@given(network=any_drawing)
def test_json_loses_nothing(network):
    content = network_json.write(network)
    read = network_json.read(content, GOLDEN)
    assert dump(read) == dump(network)
    assert network_json.write(read) == content


@given(network=any_drawing)
def test_connections_are_written_as_any_other_objects(network):
    assert connection_lines(network, "  ") == object_lines(connection_dicts(network), "  ")


@given(network=any_drawing)
def test_the_archive_loses_only_notes_and_groups(network):
    content = network_npz.write(network)
    read = network_npz.read(content, GOLDEN)
    assert dump(read) == dump(without_notes(network))
    assert network_npz.write(read) == content


@given(network=any_drawing)
def test_tables_lose_only_notes_groups_seed_and_counters(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    ann.export(network, path)
    assert dump(ann.open(path).network)[2:] == dump(without_notes(network))[2:]


def test_a_json_without_notes_and_groups_opens(tmp_path, network):
    document = json.loads(network_json.write(network))
    del document["network"]["notes"], document["network"]["groups"]
    for neuron in document["network"]["neurons"]:
        del neuron["group"]
    assert dump(network_json.read(json.dumps(document).encode(), GOLDEN)) == dump(network)


@pytest.mark.parametrize(("written", "named"), list(itertools.permutations(FORMATS, 2)))
def test_content_counts_not_the_ending(tmp_path, network, written, named):
    path = tmp_path / f"a.{named}"
    ann.export(network, path, to=written)
    assert dump(open_file(path).network) == dump(network) or written == "csv"
    assert dump(open_file(path).network)[2:] == dump(network)[2:]


def test_the_ending_says_what_is_written(tmp_path, network):
    assert ann.export(network, tmp_path / "a.CSV") == (tmp_path / "a-neurons.CSV", tmp_path / "a.CSV")
    with pytest.raises(ann.FileError, match=r"no format has the ending '\.onnx'.*\.npz, \.json, \.csv, \.annsim"):
        ann.export(network, tmp_path / "a.onnx")
    with pytest.raises(ann.FileError, match=r"no format is called 'jsn'\. There are: npz, json, csv, annsim\."):
        ann.export(network, tmp_path / "a.npz", to="jsn")


# what NumPy alone makes of the archive


PHI = {
    "step": lambda u: np.where(u > 0, 1.0, 0.0),
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
    "relu": lambda u: np.maximum(0, u),
    "tanh": np.tanh,
    "linear": lambda u: u,
    "leaky_relu": lambda u: np.where(u > 0, u, 0.01 * u),
    "elu": lambda u: np.where(u > 0, u, np.exp(np.minimum(u, 0)) - 1),
    "softplus": lambda u: np.log(1 + np.exp(u)),
    "silu": lambda u: u / (1 + np.exp(-u)),
    "gelu": lambda u: u * np.vectorize(lambda x: (1 + math.erf(x / math.sqrt(2))) / 2)(u),
    "softsign": lambda u: u / (1 + np.abs(u)),
    "sine": np.sin,
    "gaussian": lambda u: np.exp(-(u**2)),
}
PSI = {
    "identity": lambda a: a,
    "clip01": lambda a: np.clip(a, 0, 1),
    "clip11": lambda a: np.clip(a, -1, 1),
    "binary": lambda a: np.where(a >= 0.5, 1.0, 0.0),
}


def flat_forward(arrays, inputs):
    """Evaluate the flat arrays of an archive, one neuron at a time, as soon as all its sources are known."""
    ids, roles = arrays["neuron_id"].tolist(), arrays["role"].tolist()
    own_inputs = [i for i, role in zip(ids, roles, strict=True) if role == "input"]
    known = dict(zip(own_inputs, inputs.T, strict=True))
    shifted = {}
    while len(known) < len(ids):
        for place, neuron in enumerate(ids):
            incoming = np.flatnonzero(arrays["target"] == neuron)
            sources = arrays["source"][incoming].tolist()
            if neuron in known or not all(source in known for source in sources):
                continue
            z = arrays["bias"][place] + sum(
                (w * known[s] for w, s in zip(arrays["weight"][incoming], sources, strict=True)), np.zeros(len(inputs))
            )
            shifted[neuron] = z - arrays["threshold"][place]
            if arrays["activation"][place] == "softmax":
                known[neuron] = None  # a group, below; it has no outgoing arrows
            else:
                known[neuron] = PSI[arrays["output"][place]](PHI[arrays["activation"][place]](shifted[neuron]))
    group = [i for i, name in zip(ids, arrays["activation"], strict=True) if name == "softmax"]
    total = sum(np.exp(shifted[i]) for i in group)
    for i in group:
        known[i] = PSI[arrays["output"][ids.index(i)]](np.exp(shifted[i]) / total)
    return np.column_stack([known[i] for i, role in zip(ids, roles, strict=True) if role == "output"])


def arrays_of(network, path):
    ann.export(network, path)
    with np.load(path, allow_pickle=False) as archive:
        return dict(archive)


@given(network=drawings(softmax=True), seed=st.integers(0, 1000))
def test_numpy_alone_evaluates_the_flat_arrays(network, seed, tmp_path_factory):
    arrays = arrays_of(network, tmp_path_factory.mktemp("npz") / "a.npz")
    inputs = np.random.default_rng(seed).uniform(-2, 2, (5, len(network.ids_of_role("input"))))
    np.testing.assert_allclose(flat_forward(arrays, inputs), network.predict(inputs), rtol=1e-12, atol=1e-12)


def test_numpy_alone_evaluates_the_layers_as_annsim_run_does(tmp_path, capsys):
    network = Network.layered([3, 5, 4, 2], activation="tanh", output_activation="linear", seed=4)
    network.set_neurons("bias", [4, 5, 12], [0.5, -0.25, 1.5])
    arrays = arrays_of(network, tmp_path / "a.npz")
    layers = [(arrays[f"layers.{n}.weight"], arrays[f"layers.{n}.bias"]) for n in range(3)]
    inputs = np.random.default_rng(1).normal(size=(6, 3))
    outputs = inputs
    for weight, bias in layers:
        outputs = outputs @ weight.T + bias
        outputs = outputs if bias is layers[-1][1] else np.tanh(outputs)
    assert [weight.shape for weight, _ in layers] == [(5, 3), (4, 5), (2, 4)]
    np.testing.assert_allclose(network.predict(inputs), outputs, rtol=1e-12, atol=1e-12)
    ann.save(network, tmp_path / "a.annsim")
    np.savetxt(tmp_path / "d.csv", inputs, "%.17g", ",", header="a,b,c", comments="")
    assert main(["run", str(tmp_path / "a.annsim"), "--data", str(tmp_path / "d.csv")]) == 0
    head, *rows = capsys.readouterr().out.split()
    assert head == "y1,y2"
    np.testing.assert_allclose(np.loadtxt(rows, delimiter=","), outputs, rtol=1e-12, atol=1e-12)


# refusals


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"weight": np.array([1.0])}, "the array 'weight' has the shape"),
        ({"weight": np.ones(12, int)}, "the array 'weight' has type int64"),
        ({"weight": np.full(12, np.nan)}, "connection 1: weight must be finite"),
        ({"weight": np.zeros(12)}, r"'layers\.0\.weight' does not agree"),
        ({"layers.0.bias": np.ones(4)}, r"'layers\.0\.bias' does not agree"),
        ({"layers.7.bias": np.ones(4)}, r"'layers\.7\.bias' does not agree"),
        ({"seed": np.array([1])}, "'seed' or 'next_ids' has the wrong shape"),
        ({"next_ids": np.array([1, 1])}, "next_neuron is 1, and the largest id is 7"),
        ({"role": np.array(["boss"] * 7)}, "Invalid enum value 'boss'"),
        ({"target": np.full(12, 1)}, "arrow 1 -> 1"),
        ({"bias": np.array([print] * 7)}, "'bias': it holds Python objects"),
    ],
)
def test_wrong_arrays_are_named(tmp_path, arrays, message):
    path = tmp_path / "a.npz"
    np.savez(path, **{**arrays_of(Network.layered([2, 4, 1]), path), **arrays})
    with pytest.raises(ann.AnnsimError, match=f"{path}.*{message}"):
        ann.open(path)


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        ("a.csv", "id,", "nr,", "of no format that annsim reads"),
        ("a.csv", "false\n", "no\n", "line 2, column 'locked': 'no' is neither true nor false"),
        ("a.csv", "\n1,", "\n1.5,", "line 2, column 'id': '1.5' is not a number"),
        ("a.csv", ",false\n", "\n", "line 2: has 4 cells, and the header has 5"),
        ("a.csv", "\n1,1,", "\n1,99,", "arrow 99 -> 3: there is no neuron 99"),
        ("a.csv", "\n1,", "\n2,", "ids of new connections must"),
        ("a.csv", "\n1,", f"\n{'9' * 4000},", "an id is not a positive 32-bit integer"),
        ("a-neurons.csv", "id,", "nr,", r"a-neurons\.csv, line 1: the header does not fit"),
        ("a-neurons.csv", "tanh", "tan", r"neuron 3: no activation function is called 'tan'. Did you mean 'tanh'\?"),
        ("a-neurons.csv", ",0.0,", ",nan,", "neuron 1: bias must be finite, not nan"),
        ("a-neurons.csv", ",0.0,", ',"0\n', r"a-neurons\.csv: is no valid CSV"),
        ("a-neurons.csv", None, None, r"a-neurons\.csv: there is no such file"),
    ],
)
def test_wrong_tables_are_named(tmp_path, network, table, old, new, message):
    ann.export(network, tmp_path / "a.csv")
    if old is None:
        (tmp_path / table).unlink()
    else:
        (tmp_path / table).write_text((tmp_path / table).read_text().replace(old, new, 1))
    with pytest.raises(ann.AnnsimError, match=f"a\\.csv.*{message}"):
        ann.open(tmp_path / "a.csv")


def test_a_newer_json_is_refused_with_both_numbers(tmp_path, network):
    path = tmp_path / "a.json"
    ann.export(network, path)
    path.write_text(path.read_text().replace('"version":1', '"version":2'))
    with pytest.raises(ann.FileError, match="has version 2, and this annsim reads version 1"):
        ann.open(path)
