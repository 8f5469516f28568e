"""What each optimizer was checked against.

| optimizer | by hand (exact fractions) | PyTorch 2.13.0, float64, golden numbers below | PyTorch installed, live |
|---|---|---|---|
| plain | two steps | SGD(lr) | 50 steps |
| momentum | three steps | SGD(lr, momentum=0.9) | 50 steps |
| nesterov | three steps | SGD(lr, momentum=0.9, nesterov=True) | 50 steps |
| rmsprop | two steps | RMSprop(lr) | 50 steps |
| adam | two steps | Adam(lr) | 50 steps |
| adamw | two steps | AdamW(lr, weight_decay=0.01) | 50 steps |
| rprop | five steps | Rprop(lr) | 50 steps |
"""

import math
from fractions import Fraction

import numpy as np
import pytest

from annsim.functions.optimizers import OPTIMIZERS, Rate

START = [1.0, -0.5, 2.0]
GRADIENTS = [
    [0.5, -1.0, 0.0],
    [0.25, 2.0, -1e-3],
    [-0.75, 0.5, 1e3],
    [0.1, -0.3, -2.0],
    [1.5, 0.0, 0.5],
    [-0.2, 0.4, -1e-9],
]
# produced by PyTorch 2.13.0 on a CPU, torch.float64, learning rate 0.1, from START by GRADIENTS
GOLDEN = {
    "plain": [
        [0.95, -0.4, 2.0],
        [0.9249999999999999, -0.6000000000000001, 2.0001],
        [0.9999999999999999, -0.6500000000000001, -97.99990000000001],
        [0.9899999999999999, -0.6200000000000001, -97.79990000000001],
        [0.8399999999999999, -0.6200000000000001, -97.8499],
        [0.8599999999999999, -0.6600000000000001, -97.8498999999],
    ],
    "momentum": [
        [0.95, -0.4, 2.0],
        [0.88, -0.51, 2.0001],
        [0.892, -0.659, -97.99981000000001],
        [0.8928, -0.7631, -187.799729],
        [0.7435200000000001, -0.85679, -268.6696561],
        [0.6291680000000001, -0.9811110000000001, -341.4525904899],
    ],
    "nesterov": [
        [0.905, -0.31, 2.0],
        [0.8170000000000001, -0.609, 2.00019],
        [0.9028, -0.7931, -187.999729],
        [0.8935200000000001, -0.85679, -268.6196561],
        [0.609168, -0.941111, -341.45259049],
        [0.5262512, -1.0929999000000001, -406.95723144081],
    ],
    "rmsprop": [
        [1.9999996048181146e-07, 0.4999999000000096, 2.0],
        [-0.4490129744218298, -0.39532302199152203, 2.9999000099989996],
        [0.3553487544215222, -0.6147965386325552, 1.9999000100994948],
        [0.24818098662318783, -0.48359311101949354, 2.0019100816690636],
        [-0.6021177117066079, -0.48359311101949354, 2.001405032248778],
        [-0.48890596029919775, -0.6576022594211428, 2.001405032249793],
    ],
    "adam": [
        [0.900000002, -0.400000001, 2.0],
        [0.8067820404774624, -0.43661035347207483, 2.07441263026631],
        [0.814979720110778, -0.4781754731467738, 2.01053132782082],
        [0.8154743076977224, -0.5043820224351278, 1.958320040269719],
        [0.7694666824140333, -0.5265325323791985, 1.9141623004925847],
        [0.7359304960576948, -0.554265595483423, 1.8761040409799208],
    ],
    "adamw": [
        [0.899000002, -0.399500001, 1.998],
        [0.8048830404754623, -0.43571085347107485, 2.0704146302663102],
        [0.8122758370683025, -0.47684026229230275, 2.004462913190554],
        [0.8119581488181786, -0.5025699713183645, 1.9502471627262625],
        [0.7651385653856713, -0.5242179112911168, 1.9041391757864021],
        [0.7308372404639472, -0.5514267564840503, 1.8641767770979518],
    ],
    "rprop": [
        [0.9, -0.4, 2.0],
        [0.78, -0.4, 2.1],
        [0.78, -0.45, 2.1],
        [0.72, -0.45, 2.15],
        [0.648, -0.45, 2.15],
        [0.648, -0.47500000000000003, 2.175],
    ],
}
PYTORCH = {
    "plain": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "adamw": ("AdamW", {"weight_decay": 0.01}),
    "rprop": ("Rprop", {}),
}


def course(name, start, gradients, rate=0.1, momentum=0.9, weight_decay=0.01):
    """Return the parameters after each step, (step, parameter)."""
    optimizer, p = OPTIMIZERS[name], np.array(start, np.float64)
    memory, result = optimizer.start(len(p), p.dtype, rate), []
    for step, gradient in enumerate(gradients, 1):
        p = optimizer.update(p, np.array(gradient, np.float64), memory, Rate(rate, momentum, weight_decay, step))
        result.append(p)
    return np.array(result)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_golden_numbers_of_pytorch_come_out(name):
    np.testing.assert_allclose(course(name, START, GRADIENTS), GOLDEN[name], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_numbers_of_the_installed_pytorch_come_out(name):
    torch = pytest.importorskip("torch")
    draws = np.random.default_rng(3)
    start, gradients = draws.normal(size=20), draws.normal(size=(50, 20)) * 10.0 ** draws.integers(-6, 3, (50, 20))
    p = torch.nn.Parameter(torch.tensor(start))
    kind, options = PYTORCH[name]
    theirs = getattr(torch.optim, kind)([p], lr=0.01, **options)
    for ours, gradient in zip(course(name, start, gradients, rate=0.01), gradients, strict=True):
        p.grad = torch.tensor(gradient)
        theirs.step()
        np.testing.assert_allclose(ours, p.detach().numpy(), rtol=1e-10, atol=1e-12)


def by_hand(name, rate, gradients, **numbers):
    return course(name, [1.0], [[float(g)] for g in gradients], float(rate), **numbers).ravel()


# rate 1/8, momentum 3/4, from w = 1; all fractions are binary, so equal means equal
HAND_COMPUTED = {
    # 1 - 1/8 * 2 = 3/4;  3/4 + 1/8 * 4 = 5/4
    "plain": ([2, -4], [Fraction(3, 4), Fraction(5, 4)]),
    # v = 2, -5/2, 17/8;  w = 1 - 1/4, + 5/16, - 17/64
    "momentum": ([2, -4, 4], [Fraction(3, 4), Fraction(17, 16), Fraction(51, 64)]),
    # g + m v = 2 + 3/2, -4 - 15/8, 4 + 51/32;  w = 1 - 7/16, + 47/64, - 179/256
    "nesterov": ([2, -4, 4], [Fraction(9, 16), Fraction(83, 64), Fraction(153, 256)]),
}


@pytest.mark.parametrize("name", HAND_COMPUTED)
def test_steps_by_hand_in_exact_fractions(name):
    gradients, expected = HAND_COMPUTED[name]
    assert [Fraction(w) for w in by_hand(name, Fraction(1, 8), gradients, momentum=0.75)] == expected


def test_rprop_by_hand():
    """Size 0.125; same sign * 1.2; change of sign * 0.5 and rest; after the rest * 1; same sign * 1.2; zero rests."""
    sizes = [Fraction(1, 8), Fraction(3, 20), 0, Fraction(3, 40), Fraction(9, 100), 0]
    gradients = [2, 1, -1, -3, -1, 0]
    signs = [-1, -1, 0, 1, 1, 0]
    expected, w = [], Fraction(1)
    for size, sign in zip(sizes, signs, strict=True):
        w += sign * size
        expected.append(float(w))
    np.testing.assert_allclose(by_hand("rprop", 0.125, gradients), expected, rtol=1e-15)


def test_rprop_keeps_its_step_sizes_within_their_bounds():
    grown = np.diff(by_hand("rprop", 40.0, [1, 1, 1, 1]))
    assert grown.tolist() == [-48.0, -50.0, -50.0]
    optimizer, rate = OPTIMIZERS["rprop"], Rate(2e-6, 0, 0, 1)
    memory = optimizer.start(1, np.dtype(float), 2e-6)
    for gradient in (1.0, -1.0, 1.0, -1.0, -1.0, 1.0):
        optimizer.update(np.ones(1), np.array([gradient]), memory, rate)
    assert memory["step_size"] == 1e-6


def test_rmsprop_by_hand():
    """s = 0.01 * 4 = 0.04, root 0.2; s = 0.99 * 0.04 + 0.01 * 1 = 0.0496."""
    first = 1 - 0.5 * 2 / (0.2 + 1e-8)
    second = first - 0.5 * 1 / (math.sqrt(0.0496) + 1e-8)
    np.testing.assert_allclose(by_hand("rmsprop", 0.5, [2, 1]), [first, second], rtol=1e-14)


def adam_by_hand(start, decay):
    """Corrected mean and square of g = 2, 1: 2 and 4; 0.28 / 0.19 and (0.999 * 0.004 + 0.001) / 0.001999."""
    first = start * (1 - decay) - 0.5 * 2 / (2 + 1e-8)
    second = first * (1 - decay) - 0.5 * (0.28 / 0.19) / (math.sqrt(0.004996 / 0.001999) + 1e-8)
    return [first, second]


def test_adam_by_hand():
    np.testing.assert_allclose(by_hand("adam", 0.5, [2, 1]), adam_by_hand(1, 0), rtol=1e-13)


def test_adamw_by_hand_decays_before_it_steps():
    found = by_hand("adamw", 0.5, [2, 1], weight_decay=0.2)
    np.testing.assert_allclose(found, adam_by_hand(1, 0.1), rtol=1e-13)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_gradients_and_parameters_stay_as_they_are(name):
    p, g = np.array(START), np.array(GRADIENTS[0])
    OPTIMIZERS[name].update(p, g, OPTIMIZERS[name].start(3, p.dtype, 0.1), Rate(0.1, 0.9, 0.01, 1))
    assert (p.tolist(), g.tolist()) == (START, GRADIENTS[0])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_single_precision_stays_single(name):
    p, g = np.array(START, np.float32), np.array(GRADIENTS[0], np.float32)
    memory = OPTIMIZERS[name].start(3, p.dtype, 0.1)
    assert OPTIMIZERS[name].update(p, g, memory, Rate(0.1, 0.9, 0.01, 1)).dtype == np.float32
    assert {array.dtype for array in memory.values()} <= {np.dtype(np.float32)}


def test_what_each_optimizer_uses():
    assert [n for n, o in OPTIMIZERS.items() if o.uses_momentum] == ["momentum", "nesterov"]
    assert [n for n, o in OPTIMIZERS.items() if o.uses_weight_decay] == ["adamw"]
    assert [n for n, o in OPTIMIZERS.items() if o.full_batch_only] == ["rprop"]
