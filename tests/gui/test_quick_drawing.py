"""How few gestures a new user needs for a 3-5-2 network with a skip connection: a click, a text, a drag."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annsim.gui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot):
    shown = MainWindow()
    qtbot.addWidget(
        shown, before_close_func=lambda w: w.document.undo_stack.setClean() or w.document.replace(w.project)
    )
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def test_a_click_a_text_and_a_drag(window):
    canvas, network = window.canvas, window.document.network
    button = next(b for b in canvas.findChildren(QPushButton) if b.text() == "Connected layers")
    QTest.mouseClick(button, LEFT)
    QTest.keyClicks(QApplication.focusWidget(), "3-5-2")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    x1, y1 = network.neuron_id_of("x1"), network.neuron_id_of("y1")
    start, end = canvas.rim_position(x1), canvas.neuron_position(y1)
    QTest.mousePress(canvas.viewport(), LEFT, pos=start)
    for share in (0.2, 0.6, 1.0):
        QTest.mouseMove(canvas.viewport(), start + (end - start) * share)
    QTest.mouseRelease(canvas.viewport(), LEFT, pos=end)
    assert [n.role for n in network.neurons.values()] == ["input"] * 3 + ["hidden"] * 5 + ["output"] * 2
    assert len(network.connections) == 3 * 5 + 5 * 2 + 1
    assert (x1, y1) in {(c.source, c.target) for c in network.connections.values()}
    assert window.document.undo_stack.count() == 2
