"""A folder imports only folders before it; hidden imports, inside functions, count too."""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "annsim"
FILES = sorted(path for path in ROOT.rglob("*.py"))
FREE = {"errors", "events", "paths", "__version__"}  # all may import them

CORE = ["functions", "network", "data", "settings", "engine", "training"]
MAY_IMPORT = {
    "errors": set(),
    "events": set(),
    "paths": set(),
    "functions": set(),
    "settings": {"functions"},
    "data": {"functions.randomness"},
    "network": {"functions"},
    "engine": {"functions", "network", "settings"},
    "training": {"functions", "network", "data", "engine", "settings"},
    "project": {*CORE},
    "formats": {*CORE, "project"},
    "cli": {*CORE, "project", "formats"},
    "gui": {*CORE, "project", "formats", "cli"},
}
ANYTHING = {"__init__", "__main__"}  # the public names, loaded on first use
NAMED_EXCEPTIONS = {
    ("network/network.py", "engine.predict"),  # Network.predict
    ("cli/open_window.py", "gui"),  # the one command that opens the window
}

THIRD_PARTY = {
    "paths": {"platformdirs"},
    "functions": {"numpy"},
    "settings": {"numpy"},
    "data": {"numpy", "pandas", "openpyxl", "PIL", "sklearn", "pyarrow"},
    "network": {"numpy"},
    "engine": {"numpy"},
    "engine/kernels": {"numpy", "numba", "llvmlite"},
    "training": {"numpy"},
    "project": {"numpy"},
    "formats": {"numpy", "msgspec", "safetensors", "onnx"},
    "cli": {"numpy", "typer", "rich", "click"},
    "gui": {"numpy", "PySide6", "pyqtgraph", "numba", "shiboken6"},
}
ONLY_INSIDE_FUNCTIONS = {"pandas", "openpyxl", "PIL", "sklearn", "pyarrow", "onnx", "scipy", "torch"}


@dataclass(frozen=True)
class Import:
    file: str
    line: int
    module: str
    is_hidden: bool
    is_for_types: bool

    def __str__(self):
        return f"{self.file}:{self.line} imports {self.module}"


def imports_of(path):
    """Return all imports of a file, those inside functions and of single names too."""
    tree, file = ast.parse(path.read_text()), path.relative_to(ROOT).as_posix()
    hidden, typing_only = set(), set()
    for node in ast.walk(tree):
        inner = {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            hidden |= inner
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            typing_only |= inner
    for node in ast.walk(tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            whole_package = node.module == "annsim"
            modules = [f"annsim.{alias.name}" for alias in node.names] if whole_package else [node.module]
        for module in modules:
            yield Import(file, node.lineno, module, id(node) in hidden, id(node) in typing_only)


IMPORTS = [found for path in FILES for found in imports_of(path)]


def folder_of(file):
    return file.split("/")[0].removesuffix(".py")


def is_within(module, names):
    return any(module == name or module.startswith(f"{name}.") for name in names)


def is_lawful(found):
    folder, module = folder_of(found.file), found.module.removeprefix("annsim.")
    if any(found.file == file and is_within(module, {name}) for file, name in NAMED_EXCEPTIONS):
        return found.is_hidden
    return folder in ANYTHING or is_within(module, FREE | {folder} | MAY_IMPORT[folder])


def is_own(found):
    return found.module == "annsim" or found.module.startswith("annsim.")


def test_every_folder_has_its_line_in_the_table():
    assert {folder_of(path.relative_to(ROOT).as_posix()) for path in FILES} <= {*MAY_IMPORT, *ANYTHING}


@pytest.mark.parametrize("folder", [*MAY_IMPORT, *sorted(ANYTHING)])
def test_a_folder_imports_only_folders_before_it(folder):
    own = [found for found in IMPORTS if folder_of(found.file) == folder and is_own(found)]
    assert [str(found) for found in own if not is_lawful(found)] == []


PARLOURS = ("canvas", "panels", "plots", "dialogs", "welcome")  # the main window joins them


def test_the_parts_of_the_window_do_not_know_each_other():
    own = [found for found in IMPORTS if found.file.startswith("gui/")]
    part = {found: found.file.split("/")[1] for found in own}
    wrong = [
        str(found)
        for found in own
        if part[found] in PARLOURS
        and is_within(found.module, {f"annsim.gui.{other}" for other in PARLOURS if other != part[found]})
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", [*MAY_IMPORT, *sorted(ANYTHING)])
def test_third_party_packages_by_folder(folder):
    def allowed(found):
        kernels = found.file.startswith("engine/kernels/")
        return THIRD_PARTY.get("engine/kernels" if kernels else folder, set())

    foreign = [
        found
        for found in IMPORTS
        if folder_of(found.file) == folder
        and not is_own(found)
        and found.module.split(".")[0] not in sys.stdlib_module_names
    ]
    assert [str(found) for found in foreign if found.module.split(".")[0] not in allowed(found)] == []


def test_heavy_packages_are_imported_inside_functions_only():
    heavy = [found for found in IMPORTS if found.module.split(".")[0] in ONLY_INSIDE_FUNCTIONS]
    assert [str(found) for found in heavy if not found.is_hidden and not found.is_for_types] == []


def test_the_walk_sees_what_is_hidden(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "functions" / "sly.py"
    path.parent.mkdir()
    path.write_text("def f():\n    from annsim import gui\n    import pandas.core\n")
    found = list(imports_of(path))
    assert [(i.module, i.is_hidden) for i in found] == [("annsim.gui", True), ("pandas.core", True)]
    assert not is_lawful(found[0])
    assert is_lawful(Import("network/network.py", 1, "annsim.engine.predict", is_hidden=True, is_for_types=False))
    assert not is_lawful(Import("network/network.py", 1, "annsim.engine.predict", is_hidden=False, is_for_types=False))
