import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annsim.errors import SettingsError
from annsim.functions.optimizers import OPTIMIZERS
from annsim.settings import Settings
from annsim.training.run import SettingChange
from annsim.training.session import Session
from tests.network.drawings import dump

on_fixtures = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def session_for(network, dataset, **values):
    return Session(network, dataset, Settings(**values))


def bits(session):
    """Everything that a run leaves behind, to the bit."""
    run = session.finish()
    return (
        session.learning.parameters.values.tobytes(),
        [run.history[column].tobytes() for column in run.history.keys()],  # noqa: SIM118, a history is no dict
        (run.stopped_by, run.epochs, run.steps, run.samples, run.message, run.changes),
    )


@on_fixtures
@given(
    st.lists(st.integers(0, 30), max_size=8),
    st.sampled_from(tuple(OPTIMIZERS)),
    st.integers(1, 6),
    st.sampled_from([0, 1, 3]),
    st.none() | st.integers(1, 3),
)
def test_a_session_in_pieces_equals_one_in_one_go(
    tangle, regression, engine, cuts, optimizer, batch_size, record_every, patience
):
    values = {
        "optimizer": optimizer,
        "batch_size": 5 if optimizer == "rprop" else batch_size,
        "record_every": record_every,
        "patience": patience,
        "epochs": 12,
        "engine": engine,
    }
    whole, pieces = session_for(tangle, regression, **values), session_for(tangle, regression, **values)
    whole.advance(epochs=12)
    for cut in cuts:
        pieces.advance(steps=cut)
    pieces.advance(epochs=12 - pieces.learning.epoch)
    assert bits(pieces) == bits(whole)


def test_twice_50_epochs_with_a_pause_equal_100(network, xor, engine):
    whole, paused = (session_for(network, xor, epochs=100, optimizer="adam", engine=engine) for _ in range(2))
    whole.advance(epochs=100)
    paused.advance(epochs=50)
    paused.advance(epochs=50)
    assert bits(paused) == bits(whole)


def test_iterating_equals_one_call_and_reports_every_row_once(network, xor, engine):
    whole, iterated = (session_for(network, xor, epochs=30, engine=engine) for _ in range(2))
    heard = []
    iterated.on_record = heard.append
    whole.advance(epochs=30)
    progress = list(iterated)
    assert [row for piece in progress for row in piece.records] == heard == list(whole.history)
    assert (progress[-1].epoch, progress[-1].steps) == (30, 120)
    assert bits(iterated) == bits(whole)


def test_the_same_seed_gives_the_same_bits_and_another_one_others(network, xor, engine):
    runs = [session_for(network, xor, seed=seed, init="uniform", engine=engine) for seed in (1, 1, 2)]
    for session in runs:
        session.advance(epochs=10)
    first, second, other = map(bits, runs)
    assert first == second
    assert first[0] != other[0]


def test_the_end_of_an_epoch_is_reached_from_within_it(network, xor, engine):
    session = session_for(network, xor, engine=engine)
    session.advance(steps=2)
    progress = session.advance(epochs=1)
    assert (progress.epoch, progress.steps) == (1, 4)


@pytest.mark.parametrize(("every", "epochs"), {0: [0, 7], 1: [*range(8)], 3: [0, 3, 6, 7], 9: [0, 7]}.items())
def test_rows_of_history_by_record_every(network, xor, engine, every, epochs):
    session = session_for(network, xor, epochs=7, record_every=every, engine=engine)
    session.advance(epochs=7)
    run = session.finish()
    assert run.history["epoch"].tolist() == epochs
    assert (run.stopped_by, run.epochs, run.steps) == ("epochs", 7, 28)


def test_a_row_of_history_evaluates_all_rows_with_the_weights_after_the_epoch(tangle, regression, engine):
    session = session_for(tangle, regression, epochs=2, engine=engine)
    session.advance(epochs=2)
    tangle.apply(session.edit())
    squares = np.square(tangle.predict(regression.inputs) - regression.targets).sum(axis=1) / 2
    last = session.finish().history.last
    assert (last.training_loss, last.test_loss) == pytest.approx((squares[:5].mean(), squares[5:].mean()), rel=1e-12)
    assert last.accuracy is None


def test_accuracy_is_of_test_rows_where_there_are_some(network, xor, engine):
    session = session_for(network, xor, engine=engine)
    session.advance(steps=0)
    right = (network.predict(xor.inputs) > 0.5) == xor.targets
    assert session.history.last.accuracy == right.mean()
    tested = xor.split_again(0.5, 1)
    session = session_for(network, tested, engine=engine)
    session.advance(steps=0)
    assert session.history.last.accuracy == right[tested.test_rows].mean()


def test_a_run_without_a_step_has_its_first_row(network, xor):
    run = session_for(network, xor).finish()
    assert (run.stopped_by, run.epochs, run.steps, len(run.history)) == ("user", 0, 0, 1)


def test_a_run_stopped_between_two_rows_gets_its_last_row_once(network, xor, engine):
    session = session_for(network, xor, record_every=5, engine=engine)
    session.advance(epochs=7)
    session.stop()
    session.finish()
    run = session.finish()
    assert run.history["epoch"].tolist() == [0, 5, 7]
    assert run.stopped_by == "user"


def test_nothing_happens_after_the_end(network, xor, engine):
    session = session_for(network, xor, epochs=2, engine=engine)
    session.advance(epochs=99)
    before = session.learning.parameters.values.tobytes()
    assert session.advance(steps=5).steps == 8
    session.stop("edited")
    assert (session.is_over, session.learning.stopped_by) == (True, "epochs")
    assert session.learning.parameters.values.tobytes() == before


def test_the_drawing_changes_by_one_edit_at_the_end(tangle, regression, engine):
    before = dump(tangle)
    session = session_for(tangle, regression, epochs=137, engine=engine)
    session.advance(epochs=137)
    session.finish()
    assert dump(tangle) == before
    edit = session.edit()
    inverse = tangle.apply(edit)
    assert edit.name == "Train 137 epochs"
    assert dump(tangle) != before
    tangle.apply(inverse)
    assert dump(tangle) == before


def test_samples_are_the_rows_of_all_steps(network, xor, engine):
    session = session_for(network, xor, batch_size=3, engine=engine)
    session.advance(steps=5)
    assert session.finish().samples == 4 + 4 + 3


def test_a_change_is_recorded_with_its_step_and_can_be_replayed(network, xor, engine):
    live, replay = (session_for(network, xor, epochs=9, optimizer="momentum", engine=engine) for _ in range(2))
    live.advance(steps=7)
    live.change(learning_rate=1, momentum=0.5)
    live.advance(steps=6)
    live.change(l2=0.25)
    live.advance(epochs=9)
    changes = [SettingChange(7, "learning_rate", 1.0), SettingChange(7, "momentum", 0.5), SettingChange(13, "l2", 0.25)]
    assert live.changes == changes
    for change in changes:
        replay.advance(steps=change.step - replay.learning.steps)
        replay.change(**{change.name: change.value})
    replay.advance(epochs=9)
    assert bits(replay) == bits(live)
    unchanged = session_for(network, xor, epochs=9, optimizer="momentum", engine=engine)
    unchanged.advance(epochs=9)
    assert bits(unchanged)[0] != bits(live)[0]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"batch_size": 2}, "batch_size: cannot change while a run goes on"),
        ({"learning_rate": 0.5, "epochs": 3}, "epochs: cannot change"),
        ({"learning_rate": 0.5, "goal": -1}, "goal: must be 0 or more"),
        ({"momentum": 0.5}, "the optimizer 'plain' has no momentum"),
    ],
)
def test_a_refused_change_changes_nothing(network, xor, values, what):
    session = session_for(network, xor)
    with pytest.raises(SettingsError, match=what):
        session.change(**values)
    assert session.course.settings == Settings()
    assert session.changes == []


def test_rprop_needs_all_rows_in_one_step(network, xor):
    with pytest.raises(SettingsError, match="rprop needs all 4"):
        session_for(network, xor, optimizer="rprop")


def test_initial_weights_leave_locked_ones(tangle, regression):
    session = session_for(tangle, regression, init="zeros")
    weights = dict(zip(session.compiled.connection_ids.tolist(), session.initial.weights.tolist(), strict=True))
    assert {i for i, w in weights.items() if w} == {3}
    assert sorted(session.initial.biases.tolist()) == [-0.125, 0, 0, 0, 0, 0]
