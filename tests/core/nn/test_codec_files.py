"""Every codec from a weights file to a running stream, as the application has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.nn.codecs.dac import Dac
from core.nn.codecs.model import CodecModel
from core.nn.codecs.telugu import TeluguCodec
from core.nn.codecs.voice import VoiceCodec
from core.nn.readers import CODEC_READERS
from core.nn.runtime import load_codec
from tests.core.nn.codec_laws import random_weights
from tests.core.nn.test_dac import TINY as TINY_DAC
from tests.core.nn.test_dualcodec import live
from tests.core.nn.test_jodio import tiny as tiny_jodio
from tests.core.nn.test_telugu import tiny as tiny_telugu
from tests.core.nn.test_voice import tiny as tiny_voice

CODECS: dict[str, Callable[[], CodecModel]] = {
    "dac": lambda: Dac(TINY_DAC),
    "telugu": lambda: TeluguCodec(tiny_telugu("telugu-hybrid-12hz")),
    "jodio": tiny_jodio,
    "dualcodec": live,
    "voice": lambda: VoiceCodec(tiny_voice()),
}


@pytest.mark.parametrize("name", CODECS)
def test_written_read_and_run(name: str, tmp_path: Path) -> None:
    model = random_weights(CODECS[name]())
    (reader,) = (reader for reader in CODEC_READERS if reader.name == name)
    reader.save(model, model.config, tmp_path / "w.safetensors")
    codec = load_codec(name, tmp_path / "w.safetensors")
    assert codec.spec == model.spec
    size = codec.spec.format.frame_size
    pcm = np.random.default_rng(0).normal(size=6 * size).astype(np.float32)
    encoder, decoder = codec.encoder(), codec.decoder()
    codes = np.concatenate([encoder.push(pcm[: 2 * size]), encoder.push(pcm[2 * size :])], axis=1)
    heard = decoder.push(codes[:1]), decoder.push(codes)
    assert codes.shape == (codec.spec.n_codebooks, 6)
    assert all(sound.shape == (6 * size,) and np.isfinite(sound).all() for sound in heard)
