"""annsim: a workbench for artificial neural networks at the level of single neurons.

The public names are loaded on first use, so that `import annsim` is quick.

>>> import annsim as ann
>>> network = ann.Network.layered([2, 4, 1], seed=1)
>>> run = ann.train(network, ann.load_data("builtin:xor"), learning_rate=0.5, epochs=10)
>>> len(run.history)
11
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from annsim.data.dataset import Dataset as Dataset
    from annsim.data.sources import load_data as load_data
    from annsim.engine.engines import engines as engines
    from annsim.errors import AnnsimError as AnnsimError
    from annsim.errors import DataError as DataError
    from annsim.errors import FileError as FileError
    from annsim.errors import NetworkError as NetworkError
    from annsim.errors import SettingsError as SettingsError
    from annsim.errors import WorkError as WorkError
    from annsim.formats.catalogue import export as export
    from annsim.formats.catalogue import open_file as open  # noqa: F401
    from annsim.formats.catalogue import save as save
    from annsim.functions.activation import ACTIVATIONS as ACTIVATIONS
    from annsim.functions.loss import LOSSES as LOSSES
    from annsim.functions.optimizers import OPTIMIZERS as OPTIMIZERS
    from annsim.functions.output import OUTPUTS as OUTPUTS
    from annsim.network.connections import Connection as Connection
    from annsim.network.network import Network as Network
    from annsim.network.neuron import Neuron as Neuron
    from annsim.project.project import Project as Project
    from annsim.settings import Settings as Settings
    from annsim.training.explain import Explanation as Explanation
    from annsim.training.explain import explain as explain
    from annsim.training.metrics import evaluate as evaluate
    from annsim.training.run import Run as Run
    from annsim.training.session import Session as Session
    from annsim.training.trainer import train as train

_PLACES = {
    "ACTIVATIONS": "functions.activation",
    "AnnsimError": "errors",
    "Connection": "network.connections",
    "DataError": "errors",
    "Dataset": "data.dataset",
    "Explanation": "training.explain",
    "FileError": "errors",
    "LOSSES": "functions.loss",
    "Network": "network.network",
    "NetworkError": "errors",
    "Neuron": "network.neuron",
    "OPTIMIZERS": "functions.optimizers",
    "OUTPUTS": "functions.output",
    "Project": "project.project",
    "Run": "training.run",
    "Session": "training.session",
    "Settings": "settings",
    "SettingsError": "errors",
    "WorkError": "errors",
    "engines": "engine.engines",
    "evaluate": "training.metrics",
    "explain": "training.explain",
    "export": "formats.catalogue",
    "load_data": "data.sources",
    "open": "formats.catalogue:open_file",
    "save": "formats.catalogue",
    "train": "training.trainer",
}

__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'annsim' has no attribute '{name}'")
    module, _, attribute = _PLACES[name].partition(":")
    value = getattr(import_module(f"annsim.{module}"), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *_PLACES]
