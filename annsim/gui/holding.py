"""Whether a value is being changed bit by bit: a training that ended for it goes on when it is let go."""

from PySide6.QtCore import QObject, Signal


class Holding(QObject):
    """One value at a time is held, by a drag or in an open field.

    Signals
    -------
    ended : the value was let go.
    """

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_on = False

    def begin(self) -> None:
        """Note that a value is held."""
        self.is_on = True

    def end(self) -> None:
        """Note that it was let go, if one was held."""
        if self.is_on:
            self.is_on = False
            self.ended.emit()


_HOLDING: list[Holding] = []


def holding() -> Holding:
    """Return the one of the program: there is one pointer and one keyboard."""
    if not _HOLDING:
        _HOLDING.append(Holding())
    return _HOLDING[0]
