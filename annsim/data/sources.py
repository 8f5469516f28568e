"""Data from wherever the user says: a file or a built-in set."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from annsim.data.builtin import BUILTIN_SETS, PREFIX, read_builtin
from annsim.data.columns import NumberColumn
from annsim.data.csv_table import read_csv
from annsim.data.dataset import Dataset
from annsim.data.excel_table import read_excel
from annsim.data.findings import about_columns, constant_inputs, target_findings
from annsim.data.fitting import check_choice, fit_preparation, is_category_target
from annsim.data.npz_table import read_npz
from annsim.data.plain_csv import Progress
from annsim.data.preparation import MISSING_RULES, Preparation, drop_missing
from annsim.data.split import row_classes, split_rows
from annsim.data.table import Table, column_place, naming_source, value_text
from annsim.errors import AnnsimError, DataError, FileError, did_you_mean, shorten

Source = str | Path | Table

READERS: Mapping[str, Callable[[Path, Progress], Table]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_excel,
    ".npz": read_npz,
}


def data_kinds() -> tuple[str, ...]:
    """Return the endings of the files that can be read."""
    return tuple(READERS)


def load_data(
    source: Source,
    *,
    targets: str | Sequence[str] | None = None,
    scaling: str | None = None,
    coding: str = "0/1",
    test_share: float | None = None,
    seed: int = 1,
    missing: str = "stop",
    progress: Progress = lambda share: None,
) -> Dataset:
    """Read data and prepare it for a network.

    Parameters
    ----------
    source : str, Path or Table
        A file (.csv .tsv .xlsx .npz), or ``builtin:NAME`` such as ``builtin:spiral,noise=10,seed=3,samples=500``.
    targets : str or sequence of str, optional
        Target columns, as a list or divided by commas; by default those that the source marks, else the last column.
    scaling : str, optional
        Of numeric inputs: ``none``, ``standard`` ((x - mean) / population standard deviation) or ``minmax``
        ((x - min) / (max - min)). By default ``standard`` for files and iris, wine, breast_cancer and digits, else
        ``none``. Numeric targets of files are standardised in any case.
    coding : str
        Of a target with two values: ``0/1``, ``-1/1``, or ``one-hot`` where it is the only target.
    test_share : float, optional
        0 <= share < 1; by default 0 under 20 rows, else 0.2.
    seed : int
        Of the split, 0 to 2^63 - 1.
    missing : str
        What happens to missing values: ``stop`` (an error), ``drop`` (rows are left out), ``mean`` or ``median``
        (of the training rows; a category gets its most frequent value).
    progress : callable, optional
        Is told the share of the file that is read, 0 to 1; an exception that it raises ends the reading.

    Returns
    -------
    Dataset
        Inputs of shape (samples, prepared input columns), targets alike, in file order.

    Raises
    ------
    AnnsimError
        FileError, DataError or SettingsError, with the place and what to do.

    Examples
    --------
    >>> load_data("builtin:xor").targets.ravel().tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    check_choice("missing", missing, MISSING_RULES)
    table = read_source(source, progress)
    with naming_source(table):
        names, remark = choose_targets(table, targets)
        table = _without_missing(table.remark(remark), names, missing)
        return _prepared(table, names, scaling, coding, missing, test_share, seed)


def read_source(source: Source, progress: Progress = lambda share: None) -> Table:
    """Read data without preparing it.

    Parameters
    ----------
    source : str, Path or Table
        As `load_data` takes it; a table is returned as it is.
    progress : callable, optional
        Is told the share that is read, 0 to 1; an exception that it raises ends the reading.

    Raises
    ------
    AnnsimError
        FileError or DataError that names the source.
    """
    if isinstance(source, Table):
        return source
    name = str(source)
    if name.startswith(PREFIX):
        return read_builtin(name)
    path = Path(name)
    read = READERS.get(path.suffix.lower())
    if read is None:
        what = "is a folder, not a file with data" if os.path.isdir(name) else "is not a kind of data that can be read"
        hint = f"Did you mean {PREFIX}{name}?" if name in BUILTIN_SETS else _readable()
        raise FileError(what, where=name, hint=hint)
    try:
        return replace(read(path, progress), source=name)
    except AnnsimError as error:
        raise error.at(name) from error


def choose_targets(table: Table, targets: str | Sequence[str] | None) -> tuple[tuple[str, ...], str]:
    """Return the names of the target columns, and a remark that says which were taken and why.

    Parameters
    ----------
    table : Table
    targets : str or sequence of str, optional
        A list, or one text divided by commas; without it those that the table marks, else the last column.

    Raises
    ------
    DataError
        An unknown name, a name given twice, or no column left as an input.
    """
    if targets is None:
        names = table.marked_targets or table.names[-1:]
        reason = "marked by the source" if table.marked_targets else "last column"
    else:
        names, reason = _asked_targets(table, targets), "as asked"
    if len(names) == len(table.names):
        raise DataError("there is no input column beside the target", hint="Give one column or more to learn from.")
    quoted = ", ".join(f"'{name}'" for name in names)
    return names, f"{'target' if len(names) == 1 else 'targets'}: {quoted} ({reason})"


def _asked_targets(table: Table, targets: str | Sequence[str]) -> tuple[str, ...]:
    if isinstance(targets, str):
        targets = [targets] if targets in table.columns else [name.strip() for name in targets.split(",")]
    for name in targets:
        if name not in table.columns:
            text = shorten(str(name), 40)
            raise DataError(f"there is no column '{text}' to be a target", hint=did_you_mean(text, table.names))
    if not targets or len(set(targets)) != len(targets):
        raise DataError("each target must be named once", hint=did_you_mean("", table.names))
    return tuple(targets)


def _prepared(
    table: Table,
    target_names: tuple[str, ...],
    scaling: str | None,
    coding: str,
    missing: str,
    test_share: float | None,
    seed: int,
) -> Dataset:
    classes = row_classes([table.columns[name] for name in target_names if is_category_target(table, name)])
    train_rows, test_rows = split_rows(table.rows, test_share, seed, classes)
    preparation = fit_preparation(
        table, target_names, scaling=scaling, coding=coding, missing=missing, train_rows=train_rows
    )
    remarks = [
        *table.remarks,
        *_filled(table, preparation),
        *_constants(table, preparation),
        *target_findings(table, target_names),
    ]
    return Dataset(
        preparation.prepare(table),
        preparation.prepare_targets(table),
        input_names=preparation.input_names,
        target_names=preparation.target_names,
        classes=preparation.classes,
        test_rows=test_rows,
        preparation=preparation,
        source=table.source or None,
        remarks=remarks,
        lines=table.lines,
        resplit=partial(_prepared, table, target_names, scaling, coding, missing),
    )


def _without_missing(table: Table, target_names: Sequence[str], rule: str) -> Table:
    """Return the table as the rule for missing values leaves it; refuse what the rule does not cover."""
    if rule == "drop":
        table, remarks = drop_missing(table, table.names)
        return table.remark(*remarks)
    checked = table.names if rule == "stop" else target_names
    counts = {name: int(table.missing(name).sum()) for name in checked}
    found = [f"{column_place(name)} {count:,}" for name, count in counts.items() if count]
    if found:
        total = sum(counts.values())
        rules = "'drop'" if any(counts.get(name) for name in target_names) else "'drop', 'mean' or 'median'"
        raise DataError(
            f"{total:,} {'value is' if total == 1 else 'values are'} missing: {shorten(', '.join(found), 250)}",
            hint=f"Fill them in, or set the option missing to {rules}.",
        )
    return table


def _filled(table: Table, preparation: Preparation) -> list[str]:
    remarks = []
    for column in preparation.inputs:
        count = int(table.missing(column.name).sum())
        if count and column.fill is not None:
            word = preparation.missing if isinstance(column, NumberColumn) else "most frequent value"
            values = "value" if count == 1 else "values"
            filled = f"filled with the {word} {shorten(value_text(column.fill), 40)}"
            remarks.append(f"{column_place(column.name)}: {count:,} missing {values} {filled}")
    return remarks


def _constants(table: Table, preparation: Preparation) -> list[str]:
    constants = set(constant_inputs(table, [column.name for column in preparation.targets]))
    zeros = [column.name for column in preparation.inputs if isinstance(column, NumberColumn) and column.scale == 0]
    only_training = [name for name in zeros if name not in constants]
    others = [column.name for column in preparation.inputs if column.name in constants and column.name not in zeros]
    return [
        *about_columns(
            [name for name in zeros if name in constants], "is constant: becomes 0", "are constant: become 0"
        ),
        *about_columns(
            only_training,
            "is constant in the training rows: becomes 0",
            "are constant in the training rows: become 0",
        ),
        *about_columns(others, "is constant", "are constant"),
    ]


def _readable() -> str:
    return f"There are: {' '.join(data_kinds())} and {PREFIX}NAME with {', '.join(BUILTIN_SETS)}."
