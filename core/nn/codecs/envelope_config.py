"""EnvelopeConfig: how an envelope codec is built."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import ModelError
from core.nn.fourier import FourierConfig
from core.nn.quantize.euclidean import AverageConfig
from core.nn.quantize.predictive import PredictiveVQConfig
from core.nn.quantize.residual import ResidualVQConfig

KMEANS_ITERATIONS = 12  # codebooks start from minutes of sound, not from one batch: few rounds will do


@dataclass(frozen=True, kw_only=True)
class EnvelopeConfig:
    """How an envelope codec is built; the defaults are 16 kHz, 50 Hz and 4.05 kbit/s."""

    sample_rate: int = 16_000
    feature_rate: int = 100
    """Spectra and pitches per second."""
    steps: int = 2
    """Spectra in one frame of codes."""
    windows: int = 4
    """Feature hops in the window of a spectrum."""
    n_mels: int = 80
    encoder_dim: int = 192
    encoder_blocks: int = 4
    context_dim: int = 64
    """Channels of a latent that say what the envelopes alone do not."""
    codebook_sizes: tuple[int, ...] = (2048, *(1024,) * 7)
    """What is said, at which pitch, and the envelopes."""
    semantic_dim: int = 32
    acoustic_dim: int = 64
    decoder_dim: int = 256
    decoder_blocks: int = 6
    look_ahead: int = 3
    """Spectra by which the sound comes later, so that the decoder hears what follows it.

    Pitch is tracked about 27 ms late: with 3 it comes in time for the sound it belongs to.
    """
    leak: float = 0.7
    """How much of the decoded frame before goes into the next one; 0: every frame for itself."""
    voiced_threshold: float = 0.5
    """Periodicity above which a sound has a pitch: voice coded as noise hisses."""
    quantizer_dropout: float = 0.1

    def __post_init__(self) -> None:
        if self.sample_rate % self.feature_rate:
            raise ModelError(
                f"{self.sample_rate} Hz cannot be cut into {self.feature_rate} spectra a second."
            )
        if len(self.codebook_sizes) < 3:
            raise ModelError("An envelope codec needs codebooks for words, for pitch and for envelopes.")
        if min(self.steps, self.look_ahead, self.encoder_blocks, self.decoder_blocks) < 1:
            raise ModelError("steps, look_ahead and blocks must be 1 or more.")

    @property
    def feature_hop(self) -> int:
        return self.sample_rate // self.feature_rate

    @property
    def hop_length(self) -> int:
        return self.feature_hop * self.steps

    @property
    def fourier(self) -> FourierConfig:
        return FourierConfig(n_fft=self.windows * self.feature_hop, hop=self.feature_hop)

    @property
    def envelope_dim(self) -> int:
        """Channels of a latent that are envelopes."""
        return self.n_mels * self.steps

    @property
    def dim(self) -> int:
        return self.envelope_dim + self.context_dim

    @property
    def semantic(self) -> ResidualVQConfig:
        sizes = self.codebook_sizes[:1]
        return ResidualVQConfig(
            dim=self.dim,
            codebook_dim=self.semantic_dim,
            codebook_sizes=sizes,
            average=AverageConfig(kmeans_iterations=KMEANS_ITERATIONS),
        )

    @property
    def acoustic(self) -> PredictiveVQConfig:
        return PredictiveVQConfig(
            dim=self.dim,
            codebook_dim=self.acoustic_dim,
            codebook_sizes=self.codebook_sizes[2:],
            leak=self.leak,
            average=AverageConfig(kmeans_iterations=KMEANS_ITERATIONS, check_every=20),
            quantizer_dropout=self.quantizer_dropout,
        )


ENVELOPE_50HZ = EnvelopeConfig()
ENVELOPE_25HZ = EnvelopeConfig(steps=4)
