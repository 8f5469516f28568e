import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from annsim.formats.examples import read_example
from annsim.gui.canvas.arrow_shape import distances, find_bends
from annsim.gui.canvas.bias_places import RADIUS, WAYS, BiasPlaces
from annsim.gui.canvas.drawing import Drawing
from annsim.gui.canvas.quantity import Quantity
from annsim.gui.document import Document
from annsim.network.edits import SetValues
from annsim.network.network import Network
from annsim.project.project import Project


def drawing_of(network):
    drawing = Drawing()
    drawing.follow(Document(Project(network=network)))
    return drawing


def sources(drawing):
    rows = np.flatnonzero(drawing.has_bias)
    return drawing.positions[rows] + BiasPlaces().offsets(drawing)[rows]


@pytest.mark.parametrize("example", ["xor", "irregular", "full_adder", "iris", "half_adder"])
def test_no_source_covers_a_neuron_or_another_source(qapp, example):
    drawing = drawing_of(read_example(example).network)
    middles = sources(drawing)
    off = np.hypot(*(middles[:, None] - drawing.positions[None]).transpose(2, 0, 1)) - drawing.radii
    assert off.min() > RADIUS
    apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1))
    assert apart[~np.eye(len(middles), dtype=bool)].min() > 2 * RADIUS


@pytest.mark.parametrize("example", ["xor", "irregular"])
def test_where_there_is_room_no_source_covers_an_arrow(qapp, example):
    drawing = drawing_of(read_example(example).network)
    find_bends(drawing)
    straight = drawing.bends == 0
    a, b = drawing.positions[drawing.source[straight]], drawing.positions[drawing.target[straight]]
    assert distances(a, b, sources(drawing)[:, None]).min() > RADIUS


def test_alone_it_stands_at_the_upper_left(qapp):
    network = Network()
    network.add_neuron(position=(0, 0))
    assert BiasPlaces().offsets(drawing_of(network))[0].tolist() == WAYS[0].tolist()
    assert (WAYS[0] < 0).all()


def test_they_move_only_when_the_drawing_does(irregular, name):
    drawing, places = Drawing(), BiasPlaces()
    drawing.follow(irregular)
    before = places.offsets(drawing)
    irregular.do(SetValues("neuron", "bias", [name("mix")], [0.5]))
    drawing.follow(irregular)
    assert places.offsets(drawing) is before
    x, y = irregular.network.neuron_values(name("bend")).position
    irregular.do(SetValues("neuron", "position", [name("bend")], [(x, y - 40)]))
    drawing.follow(irregular)
    assert places.offsets(drawing) is not before


def test_many_neurons_are_not_searched_for(qapp):
    drawing = drawing_of(Network.layered([10, 290, 10]))
    assert (BiasPlaces().offsets(drawing) == WAYS[0]).all()


def test_its_arrow_stands_out_under_the_pointer_with_its_number(canvas, irregular, name, corner):
    mix = name("mix")
    irregular.do(SetValues("neuron", "bias", [mix], [0.75]))
    canvas.set_bias_inputs_shown(True)
    stage = canvas._stage
    way = stage.bias_places.offsets(stage.drawing)[stage.drawing.rows_of([mix])[0]]
    assert canvas._arrows.labels(canvas.eye()) == []
    for share in (1.0, 0.6):
        QTest.mouseMove(canvas.viewport(), corner)
        place = canvas.neuron_position(mix) + QPoint(*(way * share).round().astype(int).tolist())
        QTest.mouseMove(canvas.viewport(), place)
        assert (stage.hovered_bias, stage.hovered_neuron) == (mix, None)
        (label,) = canvas._arrows.labels(canvas.eye())
        assert (label.quantity, label.weight) == (Quantity("bias", mix), 0.75)
        QTest.mouseMove(canvas.viewport(), label.rect.center().toPoint())
        assert stage.hovered_bias == mix  # its label belongs to it
    canvas.grab()
