"""The bundled examples: they are what the recipe makes, and they learn what their notes promise."""

import itertools
import re

import numpy as np
import pytest

import annsim as ann
from annsim.formats import project_file
from annsim.formats.examples import examples, read_example
from annsim.project.loading import load_for, outputs_for
from annsim.training.session import Session
from tests.examples.make_examples import EXAMPLES, FOLDER

SLOW_SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))]
LEARNED = {  # name: what the note says, and the bound that it states
    "and": (r"Every row is right within 20 epochs", lambda run: run.accuracy == 1),
    "or": (r"Every row is right within 20 epochs", lambda run: run.accuracy == 1),
    "xor": (r"loss falls under 0\.01 within 1,000 epochs", lambda run: run.training_loss < 0.01),
    "circle": (r"At least 0\.97 of the test rows", lambda run: run.accuracy >= 0.97),
    "irregular": (r"At least 0\.97 of the test rows", lambda run: run.accuracy >= 0.97),
    "sine": (r"test loss falls under 0\.005", lambda run: run.test_loss < 0.005),
    "iris": (r"At least 0\.9 of the test rows", lambda run: run.accuracy >= 0.9),
    "digits": (r"At least 0\.95 of the test rows", lambda run: run.accuracy >= 0.95),
    "spiral": (r"At least 0\.9 of the test rows", lambda run: run.accuracy >= 0.9),
}
SLOW_MACHINE = 300  # steps in 2 s
TABLES = {
    "half_adder": lambda a, b: (a ^ b, a & b),
    "full_adder": lambda a, b, c: (a ^ b ^ c, a + b + c > 1),
    "majority": lambda a, b, c: (a + b + c > 1,),
}


def test_there_are_ten_and_the_folder_holds_no_others():
    assert len(examples()) >= 10
    assert {path.stem for path in FOLDER.glob("*.annsim")} == {*examples()} == {*LEARNED} | {*TABLES}
    assert list(examples()) == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_recipe_makes_the_bundled_bytes(name):
    path = FOLDER / f"{name}.annsim"
    assert project_file.write(EXAMPLES[name](), path) == path.read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_title_note_and_settings(name):
    project = read_example(name)
    assert project.title
    assert len(project.note) > 40
    assert (project.path, project.runs, project.settings.init) == (None, [], None)


def trained(name, seed):
    """Train an example as it is for seed 1, else from new initial weights, and with another order and split."""
    project = read_example(name)
    if seed > 1:
        project.settings = project.settings.with_changes(seed=seed, init="glorot_uniform")
    dataset, _ = load_for(project.network, project.data, project.settings)
    session = Session(project.network, dataset, project.settings)
    for _ in session:
        pass
    return session.finish()


@pytest.mark.parametrize("seed", SLOW_SEEDS)
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name == "spiral")) for name in LEARNED]
)
def test_each_learns_what_its_note_says(name, seed):
    promise, is_kept = LEARNED[name]
    assert re.search(promise, examples()[name].note)
    assert is_kept(trained(name, seed))


@pytest.mark.parametrize("name", TABLES)
def test_predetermined_ones_are_right_on_every_row(name, tmp_path):
    project = read_example(name)
    rows = list(itertools.product((0, 1), repeat=len(project.network.ids_of_role("input"))))
    np.savez(tmp_path / "d.npz", inputs=np.array(rows))
    _, outputs, _ = outputs_for(project, str(tmp_path / "d.npz"))
    np.testing.assert_array_equal(outputs, [TABLES[name](*row) for row in rows])


@pytest.mark.parametrize("name", LEARNED)
def test_the_first_two_seconds_show_that_something_is_learned(name):
    """In as many steps as a slow machine takes in 2 s, at the example's own speed."""
    project = read_example(name)
    dataset, _ = load_for(project.network, project.data, project.settings)
    session = Session(project.network, dataset, project.settings)
    session.advance(steps=min(2 * (project.speed or SLOW_MACHINE), SLOW_MACHINE))
    losses = session.history["training_loss"]
    assert losses[-1] < 0.75 * losses[0]
    assert (session.learning.parameters.values != session.initial.values).any()


@pytest.mark.parametrize("name", TABLES)
def test_predetermined_ones_are_locked(name):
    network = read_example(name).network
    assert all(c.locked for c in network.connections.values())
    assert all(n.locked for n in network.neurons.values() if n.role != "input")


def test_an_example_that_there_is_not():
    with pytest.raises(ann.FileError, match=r"no example is called 'xr'\. Did you mean 'xor'\?"):
        read_example("xr")
