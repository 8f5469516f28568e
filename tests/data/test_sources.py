import os
import subprocess
import sys

import numpy as np
import pytest

from annsim.data import files
from annsim.data.preparation import Preparation
from annsim.data.sources import data_kinds, load_data, read_source
from annsim.errors import AnnsimError, DataError, FileError, SettingsError


@pytest.fixture
def write(tmp_path):
    def write(text, name="a.csv"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


FLOWERS = "size,kind,colour\n" + "".join(f"{i},{'ab'[i % 2]},{('red', 'blue', 'green')[i % 3]}\n" for i in range(30))


def test_a_file_becomes_a_prepared_dataset(write):
    path = write(FLOWERS)
    dataset = load_data(path)
    assert dataset.source == str(path)
    assert dataset.input_names == ("size", "kind=a", "kind=b")
    assert dataset.target_names == dataset.classes == ("blue", "green", "red")
    assert dataset.is_one_hot
    assert dataset.lines.tolist() == list(range(2, 32))
    assert "target: 'colour' (last column)" in dataset.remarks
    size = np.arange(30.0)
    train = size[dataset.train_rows]
    assert len(train) == 24
    assert dataset.inputs[:, 0] == pytest.approx((size - train.mean()) / train.std())
    assert dataset.targets[dataset.test_rows].sum(axis=0).tolist() == [2, 2, 2]


def test_split_again_fits_the_constants_again(write):
    first = load_data(write(FLOWERS), seed=1)
    second = first.split_again(0.5, 2)
    assert len(second.test_rows) == 15
    assert second.inputs[second.train_rows, 0].mean() == pytest.approx(0)
    assert first.preparation.inputs[0] != second.preparation.inputs[0]
    again = second.split_again(None, 1)
    assert np.array_equal(again.inputs, first.inputs)
    assert np.array_equal(again.test_rows, first.test_rows)
    assert again.preparation == first.preparation


def test_stored_constants_prepare_the_same_numbers(write):
    path = write(FLOWERS)
    dataset = load_data(path)
    stored = Preparation.from_dict(dataset.preparation.to_dict())
    assert np.array_equal(stored.dataset(read_source(path)).inputs, dataset.inputs)
    assert np.array_equal(stored.dataset(read_source(path)).targets, dataset.targets)


@pytest.mark.parametrize("targets", ["kind,size", "kind, size", ["kind", "size"]])
def test_targets_by_name_keep_their_order(write, targets):
    dataset = load_data(write(FLOWERS), targets=targets)
    assert dataset.target_names == ("kind", "size")
    assert dataset.input_names == ("colour=blue", "colour=green", "colour=red")
    assert "targets: 'kind', 'size' (as asked)" in dataset.remarks


def test_a_target_name_may_hold_a_comma(write):
    assert load_data(write('"a,b",c\n1,2\n2,3\n5,4\n'), targets="a,b").target_names == ("a,b",)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("colur", r"a\.csv: there is no column 'colur'.* Did you mean 'colour'"),
        ("size,size", "named once"),
        ([], "named once"),
        ("size,kind,colour", "no input column"),
    ],
)
def test_wrong_targets(write, targets, message):
    with pytest.raises(DataError, match=message):
        load_data(write(FLOWERS), targets=targets)


def test_scaling_none_leaves_inputs_alone(write):
    dataset = load_data(write("a,b\n1,10\n2,20\n3,40\n"), scaling="none")
    assert dataset.inputs.ravel().tolist() == [1, 2, 3]
    assert dataset.preparation.restore(dataset.targets).ravel().tolist() == pytest.approx([10, 20, 40])


GAPS = "age,kind,y\n1,x,1\n,x,2\n3,,3\n5,z,\n9,x,7\n"


def test_missing_values_stop_with_their_counts(write):
    with pytest.raises(DataError, match=r"3 values are missing: column 'age' 1, column 'kind' 1, column 'y' 1.*'drop'"):
        load_data(write(GAPS))


def test_rows_with_missing_values_are_dropped(write):
    dataset = load_data(write(GAPS), missing="drop", scaling="none")
    assert dataset.inputs[:, 0].tolist() == [1, 9]
    assert dataset.lines.tolist() == [2, 6]
    assert "3 rows with missing values dropped" in dataset.remarks


def test_a_missing_target_value_is_never_filled(write):
    with pytest.raises(DataError, match=r"1 value is missing: column 'y' 1.*set the option missing to 'drop'"):
        load_data(write(GAPS), missing="mean")


def test_missing_values_are_filled_and_said(write):
    dataset = load_data(write(GAPS.replace("z,", "z,4")), missing="median", scaling="none")
    assert dataset.inputs[1].tolist() == [4, 1, 0]
    assert dataset.inputs[2].tolist() == [3, 1, 0]
    assert "column 'age': 1 missing value filled with the median 4" in dataset.remarks
    assert "column 'kind': 1 missing value filled with the most frequent value 'x'" not in dataset.remarks
    assert "column 'kind': 1 missing value filled with the most frequent value x" in dataset.remarks


def test_what_deserves_a_look_is_said(write):
    dataset = load_data(write("a,copy,flat,y\n1,x,7,x\n2,y,7,y\n3,x,7,x\n"))
    assert "column 'flat' is constant: becomes 0" in dataset.remarks
    assert "column 'copy' equals the target 'y'" in dataset.remarks
    assert "class 'y' of column 'y' has one sample only" in dataset.remarks
    assert dataset.inputs[:, dataset.input_names.index("flat")].tolist() == [0, 0, 0]


def test_a_class_of_one_sample_trains(write):
    text = "a,y\n" + "".join(f"{i},{'rare' if i == 7 else 'ab'[i % 2]}\n" for i in range(40))
    for seed in range(20):
        assert 7 in load_data(write(text), seed=seed).train_rows


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("xor", "Did you mean builtin:xor"),
        ("a.parquet", r"not a kind of data.*\.csv \.tsv \.xlsx \.npz"),
        ("no\0path.csv", "is not a path"),
        ("missing/a.csv", "no such file.*no folder missing"),
        ("x" * 5000 + ".csv", "cannot be read"),
    ],
)
def test_sources_that_are_none(source, message):
    with pytest.raises(FileError, match=message):
        load_data(source)


def test_the_closest_file_is_named(write):
    path = write("a,b\n1,2\n", "flowers.csv")
    with pytest.raises(FileError, match=r"no such file\. Did you mean 'flowers.csv'"):
        load_data(path.with_name("flower.csv"))


def test_only_regular_files_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "device.csv").symlink_to("/dev/zero")
    for name, message in [("pipe", "regular file"), ("folder", "is a folder"), ("device", "regular file")]:
        with pytest.raises(FileError, match=message):
            load_data(tmp_path / f"{name}.csv")


def test_the_size_of_a_file_is_limited(write, monkeypatch):
    path = write("a,b\n1,2\n")
    monkeypatch.setattr(files, "LARGEST_FILE", 8)
    assert read_source(path).rows == 1
    monkeypatch.setattr(files, "LARGEST_FILE", 7)
    with pytest.raises(FileError, match="larger than"):
        read_source(path)


@pytest.mark.parametrize(
    "setting", [{"scaling": "x"}, {"coding": "x"}, {"missing": "x"}, {"test_share": 1}, {"seed": -1}]
)
def test_wrong_settings(setting):
    with pytest.raises(SettingsError):
        load_data("builtin:xor", **setting)


def test_tables_are_taken_too():
    table = read_source("builtin:iris")
    assert read_source(table) is table
    assert np.array_equal(load_data(table).inputs, load_data("builtin:iris").inputs)


def test_the_kinds_are_listed():
    assert data_kinds() == (".csv", ".tsv", ".xlsx", ".npz")


def test_errors_name_the_file_once(write):
    with pytest.raises(AnnsimError) as caught:
        load_data(write("a,b\n1,2\nx,3\n4,5\n"))
    assert str(caught.value).count("a.csv") == 1


def test_importing_loads_no_large_library():
    code = (
        "import sys, annsim.data.sources, annsim.data.summary;"
        "print({'pandas', 'sklearn', 'openpyxl', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_numbers_of_many_chunks_are_exact(tmp_path):
    rows = np.random.default_rng(1).integers(-(10**6), 10**6, (50_000, 20)) / 1000
    path = tmp_path / "big.csv"
    path.write_text("\n".join([",".join(f"c{i}" for i in range(20)), *(",".join(map(repr, r)) for r in rows.tolist())]))
    table = read_source(path)
    assert np.array_equal(np.stack(list(table.columns.values()), axis=1), rows)


def test_many_columns_are_said_in_one_sentence(write):
    remarks = load_data(write("a,b,c,y\n1,5,x,x\n1,5,y,y\n1,5,z,z\n"), targets="y").remarks
    assert "2 columns are constant: become 0: 'a', 'b'" in remarks
    assert "3 classes of column 'y' have one sample only: 'x', 'y', 'z'" in remarks


def test_a_column_that_is_constant_in_the_training_rows_only(write):
    path = write("a,b,y\n" + "".join(f"{int(i == 7)},{i},{i}\n" for i in range(10)))
    datasets = [load_data(path, test_share=0.5, seed=seed) for seed in range(20)]
    tested = [dataset for dataset in datasets if 7 in dataset.test_rows]
    assert 0 < len(tested) < 20
    for dataset in tested:
        assert "column 'a' is constant in the training rows: becomes 0" in dataset.remarks
        assert not dataset.inputs[:, 0].any()
