"""TrainTalkConfig: how a speech model of ear, pronouncer and mouth is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import PalukuError
from core.nn.s2s.conformer_layers import ConformerStackConfig
from core.training.learning import LearningConfig
from core.training.precision import Precision
from core.training.schedule import Schedule
from core.training.speech.hearing import HearingConfig
from core.training.speech.speaking import SpeakingConfig

STAGES = ("pronounce", "hear", "speak")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One of the parts that learn one after another: its share of the budget, and how fast it learns."""

    share: float
    learning_rate: float
    plateau: float = 0.45
    """Share of its own budget at which the rate begins to fall."""


@dataclass(frozen=True, kw_only=True)
class WordsConfig:
    """The words that a pronouncer learns beside those of the corpus, and what is usually said."""

    domain: int = 100_000
    """The most words of the domain and of daily sentences."""
    listed: int = 30_000
    """The most words of a list of one's own."""
    made_up: int = 8_000
    """Telugu words of random letters, so that no combination of letters is new."""
    repeats: int = 3
    """How often words of the corpus and the domain are met for each time that the others are."""
    usual: int = 20_000
    """Sentences of each language from which is counted what is usually said."""
    known: int = 5_000
    """The first words of a list of one's own, that are looked for in speech though nobody asks them here."""


@dataclass(frozen=True, kw_only=True)
class MouthShape:
    """How wide and deep a mouth is."""

    piece_dim: int = 192
    frame_dim: int = 256
    frame_blocks: int = 6


@dataclass(frozen=True, kw_only=True)
class PronouncerShape:
    """How wide and deep a pronouncer is."""

    dim: int = 160
    n_layers: int = 5


@dataclass(frozen=True, kw_only=True)
class TrainTalkConfig:
    """How ear, pronouncer and mouth are trained. Minutes are of training, over all starts and stages."""

    minutes: float = 240.0
    codec_id: str = "paluku-voice"
    """What the codec is called where the model will be used."""
    pronounce: Stage = field(default_factory=lambda: Stage(share=0.05, learning_rate=2e-3, plateau=0.4))
    hear: Stage = field(default_factory=lambda: Stage(share=0.55, learning_rate=1.5e-3))
    speak: Stage = field(default_factory=lambda: Stage(share=0.4, learning_rate=1.2e-3))
    words: WordsConfig = field(default_factory=WordsConfig)
    hearing: HearingConfig = field(default_factory=lambda: HearingConfig(frames=2400))
    speaking: SpeakingConfig = field(default_factory=SpeakingConfig)
    ear: ConformerStackConfig = field(
        default_factory=lambda: ConformerStackConfig(
            dim=192, n_layers=6, n_heads=4, hidden=576, kernel_size=15, context=100, step_size=1
        )
    )
    mouth: MouthShape = field(default_factory=MouthShape)
    pronouncer: PronouncerShape = field(default_factory=PronouncerShape)
    average: float = 0.998
    precision: Precision = "auto"
    tell_seconds: float = 20.0
    save_seconds: float = 120.0
    seed: int = 0

    def __post_init__(self) -> None:
        shares = [stage.share for stage in self.stages.values()]
        if self.minutes <= 0 or min(shares) <= 0 or abs(sum(shares) - 1) > 1e-6:
            raise PalukuError(
                "Training needs minutes above zero, and the shares of its stages must sum to one.",
                f"They are {', '.join(f'{name} {stage.share:g}' for name, stage in self.stages.items())}.",
            )

    @property
    def stages(self) -> Mapping[str, Stage]:
        return {name: getattr(self, name) for name in STAGES}

    def learning(self, stage: str) -> LearningConfig:
        """The budget and pace of one stage."""
        told = self.stages[stage]
        return LearningConfig(
            minutes=self.minutes * told.share,
            learning_rate=told.learning_rate,
            schedule=Schedule(warm_up=0.03, plateau=told.plateau),
            average=self.average,
            precision=self.precision,
            tell_seconds=self.tell_seconds,
            save_seconds=self.save_seconds,
            seed=self.seed,
        )
