import numpy as np
import pytest
from hypothesis import given

from annsim.functions.initial_weights import INITIAL_WEIGHTS
from annsim.functions.randomness import Purpose, generator
from annsim.network.builders import initial_weight_values, initial_weights
from annsim.network.network import Network
from tests.network.drawings import drawings

MANY = 100_000
FAN_IN, FAN_OUT = 8.0, 4.0
BOUNDS = {"uniform": 0.5, "glorot_uniform": np.sqrt(6 / 12), "he_uniform": np.sqrt(6 / 8)}
SPREADS = {"glorot_normal": np.sqrt(2 / 12), "he_normal": np.sqrt(2 / 8)}


def draw(name, seed=1):
    return INITIAL_WEIGHTS[name].draw(
        generator(seed, Purpose.INITIAL_WEIGHTS), np.full(MANY, FAN_IN), np.full(MANY, FAN_OUT)
    )


@pytest.mark.parametrize(("name", "bound"), BOUNDS.items())
def test_uniform_rules_fill_their_range(name, bound):
    weights = draw(name)
    assert 0.999 * bound < np.abs(weights).max() <= bound
    assert weights.std() == pytest.approx(bound / np.sqrt(3), rel=0.01)


@pytest.mark.parametrize(("name", "spread"), SPREADS.items())
def test_normal_rules_have_their_spread(name, spread):
    weights = draw(name)
    assert weights.std() == pytest.approx(spread, rel=0.01)
    assert abs(weights.mean()) < 5 * spread / np.sqrt(MANY)
    assert np.abs(weights).max() > 3.5 * spread


def test_rules_without_chance():
    assert set(draw("zeros")) == {0.0}
    assert set(draw("constant")) == {0.1}
    assert set(INITIAL_WEIGHTS) == {*BOUNDS, *SPREADS, "zeros", "constant"}


@given(drawings())
def test_fans_are_counted_on_the_drawing(network):
    """A normal draw is the same standard number times its spread, so the spreads show the fans."""
    block = network.store.block
    arrows = list(network.connections.values())
    fan_in = np.array([sum(a.target == c.target for a in arrows) for c in arrows], float)
    fan_out = np.array([sum(a.source == c.source for a in arrows) for c in arrows], float)
    standard = generator(3, Purpose.INITIAL_WEIGHTS).standard_normal(len(arrows))
    glorot, he = (initial_weight_values(block, name, 3) for name in ("glorot_normal", "he_normal"))
    np.testing.assert_allclose(glorot, standard * np.sqrt(2 / (fan_in + fan_out)), rtol=1e-15)
    np.testing.assert_allclose(he, standard * np.sqrt(2 / fan_in), rtol=1e-15)


@pytest.mark.parametrize("name", INITIAL_WEIGHTS)
def test_locked_weights_keep_their_value_but_use_up_their_draw(name):
    free, locked = Network.layered([2, 3, 1]), Network.layered([2, 3, 1])
    locked.set_connections("weight", [2], [5.0])
    locked.set_connections("locked", [2], [True])
    for network in (free, locked):
        network.apply(initial_weights(network, name, 4))
    others = np.arange(9) != 1
    assert locked.connections[2].weight == 5
    assert np.array_equal(locked.store.block.weight[others], free.store.block.weight[others])


def test_biases_become_0_unless_locked(tangle):
    tangle.apply(initial_weights(tangle, "uniform", 1))
    assert [n.bias for n in tangle.neurons.values()] == [0, 0, 0, 0, -0.125, 0]


@pytest.mark.parametrize("name", [*BOUNDS, *SPREADS])
def test_weights_are_a_function_of_the_seed(name):
    assert draw(name, 7).tobytes() == draw(name, 7).tobytes() != draw(name, 8).tobytes()


def test_the_stream_is_that_of_the_contract():
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([11, 0])))
    assert generator(11, Purpose.INITIAL_WEIGHTS).random(3).tolist() == stream.random(3).tolist()
    assert [int(purpose) for purpose in Purpose] == [0, 1, 2, 3]
