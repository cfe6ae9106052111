"""Interlude: a sound between two talks, as it is asked for and before the devices are open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.audio.base import AudioFormat
from core.cast import Cast, Models
from core.codecs.base import Codes
from core.domain.spoken import spoken_text
from core.errors import ModelError
from core.s2s.base import Voice
from core.talks.base import Emit, Talk
from core.talks.replay import Replay, SoundCheck, chime, decoded
from core.talks.versions import FORMAT, Recording, Versions, side_by_side

_SAMPLES = {"te": "నమస్తే, నా గొంతు ఇలా ఉంటుంది.", "en": "Hello, this is how I sound."}


class MakeTalk(Protocol):
    """Makes the talk of an interlude, once there is a line for it; `done` ends it."""

    def __call__(self, *, emit: Emit, done: Callable[[], None]) -> Talk: ...


@dataclass(frozen=True, slots=True)
class Interlude:
    """What is played or recorded, in which format; the microphone is open only if it listens."""

    format: AudioFormat
    make: MakeTalk
    listens: bool = False


def replayed(cast: Cast, models: Models, codec_id: str, codes: Codes) -> Interlude:
    """Codes of this codec, played."""
    found = (codec_id, cast.codec) if codec_id == cast.codec_id else models.codec(codec_id)
    codec = found[1] if found else None
    if codec is None or codes.shape[0] != codec.spec.n_codebooks:
        raise ModelError("The codec that this was said with is not here.", "Fetch it on the models page.")
    frames = decoded(codec, codes)
    return Interlude(codec.spec.format, lambda *, emit, done: Replay(frames, emit=emit, done=done))


def compared(versions: Sequence[Path], heard: int) -> Interlude:
    """Sound files side by side, of which one is heard."""
    sounds = side_by_side(versions)
    return Interlude(FORMAT, lambda *, emit, done: Versions(sounds, heard, emit=emit, done=done))


def recorded(path: Path, seconds: float) -> Interlude:
    """A moment of the microphone, kept as a file."""
    return Interlude(
        FORMAT, lambda *, emit, done: Recording(path, seconds, FORMAT, emit=emit, done=done), listens=True
    )


def sampled(cast: Cast, voice: Voice, seed: int) -> Interlude:
    """A sentence in this voice."""
    codec, model = cast.codec, cast.turn_model
    if codec is None or model is None:
        raise ModelError("This model says nothing without a talk.", "Begin one, and choose the voice in it.")
    language = voice.language if voice.language in _SAMPLES else next(iter(_SAMPLES))
    reply = model.say(spoken_text(_SAMPLES[language], language), model.listen(), voice, seed=seed)
    decoder = codec.decoder()
    frames = (decoder.push(spoken.codes) for spoken in reply)
    return Interlude(codec.spec.format, lambda *, emit, done: Replay(frames, emit=emit, done=done))


def speaker_test(format: AudioFormat) -> Interlude:
    """A chime."""
    return Interlude(format, lambda *, emit, done: Replay(chime(format), emit=emit, done=done))


def microphone_test(format: AudioFormat) -> Interlude:
    """A moment of the microphone, then the same from the speaker."""
    return Interlude(format, lambda *, emit, done: SoundCheck(format, emit=emit, done=done), listens=True)
