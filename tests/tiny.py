"""Tiny models, made on the spot: a real codec and real speech models as ONNX step graphs of a few kilobytes.

The codec quantises the cosine transform of 20 ms of pre-emphasised sound, so mirror mode sounds like its
input. The turn model counts loud frames, writes a word for every ten of them, and answers with a tone whose
pitch is the speaker's. The duplex model says again what it heard one frame ago.

    python tests/tiny.py FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper, parser

from core.checked import fingerprint

RATE, FRAME, BOOKS, LEVELS = 16_000, 320, 160, 256
CODEC, TURN, DUPLEX = "tiny-codec", "tiny-talk", "tiny-duplex"
SPEAKERS = ("asha", "ravi")
WORDS = ("<pad>", "▁one", "▁two", "▁three", "▁four")
REPLY = "hello there"
REPLY_FRAMES = 40
STEP, EMPHASIS = 0.05, 0.9

_HEAD = '<ir_version: 8, opset_import: ["" : 17]>\n'

_ENCODER = """
encode (float[1,320] pcm, float[1,1] state.last) => (int64[160,1] codes, float[1,1] next.last) {
  before = Concat<axis=1>(state.last, pcm)
  shifted = Slice(before, zero, frame, one)
  next.last = Slice(pcm, last, frame, one)
  old = Mul(shifted, emphasis)
  clear = Sub(pcm, old)
  coefficients = MatMul(clear, basis)
  scaled = Div(coefficients, step)
  rounded = Round(scaled)
  centred = Add(rounded, middle)
  clipped = Clip(centred, floor, top)
  row = Cast<to=7>(clipped)
  codes = Transpose<perm=[1,0]>(row)
}
"""

_DECODER = """
decode (int64[160,1] codes, float[1,1] state.last) => (float[1,320] pcm, float[1,1] next.last) {
  row = Transpose<perm=[1,0]>(codes)
  levels = Cast<to=1>(row)
  centred = Sub(levels, middle)
  scaled = Mul(centred, step)
  used = GreaterOrEqual(row, unused)
  kept = Cast<to=1>(used)
  coefficients = Mul(scaled, kept)
  clear = MatMul(coefficients, basis)
  ringing = MatMul(clear, memory)
  tail = MatMul(state.last, fade)
  pcm = Add(ringing, tail)
  next.last = Slice(pcm, last, frame, one)
}
"""

_LISTEN = """
listen (int64[160,1] heard, int64[1] state.loud) => (int64[1] text, int64[1] next.loud) {
  centred = Sub(heard, middle)
  size = Abs(centred)
  total = ReduceSum<keepdims=0>(size, axis0)
  flat = Reshape(total, shape1)
  is_loud = Greater(flat, threshold)
  more = Cast<to=7>(is_loud)
  next.loud = Add(state.loud, more)
  left = Mod(next.loud, ten)
  tenth = Equal(left, zero)
  says = And(tenth, is_loud)
  count = Div(next.loud, ten)
  wrapped = Mod(count, four)
  piece = Add(wrapped, one)
  text = Where(says, piece, nothing)
}
"""

_SPEAK = """
speak (int64[1] speaker, int64[1] state.loud, int64[1] state.at)
    => (int64[160,1] codes, int64[1] text, bool[1] end, int64[1] next.loud, int64[1] next.at) {
  tone = Gather(tones, speaker)
  codes = Transpose<perm=[1,0]>(tone)
  text = Gather(script, state.at)
  end = GreaterOrEqual(state.at, frames)
  next.at = Add(state.at, one)
  next.loud = Identity(state.loud)
}
"""

_CONVERSE = """
converse (int64[160,1] heard, int64[160,1] state.before, int64[1] state.at)
    => (int64[160,1] codes, int64[1] text, int64[160,1] next.before, int64[1] next.at) {
  codes = Add(state.before, middle)
  next.before = Sub(heard, middle)
  next.at = Add(state.at, one)
  left = Mod(state.at, fifty)
  start = Equal(left, zero)
  text = Where(start, one, nothing)
}
"""


def make_all(folder: Path) -> Path:
    """Write the three tiny models, each in a folder of its own with its card."""
    make_codec(folder / CODEC)
    make_turn_model(folder / TURN)
    make_duplex_model(folder / DUPLEX)
    return folder


def make_codec(folder: Path) -> None:
    folder.mkdir(parents=True)
    n = np.arange(FRAME)
    basis = np.cos(np.pi * (n[:, None] + 0.5) * np.arange(BOOKS) / FRAME) * np.sqrt(2 / FRAME)
    basis[:, 0] /= np.sqrt(2)
    memory = np.tril(EMPHASIS ** np.abs(n[:, None] - n)).T
    shared = {
        "middle": np.float32(LEVELS // 2),
        "step": np.float32(STEP),
        "last": np.array([FRAME - 1]),
        "frame": np.array([FRAME]),
        "one": np.array([1]),
    }
    encoder = {
        "emphasis": np.float32(EMPHASIS),
        "basis": basis.astype(np.float32),
        "floor": np.float32(0),
        "top": np.float32(LEVELS - 1),
        "zero": np.array([0]),
    }
    decoder = {
        "unused": np.array(0),
        "basis": basis.T.astype(np.float32),
        "memory": memory.astype(np.float32),
        "fade": (EMPHASIS ** (n + 1))[None].astype(np.float32),
    }
    write_graph(folder / "encoder.onnx", _ENCODER, shared | encoder)
    write_graph(folder / "decoder.onnx", _DECODER, shared | decoder)
    sizes = ", ".join([str(LEVELS)] * BOOKS)
    write_card(
        folder,
        f'id = "{CODEC}"\nkind = "codec"\ntitle = "Tiny codec"\nlicence = "MIT"\nruntime = "onnx"\n',
        f"[codec]\nsample_rate = {RATE}\nframe_size = {FRAME}\ncodebook_sizes = [{sizes}]\n",
        {"encoder": "encoder.onnx", "decoder": "decoder.onnx"},
    )


def make_turn_model(folder: Path) -> None:
    folder.mkdir(parents=True)
    write_graph(
        folder / "listen.onnx",
        _LISTEN,
        {
            "middle": np.array(LEVELS // 2),
            "axis0": np.array([0, 1]),
            "shape1": np.array([1]),
            "threshold": np.array([8]),
            "ten": np.array([10]),
            "zero": np.array([0]),
            "four": np.array([4]),
            "one": np.array([1]),
            "nothing": np.array([-1]),
        },
    )
    tones = np.full((len(SPEAKERS), BOOKS), LEVELS // 2)
    for speaker in range(len(SPEAKERS)):
        tones[speaker, 20 + 8 * speaker] += 60
    script = np.full(REPLY_FRAMES + 1, -1)
    script[0], script[10] = 5, 6
    write_graph(
        folder / "speak.onnx",
        _SPEAK,
        {"tones": tones, "script": script, "frames": np.array([REPLY_FRAMES]), "one": np.array([1])},
    )
    _speech_card(folder, TURN, duplex=False, files={"listen": "listen.onnx", "speak": "speak.onnx"})


def make_duplex_model(folder: Path) -> None:
    folder.mkdir(parents=True)
    write_graph(
        folder / "converse.onnx",
        _CONVERSE,
        {
            "middle": np.array(LEVELS // 2),
            "one": np.array([1]),
            "fifty": np.array([50]),
            "zero": np.array([0]),
            "nothing": np.array([-1]),
        },
    )
    _speech_card(folder, DUPLEX, duplex=True, files={"converse": "converse.onnx"})


def _speech_card(folder: Path, id: str, *, duplex: bool, files: dict[str, str]) -> None:
    (folder / "words.txt").write_text("\n".join((*WORDS, "▁hello", "▁there")) + "\n", encoding="utf-8")
    sizes = ", ".join([str(LEVELS)] * BOOKS)
    write_card(
        folder,
        f'id = "{id}"\nkind = "speech"\ntitle = "Tiny model"\nlicence = "MIT"\nruntime = "onnx"\n',
        f'[speech]\ncodec = "{CODEC}"\ncodebook_sizes = [{sizes}]\nframe_rate = {RATE / FRAME}\n'
        f'speakers = ["{SPEAKERS[0]}", "{SPEAKERS[1]}"]\nemotions = ["neutral", "happy"]\n'
        f"duplex = {str(duplex).lower()}\nmax_seconds = 5.0\n",
        files | {"vocabulary": "words.txt"},
    )


def write_card(folder: Path, head: str, body: str, files: dict[str, str]) -> None:
    """A model.toml with the fingerprints of its files."""
    rows: Iterable[str] = (
        f'[files.{role}]\npath = "{name}"\nsha256 = "{fingerprint(folder / name)}"\n'
        f"bytes = {(folder / name).stat().st_size}\n"
        for role, name in files.items()
    )
    (folder / "model.toml").write_text(head + body + "".join(rows), encoding="utf-8")


def write_graph(path: Path, text: str, constants: dict[str, np.generic | np.ndarray]) -> None:
    """An ONNX file from its text form, with its constants."""
    # The text form has no dots in names: they go in as double underscores and come out as dots.
    model = parser.parse_model(_HEAD + text.replace("state.", "state__").replace("next.", "next__"))
    graph = model.graph
    for value in (*graph.input, *graph.output):
        value.name = value.name.replace("__", ".")
    for node in graph.node:
        node.input[:] = [name.replace("__", ".") for name in node.input]
        node.output[:] = [name.replace("__", ".") for name in node.output]
    for name, value in constants.items():
        graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
