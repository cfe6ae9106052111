"""The made-up codec of the exchanges as sound: every code is a tone, so that a taught model talks aloud."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from core.audio.base import AudioFormat
from core.cards import read_card
from core.codecs.base import CodecSpec
from core.folders import DATA_VARIABLE, MODELS_VARIABLE
from core.loading import load_codec
from core.new_card import write_card
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.stored import CONFORMER_READER, DUPLEX_READER
from core.s2s.base import SpeechSpec
from tests.core.nn.s2s.exchanges import PIECES, SIZES, spoken, understood
from tests.tiny import write_graph

CODEC, MODEL = "tones", "taught"
FORMAT = AudioFormat(16_000, 1280)
_FIRST_BIN, _BIN_STEP = 20, 6  # of the frame's Fourier transform: tones that do not disturb each other
_LOUDNESS = 0.15
_QUIET = (0.25 * _LOUDNESS * FORMAT.frame_size / 2) ** 2  # the power below which code 0, silence, wins

_ENCODER = """
encode (float[1,1280] pcm) => (int64[4,1] codes) {
  real = MatMul(pcm, cosines)
  imaginary = MatMul(pcm, sines)
  real2 = Mul(real, real)
  imaginary2 = Mul(imaginary, imaginary)
  power = Add(real2, imaginary2)
  judged = Max(power, quiet)
  a, b, c, d = Split<axis=1>(judged, sizes)
  ka = ArgMax<axis=1, keepdims=1>(a)
  kb = ArgMax<axis=1, keepdims=1>(b)
  kc = ArgMax<axis=1, keepdims=1>(c)
  kd = ArgMax<axis=1, keepdims=1>(d)
  codes = Concat<axis=0>(ka, kb, kc, kd)
}
"""

_DECODER = """
decode (int64[4,1] codes) => (float[1,1280] pcm) {
  known = Max(codes, nothing)
  places = Add(known, offsets)
  tones = GatherND(table, places)
  pcm = ReduceSum<keepdims=1>(tones, axis)
}
"""


def make_world(folder: Path, model: SpeechDecoder | Conformer, spec: SpeechSpec) -> Path:
    """A folder of models: the codec of tones, and a taught model that speaks its codes."""
    _make_codec(folder / CODEC)
    place = folder / MODEL
    place.mkdir(parents=True)
    if isinstance(model, Conformer):
        CONFORMER_READER.save(model, model.config, place / "weights.safetensors")
    else:
        DUPLEX_READER.save(model, model.config, place / "weights.safetensors")
    (place / "words.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    write_card(
        place,
        id=MODEL,
        kind="speech",
        title="Taught",
        licence="MIT",
        runtime="torch",
        files={"weights": "weights.safetensors", "text": "words.txt"},
        speech=replace(spec, codec=CODEC, duplex=isinstance(model, SpeechDecoder)),
    )
    return folder


def ask(folder: Path, questions: list[str]) -> list[tuple[str, str, str]]:
    """Ask by `paluku talk`, a process of its own: what was heard, written and said to each question."""
    card = read_card(folder / CODEC / "model.toml")
    codec = load_codec(card)
    found = []
    for number, question in enumerate(questions):
        heard, answer = folder / f"question-{number}.wav", folder / f"answer-{number}.wav"
        soundfile.write(heard, codec.decoder().push(spoken(question)), FORMAT.sample_rate)
        done = subprocess.run(
            [sys.executable, "-m", "core.commands", "talk", str(heard), "-o", str(answer), "--json"],
            env={**os.environ, MODELS_VARIABLE: str(folder), DATA_VARIABLE: str(folder / "data")},
            capture_output=True,
            text=True,
            check=True,
        )
        told = json.loads(done.stdout.splitlines()[-1])
        sound = soundfile.read(answer, dtype="float32")[0]
        said = understood(codec.encoder().push(sound[: len(sound) // FORMAT.frame_size * FORMAT.frame_size]))
        found.append((told["heard"], told["reply"], said))
    return found


def _make_codec(folder: Path) -> None:
    folder.mkdir(parents=True)
    t = np.arange(FORMAT.frame_size) / FORMAT.frame_size
    bins = _FIRST_BIN + _BIN_STEP * np.arange(sum(SIZES))
    offsets = np.cumsum((0, *SIZES[:-1]))
    cosines = np.cos(2 * np.pi * t[:, None] * bins).astype(np.float32)
    sines = np.sin(2 * np.pi * t[:, None] * bins).astype(np.float32)
    tones = _LOUDNESS * cosines.T.copy()
    tones[offsets] = 0  # code 0 is silence
    quiet = np.zeros((1, sum(SIZES)), np.float32)
    quiet[:, offsets] = _QUIET
    encoder = {"cosines": cosines, "sines": sines, "quiet": quiet, "sizes": np.array(SIZES)}
    decoder = {
        "nothing": np.array(0),
        "offsets": offsets[:, None],
        "table": tones,
        "axis": np.array([0]),
    }
    write_graph(folder / "encoder.onnx", _ENCODER, encoder)
    write_graph(folder / "decoder.onnx", _DECODER, decoder)
    write_card(
        folder,
        id=CODEC,
        kind="codec",
        title="Tones",
        licence="MIT",
        runtime="onnx",
        files={"encoder": "encoder.onnx", "decoder": "decoder.onnx"},
        codec=CodecSpec(format=FORMAT, codebook_sizes=SIZES),
    )
