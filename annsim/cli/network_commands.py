"""Commands about a network: new, info, check, examples."""

from pathlib import Path
from typing import Annotated, Any

import typer

from annsim.cli.console import say, say_json, say_table
from annsim.data.dataset import Dataset
from annsim.engine.compiler import compile_network, parameters_of
from annsim.engine.gradient_check import GradientCheck, check_gradients
from annsim.errors import FileError, NetworkError, did_you_mean, shorten
from annsim.formats.catalogue import open_project, save
from annsim.formats.examples import examples, read_example
from annsim.functions.randomness import Purpose, generator
from annsim.network.network import Network
from annsim.project.linter import lint
from annsim.project.loading import dataset_of
from annsim.project.project import Project
from annsim.settings import SEED_LIMIT
from annsim.training.matching import matched_inputs, matched_targets

PROJECT = Annotated[Path, typer.Argument(metavar="F", help="A project file (.annsim).", show_default=False)]
OUT = Annotated[Path, typer.Option("-o", "--output", metavar="F", help="The file to write.", show_default=False)]
JSON = Annotated[bool, typer.Option("--json", help="Print the result for programs.")]
DATA = Annotated[
    str | None,
    typer.Option(
        "--data", metavar="D", help="A data file or builtin:NAME; else that of the project.", show_default=False
    ),
]
GRADIENT_ROWS = 100
RANDOM_ROWS = 8


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(new)
    app.command()(info)
    app.command()(check)
    app.command("examples")(examples_command)


def new(
    layers: Annotated[str, typer.Argument(metavar="LAYERS", help="Numbers of neurons, such as 2-8-8-1.")],
    output: OUT,
    activation: Annotated[str, typer.Option(help="Activation function of the hidden neurons.")] = "tanh",
    output_activation: Annotated[str, typer.Option(help="Activation function of the output neurons.")] = "sigmoid",
    seed: Annotated[int, typer.Option(help="Seed of the initial weights.")] = 1,
) -> None:
    """Make a fully connected network in layers."""
    if not 0 <= seed <= SEED_LIMIT:
        raise NetworkError(f"must lie between 0 and {SEED_LIMIT:,}, not {seed}", where="--seed")
    parts = layers.split("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise NetworkError(
            f"'{shorten(layers, 40)}' is no list of layers",
            where="LAYERS",
            hint="Write numbers of neurons with minus signs between them, such as 2-4-1.",
        )
    network = Network.layered(
        [int(part) for part in parts], activation=activation, output_activation=output_activation, seed=seed
    )
    save(network, output)
    say(f"{output}: {len(network.neurons)} neurons, {len(network.connections)} connections")


def info(file: PROJECT, json: JSON = False) -> None:
    """Show what a network holds and in which order it is evaluated."""
    project = open_project(file)
    network = project.network
    compiled = compile_network(network)
    counts: dict[str, int] = {}
    for name in compiled.activation[compiled.input_count :]:
        counts[name] = counts.get(name, 0) + 1
    result = {
        "neurons": compiled.neuron_count,
        "connections": compiled.connection_count,
        "inputs": compiled.input_count,
        "outputs": compiled.output_count,
        "parameters": compiled.connection_count + compiled.neuron_count - compiled.input_count,
        "depth": int(compiled.depth.max(initial=0)),
        "order": compiled.neuron_ids.tolist(),
        "activations": counts,
    }
    if json:
        say_json(result)
        return
    if project.title:
        say(project.title)
    if project.note:
        say(project.note)
    for name in ("neurons", "connections", "inputs", "outputs", "parameters", "depth"):
        say(f"{name:<12} {result[name]:,}")
    say(f"{'activations':<12} {', '.join(f'{name} {count}' for name, count in counts.items()) or '-'}")
    say(f"{'order':<12} {shorten(' '.join(map(str, result['order'])), 200)}")
    say(f"{'data':<12} {project.data.source if project.data else '-'}")


def check(
    file: PROJECT,
    data: DATA = None,
    gradients: Annotated[
        bool, typer.Option("--gradients", help="Compare backpropagation with central differences.")
    ] = False,
    json: JSON = False,
) -> int:
    """Look for what will not learn; with --gradients, confirm the gradients. Exit code 1 where they disagree."""
    project = open_project(file)
    has_data = data is not None or project.data is not None
    dataset = dataset_of(project, data) if has_data else None
    findings = lint(project.network, project.settings, dataset)
    result = _check_gradients(project, dataset) if gradients else None
    if json:
        report: dict[str, Any] = {"findings": [finding.to_dict() for finding in findings]}
        if result is not None:
            report["gradients"] = _gradient_dict(project.network, result)
        say_json(report)
    else:
        for finding in findings:
            say(f"{finding.severity}: {finding.text} {finding.hint}")
        if not findings:
            say("Nothing found.")
        if result is not None:
            say(_gradient_text(project.network, result))
    return 0 if result is None or result.passed else 1


def _check_gradients(project: Project, dataset: Dataset | None) -> GradientCheck:
    network = project.network
    compiled = compile_network(network)
    if dataset is not None and dataset.targets is not None:
        inputs, targets = matched_inputs(network, dataset), matched_targets(network, dataset)
        rows = dataset.train_rows[:GRADIENT_ROWS]
        inputs, targets = inputs[rows], targets[rows]
    else:
        draws = generator(project.settings.seed, Purpose.GENERATED_DATA)
        inputs = draws.uniform(-1, 1, (RANDOM_ROWS, compiled.input_count))
        targets = draws.uniform(0, 1, (RANDOM_ROWS, compiled.output_count))
    return check_gradients(
        compiled,
        parameters_of(network, compiled),
        inputs,
        targets,
        loss=project.settings.loss,
        step_gradient=project.settings.step_gradient,
        seed=project.settings.seed,
    )


def _worst(network: Network, result: GradientCheck) -> dict[str, Any] | None:
    """Return the worst connection and, where that is worse still, the worst bias."""
    if result.worst is None:
        return None
    compiled = compile_network(network)
    worst: dict[str, Any] = {}
    arrow = result.worst_below(compiled.connection_count)
    if arrow is not None:
        connection = network.connections[int(compiled.connection_ids[result.checked[arrow]])]
        worst = {"connection": connection.id, "source": connection.source, "target": connection.target}
        worst |= _compared(result, arrow)
    if result.checked[result.worst] >= compiled.connection_count:
        place = int(result.checked[result.worst]) - compiled.connection_count
        worst["bias"] = {"neuron": int(compiled.neuron_ids[place]), **_compared(result, result.worst)}
    return worst


def _compared(result: GradientCheck, index: int) -> dict[str, float]:
    return {
        "backpropagation": float(result.by_backpropagation[index]),
        "differences": float(result.by_differences[index]),
        "relative_error": float(result.errors[index]),
    }


def _gradient_dict(network: Network, result: GradientCheck) -> dict[str, Any]:
    return {
        "passed": result.passed,
        "checked": len(result.checked),
        "parameters": result.parameter_count,
        "rows": result.row_count,
        "rows_left_out": result.left_out,
        "worst": _worst(network, result),
    }


def _gradient_text(network: Network, result: GradientCheck) -> str:
    worst = _worst(network, result)
    if worst is None:
        return f"gradients: nothing checked; all {result.left_out} rows lie at a kink."
    places = []
    if "connection" in worst:
        arrow = f"connection {worst['connection']} ({worst['source']} -> {worst['target']})"
        places.append(f"{arrow}, relative error {worst['relative_error']:.2g}")
    if "bias" in worst:
        places.append(f"bias of neuron {worst['bias']['neuron']}, {worst['bias']['relative_error']:.2g}")
    verdict = "agree" if result.passed else "DISAGREE"
    share = "" if len(result.checked) == result.parameter_count else f" of {result.parameter_count:,}, a seeded sample"
    left = f", {result.left_out} at a kink left out" if result.left_out else ""
    return (
        f"gradients {verdict}: {len(result.checked):,} parameters{share}, {result.row_count} rows{left}; "
        f"worst {'; '.join(places)}"
    )


def examples_command(
    name: Annotated[str | None, typer.Argument(metavar="NAME", show_default=False)] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="F", help="The file to write.", show_default=False)
    ] = None,
    json: JSON = False,
) -> None:
    """List the bundled example projects, or write one."""
    entries = examples()
    if name is None:
        if json:
            say_json([entry.to_dict() for entry in entries.values()])
        else:
            say_table(["name", "title"], [[entry.name, entry.title] for entry in entries.values()])
        return
    if name not in entries:
        raise FileError(f"no example is called '{shorten(name, 40)}'", hint=did_you_mean(name, entries))
    path = output or Path(f"{name}.annsim")
    if output is None and path.exists():
        raise FileError("is there already", where=str(path), hint="Say where to write with -o.")
    save(read_example(name), path)
    if json:
        say_json({**entries[name].to_dict(), "file": str(path)})
    else:
        say(f"{path}: {entries[name].title}")
