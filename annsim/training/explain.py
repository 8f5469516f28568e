"""Every number of one training step on one row, as a report."""

from dataclasses import asdict, dataclass
from operator import index
from typing import Any

import numpy as np

from annsim.data.dataset import Dataset
from annsim.engine.compiler import compile_network, parameters_of
from annsim.engine.course import Course, start_learning
from annsim.engine.engines import choose_engine
from annsim.engine.reference_engine import Step
from annsim.errors import DataError, WorkError
from annsim.network.network import Network
from annsim.settings import Settings, shows_settings
from annsim.training.session import course_for, draw_initial


@dataclass(frozen=True)
class NeuronReport:
    """The numbers of one neuron; an input neuron has an output only."""

    id: int
    name: str
    activation_function: str | None
    threshold: float | None
    output_function: str | None
    net_input: float | None
    activation: float | None
    output: float
    delta: float | None
    bias: float | None
    bias_gradient: float | None
    new_bias: float | None


@dataclass(frozen=True)
class ConnectionReport:
    """The numbers of one connection; `gradient` is without the penalty's."""

    id: int
    source: int
    target: int
    weight: float
    gradient: float
    penalty_gradient: float
    new_weight: float


@dataclass(frozen=True)
class Explanation:
    """One step of a batch of one row: neurons in evaluation order, connections in ascending id.

    `loss` is that of the row before the step, without the penalty.
    """

    row: int
    loss: float
    neurons: tuple[NeuronReport, ...]
    connections: tuple[ConnectionReport, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of `annsim explain --json`."""
        report = asdict(self)
        return {**report, "neurons": list(report["neurons"]), "connections": list(report["connections"])}


@shows_settings
def explain(
    network: Network, dataset: Dataset, row: int = 0, *, settings: Settings | None = None, **values: Any
) -> Explanation:
    """Return every number of the first training step on one row; the network stays as it is.

    Parameters
    ----------
    row : counted from 0 in file order.
    settings : base for what `values` does not say.
    **values : learning_rate, optimizer, loss, momentum, weight_decay, l1, l2, step_gradient and the other settings.

    Raises
    ------
    DataError
        Where there is no such row, or the data does not fit the network.
    WorkError
        Where a number of the step is not finite.
    """
    row = index(row)
    chosen = Settings.chosen(values, settings).with_changes(method="gd", precision="double")
    compiled = compile_network(network)
    course = course_for(network, compiled, dataset, chosen)
    if not 0 <= row < len(course.inputs):
        raise DataError(f"there is no row {row}", where="row", hint=f"Rows count from 0 to {len(course.inputs) - 1}.")
    alone = Course(
        compiled, course.inputs, course.targets, np.array([row]), np.array([], np.int64), course.scoring, chosen
    )
    parameters = parameters_of(network, compiled)
    draw_initial(network, compiled, parameters, chosen)
    learning = start_learning(alone, parameters)
    step = choose_engine(chosen.engine).take_step(alone, learning)
    if learning.failure:
        raise WorkError(f"the {learning.failure.quantity} of this step is not finite", where=f"row {row}")
    return _report(network, alone, step, row)


def _report(network: Network, course: Course, step: Step, row: int) -> Explanation:
    compiled, state = course.network, step.state
    arrows = compiled.connection_count
    neurons = []
    for k, neuron_id in enumerate(compiled.neuron_ids.tolist()):
        values = network.neuron_values(neuron_id)
        output = float(state.output[0, k])
        if k < compiled.input_count:
            neurons.append(
                NeuronReport(neuron_id, values.name, None, None, None, None, None, output, None, None, None, None)
            )
            continue
        neurons.append(
            NeuronReport(
                neuron_id,
                values.name,
                values.activation,
                values.threshold,
                values.output,
                float(state.net_input[0, k]),
                float(state.activation[0, k]),
                output,
                float(state.delta[0, k]),
                float(step.before[arrows + k]),
                float(step.gradient[arrows + k]),
                float(step.after[arrows + k]),
            )
        )
    ids = compiled.neuron_ids
    connections = sorted(
        (
            ConnectionReport(
                int(compiled.connection_ids[c]),
                int(ids[compiled.sources[c]]),
                int(ids[compiled.targets[c]]),
                float(step.before[c]),
                float(step.gradient[c]),
                float(step.penalty[c]),
                float(step.after[c]),
            )
            for c in range(arrows)
        ),
        key=lambda connection: connection.id,
    )
    return Explanation(row, float(step.losses[0]), tuple(neurons), tuple(connections))
