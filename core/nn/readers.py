"""The weights that Paluku can read. A new model adds its Reader here."""

from __future__ import annotations

from typing import Any

from core.nn.codecs.dac_weights import DAC
from core.nn.codecs.dualcodec_weights import DUALCODEC
from core.nn.codecs.envelope import ENVELOPE
from core.nn.codecs.jodio import Jodio, JodioConfig
from core.nn.codecs.mimi_weights import MIMI
from core.nn.codecs.telugu import TeluguCodec, TeluguConfig
from core.nn.codecs.voice import VoiceCodec
from core.nn.codecs.voice_config import VoiceConfig
from core.nn.reader import Reader
from core.nn.superres.audiosr_weights import AUDIOSR
from core.nn.superres.extender import Extender, ExtenderConfig

# nobody publishes weights of these four: they are read in our own layout only
TELUGU = Reader("telugu", TeluguConfig, TeluguCodec)
JODIO = Reader("jodio", JodioConfig, Jodio)
VOICE = Reader("voice", VoiceConfig, VoiceCodec)
EXTENDER = Reader("extender", ExtenderConfig, Extender)

CODEC_READERS: tuple[Reader[Any], ...] = (MIMI, DAC, DUALCODEC, TELUGU, JODIO, VOICE, ENVELOPE)
POLISH_READERS: tuple[Reader[Any], ...] = (AUDIOSR, EXTENDER)
