import io
import os
import pickle
import zipfile

import numpy as np
import pytest

from annsim.data import files
from annsim.data.sources import load_data, read_source
from annsim.errors import AnnsimError, DataError, FileError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.npz"


def test_arrays_become_columns(path):
    np.savez(path, inputs=np.array([[1, 2], [3, 4]]), targets=np.array([0.5, 0.25]), input_names=np.array(["a", "b"]))
    table = read_source(path)
    assert {name: column.tolist() for name, column in table.columns.items()} == {
        "a": [1, 3],
        "b": [2, 4],
        "y1": [0.5, 0.25],
    }
    assert table.marked_targets == ("y1",)
    assert table.lines is None


def test_names_of_inputs_and_targets_may_meet(path):
    np.savez_compressed(path, inputs=[[1.0]], targets=[[2.0]], input_names=["a"], target_names=["a"])
    assert read_source(path).marked_targets == ("a 2",)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"targets": [[1]]}, "no array 'inputs'"),
        ({"inputs": [1, 2]}, r"'inputs' has shape \(2,\)"),
        ({"inputs": [[1], [2]], "targets": [[1]]}, "2 rows, but targets has 1"),
        ({"inputs": np.empty((0, 2))}, "no rows"),
        ({"inputs": [["a"]]}, "holds texts"),
        ({"inputs": [[1j]]}, "holds complex128"),
        ({"inputs": [[np.inf]]}, "row 0, column 'x1': the number is infinite"),
        ({"inputs": [[1]], "input_names": ["a", "b"]}, "must hold 1 texts"),
        ({"inputs": [[1]], "weights": [[1]]}, "array 'weights' is not expected"),
        ({"inputs": np.array([[print]], object)}, "'inputs': it holds Python objects"),
    ],
)
def test_wrong_arrays_are_named(path, arrays, message):
    np.savez(path, **arrays)
    with pytest.raises(DataError, match=message):
        read_source(path)


def npy(shape, dtype="<f8", data=b""):
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": dtype, "fortran_order": False, "shape": shape})
    return buffer.getvalue() + data


@pytest.mark.parametrize("shape", [(10**9, 10**9), (2**62, 4), (3, 1)])
def test_a_claimed_size_takes_no_memory(path, shape):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inputs.npy", npy(shape, data=bytes(16)))
    with pytest.raises(AnnsimError, match="claims shape"):
        read_source(path)


def test_unpacked_size_is_limited(path, monkeypatch):
    np.savez_compressed(path, inputs=np.zeros((1000, 1)))
    unpacked = zipfile.ZipFile(path).infolist()[0].file_size
    monkeypatch.setattr(files, "LARGEST_FILE", unpacked)
    assert read_source(path).rows == 1000
    monkeypatch.setattr(files, "LARGEST_FILE", unpacked - 1)
    with pytest.raises(FileError, match="unpacks to more"):
        read_source(path)


def test_nothing_is_unpickled(path, tmp_path):
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "ran"),)

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inputs.npy", npy((1, 1), "|O", pickle.dumps(Bomb())))
    with pytest.raises(DataError, match="Python objects"):
        read_source(path)
    assert not (tmp_path / "ran").exists()


def test_missing_values_are_nan(path):
    np.savez(path, inputs=[[1.0], [np.nan], [3.0]], targets=[[1.0], [2.0], [3.0]])
    assert load_data(path, missing="mean", scaling="none").inputs.ravel().tolist() == [1, 2, 3]
