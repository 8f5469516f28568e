"""Curves of runs: points that stay few, steps of an axis, and what is written about a run."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from annsim.engine.course import Record
from annsim.settings import Settings
from annsim.training.history import COLUMNS, History
from annsim.training.run import Run

Numbers = NDArray[np.float64]
POINTS_KEPT = 4000
POINTS_DRAWN = 800
POINTS_EARLIER = 200
MOST_EARLIER = 25


class Line:
    """Points in ascending x that grow; when there are too many they are thinned, minima and maxima kept."""

    def __init__(self) -> None:
        self.x: Numbers = np.zeros(0)
        self.y: Numbers = np.zeros(0)

    def __len__(self) -> int:
        return len(self.x)

    def extend(self, x: Sequence[float], y: Sequence[float | None]) -> None:
        """Add points; a value that is missing or not finite is left out."""
        values = np.array([np.nan if value is None else value for value in y], np.float64)
        keep = np.isfinite(values)
        self.x = np.concatenate((self.x, np.asarray(x, np.float64)[keep]))
        self.y = np.concatenate((self.y, values[keep]))
        if len(self.x) > POINTS_KEPT:
            self.x, self.y = decimated(self.x, self.y, POINTS_KEPT // 2)

    def at(self, x: float) -> tuple[float, float] | None:
        """Return the point nearest to x, or None where there is none."""
        if not len(self.x):
            return None
        place = int(np.abs(self.x - x).argmin())
        return float(self.x[place]), float(self.y[place])


class Curve:
    """The losses of one run, or of several that an edit parted and that go on from each other."""

    def __init__(self, about: str) -> None:
        self.about = about
        self.training, self.test = Line(), Line()
        self.start = 0  # where the present part begins

    @property
    def end(self) -> float:
        """The last epoch."""
        return float(self.training.x[-1]) if len(self.training) else 0.0

    def extend(self, records: Iterable[Record]) -> None:
        """Add rows of the history."""
        rows = list(records)
        x = [self.start + row.epoch for row in rows]
        self.training.extend(x, [row.training_loss for row in rows])
        self.test.extend(x, [row.test_loss for row in rows])

    def go_on(self, about: str) -> None:
        """Let the next run go on where this one ended."""
        self.start = int(self.end)
        if about not in self.about:
            self.about = f"{self.about}; then {about}"


class Curves:
    """The curve of the present run and those of earlier ones, oldest first."""

    def __init__(self) -> None:
        self.present: Curve | None = None
        self.earlier: list[Curve] = []
        self._joins = False

    def __bool__(self) -> bool:
        return any(len(curve.training) for curve in self.all())

    def all(self) -> Iterator[Curve]:
        """Give all curves."""
        yield from self.earlier
        if self.present is not None:
            yield self.present

    def take(self, runs: Sequence[Run]) -> None:
        """Show the runs of a file as earlier ones, and nothing else."""
        self.present, self.earlier, self._joins = None, [], False
        for run in runs:
            self.begin(run.settings, run.name, goes_on=True).extend(run.history)
            self.end(run.stopped_by)
        self._retire()
        self._joins = False

    def begin(self, settings: Settings, name: str = "", *, goes_on: bool = False) -> Curve:
        """Begin and return the curve of a run; where it `goes_on` after an edit, go on with the one before."""
        about = f"{name}: {about_run(settings)}" if name else about_run(settings)
        if goes_on and self._joins and self.present is not None:
            self.present.go_on(about_run(settings))
        else:
            self._retire()
            self.present = Curve(about)
        self._joins = False
        return self.present

    def end(self, stopped_by: str) -> None:
        """Note why the present run ended."""
        self._joins = stopped_by == "edited"

    def clear_earlier(self) -> None:
        """Forget the earlier runs."""
        self.earlier = []

    def _retire(self) -> None:
        if self.present is not None and len(self.present.training) > 1:
            self.earlier = [*self.earlier, self.present][-MOST_EARLIER:]
        self.present = None


def decimated(x: Numbers, y: Numbers, limit: int) -> tuple[Numbers, Numbers]:
    """Return at most `limit` points: first, last, and of each stretch between them the least and the largest y."""
    inner = len(x) - 2
    if len(x) <= limit:
        return x, y
    stretches = max(1, (limit - 2) // 2)
    length = -(-inner // stretches)
    padded = np.concatenate((y[1:-1], np.full(stretches * length - inner, y[-2]))).reshape(stretches, length)
    base = 1 + np.arange(stretches) * length
    places = np.concatenate(([0], base + padded.argmin(axis=1), base + padded.argmax(axis=1), [len(x) - 1]))
    chosen = np.unique(np.minimum(places, len(x) - 1))
    return x[chosen], y[chosen]


def step_up(value: float) -> float:
    """Return the least of ... 0.1 0.2 0.5 1 2 5 10 ... that is not below a value above 0."""
    if not (value > 0 and math.isfinite(value)):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    for factor in (1, 2, 5, 10):
        if value <= factor * power * (1 + 1e-9):
            return float(f"{factor * power:.3g}")
    return 10 * power


def ticks(low: float, high: float, most: int) -> tuple[float, list[float]]:
    """Return the distance of ticks in steps of 1, 2, 5, and the ticks, at most `most` intervals."""
    distance = step_up((high - low) / max(1, most))
    first, last = math.ceil(low / distance - 1e-9), math.floor(high / distance + 1e-9)
    return distance, [number * distance for number in range(first, last + 1)]


def about_run(settings: Settings) -> str:
    """Return what a run was done with, for people."""
    method = "gd" if settings.method == "gd" else f"sgd, batch {settings.batch_size:,}"
    return f"{method}, {settings.optimizer}, rate {settings.learning_rate:g}, seed {settings.seed:,}"


def history_csv(history: History) -> str:
    """Return a history as the file that `annsim train --history` writes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in history:
        values = [getattr(record, name) for name in COLUMNS]
        writer.writerow(["" if value is None else repr(value) for value in values])
    return text.getvalue()
