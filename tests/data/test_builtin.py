import numpy as np
import pytest

from annsim.data.builtin import BUILTIN_SETS, read_builtin
from annsim.data.generated import HILLS
from annsim.data.sources import load_data
from annsim.errors import DataError

NAMES = [
    *("and", "or", "nand", "nor", "xor", "parity3", "half_adder", "full_adder"),
    *("circle", "gauss", "spiral", "moons", "plane", "hills", "sine"),
    *("iris", "wine", "breast_cancer", "digits"),
]


def columns(source):
    return np.stack(list(read_builtin(f"builtin:{source}").columns.values()), axis=1)


def test_the_sets_are_those_of_the_contract():
    assert list(BUILTIN_SETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_set_loads_and_says_what_it_is(name):
    dataset = load_data(f"builtin:{name}")
    assert dataset.source == f"builtin:{name}"
    assert "\n" not in BUILTIN_SETS[name].description
    scaling = "standard" if name in ("iris", "wine", "breast_cancer", "digits") else "none"
    assert BUILTIN_SETS[name].scaling == scaling
    means = dataset.inputs[dataset.train_rows].mean(axis=0)
    assert np.allclose(means, 0) == (scaling == "standard")


@pytest.mark.parametrize(
    ("name", "outputs"),
    [
        ("and", [0, 0, 0, 1]),
        ("or", [0, 1, 1, 1]),
        ("nand", [1, 1, 1, 0]),
        ("nor", [1, 0, 0, 0]),
        ("xor", [0, 1, 1, 0]),
        ("parity3", [0, 1, 1, 0, 1, 0, 0, 1]),
    ],
)
def test_truth_tables(name, outputs):
    dataset = load_data(f"builtin:{name}")
    width = dataset.inputs.shape[1]
    assert dataset.inputs.tolist() == [[int(bit) for bit in f"{row:0{width}b}"] for row in range(2**width)]
    assert dataset.targets.ravel().tolist() == outputs
    assert not dataset.test_rows.size


@pytest.mark.parametrize(("name", "names"), [("half_adder", ("a", "b")), ("full_adder", ("a", "b", "carry_in"))])
def test_adders_add(name, names):
    dataset = load_data(f"builtin:{name}")
    assert (dataset.input_names, dataset.target_names) == (names, ("sum", "carry"))
    assert len(np.unique(dataset.inputs, axis=0)) == len(dataset) == 2 ** len(names)
    assert (dataset.targets @ [1, 2]).tolist() == dataset.inputs.sum(axis=1).tolist()


def test_spiral_without_noise_is_its_formula():
    x1, x2, classes = columns("spiral,samples=8").T
    along = np.array([0, 0.25, 0.5, 0.75] * 2)
    angle = 1.75 * along * 2 * np.pi + np.repeat([0, np.pi], 4)
    assert np.allclose(x1, 5 * along * np.sin(angle))
    assert np.allclose(x2, 5 * along * np.cos(angle))
    assert classes.tolist() == [1] * 4 + [-1] * 4


def test_circle_without_noise_is_a_disc_in_a_ring():
    x1, x2, classes = columns("circle").T
    radius = np.hypot(x1, x2)
    assert radius[classes == 1].max() < 2.5
    assert 3.5 <= radius[classes == -1].min() <= radius.max() < 5
    assert (classes == 1).sum() == 250


def test_circle_noise_moves_classes_only():
    assert np.hypot(*columns("circle,noise=50").T[:2]).max() < 5
    x1, x2, classes = columns("circle,noise=50").T
    assert ((np.hypot(x1, x2) < 2.5) != (classes == 1)).any()


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (25, 2.25), (50, 4)])
def test_gauss_variance_grows_with_noise(noise, variance):
    x1, x2, classes = columns(f"gauss,noise={noise},samples=20000").T
    assert np.var(np.concatenate([x1 - 2 * classes, x2 - 2 * classes])) == pytest.approx(variance, rel=0.05)
    assert x1[classes == 1].mean() == pytest.approx(2, abs=0.1)


def test_plane():
    x1, x2, y = columns("plane").T
    assert len(y) == 1200
    assert np.allclose(y, (x1 + x2) / 10)


def test_hills():
    x1, x2, y = columns("hills").T
    cones = [sign * np.clip(1 - np.hypot(x1 - a, x2 - b) / 2, 0, 1) for a, b, sign in HILLS]
    assert np.allclose(np.abs(y), np.max(np.abs(cones), axis=0))
    assert np.allclose(y, np.sum(cones, axis=0), atol=1)
    assert y[np.hypot(x1 + 4, x2 - 2.5) < 1].min() > 0.5
    assert y[np.hypot(x1, x2 - 2.5) < 1].max() < -0.5


def test_sine_and_moons():
    x, y = columns("sine").T
    assert np.allclose(y, np.sin(x))
    x1, x2, classes = columns("moons").T
    assert np.allclose(np.hypot(x1 - (classes < 0), x2 - 0.5 * (classes < 0)), 1)


def test_options_count():
    assert len(columns("spiral,samples=7")) == 7
    assert np.array_equal(columns("gauss,seed=3"), columns("gauss,seed=3"))
    assert not np.array_equal(columns("gauss,seed=3"), columns("gauss,seed=4"))
    assert not np.array_equal(columns("moons"), columns("moons,noise=0.5"))


def test_classes_are_coded():
    dataset = load_data("builtin:circle", coding="-1/1")
    assert dataset.classes == ("-1", "1")
    assert set(dataset.targets.ravel()) == {-1, 1}
    assert set(load_data("builtin:circle").targets.ravel()) == {0, 1}
    assert load_data("builtin:xor", coding="one-hot").target_names == ("0", "1")


def test_numeric_targets_are_never_scaled():
    assert np.array_equal(load_data("builtin:plane", scaling="standard").targets.ravel(), columns("plane")[:, 2])


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("spirl", "Did you mean 'spiral'"),
        ("", "There are: and, or"),
        ("spiral,nose=1", "no option 'nose'. Did you mean 'noise'"),
        ("spiral,noise=51", "noise must be a number from 0 to 50, not '51'"),
        ("spiral,noise=-1", "not '-1'"),
        ("spiral,noise=nan", "not 'nan'"),
        ("spiral,samples=1", "samples must be a whole number from 2 to 1000000"),
        ("spiral,samples=1e3", "not '1e3'"),
        ("spiral,seed", "seed must be"),
        ("spiral,seed=1,seed=2", "twice"),
        ("spiral,", "no option ''"),
        ("xor,noise=1", "takes no options"),
    ],
)
def test_wrong_names_and_options(source, message):
    with pytest.raises(DataError, match=message):
        read_builtin(f"builtin:{source}")
