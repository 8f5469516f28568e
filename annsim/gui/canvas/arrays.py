"""The arrays of the canvas by their names."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]
Truths = NDArray[np.bool_]
