"""Espeak: the espeak-ng library, which speaks and says when each phoneme and word began."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from typing import Any

import numpy as np

from core.audio.base import Pcm
from core.errors import PalukuError
from core.training.corpus.phonemes import clean_ipa
from core.training.corpus.take import Mark, Take, marks_from_starts

MISSING = "espeak-ng is not installed: its voices are left out."
LICENCE = "CC0-1.0"  # what a synthesizer says belongs to whoever wrote the sentence: ours
LIBRARY_NAMES = ("libespeak-ng.so.1", "libespeak-ng.1.dylib", "libespeak-ng.dll", "espeak-ng.dll")

# The names and numbers of espeak-ng's own header, speak_lib.h
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_PHONEME_EVENTS = 0x0001
INITIALIZE_PHONEME_IPA = 0x0002
INITIALIZE_DONT_EXIT = 0x8000
EVENT_LIST_TERMINATED, EVENT_WORD, EVENT_PHONEME = 0, 1, 7
POSITION_CHARACTER, CHARS_UTF8 = 1, 1
PARAMETERS = {"rate": 1, "pitch": 3, "range": 4}


class _EventId(ctypes.Union):
    """What an event of espeak-ng names: a mark, a number, or up to eight bytes of a phoneme."""

    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_void_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    """One event of espeak-ng, laid out as in its header."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Espeak:
    """The espeak-ng library, loaded: one to a process, for it keeps state of its own.

    What it says depends on all it said before, so the same bytes come out twice only when a fresh process
    says the same sentences in the same order.
    """

    name = "espeak"

    def __init__(self) -> None:
        library = _library()
        if library is None:
            raise PalukuError(MISSING, "Install the package espeak-ng.")
        self._library = library
        self.rate = int(
            library.espeak_Initialize(
                AUDIO_OUTPUT_SYNCHRONOUS,
                0,
                None,
                INITIALIZE_PHONEME_EVENTS | INITIALIZE_PHONEME_IPA | INITIALIZE_DONT_EXIT,
            )
        )
        if self.rate <= 0:
            raise PalukuError(
                "espeak-ng is installed, but its voices are not.", "Install the package espeak-ng-data."
            )
        self._pieces: list[Pcm] = []
        self._events: list[tuple[int, int, int, int, str]] = []
        self._callback = _Callback(self._collect)  # kept: the library holds only its address

    @staticmethod
    def version() -> str | None:
        """The version of the installed library; None if there is none."""
        library = _library()
        if library is None:
            return None
        library.espeak_Info.restype = ctypes.c_char_p
        found = library.espeak_Info(None)
        return found.decode() if found else "unknown"

    def speak(self, text: str, voice: str, *, rate: int = 175, pitch: int = 50, spread: int = 50) -> Take:
        """Say a text. `rate` in words a minute; `pitch` and its `spread` from 0 to 99."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise PalukuError(
                f"espeak-ng has no voice called {voice!r}.", "Install the whole package espeak-ng-data."
            )
        for name, value in {"rate": rate, "pitch": pitch, "range": spread}.items():
            self._library.espeak_SetParameter(PARAMETERS[name], value, 0)
        self._pieces, self._events = [], []
        self._library.espeak_SetSynthCallback(self._callback)  # another Espeak may have set its own
        encoded = text.encode() + b"\0"
        status = self._library.espeak_Synth(
            encoded, ctypes.c_size_t(len(encoded)), 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None
        )
        if status != 0 or not self._pieces:
            raise PalukuError(f"espeak-ng could not say {text!r} with the voice {voice!r}.")
        pcm = np.concatenate(self._pieces)
        end = len(pcm) / self.rate
        return Take(
            pcm, self.rate, text, marks_from_starts(self._phonemes(), end), tuple(self._words(text, end))
        )

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        if count > 0:
            self._pieces.append(
                np.ctypeslib.as_array(samples, (count,)).astype(np.float32) / np.float32(32768)
            )
        index = 0
        while events[index].type != EVENT_LIST_TERMINATED:
            event = events[index]
            name = ""
            if event.type == EVENT_PHONEME:
                # a name of eight bytes has no terminator, so ctypes' own reading would run on
                raw = ctypes.string_at(ctypes.addressof(event.id), 8)
                name = clean_ipa(raw.split(b"\0")[0].decode("utf-8", "ignore"))
            self._events.append((event.type, event.text_position, event.length, event.sample, name))
            index += 1
        return 0

    def _phonemes(self) -> Iterator[tuple[str, float]]:
        for kind, _, _, sample, name in self._events:
            if kind == EVENT_PHONEME:
                yield name, sample / self.rate

    def _words(self, text: str, end: float) -> Iterator[Mark]:
        words = [event for event in self._events if event[0] == EVENT_WORD]
        pauses = [sample for kind, _, _, sample, name in self._events if kind == EVENT_PHONEME and not name]
        for index, (_, position, length, sample, _) in enumerate(words):
            following = words[index + 1][3] if index + 1 < len(words) else round(end * self.rate)
            stop = min([following, *(pause for pause in pauses if pause > sample)])
            written = text[position - 1 : position - 1 + length].strip()
            if written and stop > sample:
                yield Mark(written, sample / self.rate, stop / self.rate)


def _library() -> ctypes.CDLL | None:
    """The shared library, wherever this system keeps it."""
    found = ctypes.util.find_library("espeak-ng")
    for name in ((found,) if found else ()) + LIBRARY_NAMES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None
