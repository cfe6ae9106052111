"""TalkTraining: a speech model of ear, pronouncer and mouth, one part after another, then as graphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import nn

from core.domain.book import LANGUAGES, Domain
from core.errors import PalukuError
from core.nn.checkpoint import open_weights
from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.reader import Reader, read_model
from core.nn.runtime import TorchCodec
from core.nn.s2s.code_space import CodeSpace
from core.nn.s2s.ear import Ear, EarConfig
from core.nn.s2s.mouth import Mouth, MouthConfig
from core.nn.s2s.pronouncer import Pronouncer, PronouncerConfig
from core.s2s.base import SpeechSpec
from core.training.checkpoints import facts_of
from core.training.corpus.desk import HeldOut
from core.training.corpus.emotions import EMOTION_NAMES
from core.training.corpus.manifest import read_entries
from core.training.corpus.shards import FOLDER
from core.training.corpus.speakers import SPEAKER_NAMES
from core.training.course import CURVES
from core.training.curves import curve
from core.training.export.talk import TalkParts, export_talk
from core.training.learning import CHECKPOINT, Lesson, Training, is_learned
from core.training.speech.coding import Coding
from core.training.speech.disguise import Disguise
from core.training.speech.hearing import EAR, Hearing
from core.training.speech.known_codec import known_codec
from core.training.speech.letters import LETTERS
from core.training.speech.pronouncing import PRONOUNCER, Pronouncing
from core.training.speech.quiet import quiet_codes
from core.training.speech.reading import Reading
from core.training.speech.sounds import SOUNDS
from core.training.speech.speaking import LANGUAGES as SPOKEN
from core.training.speech.speaking import MOUTH, Speaking
from core.training.speech.talk_config import STAGES, TrainTalkConfig
from core.training.speech.usual import usual_words
from core.training.speech.words import gathered, listed_words

M = TypeVar("M", bound=nn.Module)

RECIPE, TITLE, LICENCE = "paluku-talk", "Paluku talk", "CC-BY-SA-4.0"
CENTRED_ON = 2  # shards, whose frames tell what is zero and what is one
SILENT_SECONDS, SILENT_DB = 0.48, -60.0  # that bring out the last words of a turn


@dataclass(frozen=True, slots=True)
class TalkMaterial:
    """What a training is given: corpora, a codec, and a list of words."""

    asked: Sequence[Path]
    answered: Sequence[Path]
    codec: str
    words: Path | None = None
    start: Path | None = None
    """The folder of a training whose weights each stage begins with."""


class TalkTraining:
    """The three stages of a training and where each leaves what it learned."""

    def __init__(
        self,
        config: TrainTalkConfig,
        material: TalkMaterial,
        folder: Path,
        *,
        device: str = "cpu",
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.config, self.material, self.folder = config, material, folder
        self.device, self.say = device, say
        self.codec = known_codec(material.codec)
        self.lessons: dict[str, Callable[[], Lesson]] = {
            "pronounce": self._pronouncing,
            "hear": self._hearing,
            "speak": self._speaking,
        }

    def run(self, only: str | None = None) -> Path | None:
        """Go through the stages, or one of them; the model's folder once all three are learned."""
        if only is not None and only not in STAGES:
            raise PalukuError(f"There is no stage {only!r}.", f"There are {', '.join(STAGES)}.")
        for stage in STAGES if only is None else (only,):
            if is_learned(self.folder / stage, self.config.learning(stage)):
                self.say(f"{stage}: learned before")
                continue
            self.say(f"{stage}: {self.config.learning(stage).minutes:g} minutes")
            self.training(stage).run()
        learned = (is_learned(self.folder / stage, self.config.learning(stage)) for stage in STAGES)
        return self.export() if all(learned) else None

    def training(self, stage: str) -> Training:
        """The training of a stage, from where it was left."""
        torch.manual_seed(self.config.seed)  # for the weights that a lesson begins with
        lesson = self.lessons[stage]()
        learning = self.config.learning(stage)
        if self.material.start is not None and not (self.folder / stage / CHECKPOINT).exists():
            self._begin_from(self.material.start / stage / f"{lesson.name}.safetensors", lesson)
        return Training(lesson, learning, self.folder / stage, device=self.device, say=self.say)

    def _begin_from(self, weights: Path, lesson: Lesson) -> None:
        """What another training learned, with a budget of its own."""
        if not weights.exists():
            self.say(f"{weights} is not there: {lesson.name} begins anew")
            return
        file = open_weights(weights)
        try:
            lesson.model.load_state_dict({name: file[name] for name in file})
        except RuntimeError as error:
            raise PalukuError(
                f"{weights} does not fit this config: {error}", "Give the config that it was learned with."
            ) from error
        self.say(f"{lesson.name} begins with {weights}")

    def report(self) -> dict[str, object]:
        """How far each stage is: its steps, minutes and last losses."""
        stages, seconds = {}, 0.0
        for stage in STAGES:
            folder = self.folder / stage
            if (folder / CHECKPOINT).exists():
                facts, rows = facts_of(folder / CHECKPOINT), curve(folder / CURVES)
                losses = {k: v for k, v in rows[-1].items() if k not in ("step", "minutes")} if rows else {}
                stages[stage] = {"steps": facts["steps"], "losses": losses}
                seconds += float(facts["seconds"])
        return {"minutes": round(seconds / 60, 2), "stages": stages}

    def export(self) -> Path:
        """The learned parts as graphs with a card."""
        pronouncer = self._learned("pronounce", "pronouncer", PRONOUNCER, Pronouncer)
        corpora = (*self.material.asked, *self.material.answered)
        said = (e for corpus in corpora for shard in _shards(corpus) for e in read_entries(shard))
        parts = TalkParts(
            self._learned("hear", "ear", EAR, Ear),
            pronouncer,
            self._learned("speak", "mouth", MOUTH, Mouth),
            quiet_codes(TorchCodec(self.codec), SILENT_SECONDS, SILENT_DB),
            usual_words(
                (entry for entry in said if entry.split == "train"),
                pronouncer,
                listed=self._listed()[: self.config.words.known],
                draws=self.config.words.usual,
            ),
        )
        spec = SpeechSpec(
            codec=self.config.codec_id,
            codebook_sizes=self.codec.spec.codebook_sizes,
            frame_rate=self.codec.spec.frame_rate,
            speakers=SPEAKER_NAMES,
            emotions=EMOTION_NAMES,
            languages=("auto", *SPOKEN),
            answers="domain",
        )
        place = self.folder / RECIPE
        export_talk(parts, spec, place, id=RECIPE, title=TITLE, licence=LICENCE)
        return place

    def _listed(self) -> list[str]:
        return listed_words(self.material.words) if self.material.words else []

    def _learned(self, stage: str, name: str, reader: Reader[Any], kind: type[M]) -> M:
        model = read_model(self.folder / stage / f"{name}.safetensors", [reader])
        assert isinstance(model, kind)
        return model

    def _pronouncing(self) -> Lesson:
        material, shape = self.material, self.config.pronouncer
        pairs = gathered(
            self.folder / "pronounce" / "words.json",
            lambda: (e for corpus in material.answered for s in _shards(corpus) for e in read_entries(s)),
            material.words,
            self.config.words,
            self.say,
            self.config.seed,
        )
        config = PronouncerConfig(
            n_letters=len(LETTERS), n_sounds=len(SOUNDS), dim=shape.dim, n_layers=shape.n_layers
        )
        return Pronouncing(pairs, config=config)

    def _hearing(self) -> Lesson:
        codings = self._codings("asked", self.material.asked, surrounded=True)
        domain = Domain.load()
        held = [HeldOut(domain, language) for language in LANGUAGES]
        space = centred(self.codec, codings[0])
        ear = EarConfig(
            n_pieces=len(LETTERS), n_sounds=len(SOUNDS), space=space.config, stack=self.config.ear
        )
        return Hearing(
            *(codings, space, self.config.hearing, ear),
            left_out=lambda text: any(phrasings.is_held(text) for phrasings in held),
            sounds=Reading().sounds,
            disguise=Disguise(self.codec, space, self.config.hearing.disguise),
        )

    def _speaking(self) -> Lesson:
        codings = self._codings("answered", self.material.answered, surrounded=False)
        space, shape = centred(self.codec, codings[0]), self.config.mouth
        mouth = MouthConfig(
            n_sounds=len(SOUNDS),
            n_speakers=len(SPEAKER_NAMES),
            n_emotions=len(EMOTION_NAMES),
            n_languages=len(SPOKEN),
            space=space.config,
            piece_dim=shape.piece_dim,
            frame_dim=shape.frame_dim,
            frame_blocks=shape.frame_blocks,
        )
        return Speaking(codings, space, self.config.speaking, mouth)

    def _codings(self, what: str, corpora: Sequence[Path], *, surrounded: bool) -> list[Coding]:
        """Corpora as codes; all of it is coded before the clock of the training runs."""
        codings = []
        for number, corpus in enumerate(corpora):
            kept = self.folder / "codes" / f"{what}-{number}-{corpus.resolve().name}"
            codings.append(Coding(self.codec, corpus, kept, surrounded=surrounded))
            shards = codings[-1].shards()
            for count, shard in enumerate(shards, 1):
                if codings[-1].make(shard):
                    self.say(f"coded {count} of {len(shards)} shards of {corpus.name}")
        return codings


def _shards(corpus: Path) -> list[Path]:
    return sorted((corpus / FOLDER).glob("*.jsonl"))


def centred(codec: EnvelopeCodec, coding: Coding) -> CodeSpace:
    """The space of a codec, with its zero in the middle of the first shards of a corpus."""
    space = CodeSpace.of(codec)
    heard = [coded for shard in islice(coding.shards(), CENTRED_ON) for coded in coding.coded(shard)]
    if not heard:
        raise PalukuError("The corpus has no shard yet.", "Make it with `paluku corpus`.")
    space.centre(torch.from_numpy(np.concatenate([coded.frames for coded in heard])).float())
    return space
