"""DualCodec: a codec whose first codes come from the features of a speech model, and the rest from sound."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.errors import ModelError
from core.nn.chain import Chain
from core.nn.codecs.centred import CentredConvNeXtBlock
from core.nn.codecs.dac import check_halving, check_rates
from core.nn.codecs.dac_layers import DacConvs, DacDecoder, DacEncoder, init_dac_weights
from core.nn.codecs.mel_features import MelFeatures, MelFeaturesConfig
from core.nn.codecs.model import CodecModel, Reconstruction
from core.nn.convnext import ConvNeXtBlock
from core.nn.quantize.base import Quantized
from core.nn.quantize.factorised import FactorisedVQ, FactorisedVQConfig
from core.nn.semantic import SemanticConfig, SemanticHead
from core.nn.state import part
from core.nn.streaming import State, Streaming

DECODER_KERNEL = 7


@dataclass(frozen=True, kw_only=True)
class DualCodecConfig:
    """How a DualCodec was built; the defaults are the released `25hz_v1`."""

    sample_rate: int = 24_000
    encoder_dim: int = 64
    encoder_rates: tuple[int, ...] = (4, 5, 6, 8)
    latent_dim: int | None = None
    """None: the width the acoustic encoder ends with."""
    decoder_dim: int = 1536
    decoder_rates: tuple[int, ...] = (8, 6, 5, 4)
    n_codebooks: int = 11
    """Acoustic codebooks; the semantic one comes on top."""
    codebook_size: int = 1024
    codebook_dim: int = 8
    semantic_codebook_size: int = 16_384
    semantic_codebook_dim: int = 8
    quantizer_dropout: float = 1.0
    """Share of a batch that trains with a random number of acoustic codebooks."""
    convnext_dim: int = 768
    convnext_layers: int = 4
    convnext_hidden: int = 2048
    decode_semantic_for_codec: bool = True
    """Subtract the decoded semantic feature from the acoustic latent; False: the quantised one."""
    is_causal: bool = True
    """Whether the ConvNeXt blocks see the past only. The acoustic convolutions follow with `streaming`."""
    streaming: bool = False
    """Make every convolution causal, so that the codec works live. The released ones look both ways."""
    look_ahead: int = 0
    """Future frames that the first convolution of the decoder uses; the sound comes that much later."""
    semantic_dim: int = 1024
    """Width of the features: hidden state 17 of w2v-bert-2.0, or of whatever stands in for it."""
    semantic_frame_rate: float = 50.0
    semantic_downsample_factor: int = 2
    distill: bool = False
    """Teach the first acoustic codebook as well (never used in the released models)."""
    distill_projection_out_dim: int = 1024
    mel_features: MelFeaturesConfig | None = None
    """Features of the codec's own, causal and trained with it, in place of w2v-bert's."""
    bypass_rate: float = 0.125
    """Share of the training batches that are decoded from the semantic codes alone."""
    weight_norm: bool = False

    def __post_init__(self) -> None:
        check_rates(self.encoder_rates, self.decoder_rates)
        check_halving(self.decoder_dim, self.decoder_rates)
        self._check_widths()
        self._check_rates_meet()
        self._check_causality()
        self._check_features()

    @property
    def hop_length(self) -> int:
        return math.prod(self.encoder_rates)

    @property
    def latent_width(self) -> int:
        return self.latent_dim or self.encoder_dim << len(self.encoder_rates)

    def _check_widths(self) -> None:
        """The semantic feature is subtracted from the acoustic latent: they must be equally wide."""
        name = "semantic_dim" if self.decode_semantic_for_codec else "convnext_dim"
        width: int = getattr(self, name)
        if self.latent_width != width:
            raise ModelError(
                f"The acoustic latent is {self.latent_width} wide, and what is subtracted from it {width}.",
                f"Make encoder_dim x 2^{len(self.encoder_rates)} (or latent_dim) equal to {name}"
                + (", or set decode_semantic_for_codec." if name == "convnext_dim" else "."),
            )

    def _check_rates_meet(self) -> None:
        acoustic = self.sample_rate / self.hop_length
        semantic = self.semantic_frame_rate / self.semantic_downsample_factor
        if acoustic != semantic:
            raise ModelError(
                f"Acoustic frames come at {acoustic:g} Hz and semantic ones at {semantic:g} Hz.",
                "Change encoder_rates or semantic_downsample_factor until both are the same.",
            )

    def _check_causality(self) -> None:
        if self.streaming and not self.is_causal:
            raise ModelError("A streaming DualCodec must be causal.", "Set is_causal as well.")
        if self.look_ahead and not self.streaming:
            raise ModelError("look_ahead is for a streaming DualCodec.", "Set streaming, or look_ahead = 0.")
        if not 0 <= self.look_ahead < DECODER_KERNEL:
            raise ModelError(
                f"look_ahead is between 0 and {DECODER_KERNEL - 1} frames, not {self.look_ahead}."
            )

    def _check_features(self) -> None:
        if (mel := self.mel_features) is None:
            return
        given = (mel.sample_rate, mel.frame_rate, mel.out_dim)
        wanted = (self.sample_rate, self.semantic_frame_rate, self.semantic_dim)
        if given != wanted:
            raise ModelError(
                f"The features of a DualCodec are {wanted} (sample rate, frame rate, width), not {given}."
            )


DUALCODEC_25HZ_V1 = DualCodecConfig()
DUALCODEC_12HZ_V1 = DualCodecConfig(
    encoder_dim=32,
    encoder_rates=(4, 5, 6, 8, 2),
    decoder_rates=(2, 8, 6, 5, 4),
    n_codebooks=7,
    codebook_size=4096,
    semantic_downsample_factor=4,
)
DUALCODEC_12HZ_LIVE = replace(DUALCODEC_12HZ_V1, streaming=True, mel_features=MelFeaturesConfig())


class DualCodec(CodecModel):
    """A ConvNeXt path for what is said and a DAC for what is left of the sound."""

    def __init__(self, config: DualCodecConfig, features: Streaming | None = None) -> None:
        """`features` turns sound [B, 1, T] into [B, semantic_dim, T'] where the config has none."""
        super().__init__()
        self.config = config
        width = config.latent_width
        convs = DacConvs(causal=config.streaming, weight_norm=config.weight_norm)
        point = DacConvs(causal=config.is_causal, weight_norm=config.weight_norm)
        self.semantic_encoder = Chain(
            point.same(config.semantic_dim, config.convnext_dim, 1), *self._convnext()
        )
        self.semantic_quantizer = FactorisedVQ(
            FactorisedVQConfig(
                dim=config.convnext_dim,
                codebook_dim=config.semantic_codebook_dim,
                codebook_sizes=(config.semantic_codebook_size,),
                weight_norm=config.weight_norm,
            )
        )
        self.semantic_decoder = Chain(
            *self._convnext(), point.same(config.convnext_dim, config.semantic_dim, 1)
        )
        self.encoder = DacEncoder(config.encoder_dim, config.encoder_rates, width, convs)
        self.quantizer = FactorisedVQ(
            FactorisedVQConfig(
                dim=width,
                codebook_dim=config.codebook_dim,
                codebook_sizes=(config.codebook_size,) * config.n_codebooks,
                weight_norm=config.weight_norm,
                quantizer_dropout=config.quantizer_dropout,
            )
        )
        self.decoder = DacDecoder(width, config.decoder_dim, config.decoder_rates, convs)
        for acoustic in self.encoder, self.quantizer, self.decoder:
            acoustic.apply(init_dac_weights)
        self.distill_head = self._make_distill_head()
        self.features = MelFeatures(config.mel_features) if config.mel_features else features
        self.spec = CodecSpec(
            format=AudioFormat(config.sample_rate, config.hop_length),
            codebook_sizes=(config.semantic_codebook_size, *self.quantizer.codebook_sizes),
            delay_samples=config.look_ahead * config.hop_length,
            streaming=config.streaming,
        )

    def _convnext(self) -> list[Streaming]:
        config = self.config
        block = ConvNeXtBlock if config.is_causal else CentredConvNeXtBlock
        return [block(config.convnext_dim, config.convnext_hidden) for _ in range(config.convnext_layers)]

    def _make_distill_head(self) -> SemanticHead | None:
        if not self.config.distill:
            return None
        width, out_dim = self.config.latent_width, self.config.distill_projection_out_dim
        return SemanticHead(SemanticConfig(dim=width, kind="features", out_dim=out_dim))

    def encoder_state(self, batch: int) -> State:
        state: State = {
            "semantic_encoder": self.semantic_encoder.initial_state(batch),
            "semantic_decoder": self.semantic_decoder.initial_state(batch),
            "encoder": self.encoder.initial_state(batch),
        }
        if self.features is not None:
            state["features"] = self.features.initial_state(batch)
        return state

    def decoder_state(self, batch: int) -> State:
        return {
            "semantic_decoder": self.semantic_decoder.initial_state(batch),
            "decoder": self.decoder.initial_state(batch),
        }

    def encode(self, pcm: Tensor, state: State, n_codebooks: int | None = None) -> tuple[Tensor, State]:
        if self.features is None:
            raise ModelError(
                "DualCodec needs semantic features to encode, and none are connected.",
                "Fetch w2v-bert-2.0, or give the features yourself. Decoding works without them.",
            )
        features, heard = self.features(pcm, part(state, "features"))
        codes, after = self.encode_with(pcm, features, state, n_codebooks)
        return codes, {**after, "features": heard}

    def encode_with(
        self, pcm: Tensor, features: Tensor, state: State, n_codebooks: int | None = None
    ) -> tuple[Tensor, State]:
        """Sound [B, 1, T] and its features [B, semantic_dim, T'] -> codes, the semantic ones first."""
        after = State(state)
        frames, after["semantic_encoder"] = self.semantic_encoder(
            self.pool(features), part(state, "semantic_encoder")
        )
        semantic_codes = self.semantic_quantizer.encode(frames)
        quantized = self.semantic_quantizer.decode(semantic_codes)
        semantic, after["semantic_decoder"] = self._semantic(quantized, part(state, "semantic_decoder"))
        latent, after["encoder"] = self.encoder(pcm, part(state, "encoder"))
        if n_codebooks == 1:
            return semantic_codes, after
        shared = _shared_frames(latent, semantic)
        rest = latent[..., :shared] - semantic[..., :shared]
        codes = self.quantizer.encode(rest, None if n_codebooks is None else n_codebooks - 1)
        return torch.cat([semantic_codes[..., :shared], codes], dim=1), after

    def decode(self, codes: Tensor, state: State) -> tuple[Tensor, State]:
        after: State = {}
        quantized = self.semantic_quantizer.decode(codes[:, :1])
        latent, after["semantic_decoder"] = self._semantic(quantized, part(state, "semantic_decoder"))
        if codes.shape[1] > 1:
            latent = self.quantizer.decode(codes[:, 1:]) + latent
        pcm, after["decoder"] = self.decoder(latent, part(state, "decoder"))
        return self.whole_frames(pcm, codes.shape[-1]), after

    def forward(self, pcm: Tensor, features: Tensor | None = None) -> Reconstruction:
        """A batch there and back, for training; `losses` adds those of the semantic path by name."""
        batch = pcm.shape[0]
        if features is None and self.features is not None:
            features, _ = self.features(pcm, self.features.initial_state(batch))
        if features is None:
            raise ModelError("DualCodec learns from semantic features, and none were given.")
        state, pooled = self.encoder_state(batch), self.pool(features)
        frames, _ = self.semantic_encoder(pooled, part(state, "semantic_encoder"))
        said: Quantized = self.semantic_quantizer(frames)
        decoded, _ = self.semantic_decoder(said.quantized, part(state, "semantic_decoder"))
        semantic = decoded if self.config.decode_semantic_for_codec else said.quantized
        latent, _ = self.encoder(pcm, part(state, "encoder"))
        shared = _shared_frames(latent, semantic)
        semantic = semantic[..., :shared]
        heard: Quantized = self.quantizer(latent[..., :shared] - semantic)
        bypass = self.training and float(torch.rand(())) < self.config.bypass_rate
        summed = semantic if bypass else heard.quantized + semantic
        losses = {} if bypass else dict(heard.losses)
        losses |= {f"semantic_{name}": loss for name, loss in said.losses.items()}
        losses["semantic_features"] = F.mse_loss(decoded, pooled)
        codes = torch.cat([said.codes[..., :shared], heard.codes], dim=1)
        quantized = Quantized(quantized=summed, codes=codes, first=heard.first, losses=losses)
        return Reconstruction(self._sound(summed, batch), quantized)

    def pool(self, features: Tensor) -> Tensor:  # [B, C, T'] -> [B, C, T]
        """Features at the codec's frame rate."""
        return F.avg_pool1d(features, self.config.semantic_downsample_factor)

    def _semantic(self, quantized: Tensor, state: State) -> tuple[Tensor, State]:
        """What is subtracted from the acoustic latent in encoding and added back in decoding."""
        if not self.config.decode_semantic_for_codec:
            return quantized, state
        decoded: tuple[Tensor, State] = self.semantic_decoder(quantized, state)
        return decoded

    def _sound(self, latent: Tensor, batch: int) -> Tensor:
        """Sound at its own time: the delay of the look-ahead is waited for and cut off."""
        delay = self.config.look_ahead
        waited = F.pad(latent, (0, delay))
        pcm, _ = self.decoder(waited, self.decoder.initial_state(batch))
        return self.whole_frames(pcm, waited.shape[-1])[..., delay * self.config.hop_length :]


def _shared_frames(latent: Tensor, semantic: Tensor) -> int:
    """Frames both paths have: features of a whole file may end a frame or two early or late."""
    acoustic, said = latent.shape[-1], semantic.shape[-1]
    if abs(acoustic - said) > 2:
        raise ModelError(
            f"The features make {said} frames where the sound makes {acoustic}.",
            "Features and sound must be of the same piece.",
        )
    return min(acoustic, said)
