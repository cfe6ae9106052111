"""What every speech model in torch needs at run time: its settings, its voices by number, its step."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.errors import ModelError
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.generation import Step, VoiceNumbers
from core.nn.s2s.graphed_step import GraphedStep
from core.nn.s2s.step import FrameStep
from core.nn.s2s.streams import NOTHING
from core.s2s.base import SpeechSpec, Voice
from core.s2s.sampling import SpeechSampling


def voice_numbers(voice: Voice, spec: SpeechSpec, decoder: SpeechDecoder) -> VoiceNumbers:
    """A voice by the numbers of a model's tables; a name that the model does not have is an error."""
    known = {
        "speaker": (spec.speakers, voice.speaker),
        "emotion": (spec.emotions, voice.emotion),
        "language": (spec.languages, voice.language),
    }
    numbers = {}
    for trait, (names, name) in known.items():
        if name not in names:
            raise ModelError(f"This model has no {trait} “{name}”.", f"It has: {', '.join(names)}.")
        size = decoder.config.voice.sizes.get(trait, 0)
        numbers[trait] = names.index(name) if size else NOTHING
        if numbers[trait] >= size > 0:
            raise ModelError(f"The card of this model names more {trait}s than its weights have ({size}).")
    return VoiceNumbers(**numbers, strength=voice.strength)


def make_step(decoder: SpeechDecoder, sampling: SpeechSampling) -> Step:
    """The step of a decoder; on CUDA as one graph."""
    step = FrameStep(decoder, sampling)
    return GraphedStep(step) if next(decoder.parameters()).is_cuda else step


@dataclass(frozen=True)
class Persona:
    """What a PersonaPlex is told before a talk: the folder of its voices, and the part it plays."""

    voices: Path
    part: str = "You are a wise and friendly teacher. Answer questions or provide advice in a clear way."


@dataclass(frozen=True)
class SpeechSettings:
    """How a torch speech model is run."""

    sampling: SpeechSampling = field(default_factory=SpeechSampling)
    persona: Persona | None = None
    """For models that learn their voice from a prompt."""
