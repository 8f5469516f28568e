from datetime import date

import pytest

from annsim.formats.examples import read_example
from annsim.gui.welcome.words import KINDS, about, day_text, kind_of, size_text
from annsim.network.network import Network
from annsim.project.project import Project

LINES = {
    "and": ("Logic", "2-1, perceptron rule"),
    "half_adder": ("Logic", "4 neurons, weights set by hand"),
    "majority": ("Logic", "3-1, weights set by hand"),
    "xor": ("Logic", "2-4-1, truth table"),
    "circle": ("Classes", "2-6-1, two classes"),
    "irregular": ("Classes", "8 neurons, two classes"),
    "sine": ("Numbers", "1-8-1, regression"),
    "iris": ("Classes", "4-8-3, three classes"),
    "digits": ("Pictures", "64-32-10, pictures of 8 × 8"),
}


@pytest.mark.parametrize("name", LINES)
def test_kind_and_line_of_an_example(name):
    project = read_example(name)
    assert (kind_of(project), about(project)) == LINES[name]
    assert kind_of(project) in KINDS


def test_the_size_of_a_network():
    skipping = Network.layered([2, 3, 1])
    skipping.connect(1, 6)
    assert size_text(Network()) == "empty"
    assert size_text(Network.layered([5, 4, 3, 2])) == "5-4-3-2"
    assert size_text(skipping) == "6 neurons"
    assert size_text(Network.layered([1] * 9)) == "9 neurons"


def test_a_project_without_data_has_no_kind():
    assert kind_of(Project(Network.layered([2, 1]))) == ""
    assert about(Project(Network.layered([2, 1]))) == "2-1, no data yet"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 3, 5), "today"),
        (date(2024, 3, 6), "today"),  # a clock that was put back
        (date(2024, 3, 4), "yesterday"),
        (date(2024, 2, 28), "Wednesday"),
        (date(2024, 2, 27), "27 February"),
        (date(2023, 12, 31), "31 December 2023"),
    ],
)
def test_when_something_was(day, text):
    assert day_text(day, date(2024, 3, 5)) == text
