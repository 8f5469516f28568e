"""What of the view can be switched on and off: snapping, the mini-map, motion."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QAction

from annsim.gui.canvas.mini_map import MiniMap
from annsim.gui.canvas.stage import Stage
from annsim.gui.motion import set_reduced
from annsim.gui.preferences import Preferences

# and whether they are on at first
SWITCHES = {"snap": True, "snap_to_grid": False, "mini_map": True, "reduced_motion": False}


def set_up_switches(actions: Mapping[str, QAction], stage: Stage, mini_map: MiniMap) -> None:
    """Let the actions of the view say how the canvas behaves."""
    answers = {
        "snap": partial(setattr, stage, "snaps"),
        "snap_to_grid": partial(setattr, stage, "snaps_to_grid"),
        "mini_map": mini_map.set_wanted,
        "reduced_motion": lambda is_on: set_reduced(True if is_on else None),
    }
    for name, is_on in SWITCHES.items():
        actions[name].setChecked(is_on)
        actions[name].toggled.connect(answers[name])


def remember_switches(actions: Mapping[str, QAction], preferences: Preferences) -> None:
    """Switch on and off what was when the program ended, and keep what is switched from now on."""
    for name, is_on in SWITCHES.items():
        actions[name].setChecked(preferences.switch(name, is_on))
        actions[name].toggled.connect(partial(preferences.set_switch, name))
