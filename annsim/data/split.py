"""Which rows train and which rows test."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annsim.errors import SettingsError
from annsim.functions.randomness import Purpose, generator

DEFAULT_TEST_SHARE = 0.2
FEWEST_ROWS_FOR_A_TEST = 20
LARGEST_SEED = 2**63 - 1

Rows = NDArray[np.int64]


def split_rows(
    count: int, test_share: float | None, seed: int, classes_of_rows: ArrayLike | None = None
) -> tuple[Rows, Rows]:
    """Split rows at random into training rows and test rows.

    Parameters
    ----------
    count : int
        Number of rows.
    test_share : float or None
        Share of test rows, 0 <= share < 1; None means 0 under 20 rows, else 0.2.
    seed : int
        0 to 2^63 - 1; the split is a function of the arguments alone.
    classes_of_rows : array_like, shape (count,), optional
        The class of each row. Each class then gives its share of test rows (largest remainder method) and keeps at
        least one training row, so that a class of one row only trains.

    Returns
    -------
    train_rows, test_rows : ndarray of int64
        In ascending order. There are round(share * count) test rows where the classes permit, and never all rows.

    Raises
    ------
    SettingsError
        A share or a seed out of range.
    """
    check_seed(seed)
    share = _checked_share(count, test_share)
    classes = np.zeros(count, np.int64) if classes_of_rows is None else np.asarray(classes_of_rows)
    _, class_of_row, sizes = np.unique(classes, return_inverse=True, return_counts=True)
    wanted = _test_counts(sizes, round(share * count))
    shuffled = generator(seed, Purpose.SPLIT).permutation(count)
    grouped = shuffled[np.argsort(class_of_row[shuffled], kind="stable")]
    rank_in_class = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    is_test = np.zeros(count, bool)
    is_test[grouped[rank_in_class < np.repeat(wanted, sizes)]] = True
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def row_classes(columns: Sequence[NDArray[np.generic]]) -> Rows | None:
    """Return the class of each row, shape (rows,), that some category columns make together; None without columns."""
    if not columns:
        return None
    codes = [np.unique(column, return_inverse=True)[1] for column in columns]
    together: Rows = np.unique(np.stack(codes, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    return together


def check_seed(seed: int) -> None:
    """Raise SettingsError unless `seed` is a whole number from 0 to 2^63 - 1."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed <= LARGEST_SEED:
        raise SettingsError(f"seed must be a whole number from 0 to {LARGEST_SEED}, not {seed!r}")


def _checked_share(count: int, share: float | None) -> float:
    if share is None:
        return DEFAULT_TEST_SHARE if count >= FEWEST_ROWS_FOR_A_TEST else 0.0
    if isinstance(share, bool) or not isinstance(share, int | float | np.number) or not 0 <= share < 1:
        raise SettingsError(
            f"test_share must be a number from 0 to below 1, not {share!r}", hint="0.2 tests on every fifth row."
        )
    return float(share)


def _test_counts(sizes: Rows, total: int) -> Rows:
    """Return how many rows of each class test: quotas rounded by the largest remainder, one row of each left over."""
    if not sizes.size:
        return sizes
    most = sizes - 1
    quotas = total * sizes / sizes.sum()
    counts: Rows = np.minimum(quotas.astype(np.int64), most)
    while (left := total - int(counts.sum())) > 0 and (counts < most).any():
        by_remainder = np.argsort(counts - quotas, kind="stable")
        counts[by_remainder[(counts < most)[by_remainder]][:left]] += 1
    return counts
