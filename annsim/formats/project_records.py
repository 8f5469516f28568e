"""Between data references and runs, and their records."""

import math
import os
from pathlib import Path
from typing import Any

import msgspec

from annsim.data.preparation import Preparation
from annsim.engine.course import Record as HistoryRow
from annsim.errors import AnnsimError, FileError, shorten
from annsim.formats.records import DataRecord, HistoryRecord, RunRecord
from annsim.project.project import BUILTIN, DataReference
from annsim.settings import Settings, check_names
from annsim.training.history import COLUMNS, ROWS_IN_FILE, History
from annsim.training.run import Run, SettingChange
from annsim.training.session import LIVE_SETTINGS
from annsim.training.stopping import STOP_REASONS


def data_dict(reference: DataReference | None, path: Path) -> dict[str, Any] | None:
    """Return a data reference as plain values; a file is named relative to the folder of the project file."""
    if reference is None:
        return None
    return {
        "source": _relative(reference, path),
        "sha256": reference.sha256,
        "targets": None if reference.targets is None else list(reference.targets),
        "scaling": reference.scaling,
        "coding": reference.coding,
        "missing": reference.missing,
        "preparation": None if reference.preparation is None else reference.preparation.to_dict(),
    }


def data_from(record: DataRecord | None, path: Path) -> DataReference | None:
    """Return the data reference of a record; a relative path counts from the folder of the project file."""
    if record is None:
        return None
    source = record.source
    if not source or "\0" in source:
        raise FileError("the source is not the name of any data", where="data")
    if not source.startswith(BUILTIN):
        source = os.path.normpath(path.parent.absolute() / source)
    try:
        preparation = None if record.preparation is None else Preparation.from_dict(record.preparation)
    except AnnsimError as error:
        raise error.at("data, preparation") from None
    targets = None if record.targets is None else tuple(record.targets)
    return DataReference(source, record.sha256, targets, record.scaling, record.coding, record.missing, preparation)


def run_dict(run: Run, settings: dict[str, Any]) -> dict[str, Any]:
    """Return a run as plain values, its history thinned; computing times are left out, so that equal runs are equal."""
    history = run.history.thinned(ROWS_IN_FILE)
    return {
        "name": run.name,
        "engine": run.engine,
        "stopped_by": run.stopped_by,
        "epochs": run.epochs,
        "steps": run.steps,
        "message": run.message,
        "settings": settings,
        "changes": [[change.step, change.name, change.value] for change in run.changes],
        "history": {name: [_finite(getattr(row, name)) for row in history] for name in COLUMNS},
    }


def run_from(record: RunRecord) -> Run:
    """Return the run of a record."""
    where = f"run '{record.name[:40]}'"
    if record.stopped_by not in STOP_REASONS:
        raise FileError("the reason of its end is unknown", where=where)
    return Run(
        settings_from(record.settings, f"{where}, settings"),
        _history(record.history, where),
        record.stopped_by,
        record.epochs,
        record.steps,
        record.engine,
        record.message,
        record.name,
        tuple(_change(*change, where) for change in record.changes),
    )


def settings_from(values: dict[str, Any], where: str) -> Settings:
    """Return the settings of a record; what an older file does not name has its default."""
    try:
        check_names(values)
        return msgspec.convert(values, Settings)
    except AnnsimError as error:
        raise error.at(where) from None
    except msgspec.ValidationError as error:
        raise FileError(str(error)[:300], where=where) from None


def _change(step: int, name: str, value: Any, where: str) -> SettingChange:
    where = f"{where}, changes"
    if name not in LIVE_SETTINGS:
        raise FileError(f"'{shorten(name, 40)}' does not change while a run goes on", where=where)
    return SettingChange(step, name, getattr(settings_from({name: value}, where), name))


def _history(record: HistoryRecord, where: str) -> History:
    columns = [getattr(record, name) for name in COLUMNS]
    if len({len(column) for column in columns}) != 1 or not columns[0]:
        raise FileError("the columns of its history are empty or differ in length", where=where)
    if len(columns[0]) > ROWS_IN_FILE:
        raise FileError(f"its history has more than {ROWS_IN_FILE:,} rows", where=where)
    rows = zip(*columns, strict=True)
    return History.of(
        HistoryRow(epoch, math.nan if training is None else training, test, accuracy)
        for epoch, training, test, accuracy in rows
    )


def _relative(reference: DataReference, path: Path) -> str:
    if reference.is_builtin:
        return reference.source
    try:
        return Path(os.path.relpath(reference.source, path.parent.absolute())).as_posix()
    except ValueError:  # another drive on Windows
        return reference.source


def _finite(value: float | None) -> float | None:
    return value if value is None or math.isfinite(value) else None
