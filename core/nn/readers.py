"""The weights that Paluku can read. A new model adds its Reader here."""

from __future__ import annotations

from typing import Any

from core.nn.codecs.mimi_weights import MIMI
from core.nn.reader import Reader

CODEC_READERS: tuple[Reader[Any], ...] = (MIMI,)
