"""Phrases that the tests say to the model that ships, each in one voice that it never heard."""

from __future__ import annotations

from pathlib import Path

import soundfile

from core.training.corpus.espeak import Espeak
from core.workbench.quality.talk.turns import RATE, held_out_voices, said

PHRASES = {
    "hello": ("hello", "en"),
    "name": ("నీ పేరు ఏమిటి", "te"),
    "sum": ("what is twelve plus thirty", "en"),
    "timer": ("set a timer for five seconds", "en"),
    "joke": ("జోక్ చెప్పు", "te"),
    "sad": ("speak with a sad voice", "en"),
    "story": ("tell me a story", "en"),
    "day": ("ఇవాళ ఏ వారం", "te"),
    "voice": ("change your voice", "en"),
    "thanks": ("ధన్యవాదాలు", "te"),
}


def spoken_phrases(folder: Path) -> dict[str, Path]:
    """Each phrase as a sound file of this folder."""
    espeak, voice = Espeak(), next(held_out_voices())
    files = {name: folder / f"{name}.wav" for name in PHRASES}
    for name, (text, language) in PHRASES.items():
        soundfile.write(files[name], said(espeak, text, "", language, voice).pcm, RATE)
    return files
