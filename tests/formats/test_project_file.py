"""The project file: what is saved comes back, and the same document is the same bytes."""

import json
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import annsim as ann
from annsim.data import files
from annsim.errors import WorkError
from annsim.formats import network_records, project_file, weight_arrays
from annsim.formats.catalogue import open_project, save
from annsim.network import rules
from annsim.network.groups import GroupValues
from annsim.network.network import Network
from annsim.network.notes import NoteValues
from annsim.project.project import RUNS_KEPT, DataReference, Project
from annsim.training.history import COLUMNS, ROWS_IN_FILE
from annsim.training.run import Run
from tests.formats.documents import GOLDEN, projects
from tests.network.drawings import dump, without_notes

PATH = Path("/somewhere/a.annsim").absolute()


@given(projects(PATH))
def test_what_is_saved_comes_back(project):
    content = project_file.write(project, PATH)
    read = project_file.read(content, PATH)
    assert project_file.write(read, PATH) == content
    assert dump(read.network) == dump(project.network)
    assert (read.settings, read.title, read.note) == (project.settings, project.title, project.note)
    assert read.data == project.data
    assert [(run.settings, run.changes) for run in read.runs] == [(run.settings, run.changes) for run in project.runs]


@given(projects(PATH))
def test_the_same_in_the_archive(project):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_file, "TEXT_LIMIT", -1)
        content = project_file.write(project, PATH)
        read = project_file.read(content, PATH)
        assert project_file.write(read, PATH) == content
    assert content[:2] == b"PK"
    assert dump(read.network) == dump(project.network)
    assert project_file.write(read, PATH) == project_file.write(project, PATH)


@given(projects(PATH), st.data())
def test_one_weight_is_one_line(project, data):
    before = project_file.write(project, PATH).split(b"\n")
    if project.network.connections:
        connection = data.draw(st.sampled_from([*project.network.connections.values()]))
        connection.weight = 0.1 if connection.weight != 0.1 else 0.2
        after = project_file.write(project, PATH).split(b"\n")
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_the_golden_file_of_version_1_opens(tmp_path):
    project = open_project(GOLDEN)
    network, run = project.network, project.runs[0]
    assert [(n.id, n.name, n.role, n.activation, n.output, n.locked, n.group) for n in network.neurons.values()] == [
        (1, "größe", "input", "linear", "identity", False, 0),
        (2, "x2", "input", "linear", "identity", False, 0),
        (3, "h1", "hidden", "relu", "clip01", False, 3),
        (4, "y", "output", "sigmoid", "identity", True, 4),
    ]
    assert list(network.notes.values()) == [
        NoteValues(2, 'Zeile 1\n"ψ" ← 2', (-10.5, 200.0), 160.0),
        NoteValues(5, "", (0.0, 0.0), 200.0),
    ]
    assert list(network.groups.values()) == [GroupValues(3, "Größe", True), GroupValues(4, "Größe", False)]
    assert (network.neurons[3].bias, network.neurons[3].threshold, network.neurons[2].position) == (
        0.1,
        -0.25,
        (0, 100.5),
    )
    assert [(c.id, c.source, c.target, c.weight, c.locked) for c in network.connections.values()] == [
        (1, 1, 3, 0.5, False),
        (2, 2, 3, -1 / 3, False),
        (4, 3, 4, 1e-300, True),
    ]
    assert (network.seed, network.counters) == (7, (5, 5))
    assert project.settings == ann.Settings(method="gd", epochs=2, learning_rate=0.3, seed=2**63 - 1)
    assert (project.title, project.note) == ('Golden "one"', "line 1\nline 2 ← ψ")
    assert (project.data.source, project.data.preparation.input_names) == ("builtin:xor", ("x1", "x2"))
    assert (run.name, run.stopped_by, run.epochs, run.steps, run.engine) == ("Run 1", "epochs", 2, 2, "reference")
    assert [(change.step, change.name, change.value) for change in run.changes] == [(1, "learning_rate", 0.25)]
    assert {name: run.history[name].tolist() for name in COLUMNS[:2]} == {
        "epoch": [0, 1, 2],
        "training_loss": [0.125] * 3,
    }
    save(project, tmp_path / "a.annsim")
    assert (tmp_path / "a.annsim").read_bytes() == GOLDEN.read_bytes()


def test_a_file_from_before_notes_and_groups_opens(tmp_path):
    old, golden = open_project(GOLDEN.with_name("version_1_without_notes.annsim")), open_project(GOLDEN)
    assert dump(old.network) == dump(without_notes(golden.network))
    save(old, tmp_path / "a.annsim")
    assert json.loads((tmp_path / "a.annsim").read_text("utf-8"))["network"]["notes"] == []


def test_opening_writes_nothing(tmp_path):
    path = tmp_path / "a.annsim"
    path.write_bytes(GOLDEN.read_bytes().replace(b' "note"', b'   "note"'))
    before = path.read_bytes(), path.stat().st_mtime_ns
    open_project(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_many_connections_become_an_archive(tmp_path):
    path = tmp_path / "a.annsim"
    network = Network.layered([250, 398, 1], seed=5)
    save(network, path)
    assert path.read_bytes()[:1] == b"{"
    network = Network.layered([250, 400, 2], seed=5)
    save(network, path)
    with zipfile.ZipFile(path) as archive:
        assert [(member.filename, member.compress_type) for member in archive.infolist()] == [
            ("document.json", zipfile.ZIP_STORED),
            ("weights.safetensors", zipfile.ZIP_STORED),
        ]
    content, read = path.read_bytes(), open_project(path)
    for own, other in zip(read.network.store.block.columns(), network.store.block.columns(), strict=True):
        np.testing.assert_array_equal(own, other, strict=True)
    save(read, path)
    assert path.read_bytes() == content


def test_data_files_are_named_from_the_folder_of_the_project(tmp_path):
    (tmp_path / "sub").mkdir()
    save(Project(data=DataReference(str(tmp_path / "d.csv"))), tmp_path / "sub" / "a.annsim")
    assert '"source":"../d.csv"' in (tmp_path / "sub" / "a.annsim").read_text()
    (tmp_path / "sub").rename(tmp_path / "other")
    assert open_project(tmp_path / "other" / "a.annsim").data.source == str(tmp_path / "d.csv")


def test_histories_and_runs_are_bounded(tmp_path, xor):
    run = ann.train(Network.layered([2, 1]), xor, epochs=ROWS_IN_FILE + 500)
    project = Project()
    for _ in range(RUNS_KEPT + 2):
        project.add_run(Run(run.settings, run.history, "epochs", run.epochs, run.steps, run.engine))
    save(project, tmp_path / "a.annsim")
    read = open_project(tmp_path / "a.annsim")
    assert [old.name for old in read.runs] == [f"Run {number}" for number in range(3, RUNS_KEPT + 3)]
    epochs = read.runs[0].history["epoch"]
    assert (len(epochs), epochs[0], epochs[-1]) == (ROWS_IN_FILE, 0, ROWS_IN_FILE + 500)


def test_half_a_letter_is_not_saved(tmp_path):
    path = tmp_path / "a.annsim"
    path.write_bytes(b"old")
    with pytest.raises(WorkError, match=r"a\.annsim: cannot be written: .* half of a letter"):
        save(Project(title="\ud800"), path)
    assert path.read_bytes() == b"old"


# sizes


@pytest.mark.slow
def test_100000_neurons_are_read_and_no_more():
    network = Network.layered([rules.NEURON_LIMIT - 1, 1])
    content = project_file.write(Project(network), PATH)
    assert len(project_file.read(content, PATH).network.neurons) == rules.NEURON_LIMIT
    line = next(line for line in content.split(b"\n") if b'{"id":1,' in line)
    more = line.replace(b'"id":1,', b'"id":100001,').replace(b'"x1"', b'"z"') + b"\n" + line
    with pytest.raises(ann.FileError, match="has more than 100,000 neurons"):
        project_file.read(content.replace(line, more), PATH)


@pytest.mark.parametrize("limit", ["NEURON_LIMIT", "CONNECTION_LIMIT"])
@pytest.mark.parametrize("text_limit", [100, -1])
def test_counts_are_limited(monkeypatch, limit, text_limit):
    network = Network.layered([2, 2])  # four neurons, four connections
    monkeypatch.setattr(project_file, "TEXT_LIMIT", text_limit)
    content = project_file.write(Project(network), PATH)

    def limit_to(count):
        for module in (network_records, weight_arrays, rules):
            monkeypatch.setattr(module, limit, count, raising=False)

    limit_to(4)
    assert len(project_file.read(content, PATH).network.neurons) == 4
    limit_to(3)
    with pytest.raises(ann.FileError, match=f"has more than 3 {limit.partition('_')[0].lower()}s"):
        project_file.read(content, PATH)


def test_the_size_of_a_file_is_limited(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", GOLDEN.stat().st_size)
    open_project(GOLDEN)
    monkeypatch.setattr(files, "LARGEST_FILE", GOLDEN.stat().st_size - 1)
    with pytest.raises(ann.FileError, match="larger than"):
        open_project(GOLDEN)


def bomb(declared):
    """Return an archive whose document unpacks to 64 MiB of zeros and declares another size."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("document.json", bytes(2**26))
        archive.writestr("weights.safetensors", b"")
    return buffer.getvalue().replace((2**26).to_bytes(4, "little"), declared.to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("declared", "message"), [(2**29 + 1, "unpacks to more than 512 MB"), (2**10, "cannot be read")]
)
def test_an_archive_bomb_takes_no_memory(declared, message):
    content = bomb(declared)
    tracemalloc.start()
    with pytest.raises(ann.FileError, match=message):
        project_file.read(content, PATH)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**22
