"""Where things lie: the bundled resources, and the user's folders."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resources() -> Traversable:
    """Return the folder of bundled resources: inside an installed package, beside it in a checkout."""
    packed = files("annsim") / "_resources"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "resources"
