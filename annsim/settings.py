"""The training settings: the one list of their names, values and defaults.

Command line, Python, panel and project file all read it; a setting is added here and nowhere else.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self, TypeVar

import numpy as np

from annsim.errors import SettingsError, did_you_mean, shorten
from annsim.functions.initial_weights import INITIAL_WEIGHTS
from annsim.functions.loss import LOSSES
from annsim.functions.optimizers import OPTIMIZERS
from annsim.functions.schedules import SCHEDULES
from annsim.functions.step_gradient import STEP_GRADIENTS

METHODS = ("gd", "sgd")
ENGINE_CHOICES = ("auto", "reference", "compiled")
PRECISIONS = ("double", "single")
EPOCH_LIMIT = 10**9
SEED_LIMIT = 2**63 - 1

Check = Callable[[str, Any], Any]


def _choice(names: tuple[str, ...] | Mapping[str, object]) -> Check:
    def check(name: str, value: Any) -> str:
        if value not in names:
            text = shorten(str(value), 40)
            raise SettingsError(f"'{text}' is no {name}", where=name, hint=did_you_mean(text, names))
        return str(value)

    return check


def _whole(least: int, most: int) -> Check:
    def check(name: str, value: Any) -> int:
        try:
            number = int(value)
            if number != value or isinstance(value, bool):
                raise ValueError
        except (TypeError, ValueError, OverflowError):
            raise SettingsError(f"must be a whole number, not '{shorten(str(value), 40)}'", where=name) from None
        if not least <= number <= most:
            raise SettingsError(f"must lie between {least:,} and {most:,}, not {number:,}", where=name)
        return number

    return check


def _real(rule: str, is_right: Callable[[float], bool]) -> Check:
    def check(name: str, value: Any) -> float:
        try:
            number = float(value)
            if isinstance(value, bool):
                raise ValueError
        except (TypeError, ValueError, OverflowError):
            raise SettingsError(f"must be a number, not '{shorten(str(value), 40)}'", where=name) from None
        if not math.isfinite(number) or not is_right(number):
            raise SettingsError(f"must be {rule}, not {number:g}", where=name)
        return number

    return check


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise SettingsError(f"must be on or off, not '{shorten(str(value), 40)}'", where=name)
    return bool(value)


def _or_none(check: Check) -> Check:
    return lambda name, value: None if value is None else check(name, value)


_positive = _real("above 0", lambda x: x > 0)
_not_negative = _real("0 or more", lambda x: x >= 0)


def _setting(default: Any, check: Check, about: str, choices: tuple[str, ...] | Mapping[str, object] = ()) -> Any:
    return field(default=default, metadata={"check": check, "about": about, "choices": tuple(choices)})


def _named(default: Any, choices: tuple[str, ...] | Mapping[str, object], about: str) -> Any:
    check = _choice(choices)
    return _setting(default, _or_none(check) if default is None else check, about, choices)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of a training run; checked when made, never changed afterwards (see `with_changes`).

    Raises
    ------
    SettingsError
        For a value outside its range, and for settings that contradict each other.
    """

    method: str = _named("sgd", METHODS, "gd: each step takes all training rows; sgd: batch_size of them")
    batch_size: int = _setting(1, _whole(1, EPOCH_LIMIT), "rows of one step of sgd")
    epochs: int | None = _setting(100, _or_none(_whole(1, EPOCH_LIMIT)), "passes over the training rows")
    optimizer: str = _named("plain", OPTIMIZERS, "turns gradients into changes")
    learning_rate: float = _setting(0.1, _positive, "size of the steps")
    momentum: float = _setting(0.9, _real("in [0, 1)", lambda x: 0 <= x < 1), "of momentum and nesterov")
    weight_decay: float = _setting(0.01, _not_negative, "of adamw")
    loss: str = _named("half_squared_error", LOSSES, "the number to make small")
    l1: float = _setting(0.0, _not_negative, "penalty on the absolute weights")
    l2: float = _setting(0.0, _not_negative, "penalty on the squared weights")
    schedule: str = _named("constant", SCHEDULES, "how the learning rate changes from epoch to epoch")
    decay: float = _setting(0.1, _positive, "factor of the schedules stairs and exponential")
    decay_epochs: int = _setting(30, _whole(1, EPOCH_LIMIT), "epochs for one factor of decay")
    step_gradient: str = _named("perceptron", STEP_GRADIENTS, "stands in for the derivative of the step function")
    shuffle: bool = _setting(True, _truth, "visit the rows in a new order each epoch")
    seed: int = _setting(1, _whole(0, SEED_LIMIT), "of initial weights, row orders and the split")
    init: str | None = _named(
        None, INITIAL_WEIGHTS, "draw new initial weights; without it, go on from the present ones"
    )
    goal: float | None = _setting(None, _or_none(_not_negative), "stop at this training loss")
    patience: int | None = _setting(
        None, _or_none(_whole(1, EPOCH_LIMIT)), "stop after so many rows of history without a better test loss"
    )
    test_share: float | None = _setting(
        None, _or_none(_real("in [0, 1)", lambda x: 0 <= x < 1)), "share of test rows; none: 0 under 20 rows, else 0.2"
    )
    engine: str = _named("auto", ENGINE_CHOICES, "what computes")
    precision: str = _named("double", PRECISIONS, "64- or 32-bit numbers")
    threads: int = _setting(1, _whole(1, 2), "processor cores that train")
    record_every: int = _setting(1, _whole(0, EPOCH_LIMIT), "epochs between rows of history; 0: first and last only")

    def __post_init__(self) -> None:
        for setting in fields(self):
            value = setting.metadata["check"](setting.name, getattr(self, setting.name))
            object.__setattr__(self, setting.name, value)
        if SCHEDULES[self.schedule].needs_limit and self.epochs is None:
            raise SettingsError(f"'{self.schedule}' needs a limit of epochs", where="schedule", hint="Set epochs.")
        if self.optimizer == "rprop" and self.schedule != "constant":
            raise SettingsError(
                f"'{self.schedule}' does not go with rprop, which sets its own step sizes", where="schedule"
            )

    @classmethod
    def chosen(cls, values: Mapping[str, Any], base: "Settings | None" = None) -> "Settings":
        """Return settings with some values chosen by hand, the others from `base` or the defaults.

        Raises
        ------
        SettingsError
            Also for an unknown name, and for a number that the chosen optimizer does not use.
        """
        check_names(values)
        settings = replace(base or cls(), **values)
        optimizer = OPTIMIZERS[settings.optimizer]
        for name, is_used in (("momentum", optimizer.uses_momentum), ("weight_decay", optimizer.uses_weight_decay)):
            if name in values and not is_used:
                users = [o.name for o in OPTIMIZERS.values() if getattr(o, f"uses_{name}")]
                raise SettingsError(
                    f"the optimizer '{optimizer.name}' has no {name}",
                    where=name,
                    hint=f"It goes with {' and '.join(users)}.",
                )
        return settings

    def with_changes(self, /, **values: Any) -> Self:
        """Return these settings with some values changed."""
        check_names(values)
        return replace(self, **values)

    def rows_per_step(self, rows: int) -> int:
        """Return how many rows a step takes when there are `rows` training rows."""
        return rows if self.method == "gd" else min(self.batch_size, rows)

    def rate(self, epoch: int) -> float:
        """Return the learning rate of an epoch, counted from 0."""
        limit = self.epochs or EPOCH_LIMIT
        try:
            return SCHEDULES[self.schedule].rate(self.learning_rate, epoch, self.decay, self.decay_epochs, limit)
        except OverflowError:  # a decay above 1 grows; the step that meets infinity stops the run by name
            return math.inf

    def check_rows(self, rows: int) -> None:
        """Refuse an optimizer that needs all rows in one step where a step takes fewer."""
        if OPTIMIZERS[self.optimizer].full_batch_only and self.rows_per_step(rows) < rows:
            raise SettingsError(
                f"{self.optimizer} needs all {rows} training rows in one step, and a step takes "
                f"{self.rows_per_step(rows)}",
                where="optimizer",
                hint="Choose method gd.",
            )


F = TypeVar("F", bound=Callable[..., object])


def shows_settings(function: F) -> F:
    """Let `help` and editors see every setting in the place of a function's **values."""
    own = inspect.signature(function).parameters.values()
    kept = [p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD]
    named = [
        inspect.Parameter(s.name, inspect.Parameter.KEYWORD_ONLY, default=s.default, annotation=s.type)
        for s in fields(Settings)
    ]
    signature = inspect.Signature([*kept, *named], return_annotation=inspect.signature(function).return_annotation)
    function.__signature__ = signature  # type: ignore[attr-defined]
    return function


SETTINGS = {setting.name: setting for setting in fields(Settings)}


def check_names(values: Mapping[str, Any]) -> None:
    """Refuse a name that is no setting."""
    for name in values:
        if name not in SETTINGS:
            raise SettingsError(f"there is no setting '{shorten(name, 40)}'", hint=did_you_mean(name, SETTINGS))
