"""One walk through a real window on a virtual screen, with keys from outside the program."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from annsim.formats.catalogue import open_project, save
from annsim.formats.examples import read_example

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")
PATIENCE_S = 60


@pytest.fixture
def screen():
    """The name of a virtual screen that nobody else uses."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as numbers:
        name = f":{numbers.readline().strip()}"
    wait_for(lambda: xdotool({**os.environ, "DISPLAY": name}, "getdisplaygeometry"))
    yield name
    server.terminate()
    server.wait()


def xdotool(environment, *arguments):
    done = subprocess.run(["xdotool", *arguments], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def wait_for(condition):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def test_open_play_and_close_while_training(screen, tmp_path):
    file = tmp_path / "xor.annsim"
    example = read_example("xor")
    example.settings = example.settings.with_changes(epochs=None, goal=None)
    save(example, file)
    before = file.read_bytes()
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}
    program = subprocess.Popen([sys.executable, "-m", "annsim", "open", str(file)], env=environment)
    try:
        window = wait_for(lambda: xdotool(environment, "search", "--onlyvisible", "--name", "xor"))
        xdotool(environment, "windowfocus", window.splitlines()[0])
        time.sleep(1)  # the data of the project is read after the window is there
        xdotool(environment, "key", "F5")
        time.sleep(2)
        xdotool(environment, "key", "ctrl+w")
        question = wait_for(
            lambda: [
                i
                for i in xdotool(environment, "search", "--onlyvisible", "--name", "annsim").splitlines()
                if i != window.splitlines()[0]
            ]
        )
        xdotool(environment, "windowfocus", question[0])
        xdotool(environment, "key", "Return")  # Save
        assert program.wait(timeout=PATIENCE_S) == 0
    finally:
        program.kill()
    assert file.read_bytes() != before
    assert open_project(file).runs[-1].steps > 10


def test_from_the_welcome_page_to_an_example_that_learns(screen, tmp_path):
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}
    environment["XDG_CONFIG_HOME"] = environment["XDG_CACHE_HOME"] = str(tmp_path)
    program = subprocess.Popen([sys.executable, "-m", "annsim"], env=environment)
    try:
        window = wait_for(lambda: xdotool(environment, "search", "--onlyvisible", "--name", "Untitled")).splitlines()[0]
        xdotool(environment, "windowfocus", window)
        time.sleep(1)
        xdotool(environment, "type", "hidden layer")
        xdotool(environment, "key", "Return")
        wait_for(lambda: "XOR" in xdotool(environment, "getwindowname", window))
        time.sleep(1)  # the data of the example is read after it is there
        xdotool(environment, "key", "space")
        time.sleep(1)
        xdotool(environment, "key", "ctrl+w")
        question = wait_for(
            lambda: [
                i
                for i in xdotool(environment, "search", "--onlyvisible", "--name", "annsim").splitlines()
                if i != window
            ]
        )
        assert question  # it has learned: there is something to save
        assert program.poll() is None
    finally:
        program.kill()
        program.wait()
