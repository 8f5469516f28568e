import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.engine.course import Record
from annsim.training.history import COLUMNS, ROWS_IN_FILE, ROWS_IN_MEMORY, History


def epochs_kept(history):
    return history["epoch"].astype(int).tolist()


def filled(count, limit=ROWS_IN_MEMORY):
    history = History(limit)
    for epoch in range(count):
        history.add(Record(epoch, 1 / (epoch + 1), None, None))
    return history


@given(st.integers(2, 12), st.integers(1, 300))
def test_a_full_history_keeps_every_second_row_first_and_last(limit, count):
    kept = epochs_kept(filled(count, limit))
    steps = set(np.diff(kept[:-1]).tolist())
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert len(kept) <= limit
    assert len(steps) <= 1
    assert all(step & (step - 1) == 0 for step in steps)
    assert kept == sorted(set(kept))


def test_nothing_goes_before_the_limit_is_reached():
    assert epochs_kept(filled(8, limit=8)) == list(range(8))
    assert epochs_kept(filled(9, limit=8)) == [0, 2, 4, 6, 8]


@given(st.integers(2, 20), st.integers(1, 200))
def test_a_thinned_history_is_evenly_chosen(limit, count):
    kept = epochs_kept(filled(count).thinned(limit))
    assert len(kept) == min(limit, count)
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert np.ptp(np.diff(kept)) <= 1 if len(kept) > 1 else kept == [0]


def test_the_limits_of_the_contract():
    assert (ROWS_IN_MEMORY, ROWS_IN_FILE) == (100_000, 2_000)


def test_columns_show_nan_where_a_value_does_not_apply():
    history = History.of([Record(0, 0.5, None, None), Record(3, 0.25, 0.75, 1.0)])
    columns = {name: history[name].tolist() for name in history.keys()}  # noqa: SIM118, a history is no dict
    np.testing.assert_equal(
        columns,
        {
            "epoch": [0, 3],
            "training_loss": [0.5, 0.25],
            "test_loss": [np.nan, 0.75],
            "accuracy": [np.nan, 1],
        },
    )
    assert tuple(columns) == COLUMNS
    assert (len(history), history.last.epoch) == (2, 3)


def test_there_is_no_other_column():
    with pytest.raises(KeyError):
        filled(1)["loss"]
