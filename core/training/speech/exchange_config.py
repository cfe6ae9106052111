"""TrainExchangeConfig: how a model that answers by itself is trained, in turns or duplex."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import PalukuError
from core.training.learning import LearningConfig
from core.training.precision import Precision
from core.training.schedule import Schedule


@dataclass(frozen=True, kw_only=True)
class ExchangeConfig:
    """How what is asked and what is answered are laid beside each other. Times in milliseconds."""

    lead: tuple[float, float] = (100, 1200)
    """Before the first word."""
    gap: tuple[float, float] = (200, 700)
    """Between a question and its answer."""
    tail: tuple[float, float] = (300, 1000)
    pause_share: float = 0.3
    """Of the questions with three words or more, how many have a rest in their middle."""
    pause: tuple[float, float] = (300, 900)
    back_channel_share: float = 0.15
    """Of the answers, into how many the listener says a word without stopping them."""
    back_channel_longest: float = 900.0
    interrupted_share: float = 0.15
    """Of the answers, how many are cut by another question."""
    cut_after: tuple[float, float] = (200, 400)
    """From the interruption to the last sound of what is interrupted."""
    silent_share: float = 0.05
    noisy_share: float = 0.05
    """Of the examples, how many hold nothing that could be answered."""
    auto_share: float = 0.3
    """Of the examples, in how many the language of the answer is not told."""
    words_late: float = 80.0
    """How late a listener writes down a word."""
    longest: float = 20.0
    """Seconds of an example."""

    def __post_init__(self) -> None:
        shares = (self.pause_share, self.back_channel_share, self.interrupted_share, self.auto_share)
        nothing = self.silent_share + self.noisy_share
        if not all(0 <= share <= 1 for share in (*shares, self.silent_share, self.noisy_share, nothing)):
            raise PalukuError("The shares of exchanges go from 0 to 1.")
        spans = (self.lead, self.gap, self.tail, self.pause, self.cut_after)
        if self.longest <= 0 or not all(0 <= first <= last for first, last in spans):
            raise PalukuError("The times of exchanges go from a shorter to a longer one, none below zero.")


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """What is learned until a share of the budget is spent: weights of the three kinds of examples."""

    until: float
    speak: float = 0.0
    """Say given words."""
    hear: float = 0.0
    """Write down what is heard."""
    converse: float = 0.0
    """Everything at once."""

    @property
    def weights(self) -> tuple[float, float, float]:
        total = self.speak + self.hear + self.converse
        return self.speak / total, self.hear / total, self.converse / total


@dataclass(frozen=True, kw_only=True)
class StreamWeights:
    """How much each stream counts in the loss."""

    text: float = 1.0
    first: float = 1.0
    """The first codebook."""
    codes: float = 1.0
    """All other codebooks together."""
    words: float = 1.0
    """The words of the user."""
    pad: float = 0.3
    """Of a frame without text, against one with: there are many more of them."""
    silence: float = 0.1
    """Of the codes of a frame in which the model is silent, against one in which it speaks."""


_STAGES = (
    Mixture(until=0.3, speak=0.5, hear=0.5),
    Mixture(until=0.6, speak=0.25, hear=0.25, converse=0.5),
    Mixture(until=1.0, speak=0.1, hear=0.1, converse=0.8),
)


@dataclass(frozen=True, kw_only=True)
class TrainExchangeConfig:
    """How a Conformer or a duplex model is trained. Minutes are of training, over all starts."""

    minutes: float = 600.0
    codec_id: str = ""
    """What the codec is called where the model will be used; needed where it is given as a weights file."""
    items: int = 8
    code_steps: int = 96
    """Steps of a batch whose codes are learned: a depth model is dear."""
    text_pieces: int = 1024
    """The most pieces of text."""
    learning_rate: float = 6e-4
    plateau: float = 0.5
    stages: tuple[Mixture, ...] = _STAGES
    weights: StreamWeights = field(default_factory=StreamWeights)
    exchanges: ExchangeConfig = field(default_factory=ExchangeConfig)
    average: float = 0.998
    precision: Precision = "auto"
    tell_seconds: float = 20.0
    save_seconds: float = 300.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.minutes <= 0 or min(self.items, self.code_steps, self.text_pieces) < 1:
            raise PalukuError("Training needs minutes, items, code_steps and text_pieces above zero.")
        ends = [stage.until for stage in self.stages]
        mixed = all(sum((s.speak, s.hear, s.converse)) > 0 for s in self.stages)
        if not ends or ends != sorted(ends) or ends[-1] < 1 or not mixed:
            raise PalukuError(
                "The stages must follow each other until 1.0, and something must be learned in each.",
                "Begin with what --show-config prints.",
            )

    def mixture(self, spent: float) -> Mixture:
        """What is learned when this share of the budget is spent."""
        return next(stage for stage in self.stages if spent < stage.until or stage is self.stages[-1])

    def learning(self) -> LearningConfig:
        return LearningConfig(
            minutes=self.minutes,
            learning_rate=self.learning_rate,
            schedule=Schedule(warm_up=0.03, plateau=self.plateau),
            average=self.average,
            precision=self.precision,
            tell_seconds=self.tell_seconds,
            save_seconds=self.save_seconds,
            seed=self.seed,
        )
