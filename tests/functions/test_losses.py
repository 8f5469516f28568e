import math

import numpy as np
import pytest

from annsim.functions.loss import LOSSES

OUTPUT = [0.2, 0.9, -1.5, 3.0]
TARGET = [0.0, 1.0, -1.0, 1.0]
DISTANCE = [0.2, -0.1, -0.5, 2.0]
TERMS = {
    "half_squared_error": [e * e / 2 for e in DISTANCE],
    "mean_squared_error": [e * e for e in DISTANCE],
    "mean_absolute_error": [abs(e) for e in DISTANCE],
    "huber": [0.02, 0.005, 0.125, 1.5],
}
SLOPES = {
    "half_squared_error": DISTANCE,
    "mean_squared_error": [2 * e for e in DISTANCE],
    "mean_absolute_error": [1, -1, -1, 1],
    "huber": [0.2, -0.1, -0.5, 1],
}
FACTORS = {
    "half_squared_error": 1,
    "mean_squared_error": 0.25,
    "binary_cross_entropy": 1,
    "cross_entropy": 1,
    "mean_absolute_error": 0.25,
    "huber": 0.25,
}


@pytest.mark.parametrize("name", TERMS)
def test_terms_and_slopes_of_distances(name):
    o, t = np.array(OUTPUT), np.array(TARGET)
    np.testing.assert_allclose(LOSSES[name].term(o, t), TERMS[name], rtol=1e-14)
    np.testing.assert_allclose(LOSSES[name].derivative(o, t), SLOPES[name], rtol=1e-14)


def test_terms_and_slopes_of_the_logarithms():
    o, t = np.array([0.2, 0.9]), np.array([0.0, 0.75])
    binary, several = LOSSES["binary_cross_entropy"], LOSSES["cross_entropy"]
    entropy = [-math.log(0.8), -(0.75 * math.log(0.9) + 0.25 * math.log(0.1))]
    np.testing.assert_allclose(binary.term(o, t), entropy, rtol=1e-13)
    np.testing.assert_allclose(binary.derivative(o, t), [1 / 0.8, 0.15 / 0.09], rtol=1e-13)
    np.testing.assert_allclose(several.term(o, t), [0, -0.75 * math.log(0.9)], rtol=1e-13)
    np.testing.assert_allclose(several.derivative(o, t), [0, -0.75 / 0.9], rtol=1e-13)


@pytest.mark.parametrize(("name", "factor"), FACTORS.items())
def test_only_averaged_losses_divide_by_the_number_of_outputs(name, factor):
    assert LOSSES[name].factor(4) == factor
    assert LOSSES[name].factor(1) == 1


def test_the_registry_holds_the_table_in_its_order():
    assert list(LOSSES) == list(FACTORS)


def test_slopes_at_the_kinks():
    zero, one = np.zeros(1), np.ones(1)
    assert LOSSES["mean_absolute_error"].derivative(one, one) == 0
    assert LOSSES["huber"].derivative(one, zero) == 1
    assert LOSSES["huber"].term(one, zero) == 0.5


@pytest.mark.parametrize(("dtype", "eps"), [(np.float64, 1e-12), (np.float32, 1e-7)])
@pytest.mark.parametrize("name", ["binary_cross_entropy", "cross_entropy"])
def test_outputs_are_clipped_inside_the_logarithms_and_flat_outside(name, dtype, eps):
    loss, t = LOSSES[name], np.ones(1, dtype)
    low, out, far = (np.array([x], dtype) for x in (eps, eps / 2, -3))
    bottom = -math.log(eps)
    for o in (low, out, far):
        np.testing.assert_allclose(loss.term(o, t), bottom, rtol=1e-6)
    assert loss.derivative(low, t) == pytest.approx(-1 / eps, rel=1e-6)
    assert [loss.derivative(o, t).item() for o in (out, far, np.array([1.5], dtype))] == [0, 0, 0]


@pytest.mark.parametrize("name", LOSSES)
def test_single_precision_stays_single(name):
    o, t = np.array([0.25], np.float32), np.array([1], np.float32)
    assert LOSSES[name].term(o, t).dtype == LOSSES[name].derivative(o, t).dtype == np.float32
