"""The menus of the data panel: which data, and how it is prepared."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from annsim.data.builtin import BUILTIN_SETS, PREFIX, BuiltinSet
from annsim.data.columns import SCALINGS
from annsim.data.preparation import MISSING_RULES
from annsim.project.project import DataReference

NOISES = (0, 5, 10, 20, 30, 50)
SAMPLES = (100, 200, 500, 1000, 2000, 10_000)
MOST_IN_MENU = 30

SCALING_WORDS = {"none": "None", "standard": "Standard: mean 0, deviation 1", "minmax": "Minmax: 0 to 1"}
MISSING_WORDS = {
    "stop": "Say so and stop",
    "drop": "Drop the row",
    "mean": "Fill with the mean",
    "median": "Fill with the median",
}

Change = Callable[[DataReference], object]


def fill_sets_menu(menu: QMenu, choose: Callable[[str], object]) -> None:
    """Fill a menu with all built-in sets and what they are; `choose` gets the source."""
    groups: list[list[BuiltinSet]] = [[], [], [], []]
    for builtin in BUILTIN_SETS.values():
        is_points = builtin.samples is not None
        place = 3 if builtin.scaling != "none" else 0 if not is_points else 1 if builtin.targets == ("class",) else 2
        groups[place].append(builtin)
    for number, group in enumerate(groups):
        if number:
            menu.addSeparator()
        for builtin in group:
            source = PREFIX + builtin.name
            action = menu.addAction(f"{builtin.name}\t{builtin.description}")
            action.triggered.connect(lambda checked=False, source=source: choose(source))


def fill_options_menu(menu: QMenu, reference: DataReference, change: Change, ask_targets: Callable[[], object]) -> None:
    """Fill a menu with what can be changed about the data; `change` gets the reference to read instead."""
    plain = replace(reference, preparation=None)
    if reference.preparation is not None:
        names = reference.preparation.order
        present = tuple(column.name for column in reference.preparation.targets)
        if len(names) <= MOST_IN_MENU:
            _fill_targets(menu.addMenu("Target columns"), names, present, plain, change)
        else:
            menu.addAction("Target columns …").triggered.connect(lambda: ask_targets())
    _fill_choices(
        menu.addMenu("Scaling"),
        [("As the source suggests", None), *((SCALING_WORDS[name], name) for name in SCALINGS)],
        reference.scaling,
        lambda name: change(replace(plain, scaling=name)),
    )
    if not reference.is_builtin:
        _fill_choices(
            menu.addMenu("Missing values"),
            [(MISSING_WORDS[name], name) for name in MISSING_RULES],
            reference.missing,
            lambda name: change(replace(plain, missing=name or "stop")),
        )
    _fill_generated(menu, plain, change)


def _fill_targets(
    menu: QMenu, names: Iterable[str], present: tuple[str, ...], reference: DataReference, change: Change
) -> None:
    for name in names:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(name in present)
        rest = tuple(other for other in present if other != name)
        wanted = rest if name in present else (*present, name)
        action.setEnabled(bool(wanted))  # the last target stays
        action.triggered.connect(lambda checked=False, wanted=wanted: change(replace(reference, targets=wanted)))


def _fill_choices(
    menu: QMenu, rows: list[tuple[str, str | None]], present: str | None, choose: Callable[[str | None], object]
) -> None:
    group = QActionGroup(menu)
    for text, name in rows:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(name == present)
        group.addAction(action)
        action.triggered.connect(lambda checked=False, name=name: choose(name))


def _fill_generated(menu: QMenu, reference: DataReference, change: Change) -> None:
    """Add noise, number of rows and other random numbers for a set that is generated."""
    name, *parts = reference.source.removeprefix(PREFIX).split(",")
    builtin = BUILTIN_SETS.get(name.strip()) if reference.is_builtin else None
    if builtin is None or builtin.samples is None:
        return
    options = dict(part.strip().split("=", 1) for part in parts if "=" in part)

    def with_option(key: str, value: str | None) -> object:
        wanted = {**options, key: value}
        text = ",".join([name, *(f"{k}={v}" for k, v in wanted.items() if v is not None)])
        return change(replace(reference, source=PREFIX + text))

    menu.addSeparator()
    _fill_choices(
        menu.addMenu("Noise"),
        [("None" if noise == 0 else f"{noise} %", None if noise == 0 else str(noise)) for noise in NOISES],
        options.get("noise"),
        lambda value: with_option("noise", value),
    )
    _fill_choices(
        menu.addMenu("Rows"),
        [(f"{samples:,}", str(samples)) for samples in SAMPLES],
        options.get("samples", str(builtin.samples)),
        lambda value: with_option("samples", value),
    )
    seed = int(options.get("seed", "1")) + 1
    menu.addAction("Draw other rows").triggered.connect(lambda: with_option("seed", str(seed)))
