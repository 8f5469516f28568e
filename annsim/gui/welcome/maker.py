"""Gives pictures of projects while nothing else is to be done: a thread prepares them, the window's own paints."""

import queue

from PySide6.QtCore import QCoreApplication, QObject, QSize, QTimer, Signal

from annsim.gui.theme import theme
from annsim.gui.welcome.cache import Cache
from annsim.gui.welcome.picture import PaintDrawing, picture_of
from annsim.gui.welcome.workshop import UNFINISHED, Made, Order, Refused, Result, ToPaint, Workshop

POLL_MS = 30
GOODBYE_MS = 10_000


class PictureMaker(QObject):
    """Makes the pictures of examples and files, in the order in which they are wanted.

    Signals
    -------
    made : name of the example or path of the file, the picture (None where there is none) and the size of the network;
        an example that learns is painted twice, before and after.
    refused : path of a file that cannot be read, and why.
    """

    made = Signal(str, object, str)
    refused = Signal(str, str)

    def __init__(self, paint_drawing: PaintDrawing, parent: QObject | None = None, cache: Cache | None = None) -> None:
        super().__init__(parent)
        self._paint_drawing = paint_drawing
        self._cache = cache or Cache()
        self._workshop: Workshop | None = None
        self._number = 0  # of the orders that are still wanted
        self._open = 0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(wait_for_workshops)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is still to come."""
        return self._open > 0

    def want(self, name: str, size: QSize, scale: float, *, is_example: bool) -> None:
        """Ask for a picture of `size` at 100 % in the present theme; `made` or `refused` answers."""
        if self._workshop is None:
            self._workshop = Workshop(self._cache)
            self._workshop.start()
        self._open += 1
        self._workshop.take(Order(name, is_example, size, scale, theme().look.theme, self._number))
        self._timer.start()

    def forget(self) -> None:
        """Drop what is not made yet."""
        self._number += 1
        self._open = 0
        self._timer.stop()
        if self._workshop is not None:
            self._workshop.forget_before(self._number)

    def close(self) -> None:
        """Drop everything; the thread ends by itself."""
        self.forget()
        if self._workshop is not None:
            self._workshop.stop()
            self._workshop = None

    def _poll(self) -> None:
        """Take one answer at a time, so that the window stays awake."""
        if self._workshop is None:
            return
        try:
            result = self._workshop.results.get_nowait()
        except queue.Empty:
            return
        if result.order.number == self._number:
            self._answer(result, self._workshop)
        if not self._open:
            self._timer.stop()

    def _answer(self, result: Result, workshop: Workshop) -> None:
        order = result.order
        if result.is_last:
            self._open -= 1
        match result:
            case Made(image=image, summary=summary):
                if image is not None:
                    image.setDevicePixelRatio(order.scale)
                self.made.emit(order.name, image, summary)
            case ToPaint(subject=subject, summary=summary, key=key):
                picture = picture_of(subject, order.size, order.scale, self._paint_drawing)
                if key is not None:
                    workshop.keep(key, picture.copy(), summary)
                self.made.emit(order.name, picture, summary)
            case Refused(reason=reason):
                self.refused.emit(order.name, reason)


def wait_for_workshops() -> None:
    """Wait until no thread of this program makes pictures; a thread that is cut off could end the program badly."""
    for workshop in tuple(UNFINISHED):
        workshop.stop()
        workshop.wait(GOODBYE_MS)
