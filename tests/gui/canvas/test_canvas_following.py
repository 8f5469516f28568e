import numpy as np
import pytest

from annsim.engine.compiler import parameters_of
from annsim.errors import NetworkError
from annsim.formats.examples import examples, read_example
from annsim.gui.canvas.arrow_style import WeightScale
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.network.edits import Add, Remove, SetValues
from annsim.network.network import Network
from annsim.network.neuron import NeuronValues
from annsim.project.project import Project


def random_edit(network, draws):
    neurons = list(network.neurons)
    kind = draws.integers(5)
    if kind == 0 or len(neurons) < 3:
        number = network.counters[0]
        place = tuple(draws.normal(scale=200, size=2).tolist())
        return Add(neurons=(NeuronValues(number, f"n{number}", "hidden", "tanh", position=place),))
    if kind == 1:
        return Remove((int(draws.choice(neurons)),))
    if kind == 2:
        chosen = draws.choice(neurons, 2, replace=False).tolist()
        return SetValues("neuron", "position", chosen, [tuple(draws.normal(size=2).tolist()) for _ in chosen])
    return Add(connections=network.new_block(*([int(draws.choice(neurons))] for _ in range(2))))


def is_same(canvas, document):
    network, drawing = document.network, canvas._stage.drawing
    block = network.store.block
    places = [network.neurons[i].position for i in network.neurons]
    assert set(canvas._scene.neuron_items) == set(network.neurons)
    assert drawing.ids.tolist() == list(network.neurons)
    assert np.array_equal(drawing.positions, np.array(places).reshape(-1, 2))
    assert drawing.connection_ids.tolist() == block.ids.tolist()
    assert drawing.ids[drawing.source].tolist() == block.source.tolist()
    assert drawing.ids[drawing.target].tolist() == block.target.tolist()
    for number, item in canvas._scene.neuron_items.items():
        assert (item.pos().x(), item.pos().y()) == pytest.approx(network.neurons[number].position)
        assert item.values == network.neuron_values(number)


@pytest.mark.parametrize("seed", range(3))
def test_the_scene_is_the_network_after_random_edits(open_canvas, seed):
    document, draws = Document(), np.random.default_rng(seed)
    canvas = open_canvas(document)
    for step in range(60):
        try:
            document.do(random_edit(document.network, draws))
        except NetworkError:
            continue
        if step % 9 == 0:
            document.undo()
        is_same(canvas, document)
    canvas.grab()


@pytest.mark.parametrize("choice", ["light", "dark", "high_contrast_light", "high_contrast_dark"])
def test_every_example_in_every_theme(open_canvas, document, choice):
    canvas = open_canvas(document)
    theme().set_choice(choice)
    for name in examples():
        document.replace(read_example(name))
        is_same(canvas, document)
        for zoom in (0.1, 0.3, 1.0, 2.5):
            canvas.set_zoom(zoom)
            canvas.grab()
        canvas.set_bias_inputs_shown(True)
        document.select(list(document.network.neurons)[:3])
        canvas.grab()
        canvas.set_bias_inputs_shown(False)


def test_live_numbers_are_shown_not_oftener_than_thirty_times_a_second(canvas, irregular, qtbot):
    seen = canvas._stage.drawing.weights_version
    for _ in range(50):
        irregular.refresh_moment()
    qtbot.waitUntil(lambda: canvas._stage.drawing.weights_version > seen, timeout=2000)
    assert canvas._stage.drawing.weights_version == seen + 1


def test_a_picture_is_kept_until_something_changes(canvas, irregular, name):
    canvas.grab()
    drawn = canvas._arrows.redrawn
    canvas.grab()
    assert canvas._arrows.redrawn == drawn
    irregular.network.neurons[name("mix")].position = (300.0, 10.0)
    canvas.grab()
    assert canvas._arrows.redrawn == drawn + 1


def test_a_large_network_opens(open_canvas):
    network = Network.layered([784, 300, 100, 10])
    document = Document(Project(network=network))
    canvas = open_canvas(document)
    assert (len(network.neurons), len(network.connections)) == (1194, 266_200)
    canvas.grab()
    assert canvas._arrows.count.drawn < canvas._arrows.count.in_view == 266_200
    document.select([max(network.neurons)])
    canvas.grab()
    canvas.set_zoom(1.0)
    canvas.grab()


def test_strange_places_and_numbers_are_drawn(open_canvas):
    network = Network()
    a = network.add_neuron("input", position=(1e300, -1e300))
    b = network.add_neuron(bias=1e300, threshold=-1e200, position=(0, 0), name="n" * 200)
    c = network.add_neuron(activation="step", locked=True, position=(0, 0))
    network.connect(a, b, 1e308)
    network.connect(b, c, -1e308, locked=True)
    document = Document(Project(network=network))
    canvas = open_canvas(document)
    document.select([int(b)])
    for zoom in (1.0, 3.0):
        canvas.set_zoom(zoom)
        canvas.centerOn(0, 0)
        canvas.grab()


def test_the_reference_weight_does_not_follow_every_step():
    scale = WeightScale()
    scale.follow(np.full(100, 4.0))
    assert scale.reference == 4
    scale.follow(np.full(100, 4.9))
    assert scale.reference == 4
    scale.follow(np.full(100, 5.1))
    assert scale.reference == pytest.approx(5.1)


def test_a_picture_that_takes_long_is_drawn_sharp_only_at_rest(canvas, qtbot):
    canvas.grab()
    drawn = canvas._arrows.redrawn
    canvas._stage.drawing_ms = 1000.0
    for _ in range(5):
        canvas.zoom_in()
        canvas.grab()
    assert canvas._arrows.redrawn == drawn
    qtbot.waitUntil(lambda: canvas._arrows.redrawn == drawn + 1, timeout=3000)
    assert not canvas._arrows.is_late


@pytest.mark.parametrize("sizes", [(2, 3, 1), (40, 40, 2)])
def test_numbers_of_a_diverged_training_are_drawn(open_canvas, sizes):
    document = Document(Project(network=Network.layered(sizes)))
    canvas = open_canvas(document)
    count = len(document.network.connections)
    parameters = parameters_of(document.network, document.compiled())
    parameters.values[:] = np.nan
    parameters.values[:count:2] = np.inf
    document.show_live(parameters)
    canvas._scene._show_numbers()
    for number in (1, len(document.network.neurons)):
        document.select([number])
        for zoom in (0.5, 1.0, 2.0):
            canvas.set_zoom(zoom)
            canvas.grab()
