"""The project: what one file holds, and what a window shows."""

from dataclasses import dataclass, field
from pathlib import Path

from annsim.data.preparation import Preparation
from annsim.network.network import Network
from annsim.settings import Settings
from annsim.training.run import Run

RUNS_KEPT = 25
BUILTIN = "builtin:"


@dataclass(frozen=True)
class DataReference:
    """Where the data of a project comes from and how it is prepared; never the rows themselves.

    Attributes
    ----------
    source : "builtin:NAME,options" or the path of a file or folder.
    sha256 : of the file as it was last read; None for builtin sets and folders.
    targets : names of the target columns, or None for those that the source marks (else the last column).
    scaling, coding, missing : as in `load_data`.
    preparation : the fitted constants, or None while nothing was read yet.
    """

    source: str
    sha256: str | None = None
    targets: tuple[str, ...] | None = None
    scaling: str | None = None
    coding: str = "0/1"
    missing: str = "stop"
    preparation: Preparation | None = None

    @property
    def is_builtin(self) -> bool:
        """Whether the data comes with the program."""
        return self.source.startswith(BUILTIN)


@dataclass(eq=False)
class Project:
    """A document.

    Attributes
    ----------
    network : the drawing.
    settings : training settings for the next run.
    data : reference to the data, or None.
    runs : the latest runs, oldest first; at most 25.
    title, note : plain text for people.
    speed : steps a second in the window, 0 for as fast as it goes, None for what suits the network.
    path : the file it was read from or saved to, or None.
    """

    network: Network = field(default_factory=Network)
    settings: Settings = field(default_factory=Settings)
    data: DataReference | None = None
    runs: list[Run] = field(default_factory=list)
    title: str = ""
    note: str = ""
    speed: int | None = None
    path: Path | None = None

    def add_run(self, run: Run) -> None:
        """Add a run; the oldest goes when there are more than 25."""
        run.name = run.name or f"Run {1 + max((_number(old.name) for old in self.runs), default=0)}"
        self.runs = [*self.runs, run][-RUNS_KEPT:]


def _number(name: str) -> int:
    last = name.rpartition(" ")[2]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 10 else 0
