"""A neuron: its values, and the light handle through which people read and write them."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, overload

import numpy as np

from annsim.errors import NetworkError, did_you_mean, shorten
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.network.connections import ID_LIMIT

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
    """All that a drawing holds of one neuron; an input neuron uses its id, name, role, position and group only."""

    id: int
    name: str
    role: Role
    activation: str
    bias: float = 0.0
    threshold: float = 0.0
    output: str = "identity"
    locked: bool = False
    position: Position = (0.0, 0.0)
    group: int = 0


FIELDS = ("name", "role", "activation", "bias", "threshold", "output", "locked", "position", "group")


def checked(field: str, value: Any) -> Any:
    """Return a neuron's value in its proper type, or raise NetworkError that says what is wrong with it."""
    if field == "name":
        return checked_text_line("a neuron's name", value)
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
        return checked_position(value)
    if field == "group":
        return _checked_group(value)
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


def checked_text_line(what: str, value: Any) -> str:
    """Return a text of one line such as "a neuron's name", or raise NetworkError."""
    if not isinstance(value, str) or not value.strip():
        raise NetworkError(f"{what} must be a text that is not empty")
    if len(value) > NAME_LIMIT or not value.isprintable():
        raise NetworkError(
            f"the {what.split()[-1]} '{shorten(value, 30)}' is not allowed",
            hint=f"Use at most {NAME_LIMIT} printable characters.",
        )
    return value


def checked_position(value: Any) -> Position:
    """Return a pair of finite floats, or raise NetworkError."""
    try:
        x, y = value
    except (TypeError, ValueError):
        raise NetworkError(f"a position is a pair (x, y), not '{shorten(str(value), 40)}'") from None
    return checked_number("position", x), checked_number("position", y)


def _checked_group(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not 0 <= value <= ID_LIMIT:
        raise NetworkError(f"group must be the id of a group, or 0 for none, not '{shorten(str(value), 40)}'")
    return int(value)


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
    group : id of the group that it belongs to, 0 for none.
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
    group = _Field[int]("group")

    def __int__(self) -> int:
        return self.id

    __index__ = __int__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Neuron) and other.id == self.id and other._network is self._network

    def __hash__(self) -> int:
        return hash((id(self._network), self.id))

    def __repr__(self) -> str:
        return repr(self._network.neuron_values(self.id)).replace("NeuronValues", "Neuron")


class Neurons(Mapping[int, Neuron]):
    """The neurons of a network by id, in order of creation."""

    def __init__(self, network: "Network") -> None:
        self._network = network

    def __getitem__(self, neuron_id: int) -> Neuron:
        if neuron_id not in self._network._neurons:
            raise KeyError(neuron_id)
        return Neuron(self._network, int(neuron_id))

    def __contains__(self, neuron_id: object) -> bool:
        return neuron_id in self._network._neurons

    def __iter__(self) -> Iterator[int]:
        return iter(tuple(self._network._neurons))

    def __len__(self) -> int:
        return len(self._network._neurons)
