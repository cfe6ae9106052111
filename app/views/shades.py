"""Shades: the colours that a loudness is drawn in."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from app.colours import Colours
from app.settings import Shades
from app.views.pixel_ring import Pixels

# From silence to loud. Both are even in lightness, so that they serve colour-blind eyes as well.
_VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
_MAGMA = ("#000004", "#51127c", "#b73779", "#fc8961", "#fcfdbf")


def shades_of(name: Shades, colours: Colours) -> Pixels:
    """256 colours from silence to loud; “theme” and “grey” begin at the ground of the window."""
    stops: tuple[str, ...] = {
        "theme": colours.waterfall,
        "viridis": _VIRIDIS,
        "magma": _MAGMA,
        "grey": (colours.waterfall[0], colours.text),
    }[name]
    found = [QColor(stop) for stop in stops]
    at = np.linspace(0, 255, len(stops))
    red, green, blue = (
        np.interp(np.arange(256), at, [part(colour) for colour in found]).astype(np.uint32)
        for part in (QColor.red, QColor.green, QColor.blue)
    )
    opaque = np.full(256, 0xFF000000, np.uint32)
    return np.asarray(opaque | (red << 16) | (green << 8) | blue, np.uint32)
