"""TrainCodecConfig: how a codec is trained, as a frozen value and as a TOML file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.errors import PalukuError
from core.training.config_file import read_as, written
from core.training.discriminators import AdversaryConfig
from core.training.losses import LossWeights
from core.training.precision import Precision
from core.training.schedule import Schedule


@dataclass(frozen=True, kw_only=True)
class TrainCodecConfig:
    """How a codec is trained. Minutes are of training, over all the times it was started."""

    codec: str = "paluku-voice"
    minutes: float = 45.0
    items: int = 12
    seconds: float = 1.5
    learning_rate: float = 1e-3
    betas: tuple[float, float] = (0.8, 0.95)
    weight_decay: float = 0.0
    """For the matrices of Transformers."""
    clip: float = 1.0
    average: float = 0.995
    schedule: Schedule = field(default_factory=Schedule)
    weights: LossWeights = field(default_factory=LossWeights)
    semantic_delay_frames: int = 1
    """Frames by which the first codebook may tell its phoneme later than it sounds."""
    adversarial_from: float = 1.0
    """Share of the budget at which discriminators begin, and encoder and codebooks freeze; 1: never."""
    adversary: AdversaryConfig = field(default_factory=AdversaryConfig)
    settle_seconds: float = 900.0
    """Sound from which codebooks take their first codes, for codecs that can."""
    gain_db: tuple[float, float] = (-10.0, 4.0)
    """How much louder or softer the sounds of the corpora may become."""
    precision: Precision = "auto"
    tell_seconds: float = 20.0
    save_seconds: float = 120.0
    sample_minutes: float = 10.0
    """Between the moments at which a few sentences are kept as the codec makes them."""
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.minutes, self.learning_rate, self.items, self.seconds, self.sample_minutes) <= 0:
            raise PalukuError(
                "Training needs minutes, a learning rate, items, seconds and sample_minutes above zero."
            )
        if not (0 <= self.adversarial_from <= 1 and 0 <= self.average < 1):
            raise PalukuError("adversarial_from and average are shares, from 0 to 1.")

    def to_toml(self) -> str:
        return written(self)


# As the paper of Mimi trains it: no spectral losses, discriminators from the start, and a teacher of words.
MIMI_PAPER = TrainCodecConfig(
    codec="mimi",
    items=64,
    seconds=12.0,
    learning_rate=8e-4,
    betas=(0.5, 0.9),
    weight_decay=5e-2,
    average=0.99,
    schedule=Schedule(warm_up=0.0, plateau=1.0),
    weights=LossWeights(
        mel=0.0, spectrum=0.0, convergence=0.0, commitment=0.25, semantic=1.0, adversarial=4.0, features=4.0
    ),
    adversarial_from=0.0,
    adversary=AdversaryConfig(freeze=False, filters=32),
)

RECIPES = {"paluku-voice": TrainCodecConfig(), "mimi-paper": MIMI_PAPER}


def read_config(path: Path) -> TrainCodecConfig:
    """The config in a TOML file; a key that means nothing is an error."""
    return read_as(TrainCodecConfig, path)
