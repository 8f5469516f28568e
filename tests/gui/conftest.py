import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from annsim.formats.examples import read_example
from annsim.gui.document import Document
from annsim.gui.theme import theme
from annsim.gui.training_control import TrainingControl


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Settings and caches of the tests lie in their own folder."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture(autouse=True)
def light(qapp):
    """Every test begins in the light theme and leaves no widget behind."""
    gc.disable()  # as in the program: threads must not collect what belongs to Qt
    theme().set_choice("light")
    yield
    gc.collect()
    gc.enable()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def document(qapp):
    return Document()


@pytest.fixture
def xor_document(qapp):
    """The XOR example with its data."""
    shown = Document(read_example("xor"))
    shown.load_data(shown.project.data)
    return shown


@pytest.fixture
def control(xor_document):
    training = TrainingControl(xor_document)
    yield training
    training.close()
