"""VoiceConfig: how a voice codec is built."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from core.errors import ModelError
from core.nn.codecs.telugu import FASTEST_ATTENTION
from core.nn.quantize.gradient import Gradient
from core.nn.transformer import TransformerConfig


@dataclass(frozen=True, kw_only=True)
class VoiceConfig:
    """How a voice codec is built; the defaults are 16 kHz, 50 Hz and 4.05 kbit/s."""

    sample_rate: int = 16_000
    feature_rate: int = 100
    """Frames per second of pitch, of the spectra at both ends and of the ConvNeXt blocks."""
    attention_rate: int = 50
    """Frames per second of the Transformers."""
    frame_rate_divisor: int = 1
    """Transformer steps that make one frame of codes."""
    windows: int = 4
    """Feature frames in one window of a spectrum."""
    encoder: Literal["convnext", "seanet"] = "convnext"
    encoder_dim: int = 256
    encoder_layers: int = 4
    n_mels: int = 80
    n_filters: int = 24
    """Channels that a SEANet encoder begins with."""
    ratios: tuple[int, ...] = (8, 5, 4, 2)
    """Strides of a SEANet encoder, the last one first."""
    dim: int = 256
    n_layers: int = 2
    n_heads: int = 4
    hidden: int = 1024
    context_seconds: float = 5.0
    codebook_sizes: tuple[int, ...] = (2048, *(1024,) * 7)
    """The semantic codebook, the pitch contours where `codes_pitch`, and the acoustic ones."""
    codebook_dim: int = 8
    codes_pitch: bool = True
    """Whether the second codebook holds pitch; if not, the decoder finds it in the others."""
    decoder: Literal["source_filter", "istft"] = "source_filter"
    decoder_dim: int = 256
    decoder_hidden: int = 768
    decoder_blocks: int = 6
    look_ahead: int = 3
    """Feature frames by which the sound comes later, so that the decoder hears what follows it.

    Pitch is tracked about 27 ms late: with 3 it comes in time for the sound it belongs to.
    """
    quantizer_dropout: float = 0.5
    no_quantization_rate: float = 0.0
    gradient: Gradient = "straight_through"
    kmeans_iterations: int = 10
    dead_below: float = 0.1

    def __post_init__(self) -> None:
        if self.sample_rate % self.feature_rate or self.feature_rate % self.attention_rate:
            raise ModelError(
                f"{self.sample_rate} Hz, {self.feature_rate} and {self.attention_rate} frames do not fit.",
                "Each rate must divide the one before.",
            )
        if self.attention_rate > FASTEST_ATTENTION:
            raise ModelError(
                f"Transformers would run at {self.attention_rate} Hz: {FASTEST_ATTENTION:g} at most."
            )
        if self.dim % (2 * self.n_heads):
            raise ModelError(f"{self.n_heads} heads of even width do not fit into {self.dim} channels.")
        if len(self.codebook_sizes) < 2 + self.codes_pitch:
            raise ModelError("A voice codec needs a semantic codebook and one acoustic codebook at least.")
        if self.look_ahead < 0:
            raise ModelError("look_ahead cannot be negative.")
        if self.encoder == "seanet" and math.prod(self.ratios) * self.attention_rate != self.sample_rate:
            raise ModelError(
                f"Strides {self.ratios} do not make {self.attention_rate} frames a second.",
                f"The product of ratios must be {self.sample_rate // self.attention_rate}.",
            )

    @property
    def feature_hop(self) -> int:
        return self.sample_rate // self.feature_rate

    @property
    def upsample(self) -> int:
        """Feature frames for each Transformer step."""
        return self.feature_rate // self.attention_rate

    @property
    def steps(self) -> int:
        """Feature frames in one frame of codes."""
        return self.upsample * self.frame_rate_divisor

    @property
    def hop_length(self) -> int:
        return self.feature_hop * self.steps

    @property
    def acoustic_sizes(self) -> tuple[int, ...]:
        return self.codebook_sizes[2:] if self.codes_pitch else self.codebook_sizes[1:]

    @property
    def transformer(self) -> TransformerConfig:
        return TransformerConfig(
            dim=self.dim,
            n_layers=self.n_layers,
            n_heads=self.n_heads,
            hidden=self.hidden,
            context=round(self.context_seconds * self.attention_rate),
            layer_scale=0.01,
            step_size=self.frame_rate_divisor,
        )


VOICE_50HZ = VoiceConfig()
VOICE_12HZ = VoiceConfig(attention_rate=25, frame_rate_divisor=2)
VOICE_PRESETS: dict[str, VoiceConfig] = {
    "paluku-voice-transformer": VOICE_50HZ,
    "paluku-voice-istft": replace(VOICE_50HZ, decoder="istft"),
    "paluku-voice-24khz": replace(VOICE_50HZ, sample_rate=24_000),
    "paluku-voice-12hz": VOICE_12HZ,
    "paluku-voice-seanet-12hz": replace(
        VOICE_12HZ, sample_rate=24_000, encoder="seanet", n_filters=32, ratios=(8, 6, 5, 4), decoder="istft"
    ),
}
