import json

import pytest

from annsim.data.summary import describe
from annsim.errors import DataError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("age,flat,colour,kind\n1,5,red,x\n,5,blue,y\n5,5,red,x\n")
    return path


def test_columns(path):
    summary = describe(path)
    age, flat, colour, kind = summary.columns
    assert (summary.source, summary.rows) == (str(path), 3)
    assert (age.kind, age.role, age.missing, age.minimum, age.maximum, age.mean) == ("number", "input", 1, 1, 5, 3)
    assert (colour.kind, colour.distinct, colour.values) == ("category", 2, ("blue", "red"))
    assert (kind.role, flat.values) == ("target", ())
    assert summary.classes == {"x": 2, "y": 1}


def test_remarks(path):
    assert describe(path).remarks == (
        "target: 'kind' (last column)",
        "column 'flat' is constant",
        "class 'y' of column 'kind' has one sample only",
    )


def test_targets_can_be_named(path):
    summary = describe(path, targets="age")
    assert summary.columns[0].kind == "category"  # two different numbers, as a target
    assert summary.classes == {"1": 1, "5": 1}
    with pytest.raises(DataError, match=r"a\.csv: there is no column 'agee'"):
        describe(path, targets="agee")


def test_numbers_have_no_classes():
    assert describe("builtin:sine").classes is None
    assert describe("builtin:half_adder").classes is None
    assert describe("builtin:digits").classes["3"] == 183


@pytest.mark.parametrize("source", ["builtin:iris", "builtin:xor"])
def test_json(source):
    summary = describe(source)
    assert json.loads(json.dumps(summary.to_dict()))["columns"][0]["name"] == summary.columns[0].name
