"""Png: pixels as a picture file, written with nothing but the standard library."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # [row, column, RGB]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB = 2


def to_png(pixels: Pixels) -> bytes:
    """A PNG file of these pixels."""
    rows, columns, _ = pixels.shape
    filtered = np.zeros((rows, 1 + 3 * columns), np.uint8)  # each row begins with its filter: none
    filtered[:, 1:] = pixels.reshape(rows, -1)
    header = struct.pack(">IIBBBBB", columns, rows, 8, _RGB, 0, 0, 0)
    return _SIGNATURE + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(filtered.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def shaded(values: NDArray[Any], colours: tuple[tuple[int, int, int], ...]) -> Pixels:
    """Values from 0 to 1 [row, column] as colours between the given ones, evenly spaced."""
    stops = np.linspace(0, 1, len(colours))
    table = np.array(colours, np.float64)
    clipped = np.clip(values, 0, 1)
    channels = [np.interp(clipped, stops, table[:, channel]) for channel in range(3)]
    pixels: Pixels = np.stack(channels, axis=-1).round().astype(np.uint8)
    return pixels


def resized(values: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    """Another number of rows and columns: averaged where there are more than wanted, repeated where fewer."""
    return _along(_along(values, rows, 0), columns, 1)


def _along(values: NDArray[Any], wanted: int, axis: int) -> NDArray[Any]:
    have = values.shape[axis]
    found: NDArray[Any]
    if have <= wanted:
        found = np.take(values, np.arange(wanted) * have // wanted, axis=axis)
        return found
    edges = np.arange(wanted) * have // wanted
    sums = np.add.reduceat(values, edges, axis=axis)
    counts = np.diff(np.append(edges, have))
    found = sums / (counts[:, None] if axis == 0 else counts)
    return found
