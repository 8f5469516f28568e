"""The values of the look: colours, sizes, fonts, ramps, icons; read from one file, typed nowhere else."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont

from annsim.paths import resources

RAMP_ENTRIES = 257


@cache
def values() -> dict[str, Any]:
    """Return all values of the look."""
    loaded: dict[str, Any] = json.loads((resources() / "look" / "palettes.json").read_text("utf-8"))
    return loaded


def size(name: str) -> int:
    """Return a size in pixels at 100 %."""
    return int(values()["size"][name])


@dataclass(frozen=True)
class Look:
    """The colours of one theme: "light", "dark", "high_contrast_light" or "high_contrast_dark"."""

    theme: str

    def colour(self, token: str) -> QColor:
        """Return the colour of a token such as "canvas" or "text_muted"."""
        return _colour(self.theme, token)

    def name(self, token: str) -> str:
        """Return the colour of a token as #RRGGBB."""
        return str(values()["themes"][self.theme][token])

    def fill(self, value: float) -> QColor:
        """Return the colour of a value in [-1, 1] on neurons, maps and bars; values beyond are clamped."""
        return _ramp(self.theme, "fill_ramp")[_entry(value)]

    def line(self, value: float) -> QColor:
        """Return the colour of a value in [-1, 1] on arrows and thin lines; values beyond are clamped."""
        return _ramp(self.theme, "line_ramp")[_entry(value)]

    def on_fill(self, value: float) -> QColor:
        """Return black or white, whichever stands out more on `fill(value)`."""
        luminance = _luminance(self.fill(value))
        return QColor("#000000") if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else QColor("#FFFFFF")

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark ground."""
        return self.theme in ("dark", "high_contrast_dark")

    @property
    def is_high_contrast(self) -> bool:
        """Whether negative weights are dashed and borders strong."""
        return self.theme.startswith("high_contrast")


def font(style: str, scale: float = 1.0) -> QFont:
    """Return the font of a style such as "body" or "caption", with figures of one width."""
    pixels, _, weight = values()["type"][style]
    result = QFont()
    result.setPixelSize(max(6, round(pixels * scale)))
    result.setWeight(QFont.Weight(weight))
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def number_text(value: float, decimals: int | None = None) -> str:
    """Return a number as people read it: U+2212 for minus, 4 significant digits or fixed decimals."""
    if decimals is not None:
        text = f"{value:.{decimals}f}"
        text = text.removeprefix("-") if float(text) == 0 else text
    elif value == 0:
        text = "0"
    elif abs(value) < 1e-4 or abs(value) >= 1e7:
        text = f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")
    else:
        text = f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
    return text.replace("-", "−")


def ramp_table(theme: str, ramp: str) -> NDArray[np.uint8]:
    """Return the 257 colours of a ramp from -1 to 1, (257, 3)."""
    stops = np.array([_rgb(text) for text in values()["themes"][theme][ramp]], np.float64)
    places = np.linspace(0, 4, RAMP_ENTRIES)
    columns = [np.interp(places, np.arange(5), stops[:, channel]) for channel in range(3)]
    return np.stack(columns, axis=1).round().astype(np.uint8)


@cache
def _ramp(theme: str, ramp: str) -> list[QColor]:
    return [QColor(*row) for row in ramp_table(theme, ramp).tolist()]


@cache
def _colour(theme: str, token: str) -> QColor:
    return QColor(values()["themes"][theme][token])


def _entry(value: float) -> int:
    return round((min(1.0, max(-1.0, value)) + 1) / 2 * (RAMP_ENTRIES - 1)) if value == value else RAMP_ENTRIES // 2


def _rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _luminance(colour: QColor) -> float:
    """Return the relative luminance by WCAG 2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
