import csv

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from annsim.errors import WorkError
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.look import number_text
from annsim.gui.plots.curves import POINTS_DRAWN
from annsim.gui.plots.loss_plot import LossPlot
from annsim.gui.theme import theme
from annsim.gui.training_control import State, TrainingControl


@pytest.fixture
def plot(qtbot, xor_document, control):
    xor_document.set_settings(xor_document.settings.with_changes(epochs=None, goal=None))
    return shown(qtbot, xor_document, control)


def shown(qtbot, document, control):
    widget = LossPlot(document, control)
    qtbot.addWidget(widget)
    widget.resize(800, 248)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def train(qtbot, control, epochs=3):
    for _ in range(epochs):
        control.epoch()
        qtbot.waitUntil(lambda: control.state is State.PAUSED)


def drawn(plot, name="training"):
    return plot.area._curves[name].getData()


def settle(qtbot, plot):
    qtbot.waitUntil(lambda: not plot._timer.isActive())


def laid_out(qtbot, plot):
    """Wait until the curves have their place; Qt lays them out when it next paints."""
    settle(qtbot, plot)
    qtbot.waitUntil(lambda: plot.axis_span()[1] > plot.width() - 60)


def test_at_first_it_says_what_will_be_there(plot):
    assert plot._stack.currentIndex() == 0
    assert not plot.scale_button.isVisible()


def test_training_draws_points(qtbot, plot, control):
    control.play()
    qtbot.waitUntil(lambda: len(plot.curves.present.training) > 20)
    control.pause()
    settle(qtbot, plot)
    x, y = drawn(plot)
    history = control.session.history
    assert 1 < len(x) <= POINTS_DRAWN
    assert x[-1] == history.last.epoch
    assert y[-1] == history.last.training_loss
    assert plot._stack.currentIndex() == 1
    assert plot.area._now.value() == history.last.epoch


def test_test_losses_are_drawn_dashed(qtbot, qapp):
    document = Document(read_example("iris"))
    document.load_data(document.project.data)
    control = TrainingControl(document)
    plot = shown(qtbot, document, control)
    train(qtbot, control, 2)
    settle(qtbot, plot)
    assert drawn(plot, "test")[1].tolist() == control.session.history["test_loss"].tolist()
    assert plot.entries["test"].isVisible()
    assert plot.area._curves["test"].opts["pen"].dashPattern()
    control.close()


def test_the_logarithmic_axis(qtbot, plot, control):
    train(qtbot, control)
    settle(qtbot, plot)
    linear = drawn(plot)[1].copy()
    qtbot.mouseClick(plot.scale_button, Qt.MouseButton.LeftButton)
    assert plot.is_log
    assert np.allclose(drawn(plot)[1], np.log10(linear))
    assert plot.scale_button.text() == "log"
    qtbot.mouseClick(plot.scale_button, Qt.MouseButton.LeftButton)
    assert np.allclose(drawn(plot)[1], linear)


def test_a_loss_of_0_has_its_place_on_the_logarithmic_axis(qtbot, plot, control):
    train(qtbot, control, 1)
    plot.curves.present.training.extend([2], [0.0])
    plot.set_log(True)
    assert np.isfinite(drawn(plot)[1]).all()


def test_axes_are_round_and_begin_at_0(qtbot, plot, control):
    train(qtbot, control)
    settle(qtbot, plot)
    (left, right), (low, high) = plot.area.getPlotItem().viewRange()
    assert (left, right, low) == (0, 10, 0)
    assert high in (0.1, 0.2, 0.5, 1.0)


def test_an_earlier_run_stays_as_reference(qtbot, plot, control, xor_document):
    train(qtbot, control)
    control.reset()
    control.change_setting("method", "gd")
    train(qtbot, control, 2)
    settle(qtbot, plot)
    assert [len(curve.training) for curve in plot.curves.earlier] == [4]
    assert plot.curves.present.training.y[0] == plot.curves.earlier[0].training.y[0]  # the same initial weights
    assert plot.entries["reference"].text == "1 earlier run"
    assert plot.entries["reference"].toolTip() == "sgd, batch 1, plain, rate 0.5, seed 1"
    assert plot.entries["training"].toolTip() == "gd, plain, rate 0.5, seed 1"
    plot.clear_earlier()
    assert not plot.entries["reference"].isVisible()
    assert len(xor_document.project.runs) == 1


def test_an_edit_joins_the_curves(qtbot, plot, control, xor_document):
    train(qtbot, control)
    next(iter(xor_document.network.connections.values()))
    xor_document.edit_begins.emit()
    control.is_going_on = True
    train(qtbot, control, 2)
    settle(qtbot, plot)
    assert plot.curves.earlier == []
    assert plot.curves.present.training.x.tolist() == [0, 1, 2, 3, 3, 4, 5]


def test_runs_of_a_file_are_shown(qtbot, plot, control, xor_document):
    train(qtbot, control)
    control.end_run()
    project = xor_document.project
    xor_document.replace(project)
    assert [curve.end for curve in plot.curves.earlier] == [3]
    assert plot.curves.present is None
    assert "Run 1" in plot.entries["reference"].toolTip()


def test_csv_equals_the_history(qtbot, plot, control, tmp_path):
    with pytest.raises(WorkError, match="no run yet"):
        plot.save_values(tmp_path / "no.csv")
    train(qtbot, control)
    history = control.session.history
    plot.save_values(tmp_path / "loss.csv")
    with (tmp_path / "loss.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [float(row["training_loss"]) for row in rows] == history["training_loss"].tolist()
    assert [int(row["epoch"]) for row in rows] == history["epoch"].tolist()


def test_pictures(qtbot, plot, control, tmp_path):
    train(qtbot, control)
    plot.save_picture(tmp_path / "loss.png")
    picture = QImage(str(tmp_path / "loss.png"))
    assert picture.width() == plot.area.width()
    assert picture.height() > plot.area.height()
    plot.copy_picture()
    assert QGuiApplication.clipboard().pixmap().width() == picture.width()


def test_saving_that_fails_is_said(qtbot, plot, control, tmp_path):
    train(qtbot, control, 1)
    plot._ask_path("Save values", "CSV (*.csv)", ".csv", plot.save_values)
    dialog = plot.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "no folder" / "x.csv"))
    dialog.close()
    assert "cannot be written" in plot.strip.text


def move_over(plot, place):
    """Send the event that a move of the mouse without a button makes."""
    view = plot.area.viewport()
    kind, no_button = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    there = QPointF(place)
    event = QMouseEvent(kind, there, view.mapToGlobal(there), no_button, no_button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)


def test_hover_reads_the_values(qtbot, plot, control):
    train(qtbot, control)
    laid_out(qtbot, plot)
    box = plot.area.getPlotItem().vb
    place = plot.area.mapFromScene(box.mapViewToScene(QPointF(2.1, 0.05)))
    loss = control.session.history["training_loss"][2]
    move_over(plot, place - QPoint(3, 0))
    qtbot.wait(20)  # pyqtgraph looks at the mouse a hundred times a second at most
    move_over(plot, place)
    qtbot.waitUntil(lambda: plot.readout.text().startswith(f"epoch 2  training {number_text(loss)}"))
    assert plot.area._reading.isVisible()
    qtbot.wait(20)
    move_over(plot, QPoint(1, 1))
    qtbot.waitUntil(lambda: plot.readout.text() == "")


def test_keys_read_the_values(qtbot, plot, control):
    train(qtbot, control)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.readout.text().startswith("epoch 0 ")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.readout.text().startswith("epoch 1 ")
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.readout.text().startswith("epoch 3 ")
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.readout.text() == ""


def test_an_earlier_run_is_named_under_the_pointer(qtbot, plot, control):
    train(qtbot, control)
    control.reset()
    train(qtbot, control, 1)
    settle(qtbot, plot)
    earlier = plot.curves.earlier[0].training
    plot._read(3.0, float(earlier.y[-1]))
    assert plot.readout.text().startswith("sgd, batch 1, plain, rate 0.5, seed 1 · epoch 1")


def test_colours_follow_the_theme(qtbot, plot, control):
    train(qtbot, control, 1)
    for choice in ("dark", "light"):
        theme().set_choice(choice)
        look = theme().look
        assert plot.area.backgroundBrush().color() == look.colour("canvas")
        assert QColor(plot.area._curves["training"].opts["pen"].color()) == look.colour("curve_training")
        assert plot.area._x_axis.textPen().color() == look.colour("text_muted")


def test_a_low_plot_keeps_its_outer_numbers(plot):
    axis = plot.area._y_axis
    assert axis.tickStrings([0.0, 0.05, 0.1], 1, 0.05) == ["0.00", "0.05", "0.10"]
    plot.resize(800, 100)
    plot.area.resize(800, 70)
    axis.setGeometry(0, 0, 50, 60)
    assert axis.tickStrings([0.0, 0.05, 0.1], 1, 0.05) == ["0.00", "", "0.10"]
    axis.is_log = True
    assert axis.tickStrings([-2.0, 0.0], 1, 1) == ["0.01", "1"]


def test_the_ends_of_the_x_axis_are_known(qtbot, plot, control):
    train(qtbot, control, 1)
    laid_out(qtbot, plot)
    left, right = plot.axis_span()
    assert 40 < left < 80
    assert plot.width() - 60 < right < plot.width()
