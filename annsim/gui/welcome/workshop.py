"""The thread behind the pictures: it reads files, looks into the cache, and trains what is to be shown trained."""

import hashlib
import itertools
import math
import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, QThread
from PySide6.QtGui import QImage

from annsim import __version__
from annsim.data.dataset import Dataset
from annsim.data.files import read_file
from annsim.errors import AnnsimError
from annsim.formats import project_file
from annsim.formats.examples import example_bytes
from annsim.gui.welcome.cache import Cache
from annsim.gui.welcome.subject import Subject, can_learn, dataset_of, learned_weights, subject_of, with_weights
from annsim.gui.welcome.words import size_text
from annsim.project.project import Project

PICTURES_VERSION = 1  # raised when pictures are painted in another way
LARGEST_PICTURED = 4 * 2**20  # bytes; of a larger file only the size is said
MOST_CONNECTIONS = 20_000  # of a larger network there is nothing to be seen in a small picture
AT_ONCE, LATER = 0, 1  # training comes after everything else
UNFINISHED: set["Workshop"] = set()  # a thread that is collected while it runs ends the program


@dataclass(frozen=True)
class Order:
    """A picture that is wanted: of an example by its name, or of a file by its path, in a size and a theme."""

    name: str
    is_example: bool
    size: QSize
    scale: float
    theme: str
    number: int

    @property
    def pixels(self) -> QSize:
        """The size in pixels of the screen."""
        return self.size * self.scale


@dataclass(frozen=True, eq=False)
class Made:
    """A picture from the cache; without one there is only the summary to show."""

    order: Order
    image: QImage | None
    summary: str
    is_last: bool = True


@dataclass(frozen=True, eq=False)
class ToPaint:
    """What is to be painted; under `key` the picture is kept, None where it is painted again after training."""

    order: Order
    subject: Subject
    summary: str
    key: str | None

    @property
    def is_last(self) -> bool:
        """Whether this is the last answer to the order."""
        return self.key is not None


@dataclass(frozen=True, eq=False)
class Refused:
    """A file that cannot be read, and why."""

    order: Order
    reason: str
    is_last: bool = True


Result = Made | ToPaint | Refused


class Workshop(QThread):
    """Works off orders; its answers wait in `results`."""

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self.results: queue.SimpleQueue[Result] = queue.SimpleQueue()
        self._cache = cache
        self._jobs: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = queue.PriorityQueue()
        self._count = itertools.count()
        self._first_wanted: float = 0
        UNFINISHED.add(self)
        self.finished.connect(self._let_go)

    def take(self, order: Order) -> None:
        """Take an order."""
        self._put(AT_ONCE, lambda: self._guarded(order, lambda: self._look(order)))

    def keep(self, key: str, image: QImage, summary: str) -> None:
        """Keep a picture on disk."""
        self._put(AT_ONCE, lambda: self._cache.keep_picture(key, image, summary))

    def forget_before(self, number: float) -> None:
        """Drop all orders with smaller numbers, the one at work as well."""
        self._first_wanted = number

    def stop(self) -> None:
        """Drop all orders and end."""
        self.forget_before(math.inf)
        self._put(AT_ONCE, None)

    def run(self) -> None:  # noqa: D102 (Qt's own)
        while (job := self._jobs.get()[2]) is not None:
            job()

    def _let_go(self) -> None:
        UNFINISHED.discard(self)

    def _put(self, when: int, job: Callable[[], None] | None) -> None:
        self._jobs.put((when, next(self._count), job))

    def _guarded(self, order: Order, work: Callable[[], None]) -> None:
        """Do work for an order that is still wanted; what goes wrong is the answer to it."""
        if order.number < self._first_wanted:
            return
        try:
            work()
        except AnnsimError as error:
            self.results.put(Refused(order, str(error)))
        except Exception as failure:  # a defect must not end a thread of Qt's; it is said where the picture would be
            self.results.put(Refused(order, f"It cannot be shown: {type(failure).__name__}: {failure}"))

    def _look(self, order: Order) -> None:
        """Find the picture in the cache, or what is to be painted."""
        path = Path(order.name)
        if not order.is_example and path.stat().st_size > LARGEST_PICTURED:
            self.results.put(Made(order, None, f"{path.stat().st_size / 2**20:,.0f} MB"))
            return
        data = example_bytes(order.name) if order.is_example else read_file(path)
        digest = hashlib.sha256(f"{__version__} {PICTURES_VERSION} ".encode() + data).hexdigest()[:32]
        pixels = order.pixels
        key = f"{digest}-{order.theme}-{pixels.width()}x{pixels.height()}"
        known = self._cache.picture(key, pixels)
        if known is not None:
            self.results.put(Made(order, *known))
            return
        project = project_file.read(data, path)
        summary = size_text(project.network)
        if len(project.network.connections) > MOST_CONNECTIONS:
            self.results.put(Made(order, None, summary))
            return
        self._prepare(order, project, summary, digest, key)

    def _prepare(self, order: Order, project: Project, summary: str, digest: str, key: str) -> None:
        """Let a project be painted as it is; an example that learns once more when it has learned."""
        dataset = dataset_of(project) if order.is_example else None
        weights = self._cache.weights(digest)
        is_learned = False
        if dataset is not None and weights is not None:
            is_learned = with_weights(project, dataset, weights)
        is_final = is_learned or dataset is None or not can_learn(project, dataset)
        self.results.put(ToPaint(order, subject_of(project, dataset), summary, key if is_final else None))
        if dataset is not None and not is_final:
            copy = Project(project.network.copy(), project.settings, project.data)  # the window's thread has the other
            learn = lambda: self._learn(order, copy, dataset, summary, digest, key)  # noqa: E731
            self._put(LATER, lambda: self._guarded(order, learn))

    def _learn(self, order: Order, project: Project, dataset: Dataset, summary: str, digest: str, key: str) -> None:
        weights = learned_weights(project, dataset, lambda: order.number >= self._first_wanted)
        if weights is not None and with_weights(project, dataset, weights):
            self._cache.keep_weights(digest, weights)
            self.results.put(ToPaint(order, subject_of(project, dataset), summary, key))
