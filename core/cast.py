"""Cast: the codec and the speech model that play together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.audio.base import AudioFormat
from core.codecs.base import Codec
from core.errors import ModelError
from core.events import Ready
from core.s2s.base import DuplexModel, SpeechModel, SpeechSpec, TurnModel, Voice
from core.talks.mirror import STRAIGHT, STRAIGHT_FORMAT


class Models(Protocol):
    """Where codecs and speech models come from."""

    def codec(self, id: str | None) -> tuple[str, Codec] | None:
        """A codec by id (None: the default) and its id; None where there is none at all."""

    def speech(self, id: str | None) -> tuple[str, SpeechModel] | None:
        """A speech model by id (None: the default) and its id; None where there is none at all."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A codec and a speech model that speaks its codes; either may be missing."""

    codec_id: str = STRAIGHT
    codec: Codec | None = None
    model_id: str | None = None
    model: SpeechModel | None = None

    @property
    def format(self) -> AudioFormat:
        return self.codec.spec.format if self.codec else STRAIGHT_FORMAT

    @property
    def spec(self) -> SpeechSpec | None:
        return self.model.spec if self.model else None

    @property
    def turn_model(self) -> TurnModel | None:
        return self.model if self.model and not isinstance(self.model, DuplexModel) else None

    @property
    def duplex_model(self) -> DuplexModel | None:
        return self.model if isinstance(self.model, DuplexModel) else None

    def fitting(self, voice: Voice | None) -> Voice | None:
        """`voice` where the model has it, else the same wishes as far as the model can."""
        spec = self.spec
        if spec is None:
            return voice
        return Voice(
            speaker=_one_of(spec.speakers, voice.speaker if voice else None),
            emotion=_one_of(spec.emotions, voice.emotion if voice else None),
            language=_one_of(spec.languages, voice.language if voice else None),
            strength=voice.strength if voice else 1.0,
            pace=voice.pace if voice else 1.0,
        )

    def ready(self, seconds: float) -> Ready:
        """What to say of this cast once it is loaded."""
        spec = self.spec
        return Ready(
            codec=self.codec_id,
            model=self.model_id,
            seconds=seconds,
            speakers=spec.speakers if spec else (),
            emotions=spec.emotions if spec else (),
            languages=spec.languages if spec else (),
            duplex=self.duplex_model is not None,
        )


def choose_cast(models: Models, codec_id: str | None, model_id: str | None) -> Cast:
    """The cast for these wishes (None: the default; codec “straight”: nothing but sound).

    Without a wish for a codec the speech model brings its own; a codec that does not fit the default
    model stands alone, one that does not fit a wished model is an error.
    """
    if codec_id == STRAIGHT:
        return Cast()
    speech = models.speech(model_id)
    if speech and codec_id is None:
        codec_id = speech[1].spec.codec
    codec = models.codec(codec_id)
    if codec is None:
        return Cast()
    if speech and codec[1].spec.codebook_sizes != speech[1].spec.codebook_sizes:
        if model_id is not None:
            raise ModelError(
                f"{speech[0]} does not speak the codes of {codec[0]}.",
                f"It was made for {speech[1].spec.codec}.",
            )
        speech = None
    return Cast(codec[0], codec[1], *(speech or (None, None)))


def _one_of(known: tuple[str, ...], wished: str | None) -> str:
    return wished if wished in known else known[0]
