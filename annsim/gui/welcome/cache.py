"""Pictures and learned weights on disk: what is there need not be made again, and what is broken is made anew."""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage

from annsim.errors import WorkError
from annsim.formats.atomic import write_atomically
from annsim.paths import cache_folder

MOST_FILES, FILES_KEPT = 600, 400
SUMMARY = "summary"


class Cache:
    """Files by key; where the disk refuses them the program works as well, only slower."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or cache_folder() / "pictures"

    def picture(self, key: str, size: QSize) -> tuple[QImage, str] | None:
        """Return a picture of `size` pixels and its summary, or None."""
        image = QImage()
        if not image.loadFromData(self._read(f"{key}.png"), "PNG") or image.size() != size:
            return None
        return image, image.text(SUMMARY)

    def keep_picture(self, key: str, image: QImage, summary: str) -> None:
        """Keep a picture."""
        image.setText(SUMMARY, summary)
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # takes any device
        self._write(f"{key}.png", bytes(data.data()))

    def weights(self, key: str) -> NDArray[np.float64] | None:
        """Return learned weights and biases, or None."""
        try:
            weights = np.load(io.BytesIO(self._read(f"{key}.npy")), allow_pickle=False)
        except (ValueError, EOFError, OSError):
            return None  # not there, or cut short
        return weights if weights.dtype == np.float64 and np.isfinite(weights).all() else None

    def keep_weights(self, key: str, weights: NDArray[np.float64]) -> None:
        """Keep learned weights and biases."""
        buffer = io.BytesIO()
        np.save(buffer, weights)
        self._write(f"{key}.npy", buffer.getvalue())

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return b""

    def _write(self, name: str, data: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / name, data)
            self._make_room()
        except (OSError, WorkError):
            return  # a full or locked disk: the picture is made again next time

    def _make_room(self) -> None:
        """Remove the oldest files where there are very many."""
        files = list(self._folder.iterdir())
        if len(files) > MOST_FILES:
            for file in sorted(files, key=lambda file: file.stat().st_mtime)[:-FILES_KEPT]:
                file.unlink(missing_ok=True)
