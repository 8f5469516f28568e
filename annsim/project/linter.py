"""The linter: what in a project will not learn, or not learn what the user means, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from annsim.data.dataset import Dataset
from annsim.engine.compiler import CompiledNetwork, compile_network, parameters_of
from annsim.engine.reference import State, forward
from annsim.errors import shorten
from annsim.functions.activation import ACTIVATIONS
from annsim.functions.loss import LOSSES
from annsim.functions.output import OUTPUTS
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.matching import matched_inputs, matched_targets

SATURATED_SLOPE, SATURATED_SHARE = 0.01, 0.9
UNSCALED = 10.0
IMBALANCE = 10.0
ROWS_LOOKED_AT = 10_000


@dataclass(frozen=True)
class Finding:
    """One thing worth a look: its kind, what it is, what to do, and the neuron concerned (None: the whole)."""

    kind: str
    severity: Literal["error", "warning", "note"]
    text: str
    hint: str
    neuron_id: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "neuron": self.neuron_id,
            "text": self.text,
            "hint": self.hint,
        }


def lint(network: Network, settings: Settings, dataset: Dataset | None = None) -> list[Finding]:
    """Return what the linter finds, errors first; with data also what shows only on its rows."""
    findings = [*_drawing(network), *_choices(network, settings)]
    has_ends = network.ids_of_role("input") and network.ids_of_role("output")
    if dataset is not None and dataset.targets is not None and has_ends:
        findings += [*_targets(network, settings, dataset), *_rows(network, dataset)]
    rank = {"error": 0, "warning": 1, "note": 2}
    return sorted(findings, key=lambda finding: rank[finding.severity])


def _named(network: Network, neuron_id: int) -> str:
    values = network.neuron_values(neuron_id)
    return f"{values.role} neuron {neuron_id} ({shorten(values.name, 40)})"


def _drawing(network: Network) -> Iterator[Finding]:
    for role in ("input", "output"):
        if not network.ids_of_role(role):
            yield Finding(
                "no_" + role, "error", f"There is no {role} neuron.", f"Add a neuron and give it the role {role}."
            )
    block = network.store.block
    forwards = _reached(network.ids_of_role("input"), block.source.tolist(), block.target.tolist())
    backwards = _reached(network.ids_of_role("output"), block.target.tolist(), block.source.tolist())
    for neuron_id in network.neurons:
        role, name = network.neuron_values(neuron_id).role, _named(network, neuron_id)
        if role != "output" and neuron_id not in backwards:
            yield Finding(
                "useless", "warning", f"The {name} has no way to an output.", "Connect it, or delete it.", neuron_id
            )
        if role != "input" and neuron_id not in forwards:
            yield Finding(
                "constant", "warning", f"No input reaches the {name}; it is constant.", "Connect it.", neuron_id
            )


def _reached(starts: list[int], sources: list[int], targets: list[int]) -> set[int]:
    after: dict[int, list[int]] = {}
    for source, target in zip(sources, targets, strict=True):
        after.setdefault(source, []).append(target)
    seen, front = set(starts), list(starts)
    while front:
        for neuron_id in after.get(front.pop(), ()):
            if neuron_id not in seen:
                seen.add(neuron_id)
                front.append(neuron_id)
    return seen


def _choices(network: Network, settings: Settings) -> Iterator[Finding]:
    outputs = network.ids_of_role("output")
    softmax = [i for i in outputs if network.neuron_values(i).activation == "softmax"]
    if len(softmax) == 1:
        yield Finding(
            "softmax_alone",
            "error",
            f"The {_named(network, softmax[0])} is the only softmax neuron; its activation is always 1.",
            "Use sigmoid, or add an output for each class.",
            softmax[0],
        )
    wanted = LOSSES[settings.loss].cancels_with
    for neuron_id in outputs:
        values = network.neuron_values(neuron_id)
        if wanted is not None and (values.activation != wanted or values.output != "identity"):
            yield Finding(
                "loss_does_not_fit",
                "warning",
                f"The loss {settings.loss} is made for {wanted}, and the {_named(network, neuron_id)} has "
                f"{values.activation}; outside (0, 1) it does not learn.",
                f"Set its activation function to {wanted}, or choose another loss.",
                neuron_id,
            )
    steps = [i for i in network.neurons if network.neuron_values(i).activation == "step"]
    computing = [i for i in steps if network.neuron_values(i).role != "input"]
    if computing and settings.step_gradient == "zero":
        yield Finding(
            "step_gradient_zero",
            "warning",
            f"With step_gradient zero, no weight before the {len(computing)} step neurons learns.",
            "Choose perceptron or sigmoid.",
        )
    if settings.learning_rate * settings.l2 > 1:
        yield Finding(
            "l2_too_strong",
            "error",
            f"Learning rate times l2 is {settings.learning_rate * settings.l2:g}; above 1 weights grow without end.",
            "Make one of them smaller.",
        )


def _targets(network: Network, settings: Settings, dataset: Dataset) -> Iterator[Finding]:
    targets = matched_targets(network, dataset)
    for neuron_id, column in zip(network.ids_of_role("output"), targets.T, strict=True):
        values = network.neuron_values(neuron_id)
        phi, psi = ACTIVATIONS[values.activation], OUTPUTS[values.output]
        low, high = max(phi.low, psi.low), min(phi.high, psi.high)
        if column.min() < low or column.max() > high:
            yield Finding(
                "target_out_of_range",
                "warning",
                f"Target values of the {_named(network, neuron_id)} reach from {column.min():g} to {column.max():g}, "
                f"and its output from {low:g} to {high:g}.",
                "Choose a function that reaches them, such as linear.",
                neuron_id,
            )
    if dataset.classes is not None and targets.shape[1] > 1:
        counts = targets[dataset.train_rows].sum(axis=0)
    elif dataset.classes is not None:
        high_count = float((targets[dataset.train_rows] > targets.mean()).sum())
        counts = np.array([len(dataset.train_rows) - high_count, high_count])
    else:
        return
    if counts.min() * IMBALANCE < counts.max():
        yield Finding(
            "class_imbalance",
            "note",
            f"The smallest class has {int(counts.min())} training rows and the largest {int(counts.max())}.",
            "Accuracy alone says little here; look at the confusion matrix.",
        )


def _rows(network: Network, dataset: Dataset) -> Iterator[Finding]:
    inputs = matched_inputs(network, dataset)[dataset.train_rows][:ROWS_LOOKED_AT]
    for neuron_id, column in zip(network.ids_of_role("input"), inputs.T, strict=True):
        if np.abs(column).max() > UNSCALED:
            yield Finding(
                "unscaled_input",
                "warning",
                f"Values of the {_named(network, neuron_id)} reach {np.abs(column).max():.4g}.",
                "Use the scaling standard or minmax.",
                neuron_id,
            )
    compiled = compile_network(network)
    with np.errstate(over="ignore", invalid="ignore"):
        state = forward(compiled, parameters_of(network, compiled), inputs)
    for neuron in compiled.computing:
        neuron_id = int(compiled.neuron_ids[neuron.place])
        if neuron.activation.name == "step" or neuron.activation.joint:
            continue
        if neuron.activation.name == "relu" and not state.activation[:, neuron.place].any():
            yield Finding(
                "dead",
                "warning",
                f"The {_named(network, neuron_id)} is 0 on all training rows and does not learn.",
                "Raise its bias, or draw new initial weights.",
                neuron_id,
            )
        elif _saturated_share(compiled, state, neuron.place) >= SATURATED_SHARE:
            yield Finding(
                "saturated",
                "warning",
                f"The derivative of the {_named(network, neuron_id)} is below {SATURATED_SLOPE} on most training rows.",
                "Scale the inputs, or draw smaller initial weights.",
                neuron_id,
            )


def _saturated_share(compiled: CompiledNetwork, state: State, place: int) -> float:
    phi = ACTIVATIONS[compiled.activation[place]]
    slope = phi.derivative(state.shifted[:, place], state.activation[:, place])
    return float((np.abs(slope) < SATURATED_SLOPE).mean())
