"""From files to a speech model that can talk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.errors import ModelError
from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.decoder import DecoderConfig, SpeechDecoder
from core.nn.s2s.device import Device
from core.nn.s2s.runtime import SpeechSettings
from core.nn.s2s.stored import StoredModel
from core.nn.s2s.text import Text, open_text
from core.nn.s2s.torch_duplex import TorchDuplexModel
from core.nn.s2s.torch_turns import TorchTurnModel
from core.s2s.base import SpeechModel, SpeechSpec

MIMI_FRAME_RATE = 12.5


def load_speech(
    weights: Path,
    *,
    spec: SpeechSpec | None = None,
    text: Path | None = None,
    config: Path | None = None,
    device: Device | None = None,
    int8: bool = False,
    settings: SpeechSettings | None = None,
) -> SpeechModel:
    """The speech model in a weights file, on the best device that has room for it.

    `text` is the tokenizer, or our own list of pieces; `spec` stands in the model's card, and can be told
    from the weights of models that speak Mimi. With `int8` it takes a quarter of the room.
    """
    stored = open_speech(weights, config)
    words = _open_text(stored, text)
    spec = spec or told_spec(stored)
    settings = settings or SpeechSettings()
    if settings.persona:
        voices = sorted(path.stem for path in settings.persona.voices.glob("*.pt"))
        if not voices:
            raise ModelError("This model has no voices.", "Unpack voices.tgz beside the model.")
        spec = replace(spec, speakers=tuple(voices))
    model = stored.load(device, int8=int8)
    if isinstance(model, SpeechDecoder):
        return TorchDuplexModel(model, spec, words, settings)
    return TorchTurnModel(model, spec, words, settings)


def told_spec(stored: StoredModel) -> SpeechSpec:
    """What a published model is, as far as its files tell: all of them speak Mimi."""
    duplex = isinstance(stored.config, DecoderConfig)
    decoder = stored.config if isinstance(stored.config, DecoderConfig) else stored.config.decoder
    return SpeechSpec(
        codec="mimi",
        codebook_sizes=decoder.streams.own_sizes or decoder.streams.heard_sizes,
        frame_rate=MIMI_FRAME_RATE,
        speakers=stored.traits or (stored.name,),
        duplex=duplex,
    )


def _open_text(stored: StoredModel, path: Path | None) -> Text | None:
    decoder = stored.config if isinstance(stored.config, DecoderConfig) else stored.config.decoder
    if path is not None:
        return open_text(path)
    if decoder.streams.has_text:
        raise ModelError(
            f"The tokenizer of {stored.name} is missing.",
            "It is published beside the weights, as a file that ends in .model: fetch it too.",
        )
    return None
