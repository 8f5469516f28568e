from pathlib import Path

import numpy as np
import pytest

from annsim.errors import AnnsimError
from annsim.formats import project_file
from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.training_control import State, TrainingControl
from annsim.network.edits import SetValues
from annsim.network.grouping import removing
from annsim.project.loading import load_for
from annsim.training.trainer import train

PATH = Path("untitled.annsim")


def weights(network):
    biases = [network.neuron_values(i).bias for i in network.neurons]
    return network.store.block.weight.tobytes() + np.array(biases).tobytes()


def trained_without_window(**changes):
    project = read_example("xor")
    settings = project.settings.with_changes(**changes)
    dataset, _ = load_for(project.network, project.data, settings)
    run = train(project.network, dataset, settings)
    return weights(project.network), run


def play_to_the_end(qtbot, control):
    with qtbot.waitSignal(control.run_ended, timeout=60_000):
        control.play()


def test_the_run_of_the_window_has_the_bits_of_the_command_line(qtbot, control):
    expected, run = trained_without_window(epochs=60)
    control.change_setting("epochs", 60)
    play_to_the_end(qtbot, control)
    assert weights(control.document.network) == expected
    assert control.document.project.runs[-1].steps == run.steps == 240


def test_ten_pauses_change_no_bit(qtbot, control):
    expected, _ = trained_without_window(epochs=300)
    control.change_setting("epochs", 300)
    for _ in range(10):
        control.play()
        qtbot.waitUntil(lambda: control.document.moment is not None, timeout=1000)
        qtbot.wait(10)
        control.pause()
        if control.session is None or control.session.is_over:
            break
    if control.session is not None:
        play_to_the_end(qtbot, control)
    assert weights(control.document.network) == expected


def test_step_and_epoch_pause_where_they_should(qtbot, control):
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    assert control.session.learning.steps == 1
    control.epoch()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    assert (control.session.learning.steps, control.session.learning.epoch) == (4, 1)


def test_a_run_is_one_undo_step_however_often_it_was_paused(qtbot, control):
    document = control.document
    before = weights(document.network)
    for _ in range(3):
        control.step()
        qtbot.waitUntil(lambda: control.state is State.PAUSED)
    assert document.undo_stack.count() == 1
    document.undo()
    assert weights(document.network) == before
    assert control.session is None  # the edit ended the run


def test_an_edit_ends_the_run_and_a_new_one_goes_on(qtbot, control):
    document = control.document
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 20)
    document.network.neurons[3].name = "bend"  # a name never touches a run
    assert control.state is State.RUNNING
    first = control.session
    with qtbot.waitSignal(control.run_ended) as ended:
        document.do(SetValues("neuron", "threshold", [3], [0.5], name="Set threshold"))
    assert ended.args[0].stopped_by == "edited"
    assert [document.undo_stack.text(i).split(" ")[0] for i in range(2)] == ["Train", "Set"]
    qtbot.waitUntil(lambda: control.state is State.RUNNING)
    assert control.session is not first


def test_reset_puts_back_the_start_of_the_first_run(qtbot, control):
    before = weights(control.document.network)
    assert not control.can_reset
    for _ in range(2):
        control.step()
        qtbot.waitUntil(lambda: control.state is State.PAUSED)
        control.end_run()
    assert weights(control.document.network) != before
    control.reset()
    assert weights(control.document.network) == before


@pytest.mark.parametrize("gone", ["connection", "neuron", "all connections"])
def test_reset_after_something_was_removed_puts_back_the_rest(qtbot, control, gone):
    document = control.document
    network = document.network
    connections = {i: network.connections[i].weight for i in network.connections}
    biases = {i: network.neuron_values(i).bias for i in network.neurons}
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    hidden = network.ids_of_role("hidden")[0]
    what = {"connection": ([], [min(connections)]), "neuron": ([hidden], []), "all connections": ([], connections)}
    document.do(removing(network, *what[gone]))
    trained = document.bytes()
    control.reset()
    assert {i: network.connections[i].weight for i in network.connections}.items() <= connections.items()
    assert {i: network.neuron_values(i).bias for i in network.neurons}.items() <= biases.items()
    assert (hidden in network.neurons) == (gone != "neuron")
    document.undo()
    assert document.bytes() == trained


def test_reset_after_a_neuron_became_an_input_leaves_it_one(qtbot, control):
    document = control.document
    output = document.network.ids_of_role("output")[0]
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    incoming = [i for i, one in document.network.connections.items() if one.target == output]
    document.do(removing(document.network, connections=incoming))
    document.do(SetValues("neuron", "role", [output], ["input"]))
    control.reset()
    assert document.network.neuron_values(output).role == "input"
    assert project_file.write(project_file.read(document.bytes(), PATH), PATH) == document.bytes()


def test_new_seed_draws_again_and_can_be_undone(control):
    document = control.document
    before = weights(document.network)
    control.new_seed()
    assert weights(document.network) != before
    assert document.settings.seed == document.network.seed + 1
    document.undo()
    assert weights(document.network) == before


def test_a_live_setting_reaches_the_run_and_is_recorded(qtbot, control):
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 5)
    control.change_setting("learning_rate", 0.25)
    qtbot.waitUntil(lambda: len(control.session.changes) == 1)
    control.pause()
    change = control.session.changes[0]
    assert (change.name, change.value) == ("learning_rate", 0.25)
    assert control.session.course.settings.learning_rate == 0.25


def test_a_setting_that_is_not_live_waits_for_the_next_run(qtbot, control):
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    control.change_setting("method", "gd")
    assert control.settings_differ
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    assert control.session.course.settings.method == "gd"


@pytest.mark.parametrize("what", ["nothing", "no data"])
def test_play_says_what_is_missing(qapp, what):
    document = Document() if what == "nothing" else Document(read_example("majority"))
    control = TrainingControl(document)
    assert control.why_not()
    with pytest.raises(AnnsimError):
        control.play()


def test_a_failure_of_the_thread_is_reported(qtbot, control, monkeypatch):
    control.step()
    qtbot.waitUntil(lambda: control.state is State.PAUSED)
    monkeypatch.setattr(control.session, "advance", lambda **_: 1 / 0)
    with qtbot.waitSignal(control.failed) as failed:
        control.play()
    assert isinstance(failed.args[0], ZeroDivisionError)
    assert control.state is State.IDLE


def test_a_start_that_does_not_learn_is_said(qtbot, control):
    control.change_setting("epochs", None)
    control.change_setting("goal", 0.0)
    control.change_setting("learning_rate", 1e-9)
    with qtbot.waitSignal(control.stuck_changed, timeout=60_000) as stuck:
        control.play()
    assert stuck.args == [True]
    control.new_seed()
    assert not control.is_stuck


def test_closing_while_it_trains_takes_less_than_a_second(qtbot, control):
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 20)
    thread = control._thread
    control.close()
    assert thread.isFinished()
    assert control.state is State.IDLE


def test_a_faster_pace_takes_over_and_the_run_still_pauses(qtbot, control):
    control.change_setting("epochs", None)
    control.change_setting("goal", None)
    control.set_pace(200)
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 40)
    control.set_pace(None)
    steps = control.session.learning.steps
    qtbot.waitUntil(lambda: control.session.learning.steps > steps + 200)
    control.pause()
    assert control.state is State.PAUSED


def test_undo_while_it_trains_gets_back_behind_the_training(qtbot, control):
    document = control.document
    before = document.bytes()
    document.do(SetValues("neuron", "threshold", [3], [0.5], name="Set threshold"))
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 20)
    document.undo()
    assert control.state is State.IDLE
    document.undo()
    assert document.network.neurons[3].threshold == 0
    assert document.bytes().splitlines()[5:20] == before.splitlines()[5:20]
    document.redo()
    document.redo()
    assert control.can_reset


def test_a_run_saved_in_the_middle_is_in_the_file_once(qtbot, control, tmp_path):
    document, project = control.document, control.document.project
    for _ in range(2):
        control.step()
        qtbot.waitUntil(lambda: control.state is State.PAUSED)
        control.note_run_so_far()
        assert [run.steps for run in project.runs] == [control.session.learning.steps]
    control.end_run()
    assert [(run.name, run.steps) for run in project.runs] == [("Run 1", 2)]
    assert not document.is_saved


def test_weights_set_by_hand_are_those_that_were_not_undone(control):
    document = control.document
    document.do(SetValues("connection", "weight", [1], [2.0], name="Set weight"))
    assert document.set_by_hand == {("connection", 1)}
    document.undo()
    assert document.set_by_hand == set()
    document.redo()
    control.new_seed()
    assert document.set_by_hand == set()


def test_momentum_without_an_optimizer_that_has_it_waits_for_the_next_run(qtbot, control):
    control.play()
    qtbot.waitUntil(lambda: control.session.learning.steps > 5)
    control.change_setting("optimizer", "momentum")
    control.change_setting("momentum", 0.5)
    steps = control.session.learning.steps
    qtbot.waitUntil(lambda: control.session.learning.steps > steps + 5)
    assert control.session.changes == []
