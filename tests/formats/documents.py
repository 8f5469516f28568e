"""Documents for the tests of files: the golden file, random projects, and JSON with one thing changed."""

import copy
import json
from pathlib import Path

from hypothesis import strategies as st

from annsim.engine.course import Record
from annsim.errors import SettingsError
from annsim.network.network import Network
from annsim.project.loading import load_for
from annsim.project.project import DataReference, Project
from annsim.settings import SETTINGS, Settings
from annsim.training.history import History
from annsim.training.run import Run, SettingChange
from annsim.training.stopping import STOP_REASONS
from tests.network.drawings import drawings

GOLDEN = Path(__file__).with_name("version_1.annsim")
DELETED = object()
PREPARED = ("builtin:xor", "builtin:circle,samples=20")


def changed(document, place, value):
    """Return a copy of a JSON document with the value at "key.0.key" replaced, added or DELETED."""
    document = copy.deepcopy(document)
    *parents, last = (int(part) if part.isdigit() else part for part in place.split("."))
    inside = document
    for part in parents:
        inside = inside[part]
    if value is DELETED:
        del inside[last]
    elif last == "append":
        inside.append(value)
    else:
        inside[last] = value
    return document


def golden_json():
    return json.loads(GOLDEN.read_text("utf-8"))


weights = st.floats(allow_nan=False, allow_infinity=False)
printable = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and text.strip())


@st.composite
def settings(draw):
    """Draw settings; those that contradict each other are drawn anew."""
    floats = st.floats(0, 1, exclude_min=True, exclude_max=True)
    values = {}
    for name, setting in SETTINGS.items():
        if choices := setting.metadata["choices"]:
            values[name] = draw(st.sampled_from(choices))
        elif name == "shuffle":
            values[name] = draw(st.booleans())
        elif isinstance(setting.default, float) or name in ("goal", "test_share"):
            values[name] = draw(floats)
        else:
            values[name] = draw(st.integers(1, 2))
    try:
        return Settings(**values)
    except SettingsError:
        return Settings(**{**values, "schedule": "constant"})


@st.composite
def runs(draw):
    """Draw a run as it may have been."""
    losses = st.none() | weights
    rows = draw(st.lists(st.tuples(st.integers(0, 10**9), weights, losses, losses), min_size=1, max_size=4))
    changes = st.lists(st.builds(SettingChange, st.integers(0, 10**9), st.just("learning_rate"), st.floats(0.1, 1)))
    return Run(
        draw(settings()),
        History.of([Record(*row) for row in rows]),
        draw(st.sampled_from(STOP_REASONS)),
        draw(st.integers(0, 10**9)),
        draw(st.integers(0, 10**18)),
        draw(st.text()),
        draw(st.text()),
        draw(st.text(min_size=1)),
        tuple(draw(changes)),
    )


@st.composite
def projects(draw, path):
    """Draw a project of odd names, texts, numbers, data and runs."""
    network = draw(drawings(values=weights, softmax=True, most=3, notes=True))
    for neuron, name in zip(network.neurons.values(), draw(st.lists(printable, max_size=4, unique=True)), strict=False):
        neuron.name = f"{name}-{neuron.id}"  # no other has it
        neuron.position = draw(st.tuples(weights, weights))
    for connection in [*network.connections.values()][: draw(st.integers(0, 1))]:
        network.remove(connection)
    return Project(
        network,
        draw(settings()),
        draw(st.none() | references(path)),
        draw(st.lists(runs(), max_size=2)),
        draw(st.text()),
        draw(st.text()),
    )


def references(path):
    """Draw a reference to data, some with its preparation."""
    prepared = [load_for(Network.layered([2, 1]), DataReference(source), Settings())[1] for source in PREPARED]
    sources = ["builtin:spiral,noise=10", str(path.parent / "ü" / 'a "b".csv'), str(path.parent.parent / "c.npz")]
    return st.sampled_from(prepared) | st.builds(
        DataReference,
        st.sampled_from(sources),
        st.none() | st.text(),
        st.none() | st.lists(st.text()).map(tuple),
        st.none() | st.text(),
    )
