"""Exchanges: what is asked and what is answered, laid beside each other in time as people talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.codecs.base import Codec, Codes
from core.nn.s2s.streams import StreamsConfig
from core.training.speech.exchange_config import ExchangeConfig
from core.training.speech.pieces import END, Tokens, laid
from core.training.speech.quiet import quiet_codes
from core.training.speech.utterances import SaidWord, Utterance

_SILENT_DB, _NOISY_DB = (-75.0, -62.0, -50.0), (-40.0, -30.0, -20.0)
_BED_SECONDS = 4.0


class VoiceOf(NamedTuple):
    """A voice by the numbers of a model's tables."""

    speaker: int
    emotion: int
    language: int


@dataclass(frozen=True, slots=True)
class Talk:
    """Some seconds of both sides, frame by frame."""

    heard: Codes  # [K, T]
    own: Codes  # [K, T]
    text: Tokens  # [T]
    heard_text: Tokens  # [T]
    speaking: NDArray[np.bool_]  # [T]: where the own side speaks
    voice: VoiceOf

    @property
    def frames(self) -> int:
        return int(self.own.shape[1])


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that is heard whole, and then answered."""

    heard: Codes  # [K, T]
    pieces: tuple[int, ...]
    answer: Talk


class Quiet:
    """Stretches of silence and noise in the codes of a codec."""

    def __init__(self, codec: Codec) -> None:
        self._silence = [quiet_codes(codec, _BED_SECONDS, level) for level in _SILENT_DB]
        self._noise = [quiet_codes(codec, _BED_SECONDS, level) for level in _NOISY_DB]
        self._own = quiet_codes(codec, _BED_SECONDS, None)

    @property
    def own_frame(self) -> tuple[int, ...]:
        """One frame of the silence of the own side."""
        return tuple(int(code) for code in self._own[:, -1])

    def own(self, frames: int) -> Codes:
        """What the own side sends while it does not speak."""
        return np.resize(self._own.T, (frames, len(self._own))).T.copy()

    def heard(self, rng: np.random.Generator, frames: int, *, noisy: bool = False) -> Codes:
        """What comes in while nobody speaks."""
        beds = self._noise if noisy else self._silence
        bed = beds[int(rng.integers(len(beds)))]
        rolled = np.roll(bed, int(rng.integers(bed.shape[1])), axis=1)
        return np.resize(rolled.T, (frames, len(bed))).T.copy()


class Exchanges:
    """Exchanges made of what is asked and what is answered; a random number generator decides each."""

    def __init__(
        self,
        asked: Sequence[Utterance],
        answered: Sequence[tuple[Utterance, VoiceOf]],
        partners: Sequence[Sequence[int]],
        quiet: Quiet,
        streams: StreamsConfig,
        config: ExchangeConfig,
        frame_rate: float,
    ) -> None:
        """`partners` are the answers that fit each question."""
        self.asked, self.answered, self.partners = asked, answered, partners
        self._quiet, self._streams, self._config, self._rate = quiet, streams, config, frame_rate
        self._paired = [number for number, fitting in enumerate(partners) if fitting]
        longest = config.back_channel_longest / 1000 * frame_rate
        self._short = [number for number, said in enumerate(asked) if said.frames <= longest]
        self._longest = round(config.longest * frame_rate)

    def talk(self, rng: np.random.Generator) -> Talk:
        """Both sides at once: a question, its answer, and what may happen to it."""
        config = self._config
        chance = rng.random()
        if chance < config.silent_share + config.noisy_share:
            return self._nothing(rng, noisy=chance < config.noisy_share)
        question, answer, voice = self._pair(rng)
        question = self._rested(rng, question)
        start = self._time(rng, config.lead)
        heard = [(start, question)]
        begin = start + question.frames + self._time(rng, config.gap)
        own = [(begin, answer, answer.frames)]
        happens = rng.random()
        if happens < config.back_channel_share and self._short:
            word = self.asked[self._short[int(rng.integers(len(self._short)))]]
            heard.append((begin + round(rng.uniform(0.2, 0.7) * answer.frames), word))
        elif happens < config.back_channel_share + config.interrupted_share:
            more, other, _ = self._pair(rng, voice)
            at = begin + round(rng.uniform(0.2, 0.7) * answer.frames)
            kept = min(answer.frames, at + self._time(rng, config.cut_after) - begin)
            own = [(begin, answer, kept)]
            heard.append((at, more))
            again = max(begin + kept, at + more.frames) + self._time(rng, config.gap)
            own.append((again, other, other.frames))
        return self._laid(rng, heard, own, voice)

    def turn(self, rng: np.random.Generator) -> Turn:
        """A whole turn, then its answer; a turn without words is answered with nothing."""
        config = self._config
        chance = rng.random()
        voice = self._any_answer(rng)[1]
        if chance < config.silent_share + config.noisy_share:
            frames = self._time(rng, config.lead) + self._time(rng, config.gap)
            bed = self._quiet.heard(rng, max(1, frames), noisy=chance < config.noisy_share)
            return Turn(bed, (), self._answer(None, voice))
        question, answer, voice = self._pair(rng)
        return self._turn(rng, self._rested(rng, question), answer, voice)

    def spoken(self, rng: np.random.Generator) -> Talk:
        """Any answer, with nothing heard."""
        answer, voice = self._any_answer(rng)
        begin = self._time(rng, self._config.gap)
        return self._laid(rng, [], [(begin, answer, answer.frames)], voice)

    def listened(self, rng: np.random.Generator) -> Talk:
        """Any question, with nothing answered."""
        question = self._rested(rng, self.asked[int(rng.integers(len(self.asked)))])
        voice = self._any_answer(rng)[1]
        return self._laid(rng, [(self._time(rng, self._config.lead), question)], [], voice)

    def spoken_turn(self, rng: np.random.Generator) -> Turn:
        """Any answer, to a turn in which nothing is said."""
        answer, voice = self._any_answer(rng)
        return Turn(
            self._quiet.heard(rng, max(1, self._time(rng, self._config.gap))), (), self._answer(answer, voice)
        )

    def listened_turn(self, rng: np.random.Generator) -> Turn:
        """Any question, its answer left open."""
        question = self._rested(rng, self.asked[int(rng.integers(len(self.asked)))])
        return self._turn(rng, question, None, self._any_answer(rng)[1])

    def _turn(
        self, rng: np.random.Generator, question: Utterance, answer: Utterance | None, voice: VoiceOf
    ) -> Turn:
        start = self._time(rng, self._config.lead)
        frames = min(start + question.frames + self._time(rng, self._config.gap), self._longest)
        heard = self._quiet.heard(rng, frames)
        heard[:, start : start + question.frames] = question.codes[:, : frames - start]
        whole = start + question.words[-1].end <= frames
        return Turn(heard, tuple(question.pieces) if whole else (), self._answer(answer, voice))

    def _answer(self, answer: Utterance | None, voice: VoiceOf) -> Talk:
        """What is said after a turn, from its first frame to its end, and a tail for what comes late."""
        frames = min(answer.frames, self._longest) if answer else 0
        tail = max(self._streams.delays, default=0) + 1
        own = self._quiet.own(frames + 1 + tail)
        words = _within(answer.words, frames) if answer else ()
        text = self._own_text([(0, words, frames)], frames + 1 + tail)
        if answer:
            own[:, :frames] = answer.codes[:, :frames]
        speaking = np.arange(frames + 1 + tail) < frames
        nothing = np.full(frames + 1 + tail, self._streams.text_pad, np.int64)
        return Talk(own[:, :0], own, text, nothing, speaking, voice)

    def _laid(
        self,
        rng: np.random.Generator,
        heard: Sequence[tuple[int, Utterance]],
        own: Sequence[tuple[int, Utterance, int]],
        voice: VoiceOf,
    ) -> Talk:
        """Utterances where they begin; of the own ones also after how many frames they are cut."""
        ends = [at + said.frames for at, said in heard] + [at + kept for at, _, kept in own]
        frames = min(max(ends) + self._time(rng, self._config.tail), self._longest)
        coming = self._quiet.heard(rng, frames)
        going, speaking = self._quiet.own(frames), np.zeros(frames, bool)
        for at, said in heard:
            _paste(coming, said.codes, at)
        for at, said, kept in own:
            _paste(going, said.codes[:, :kept], at)
            speaking[at : at + kept] = True
        late = round(self._config.words_late / 1000 * self._rate)
        told = [(at + word.end + late, word.pieces) for at, said in heard for word in said.words]
        return Talk(
            coming,
            going,
            self._own_text([(at, _within(said.words, kept), kept) for at, said, kept in own], frames),
            laid(sorted(told), frames, self._streams, announced=False),
            speaking,
            voice,
        )

    def _own_text(self, said: Sequence[tuple[int, Sequence[SaidWord], int]], frames: int) -> Tokens:
        """The own words where they begin, and the end of each answer."""
        told: list[tuple[int, tuple[int, ...]]] = []
        ends = []
        for at, words, kept in said:
            told += [(at + word.start, word.pieces) for word in words]
            ends.append(at + kept)
        text = laid(told, frames, self._streams, announced=True)
        for end in ends:
            free = np.flatnonzero(text[end:] == self._streams.text_pad)
            if len(free):
                text[end + free[0]] = END
        return text

    def _nothing(self, rng: np.random.Generator, *, noisy: bool) -> Talk:
        frames = max(1, min(self._time(rng, (1000, 4000)), self._longest))
        nothing = np.full(frames, self._streams.text_pad, np.int64)
        heard, own = self._quiet.heard(rng, frames, noisy=noisy), self._quiet.own(frames)
        return Talk(heard, own, nothing, nothing, np.zeros(frames, bool), self._any_answer(rng)[1])

    def _pair(
        self, rng: np.random.Generator, voice: VoiceOf | None = None
    ) -> tuple[Utterance, Utterance, VoiceOf]:
        """A question and an answer that fits it; where possible in a voice that is already talking."""
        number = self._paired[int(rng.integers(len(self._paired)))]
        fitting = self.partners[number]
        same = [n for n in fitting if voice is not None and self.answered[n][1][:2] == voice[:2]]
        chosen = same or fitting
        answer, own = self.answered[chosen[int(rng.integers(len(chosen)))]]
        return self.asked[number], answer, self._auto(rng, own)

    def _any_answer(self, rng: np.random.Generator) -> tuple[Utterance, VoiceOf]:
        answer, voice = self.answered[int(rng.integers(len(self.answered)))]
        return answer, voice

    def _auto(self, rng: np.random.Generator, voice: VoiceOf) -> VoiceOf:
        return voice._replace(language=0) if rng.random() < self._config.auto_share else voice

    def _rested(self, rng: np.random.Generator, question: Utterance) -> Utterance:
        count = len(question.words)
        if count < 3 or rng.random() >= self._config.pause_share:
            return question
        rest = self._quiet.heard(rng, self._time(rng, self._config.pause))
        return question.with_rest(int(rng.integers(1, count)), rest.astype(np.uint16))

    def _time(self, rng: np.random.Generator, span: tuple[float, float]) -> int:
        """Milliseconds between two, as frames."""
        return round(rng.uniform(*span) / 1000 * self._rate)


def _within(words: Sequence[SaidWord], frames: int) -> tuple[SaidWord, ...]:
    return tuple(word for word in words if word.start < frames)


def _paste(into: Codes, codes: NDArray[np.uint16], at: int) -> None:
    room = max(0, into.shape[1] - at)
    into[:, at : at + codes.shape[1]] = codes[:, :room]
