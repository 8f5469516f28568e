"""Where neurons stand, as an array."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from annsim.network.network import Network

Reals = NDArray[np.float64]
FARTHEST = 1e9  # places beyond are taken as this far, so that no sum or square of them overflows


def places_of(network: Network, ids: Iterable[int]) -> Reals:
    """Return where neurons stand, (neuron, 2), in pixels at 100 %, x to the right and y downwards."""
    places: Reals = np.array([network.neuron_values(i).position for i in ids]).reshape(-1, 2)
    return places.clip(-FARTHEST, FARTHEST)
