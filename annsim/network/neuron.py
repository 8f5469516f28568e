"""A neuron: its values, and the light handle through which people read and write them."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, overload

import numpy as np

from annsim.errors import NetworkError, did_you_mean, shorten
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS

if TYPE_CHECKING:
    from annsim.network.network import Network

Role = Literal["input", "hidden", "output"]
ROLES: tuple[Role, ...] = ("input", "hidden", "output")
DEFAULT_ACTIVATION: dict[str, str] = {"input": "linear", "hidden": "tanh", "output": "sigmoid"}
NAME_LIMIT = 200
Position = tuple[float, float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NeuronValues:
    """All that a drawing holds of one neuron; an input neuron uses its id, name, role and position only."""

    id: int
    name: str
    role: Role
    activation: str
    bias: float = 0.0
    threshold: float = 0.0
    output: str = "identity"
    locked: bool = False
    position: Position = (0.0, 0.0)


FIELDS = ("name", "role", "activation", "bias", "threshold", "output", "locked", "position")


def checked(field: str, value: Any) -> Any:
    """Return a neuron's value in its proper type, or raise NetworkError that says what is wrong with it."""
    if field == "name":
        return _checked_name(value)
    if field == "role":
        if value not in ROLES:
            raise NetworkError(f"'{shorten(str(value), 40)}' is no role", hint=did_you_mean(str(value), ROLES))
        return value
    if field == "activation":
        return ACTIVATIONS[value].name
    if field == "output":
        return OUTPUTS[value].name
    if field == "locked":
        return checked_truth(field, value)
    if field == "position":
        return _checked_position(value)
    return checked_number(field, value)


def checked_number(field: str, value: Any) -> float:
    """Return a finite float, or raise NetworkError."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise NetworkError(f"{field} must be a number, not '{shorten(str(value), 40)}'") from None
    if not math.isfinite(number):
        raise NetworkError(f"{field} must be finite, not {number}")
    return number


def checked_truth(field: str, value: Any) -> bool:
    """Return a bool, or raise NetworkError; NumPy's truth values count, numbers do not."""
    if not isinstance(value, bool | np.bool_):
        raise NetworkError(f"{field} must be True or False, not '{shorten(str(value), 40)}'")
    return bool(value)


def _checked_name(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise NetworkError("a neuron's name must be a text that is not empty")
    if len(value) > NAME_LIMIT or not value.isprintable():
        raise NetworkError(
            f"the name '{shorten(value, 30)}' is not allowed", hint=f"Use at most {NAME_LIMIT} printable characters."
        )
    return value


def _checked_position(value: Any) -> Position:
    try:
        x, y = value
    except (TypeError, ValueError):
        raise NetworkError(f"a position is a pair (x, y), not '{shorten(str(value), 40)}'") from None
    return checked_number("position", x), checked_number("position", y)


class _Field(Generic[T]):
    """An attribute of a neuron, read from the drawing and written by an edit."""

    def __init__(self, field: str) -> None:
        self._field = field

    @overload
    def __get__(self, neuron: None, owner: type) -> Self: ...
    @overload
    def __get__(self, neuron: "Neuron", owner: type) -> T: ...
    def __get__(self, neuron: "Neuron | None", owner: type) -> Self | T:
        if neuron is None:
            return self
        value: T = getattr(neuron._network.neuron_values(neuron.id), self._field)
        return value

    def __set__(self, neuron: "Neuron", value: T) -> None:
        neuron._network.set_neurons(self._field, [neuron.id], [value])


class Neuron:
    """One neuron of a network; its attributes read and write the drawing.

    Attributes
    ----------
    id : positive integer, never reused within a network.
    name : unique text.
    role : "input", "hidden" or "output".
    activation, output : names of the activation function phi and of the output function psi.
    bias, threshold : b and theta in a = phi(z - theta), z = b + sum of w o.
    locked : True where training leaves the bias as it is.
    position : (x, y) on the canvas, in pixels at 100 %.
    """

    __slots__ = ("_id", "_network")

    def __init__(self, network: "Network", neuron_id: int) -> None:
        self._network = network
        self._id = neuron_id

    @property
    def id(self) -> int:
        """The id."""
        return self._id

    name = _Field[str]("name")
    role = _Field[str]("role")
    activation = _Field[str]("activation")
    bias = _Field[float]("bias")
    threshold = _Field[float]("threshold")
    output = _Field[str]("output")
    locked = _Field[bool]("locked")
    position = _Field[Position]("position")

    def __int__(self) -> int:
        return self.id

    __index__ = __int__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Neuron) and other.id == self.id and other._network is self._network

    def __hash__(self) -> int:
        return hash((id(self._network), self.id))

    def __repr__(self) -> str:
        return repr(self._network.neuron_values(self.id)).replace("NeuronValues", "Neuron")
