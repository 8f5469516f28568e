import pytest
from PySide6.QtCore import Qt

from annsim.gui.theme import theme
from annsim.project.project import Project

SHIFT = Qt.KeyboardModifier.ShiftModifier
C = Qt.Key.Key_C


@pytest.fixture
def messages(canvas):
    said = []
    canvas.message.connect(said.append)
    return said


@pytest.fixture
def mark(irregular, mouse, name):
    """A function that marks neurons by name."""

    def marked(*names):
        irregular.select(map(name, names))
        mouse.key(C, SHIFT)

    return marked


def new_arrows(network, last):
    """Return the arrows with ids above `last`, by the names of their ends."""
    found = [c for i, c in network.connections.items() if i > last]
    return [tuple(network.neuron_values(i).name for i in (c.source, c.target)) for c in found]


def test_c_connects_all_selected_to_all_marked_as_one_step(mouse, irregular, name, mark, messages):
    network, before = irregular.network, irregular.bytes()
    mark("mix", "soft")
    irregular.select([name("x1"), name("wave"), name("bend")])
    mouse.key(C)
    assert sorted(new_arrows(network, 17)) == [("bend", "soft"), ("wave", "mix"), ("x1", "soft")]
    assert messages[-1] == "3 connected, 3 were there already."
    assert irregular.undo_stack.count() == 1
    irregular.undo()
    assert irregular.bytes() == before


def test_what_cannot_be_is_skipped_and_said(mouse, irregular, name, mark, messages):
    before = irregular.bytes()
    mark("x1", "ramp", "bend")
    irregular.select([name("mix"), name("bend")])
    mouse.key(C)
    assert new_arrows(irregular.network, 17) == [("bend", "ramp")]
    told = messages[-1]
    for reason in ("1 connected", "2 would lead into", "1 would lead from a neuron to itself", "2 would close a cycle"):
        assert reason in told
    irregular.undo()
    assert irregular.bytes() == before


def test_one_to_one(canvas, irregular, name, mark):
    mark("mix", "soft")
    irregular.select([name("bend"), name("x1"), name("wave")])
    canvas.actions_by_name["connect_one_to_one"].trigger()
    assert new_arrows(irregular.network, 17) == [("x1", "soft")]


def test_nothing_to_add_is_no_step(mouse, irregular, name, mark, messages):
    mark("class")
    irregular.select([name("mix")])
    mouse.key(C)
    assert messages[-1] == "0 connected, 1 was there already."
    assert irregular.undo_stack.count() == 0


def test_without_marks_or_sources_it_says_what_to_do(mouse, irregular, name, mark, messages):
    irregular.select([name("x1")])
    mouse.key(C)
    assert "Shift+C" in messages[-1]
    mark("mix")
    irregular.select()
    mouse.key(C)
    assert messages[-1] == "Select the neurons that are to be connected to the marked ones."
    assert irregular.undo_stack.count() == 0


def test_patterns_with_a_question_ask_with_both_ends(canvas, irregular, name, mark, qtbot):
    mark("mix", "soft")
    irregular.select([name("x1")])
    with qtbot.waitSignal(canvas.pattern_wanted) as wanted:
        canvas.actions_by_name["connect_nearest"].trigger()
    assert wanted.args == ["nearest", {name("x1")}, {name("mix"), name("soft")}]


def test_marks_survive_what_keeps_the_neurons_and_escape_clears_them(canvas, mouse, irregular, name, mark):
    mark("mix", "soft")
    both = {name("mix"), name("soft")}
    irregular.network.neurons[name("mix")].bias = 2.0
    assert canvas._stage.marked == both
    irregular.network.remove(irregular.network.neurons[name("soft")])
    assert canvas._stage.marked == {name("mix")}
    mouse.key(Qt.Key.Key_Escape)
    assert not irregular.selected_neurons
    assert canvas._stage.marked == {name("mix")}
    mouse.key(Qt.Key.Key_Escape)
    assert canvas._stage.marked == set()


def test_another_project_has_no_marks(canvas, irregular, mark):
    mark("mix")
    irregular.replace(Project(network=irregular.network.copy()))
    assert canvas._stage.marked == set()


def test_marked_neurons_wear_a_dashed_ring(canvas, irregular, name, mark):
    canvas.set_zoom(1.0)
    number = name("soft")

    def count():
        centre, radius = canvas._board.circle(number)
        picture, ring = canvas.grab().toImage(), theme().look.colour("selection2")
        around = range(-round(radius) - 8, round(radius) + 9)
        colours = [picture.pixelColor(round(centre.x()) + x, round(centre.y()) + y) for x in around for y in around]
        return sum(
            abs(c.red() - ring.red()) + abs(c.green() - ring.green()) + abs(c.blue() - ring.blue()) < 30
            for c in colours
        )

    irregular.select([number])
    assert count() == 0
    mark("soft")
    both = count()
    irregular.select()
    for found in (both, count()):
        assert 200 < found < 700  # 3 px by 2 pi 42 px, seven parts of twelve
