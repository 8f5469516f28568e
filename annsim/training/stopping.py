"""Why a run ended, in plain words."""

from annsim.engine.course import Course, Failure, Learning
from annsim.errors import shorten
from annsim.network.network import Network

STOP_REASONS = ("epochs", "goal", "patience", "not_finite", "user", "edited", "breakpoint")


def stop_message(course: Course, learning: Learning, network: Network) -> str:
    """Return what a person should know about the end of a run; empty where there is nothing to say."""
    if learning.stopped_by == "not_finite" and learning.failure is not None:
        return _failure_message(course, learning.failure, network)
    if learning.stopped_by == "patience" and learning.best is not None:
        kind = "test" if len(course.test_rows) else "training"
        return (
            f"No better {kind} loss in {learning.rows_since_best} rows of history; "
            f"the weights with the best one ({learning.best_loss:.6g}) are put back."
        )
    return ""


def _failure_message(course: Course, failure: Failure, network: Network) -> str:
    place = f"epoch {failure.epoch}, step {failure.step}"
    if failure.row is not None:
        place += f", row {failure.row}"
    if failure.neuron_id is not None:
        name = shorten(network.neuron_values(failure.neuron_id).name, 40)
        place += f", neuron {failure.neuron_id} ({name})"
    settings = course.settings
    hint = "Try a smaller learning rate"
    if settings.learning_rate * settings.l2 > 1:
        hint = "Learning rate times l2 is above 1, which makes every weight grow; try a smaller l2"
    return f"The {failure.quantity} is no longer a finite number ({place}); earlier weights are put back. {hint}."
