"""Teachers: what says, for a batch of sound, what the first codebook should carry."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor, nn

from core.nn.semantic import SemanticTarget, TargetKind
from core.training.corpus.phonemes import PHONEMES
from core.training.data import UNKNOWN, Batch


class Teacher(Protocol):
    """Something that gives targets to a SemanticHead."""

    kind: TargetKind
    out_dim: int
    """Width of the features, or how many labels there are."""

    def target(self, batch: Batch) -> SemanticTarget: ...


class PhonemeTeacher:
    """The phonemes that the corpus tells, a little late: a causal encoder must have heard them first."""

    kind: TargetKind = "frame_labels"
    out_dim = len(PHONEMES)

    def __init__(self, frame_rate: float, delay_frames: int = 0) -> None:
        self.frame_rate = frame_rate
        self.delay_frames = delay_frames

    def target(self, batch: Batch) -> SemanticTarget:
        labels = torch.roll(batch.phonemes, self.delay_frames, dims=1)
        labels[:, : self.delay_frames] = UNKNOWN
        known = labels != UNKNOWN
        return SemanticTarget("frame_labels", self.frame_rate, labels.clamp(min=0), known)


class FeatureTeacher:
    """A frozen network whose features are to be matched, as Mimi learned from WavLM."""

    kind: TargetKind = "features"

    def __init__(self, network: nn.Module, frame_rate: float, out_dim: int) -> None:
        self.network = network.eval().requires_grad_(False)
        self.frame_rate = frame_rate
        self.out_dim = out_dim

    def target(self, batch: Batch) -> SemanticTarget:
        with torch.no_grad():
            features: Tensor = self.network(batch.clean[:, None])  # [B, D, T]
        return SemanticTarget("features", self.frame_rate, features)


class ClusterTeacher:
    """A frozen network and the centres its features are sorted by, as HuBERT's labels are made."""

    kind: TargetKind = "frame_labels"

    def __init__(self, network: nn.Module, frame_rate: float, centres: Tensor) -> None:
        self.network = network.eval().requires_grad_(False)
        self.frame_rate = frame_rate
        self.centres = centres  # [labels, D]
        self.out_dim = len(centres)

    def target(self, batch: Batch) -> SemanticTarget:
        with torch.no_grad():
            features: Tensor = self.network(batch.clean[:, None])  # [B, D, T]
            labels = torch.cdist(features.transpose(1, 2), self.centres[None]).argmin(-1)
        return SemanticTarget("frame_labels", self.frame_rate, labels)
