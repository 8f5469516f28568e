import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.data.split import split_rows
from annsim.errors import SettingsError

shares = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 200), shares, st.integers(0, 2**63 - 1))
def test_every_row_is_in_one_part_and_the_count_is_the_rounded_share(count, share, seed):
    train, test = split_rows(count, share, seed)
    assert sorted([*train, *test]) == list(range(count))
    assert len(test) == min(round(share * count), count - 1)
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()


@given(st.lists(st.integers(0, 4), min_size=1, max_size=100), shares, st.integers(0, 9))
def test_classes_give_their_share_and_keep_a_training_row(classes, share, seed):
    classes = np.array(classes)
    train, test = split_rows(len(classes), share, seed, classes)
    total = round(share * len(classes))
    sizes = np.bincount(classes)
    assert set(classes[train]) == set(classes)
    assert len(test) == min(total, len(classes) - np.count_nonzero(sizes))
    if (np.ceil(total * sizes / len(classes)) < sizes).all():
        assert (np.abs(np.bincount(classes[test], minlength=len(sizes)) - total * sizes / len(classes)) < 1).all()


def test_largest_remainders_get_the_odd_rows():
    classes = np.repeat([0, 1, 2], [50, 30, 20])
    _, test = split_rows(100, 0.11, 1, classes)  # quotas 5.5, 3.3, 2.2
    assert np.bincount(classes[test]).tolist() == [6, 3, 2]


def test_the_seed_decides():
    assert np.array_equal(split_rows(50, 0.3, 7)[1], split_rows(50, 0.3, 7)[1])
    assert not np.array_equal(split_rows(50, 0.3, 7)[1], split_rows(50, 0.3, 8)[1])


@pytest.mark.parametrize(("count", "tests"), [(1, 0), (19, 0), (20, 4), (150, 30)])
def test_default_share(count, tests):
    assert len(split_rows(count, None, 1)[1]) == tests


@pytest.mark.parametrize("share", [-0.1, 1, 1.5, float("nan"), "a", True])
def test_wrong_share_is_named(share):
    with pytest.raises(SettingsError, match=r"test_share must be .*not " + repr(share)):
        split_rows(10, share, 1)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, True])
def test_wrong_seed_is_named(seed):
    with pytest.raises(SettingsError, match="seed must be"):
        split_rows(10, 0.5, seed)
