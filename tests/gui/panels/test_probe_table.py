import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annsim.data.dataset import Dataset
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.training_control import State
from annsim.network.edits import SetValues
from annsim.network.network import Network
from annsim.project.project import DataReference, Project
from tests.gui.panels.probing import SUMS, half_adder, outputs_of, shown

Role = Qt.ItemDataRole


@pytest.fixture
def adder(qapp):
    return half_adder()


@pytest.fixture
def xor_panel(qtbot, xor_document):
    return shown(qtbot, xor_document)


def texts(panel):
    model = panel.table.rows
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def click_row(view, row):
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def marks(panel):
    """What is said of each row: right, wrong, or nothing."""
    model = panel.table.rows
    last = model.columnCount() - 1
    return [model.index(row, last).data(Role.AccessibleTextRole) for row in range(model.rowCount())]


def test_the_table_of_a_half_adder_without_data(qtbot, adder):
    panel = shown(qtbot, adder)
    assert panel.table.rows.titles == ["a", "b", "sum", "carry"]
    assert texts(panel) == [[str(int(v)) for v in (*bits, *sums)] for bits, sums in SUMS]


def test_target_values_and_marks_stand_beside_where_the_data_says(qtbot, adder):
    adder.load_data(DataReference("builtin:half_adder"))
    panel = shown(qtbot, adder)
    assert panel.table.rows.titles == ["a", "b", "sum", "carry", "t sum", "t carry", "right"]
    assert [row[4:6] for row in texts(panel)] == [[str(v) for v in sums] for _, sums in SUMS]
    assert marks(panel) == ["right"] * 4
    adder.do(SetValues("neuron", "threshold", [4], [2.5]))
    assert marks(panel) == ["right", "right", "right", "wrong"]
    model = panel.table.rows
    assert model.index(3, 2).data(Role.AccessibleTextRole) == "sum 1, wrong"
    assert model.index(3, 2).data(Role.ForegroundRole).name() == "#c3242c"
    assert model.index(0, 2).data(Role.ForegroundRole) is None
    assert not model.index(3, 6).data(Role.DecorationRole).isNull()
    assert "wrong" in model.index(3, 0).data(Role.ToolTipRole)


def test_rows_without_a_target_have_no_mark(qtbot, document):
    document.replace(Project(Network.layered([2, 1])))
    document.set_data(Dataset([[0, 0], [0, 1], [1, 0]], [0, 1, 1]), None)
    panel = shown(qtbot, document)
    assert [row[3] for row in texts(panel)] == ["0", "1", "1", "–"]
    assert marks(panel)[3] == ""
    assert panel.table.rows.index(3, 4).data(Role.DecorationRole) is None


def test_xor_is_partly_wrong_before_training_and_right_after(qtbot, xor_document, xor_panel, control):
    outputs = xor_document.network.predict(xor_document.dataset.inputs)[:, 0]
    expected = ["right" if (o > 0.5) == (r in (1, 2)) else "wrong" for r, o in enumerate(outputs)]
    assert marks(xor_panel) == expected
    assert "wrong" in expected
    control.set_pace(None)
    control.play()
    qtbot.waitUntil(lambda: control.state is State.IDLE, timeout=60_000)
    qtbot.waitUntil(lambda: marks(xor_panel) == ["right"] * 4)


def test_the_table_follows_a_running_training(qtbot, xor_document, xor_panel, control):
    control.change_setting("epochs", None)
    control.change_setting("goal", None)
    before = texts(xor_panel)
    control.play()
    qtbot.waitUntil(lambda: texts(xor_panel) != before)
    click_row(xor_panel.table, 3)
    assert xor_document.probe == {1: 1.0, 2: 1.0}
    assert control.state is State.RUNNING
    control.pause()
    is_last = pytest.approx(outputs_of(xor_document)[0], rel=1e-12)  # a batch is summed in another order
    qtbot.waitUntil(lambda: xor_panel.table.rows._outputs[3, 0] == is_last)


def test_a_click_and_the_arrow_keys_put_a_row_on_the_canvas(xor_document, xor_panel):
    view = xor_panel.table
    assert view.currentIndex().row() == 0
    click_row(view, 2)
    assert xor_document.probe == {1: 1.0, 2: 0.0}
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert xor_document.probe == {1: 1.0, 2: 1.0}
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == xor_document.moment.output[:2] @ [2, 1]


def test_the_row_on_the_canvas_is_highlighted_without_beginning_a_probe(qtbot, xor_document, xor_panel):
    xor_document.set_probe_row(3)
    qtbot.waitUntil(lambda: xor_panel.table.currentIndex().row() == 3)
    assert xor_document.probe is None
    xor_document.set_probe_value(1, 0.5)
    assert not xor_panel.table.currentIndex().isValid()
    assert not xor_panel.table.selectionModel().hasSelection()


def test_ctrl_c_copies_the_table_as_text(xor_document, xor_panel):
    xor_panel.table.setFocus()
    QTest.keyClick(xor_panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "x1\tx2\ty1\ttarget\tright"
    cells = [line.split("\t") for line in lines[1:]]
    assert [row[:2] + row[3:4] for row in cells] == [["0", "0", "0"], ["0", "1", "1"], ["1", "0", "1"], ["1", "1", "0"]]
    np.testing.assert_array_equal(
        [float(row[2]) for row in cells], xor_document.network.predict(xor_document.dataset.inputs)[:, 0]
    )
    assert [row[4] for row in cells] == ["yes" if mark == "right" else "no" for mark in marks(xor_panel)]
    QGuiApplication.clipboard().clear()
    xor_panel._copy.click()
    assert QGuiApplication.clipboard().text().splitlines() == lines


def test_other_levels_than_0_and_1_are_those_of_the_data(qtbot, document):
    document.replace(Project(Network.layered([2, 1], output_activation="tanh")))
    document.set_data(Dataset([[-1, -1], [-1, 1], [1, -1], [1, 1]], [-1, 1, 1, -1]), None)
    panel = shown(qtbot, document)
    assert [row[:2] for row in texts(panel)] == [["−1", "−1"], ["−1", "1"], ["1", "−1"], ["1", "1"]]
    click_row(panel.table, 1)
    assert document.probe == {1: -1.0, 2: 1.0}
    assert document.moment.output[:2].tolist() == [-1, 1]


def test_levels_of_scaled_data_are_in_its_units(qtbot, document, tmp_path):
    file = tmp_path / "gate.csv"
    file.write_text("a,b,y\n" + "0,3,0\n0,5,1\n1,3,1\n1,5,0\n" * 9)
    document.replace(Project(Network.layered([2, 1])))
    document.load_data(DataReference(str(file)))
    panel = shown(qtbot, document)
    rows = texts(panel)
    assert [row[:2] for row in rows] == [["0", "3"], ["0", "5"], ["1", "3"], ["1", "5"]]
    assert [row[3] for row in rows] == ["0", "1", "1", "0"]
    click_row(panel.table, 1)
    assert document.probe == {1: 0.0, 2: 5.0}
    np.testing.assert_allclose(document.moment.output[:2], document.dataset.inputs[1])


@pytest.mark.parametrize(
    ("inputs", "rows", "reason"),
    [(6, 64, ""), (7, 0, "No truth table: it is shown for up to 6 inputs, and there are 7.")],
)
def test_up_to_six_inputs_have_a_table(qtbot, document, inputs, rows, reason):
    document.replace(Project(Network.layered([inputs, 1])))
    panel = shown(qtbot, document)
    assert panel.table.rows.rowCount() == rows
    assert panel.table.isVisible() == bool(rows)
    assert panel._reason.text() == reason


def test_inputs_of_other_values_have_no_table(qtbot, qapp):
    document = Document(read_example("sine"))
    document.load_data(document.project.data)
    panel = shown(qtbot, document)
    assert panel.table.isHidden()
    assert panel._reason.text() == "No truth table: in the data, input x does not have just two values."


def test_the_majority_of_three_never_learned(qtbot, qapp):
    document = Document(read_example("majority"))
    panel = shown(qtbot, document)
    assert [row[3] for row in texts(panel)] == ["0", "0", "0", "1", "0", "1", "1", "1"]
    assert document.network.predict(panel.table.rows.table.numbers)[:, 0].tolist() == [0, 0, 0, 1, 0, 1, 1, 1]


def test_a_full_adder_fits_into_the_narrowest_dock(qtbot, qapp):
    document = Document(read_example("full_adder"))
    document.load_data(document.project.data)
    panel = shown(qtbot, document, 216)
    assert marks(panel) == ["right"] * 8
    assert panel.table.horizontalScrollBar().maximum() == 0
    assert panel.table.columnViewportPosition(7) + panel.table.columnWidth(7) <= panel.table.width()
    assert panel.table.indexAt(QPoint(5, 5)).row() == 0
