"""A tiny speech model that says any words: each letter is a frame's tone, its pitch the speaker's and mood's.

It hears a turn of its own for every ten loud frames: the first is HEARD[0], ten more are HEARD[1], and so on.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests import tiny

COMPANION = "tiny-companion"
SPEAKERS = ("vennela", "meghana", "arjun", "charan")
EMOTIONS = ("neutral", "happy", "sad", "angry", "calm", "excited", "surprised", "fearful", "disgusted")
LANGUAGES = ("te", "en")
HEARD = ("what time is it", "speak in the voice of arjun", "stop", "set a timer for one second")
TELUGU = "".join(map(chr, (0xC02, 0xC03, *range(0xC05, 0xC3A), *range(0xC3E, 0xC4E))))
LETTERS = ("▁", *"abcdefghijklmnopqrstuvwxyz'", *",.?!", *TELUGU)
PIECES = ("<pad>", *("▁" + turn.replace(" ", "▁") for turn in HEARD), *LETTERS)

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
  text = Where(says, count, nothing)
}
"""

_SPEAK = """
speak (int64[1] speaker, int64[1] emotion, int64[1] language, float[1] pace, int64[1] forced,
       int64[1] state.loud) => (int64[160,1] codes, int64[1] text, bool[1] took, bool[1] end,
       int64[1] next.loud) {
  row = Mul(speaker, moods)
  place = Add(row, emotion)
  tone = Gather(tones, place)
  codes = Transpose<perm=[1,0]>(tone)
  took = GreaterOrEqual(forced, zero)
  end = Not(took)
  text = Identity(forced)
  next.loud = Identity(state.loud)
}
"""


def make_companion(folder: Path) -> None:
    """Write the model with its card, beside the other tiny models."""
    folder.mkdir(parents=True)
    numbers = {
        "middle": np.array(tiny.LEVELS // 2),
        "axis0": np.array([0, 1]),
        "shape1": np.array([1]),
        "threshold": np.array([8]),
        "ten": np.array([10]),
        "zero": np.array([0]),
        "nothing": np.array([-1]),
    }
    tiny.write_graph(folder / "listen.onnx", _LISTEN, numbers)
    tones = np.full((len(SPEAKERS) * len(EMOTIONS), tiny.BOOKS), tiny.LEVELS // 2)
    for place in range(len(tones)):
        tones[place, 20 + 2 * place] += 60
    tiny.write_graph(
        folder / "speak.onnx",
        _SPEAK,
        {"tones": tones, "moods": np.array([len(EMOTIONS)]), "zero": np.array([0])},
    )
    (folder / "words.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    tiny.write_card(
        folder,
        f'id = "{COMPANION}"\nkind = "speech"\ntitle = "Tiny companion"\nlicence = "MIT"\nruntime = "onnx"\n',
        f'[speech]\ncodec = "{tiny.CODEC}"\ncodebook_sizes = [{", ".join([str(tiny.LEVELS)] * tiny.BOOKS)}]\n'
        f"frame_rate = {tiny.RATE / tiny.FRAME}\nspeakers = {_row(SPEAKERS)}\nemotions = {_row(EMOTIONS)}\n"
        f'languages = {_row(LANGUAGES)}\nmax_seconds = 60.0\nanswers = "domain"\n',
        {"listen": "listen.onnx", "speak": "speak.onnx", "vocabulary": "words.txt"},
    )


def pitch_of(speaker: str, emotion: str) -> float:
    """The pitch in Hz at which letters sound."""
    place = SPEAKERS.index(speaker) * len(EMOTIONS) + EMOTIONS.index(emotion)
    return (20 + 2 * place) * tiny.RATE / 2 / tiny.FRAME


def _row(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
