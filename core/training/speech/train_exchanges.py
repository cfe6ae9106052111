"""ExchangeTraining: a Conformer or a duplex model that learns to answer, then as a model that can talk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from core.codecs.base import Codec
from core.domain.book import LANGUAGES, Domain
from core.errors import PalukuError, StorageError
from core.new_card import write_card
from core.nn.s2s.conformer import CONFORMER
from core.nn.s2s.duplex import DUPLEX
from core.nn.s2s.text import SentencePieceText
from core.s2s.base import SpeechSpec
from core.training.checkpoints import facts_of
from core.training.corpus.desk import HeldOut
from core.training.corpus.emotions import EMOTION_NAMES
from core.training.corpus.manifest import Entry
from core.training.corpus.speakers import SPEAKER_NAMES
from core.training.course import CURVES
from core.training.curves import curve
from core.training.learning import CHECKPOINT, Training
from core.training.speech.answering import Answering
from core.training.speech.conversing import Conversing
from core.training.speech.exchange_config import TrainExchangeConfig
from core.training.speech.exchanges import Exchanges, Quiet, VoiceOf
from core.training.speech.fitting import fitted_conformer, fitted_duplex
from core.training.speech.partners import Partners, language_partners
from core.training.speech.pieces import learned_text
from core.training.speech.utterances import CodedCorpus, Utterance, utterance

TEXT, WEIGHTS = "text.model", "weights.safetensors"
SPOKEN = ("auto", *LANGUAGES)
LICENCE = "CC-BY-SA-4.0"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ExchangeMaterial:
    """What a training is given: corpora, and a codec by the name it has where the model will be used."""

    asked: Sequence[Path]
    answered: Sequence[Path]
    codec: Codec
    codec_id: str


class ExchangeTraining:
    """The training of one preset, from corpora to a folder with a card."""

    def __init__(
        self,
        preset: str,
        config: TrainExchangeConfig,
        material: ExchangeMaterial,
        folder: Path,
        *,
        device: str = "cpu",
        say: Say = lambda line: None,
    ) -> None:
        self.preset, self.config, self.material, self.folder = preset, config, material, folder
        self.device, self.say = device, say

    def run(self) -> Path:
        """Train until the budget is spent; the model's folder."""
        self.training().run()
        return self.export()

    def training(self) -> Training:
        """The training from where it was left."""
        lesson = self.lesson()
        config = self.config.learning()
        return Training(lesson, config, self.folder / "training", device=self.device, say=self.say)

    def lesson(self) -> Answering | Conversing:
        """What the preset learns, with fresh weights."""
        codec, config = self.material.codec, self.config
        sizes, rate, quiet = codec.spec.codebook_sizes, codec.spec.frame_rate, Quiet(codec)
        asked_in = self._corpora("asked", self.material.asked)
        answered_in = self._corpora("answered", self.material.answered)
        entries = (e for corpus in (*asked_in, *answered_in) for e in corpus.entries())
        texts = (e.text for e in entries if e.split == "train")
        text = learned_text(self.folder / TEXT, texts, config.text_pieces)
        asked = self._asked(asked_in, text)
        answered = self._answered(answered_in, text)
        partners = self._partners(asked, [said for said, _ in answered])
        torch.manual_seed(config.seed)  # for the weights that it begins with
        if self.preset in CONFORMER:
            turns = fitted_conformer(CONFORMER[self.preset], sizes, len(text), rate)
            streams = turns.decoder.streams
            exchanges = Exchanges(asked, answered, partners, quiet, streams, config.exchanges, rate)
            return Answering(exchanges, turns, config)
        talks = fitted_duplex(DUPLEX[self.preset], sizes, len(text), rate, quiet.own_frame)
        exchanges = Exchanges(asked, answered, partners, quiet, talks.streams, config.exchanges, rate)
        return Conversing(exchanges, talks, config)

    def report(self) -> dict[str, object]:
        """How far it is: steps, minutes and last losses."""
        facts = facts_of(self.folder / "training" / CHECKPOINT)
        rows = curve(self.folder / "training" / CURVES)
        losses = {k: v for k, v in rows[-1].items() if k not in ("step", "minutes")} if rows else {}
        return {"minutes": round(facts["seconds"] / 60, 2), "steps": facts["steps"], "losses": losses}

    def export(self) -> Path:
        """What was learned, with its text and a card, as `paluku talk` finds it."""
        place, spec = self.folder / self.preset, self.material.codec.spec
        name = Answering.name if self.preset in CONFORMER else Conversing.name
        learned = self.folder / "training" / f"{name}.safetensors"
        try:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(learned, place / WEIGHTS)
            shutil.copyfile(self.folder / TEXT, place / TEXT)
        except OSError as error:
            raise StorageError(
                f"The model could not be saved: {error.strerror or error}.", "Is the disk full?"
            ) from error
        write_card(
            place,
            id=self.preset,
            kind="speech",
            title=self.preset.replace("-", " ").capitalize(),
            licence=LICENCE,
            runtime="torch",
            files={"weights": WEIGHTS, "text": TEXT},
            languages=LANGUAGES,
            speech=SpeechSpec(
                codec=self.material.codec_id,
                codebook_sizes=spec.codebook_sizes,
                frame_rate=spec.frame_rate,
                speakers=SPEAKER_NAMES,
                emotions=EMOTION_NAMES,
                languages=SPOKEN,
                duplex=self.preset in DUPLEX,
            ),
        )
        return place

    def _corpora(self, what: str, folders: Sequence[Path]) -> list[CodedCorpus]:
        kept = self.folder / "codes"
        return [
            CodedCorpus(
                self.material.codec, folder, kept / f"{what}-{number}-{folder.resolve().name}", self.say
            )
            for number, folder in enumerate(folders)
        ]

    def _asked(self, corpora: Sequence[CodedCorpus], text: SentencePieceText) -> list[Utterance]:
        domain = Domain.load()
        held = {language: HeldOut(domain, language) for language in LANGUAGES}
        found = [
            said
            for corpus in corpora
            for entry, codes in corpus.coded()
            if self._fits(entry) and not held[entry.language].is_held(entry.text)
            if (said := utterance(entry, codes, self._rate, _pieces(text), signs=False))
        ]
        if not found:
            raise PalukuError(
                "Nothing is asked in the corpora that could be heard.", 'Make one with sentences = "asked".'
            )
        return found

    def _answered(
        self, corpora: Sequence[CodedCorpus], text: SentencePieceText
    ) -> list[tuple[Utterance, VoiceOf]]:
        found = [
            (said, _voice(entry))
            for corpus in corpora
            for entry, codes in corpus.coded()
            if self._fits(entry) and entry.speaker in SPEAKER_NAMES and entry.emotion in EMOTION_NAMES
            if (said := utterance(entry, codes, self._rate, _pieces(text), signs=True))
        ]
        if not found:
            raise PalukuError(
                "No named voice speaks in the corpora.", 'Make one with sentences = "answered".'
            )
        return found

    def _partners(self, asked: Sequence[Utterance], answered: Sequence[Utterance]) -> list[list[int]]:
        questions, answers = [said.entry for said in asked], [said.entry for said in answered]
        found = Partners(Domain.load()).of(questions, answers)
        paired = sum(1 for fitting in found if fitting)
        if paired:
            self.say(f"{paired} of {len(asked)} questions have an answer that the domain gives")
            return found
        found = language_partners(questions, answers)
        if not any(found):
            raise PalukuError(
                "Nothing is answered in a language in which something is asked.",
                "Make both corpora with the same languages.",
            )
        self.say("the domain knows none of these questions and answers: any answer goes with any question")
        return found

    def _fits(self, entry: Entry) -> bool:
        trained = entry.split == "train" and entry.language in LANGUAGES
        return trained and entry.seconds <= self.config.exchanges.longest

    @property
    def _rate(self) -> float:
        return self.material.codec.spec.frame_rate


def _pieces(text: SentencePieceText) -> Callable[[str], Sequence[int]]:
    return lambda words: [piece for piece, _ in text.pieces(words)]


def _voice(entry: Entry) -> VoiceOf:
    return VoiceOf(
        SPEAKER_NAMES.index(entry.speaker),
        EMOTION_NAMES.index(entry.emotion),
        SPOKEN.index(entry.language),
    )
