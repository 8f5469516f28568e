"""Any bytes give a table or one error of ours."""

import io
import random
import warnings
import zipfile

import numpy as np
import openpyxl
import pytest

from annsim.data.sources import load_data
from annsim.data.summary import describe
from annsim.errors import AnnsimError

MUTANTS = 300


def csv_bytes():
    rows = [f'{i},{i / 3:.3f},"{"red" if i % 2 else "blue"}",{i % 3}' for i in range(12)]
    return "\n".join(["id,size,colour,class", *rows]).encode()


def npz_bytes():
    buffer = io.BytesIO()
    np.savez(buffer, inputs=np.arange(12.0).reshape(6, 2), targets=np.arange(6.0), input_names=["a", "b"])
    return buffer.getvalue()


def xlsx_bytes():
    book = openpyxl.Workbook()
    for row in [["a", "b", "c"], [1, 2.5, "x"], [2, 3.5, "y"], [3, 4.5, "x"]]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def mutant(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[place : place + chance.randint(1, 30)]
            case 2:
                start = chance.randrange(len(data) + 1)
                data[place:place] = data[start : start + chance.randint(1, 30)]
            case 3:
                data[place:place] = chance.choice(
                    [b"\n", b'"', b",", b";", b"\0", b"1e999", b"-", b"99999999999", b"\xff"]
                )
    return bytes(data)


def mutant_of_member(data, chance):
    """Change a file inside a zip archive and pack it again, so that no check sum stands before the reader."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as result:
        changed = chance.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            result.writestr(name, mutant(content, chance) if name == changed else content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("ending", "make", "mutate"),
    [
        ("csv", csv_bytes, mutant),
        ("tsv", csv_bytes, mutant),
        ("npz", npz_bytes, mutant),
        ("npz", npz_bytes, mutant_of_member),
        ("xlsx", xlsx_bytes, mutant),
        ("xlsx", xlsx_bytes, mutant_of_member),
    ],
)
def test_mutants(tmp_path, ending, make, mutate):
    path, data, chance = tmp_path / f"a.{ending}", make(), random.Random(1)  # noqa: S311 (no secret)
    messages = []
    for _ in range(MUTANTS):
        path.write_bytes(mutate(data, chance))
        try:
            with warnings.catch_warnings(action="error"):
                load_data(path, missing="drop")
                describe(path)
        except AnnsimError as error:
            messages.append(str(error))
    assert messages
    assert [message for message in messages if len(message) >= 500 or not message.startswith(str(path))] == []
