import math

import pytest

from annsim.functions.schedules import SCHEDULES

# rate 0.5, decay 0.25, decay_epochs 2, limit 8
RATES = {
    "constant": {0: 0.5, 1: 0.5, 7: 0.5},
    "stairs": {0: 0.5, 1: 0.5, 2: 0.125, 3: 0.125, 4: 0.03125},
    "exponential": {0: 0.5, 1: 0.25, 2: 0.125, 3: 0.0625},
    "cosine": {0: 0.5, 2: 0.25 * (1 + math.sqrt(0.5)), 4: 0.25, 6: 0.25 * (1 - math.sqrt(0.5)), 8: 0.0},
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_rates_by_epoch(name):
    found = {epoch: SCHEDULES[name].rate(0.5, epoch, 0.25, 2, 8) for epoch in RATES[name]}
    assert found == pytest.approx(RATES[name], rel=1e-15, abs=1e-17)


def test_only_the_cosine_needs_a_limit():
    assert [name for name, schedule in SCHEDULES.items() if schedule.needs_limit] == ["cosine"]
