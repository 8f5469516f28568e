"""The way of a new user, by mouse and keys alone: draw XOR, train it, save it, and take the weights away."""

import csv
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton

from annsim.gui.main_window import MainWindow
from annsim.gui.training_control import State
from annsim.project.project import Project
from tests.network.drawings import dump

LEFT = Qt.MouseButton.LeftButton
GOAL = 0.01
SEEDS_TRIED = 12


@pytest.fixture
def window(qtbot):
    shown = MainWindow()
    qtbot.addWidget(
        shown, before_close_func=lambda w: w.document.undo_stack.setClean() or w.document.replace(w.project)
    )
    shown.resize(1600, 1000)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def forget(window):
    """Let the document go without the question."""
    window.control.close()
    window.document.replace(Project())


def drag(view, start, end):
    viewport = view.viewport()
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, LEFT, pos=start)
    for share in (0.2, 0.5, 0.8, 1.0):
        QTest.mouseMove(viewport, start + (end - start) * share)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def draw_2_2_1(window):
    """Five neurons and six arrows; return the ids of the neurons."""
    canvas, network = window.canvas, window.document.network
    rows = {row.payload["role"]: row for row in window.palette_panel.rows if "role" in (row.payload or {})}
    for role in ("input", "input", "output"):
        rows[role].setFocus()
        QTest.keyClick(rows[role], Qt.Key.Key_Return)
    places = [canvas.neuron_position(i) for i in network.neurons]
    middle = canvas.viewport().rect().center()
    for dy in (-150, 150):
        spot = QPoint(middle.x(), middle.y() + dy)
        assert all((spot - place).manhattanLength() > 100 for place in places)
        QTest.mouseDClick(canvas.viewport(), LEFT, pos=spot)
    x1, x2, y, h1, h2 = network.neurons
    for source, target in ((x1, h1), (x1, h2), (x2, h1), (x2, h2), (h1, y), (h2, y)):
        drag(canvas, canvas.rim_position(source), canvas.neuron_position(target))
    return x1, x2, y, h1, h2


def choose_from_menu(button, text):
    """Click a button that opens a menu, then the entry whose text begins so."""

    def choose():
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(a for a in menu.actions() if a.text().split("\t")[0] == text)
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())

    QTimer.singleShot(100, choose)
    QTest.mouseClick(button, LEFT)


def press(window, name):
    button = window.findChild(QToolButton, name)
    assert button.isEnabled(), button.toolTip()
    QTest.mouseClick(button, LEFT)


def train_to_the_goal(qtbot, window):
    """Play; where a start does not learn, take a new seed, as a person would."""
    control = window.control
    control.change_setting("goal", GOAL)
    control.change_setting("learning_rate", 0.5)
    for _ in range(SEEDS_TRIED):
        QTest.keyClick(window.tool_bar.speed.slider, Qt.Key.Key_End)
        press(window, "play")
        with qtbot.waitSignal(control.run_ended, timeout=4000, raising=False) as ended:
            pass
        if ended.signal_triggered and ended.args[0].stopped_by == "goal":
            return
        press(window, "play")
        assert control.state is State.PAUSED
        press(window, "new_seed")
    raise AssertionError("no seed learned XOR")


def forward(arrays, inputs):
    """The outputs by NumPy alone, from the exported arrays."""
    functions = {"tanh": np.tanh, "sigmoid": lambda u: 1 / (1 + np.exp(-u)), "linear": lambda u: u}
    ids = arrays["neuron_id"].tolist()
    role = dict(zip(ids, arrays["role"].tolist(), strict=True))
    outputs = {i: inputs[:, n] for n, i in enumerate(i for i in ids if role[i] == "input")}
    arrows = list(zip(arrays["source"].tolist(), arrays["target"].tolist(), arrays["weight"].tolist(), strict=True))
    while len(outputs) < len(ids):
        for n, i in enumerate(ids):
            into = [(s, w) for s, t, w in arrows if t == i]
            if i not in outputs and all(s in outputs for s, _ in into):
                z = arrays["bias"][n] + sum(w * outputs[s] for s, w in into)
                outputs[i] = functions[str(arrays["activation"][n])](z - arrays["threshold"][n])
    return np.stack([outputs[i] for i in ids if role[i] == "output"], axis=1)


def annsim(*arguments):
    """Run the command line in a new process and return what it says."""
    command = [sys.executable, "-m", "annsim", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_xor_from_nothing_to_numpy(qtbot, window, tmp_path, monkeypatch):
    document = window.document
    x1, x2, y, h1, h2 = draw_2_2_1(window)
    assert len(document.network.neurons) == 5
    pairs = {(c.source, c.target) for c in document.network.connections.values()}
    assert pairs == {(x1, h1), (x1, h2), (x2, h1), (x2, h2), (h1, y), (h2, y)}
    drawn = document.undo_stack.count()
    assert drawn == 11

    choose_from_menu(window.data_panel.choose_button, "xor")
    qtbot.waitUntil(lambda: document.dataset is not None, timeout=20_000)
    train_to_the_goal(qtbot, window)
    assert document.project.runs[-1].training_loss <= GOAL

    file = tmp_path / "mine.annsim"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), "annsim projects (*.annsim)"))
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert file.is_file()
    assert not window.isWindowModified()

    annsim("export", file, "-o", tmp_path / "mine.npz")
    said = annsim("run", file, "--data", "builtin:xor")
    outputs = np.array([[float(row[0])] for row in list(csv.reader(said.splitlines()))[1:]])
    expected = forward(np.load(tmp_path / "mine.npz", allow_pickle=False), document.dataset.inputs)
    assert np.abs(outputs - expected).max() < 1e-12
    assert np.abs(outputs - document.network.predict(document.dataset.inputs)).max() < 1e-12


def test_undo_everything_is_the_empty_drawing_and_redo_the_same_bytes(qtbot, window):
    document = window.document
    empty, empty_drawing = document.bytes(), dump(document.network)
    draw_2_2_1(window)
    drawn, steps = document.bytes(), document.undo_stack.count()
    undo_all(window, steps)
    assert document.bytes() == empty
    redo_all(window, steps)
    assert document.bytes() == drawn

    choose_from_menu(window.data_panel.choose_button, "xor")
    qtbot.waitUntil(lambda: document.dataset is not None, timeout=20_000)
    press(window, "epoch")
    qtbot.waitUntil(lambda: window.control.state is State.PAUSED)
    trained = dump(document.network)
    undo_all(window, steps + 1)
    assert dump(document.network) == empty_drawing
    redo_all(window, steps + 1)
    assert dump(document.network) == trained


def undo_all(window, steps):
    for _ in range(steps):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def redo_all(window, steps):
    for _ in range(steps):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
