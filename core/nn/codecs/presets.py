"""Every codec by its name: how it is built, without weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import torch

from core.errors import ModelError
from core.nn.codecs.dac import Dac, DacConfig
from core.nn.codecs.dualcodec import DUALCODEC_12HZ_LIVE, DUALCODEC_12HZ_V1, DUALCODEC_25HZ_V1, DualCodec
from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.envelope_config import ENVELOPE_25HZ, ENVELOPE_50HZ
from core.nn.codecs.jodio import JODIO, JODIO_SMALL, Jodio
from core.nn.codecs.mimi import Mimi, MimiConfig
from core.nn.codecs.model import CodecModel
from core.nn.codecs.telugu import TELUGU_PRESETS, TeluguCodec
from core.nn.codecs.voice import VoiceCodec
from core.nn.codecs.voice_config import VOICE_PRESETS

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class CodecPreset(Generic[C]):
    """A config and the class that is built from it."""

    config: C
    make: Callable[[C], CodecModel]

    def build(self) -> CodecModel:
        return self.make(self.config)


CODEC_PRESETS: dict[str, CodecPreset[Any]] = {
    "mimi": CodecPreset(MimiConfig(), Mimi),
    "dac-16khz": CodecPreset(DacConfig(), Dac),
    **{name: CodecPreset(config, TeluguCodec) for name, config in TELUGU_PRESETS.items()},
    **{name: CodecPreset(config, VoiceCodec) for name, config in VOICE_PRESETS.items()},
    "paluku-voice": CodecPreset(ENVELOPE_50HZ, EnvelopeCodec),
    "paluku-voice-25hz": CodecPreset(ENVELOPE_25HZ, EnvelopeCodec),
    "jodio": CodecPreset(JODIO, Jodio),
    "jodio-small": CodecPreset(JODIO_SMALL, Jodio),
    "dualcodec-12hz": CodecPreset(DUALCODEC_12HZ_V1, DualCodec),
    "dualcodec-25hz": CodecPreset(DUALCODEC_25HZ_V1, DualCodec),
    "dualcodec-12hz-live": CodecPreset(DUALCODEC_12HZ_LIVE, DualCodec),
}


def build(name: str, device: str | torch.device = "cpu") -> CodecModel:
    """The codec of this name with fresh weights; on the device `meta` with none, to be counted."""
    preset = CODEC_PRESETS.get(name)
    if preset is None:
        raise ModelError(f"There is no codec {name!r}.", f"There are {', '.join(CODEC_PRESETS)}.")
    with torch.device(device):
        return preset.build()
