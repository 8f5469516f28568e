import math

import numpy as np
import pytest

from annsim.errors import SettingsError
from annsim.settings import SETTINGS, Settings

DEFAULTS = {  # the table of the contract
    "method": "sgd",
    "batch_size": 1,
    "epochs": 100,
    "optimizer": "plain",
    "learning_rate": 0.1,
    "momentum": 0.9,
    "weight_decay": 0.01,
    "loss": "half_squared_error",
    "l1": 0,
    "l2": 0,
    "schedule": "constant",
    "decay": 0.1,
    "decay_epochs": 30,
    "step_gradient": "perceptron",
    "shuffle": True,
    "seed": 1,
    "init": None,
    "goal": None,
    "patience": None,
    "test_share": None,
    "engine": "auto",
    "precision": "double",
    "threads": 1,
    "record_every": 1,
}
CHOICES = {
    "method": "gd sgd",
    "optimizer": "plain momentum nesterov rmsprop adam adamw rprop",
    "loss": "half_squared_error mean_squared_error binary_cross_entropy cross_entropy mean_absolute_error huber",
    "schedule": "constant stairs exponential cosine",
    "step_gradient": "perceptron sigmoid zero",
    "init": "uniform glorot_uniform glorot_normal he_uniform he_normal zeros constant",
    "engine": "auto reference compiled",
    "precision": "double single",
}
NOT_NUMBERS = ["much", None, [1], math.nan, 1j]
WRONG = {
    "batch_size": [0, -1, 1.5, 10**9 + 1, *NOT_NUMBERS],
    "epochs": [0, 10**9 + 1, 2.5, math.inf, "ten"],
    "learning_rate": [0, -0.1, math.inf, *NOT_NUMBERS],
    "momentum": [-0.1, 1, 1.5, *NOT_NUMBERS],
    "weight_decay": [-1, math.inf, *NOT_NUMBERS],
    "l1": [-1e-9, *NOT_NUMBERS],
    "l2": [-1e-9, *NOT_NUMBERS],
    "decay": [0, -1, *NOT_NUMBERS],
    "decay_epochs": [0, 1.5, *NOT_NUMBERS],
    "shuffle": ["False", 0, None, "off"],
    "seed": [-1, 2**63, 0.5, *NOT_NUMBERS],
    "goal": [-1, math.nan, "low"],
    "patience": [0, -3, 1.5, "long"],
    "test_share": [-0.1, 1, 1.5, math.nan, "half"],
    "threads": [0, 3, *NOT_NUMBERS],
    "record_every": [-1, 0.5, *NOT_NUMBERS],
    **{name: ["nothing", "", 3, [1]] for name in CHOICES},
}


def test_names_and_defaults_are_those_of_the_contract():
    assert {name: getattr(Settings(), name) for name in SETTINGS} == DEFAULTS
    assert list(SETTINGS) == list(DEFAULTS)


@pytest.mark.parametrize(("name", "choices"), CHOICES.items())
def test_choices_are_those_of_the_contract(name, choices):
    assert " ".join(SETTINGS[name].metadata["choices"]) == choices


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_every_wrong_value_is_refused_with_the_name_of_its_setting(name, value):
    with pytest.raises(SettingsError) as refused:
        Settings(**{name: value})
    assert refused.value.where == name
    assert str(refused.value).startswith(f"{name}: ")


def test_every_setting_has_a_wrong_value_above():
    assert set(WRONG) == set(SETTINGS)


RIGHT = {
    "batch_size": [1, 10**9, np.int64(3), 4.0],
    "epochs": [1, 10**9, None],
    "learning_rate": [1e-300, 10, np.float32(0.5)],
    "momentum": [0, 0.999999],
    "shuffle": [False, np.True_],
    "seed": [0, 2**63 - 1],
    "goal": [0, None],
    "test_share": [0, 0.99, None],
    "threads": [1, 2],
    "record_every": [0, 10**9],
    **{name: choices.split() for name, choices in CHOICES.items()},
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values])
def test_values_within_their_range_are_taken(name, value):
    kept = getattr(Settings(**{name: value}), name)
    assert kept == value
    assert type(kept) in (int, float, bool, str, type(None))


CONTRADICTIONS = {
    "momentum: the optimizer 'plain' has no momentum. It goes with momentum and nesterov": {"momentum": 0.5},
    "momentum: the optimizer 'adam' has no momentum": {"optimizer": "adam", "momentum": 0.9},
    "weight_decay: the optimizer 'adam' has no weight_decay. It goes with adamw": {
        "optimizer": "adam",
        "weight_decay": 0,
    },
    "schedule: 'cosine' needs a limit of epochs": {"schedule": "cosine", "epochs": None},
    "schedule: 'stairs' does not go with rprop": {"schedule": "stairs", "optimizer": "rprop"},
    "there is no setting 'learning_rat'. Did you mean 'learning_rate'": {"learning_rat": 1},
    "there is no setting 'node'": {"node": 1},
    r"optimizer: 'sgdd' is no optimizer. There are: plain, momentum": {"optimizer": "sgdd"},
    r"loss: 'hubert' is no loss. Did you mean 'huber'": {"loss": "hubert"},
}


@pytest.mark.parametrize(("what", "values"), CONTRADICTIONS.items())
def test_contradictions_are_refused(what, values):
    with pytest.raises(SettingsError, match=what):
        Settings.chosen(values)


def test_chosen_values_stand_over_the_base_and_the_base_over_the_defaults():
    base = Settings(optimizer="nesterov", epochs=7)
    chosen = Settings.chosen({"momentum": 0.5}, base)
    assert (chosen.optimizer, chosen.momentum, chosen.epochs, chosen.batch_size) == ("nesterov", 0.5, 7, 1)


def test_a_base_may_hold_a_momentum_that_its_new_optimizer_does_not_use():
    assert Settings.chosen({"optimizer": "adam"}, Settings(optimizer="momentum", momentum=0.3)).optimizer == "adam"


def test_changes_make_new_settings_and_are_checked():
    settings = Settings()
    assert (settings.with_changes(epochs=5).epochs, settings.epochs) == (5, 100)
    with pytest.raises(SettingsError, match="epochs"):
        settings.with_changes(epochs=0)
    with pytest.raises(AttributeError):
        settings.epochs = 3


@pytest.mark.parametrize(
    ("values", "rows"), [({"batch_size": 4}, 4), ({"batch_size": 40}, 10), ({"method": "gd", "batch_size": 4}, 10)]
)
def test_rows_of_a_step(values, rows):
    assert Settings(**values).rows_per_step(10) == rows


def test_rprop_is_refused_with_a_small_batch():
    with pytest.raises(SettingsError, match="rprop needs all 10 training rows in one step, and a step takes 1"):
        Settings(optimizer="rprop").check_rows(10)
    Settings(optimizer="rprop", method="gd").check_rows(10)
    Settings(optimizer="rprop", batch_size=10).check_rows(10)


def test_the_rate_follows_the_schedule():
    stairs = Settings(schedule="stairs", learning_rate=2, decay=0.5, decay_epochs=10)
    assert [stairs.rate(epoch) for epoch in (0, 9, 10, 25)] == [2, 2, 1, 0.5]
    cosine = Settings(schedule="cosine", learning_rate=2, epochs=10)
    assert [cosine.rate(epoch) for epoch in (0, 5)] == pytest.approx([2, 1])


def test_a_rate_that_grows_beyond_all_numbers_is_infinite():
    assert Settings(schedule="stairs", decay=2, decay_epochs=1).rate(5000) == math.inf
