"""The semantic hook: what teaches the first codebook to carry the words rather than the sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.errors import ModelError

# features: a teacher's vectors, such as WavLM's        -> cosine distance
# frame_labels: HuBERT clusters or aligned phonemes     -> cross-entropy
# label_sequence: the phonemes in order, without times  -> CTC
TargetKind = Literal["features", "frame_labels", "label_sequence"]

MAX_FRAMES_APART = 2


@dataclass(frozen=True, slots=True)
class SemanticTarget:
    """What the first codebook should say about a batch of sound."""

    kind: TargetKind
    frame_rate: float
    """Frames per second of `tensor` (not used by a label sequence)."""
    tensor: Tensor
    """features [B, D, T], frame labels [B, T] or a label sequence [B, L]."""
    mask: Tensor | None = None
    """[B, T] or [B, L]: True where the target counts. None: everywhere."""

    def __post_init__(self) -> None:
        dims = 3 if self.kind == "features" else 2
        if self.tensor.dim() != dims:
            raise ModelError(
                f"A semantic target of kind {self.kind} has {dims} axes, not {self.tensor.dim()}."
            )
        frames = (self.tensor.shape[0], self.tensor.shape[-1])
        if self.mask is not None and tuple(self.mask.shape) != frames:
            raise ModelError(
                f"The mask of a semantic target is {frames} like its frames, not {tuple(self.mask.shape)}."
            )

    def valid(self) -> Tensor:
        """The mask, made when there is none."""
        if self.mask is not None:
            return self.mask.bool()
        return torch.ones(
            self.tensor.shape[0], self.tensor.shape[-1], dtype=torch.bool, device=self.tensor.device
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SemanticConfig:
    """How a semantic head was built."""

    dim: int
    """Width of the quantised latent it reads."""
    kind: TargetKind
    out_dim: int
    """Width of the teacher's features, or how many labels there are (CTC's blank comes on top)."""
    label_smoothing: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in ("features", "frame_labels", "label_sequence"):
            raise ModelError(f"There is no semantic target of kind {self.kind!r}.")
        if min(self.dim, self.out_dim) < 1:
            raise ModelError("A semantic head needs positive widths.")


class SemanticHead(nn.Module):
    """A linear reading of the first codebook's straight-through output, and its distance from a target.

    It reads the quantised latent, not the codes: only there does a gradient reach the encoder.
    """

    def __init__(self, config: SemanticConfig) -> None:
        super().__init__()
        self.config = config
        blank = 1 if config.kind == "label_sequence" else 0
        self.project = nn.Linear(config.dim, config.out_dim + blank)

    def forward(self, quantized: Tensor, frame_rate: float, target: SemanticTarget) -> Tensor:
        """The loss of `quantized` [B, C, T], which runs at `frame_rate`, against the target."""
        if target.kind != self.config.kind:
            raise ModelError(f"This semantic head learns {self.config.kind}, and was given {target.kind}.")
        if target.kind == "label_sequence":
            return self._sequence_loss(quantized, target)
        quantized, target = match_rates(quantized, frame_rate, target)
        said = self.project(quantized.transpose(1, 2))  # [B, T, out_dim]
        if target.kind == "features":
            return self._feature_loss(said, target)
        return self._label_loss(said, target)

    def _feature_loss(self, said: Tensor, target: SemanticTarget) -> Tensor:
        if target.tensor.shape[1] != self.config.out_dim:
            wanted, given = self.config.out_dim, target.tensor.shape[1]
            raise ModelError(f"This semantic head was built for features of width {wanted}, not {given}.")
        distance = 1 - F.cosine_similarity(said, target.tensor.transpose(1, 2), dim=-1)  # [B, T]
        valid = target.valid()
        return (distance * valid).sum() / valid.sum().clamp(min=1)

    def _label_loss(self, said: Tensor, target: SemanticTarget) -> Tensor:
        valid = target.valid()
        loss = F.cross_entropy(
            said.transpose(1, 2), target.tensor, reduction="none", label_smoothing=self.config.label_smoothing
        )  # [B, T]
        return (loss * valid).sum() / valid.sum().clamp(min=1)

    def _sequence_loss(self, quantized: Tensor, target: SemanticTarget) -> Tensor:
        batch, _, frames = quantized.shape
        said = self.project(quantized.transpose(1, 2)).log_softmax(-1).transpose(0, 1)  # [T, B, labels + 1]
        valid = target.valid()
        heard = torch.full((batch,), frames, dtype=torch.long, device=quantized.device)
        # A sound with more labels than frames has no path: it counts as zero rather than as infinity.
        return F.ctc_loss(
            said, target.tensor, heard, valid.sum(1), blank=self.config.out_dim, zero_infinity=True
        )


def match_rates(
    quantized: Tensor, frame_rate: float, target: SemanticTarget
) -> tuple[Tensor, SemanticTarget]:
    """The latent and the target at the slower of their two frame rates, trimmed to the same length."""
    if target.frame_rate >= frame_rate:
        frames = round(target.tensor.shape[-1] * frame_rate / target.frame_rate)
        tensor, valid = _slow_target(target, target.frame_rate / frame_rate, frames)
    else:
        frames = round(quantized.shape[-1] * target.frame_rate / frame_rate)
        quantized = F.adaptive_avg_pool1d(quantized, max(frames, 1))
        tensor, valid = target.tensor, target.valid()
    apart = abs(quantized.shape[-1] - tensor.shape[-1])
    if apart > MAX_FRAMES_APART:
        raise ModelError(
            f"A semantic target has {tensor.shape[-1]} frames where the codec has {quantized.shape[-1]}.",
            "Check the target's frame rate, and that both come from the same piece of sound.",
        )
    shared = min(quantized.shape[-1], tensor.shape[-1])
    slowed = SemanticTarget(
        target.kind, min(frame_rate, target.frame_rate), tensor[..., :shared], valid[:, :shared]
    )
    return quantized[..., :shared], slowed


def _slow_target(target: SemanticTarget, ratio: float, frames: int) -> tuple[Tensor, Tensor]:
    """`ratio` frames of the target in one: features averaged over twice that, labels by the middle."""
    valid = target.valid()
    if ratio == 1:
        return target.tensor, valid
    length = target.tensor.shape[-1]
    middle = ((torch.arange(frames, device=valid.device) + 0.5) * ratio).long().clamp(max=length - 1)
    if target.kind == "frame_labels":
        return target.tensor[:, middle], valid[:, middle]
    if ratio != round(ratio):
        return F.interpolate(target.tensor, size=frames, mode="linear"), valid[:, middle]
    step = round(ratio)
    # Mimi's pooling: kernel 8 and stride 4 from 50 to 12.5 Hz, over what counts.
    weight = valid[:, None].to(target.tensor.dtype)  # [B, 1, T]
    sums = _pool(target.tensor * weight, step)
    counts = _pool(weight, step)
    return (sums / counts.clamp(min=1e-8))[..., :frames], counts[:, 0, :frames] > 0


def _pool(x: Tensor, step: int) -> Tensor:
    return F.avg_pool1d(F.pad(x, (step // 2, step + step // 2)), 2 * step, step)
