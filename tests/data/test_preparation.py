import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.data.columns import CategoryColumn, NumberColumn
from annsim.data.fitting import fit_preparation
from annsim.data.preparation import Preparation
from annsim.data.table import Table
from annsim.errors import DataError, SettingsError

nan = float("nan")


def table(**columns):
    return Table(
        {
            name: np.array(values, object if any(isinstance(value, str) for value in values) else np.float64)
            for name, values in columns.items()
        }
    )


FLOWERS = table(size=[1, 2, 3, 6], colour=["red", "blue", "red", "green"], flat=[7, 7, 7, 7], kind=["b", "a", "c", "a"])


def test_columns_of_numbers_and_categories():
    preparation = fit_preparation(FLOWERS, ["kind"])
    assert preparation.input_names == ("size", "colour=blue", "colour=green", "colour=red", "flat")
    assert preparation.target_names == preparation.classes == ("a", "b", "c")
    sd = np.std([1, 2, 3, 6])
    assert preparation.prepare(FLOWERS).tolist() == [
        [(1 - 3) / sd, 0, 0, 1, 0],
        [(2 - 3) / sd, 1, 0, 0, 0],
        [0, 0, 0, 1, 0],
        [(6 - 3) / sd, 0, 1, 0, 0],
    ]
    assert preparation.prepare_targets(FLOWERS).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1], [1, 0, 0]]


def test_minmax():
    raw = table(a=[2, 4, 6], b=[0, 5, 9])
    assert fit_preparation(raw, ["b"], scaling="minmax").prepare(raw).ravel().tolist() == [0, 0.5, 1]


@pytest.mark.parametrize(("missing", "fill"), [("mean", 3), ("median", 2)])
def test_constants_come_from_the_training_rows_only(missing, fill):
    raw = table(a=[1, 2, 6, 1e9, nan], b=[1, 5, 9, -1e9, 3])
    preparation = fit_preparation(raw, ["b"], missing=missing, train_rows=np.array([0, 1, 2]))
    assert preparation.inputs == (NumberColumn("a", 3.0, float(np.std([1, 2, 6])), float(fill)),)
    assert preparation.targets == (NumberColumn("b", 5.0, float(np.std([1, 5, 9]))),)
    assert preparation.prepare(raw)[4, 0] == (fill - 3) / np.std([1, 2, 6])


def test_a_missing_category_becomes_the_most_frequent_one():
    raw = Table({"a": np.array(["x", "y", "y", None], object), "b": np.arange(4.0)})
    assert fit_preparation(raw, ["b"], missing="mean").prepare(raw).tolist() == [[1, 0], [0, 1], [0, 1], [0, 1]]


@pytest.mark.parametrize(
    ("values", "coding", "prepared", "classes"),
    [
        (["no", "yes"], "0/1", [[0], [1]], ("no", "yes")),
        (["no", "yes"], "-1/1", [[-1], [1]], ("no", "yes")),
        (["no", "yes"], "one-hot", [[1, 0], [0, 1]], ("no", "yes")),
        ([10, 2], "0/1", [[1], [0]], ("2", "10")),
        ([0.5, -1], "-1/1", [[1], [-1]], ("-1", "0.5")),
        ([3, 3], "0/1", [[0], [0]], None),
        (["10", "2"], "0/1", [[0], [1]], ("10", "2")),
    ],
)
def test_codings_of_a_two_valued_target(values, coding, prepared, classes):
    raw = table(a=[0, 1], t=values)
    preparation = fit_preparation(raw, ["t"], coding=coding)
    assert preparation.prepare_targets(raw).tolist() == prepared
    assert preparation.classes == classes
    assert preparation.target_names == (classes if coding == "one-hot" else ("t",))


@pytest.mark.parametrize("scaling", ["none", "standard", "minmax"])
def test_numeric_targets_are_standardised_whatever_the_scaling_of_the_inputs(scaling):
    raw = table(a=[1, 2, 3], t=[10, 20, 60])
    targets = fit_preparation(raw, ["t"], scaling=scaling).prepare_targets(raw)
    assert (targets.mean(), targets.std()) == pytest.approx((0, 1))


def test_one_hot_is_for_the_only_target():
    raw = table(a=[0, 1], s=[0, 1], t=["x", "y"])
    with pytest.raises(DataError, match="not the only target"):
        fit_preparation(raw, ["s", "t"], coding="one-hot")


@pytest.mark.parametrize("setting", ["scaling", "coding", "missing"])
def test_unknown_settings_are_named(setting):
    with pytest.raises(SettingsError, match=f"{setting}: cannot be 'standart'"):
        fit_preparation(FLOWERS, ["kind"], **{setting: "standart"})


def test_columns_are_found_by_name_then_by_position():
    preparation = fit_preparation(table(a=[1, 2, 3], t=[0, 1, 0], b=[4, 5, 7]), ["t"], scaling="none")
    wanted = [[8, 9]]
    assert preparation.prepare(table(z=[0], b=[9], a=[8])).tolist() == wanted
    assert preparation.prepare(table(p=[8], q=[9])).tolist() == wanted
    assert preparation.prepare(table(p=[8], q=[1], r=[9])).tolist() == wanted
    assert preparation.prepare({"b": [9], "a": [8]}).tolist() == wanted
    assert preparation.prepare([[8, 9]]).tolist() == wanted
    assert preparation.prepare(np.array([[8, 1, 9]])).tolist() == wanted
    with pytest.raises(DataError, match="there are 4 columns, but the network was made for 2 or 3 with the targets"):
        preparation.prepare([[1, 2, 3, 4]])


def test_rows_of_mixed_values_can_be_given():
    preparation = fit_preparation(FLOWERS, ["kind"], scaling="none")
    assert preparation.prepare([[1, "red", 7], [2, "blue", 7]]).tolist() == [[1, 0, 0, 1, 7], [2, 1, 0, 0, 7]]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ([["x", "red", 7]], "row 0, column 'column 1': 'x' is not a number"),
        ([[1, "rad", 7]], "row 0, column 'column 2': 'rad' is none of the known values. Did you mean 'red'"),
        ([[1, 2.5, 7]], "column 2': '2.5' is none of the known values"),
        ([[1, None, 7]], "column 2': the value is missing"),
        ([[nan, "red", 7]], "column 1': the value is missing"),
        ([[1, "red"], [2]], r"shape \(2,\)"),
        ([1, 2], r"shape \(2,\)"),
        ([[1, "red", []]], "holds list"),
        ({"size": [1], "colour": ["red"], "flat": [1, 2]}, "shape"),
        ([[np.inf, "red", 7]], "infinite"),
    ],
)
def test_what_does_not_fit_is_named(raw, message):
    with pytest.raises(DataError, match=message):
        fit_preparation(FLOWERS, ["kind"]).prepare(raw)


def test_places_name_the_file_and_the_line():
    raw = Table({"a": np.array(["x", "z"], object), "b": np.zeros(2)}, lines=np.array([5, 1042]), source="f.csv")
    preparation = fit_preparation(table(a=["x", "y"], b=[1, 2]), ["b"])
    with pytest.raises(DataError, match=r"^f\.csv: line 1,042, column 'a': 'z' is none"):
        preparation.prepare(raw)


def test_a_dataset_of_new_rows():
    preparation = fit_preparation(FLOWERS, ["kind"])
    dataset = preparation.dataset(FLOWERS.take(np.array([1, 0])))
    assert dataset.targets.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert dataset.train_rows.tolist() == [0, 1]
    assert dataset.preparation is preparation
    without = preparation.dataset(table(size=[1], colour=["red"], flat=[7]))
    assert without.targets is without.classes is None


def test_half_of_the_targets_is_no_target():
    preparation = fit_preparation(table(a=[1, 2, 3], s=[1, 2, 3], t=[1, 2, 4]), ["s", "t"])
    with pytest.raises(DataError, match="target column 't' is missing"):
        preparation.dataset(table(a=[1], s=[2]))


numbers = st.lists(st.floats(-1e150, 1e150), min_size=3, max_size=20, unique=True)


@given(numbers, st.sampled_from(["none", "standard", "minmax"]))
def test_restore_is_the_inverse_of_prepare(values, scaling):
    raw = table(a=np.arange(len(values)), t=values)
    preparation = fit_preparation(raw, ["t"], scaling=scaling)
    restored = preparation.restore(preparation.prepare_targets(raw)).ravel()
    assert restored == pytest.approx(np.array(values), rel=1e-9, abs=1e-9 * np.abs(values).max() + 1e-300)


def test_restore_leaves_categories_alone():
    raw = table(a=[1, 2, 3], k=["x", "y", "z"], t=[10, 20, 60])
    outputs = fit_preparation(raw, ["k", "t"]).restore([[0.1, 0.2, 0.7, 0]])
    assert outputs.tolist() == [[0.1, 0.2, 0.7, 30]]
    with pytest.raises(DataError, match="4 target columns"):
        fit_preparation(raw, ["k", "t"]).restore([[1, 2]])


floats = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(min_size=1)
columns = st.one_of(
    st.builds(NumberColumn, texts, floats, st.floats(0, 1e300)),
    st.builds(
        lambda name, values: CategoryColumn(name, tuple(sorted(values))),
        texts,
        st.one_of(st.sets(texts, min_size=1), st.sets(floats, min_size=1)),
    ),
)


@given(st.lists(columns, min_size=1, max_size=5, unique_by=lambda column: column.name), st.integers(1, 5))
def test_stored_constants_come_back_the_same(columns, inputs):
    order = tuple(sorted(column.name for column in columns))
    preparation = Preparation(tuple(columns[:inputs]), tuple(columns[inputs:]), order)
    assert Preparation.from_dict(json.loads(json.dumps(preparation.to_dict()))) == preparation


STORED = fit_preparation(FLOWERS, ["kind"]).to_dict()
NUMBER, CATEGORY = STORED["inputs"][:2]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (NUMBER | {"offset": nan}, "finite"),
        (NUMBER | {"scale": -1.0}, "finite"),
        (NUMBER | {"scale": True}, "finite"),
        (NUMBER | {"offset": "1"}, "finite"),
        (NUMBER | {"offset": 10**400}, "finite"),
        (NUMBER | {"name": ""}, "name"),
        (NUMBER | {"name": 5}, "name"),
        (NUMBER | {"fill": 1.0}, "does not fit the rule"),
        (NUMBER | {"fill": "x"}, "finite"),
        (NUMBER | {"more": 1}, "must have"),
        (NUMBER | {"kind": "date"}, "kind"),
        (NUMBER | {"kind": []}, "kind"),
        (CATEGORY | {"values": []}, "needs values"),
        (CATEGORY | {"values": "abc"}, "list"),
        (CATEGORY | {"values": ["b", "a"]}, "ascending"),
        (CATEGORY | {"values": ["a", "a"]}, "ascending"),
        (CATEGORY | {"values": ["a", 1]}, "all numbers or all texts"),
        (CATEGORY | {"values": [1.0, nan]}, "all numbers"),
        (CATEGORY | {"values": [["a"]]}, "all numbers"),
        (CATEGORY | {"coding": "two-hot"}, "coding"),
        (CATEGORY | {"coding": ["one-hot"]}, "coding"),
        (CATEGORY | {"coding": "0/1"}, "too many"),
        (CATEGORY | {"fill": "x"}, "does not have"),
        (CATEGORY | {"fill": []}, "does not have"),
        ("size", "object"),
    ],
)
def test_stored_columns_are_checked(column, message):
    place = 1 if "values" in column else 0
    inputs = [column if place == index else stored for index, stored in enumerate(STORED["inputs"])]
    with pytest.raises(DataError, match=message):
        Preparation.from_dict(STORED | {"inputs": inputs})


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": []},
        {"order": ["size"]},
        {"order": "size"},
        {"order": [1, 2, 3, 4]},
        {"missing": "guess"},
        {"more": 1},
        {"missing": []},
    ],
)
def test_stored_preparations_are_checked(change):
    with pytest.raises(DataError):
        Preparation.from_dict(STORED | change)


def test_extreme_numbers_are_scaled_or_refused():
    raw = table(a=[-1e200, 0, 1e200], t=[1, 2, 3])
    assert np.abs(fit_preparation(raw, ["t"]).prepare(raw)).max() == pytest.approx(np.sqrt(1.5))
    wide = table(a=[-1.7e308, 0, 1.7e308], t=[1, 2, 3])
    with pytest.raises(DataError, match="cannot be scaled"):
        fit_preparation(wide, ["t"], scaling="minmax")


def test_too_many_categories_are_refused(monkeypatch):
    monkeypatch.setattr("annsim.data.columns.MOST_ONE_HOT_NUMBERS", 11)
    with pytest.raises(DataError, match="column 'colour' has 3 different values, too many"):
        fit_preparation(FLOWERS, ["kind"]).prepare(FLOWERS)
