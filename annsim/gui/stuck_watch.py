"""Watches the loss of a run for a start that leads nowhere."""

from collections.abc import Iterable

from annsim.engine.course import Record

STUCK_EPOCHS = 1000
STUCK_GAIN = 0.01  # less than one per cent better in that time
STUCK_LOSS = 0.01  # what counts as the goal where none is set


class StuckWatch:
    """Remembers the least loss of the last epochs."""

    def __init__(self) -> None:
        self._least: list[tuple[int, float]] = []

    def is_stuck(self, records: Iterable[Record], goal: float | None) -> bool:
        """Take new rows of the history, and return whether the last 1,000 epochs brought next to nothing."""
        for record in records:
            best = min(record.training_loss, self._least[-1][1]) if self._least else record.training_loss
            self._least.append((record.epoch, best))
        if not self._least:
            return False
        epoch, best = self._least[-1]
        then = next((b for e, b in reversed(self._least) if e <= epoch - STUCK_EPOCHS), None)
        self._least = self._least[-2 * STUCK_EPOCHS :]
        is_above = best > (STUCK_LOSS if goal is None else goal)
        return then is not None and is_above and best > then * (1 - STUCK_GAIN)
