import time

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu

from annsim.data.builtin import BUILTIN_SETS
from annsim.data.dataset import Dataset
from annsim.gui.panels import data_loading, data_view
from annsim.gui.panels.data_panel import DataPanel
from annsim.gui.panels.data_table import live_outputs
from annsim.gui.training_control import TrainingControl
from annsim.network.network import Network
from annsim.project.project import DataReference, Project


@pytest.fixture
def panel(qtbot, document):
    return shown(qtbot, document)


def shown(qtbot, document, width=240):
    control = TrainingControl(document)
    panel = DataPanel(document, control)
    panel.control_of_test = control  # kept alive with it
    qtbot.addWidget(panel, before_close_func=lambda widget: (control.close(), widget.loader.close()))
    panel.resize(width, 480)
    panel.show()
    return panel


def choose(qtbot, panel, source):
    panel.open_source(source)
    qtbot.waitUntil(lambda: not panel.loader.is_busy, timeout=20_000)


def texts(panel, row):
    model = panel.table.rows
    return [model.index(row, n).data() for n in range(model.columnCount())]


def titles(panel):
    return [column.title for column in panel.table.rows.columns]


def action(menu, text):
    found = [entry for entry in menu.actions() if entry.text().partition("\t")[0] == text]
    assert found, [entry.text() for entry in menu.actions()]
    return found[0]


def test_without_data_it_says_what_to_do(panel):
    assert panel.choose_button.isVisible()
    assert not panel.table.isVisible()


def test_a_set_is_chosen_from_the_menu(qtbot, panel, document):
    menu = panel.choose_button.menu()
    menu.aboutToShow.emit()
    assert [
        name for name in BUILTIN_SETS if action(menu, name).text().endswith(BUILTIN_SETS[name].description)
    ] == list(BUILTIN_SETS)
    action(menu, "xor").trigger()
    qtbot.waitUntil(lambda: document.dataset is not None)
    assert panel.source_button.text() == "xor"
    assert panel.about.lines[0] == "4 training rows, no test rows"
    assert titles(panel) == ["row", "x1", "x2", "target", "o"]
    assert texts(panel, 2) == ["2", "1", "0", "1", "–"]


def test_fit_is_one_undo_step_and_undo_is_exact(qtbot, panel, document):
    choose(qtbot, panel, "builtin:iris")
    before = document.bytes()
    qtbot.mouseClick(panel.fit_button, Qt.MouseButton.LeftButton)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Fit to iris"
    assert document.settings.loss == "cross_entropy"
    assert len(document.network.neurons) == 7
    after = document.bytes()
    document.undo()
    assert document.bytes() == before
    document.redo()
    assert document.bytes() == after


def test_undo_of_a_fit_brings_back_the_coding(qtbot, document):
    document.replace(Project(Network.layered([2, 1], output_activation="sigmoid")))
    panel = shown(qtbot, document)
    choose(qtbot, panel, "builtin:circle")
    document.network.add_neuron("output")
    before = document.bytes()
    panel.fit()
    assert document.project.data.coding == "one-hot"
    document.undo()
    assert document.project.data.coding == "0/1"
    assert document.bytes() == before


def test_a_fit_of_what_fits_is_no_undo_step(qtbot, panel, document):
    choose(qtbot, panel, "builtin:xor")
    panel.fit()
    panel.fit()
    assert document.undo_stack.count() == 1
    assert "suits the data already" in panel.strip.text


def test_a_mismatch_is_said_with_both_counts_and_mended(qtbot, document):
    document.replace(Project(Network.layered([2, 1])))
    panel = shown(qtbot, document)
    choose(qtbot, panel, "builtin:iris")
    assert panel.strip.text == "The network has 2 input neurons, and the data has 4 input columns."
    assert panel.strip.kind == "warning"
    panel.strip._button.click()
    assert document.mismatch() == ""
    assert panel.strip.kind == "success"
    document.undo()
    assert "2 input neurons" in panel.strip.text


def test_too_many_neurons_are_said(qtbot, document):
    document.replace(Project(Network.layered([5, 1])))
    panel = shown(qtbot, document)
    choose(qtbot, panel, "builtin:xor")
    panel.fit()
    assert panel.strip.kind == "error"
    assert "5 input neurons" in panel.strip.text
    assert "2 input columns" in panel.strip.text


def test_fit_without_data_says_so(panel):
    panel.fit()
    assert "no data yet" in panel.strip.text


def test_a_file_that_cannot_be_read_is_said_and_the_data_stays(qtbot, panel, document, tmp_path):
    choose(qtbot, panel, "builtin:xor")
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1,\n2,3\n")
    choose(qtbot, panel, str(broken))
    assert panel.strip.kind == "error"
    assert "missing" in panel.strip.text
    assert document.project.data.source == "builtin:xor"


def test_a_dropped_file_is_loaded(qtbot, panel, document, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("a,b,y\n" + "".join(f"{n},{n * n},{n % 2}\n" for n in range(30)))
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file))])
    keys, buttons, actions = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(20, 20), actions, content, buttons, keys)
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    panel.dropEvent(QDropEvent(QPointF(20, 20), actions, content, buttons, keys))
    qtbot.waitUntil(lambda: document.dataset is not None)
    assert panel.about.lines[:2] == ("24 training, 6 test rows", "target: 'y' (last column)")


def test_another_kind_of_file_is_not_taken(panel, tmp_path):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(tmp_path / "picture.gif"))])
    keys, buttons, actions = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(20, 20), actions, content, buttons, keys)
    enter.ignore()
    panel.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_the_file_dialog_reads_what_is_chosen(qtbot, panel, document, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("a,y\n1,2\n3,4\n5,6\n")
    panel.open_file_dialog()
    dialog = panel.findChild(QFileDialog)
    assert not dialog.isModal() or dialog.windowModality() == Qt.WindowModality.WindowModal
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.waitUntil(lambda: document.dataset is not None)


def test_a_click_shows_the_row_and_the_document_moves_the_table(qtbot, panel, document):
    choose(qtbot, panel, "builtin:iris")
    place = panel.table.visualRect(panel.table.rows.index(3, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert document.row == 3
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    assert document.row == 4
    document.show_row(140)
    assert panel.table.currentIndex().row() == 140
    assert panel.table.viewport().rect().contains(panel.table.visualRect(panel.table.rows.index(140, 0)).center())


def test_outputs_are_those_of_the_network(qtbot, xor_document):
    panel = shown(qtbot, xor_document)
    model = panel.table.rows
    qtbot.waitUntil(lambda: len(model.outputs) == 4)
    wanted = xor_document.network.predict(xor_document.dataset.inputs)
    assert np.allclose([model.outputs[row] for row in range(4)], wanted, rtol=1e-12)
    assert texts(panel, 0)[-1] == f"{wanted[0, 0]:.2f}"
    first = next(iter(xor_document.network.connections.values()))
    first.weight = 5.0
    wanted = xor_document.network.predict(xor_document.dataset.inputs)
    qtbot.waitUntil(lambda: np.allclose(model.outputs[3], wanted[3]))


def test_numbers_are_shown_in_the_units_of_the_file(qtbot, panel, document, tmp_path):
    file = tmp_path / "prices.csv"
    file.write_text("rooms,price\n" + "".join(f"{n},{1000 * n + 500}\n" for n in range(1, 10)))
    choose(qtbot, panel, str(file))
    assert texts(panel, 1)[2] == "2500"
    panel.fit()
    qtbot.waitUntil(lambda: bool(panel.table.rows.outputs))
    assert texts(panel, 1)[3] == "5500"  # an output of 0 is the mean


def test_classes_are_shown_by_name_and_wrong_ones_in_red(qtbot, panel):
    choose(qtbot, panel, "builtin:iris")
    panel.fit()
    model = panel.table.rows
    qtbot.waitUntil(lambda: bool(model.outputs))
    assert texts(panel, 0)[-2:] == ["setosa", "setosa"]
    model.set_outputs(range(1), np.array([[0.1, 0.8, 0.1]]))
    assert texts(panel, 0)[-1] == "versicolor"
    last = model.index(0, model.columnCount() - 1)
    assert last.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert "versicolor: 0.8" in last.data(Qt.ItemDataRole.ToolTipRole)


def test_test_rows_carry_a_ring(qtbot, panel, document):
    choose(qtbot, panel, "builtin:iris")
    model = panel.table.rows
    test, training = int(document.dataset.test_rows[0]), int(document.dataset.train_rows[0])
    rings = [model.index(row, 0).data(Qt.ItemDataRole.DecorationRole).toImage() for row in (test, training)]
    assert rings[0] != rings[1]
    assert "test row" in model.index(test, 0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("width", [200, 240, 320, 900])
@pytest.mark.parametrize("name", ["xor", "digits", "full_adder", "hills"])
def test_row_target_and_output_stay_in_sight(qtbot, document, width, name):
    panel = shown(qtbot, document, width)
    choose(qtbot, panel, f"builtin:{name}")
    table = panel.table
    assert table.horizontalHeader().length() <= table.viewport().width()
    kinds = [column.kind for column in table.rows.columns]
    assert kinds[0] == "row"
    assert kinds[-1] == "output"
    assert "target" in kinds
    if width == 900 and name != "digits":
        assert "gap" not in kinds


def test_of_a_million_rows_only_those_in_sight_are_computed(qtbot, panel, document, monkeypatch):
    asked = []
    monkeypatch.setattr(data_view, "live_outputs", lambda shown, rows: asked.append(rows) or live_outputs(shown, rows))
    document.set_data(Dataset(np.zeros((1_000_000, 2)), np.arange(1_000_000) % 2.0), None)
    document.show_row(999_999)
    assert texts(panel, 999_999)[:3] == ["999999", "0", "0"]
    qtbot.waitUntil(lambda: any(999_999 in rows for rows in asked))
    assert all(len(rows) < 100 for rows in asked)


def test_options_read_the_data_again(qtbot, panel, document):
    choose(qtbot, panel, "builtin:iris")
    menu = panel._options_menu
    for submenu, text in (("Scaling", "Minmax: 0 to 1"), ("Target columns", "petal width")):
        menu.aboutToShow.emit()
        action(action(menu, submenu).menu(), text).trigger()
        qtbot.waitUntil(lambda: not panel.loader.is_busy)
    assert document.dataset.inputs.min() == 0.0
    assert [column.name for column in document.dataset.preparation.targets] == ["species", "petal width"]
    menu.aboutToShow.emit()
    action(menu, "Remove data").trigger()
    assert document.dataset is None
    assert panel.choose_button.isVisible()


def test_generated_sets_have_noise_and_rows(qtbot, panel, document):
    choose(qtbot, panel, "builtin:moons,seed=4")
    menu = panel._options_menu
    for submenu, text in (("Noise", "10 %"), ("Rows", "100")):
        menu.aboutToShow.emit()
        action(action(menu, submenu).menu(), text).trigger()
        qtbot.waitUntil(lambda: not panel.loader.is_busy)
    assert document.project.data.source == "builtin:moons,seed=4,noise=10,samples=100"
    assert panel.source_button.text() == "moons, seed=4, noise=10, samples=100"


def test_a_long_reading_is_shown_and_can_be_cancelled(qtbot, panel, document, monkeypatch):
    choose(qtbot, panel, "builtin:xor")

    def slow(network, reference, settings, progress):
        while True:
            time.sleep(0.01)
            progress(0.5)

    monkeypatch.setattr(data_loading, "load_for", slow)
    panel.open_source("builtin:iris")
    assert panel._busy.isVisible()
    qtbot.waitUntil(lambda: panel._bar.value() == 50)
    qtbot.mouseClick(panel._cancel, Qt.MouseButton.LeftButton)
    assert not panel._busy.isVisible()
    assert document.project.data.source == "builtin:xor"
    panel.loader.close()
    assert not data_loading._UNFINISHED


def test_a_defect_while_reading_is_said(qtbot, panel, monkeypatch):
    def broken(*parts):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(data_loading, "load_for", broken)
    choose(qtbot, panel, "builtin:iris")
    assert "cannot be read: oh" in panel.strip.text


def test_a_file_that_has_changed_is_said(qtbot, document, tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("a,y\n1,2\n3,4\n5,6\n")
    reference = DataReference(str(file), sha256="0" * 64)
    document.replace(Project(data=reference))
    panel = shown(qtbot, document)
    panel.open_reference(reference)
    qtbot.waitUntil(lambda: document.dataset is not None)
    assert panel.strip.text == "t.csv has changed since it was last read."
    choose(qtbot, panel, str(file))
    assert panel.strip.text == ""


def test_another_project_begins_without_data(qtbot, panel, document):
    choose(qtbot, panel, "builtin:xor")
    document.replace(Project())
    assert panel.choose_button.isVisible()
    assert panel.strip.text == ""


def test_everything_has_a_name_and_a_tool_tip(qtbot, panel):
    choose(qtbot, panel, "builtin:xor")
    for widget in (panel.source_button, panel._more, panel.fit_button, panel._cancel, panel.choose_button, panel._open):
        assert widget.toolTip()
        assert widget.accessibleName() or widget.text()
    assert isinstance(panel._more.menu(), QMenu)
