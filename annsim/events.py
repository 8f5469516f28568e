"""The one notification system of the core: an event is a list of functions to call."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Event(Generic[T]):
    """Something that happens, and those who want to know."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], object]] = []

    def connect(self, listener: Callable[[T], object]) -> None:
        """Call `listener` with the event's value from now on."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[T], object]) -> None:
        """Call `listener` no more; ValueError if it was not connected."""
        self._listeners.remove(listener)

    def emit(self, value: T) -> None:
        """Tell all listeners, in the order in which they connected."""
        for listener in tuple(self._listeners):
            listener(value)
