"""Saving: the old file or the new one, complete, whatever happens in between."""

import io
import itertools
import os
import random
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from annsim.errors import WorkError
from annsim.formats.atomic import NAME_KEPT, SUFFIX, write_atomically

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")

SAVER = """
import itertools, sys
from pathlib import Path
from annsim.formats.atomic import write_atomically
def naively(path, content):
    with open(path, "wb") as file:
        for start in range(0, len(content), 4096):
            file.write(content[start : start + 4096])
save = {"atomic": write_atomically, "naive": naively}[sys.argv[1]]
for version in itertools.count(1):
    save(Path(sys.argv[2]), b"%08d" % version * 50_000)
    print(version, flush=True)
"""


def saved_after_kill(path, way, delay):
    """Kill a saving process; return (acknowledged version, version in the file or None where it is damaged)."""
    with subprocess.Popen([sys.executable, "-c", SAVER, way, str(path)], stdout=subprocess.PIPE, cwd=ROOT) as child:
        child.stdout.readline()
        time.sleep(delay)
        child.kill()
        acknowledged = [1, *map(int, child.stdout.read().split(b"\n")[:-1])][-1]
    content = path.read_bytes()
    version = content[:8]
    return acknowledged, int(version) if version and content == version * 50_000 else None


def lost_saves(path, way, kills):
    chance = random.Random(1)  # noqa: S311 (no secret)
    results = (saved_after_kill(path, way, chance.uniform(0, 0.02)) for _ in range(kills))
    return [
        (acknowledged, found)
        for acknowledged, found in results
        if found is None or not acknowledged <= found <= acknowledged + 1
    ]


@POSIX
def test_a_kill_at_any_moment_loses_nothing(tmp_path):
    assert lost_saves(tmp_path / "a.annsim", "atomic", 60) == []


@POSIX
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_2000_kills_lose_nothing(tmp_path):
    assert lost_saves(tmp_path / "a.annsim", "atomic", 2000) == []


@POSIX
def test_the_kill_test_can_fail(tmp_path):
    assert lost_saves(tmp_path / "a.annsim", "naive", 15)


@POSIX
def test_whichever_file_operation_fails_the_file_is_whole(tmp_path, monkeypatch):
    path = tmp_path / "a.annsim"
    operations = [(os, "open"), (os, "fsync"), (os, "replace"), (os, "close"), (os.path, "realpath")]
    operations += [(Path, "open"), (Path, "stat"), (Path, "chmod"), (Path, "glob")]
    outcomes = []
    for fatal in itertools.count(1):
        path.write_bytes(b"old")
        calls = itertools.count(1)
        with monkeypatch.context() as patch:
            for place, name in operations:
                patch.setattr(place, name, failing(getattr(place, name), calls, fatal))
            try:
                write_atomically(path, b"new")
                error = None
            except WorkError as caught:
                error = str(caught)
        assert (path.read_bytes(), os.listdir(tmp_path)) == (b"new" if error is None else b"old", [path.name])
        if next(calls) <= fatal:
            break
        outcomes.append(error)
    assert set(outcomes) == {
        None,  # the folder could not be flushed, or a look at the file failed; the new file is there
        f"{path}: cannot be written: no luck. Choose another place, or make room or give access.",
    }


def failing(function, calls, fatal):
    def call(*arguments, **keywords):
        if next(calls) == fatal:
            raise OSError(5, "no luck")
        return function(*arguments, **keywords)

    return call


@POSIX
def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    class Full(io.BytesIO):
        def write(self, content):
            raise OSError(28, "No space left on device")

    path = tmp_path / "a.annsim"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "open", lambda *_: Full())
    with pytest.raises(WorkError, match=r"a\.annsim: cannot be written: No space left on device\."):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"


def child_that_saves(before, path):
    """Let a child process save after some preparation; return what it says."""
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from annsim.errors import WorkError\nfrom annsim.formats.atomic import write_atomically\n"
        f"{before}\n"
        "try:\n    write_atomically(Path(sys.argv[1]), bytes(10_000))\n"
        "except WorkError as error:\n    print(error)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


@POSIX
def test_a_full_disk_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.annsim"
    path.write_bytes(b"old")
    before = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))"
    assert child_that_saves(before, path).startswith(f"{path}: cannot be written: File too large. Choose another place")
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"old"]


@POSIX
def test_a_folder_that_may_not_be_written_is_named():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.annsim"
        path.write_bytes(b"old")
        Path(folder).chmod(0o555)
        said = child_that_saves("if os.geteuid() == 0:\n    os.seteuid(65534)", path)
        Path(folder).chmod(0o755)
        assert said.startswith(f"{path}: cannot be written: Permission denied.")
        assert [entry.read_bytes() for entry in Path(folder).iterdir()] == [b"old"]


@POSIX
def test_a_symbolic_link_stays_one(tmp_path):
    target, link = tmp_path / "folder" / "a.annsim", tmp_path / "link.annsim"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_the_mode_is_kept(tmp_path, mode):
    path = tmp_path / "a.annsim"
    path.touch()
    path.chmod(mode)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@POSIX
def test_only_leftovers_of_dead_processes_go(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    name = "a[1]*.annsim"
    parts = {who: tmp_path / f".{name}.{who}{SUFFIX}" for who in (dead.pid, os.getpid(), os.getppid(), "me")}
    foreign = tmp_path / f".b.annsim.{dead.pid}{SUFFIX}"
    for part in (*parts.values(), foreign):
        part.touch()
    write_atomically(tmp_path / name, b"new")
    assert {*tmp_path.iterdir()} == {tmp_path / name, parts[os.getppid()], parts["me"], foreign}


@pytest.mark.parametrize("name", ["a" * 255, "木" * 85, "x" * NAME_KEPT + "木" * 60, "-o", "a b\n'\"$"])
def test_every_name_that_the_system_allows(tmp_path, name):
    write_atomically(tmp_path / name, b"new")
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {name: b"new"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a\0b", "null"), (".", "Is a directory"), ("no/folder/a", "No such file"), ("a" * 256, "name too long")],
)
def test_a_place_that_cannot_be_is_refused(tmp_path, name, reason):
    with pytest.raises(WorkError, match=reason):
        write_atomically(tmp_path / name, b"new")


@POSIX
def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(path, b"new")
    content = os.read(reader, 100)
    os.close(reader)
    assert (content, path.is_fifo()) == (b"new", True)
