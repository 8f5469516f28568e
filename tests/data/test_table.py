import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.data.table import Table, unique_names
from annsim.errors import DataError


@given(st.lists(st.sampled_from(["a", "b", "a 2", "a 3", "", " a ", "column 1"])))
def test_names_become_unique_and_the_first_keeps_its_own(names):
    result = unique_names(names)
    assert len(set(result)) == len(names)
    assert all(result)
    for name in {" ".join(name.split()) for name in names} - {""}:
        assert name in result


def test_many_equal_names_take_no_time():
    assert unique_names(["a"] * 100_000)[-1] == "a 100000"


def test_columns_of_one_length_are_needed():
    with pytest.raises(DataError, match="column 'b' has shape"):
        Table({"a": np.zeros(2), "b": np.zeros(3)})
    with pytest.raises(DataError, match="0 columns"):
        Table({})


def test_rows_are_taken_with_their_lines():
    table = Table({"a": np.array([1.0, 2, 3])}, lines=np.array([2, 4, 9])).take(np.array([2, 0]))
    assert table.columns["a"].tolist() == [3, 1]
    assert table.place(0, "a") == "line 9, column 'a'"
