import numpy as np
import pytest

from annsim.functions.output import OUTPUTS

A = [-2.0, -1.0, -0.5, 0.0, 0.4999999999999999, 0.5, 1.0, 1.0000000000000002, 3.0]
VALUES = {
    "identity": A,
    "clip01": [0, 0, 0, 0, 0.4999999999999999, 0.5, 1, 1, 1],
    "clip11": [-1, -1, -0.5, 0, 0.4999999999999999, 0.5, 1, 1, 1],
    "binary": [0, 0, 0, 0, 0, 1, 1, 1, 1],
}
DERIVATIVES = {
    "identity": [1, 1, 1, 1, 1, 1, 1, 1, 1],
    "clip01": [0, 0, 0, 1, 1, 1, 1, 0, 0],
    "clip11": [0, 1, 1, 1, 1, 1, 1, 0, 0],
    "binary": [1, 1, 1, 1, 1, 1, 1, 1, 1],
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_values_and_derivatives_edges_included(name):
    a = np.array(A)
    assert OUTPUTS[name].value(a).tolist() == VALUES[name]
    assert OUTPUTS[name].derivative(a).tolist() == DERIVATIVES[name]


@pytest.mark.parametrize("name", OUTPUTS)
def test_single_precision_stays_single(name):
    a = np.array(A, np.float32)
    assert OUTPUTS[name].value(a).dtype == OUTPUTS[name].derivative(a).dtype == np.float32


@pytest.mark.parametrize("name", OUTPUTS)
def test_values_lie_within_the_bounds_of_the_entry_and_share_nothing(name):
    a = np.array([-1e308, *A, 1e308])
    o = OUTPUTS[name].value(a)
    assert OUTPUTS[name].low <= o.min() <= o.max() <= OUTPUTS[name].high
    assert not np.shares_memory(a, o)
