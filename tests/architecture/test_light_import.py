import subprocess
import sys

HEAVY = "PySide6 pyqtgraph numba scipy pandas sklearn onnx PIL typer rich torch"


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_annsim_loads_nothing_heavy():
    loaded = run(f"import sys, annsim; print(*(name for name in '{HEAVY}'.split() if name in sys.modules))")
    assert loaded == ""


def test_training_needs_no_window():
    """With Qt made impossible, a network still learns."""
    code = """
import sys
sys.modules["PySide6"] = None
from annsim.data.dataset import Dataset
from annsim.network.network import Network
from annsim.training.trainer import train
print(train(Network.layered([1, 1]), Dataset([[0.0], [1.0]], [0, 1]), epochs=3).epochs)
"""
    assert run(code) == "3"
