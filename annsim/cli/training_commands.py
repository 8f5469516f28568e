"""Commands that train and use a network: train, run, evaluate, explain."""

import csv
import io
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import IO, Annotated, Any

import typer

from annsim.cli.console import complain, is_terminal, remark, say, say_json, say_table, spare_the_project
from annsim.cli.network_commands import DATA, JSON, PROJECT
from annsim.cli.setting_options import chosen_settings, with_setting_options
from annsim.engine.course import Record
from annsim.errors import DataError, WorkError
from annsim.formats.atomic import write_atomically
from annsim.formats.catalogue import open_project, save
from annsim.project.loading import dataset_of, dataset_to_judge, load_for, outputs_for, reference_for
from annsim.settings import Settings
from annsim.training.explain import Explanation, explain
from annsim.training.history import COLUMNS
from annsim.training.metrics import evaluate
from annsim.training.run import Run
from annsim.training.session import Session

TARGETS = Annotated[
    str | None, typer.Option(metavar="NAMES", help="Target columns, divided by commas.", show_default=False)
]
SCALING = Annotated[
    str | None, typer.Option(metavar="NAME", help="Of input columns: none, standard, minmax.", show_default=False)
]
MISSING = Annotated[
    str | None,
    typer.Option(metavar="RULE", help="Missing values: stop, drop, mean, median.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(with_setting_options(train))
    app.command()(run)
    app.command("evaluate")(evaluate_command)
    app.command("explain")(with_setting_options(explain_command))


def train(
    file: PROJECT,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="The file to write; else F.", show_default=False),
    ] = None,
    data: DATA = None,
    targets: TARGETS = None,
    scaling: SCALING = None,
    missing: MISSING = None,
    history: Annotated[
        Path | None, typer.Option(metavar="H.csv", help="Write each row of the history.", show_default=False)
    ] = None,
    json: JSON = False,
    **settings: Any,
) -> int:
    """Train a network by backpropagation and save it with its new weights.

    What is not given comes from the project, else from the defaults. Without --init it goes on from the weights in F.
    """
    project = open_project(file)
    # without --init it goes on from the weights in the file, whatever New seed of the window would draw
    chosen = Settings.chosen(chosen_settings(settings), replace(project.settings, init=None))
    chosen = replace(chosen, epochs=chosen.epochs or Settings().epochs)
    reference = reference_for(project, data, targets, scaling, missing)
    dataset, remembered = load_for(project.network, reference, chosen)
    session = Session(project.network, dataset, chosen)
    with _history_file(history, file) as on_record, _interruptible(session):
        session.on_record = on_record
        _run_with_progress(session, chosen.epochs or 0, json)
        result = session.finish()  # inside: it may give the history its last row
    project.network.apply(session.edit())
    project.data, project.settings = remembered, replace(chosen, init=project.settings.init)
    project.add_run(result)
    if result.stopped_by == "not_finite":
        if json:
            say_json(result.to_dict())
        raise WorkError(f"{result.message} Nothing was written", where="train")
    save(project, output or file)
    if json:
        say_json(result.to_dict())
    else:
        _say_result(result, output or file)
    if result.stopped_by == "user":
        complain(f"stopped after {result.epochs:,} epochs; {output or file} holds the weights so far.", "annsim train")
        return 1
    for text in dataset.remarks:  # only here: an error is the only line
        remark(text)
    return 0


def run(
    file: PROJECT,
    data: Annotated[str, typer.Option("--data", metavar="D", help="A data file or builtin:NAME.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="O.csv", help="Write there.", show_default=False)
    ] = None,
) -> None:
    """Give the outputs of a network for every row of raw data, as CSV."""
    if output is not None:
        spare_the_project(output, file, "-o")
    names, rows, classes = outputs_for(open_project(file), data)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*names, *(["class"] if classes is not None else [])])
    for number, row in enumerate(rows.tolist()):
        writer.writerow([*map(repr, row), *([classes[number]] if classes is not None else [])])
    if output is None:
        typer.echo(buffer.getvalue(), nl=False)
    else:
        write_atomically(output, buffer.getvalue().encode())
        say(f"{output}: {len(rows):,} rows")


def evaluate_command(file: PROJECT, data: DATA = None, json: JSON = False) -> None:
    """Say how good a network is on all rows of some data."""
    project = open_project(file)
    dataset = dataset_to_judge(project, data)
    if dataset.targets is None:
        raise DataError("has no target values to compare with", where=dataset.source or "data")
    result = evaluate(project.network, dataset, project.settings)
    if json:
        say_json(result.to_dict())
        return
    for text in dataset.remarks:
        remark(text)
    say(f"rows      {result.samples:,}")
    say(f"loss      {result.loss:.6g} ({project.settings.loss})")
    if result.accuracy is not None:
        say(f"accuracy  {result.accuracy:.4f}")
    for name, value in (result.rmse or {}).items():
        r2 = (result.r2 or {}).get(name)
        say(f"{name}: RMSE {value:.6g}, R2 {'-' if r2 is None else f'{r2:.4f}'}")
    if result.confusion is not None and result.classes is not None:
        say()
        say_table(
            ["true \\ given", *result.classes],
            [[name, *counts] for name, counts in zip(result.classes, result.confusion, strict=True)],
        )


def explain_command(
    file: PROJECT,
    row: Annotated[int, typer.Option(metavar="N", help="Row of the data, from 0 in file order.", show_default=False)],
    data: DATA = None,
    json: JSON = False,
    **settings: Any,
) -> None:
    """Show every number of one training step on one row; changes nothing."""
    project = open_project(file)
    chosen = Settings.chosen(chosen_settings(settings), replace(project.settings, init=None))
    report = explain(project.network, dataset_of(project, data, chosen), row, settings=chosen)
    if json:
        say_json(report.to_dict())
    else:
        _say_explanation(report)


@contextmanager
def _history_file(path: Path | None, project: Path) -> Iterator[Callable[[Record], object]]:
    """Give a function that writes each row of the history as it is made."""
    if path is None:
        yield lambda record: None
        return
    spare_the_project(path, project, "--history")
    try:
        file: IO[str] = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise WorkError(f"cannot be written: {error.strerror}", where=str(path)) from error
    with file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)

        def write(record: Record) -> None:
            values = [getattr(record, name) for name in COLUMNS]
            try:
                writer.writerow(["" if value is None else repr(value) for value in values])
                file.flush()
            except OSError as error:
                raise WorkError(f"cannot be written: {error.strerror}", where=str(path)) from error

        yield write


@contextmanager
def _interruptible(session: Session) -> Iterator[None]:
    """Let Ctrl+C end the run after the step at hand, with its weights kept; a second one ends the program."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        session.stop("user")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run_with_progress(session: Session, epochs: int, quiet: bool) -> None:
    if quiet or not is_terminal():
        for _ in session:
            pass
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("epoch", total=epochs)
        for progress in session:
            loss = session.history.last.training_loss
            bar.update(task, completed=progress.epoch, description=f"epoch {progress.epoch:,}  loss {loss:.4g}")


def _say_result(result: Run, path: Path) -> None:
    say(f"stopped by     {result.stopped_by}")
    if result.message:
        say(f"               {result.message}")
    say(f"epochs, steps  {result.epochs:,}, {result.steps:,}")
    say(f"training loss  {result.training_loss:.6g}")
    if result.test_loss is not None:
        say(f"test loss      {result.test_loss:.6g}")
    if result.accuracy is not None:
        say(f"accuracy       {result.accuracy:.4f} ({'training' if result.test_loss is None else 'test'} rows)")
    say(f"time           {result.seconds:.2f} s, {result.samples_per_second:,.0f} samples/s ({result.engine} engine)")
    say(f"saved          {path}")


def _say_explanation(report: Explanation) -> None:
    say(f"row {report.row}, loss {report.loss:.6g}")
    say()
    say_table(
        ["neuron", "name", "z", "theta", "function", "a", "o", "delta", "b", "dL/db", "new b"],
        [
            [
                *(n.id, n.name, n.net_input, n.threshold, _functions(n.activation_function, n.output_function)),
                *(n.activation, n.output, n.delta, n.bias, n.bias_gradient, n.new_bias),
            ]
            for n in report.neurons
        ],
    )
    say()
    say_table(
        ["connection", "from", "to", "w", "dL/dw", "penalty", "new w"],
        [
            [c.id, c.source, c.target, c.weight, c.gradient, c.penalty_gradient, c.new_weight]
            for c in report.connections
        ],
    )


def _functions(activation: str | None, output: str | None) -> str:
    if activation is None:
        return "-"
    return activation if output == "identity" else f"{activation}, {output}"
