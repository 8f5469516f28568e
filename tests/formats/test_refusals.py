"""What a project file must not hold, each refused by name and place."""

import json
import re
import zipfile
from io import BytesIO

import numpy as np
import pytest
import safetensors.numpy

import annsim as ann
from annsim.formats import project_file
from annsim.formats.catalogue import open_project
from annsim.network.network import Network
from annsim.project.project import Project
from tests.formats.documents import DELETED, GOLDEN, changed, golden_json

NEURON, ARROW = "network.neurons.2", "network.connections.0"
NOTE, GROUP = "network.notes.0", "network.groups.0"


def refusal(path, content):
    path.write_bytes(content)
    with pytest.raises(ann.AnnsimError) as caught:
        open_project(path)
    message = str(caught.value)
    assert message.startswith(f"{path}")
    assert len(message) < 500
    return message.removeprefix(str(path))


def history(rows):
    return {"epoch": [0] * rows} | {name: [None] * rows for name in ("training_loss", "test_loss", "accuracy")}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.annsim"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0.5,", "NaN,", "NaN is not a number"),
        ("0.5,", "-Infinity,", "-Infinity is not a number"),
        ("0.5,", "1e999,", "1e999 is too large"),
        ("0.5,", "1" * 400 + ",", "11… is too large"),
        ("0.5,", "0,5,", "line 20, column .*is no valid JSON"),
        ('"id":3,', '"id":3,"id":4,', "the key 'id' stands twice"),
        (' "version":1,', ' "version":1,\n "version":1,', "the key 'version' stands twice"),
        ("h1", "\\ud800", "half of a letter"),
        ("h1", "a\nb", "line 16, column .*Invalid control character"),
        ("[0.0,0.0]", "[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ("[0.0,0.0]", '{"a":' * 100_000, "nested too deeply"),
        (']\n}', "]\n} x", "is no valid JSON: Extra data"),
        (" ]\n}", "", "is no valid JSON"),
    ],
)  # fmt: skip
def test_text_that_is_no_json_of_ours(path, old, new, message):
    text = GOLDEN.read_text("utf-8")
    assert re.search(message, refusal(path, text.replace(old, new, 1).encode()))


def test_text_in_another_encoding(path):
    assert "is no UTF-8 text (byte" in refusal(path, GOLDEN.read_text("utf-8").encode("latin-1", "replace"))


def test_many_keys_of_which_one_is_there_twice(path):
    keys = ",".join(f'"{number}":0' for number in range(200_000))
    text = f'{{"format":"annsim project",{keys},"199999":1}}'
    assert "the key '199999' stands twice" in refusal(path, text.encode())


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        # format and version
        ("format", "annsim network", "is no annsim project"),
        ("version", 2, "has version 2, and this annsim reads up to version 1. Install a newer annsim"),
        ("version", 10**15, f"has version {10**15}, and this annsim reads up to version 1"),
        ("version", 0, "no valid version number"),
        ("version", True, "no valid version number"),
        ("version", "1", "no valid version number"),
        # keys and types
        ("extra", 1, "unknown field `extra`"),
        (f"{NEURON}.extra", 1, r"unknown field `extra` - at `$.network.neurons\[2\]`|unknown field `extra`"),
        (f"{NEURON}.bias", DELETED, "missing required field `bias`"),
        (f"{NEURON}.bias", "0", "Expected `float`, got `str`.*neurons"),
        (f"{NEURON}.bias", None, "Expected `float`, got `null`"),
        (f"{NEURON}.bias", 10**19, None),
        (f"{NEURON}.id", 3.5, "Expected `int`, got `float`"),
        (f"{NEURON}.id", True, "Expected `int`, got `bool`"),
        (f"{NEURON}.locked", 1, "Expected `bool`, got `int`"),
        (f"{NEURON}.position", [1, 2, 3], "length 2"),
        (f"{NEURON}.role", "boss", "Invalid enum value 'boss'"),
        (ARROW, [], "Expected `object`, got `array`"),
        ("network", None, "Expected `object`, got `null`"),
        ("network.connections", None, "either in the document or in the arrays"),
        ("runs", {}, "Expected `array`, got `object`"),
        ("title", 5, "Expected `str`, got `int`"),
        # neurons
        (f"{NEURON}.id", 0, "neuron id 0 is not a positive"),
        (f"{NEURON}.id", -1, "neuron id -1 is not a positive"),
        (f"{NEURON}.id", 2**31, "next_neuron is 5, and the largest id is 2147483648"),
        (f"{NEURON}.id", 1, "neuron id 1 stands there twice"),
        (f"{NEURON}.name", "x2", "neurons 2 and 3 would both be called 'x2'"),
        (f"{NEURON}.name", "", "neuron 3: a neuron's name must be a text that is not empty"),
        (f"{NEURON}.name", "a\nb", "neuron 3: the name 'a b' is not allowed"),
        (f"{NEURON}.name", "a" * 201, "neuron 3: the name 'a*…' is not allowed"),
        (f"{NEURON}.activation", "sigmod", "neuron 3: no activation function is called 'sigmod'. Did you mean"),
        (f"{NEURON}.output", "clip", "neuron 3: no output function is called 'clip'. Did you mean 'clip"),
        (f"{NEURON}.activation", "softmax", "neuron 3 .h1.: softmax is for output neurons only"),
        # connections
        (f"{ARROW}.id", 0, "connection 0: an id is not a positive"),
        (f"{ARROW}.id", 2, "ids of new connections must be positive 32-bit integers and ascend"),
        (f"{ARROW}.id", 10**19, "an id is not a positive 32-bit integer"),
        (f"{ARROW}.source", 9, "arrow 9 -> 3: there is no neuron 9"),
        (f"{ARROW}.target", 9, "arrow 1 -> 9: there is no neuron 9"),
        (f"{ARROW}.target", 1, "arrow 1 -> 1: 'größe' cannot be connected to itself"),
        (f"{ARROW}.target", 2, "arrow 1 -> 2: 'x2' is an input neuron, which takes no arrows"),
        (f"{ARROW}.source", 2, "neurons 2 and 3 are connected already"),
        (f"{ARROW}.source", 4, "cycle (h1 -> y|y -> h1)"),
        # notes and groups
        (f"{NEURON}.group", 9, "network, neuron 3 .h1.: there is no group 9"),
        (f"{NEURON}.group", -1, "neuron 3: group must be the id of a group, or 0 for none, not '-1'"),
        (f"{NEURON}.group", "3", "Expected `int`, got `str`"),
        (f"{NEURON}.group", DELETED, None),
        ("network.notes", DELETED, None),
        ("network.groups", [], "neuron 3 .h1.: there is no group 3"),
        (f"{NOTE}.id", 5, "note id 5 stands there twice"),
        (f"{NOTE}.id", 0, "note id 0 is not a positive"),
        (f"{NOTE}.text", "é" * 10_000, None),
        (f"{NOTE}.text", "é" * 10_001, r"network, note 2: the text has 10,001 characters. A note holds at most 10,000"),
        (f"{NOTE}.text", None, "Expected `str`, got `null`"),
        (f"{NOTE}.width", 39.9, "network, note 2: width must lie between 40 and 4000, not 39.9"),
        (f"{NOTE}.width", DELETED, "missing required field `width`"),
        (f"{NOTE}.height", 3, "unknown field `height`"),
        (f"{GROUP}.id", 4, "group id 4 stands there twice"),
        (f"{GROUP}.id", 10**19, "group id 10000000000000000000 is not a positive"),
        (f"{GROUP}.title", "", "network, group 3: a group's title must be a text that is not empty"),
        (f"{GROUP}.title", "a" * 201, "network, group 3: the title 'a*…' is not allowed"),
        (f"{GROUP}.is_folded", 1, "Expected `bool`, got `int`"),
        # counters and seeds
        ("network.next_neuron", 4, "network: next_neuron is 4, and the largest id is 4"),
        ("network.next_neuron", 2**31 + 1, "next_neuron is 2147483649"),
        ("network.next_connection", 4, "network: next_connection is 4, and the largest id is 4"),
        ("network.next_connection", -1, "network: next_connection is -1"),
        ("network.seed", -1, "network: seed -1 is out of range"),
        ("network.seed", 2**63, "network: seed 9223372036854775808 is out of range"),
        ("settings.seed", 2**63, "settings, seed: must lie between 0 and"),
        # settings
        ("settings.speed", 1, "settings: there is no setting 'speed'"),
        ("settings.self", 1, "settings: there is no setting 'self'"),
        ("settings.lerning_rate", 1, "settings: there is no setting 'lerning_rate'. Did you mean 'learning_rate'"),
        ("settings.learning_rate", 0, "settings, learning_rate: must be above 0, not 0"),
        ("settings.learning_rate", "0.1", "settings: Expected `float`, got `str` - at `$.learning_rate`"),
        ("settings.batch_size", True, "settings: Expected `int`, got `bool` - at `$.batch_size`"),
        ("settings.shuffle", 1, "settings: Expected `bool`, got `int` - at `$.shuffle`"),
        ("settings.loss", [], "settings: Expected `str`, got `array` - at `$.loss`"),
        ("settings.loss", "crossentropy", "settings, loss: 'crossentropy' is no loss. Did you mean 'cross_entropy'"),
        # data
        ("data.source", "", "data: the source is not the name of any data"),
        ("data.source", "a\0b", "data: the source is not the name of any data"),
        ("data.preparation.inputs.0.kind", "guess", "data, preparation: "),
        ("data.preparation.inputs.0.scale", None, "data, preparation: "),
        ("data.preparation.inputs.0.extra", 1, "data, preparation: "),
        ("data.preparation.order", 5, "data, preparation: order, inputs and targets of a preparation must be lists"),
        # runs
        ("runs.0.stopped_by", "boredom", "run 'Run 1': the reason of its end is unknown"),
        ("runs.0.settings.self", 1, "run 'Run 1', settings: there is no setting 'self'"),
        ("runs.0.changes.0", [1, "seed", 5], "run 'Run 1', changes: 'seed' does not change while a run goes on"),
        ("runs.0.changes.0", [1, "goal", "x"], "run 'Run 1', changes: Expected `float | null`, got `str`"),
        ("runs.0.history.epoch.append", 3, "run 'Run 1': the columns of its history are empty or differ in length"),
        ("runs.0.history", history(0), "columns of its history are empty"),
        ("runs.0.history", history(2001), "its history has more than 2,000 rows"),
        ("runs.0.history.epoch.0", None, "Expected `int`, got `null`"),
    ],
)  # fmt: skip
def test_wrong_content(path, place, value, message):
    content = json.dumps(changed(golden_json(), place, value)).encode()
    if message is None:
        path.write_bytes(content)
        open_project(path)
    else:
        assert re.search(message.replace("$.", r"\$\."), refusal(path, content))


@pytest.mark.parametrize("content", [b"", b"PK", b"{}", b"[]", b"null", b"\xff\xfe", b"PK\3\4" + bytes(100)])
def test_no_project_at_all(path, content):
    assert refusal(path, content)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: None, "there is no such file"),
        (lambda path: path.symlink_to("/dev/zero"), "is not a regular file"),
        (lambda path: path.symlink_to(path), "cannot be read"),
    ],
)
def test_no_file_at_all(path, make, message):
    make(path)
    with pytest.raises(ann.FileError, match=f"{path}: {message}"):
        open_project(path)


@pytest.mark.parametrize("name", ["\0", "a" * 256])
def test_no_path_at_all(tmp_path, name):
    with pytest.raises(ann.FileError):
        open_project(tmp_path / name)


def test_a_slip_in_the_name_is_seen(path):
    path.touch()
    with pytest.raises(ann.FileError, match=r"Did you mean 'a\.annsim'"):
        open_project(path.with_name("a.ansim"))


# the archive


ARRAYS = {
    "ids": np.array([1, 2], np.int32),
    "source": np.array([1, 2], np.int32),
    "target": np.array([3, 3], np.int32),
    "weight": np.array([0.5, -0.5]),
    "locked": np.array([False, True]),
}


def archive(arrays, document=None, names=("document.json", "weights.safetensors")):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_file, "TEXT_LIMIT", -1)
        with zipfile.ZipFile(BytesIO(project_file.write(Project(Network.layered([2, 1])), GOLDEN))) as source:
            document = source.read("document.json") if document is None else document
    content = arrays if isinstance(arrays, bytes) else safetensors.numpy.save(arrays)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, data in zip(names, (document, content), strict=False):
            target.writestr(name, data)
    return buffer.getvalue()


def test_the_archive_itself_is_fine(path):
    path.write_bytes(archive(ARRAYS))
    assert [c.weight for c in open_project(path).network.connections.values()] == [0.5, -0.5]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (archive(b"junk"), "the weights are damaged"),
        (archive({**ARRAYS, "more": np.zeros(1)}), "the weights hold the arrays ids, locked, more, source"),
        (archive({**ARRAYS, "weight": np.zeros(2, np.float32)}), "array 'weight' has type float32 and shape"),
        (archive({**ARRAYS, "weight": np.zeros(3)}), r"array 'weight' has type float64 and shape \(3,\)"),
        (archive({**ARRAYS, "weight": np.array([1, np.nan])}), "connection 2: weight must be finite, not nan"),
        (archive({**ARRAYS, "weight": np.array([np.inf, 1])}), "connection 1: weight must be finite, not inf"),
        (archive({**ARRAYS, "source": np.array([0, 1], np.int32)}), "array 'source' holds a number below 1"),
        (archive({**ARRAYS, "source": np.array([1, 1], np.int32)}), "neurons 1 and 3 are connected already"),
        (archive({**ARRAYS, "source": np.array([1, 9], np.int32)}), "arrow 9 -> 3: there is no neuron 9"),
        (archive({**ARRAYS, "ids": np.array([2, 1], np.int32)}), "must be positive 32-bit integers and ascend"),
        (archive({**ARRAYS, "ids": np.array([2, 9], np.int32)}), "next_connection is 3, and the largest id is 9"),
        (archive(ARRAYS, GOLDEN.read_bytes()), "either in the document or in the arrays"),
        (archive(ARRAYS, names=("document.json",)), "'document.json' or 'weights.safetensors' cannot be read"),
        (archive(ARRAYS)[:-30], "is damaged"),
        (archive(ARRAYS).replace(b'"title":""', b'"title":"'), "cannot be read from the archive|is damaged"),
    ],
)
def test_wrong_archives(path, content, message):
    assert re.search(message, refusal(path, content))
