import json
from dataclasses import dataclass

import pytest

from annsim.cli.app import main


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def annsim(capsys):
    """Call the program in this process, in an empty folder."""

    def call(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture
def done(annsim):
    """Call the program, which must succeed; return what it says on stdout."""

    def call(*arguments):
        said = annsim(*arguments)
        assert said.code == 0, said.err
        return said.json if "--json" in arguments else said.out

    return call


@pytest.fixture
def refused(annsim):
    """Call the program, which must refuse with exactly one line on stderr; return the line."""

    def call(*arguments, code=2):
        said = annsim(*arguments)
        assert (said.code, said.out, said.err.count("\n"), said.err[:6]) == (code, "", 1, "annsim")
        assert len(said.err) < 500
        return said.err.rstrip("\n")

    return call
