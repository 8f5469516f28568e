"""The program as a process: how it ends, what it prints where, and that it needs no window."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import annsim as ann

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def annsim(*arguments, **more):
    call = [sys.executable, "-m", "annsim", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, encoding="latin-1", check=False, env={**ENVIRONMENT, **more})


@pytest.mark.parametrize(
    ("call", "code", "error"),
    [
        ("new 2-1 -o a.annsim", 0, ""),
        ("new 2-1 -o no/a.annsim", 1, "annsim: no/a.annsim: cannot be written: No such file or directory. "),
        ("info no.annsim", 2, "annsim: no.annsim: there is no such file."),
        ("train --bogus", 2, "annsim train: no such option --bogus. See annsim train --help."),
    ],
)
def test_exit_codes(call, code, error):
    ended = annsim(*call.split())
    assert (ended.returncode, ended.stderr.startswith(error), ended.stderr.count("\n")) == (code, True, bool(error))


def test_training_needs_no_window():
    program = (
        "import sys\nsys.modules['PySide6'] = None\nfrom annsim.cli.app import main\n"
        "code = main(['new', '2-2-1', '-o', 'a.annsim'])\n"
        "sys.exit(code or main(['train', 'a.annsim', '--data', 'builtin:xor', '--epochs', '2']))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=ENVIRONMENT, capture_output=True)
    assert ann.open("a.annsim").runs[0].epochs == 2


def test_letters_that_a_terminal_lacks_do_not_end_the_program():
    annsim("examples", "and", "-o", "a.annsim")
    ended = annsim("info", "a.annsim", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "w \\u2190 w" in ended.stdout


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_ctrl_c_keeps_the_weights_so_far(tmp_path):
    annsim("new", "2-4-1", "-o", "a.annsim")
    call = "train a.annsim --data builtin:xor --epochs 1000000 --history h.csv -o b.annsim"
    started = [sys.executable, "-m", "annsim", *call.split()]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(started, env=ENVIRONMENT, text=True, **pipes) as child:
        history = tmp_path / "h.csv"
        while child.poll() is None and (not history.exists() or history.read_bytes().count(b"\n") < 20):
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    assert (child.returncode, err.count("\n"), "stopped by     user" in out) == (1, 1, True), err
    run = ann.open("b.annsim").runs[0]
    assert err == f"annsim train: stopped after {run.epochs:,} epochs; b.annsim holds the weights so far.\n"
    with history.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert (run.stopped_by, int(rows[-1]["epoch"])) == ("user", run.epochs)
    assert [int(row["epoch"]) for row in rows] == list(range(run.epochs + 1))


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_a_reader_that_leaves_is_no_failure():
    annsim("examples", "digits", "-o", "d.annsim")
    shell = f"set -o pipefail; {sys.executable} -m annsim run d.annsim --data builtin:digits | head -1"
    ended = subprocess.run(["bash", "-c", shell], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr, ended.stdout.count("\n")) == (0, "", 1)
