"""Where chance comes from: every random number is a function of a seed and a purpose.

Row orders and the weights of arrows drawn by hand come from SplitMix64 (Steele, Lea and Flood, "Fast splittable
pseudorandom number generators", OOPSLA 2014), which is a few lines in any engine; everything else from NumPy.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)


class Purpose(IntEnum):
    """What random numbers are drawn for; each purpose has a stream of its own."""

    INITIAL_WEIGHTS = 0
    SPLIT = 1
    GENERATED_DATA = 2
    AUGMENTATION = 3


def generator(seed: int, purpose: Purpose) -> np.random.Generator:
    """Return the stream of random numbers of one purpose."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, int(purpose)])))


def mix(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return SplitMix64's output for each state (all arithmetic modulo 2^64)."""
    z = (state ^ (state >> np.uint64(30))) * MIX_1
    z = (z ^ (z >> np.uint64(27))) * MIX_2
    return z ^ (z >> np.uint64(31))


def stream(seed: int, index: int, count: int) -> NDArray[np.uint64]:
    """Return `count` numbers of 64 random bits, a function of (seed, index) alone.

    The stream starts at mix(mix(seed) + index), so that streams of neighbouring indices do not overlap.
    """
    start = mix(mix(np.array([seed], np.uint64)) + np.uint64(index))
    return mix(start + GAMMA * np.arange(1, count + 1, dtype=np.uint64))


def row_order(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    """Return the order in which an epoch visits `count` rows: a Fisher-Yates shuffle, shape (count,).

    For i = count - 1 ... 1 the element i changes places with j = floor(random32 * (i + 1) / 2^32).
    """
    order = list(range(count))
    high = stream(seed, epoch, max(0, count - 1)) >> np.uint64(32)
    places = (high * np.arange(count, 1, -1).astype(np.uint64)) >> np.uint64(32)
    for i, j in zip(range(count - 1, 0, -1), places.tolist(), strict=True):
        order[i], order[j] = order[j], order[i]
    return np.array(order, np.int64)


def drawn_weights(seed: int, ids: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the weight uniform(-1, 1) that a connection drawn without one gets: a function of (seed, id) alone."""
    bits = mix(mix(mix(np.array([seed], np.uint64)) + ids.astype(np.uint64)) + GAMMA)
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0
