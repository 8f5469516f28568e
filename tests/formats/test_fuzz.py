"""Any bytes give a document that can be saved again, or one error of ours that names the file."""

import copy
import io
import json
import random
import zipfile

import pytest

import annsim as ann
from annsim.errors import AnnsimError
from annsim.formats import network_csv, network_json, network_npz, project_file
from annsim.formats.catalogue import open_file
from annsim.network.network import Network
from annsim.project.project import Project
from tests.formats.documents import GOLDEN

ODD = [
    None,
    True,
    0,
    -1,
    1,
    2,
    2**31,
    2**63,
    10**19,
    0.5,
    -0.0,
    1e308,
    "",
    "x",
    "\0",
    "é" * 300,
    [],
    {},
    [[]],
    {"a": 1},
]
PIECES = [b"\0", b"\xff", b'"', b",", b"\n", b"}", b"[", b"1e999", b"NaN", b"-", b"99999999999", b"null", b"\\ud800"]


def project_text():
    return GOLDEN.read_bytes()


def project_archive():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_file, "TEXT_LIMIT", -1)
        return project_file.write(Project(Network.layered([2, 3, 1]), title="ü"), GOLDEN)


def json_bytes():
    return network_json.write(Network.layered([2, 3, 1]))


def npz_bytes():
    return network_npz.write(Network.layered([2, 3, 1]))


def mutant(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0 if place < len(data):
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.randint(1, 40)]
            case 2:
                start = chance.randrange(len(data) + 1)
                data[place:place] = data[start : start + chance.randint(1, 40)]
            case 3:
                data[place:place] = chance.choice(PIECES)
            case _ if chance.random() < 0.2:
                del data[place:]
    return bytes(data)


def mutant_of_member(data, chance):
    """Change a file inside an archive and pack it again, so that no check sum stands before the reader."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as result:
        changed = chance.choice(source.namelist())
        for name in source.namelist():
            change = (mutant_of_json if name.endswith(".json") else mutant) if name == changed else lambda data, _: data
            result.writestr(name, change(source.read(name), chance))
    return buffer.getvalue()


def mutant_of_json(data, chance):
    """Change, remove, add, copy or swap values of a JSON document."""
    document = json.loads(data)
    for _ in range(chance.randint(1, 3)):
        holders = [place for place in containers(document) if place]
        holder = chance.choice(holders)
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = chance.choice(keys)
        match chance.randrange(5):
            case 0:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case 1:
                del holder[key]
            case 2 if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case 2:
                holder[chance.choice(["self", "x", "", "id"])] = holder[key]
            case 3:
                holder[key] = copy.deepcopy(chance.choice(holders))
            case 4:
                other = chance.choice(keys)
                holder[key], holder[other] = holder[other], holder[key]
    return json.dumps(document).encode()


def containers(value):
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from containers(item)


def complaint(path):
    """Open and save what can be opened; return the message of the error, or None."""
    try:
        project = open_file(path)
    except AnnsimError as error:
        return str(error)
    again = project_file.read(project_file.write(project, path), path)
    assert project_file.write(again, path) == project_file.write(project, path)
    return None


def check_mutants(path, mutants):
    complaints = []
    for content in mutants:
        path.write_bytes(content)
        complaints.append(complaint(path))
    messages = [text for text in complaints if text is not None]
    assert messages
    assert [text for text in messages if len(text) >= 500 or "\n" in text or not text.startswith(f"{path}")] == []


WAYS = [
    (project_text, mutant),
    (project_text, mutant_of_json),
    (project_archive, mutant),
    (project_archive, mutant_of_member),
    (json_bytes, mutant),
    (json_bytes, mutant_of_json),
    (npz_bytes, mutant),
    (npz_bytes, mutant_of_member),
]
HOW_MANY = [1000, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]


@pytest.mark.parametrize("count", HOW_MANY)
@pytest.mark.parametrize(("make", "mutate"), WAYS)
def test_mutants(tmp_path, make, mutate, count):
    data, chance = make(), random.Random(count)  # noqa: S311 (no secret)
    check_mutants(tmp_path / "a.bin", (mutate(data, chance) for _ in range(count)))


@pytest.mark.parametrize("count", HOW_MANY)
@pytest.mark.parametrize("table", [0, 1])
def test_mutants_of_tables(tmp_path, table, count):
    tables, chance = network_csv.write(Network.layered([2, 3, 1])), random.Random(count)  # noqa: S311 (no secret)
    path = tmp_path / "a.csv"
    paths = [path, network_csv.neurons_path(path)]
    ann.export(Network.layered([2, 3, 1]), path)

    def mutants():
        for _ in range(count):
            changed = mutant(tables[table], chance)
            paths[1].write_bytes(changed if table else tables[1])
            yield tables[0] if table else changed

    check_mutants(path, mutants())
