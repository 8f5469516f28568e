import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "annsim"
FILES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_longer_than_400_lines(name):
    assert len(FILES[name].read_text().splitlines()) <= 400


@pytest.mark.parametrize("name", FILES)
def test_no_function_is_longer_than_60_lines(name):
    most = 150 if name.startswith("engine/kernels/") else 60
    functions = [n for n in ast.walk(ast.parse(FILES[name].read_text())) if isinstance(n, ast.FunctionDef)]
    assert {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno - f.lineno >= most} == {}
