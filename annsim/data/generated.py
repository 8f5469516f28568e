"""Data sets made by a formula: the truth tables, the generators of TensorFlow Playground, moons and a sine.

The Playground's formulas are those of its `src/dataset.ts`; the random numbers are NumPy's.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from annsim.data.table import Numbers

Columns = dict[str, Numbers]
Random = np.random.Generator
Logic = Callable[[Numbers], Numbers | NDArray[np.bool_]]

HILLS = ((-4.0, 2.5, 1), (0.0, 2.5, -1), (4.0, 2.5, 1), (-4.0, -2.5, -1), (0.0, -2.5, 1), (4.0, -2.5, -1))


def truth_table(inputs: str, functions: Mapping[str, Logic]) -> Columns:
    """Return all combinations of 0 and 1 in counting order, and functions of their sum.

    Parameters
    ----------
    inputs : str
        Names, separated by blanks; the first changes most slowly.
    functions : mapping of str to callable
        Gives each target of the number of inputs that are 1; True counts as 1.
    """
    names = inputs.split()
    rows = np.arange(2 ** len(names))
    bits = {
        name: (rows >> shift & 1).astype(np.float64) for shift, name in zip(range(len(names))[::-1], names, strict=True)
    }
    ones = np.sum(list(bits.values()), axis=0)
    return bits | {name: function(ones).astype(np.float64) for name, function in functions.items()}


def circle(samples: int, noise: float, random: Random) -> Columns:
    """Return a disc of radius 2.5 (class 1) in a ring from 3.5 to 5 (class -1); noise moves the class only."""
    inner = samples // 2
    radius = np.concatenate([random.uniform(0, 2.5, inner), random.uniform(3.5, 5, samples - inner)])
    angle = random.uniform(0, 2 * np.pi, samples)
    x1, x2 = radius * np.sin(angle), radius * np.cos(angle)
    moved = np.hypot(x1 + random.uniform(-5, 5, samples) * noise, x2 + random.uniform(-5, 5, samples) * noise)
    return {"x1": x1, "x2": x2, "class": np.where(moved < 2.5, 1.0, -1.0)}


def gauss(samples: int, noise: float, random: Random) -> Columns:
    """Return two normal clouds at (2, 2) (class 1) and (-2, -2) (class -1), variance 0.5 to 4 with the noise."""
    classes = _halves(samples)
    deviation = np.sqrt(0.5 + 3.5 * noise / 0.5)
    points = 2 * classes + deviation * random.standard_normal((2, samples))
    return {"x1": points[0], "x2": points[1], "class": classes}


def spiral(samples: int, noise: float, random: Random) -> Columns:
    """Return two arms of 1.75 turns, the second half a turn ahead: class 1, then class -1."""
    classes = _halves(samples)
    along = np.concatenate([np.arange(n) / max(1, n) for n in (samples // 2, samples - samples // 2)])
    angle = 1.75 * along * 2 * np.pi + np.where(classes == 1, 0, np.pi)
    shift = random.uniform(-1, 1, (2, samples)) * noise
    return {"x1": 5 * along * np.sin(angle) + shift[0], "x2": 5 * along * np.cos(angle) + shift[1], "class": classes}


def moons(samples: int, noise: float, random: Random) -> Columns:
    """Return two half circles of radius 1 that interlock: class 1, then class -1; noise is a normal shift."""
    classes = _halves(samples)
    angle = np.concatenate([np.linspace(0, np.pi, n) for n in (samples // 2, samples - samples // 2)])
    x1 = np.where(classes == 1, np.cos(angle), 1 - np.cos(angle))
    x2 = np.where(classes == 1, np.sin(angle), 0.5 - np.sin(angle))
    shift = noise * random.standard_normal((2, samples))
    return {"x1": x1 + shift[0], "x2": x2 + shift[1], "class": classes}


def plane(samples: int, noise: float, random: Random) -> Columns:
    """Return the plane (x1 + x2) / 10 over [-6, 6] x [-6, 6]; noise moves the point at which it is taken."""
    point, moved = _square(samples, noise, random)
    return {"x1": point[0], "x2": point[1], "y": moved.sum(axis=0) / 10}


def hills(samples: int, noise: float, random: Random) -> Columns:
    """Return three hills and three hollows, cones of radius 2 and height 1; noise moves the point that counts."""
    point, moved = _square(samples, noise, random)
    cones = [sign * np.clip(1 - np.hypot(moved[0] - x1, moved[1] - x2) / 2, 0, 1) for x1, x2, sign in HILLS]
    highest = np.abs(cones).argmax(axis=0)
    return {"x1": point[0], "x2": point[1], "y": np.choose(highest, cones)}


def sine(samples: int, noise: float, random: Random) -> Columns:
    """Return one period of sin x over [-pi, pi]; noise is a normal shift of y."""
    x = random.uniform(-np.pi, np.pi, samples)
    return {"x": x, "y": np.sin(x) + noise * random.standard_normal(samples)}


def _halves(samples: int) -> Numbers:
    return np.where(np.arange(samples) < samples // 2, 1.0, -1.0)


def _square(samples: int, noise: float, random: Random) -> tuple[Numbers, Numbers]:
    point = random.uniform(-6, 6, (2, samples))
    return point, point + random.uniform(-6, 6, (2, samples)) * noise
