import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annsim.network.edits import Add
from annsim.network.expressions import ExpressionError
from annsim.network.finding import WORDS, find
from annsim.network.groups import GroupValues
from annsim.network.network import Network
from annsim.network.queries import VARIABLES
from tests.network.drawings import drawings


@pytest.fixture
def drawing():
    """x1 (1), x2 (2); h1 (3) relu, bias -1; h2 (4) tanh, threshold 0.5; h10 (5) locked; y1 (6) clip01."""
    network = Network()
    for _ in range(2):
        network.add_neuron("input")
    network.add_neuron(activation="relu", bias=-1.0)
    network.add_neuron(threshold=0.5)
    network.add_neuron(name="h10", activation="relu", locked=True)
    network.add_neuron("output", output="clip01")
    for source, target, weight in ((1, 3, 4.0), (2, 3, -5.0), (1, 4, 0.5), (3, 6, 0.0), (4, 6, 1.0), (5, 6, -2.0)):
        network.connect(source, target, weight)
    network.connections[2].locked = True
    return network


FOUND = {
    "": ([], [], ""),
    "h1": ([3, 5], [], "neurons whose name contains 'h1'"),
    "H1": ([3, 5], [], "neurons whose name contains 'H1'"),
    "h": ([3, 4, 5], [], "neurons whose name contains 'h'"),
    "nobody": ([], [], "neurons whose name contains 'nobody'"),
    "sigmod": ([], [], "neurons whose name contains 'sigmod' (did you mean 'sigmoid'?)"),
    "#2": ([2], [], "neuron 2 (x2)"),
    "2": ([2, 4], [], "neuron 2 (x2), and names that contain '2'"),
    "10": ([5], [], "neuron 10, and names that contain '10'"),
    "#10": ([], [], "neuron 10"),
    "1 -> 3": ([], [1], "connection x1 -> h1"),
    "x1->h2": ([], [3], "connection x1 -> h2"),
    "X1 → H2": ([], [3], "connection x1 -> h2"),
    "#1 -> h2": ([], [3], "connection x1 -> h2"),
    "h2 -> x1": ([], [], "connection h2 -> x1"),
    "x1 ->": ([], [1, 3], "connections from x1"),
    "-> y1": ([], [4, 5, 6], "connections to y1"),
    "input": ([1, 2], [], "input neurons"),
    "Outputs": ([6], [], "output neurons"),
    "relu": ([3, 5], [], "neurons with activation function relu"),
    "linear": ([], [], "neurons with activation function linear"),  # inputs have none
    "clip01": ([6], [], "neurons with output function clip01"),
    "locked": ([5], [2], "locked neurons and connections"),
    "w > 3": ([], [1], "connections with w > 3"),
    "|w| > 3": ([], [1, 2], "connections with |w| > 3"),
    "|w|  >=  4  and not locked": ([], [1], "connections with |w| >= 4 and not locked"),
    "b < 0": ([3], [], "neurons with b < 0"),
    "b = 0": ([4, 5, 6], [], "neurons with b = 0"),
    "b != 0": ([3], [], "neurons with b != 0"),
    "theta != 0": ([4], [], "neurons with theta != 0"),
    "θ ≥ .5": ([4], [], "neurons with θ ≥ .5"),
    "threshold == 0.5": ([4], [], "neurons with threshold == 0.5"),
    "fan_in >= 2": ([3, 6], [], "neurons with fan_in >= 2"),
    "fan_out = 0": ([6], [], "neurons with fan_out = 0"),
    "fan_in = 1 and w > 0": ([], [3], "connections with fan_in = 1 and w > 0"),
    "relu and b < 0": ([3], [], "neurons with relu and b < 0"),
    "relu or tanh": ([3, 4, 5], [], "neurons with relu or tanh"),
    "not (relu or input)": ([4, 6], [], "neurons with not (relu or input)"),
    "not not relu": ([3, 5], [], "neurons with not not relu"),
    "h2 or x2": ([2, 4], [], "neurons with h2 or x2"),
    '"h1" and not locked': ([3], [], 'neurons with "h1" and not locked'),
    "0 < w <= 1": ([], [3, 5], "connections with 0 < w <= 1"),
    "-3 < w < 0.5 < 1": ([], [4, 6], "connections with -3 < w < 0.5 < 1"),
    "(w + 1) * 2 > 3 or (w < -4)": ([], [1, 2, 5], "connections with (w + 1) * 2 > 3 or (w < -4)"),
    "tanh": ([4], [], "neurons with activation function tanh"),
    "tanh(w) > 0.9": ([], [1], "connections with tanh(w) > 0.9"),
    "x = 0": ([1, 2], [], "neurons with x = 0"),
    "relu OR Locked": ([3, 5], [], "neurons with relu OR Locked"),
}


def test_neurons_of_groups(drawing):
    drawing.apply(Add(groups=(GroupValues(1, "Encoder"), GroupValues(2, "Decoder"))))
    drawing.set_neurons("group", [3, 4, 6], [1, 1, 2])
    assert find(drawing, "group:enc").neurons == [3, 4]
    assert find(drawing, "Group: coder").neurons == [3, 4, 6]
    assert find(drawing, "group:middle").neurons == []
    assert find(drawing, "group:enc").meaning == "neurons of groups whose title contains 'enc'"


@pytest.mark.parametrize(("text", "found"), FOUND.items())
def test_found(drawing, text, found):
    result = find(drawing, text)
    assert (result.neurons, result.connections, result.meaning) == found


def test_a_name_goes_before_all_other_meanings(drawing):
    names = ["17", "relu", "a -> b", "b < 0", "not so (old)"]
    ids = [drawing.add_neuron(name=name).id for name in names]
    assert [find(drawing, name).neurons[0] for name in names] == ids
    assert find(drawing, "so (o").neurons == [ids[-1]]


def test_the_neuron_of_just_this_name_comes_first(drawing):
    drawing.neurons[3].name = "first h"
    drawing.neurons[5].name = "H"
    drawing.neurons[6].name = "h"
    assert find(drawing, "h").neurons == [6, 5, 3, 4]
    assert find(drawing, "H").neurons == [5, 6, 3, 4]


WRONG = {
    "w >": (4, "expected a number or a name, but the text ends at column 4"),
    " w > 3 $": (8, r"unexpected '\$' at column 8"),
    "w >> 3": (4, "not '>' at column 4"),
    "b > 0 and w > 0": (11, "'w' is asked of connections, but 'b' of neurons, at column 11"),
    "relu and w > 0": (10, "'w' is asked of connections, but 'relu' of neurons"),
    "sigmod and b < 0": (1, "unknown name 'sigmod' at column 1. Did you mean 'sigmoid'"),
    "(b > 1) + 1 > 2": (9, r"'\+' takes a number, not a condition, at column 9"),
    "b and relu": (3, "'and' takes a condition, not a number, at column 3"),
    "not b": (1, "'not' takes a condition, not a number"),
    "b > 1 and": (10, "but the text ends"),
    "and b": (1, "expected a condition, not 'and' at column 1"),
    "|b|": (4, "expected a comparison.*Such as w > 3"),
    "|relu| > 1": (1, r"'\|' takes a number, not a condition"),
    "w > normal(0, 1)": (5, "'normal' is random"),
    "b > relu": (3, "'>' takes a number, not a condition"),
    "x1 -> h9": (7, "no neuron is called 'h9'"),
    "h8 -> h1": (1, "no neuron is called 'h8'"),
    "->": (0, "an arrow leads from one neuron to one other"),
    "x1 -> h1 -> y1": (0, "an arrow leads from one neuron to one other"),
}


@pytest.mark.parametrize(("text", "error"), WRONG.items())
def test_an_error_names_its_column_and_reason(drawing, text, error):
    column, what = error
    with pytest.raises(ExpressionError, match=what) as raised:
        find(drawing, text)
    assert raised.value.column == column


def outcome(network, text):
    """Return what is found, or the error; any other exception passes."""
    try:
        return find(network, text)
    except ExpressionError as error:
        return error


pieces = [*' ()|<>=!"#', "->", "<=", "and ", "or ", "not ", "1", "2.5", "x1", "h", "tanh(", *VARIABLES, *WORDS]


@settings(max_examples=300)
@given(drawings(most=2), st.one_of(st.text(max_size=30), st.lists(st.sampled_from(pieces), max_size=12).map("".join)))
@example(Network(), "w > 3")
@example(Network(), "relu")
@example(Network(), "1 -> 2")
@example(Network(), "(" * 200 + "w > 1")
@example(Network(), "not " * 200 + "locked")
@example(Network(), "0 <" * 200 + "w")
def test_any_text_finds_something_lawful_or_says_why_not(network, text):
    found = outcome(network, text)
    if isinstance(found, ExpressionError):
        assert 0 <= found.column <= len(text) + 1
        return
    assert set(found.neurons) <= set(network.neurons)
    assert set(found.connections) <= set(network.connections)
    assert all(len(set(ids)) == len(ids) for ids in (found.neurons, found.connections))


@given(drawings(), st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.integers(-16, 16))
def test_comparisons_are_those_of_python(network, sign, number):
    compare = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__", "=": "__eq__", "!=": "__ne__"}[sign]
    limit = number / 8
    neurons = [n.id for n in network.neurons.values() if n.role != "input" and getattr(n.bias, compare)(limit)]
    assert find(network, f"b {sign} {limit}").neurons == neurons
    arrows = [c.id for c in network.connections.values() if getattr(c.weight, compare)(limit)]
    assert find(network, f"w {sign} {limit}").connections == arrows
    fans = np.bincount([0, *(c.source for c in network.connections.values())], minlength=max(network.neurons) + 1)
    assert find(network, f"fan_out {sign} 1").neurons == [
        i for i in network.neurons if getattr(int(fans[i]), compare)(1)
    ]
