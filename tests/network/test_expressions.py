import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annsim.errors import AnnsimError
from annsim.network.columns import CONNECTION_VARIABLES, NEURON_VARIABLES, connection_columns, neuron_columns
from annsim.network.expressions import CONSTANTS, DEPTH_LIMIT, FUNCTIONS, LENGTH_LIMIT, ExpressionError, parse

IDS = np.arange(1, 8)
COLUMNS = {"w": np.linspace(-3, 3, 7), "i": np.arange(7), "n": np.full(7, 7)}


def values(text, columns=COLUMNS, seed=1, ids=IDS):
    return parse(text, tuple(columns)).values(columns, seed, ids)


def outcome(text):
    """Return the values of a text, or the error; any other exception passes."""
    try:
        return values(text)
    except ExpressionError as error:
        return error


# any text

signs = [*"+-*/^(),|<>=−·θ ", "**", "1", "2.5", ".5", "1e3", "1e999", "w", "i", "x1", "pi", *FUNCTIONS]


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(signs), max_size=30).map("".join)))
@example("(" * 400)
@example("-" * 400)
@example("w^" * 300 + "w")
@example("w+" * 499 + "w")
@example("|" * 900)
@example("1" * 1000)
@example("min(" + "w," * 300 + "w)")
@example("²+w")
def test_any_text_is_an_expression_or_an_expression_error(text):
    result = outcome(text)
    if isinstance(result, ExpressionError):
        assert isinstance(result, AnnsimError)
        assert 0 <= result.column <= len(text) + 1
        assert result.column == 0 or f"column {result.column}" in str(result)
    else:
        assert result.dtype == np.float64
        assert result.shape == (7,)
        assert np.isfinite(result).all()


# against Python's own arithmetic

PYTHON = {"abs": abs, "min": min, "max": max, "sqrt": math.sqrt, "tanh": math.tanh, "sin": math.sin, "cos": math.cos}
spaces = st.sampled_from(["", "", " "])
leaves = st.one_of(
    st.sampled_from(["w", "i", "pi"]),
    st.integers(0, 9).map(str),
    st.floats(0, 100).map(lambda number: format(number, ".3f")),
    st.sampled_from(["1e2", ".5", "2.", "1.5E-1"]),
)


def compound(inner):
    return st.one_of(
        st.builds("{}{}{}{}{}".format, inner, spaces, st.sampled_from("+-*/"), spaces, inner),
        st.builds("({}){}^{}({})".format, inner, spaces, spaces, st.sampled_from(["2", "-1", "0", "3-1"])),
        st.builds("{}{}^2".format, st.sampled_from(["-", ""]), leaves),
        st.builds("{}{}".format, st.sampled_from("+-"), inner),
        st.builds("({})".format, inner),
        st.builds("{}({})".format, st.sampled_from(["abs", "tanh", "sin", "cos"]), inner),
        st.builds("{}({},{}{})".format, st.sampled_from(["min", "max"]), inner, spaces, inner),
    )


@settings(max_examples=300)
@given(st.recursive(leaves, compound, max_leaves=12))
def test_valid_expressions_mean_what_python_makes_of_them(text):
    python = compile(text.replace("^", "**"), "generated here", "eval")
    wanted = []
    for w, i in zip(COLUMNS["w"].tolist(), COLUMNS["i"].tolist(), strict=True):
        try:
            wanted.append(float(eval(python, {**PYTHON, "pi": math.pi, "w": w, "i": float(i)})))  # noqa: S307
        except (ZeroDivisionError, OverflowError):
            wanted.append(math.inf)
    result = outcome(text)
    if np.isfinite(wanted).all():
        assert np.allclose(result, wanted, rtol=1e-9, atol=1e-9)
    elif isinstance(result, ExpressionError):  # 1/(1/0) is finite here and an error in Python
        assert "infinite" in str(result) or "no number" in str(result)


# by hand


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 - 3 - 4", -5),
        ("24 / 4 / 2", 3),
        ("2 ^ 3 ^ 2", 512),
        ("2 ** 3", 8),
        ("-2 ^ 2", -4),
        ("2 ^ -1", 0.5),
        ("- - 2", 2),
        ("−2 · 3 × 2", -12),
        ("1e−2", 0.01),
        ("|2 - 5| * |-2|", 6),
        ("||2 - 5| - 4|", 1),
        ("min(3, 1, 2) + max(3, 1, 2)", 4),
        ("sqrt(16) + exp(0) + log(1)", 5),
        ("sign(-3) + round(2.4) + clip(7, 0, 5)", 6),
        ("cos(pi) + sin(0) + tanh(0)", -1),
    ],
)
def test_rules_and_functions(text, value):
    assert values(text).tolist() == [pytest.approx(value, abs=1e-15)] * 7


def test_variables_are_columns():
    assert values("w * 0.5").tolist() == (COLUMNS["w"] * 0.5).tolist()
    assert values("i / (n - 1)").tolist() == (np.arange(7) / 6).tolist()
    assert values("2 ^ -i").tolist() == [2.0**-i for i in range(7)]
    assert parse("w + i - w", ("w", "i", "n")).names == {"w", "i"}


@pytest.mark.parametrize("name", ["t", "θ", "theta", "threshold"])
def test_the_threshold_has_several_names(name):
    assert values(f"2 * {name}", {"t": np.array([1.5])}, ids=np.array([1])).tolist() == [3.0]


def test_no_ids_give_no_values():
    assert values("1 + uniform(0, 1)", {}, ids=np.array([], np.int64)).shape == (0,)


WRONG = {
    "": (1, "expected a number or a name at column 1"),
    "w *": (4, "expected a number or a name, but the text ends at column 4"),
    "w * )": (5, r"expected a number or a name, not '\)' at column 5"),
    "1 + sigm(w)": (5, "unknown name 'sigm' at column 5. Did you mean 'sign'"),
    "v + 1": (1, "unknown name 'v' at column 1. There are: w, i, n, pi, abs"),
    "theta": (1, "unknown name 'theta'"),
    "2 w": (3, "expected an operator before 'w' at column 3"),
    "w 2": (3, "expected an operator before '2'"),
    "(w": (3, r"expected '\)' for the '\(' at column 1, but the text ends at column 3"),
    "|w": (3, r"expected '\|' for the '\|' at column 1"),
    "w)": (2, r"unexpected '\)' at column 2"),
    "w > 1": (3, "unexpected '>' at column 3"),
    "w $ 1": (3, r"unexpected '\$' at column 3"),
    "w; 1": (2, "unexpected ';'"),
    "__import__('os')": (12, "unexpected"),
    "w.real": (2, "unexpected '.'"),
    "exp": (1, "'exp' is a function at column 1. Write exp"),
    "w(1)": (2, r"unexpected '\('"),
    "abs()": (1, "'abs' takes 1 value, not 0, at column 1"),
    "clip(w, 0)": (1, "'clip' takes 3 values, not 2, at column 1"),
    "min(w)": (1, "'min' takes 2 values or more, not 1, at column 1"),
    "1e999": (1, "the number '1e999' is too large at column 1"),
    "+" * (DEPTH_LIMIT + 1) + "w": (DEPTH_LIMIT + 1, f"more than {DEPTH_LIMIT} levels"),
    "w" * (LENGTH_LIMIT + 1): (0, "1,001 characters are too many. Use at most 1,000"),
}


@pytest.mark.parametrize(("text", "error"), WRONG.items())
def test_an_error_names_its_column_and_reason(text, error):
    column, what = error
    with pytest.raises(ExpressionError, match=what) as raised:
        parse(text, ("w", "i", "n"))
    assert raised.value.column == column


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1 / (i - 2)", r"'1 / \(i - 2\)' is infinite for id 3 \(place 3 of 7\)"),
        ("log(w)", r"'log\(w\)' is no number for id 1 \(place 1 of 7\)"),
        ("10 ^ (i * 100)", r"infinite for id 5 \(place 5 of 7\)"),
        ("0 / 0", "no number for id 1"),
    ],
)
def test_a_value_that_is_not_finite_is_refused_for_the_first_place(text, what):
    with pytest.raises(ExpressionError, match=what):
        values(text)


# chance


def test_chance_is_a_function_of_seed_id_and_place_in_the_text():
    ids = np.arange(1, 1001)
    drawn = values("normal(0, 1)", {}, 5, ids)
    assert drawn.tolist() == values(" normal(0,1) ", {}, 5, ids).tolist()
    assert drawn[10:20].tolist() == values("normal(0, 1)", {}, 5, ids[10:20]).tolist()
    assert not np.isin(drawn, values("normal(0, 1)", {}, 6, ids)).any()
    assert (values("uniform(0, 1) - uniform(0, 1)", {}, 5, ids) != 0).all()
    assert parse("uniform(0, 1)", ()).is_random
    assert not parse("1", ()).is_random


def test_uniform_and_normal_are_what_they_say():
    ids = np.arange(1, 100_001)
    uniform, normal = values("uniform(-1, 3)", {}, 1, ids), values("normal(2, 0.5)", {}, 1, ids)
    assert -1 <= uniform.min() < -0.999
    assert 2.999 < uniform.max() < 3
    assert np.abs(np.histogram(uniform, 10, (-1, 3))[0] - 10_000).max() < 5 * math.sqrt(9000)
    assert abs(normal.mean() - 2) < 5 * 0.5 / math.sqrt(100_000)
    assert abs(normal.std() - 0.5) < 0.01
    within = (np.abs(normal[:, None] - 2) < [0.5, 1.0, 1.5]).mean(axis=0)
    assert np.allclose(within, [0.6827, 0.9545, 0.9973], atol=0.008)


def test_bounds_may_be_columns():
    assert values("uniform(w, w)").tolist() == COLUMNS["w"].tolist()


# the columns of a network


def test_columns_of_neurons(tangle):
    tangle.neurons[4].position = (7.0, -8.0)
    columns = neuron_columns(tangle, [4, 1])
    assert tuple(columns) == NEURON_VARIABLES
    assert {name: column.tolist() for name, column in columns.items()} == {
        "b": [0.0, 0.25],
        "t": [0.5, 0.0],
        "i": [0, 1],
        "n": [2, 2],
        "fan_in": [2, 2],
        "fan_out": [2, 1],
        "x": [7.0, tangle.neurons[1].position[0]],
        "y": [-8.0, tangle.neurons[1].position[1]],
    }


def test_columns_of_connections(network):
    columns = connection_columns(network, [8, 1])
    assert tuple(columns) == CONNECTION_VARIABLES
    assert columns["w"].tolist() == [network.connections[8].weight, network.connections[1].weight]
    assert [columns[name].tolist() for name in CONNECTION_VARIABLES[1:]] == [[0, 1], [2, 2], [3, 2], [1, 3]]


def test_variables_hide_no_function():
    assert not {*NEURON_VARIABLES, *CONNECTION_VARIABLES} & {*FUNCTIONS, *CONSTANTS}
