"""Subject: the model that is analysed, found by its name or in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch
from torch import nn

from core.cards import ModelCard, Registry
from core.errors import ModelError
from core.nn.checkpoint import open_weights
from core.nn.codecs.jodio_printed import PrintedJodio
from core.nn.codecs.model import CodecModel
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.readers import CODEC_READERS, POLISH_READERS
from core.nn.s2s.checkpoints import open_speech
from core.nn.s2s.conformer import CONFORMER, Conformer
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.duplex import DUPLEX
from core.nn.superres.audiosr import AudioSr, AudioSrConfig
from core.nn.superres.extender import Extender, ExtenderConfig
from core.training.export.read_back import installed_codec

Kind = Literal["codec", "speech", "polish", "print"]
Maker = Callable[[], nn.Module]

PRINTED = "jodio-printed"


@dataclass(frozen=True)
class Subject:
    """A model under analysis: what it is called, how it is built, and whether its weights are trained."""

    name: str
    kind: Kind
    outline: nn.Module
    """The model on the device `meta`: its shapes, and no memory for its weights."""
    load: Maker
    """The model with weights."""
    trained: bool = False

    def codec(self) -> CodecModel:
        """The codec with weights; any other kind of model is an error."""
        if not isinstance(self.outline, CodecModel):
            what = {"speech": "a speech model", "polish": "a model that polishes sound"}.get(
                self.kind, "a print that cannot run"
            )
            raise ModelError(
                f"{self.name} is {what}: it has no encoder that takes sound.", "Choose a codec for this."
            )
        model = self.load()
        assert isinstance(model, CodecModel)
        return model


def find_subject(name: str, registry: Registry) -> Subject:
    """A preset, an installed model or a weights file."""
    path = Path(name)
    if path.is_file():
        return _in_file(path)
    if path.is_dir() and name not in _presets():
        raise ModelError(f"{name} is a folder, not a model.", "Name a weights file inside it, or a preset.")
    card = _installed(name, registry)
    if card is not None and card.kind == "codec" and (model := installed_codec(card, CODEC_READERS)):
        return _loaded(name, model)
    if name in _presets():
        kind, make = _presets()[name]
        return Subject(name, kind, _on_meta(make), lambda: random_model(make))
    if card is not None:
        raise ModelError(
            f"{name} is kept as graphs, which no longer tell its layers.",
            "Analyse the weights file that it was exported from, or its preset.",
        )
    raise ModelError(
        f"There is no model {name!r}: no preset, no installed model and no file of this name.",
        f"Presets: {', '.join(_presets())}.",
    )


def random_model(make: Maker, seed: int = 0) -> nn.Module:
    """A model with random weights, the same for the same seed; its codebooks hold noise, not zeros."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = make()
        with torch.no_grad():
            for part in model.modules():
                if isinstance(part, EuclideanCodebook):
                    part.embedding.normal_()
    return model.eval()


def same_but_random(codec: CodecModel, seed: int) -> CodecModel:
    """A codec of the same shape that has learned nothing."""
    model = random_model(lambda: type(codec)(codec.config), seed)
    assert isinstance(model, CodecModel)
    return model


def _presets() -> Mapping[str, tuple[Kind, Maker]]:
    presets: dict[str, tuple[Kind, Maker]] = {
        name: ("codec", preset.build) for name, preset in CODEC_PRESETS.items()
    }
    presets[PRINTED] = ("print", PrintedJodio)
    for name, conformer in CONFORMER.items():
        presets[name] = ("speech", _maker(Conformer, conformer))
    for name, duplex in DUPLEX.items():
        presets[name] = ("speech", _maker(SpeechDecoder, duplex))
    presets["audiosr"] = ("polish", _maker(AudioSr, AudioSrConfig()))
    presets["extender"] = ("polish", _maker(Extender, ExtenderConfig()))
    return presets


def _maker(kind: Callable[[Any], nn.Module], config: object) -> Maker:
    return lambda: kind(config)


def _on_meta(make: Maker) -> nn.Module:
    with torch.device("meta"):
        return make().eval()


def _installed(name: str, registry: Registry) -> ModelCard | None:
    try:
        card = registry.find(name)
    except ModelError:
        return None
    return card if card.installed else None


def _in_file(path: Path) -> Subject:
    file = open_weights(path)
    for reader in (*CODEC_READERS, *POLISH_READERS):
        model = reader.read(file)
        if model is not None:
            return _loaded(path.name, model)
    stored = open_speech(path)
    return Subject(path.name, "speech", stored.outline(), stored.load, trained=True)


def _loaded(name: str, model: nn.Module) -> Subject:
    kind: Kind = "codec" if isinstance(model, CodecModel) else "polish"
    return Subject(name, kind, model, lambda: model, trained=True)
