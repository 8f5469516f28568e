from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annsim.functions.randomness import GAMMA, mix, row_order, stream

seeds, epochs = st.integers(0, 2**63 - 1), st.integers(0, 10**9)


def test_the_published_outputs_of_splitmix64_for_seed_0():
    found = mix(GAMMA * np.arange(1, 4, dtype=np.uint64))
    assert [int(x) for x in found] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


# computed with SplitMix64 in plain Python integers
ROW_ORDERS = {
    (1, 0): [3, 6, 5, 4, 7, 1, 0, 2],
    (1, 1): [6, 0, 5, 1, 7, 4, 3, 2],
    (2, 0): [6, 4, 5, 7, 0, 2, 1, 3],
    (2**63 - 1, 10**9): [0, 3, 4, 1, 2],
}


@pytest.mark.parametrize(("key", "order"), ROW_ORDERS.items())
def test_the_first_row_orders(key, order):
    assert row_order(*key, len(order)).tolist() == order


def plain_mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)


@given(seeds, epochs, st.integers(0, 40))
def test_a_row_order_is_the_plain_fisher_yates_shuffle(seed, epoch, count):
    start, order = plain_mix((plain_mix(seed) + epoch) % 2**64), list(range(count))
    for draw, i in enumerate(range(count - 1, 0, -1), 1):
        j = (plain_mix((start + draw * int(GAMMA)) % 2**64) >> 32) * (i + 1) >> 32
        order[i], order[j] = order[j], order[i]
    assert row_order(seed, epoch, count).tolist() == order


@given(seeds, epochs, st.integers(0, 20), st.integers(0, 20))
def test_a_longer_stream_begins_with_the_shorter_one(seed, index, count, more):
    assert stream(seed, index, count + more)[:count].tolist() == stream(seed, index, count).tolist()


def test_all_orders_of_four_rows_are_about_equally_frequent():
    counts = Counter(tuple(row_order(1, epoch, 4).tolist()) for epoch in range(4_800))
    assert len(counts) == 24
    assert sum((count - 200) ** 2 / 200 for count in counts.values()) < 49.7  # chi square, 23 degrees, p = 0.001
