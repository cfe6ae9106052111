"""Loading: puts the real world together. The only place that chooses between onnxruntime and torch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from core.audio.base import AudioFormat, AudioSink, AudioSource
from core.audio.devices import DeviceWatch, device_name
from core.audio.endpoint import Endpointer, TurnDetector
from core.audio.live_files import LiveWavSink, LiveWavSource
from core.audio.microphone import Microphone
from core.audio.speaker import Speaker
from core.audio.wav import WavSink, WavSource
from core.cards import ModelCard, Registry
from core.cast import Cast
from core.codecs.base import Codec
from core.errors import ModelError, StorageError
from core.events import DeviceKind, Event, NotSaved
from core.extra import how_to_add
from core.folders import data_folder, own_models, shipped_models
from core.history import History, Turn
from core.hosting import Host, HostedCodec, HostedDuplexModel, HostedTurnModel
from core.s2s.base import DuplexModel, SpeechModel

SKILLS = "skills"
"""The folder of the user's own skills, among the user's data."""

Widen = Callable[[AudioFormat, Callable[[AudioFormat], AudioSink]], AudioSink]
"""A speaker of this format that fills in the upper band, before one that is opened for it."""


def open_registry() -> Registry:
    """The models on this computer."""
    return Registry(shipped_models(), own_models())


def load_codec(card: ModelCard) -> Codec:
    """The codec of a card, ready to run."""
    if card.codec is None:
        raise ModelError(f"{card.id} is not a codec.")
    if card.runtime == "onnx":
        from core.codecs.onnx import OnnxCodec

        return OnnxCodec(card.codec, card.file("encoder"), card.file("decoder"))
    with _torch_extra(card.id):
        from core.nn import runtime
    codec = runtime.load_codec(card.id, card.file("weights"))
    if codec.spec != card.codec:
        raise ModelError(f"The weights of {card.id} are not what its card says.", "Import the model again.")
    return codec


def import_foreign(source: Path, registry: Registry) -> ModelCard:
    """Add weights that others published: recognised, converted once, kept in the user's folder."""
    with _torch_extra(source.name):
        from core.nn.importing import import_weights
    return import_weights(source, registry.own)


def load_speech(card: ModelCard) -> SpeechModel:
    """The speech model of a card, ready to run."""
    if card.speech is None:
        raise ModelError(f"{card.id} is not a speech model.")
    if card.runtime == "torch":
        with _torch_extra(card.id):
            from core.nn.s2s import loading as torch_speech
        config, text = (card.file(role) if role in card.files else None for role in ("config", "text"))
        return torch_speech.load_speech(card.file("weights"), spec=card.speech, config=config, text=text)
    from core.s2s.onnx import OnnxDuplexModel, OnnxTurnModel
    from core.s2s.vocabulary import read_vocabulary

    vocabulary = read_vocabulary(card.file("vocabulary"))
    if card.speech.duplex:
        return OnnxDuplexModel(card.speech, card.file("converse"), vocabulary)
    listen, speak = card.file("listen"), card.file("speak")
    if "pronounce" in card.files:
        from core.s2s.sounding import SoundingTurnModel
        from core.s2s.words import read_words

        stock = read_words(card.file("words"))
        return SoundingTurnModel(card.speech, listen, card.file("pronounce"), speak, vocabulary, stock)
    return OnnxTurnModel(card.speech, listen, speak, vocabulary)


@contextmanager
def _torch_extra(what: str) -> Iterator[None]:
    """Says what to install where torch is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ModelError(
            f"{what} needs the library {error.name}, which is not installed.",
            how_to_add("torch"),
        ) from error


class InstalledModels:
    """The models on this computer, loaded when they are asked for."""

    def __init__(
        self,
        registry: Registry,
        *,
        hosted: bool = False,
        rings: Path | None = None,
        skills: Path | None = None,
        seed: int | None = None,
    ) -> None:
        """With `hosted`, models that need torch live in a child process.

        Those whose answers come from the domain keep their timers and alarms in the file `rings`, and know
        the user's own skills in the folder `skills`; `seed` decides which of several replies they choose.
        """
        self._registry = registry
        self._hosted = hosted
        self._rings = rings
        self._skills = skills
        self._seed = seed

    def codec(self, id: str | None) -> tuple[str, Codec] | None:
        card = self._registry.find(id) if id else self._registry.default("codec")
        if card is None:
            return None
        if self._hosted and card.runtime == "torch":
            return card.id, HostedCodec(Host(partial(load_codec, card)))
        return card.id, load_codec(card)

    def speech(self, id: str | None) -> tuple[str, SpeechModel] | None:
        card = self._registry.find(id) if id else self._registry.default("speech")
        if card is None or card.speech is None:
            return None
        model: SpeechModel
        if self._hosted and card.runtime == "torch":
            host = Host(partial(load_speech, card))
            model = HostedDuplexModel(host) if card.speech.duplex else HostedTurnModel(host)
        else:
            model = load_speech(card)
        return card.id, self._accompanied(card, model)

    def _accompanied(self, card: ModelCard, model: SpeechModel) -> SpeechModel:
        """The model; with a dialogue where the card says that the domain answers."""
        if card.speech is None or card.speech.answers == "model":
            return model
        if isinstance(model, DuplexModel):
            raise ModelError(f"{card.id} talks while it listens: a dialogue cannot answer for it.")
        from core.skills.registry import open_talk
        from core.talks.companion import Companion

        return Companion(
            model, *open_talk(rings_path=self._rings, skills_folder=self._skills, seed=self._seed)
        )


class DesktopWorld(InstalledModels):
    """The real world: the sound card, the installed models, the user's history."""

    def __init__(self, registry: Registry, history: History | None) -> None:
        super().__init__(
            registry, hosted=True, rings=data_folder() / "alarms.json", skills=data_folder() / SKILLS
        )
        self._history = history
        self._conversation: int | None = None
        self._watch = DeviceWatch()
        self._widen: Widen | None = None  # while replies are made wide

    def microphone(self, format: AudioFormat, name: str | None) -> AudioSource:
        return Microphone(format, name)

    def speaker(self, format: AudioFormat, name: str | None) -> AudioSink:
        if self._widen is None:
            return Speaker(format, name)
        return self._widen(format, lambda format: Speaker(format, name))

    def set_wide(self, wide: bool) -> None:
        from core.enhance.engines import live_enhancer
        from core.enhance.sink import widened

        self._widen = partial(widened, live_enhancer(self._registry)) if wide else None

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return device_name(kind, name)

    def changed(self) -> bool:
        return self._watch.poll()

    def detector(self, sample_rate: int, pause_seconds: float) -> TurnDetector:
        return Endpointer(sample_rate, pause_seconds)

    def keep(self, cast: Cast, turn: Turn) -> None:
        if self._history is None:
            return
        if self._conversation is None:
            self._conversation = self._history.begin(cast.codec_id, cast.model_id or "")
        self._history.add(self._conversation, turn)

    def next_text(self) -> str | None:
        """What a person types comes as an order."""
        return None

    def new_conversation(self) -> None:
        self._conversation = None

    def close(self) -> None:
        if self._history:
            self._history.close()


class FileWorld(InstalledModels):
    """A world of sound files: `heard` are turns, then `typed`; all answers go into one file."""

    def __init__(
        self,
        registry: Registry,
        heard: Iterable[Path],
        spoken: Path,
        *,
        typed: Iterable[str] = (),
        seed: int | None = None,
        live: bool = False,
    ) -> None:
        super().__init__(registry, skills=data_folder() / SKILLS, seed=seed)  # its timers end with it
        self._heard: deque[Path] = deque(heard)
        self._typed = deque(typed)
        self._live = live
        self._spoken = spoken

    def microphone(self, format: AudioFormat, name: str | None) -> AudioSource | None:
        if not self._heard:
            return None
        return (LiveWavSource if self._live else WavSource)(self._heard.popleft(), format)

    def speaker(self, format: AudioFormat, name: str | None) -> AudioSink:
        return (LiveWavSink if self._live else WavSink)(self._spoken, format)

    def name_of(self, kind: DeviceKind, name: str | None) -> str:
        return "file"

    def changed(self) -> bool:
        return False

    def set_wide(self, wide: bool) -> None:
        """A file is enhanced as a whole, by `paluku enhance`."""

    def detector(self, sample_rate: int, pause_seconds: float) -> TurnDetector:
        return Endpointer(sample_rate, pause_seconds)

    def keep(self, cast: Cast, turn: Turn) -> None:
        """Files are their own record."""

    def next_text(self) -> str | None:
        return self._typed.popleft() if self._typed and not self._heard else None

    def new_conversation(self) -> None:
        """Files are one conversation."""

    def close(self) -> None:
        """The sink closed itself with the line."""


def desktop_world(*, private: bool, on_event: Callable[[Event], None]) -> DesktopWorld:
    """The world as it is on this computer. In private mode nothing is kept."""
    history = None
    if not private:
        try:
            history = History(data_folder())
        except StorageError as error:  # one can talk without a record, and should know that there is none
            on_event(NotSaved(error))
    return DesktopWorld(open_registry(), history)
