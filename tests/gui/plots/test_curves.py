import numpy as np
import pytest

from annsim.engine.course import Record
from annsim.gui.plots.curves import POINTS_KEPT, Curves, Line, about_run, decimated, history_csv, step_up, ticks
from annsim.settings import Settings
from annsim.training.history import History
from annsim.training.run import Run


def records(count, start=1.0):
    return [Record(n, start / (n + 1), None, None) for n in range(count)]


def run(count, stopped_by="user", name=""):
    return Run(Settings(), History.of(records(count)), stopped_by, count - 1, count - 1, "reference", name=name)


@pytest.mark.parametrize("count", [3, 800, 801, 1000, 4001, 50_000])
def test_decimation_keeps_ends_minimum_and_maximum(count):
    draws = np.random.default_rng(count)
    x, y = np.arange(count, dtype=float), draws.normal(size=count)
    few_x, few_y = decimated(x, y, 800)
    assert len(few_x) <= 800
    assert (few_x[0], few_x[-1]) == (0, count - 1)
    assert few_y.max() == y.max()
    assert few_y.min() == y.min()
    assert (np.diff(few_x) > 0).all()
    assert np.array_equal(few_y, y[few_x.astype(int)])


def test_a_line_stays_small_and_leaves_out_what_is_not_finite():
    line = Line()
    for start in range(0, 100_000, 5000):
        line.extend(range(start, start + 5000), [float(n % 97) for n in range(start, start + 5000)])
    assert len(line) <= POINTS_KEPT
    assert line.y.max() == 96
    assert line.x[-1] == 99_999
    line.extend([100_000, 100_001, 100_002], [None, float("inf"), 3.0])
    assert line.at(1e9) == (100_002, 3.0)


@pytest.mark.parametrize(
    ("value", "step"), [(0.127, 0.2), (0.2, 0.2), (746, 1000), (1, 1), (1.01, 2), (4e-9, 5e-9), (0, 1), (np.inf, 1)]
)
def test_axes_grow_in_steps_of_1_2_5(value, step):
    assert step_up(value) == pytest.approx(step)


def test_ticks_are_round():
    assert ticks(0, 0.2, 5)[1] == pytest.approx([0, 0.05, 0.1, 0.15, 0.2])
    assert ticks(0, 1000, 10) == (100, [100.0 * n for n in range(11)])


def test_a_run_after_an_edit_goes_on_where_the_last_ended():
    curves = Curves()
    curves.begin(Settings(method="gd")).extend(records(5))
    curves.end("edited")
    curves.begin(Settings(), goes_on=True).extend(records(3))
    assert curves.earlier == []
    assert curves.present.training.x.tolist() == [0, 1, 2, 3, 4, 4, 5, 6]
    assert "gd" in curves.present.about
    assert "sgd, batch 1" in curves.present.about
    curves.end("user")
    curves.end("edited")
    curves.begin(Settings()).extend(records(2))  # after Reset, say: a curve of its own
    assert len(curves.earlier) == 1
    assert curves.present.training.x.tolist() == [0, 1]


def test_runs_of_a_file_are_earlier_ones():
    curves = Curves()
    curves.take([run(4, name="Run 1"), run(3, "edited", "Run 2"), run(5, name="Run 3"), run(1, name="Run 4")])
    assert curves.present is None
    assert [curve.end for curve in curves.earlier] == [3, 6]  # a run without a step has no curve
    assert curves.earlier[0].about.startswith("Run 1: sgd")
    curves.clear_earlier()
    assert not curves


def test_what_a_run_was_done_with():
    assert about_run(Settings(method="gd", learning_rate=0.5, seed=7)) == "gd, plain, rate 0.5, seed 7"
    assert about_run(Settings(batch_size=8, optimizer="adam")) == "sgd, batch 8, adam, rate 0.1, seed 1"


def test_csv_is_that_of_the_command_line():
    history = History.of([Record(0, 0.5, 0.25, 1.0), Record(1, 1 / 3, None, None)])
    assert history_csv(history) == ("epoch,training_loss,test_loss,accuracy\n0,0.5,0.25,1.0\n1,0.3333333333333333,,\n")
