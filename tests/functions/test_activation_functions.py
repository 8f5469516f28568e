import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from annsim.functions.activation import ACTIVATIONS, log_sum_exp, softmax_jacobian_product
from annsim.functions.registry import Registry
from annsim.functions.step_gradient import STEP_GRADIENTS

ELEMENTWISE = [name for name, function in ACTIVATIONS.items() if not function.joint]
EXTREMES = [sign * size for size in (1e-308, 1e-8, 40.0, 710.0, 1e154, 1e308) for sign in (1, -1)]
GRID = [n / 8 for n in range(-160, 161)]


def sigma(u):
    return 1 / (1 + (-u).exp())


def normal_cumulative(u):
    """Phi by its Taylor series (Abramowitz and Stegun 26.2.10), exact in 60 digits for abs u <= 20."""
    term, total, n = u, u, 0
    while abs(term) > Decimal("1e-60"):
        n += 1
        term *= -u * u / (2 * n)
        total += term / (2 * n + 1)
    return Decimal("0.5") + total / (2 * PI).sqrt()


def sine(u):
    term, total, n = u, u, 1
    while abs(term) > Decimal("1e-60"):
        term *= -u * u / ((n + 1) * (n + 2))
        total, n = total + term, n + 2
    return total


PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")
EXACT = {
    "step": lambda u: Decimal(int(u > 0)),
    "sigmoid": sigma,
    "relu": lambda u: (u + abs(u)) / 2,
    "tanh": lambda u: 2 * sigma(2 * u) - 1,
    "linear": lambda u: u,
    "leaky_relu": lambda u: max(u, u / 100),
    "elu": lambda u: u if u > 0 else u.exp() - 1,
    "softplus": lambda u: (1 + u.exp()).ln(),
    "silu": lambda u: u * sigma(u),
    "gelu": lambda u: u * normal_cumulative(u),
    "softsign": lambda u: u / (1 + abs(u)),
    "sine": sine,
    "gaussian": lambda u: (-u * u).exp(),
}
DERIVATIVE = {
    "step": lambda u: Decimal(0),
    "sigmoid": lambda u: sigma(u) * sigma(-u),
    "relu": lambda u: Decimal(int(u > 0)),
    "tanh": lambda u: 4 * sigma(2 * u) * sigma(-2 * u),
    "linear": lambda u: Decimal(1),
    "leaky_relu": lambda u: Decimal("1" if u > 0 else "0.01"),
    "elu": lambda u: min(u, Decimal(0)).exp(),
    "softplus": sigma,
    "silu": lambda u: sigma(u) + u * sigma(u) * sigma(-u),
    "gelu": lambda u: normal_cumulative(u) + u * (-u * u / 2).exp() / (2 * PI).sqrt(),
    "softsign": lambda u: (1 + abs(u)) ** -2,
    "sine": lambda u: sine(PI / 2 - u),
    "gaussian": lambda u: -2 * u * (-u * u).exp(),
}


def in_many_digits(function, points):
    with localcontext() as context:
        context.prec = 200
        return np.array([float(function(Decimal(u))) for u in points])


def value_and_derivative(name, u):
    function = ACTIVATIONS[name]
    a = function.value(u)
    return a, function.derivative(u, a)


def test_the_registry_holds_the_table_in_its_order():
    assert " ".join(ACTIVATIONS) == (
        "step sigmoid relu tanh linear leaky_relu elu softplus silu gelu softsign sine gaussian softmax"
    )


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_values_and_derivatives_are_those_of_the_formulas_in_200_digits(name):
    a, derivative = value_and_derivative(name, np.array(GRID))
    np.testing.assert_allclose(a, in_many_digits(EXACT[name], GRID), rtol=2e-14, atol=5e-16)
    np.testing.assert_allclose(derivative, in_many_digits(DERIVATIVE[name], GRID), rtol=2e-14, atol=5e-16)


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if name != "step"])
def test_derivatives_agree_with_central_differences_away_from_kinks(name):
    u, h = np.array([u for u in np.arange(-6, 6, 0.17) if abs(u) > 1e-3]), 1e-5
    slope = (ACTIVATIONS[name].value(u + h) - ACTIVATIONS[name].value(u - h)) / (2 * h)
    np.testing.assert_allclose(value_and_derivative(name, u)[1], slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_everything_is_finite_without_warnings_for_every_finite_u(name, dtype):
    with np.errstate(over="ignore", under="ignore"):
        u = np.array(EXTREMES).astype(dtype)
    u = u[np.isfinite(u)]
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        results = value_and_derivative(name, u)
    assert [r.dtype for r in results] == [dtype, dtype]
    assert np.isfinite(results).all()
    assert ((results[0] >= ACTIVATIONS[name].low) & (results[0] <= ACTIVATIONS[name].high)).all()


FAR_LEFT_AND_RIGHT = {  # a and its derivative at -1e308 and at 1e308
    "step": ((0, 0), (1, 0)),
    "sigmoid": ((0, 0), (1, 0)),
    "relu": ((0, 0), (1e308, 1)),
    "tanh": ((-1, 0), (1, 0)),
    "linear": ((-1e308, 1), (1e308, 1)),
    "leaky_relu": ((-1e306, 0.01), (1e308, 1)),
    "elu": ((-1, 0), (1e308, 1)),
    "softplus": ((0, 0), (1e308, 1)),
    "silu": ((0, 0), (1e308, 1)),
    "gelu": ((0, 0), (1e308, 1)),
    "softsign": ((-1, 0), (1, 0)),
    "gaussian": ((0, 0), (0, 0)),
}


@pytest.mark.parametrize(("name", "ends"), FAR_LEFT_AND_RIGHT.items())
def test_limits_far_out(name, ends):
    found = np.transpose(value_and_derivative(name, np.array([-1e308, 1e308])))
    np.testing.assert_allclose(found, ends, rtol=1e-15)


# slope at 0, so that phi(u) = phi(0) + slope u to full precision for a tiny u (on the left of a kink: the left slope)
AT_ZERO = {"sigmoid": 0.5, "softplus": math.log(2), "gaussian": 1.0}
TINY = {
    "relu": (0, 1),
    "tanh": (1, 1),
    "linear": (1, 1),
    "leaky_relu": (0.01, 1),
    "elu": (1, 1),
    "silu": (0.5, 0.5),
    "gelu": (0.5, 0.5),
    "softsign": (1, 1),
    "sine": (1, 1),
}


@pytest.mark.parametrize(("name", "slopes"), TINY.items())
@pytest.mark.parametrize("size", [1e-300, 1e-20])
def test_functions_through_zero_keep_the_digits_of_a_tiny_u(name, slopes, size):
    u = np.array([-size, size])
    np.testing.assert_allclose(ACTIVATIONS[name].value(u), u * slopes, rtol=1e-14, atol=0)


@pytest.mark.parametrize(("name", "value"), AT_ZERO.items())
def test_other_functions_have_their_value_at_zero(name, value):
    np.testing.assert_allclose(ACTIVATIONS[name].value(np.array([-1e-308, 0, 1e-308])), value, rtol=1e-15)


def test_the_step_is_strict_at_its_threshold():
    u = np.array([-5e-324, -0.0, 0.0, 5e-324])
    assert ACTIVATIONS["step"].value(u).tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(("name", "at_zero"), {"relu": 0.0, "leaky_relu": 0.01, "elu": 1.0, "step": 0.0}.items())
def test_the_derivative_at_a_kink_is_that_of_the_table(name, at_zero):
    assert value_and_derivative(name, np.zeros(1))[1] == at_zero


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_arguments_stay_as_they_are(name):
    u = np.array([-1.5, 0.0, 2.0])
    a, derivative = value_and_derivative(name, u)
    assert u.tolist() == [-1.5, 0.0, 2.0]
    assert not np.shares_memory(a, u)
    assert not np.shares_memory(derivative, a)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_least_and_largest_values_are_those_of_the_entry(name):
    values = ACTIVATIONS[name].value(np.linspace(-50, 50, 100_001)[:, None]).ravel()
    for found, bound in ((values.min(), ACTIVATIONS[name].low), (values.max(), ACTIVATIONS[name].high)):
        if name == "softmax":
            assert found == 1  # a group of one
        elif math.isfinite(bound):
            assert found == pytest.approx(bound, abs=0.02)
        else:
            assert abs(found) >= 0.5


def test_softmax_of_a_group():
    u = [0.0, 1.0, -2.0]
    exps = [math.exp(x) for x in u]
    np.testing.assert_allclose(ACTIVATIONS["softmax"].value(np.array([u, u]))[1], [e / sum(exps) for e in exps])
    assert log_sum_exp(np.array([u]))[0, 0] == pytest.approx(math.log(sum(exps)), rel=1e-15)


@pytest.mark.parametrize("a", EXTREMES)
@pytest.mark.parametrize("b", [-1e308, 0.0, 1e308])
def test_softmax_groups_of_extremes_are_shares_of_one(a, b):
    u = np.array([[a, b, a]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        shares, total = ACTIVATIONS["softmax"].value(u), log_sum_exp(u)
        back = softmax_jacobian_product(shares, np.array([[1.0, -1.0, 0.5]]))
    assert shares.sum() == pytest.approx(1, rel=1e-15)
    assert np.isfinite([shares, back]).all()
    assert total[0, 0] == pytest.approx(max(a, b), rel=1e-12, abs=1.1)


def test_the_softmax_product_is_that_with_the_whole_jacobian():
    a, g = ACTIVATIONS["softmax"].value(np.array([[0.3, -1.0, 2.0, 0.0]])), np.array([[1.0, -2.0, 0.5, 3.0]])
    jacobian = np.diag(a[0]) - np.outer(a[0], a[0])
    np.testing.assert_allclose(softmax_jacobian_product(a, g)[0], jacobian @ g[0], rtol=1e-14)
    np.testing.assert_allclose(ACTIVATIONS["softmax"].derivative(a, a)[0], np.diag(jacobian))


STAND_INS = {"perceptron": [1, 1, 1], "sigmoid": [0.19661193324148185, 0.25, 0.19661193324148185], "zero": [0, 0, 0]}


@pytest.mark.parametrize("name", STEP_GRADIENTS)
def test_stand_ins_of_the_step_derivative(name):
    u = np.array([-1.0, 0.0, 1.0])
    np.testing.assert_allclose(STEP_GRADIENTS[name].derivative(u), STAND_INS[name], rtol=1e-15)
    assert np.isfinite(STEP_GRADIENTS[name].derivative(np.array(EXTREMES))).all()


def test_a_registry_helps_with_a_wrong_name():
    registry = Registry("activation function", ACTIVATIONS.values())
    with pytest.raises(Exception, match=r"no activation function is called 'Sigmod'.*Did you mean 'sigmoid'\?"):
        registry["Sigmod"]
    assert "sigmoid" in registry
    assert [] not in registry
