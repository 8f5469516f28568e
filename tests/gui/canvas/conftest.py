import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annsim.formats.examples import read_example
from annsim.gui.canvas.view import CanvasView
from annsim.gui.document import Document


class Mouse:
    """Real events on the viewport of a canvas."""

    def __init__(self, canvas):
        self.canvas, self.viewport = canvas, canvas.viewport()

    def press(self, point, button=Qt.MouseButton.LeftButton, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.mousePress(self.viewport, button, modifiers, point)

    def move(self, start, end, steps=6):
        for k in range(1, steps + 1):
            QTest.mouseMove(self.viewport, start + (end - start) * k / steps)

    def release(self, point, button=Qt.MouseButton.LeftButton, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.mouseRelease(self.viewport, button, modifiers, point)

    def drag(self, start, end, button=Qt.MouseButton.LeftButton, modifiers=Qt.KeyboardModifier.NoModifier):
        self.press(start, button, modifiers)
        self.move(start, end)
        self.release(end, button, modifiers)

    def click(self, point, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.mouseClick(self.viewport, Qt.MouseButton.LeftButton, modifiers, point)

    def double_click(self, point):
        self.click(point)
        QTest.mouseDClick(self.viewport, Qt.MouseButton.LeftButton, pos=point)

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.canvas, key, modifiers)


@pytest.fixture
def open_canvas(qtbot):
    """A function that shows a document on a canvas of 1040 x 644."""

    def opened(document):
        canvas = CanvasView(document)
        qtbot.addWidget(canvas)
        canvas.resize(1040, 644)
        canvas.show()
        canvas.setFocus()
        qtbot.waitExposed(canvas)
        return canvas

    return opened


@pytest.fixture
def empty(open_canvas, document):
    return open_canvas(document)


@pytest.fixture
def irregular(qapp):
    """The example of eight neurons with skip connections, without data."""
    return Document(read_example("irregular"))


@pytest.fixture
def canvas(open_canvas, irregular):
    return open_canvas(irregular)


@pytest.fixture
def mouse(canvas):
    return Mouse(canvas)


@pytest.fixture
def empty_mouse(empty):
    return Mouse(empty)


@pytest.fixture
def name(irregular):
    """A function from the name of a neuron to its id."""
    return irregular.network.neuron_id_of


@pytest.fixture
def corner():
    """A place where the example has nothing."""
    return QPoint(930, 90)
