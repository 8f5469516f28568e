"""Where things lie: the bundled resources, and the user's folders."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resources() -> Traversable:
    """Return the folder of bundled resources: inside an installed package, beside it in a checkout."""
    packed = files("annsim") / "_resources"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "resources"


def settings_folder() -> Path:
    """Return the user's folder for settings, made where it is not there."""
    from platformdirs import user_config_path

    return user_config_path("annsim", appauthor=False, ensure_exists=True)


def cache_folder() -> Path:
    """Return the user's folder for what can be made again at any time; it need not be there."""
    from platformdirs import user_cache_path

    return user_cache_path("annsim", appauthor=False)


def log_folder() -> Path:
    """Return the user's folder for logs, made where it is not there."""
    from platformdirs import user_log_path

    return user_log_path("annsim", appauthor=False, ensure_exists=True)
