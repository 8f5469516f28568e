import os

import numpy as np
import pytest
from hypothesis import settings

from annsim.data.dataset import Dataset
from annsim.engine.engines import engines
from annsim.network.network import Network

settings.register_profile("annsim", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("annsim")


def pytest_addoption(parser):
    parser.addoption("--runslow", action="store_true", help="run the tests that take minutes")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--runslow"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes; --runslow runs it"))


@pytest.fixture(params=engines())
def engine(request):
    """The name of each engine that can run here."""
    return request.param


@pytest.fixture
def xor():
    return Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])


@pytest.fixture
def regression():
    """Seven rows of two inputs, two targets; the last two rows test."""
    draws = np.random.default_rng(5)
    return Dataset(draws.normal(size=(7, 2)), draws.normal(size=(7, 2)), test_rows=[5, 6])


@pytest.fixture
def network():
    """2-3-1, tanh and sigmoid."""
    return Network.layered([2, 3, 1], seed=3)


@pytest.fixture
def tangle():
    """An irregular drawing: skip connections, a threshold, a lock, an output that feeds another, ids out of order."""
    drawing = Network(seed=7)
    y1 = drawing.add_neuron("output", activation="linear", bias=0.25)
    x1, x2 = drawing.add_neuron("input"), drawing.add_neuron("input")
    h1 = drawing.add_neuron(activation="tanh", threshold=0.5)
    h2 = drawing.add_neuron(activation="sigmoid", bias=-0.125, locked=True)
    y2 = drawing.add_neuron("output", activation="sigmoid", output="clip01")
    for source, target in ((x1, h1), (x2, h1), (h1, h2), (x1, h2), (h2, y1), (x2, y1), (y1, y2), (h1, y2)):
        drawing.connect(source, target)
    drawing.connections[3].locked = True
    return drawing
