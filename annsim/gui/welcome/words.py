"""What a project is, in a few words: its kind, its size, what it learns, when it was last changed."""

import math
from collections import Counter
from datetime import date, timedelta

from PySide6.QtCore import QLocale

from annsim.data.builtin import BUILTIN_SETS, PREFIX
from annsim.data.columns import NumberColumn
from annsim.network.network import Network
from annsim.project.project import Project

KINDS = ("Logic", "Classes", "Numbers", "Pictures")
MOST_LAYERS = 6
SIZED_UP_TO = 20_000  # neurons; the layers of larger networks are not looked for
LEAST_PIXELS = 49  # a table may have 16 or 25 columns as well
COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def kind_of(project: Project) -> str:
    """Return the kind of a project, one of `KINDS`, or "" where nothing says what it learns."""
    if is_logic(project):
        return "Logic"
    preparation = project.data.preparation if project.data is not None else None
    if preparation is None:
        return ""
    if picture_side(project):
        return "Pictures"
    return "Numbers" if all(isinstance(column, NumberColumn) for column in preparation.targets) else "Classes"


def is_logic(project: Project) -> bool:
    """Return whether a project is about a truth table: by its data, or because all its neurons step."""
    if project.data is not None and project.data.is_builtin:
        known = BUILTIN_SETS.get(project.data.source.removeprefix(PREFIX))
        return known is not None and known.samples is None and known.scaling == "none"
    return project.data is None and only_steps(project.network)


def only_steps(network: Network) -> bool:
    """Return whether all neurons but the inputs have the step function, and there is one."""
    functions = {neuron.activation for neuron in network.neurons.values() if neuron.role != "input"}
    return functions == {"step"}


def picture_side(project: Project) -> int:
    """Return how many pixels wide and high the inputs are as a picture, 0 where they are none."""
    preparation = project.data.preparation if project.data is not None else None
    count = 0 if preparation is None else len(preparation.inputs)
    side = math.isqrt(count)
    return side if side * side == count >= LEAST_PIXELS else 0


def size_text(network: Network) -> str:
    """Return the size of a network: "2-4-1" where it is in layers, else "12 neurons"."""
    count = len(network.neurons)
    layers = _layers(network) if count <= SIZED_UP_TO else []
    if 1 < len(layers) <= MOST_LAYERS:
        return "-".join(map(str, layers))
    return "empty" if not count else f"{count:,} neuron{'s' * (count != 1)}"


def _layers(network: Network) -> list[int]:
    """Return the numbers of neurons by layer where every arrow leads to the next layer, else an empty list."""
    depth = network.depths()
    block = network.store.block
    pairs = zip(block.source.tolist(), block.target.tolist(), strict=True)
    if not len(block) or any(depth[target] != depth[source] + 1 for source, target in pairs):
        return []
    counts = Counter(depth.values())
    return [counts[layer] for layer in range(len(counts))]


def about(project: Project) -> str:
    """Return a line about a project: its size, and what it learns or does."""
    network = project.network
    preparation = project.data.preparation if project.data is not None else None
    if is_untrainable(network):
        what = "weights set by hand"
    elif only_steps(network) and project.settings.step_gradient == "perceptron":
        what = "perceptron rule"
    elif picture_side(project):
        side = picture_side(project)
        what = f"pictures of {side} × {side}"
    elif preparation is not None and all(isinstance(column, NumberColumn) for column in preparation.targets):
        what = "regression"
    elif is_logic(project):
        what = "truth table"
    elif preparation is not None and preparation.classes is not None:
        count = len(preparation.classes)
        what = f"{COUNT_WORDS[count] if count < len(COUNT_WORDS) else f'{count:,}'} classes"
    else:
        what = "no data yet"
    return f"{size_text(network)}, {what}"


def is_untrainable(network: Network) -> bool:
    """Return whether there is no weight or bias that training could change."""
    has_loose_bias = any(not n.locked for n in network.neurons.values() if n.role != "input")
    return bool(network.store.block.locked.all()) and not has_loose_bias


def day_text(day: date, today: date) -> str:
    """Return when something was, as people say it: "today", "yesterday", "Monday", "3 May", "3 May 2023"."""
    if day >= today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    if day > today - timedelta(days=7):
        return QLocale.c().dayName(day.isoweekday())
    month = f"{day.day} {QLocale.c().monthName(day.month)}"
    return month if day.year == today.year else f"{month} {day.year}"
