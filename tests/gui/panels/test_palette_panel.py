import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag

from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.panels.neuron_tiles import MIME, neuron_pixmap
from annsim.gui.panels.palette_panel import PalettePanel
from annsim.gui.theme import theme

# remarks of the offscreen platform, not of the program
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def irregular(qapp):
    return Document(read_example("irregular"))


@pytest.fixture
def palette(irregular, qtbot):
    widget = PalettePanel(irregular)
    qtbot.addWidget(widget)
    widget.resize(240, 372)
    widget.show()
    return widget


@pytest.fixture
def wanted(palette):
    sent = []
    palette.neuron_wanted.connect(lambda role, activation: sent.append((role, activation)))
    palette.layer_wanted.connect(lambda: sent.append("layer"))
    palette.layers_wanted.connect(lambda: sent.append("layers"))
    return sent


@pytest.fixture
def drags(monkeypatch):
    """The payloads of the drags begun; the drag itself would wait for a pointer."""
    seen = []

    def exec_(drag, actions):
        seen.append(json.loads(bytes(drag.mimeData().data(MIME).data())))
        assert not drag.pixmap().isNull()
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    return seen


def tile(palette, name):
    return next(one for one in palette.tiles if one.name == name)


def pull(qtbot, item):
    qtbot.mousePress(item, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(item, QPoint(40, 25))
    qtbot.mouseRelease(item, Qt.MouseButton.LeftButton, pos=QPoint(40, 25))


def test_dragged_rows_and_tiles_carry_what_the_canvas_needs(palette, qtbot, drags, wanted):
    for row in palette.rows:
        pull(qtbot, row)
    pull(qtbot, tile(palette, "relu"))
    roles, kinds = ("input", "hidden", "output"), ("layer", "layers")
    assert drags == [*({"role": r} for r in roles), *({"ready_made": k} for k in kinds), {"activation": "relu"}]


def test_a_short_movement_is_no_drag(palette, qtbot, drags):
    row = palette.rows[0]
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(row, QPoint(6, 5))
    qtbot.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(6, 5))
    assert drags == []


def test_enter_and_double_click_ask_for_a_neuron(palette, qtbot, wanted):
    for row in palette.rows:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.mouseDClick(palette.rows[1], Qt.MouseButton.LeftButton)
    assert wanted == [("input", ""), ("hidden", ""), ("output", ""), "layer", "layers", ("hidden", "")]


def test_a_click_asks_for_layers_but_not_for_neurons(palette, qtbot, wanted):
    for row in palette.rows:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert wanted == ["layer", "layers"]


def test_a_double_click_asks_for_one_layer_only(palette, qtbot, wanted):
    qtbot.mouseClick(palette.rows[3], Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(palette.rows[3], Qt.MouseButton.LeftButton)
    assert wanted == ["layer"]


def test_a_tile_sets_the_function_of_the_selected_neurons_as_one_edit(palette, irregular, qtbot, wanted):
    names = ("bend", "ramp", "x1")
    ids = [irregular.network.neuron_id_of(name) for name in names]
    irregular.select(ids)
    before = irregular.bytes()
    qtbot.mouseClick(tile(palette, "step"), Qt.MouseButton.LeftButton)
    assert irregular.undo_stack.undoText() == "Set activation of 2 neurons to step"
    assert [irregular.network.neuron_values(i).activation for i in ids[:2]] == ["step", "step"]
    irregular.undo()
    assert irregular.bytes() == before
    assert wanted == []


def test_what_cannot_be_set_is_said(palette, irregular, qtbot):
    irregular.select([irregular.network.neuron_id_of("bend")])
    palette.unfold(True)
    qtbot.keyClick(tile(palette, "softmax"), Qt.Key.Key_Return)
    assert "softmax" in palette.strip.text
    irregular.select([irregular.network.neuron_id_of("x1")])
    assert palette.strip.text == ""
    qtbot.mouseClick(tile(palette, "relu"), Qt.MouseButton.LeftButton)
    assert "input neuron" in palette.strip.text
    assert not irregular.undo_stack.canUndo()


def test_without_a_selection_enter_on_a_tile_asks_for_a_neuron_with_it(palette, qtbot, wanted):
    palette.unfold(True)
    qtbot.keyClick(tile(palette, "relu"), Qt.Key.Key_Return)
    qtbot.keyClick(tile(palette, "softmax"), Qt.Key.Key_Return)
    assert wanted == [("hidden", "relu"), ("output", "softmax")]


def test_ten_more_are_unfolded(palette, qtbot):
    assert [one.name for one in palette.tiles if one.isVisible()] == ["step", "sigmoid", "relu", "tanh"]
    assert palette.more.text() == "10 more"
    qtbot.mouseClick(palette.more, Qt.MouseButton.LeftButton)
    assert all(one.isVisible() for one in palette.tiles)
    qtbot.mouseClick(palette.more, Qt.MouseButton.LeftButton)
    assert not palette.tiles[-1].isVisible()


@pytest.mark.parametrize("width", [200, 216, 240, 288])
def test_no_word_is_cut(palette, width, qtbot):
    palette.unfold(True)
    palette.resize(width, 900)
    qtbot.waitUntil(lambda: all(one.width() >= one.word_width for one in palette.tiles), timeout=1000)
    assert all(row.width() >= row.sizeHint().width() for row in palette.rows)
    assert all(one.geometry().right() < width for one in (*palette.rows, *palette.tiles))


def test_a_low_panel_shows_icons_alone(palette, qtbot):
    palette.resize(216, 212)
    qtbot.waitUntil(lambda: len({row.y() for row in palette.rows}) == 1)
    palette.resize(240, 400)
    qtbot.waitUntil(lambda: len({row.y() for row in palette.rows}) == 5)


def test_everything_has_a_name_and_a_tip(palette):
    for one in (*palette.rows, *palette.tiles, palette.more):
        assert one.accessibleName()
        assert one.toolTip()


@pytest.mark.parametrize("payload", [{"role": "input"}, {"role": "output"}, {"activation": "relu"}])
def test_the_dragged_neuron_is_a_circle(payload):
    picture = neuron_pixmap(payload, theme().look).toImage()
    assert picture.pixelColor(1, 1).alpha() == 0
    assert picture.pixelColor(picture.width() // 2, picture.height() - 25).alpha() == 255
