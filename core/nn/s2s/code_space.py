"""CodeSpace: the few numbers that codes of an envelope codec stand for, and the codes nearest to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor, nn

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.pitch_code import contour, stacked
from core.nn.quantize.base import full_precision
from core.nn.quantize.kmeans import nearest
from core.nn.state import tensor
from core.nn.streaming import State


@dataclass(frozen=True, kw_only=True)
class CodeSpaceConfig:
    """The shape of a space of codes."""

    codebook_sizes: tuple[int, ...] = (2048, *(1024,) * 7)
    semantic_dim: int = 32
    contour_dim: int = 4
    """Voicing and height of each estimate of pitch in a frame."""
    acoustic_dim: int = 64

    @property
    def dim(self) -> int:
        return self.semantic_dim + self.contour_dim + self.acoustic_dim

    @property
    def parts(self) -> tuple[int, int, int]:
        return self.semantic_dim, self.contour_dim, self.acoustic_dim


class CodeSpace(nn.Module):
    """What is said, pitch, and envelopes as numbers around zero, near one; to and from codes.

    A model that hears or speaks such numbers need not learn what thousands of codes mean. Envelopes are coded
    as what the frame before did not let expect: the memory of both directions is that decoded frame.
    """

    semantic: Tensor
    contours: Tensor
    acoustic: Tensor
    prediction: Tensor
    middle: Tensor
    mean: Tensor
    spread: Tensor

    def __init__(self, config: CodeSpaceConfig) -> None:
        super().__init__()
        self.config = config
        sizes = config.codebook_sizes
        self.register_buffer("semantic", torch.zeros(sizes[0], config.semantic_dim))
        self.register_buffer("contours", torch.zeros(sizes[1], config.contour_dim))
        self.register_buffer("acoustic", torch.zeros(len(sizes) - 2, sizes[2], config.acoustic_dim))
        self.register_buffer("prediction", torch.zeros(config.acoustic_dim, config.acoustic_dim))
        self.register_buffer("middle", torch.zeros(config.acoustic_dim))
        self.register_buffer("mean", torch.zeros(config.dim))
        self.register_buffer("spread", torch.ones(config.dim))

    @classmethod
    def of(cls, codec: EnvelopeCodec) -> Self:
        """The space of a codec, not yet centred (see `centre`)."""
        (words,) = codec.quantizer.semantic.codebooks
        acoustic = codec.quantizer.acoustic
        books = torch.stack([book.embedding for book in acoustic.codebooks])  # type: ignore[misc]
        config = CodeSpaceConfig(
            codebook_sizes=codec.config.codebook_sizes,
            semantic_dim=codec.config.semantic_dim,
            contour_dim=2 * codec.config.steps,
            acoustic_dim=codec.config.acoustic_dim,
        )
        made = cls(config)
        made.load_state_dict(
            {
                "semantic": words.embedding,
                "contours": codec.pitch_code.contours.embedding,
                "acoustic": books,
                "prediction": acoustic.config.leak * acoustic.prediction,
                "middle": acoustic.middle,
                "mean": made.mean,
                "spread": made.spread,
            }
        )
        return made

    @torch.no_grad()
    def centre(self, frames: Tensor) -> None:
        """Set what is zero and what is one, from frames [N, D] as they come out of `raw`."""
        self.mean.copy_(frames.mean(dim=0))
        self.spread.copy_(frames.std(dim=0).clamp(min=1e-2))

    def initial_state(self, batch: int) -> State:
        return {"decoded": self.middle.new_zeros(batch, self.config.acoustic_dim)}

    def heard(self, codes: Tensor, state: State) -> tuple[Tensor, State]:  # [B, K, T] -> [B, T, D]
        """Codes as numbers."""
        words = self.semantic[codes[:, 0]]  # [B, T, D']
        melody = self.contours[codes[:, 1]]
        said = sum(book[codes[:, 2 + number]] for number, book in enumerate(self.acoustic))
        assert isinstance(said, Tensor)
        past, envelopes = tensor(state, "decoded"), []
        for now in said.unbind(dim=1):
            past = past @ self.prediction + now
            envelopes.append(past + self.middle)
        frames = torch.cat([words, melody, torch.stack(envelopes, dim=1)], dim=-1)
        return (frames - self.mean) / self.spread, {"decoded": past}

    def spoken(self, frames: Tensor, state: State) -> tuple[Tensor, State]:  # [B, T, D] -> [B, K, T]
        """The codes nearest to numbers."""
        wanted = frames * self.spread + self.mean
        words, melody, envelopes = torch.split(wanted, list(self.config.parts), dim=-1)
        past, rows = tensor(state, "decoded"), []
        with full_precision(frames):
            for now in envelopes.unbind(dim=1):
                expected = past @ self.prediction
                rest, levels = now - self.middle - expected, []
                for book in self.acoustic:
                    chosen = nearest(rest, book)
                    rest = rest - book[chosen]
                    levels.append(chosen)
                past = now - self.middle - rest
                rows.append(torch.stack(levels, dim=1))
            first = [_nearest(words, self.semantic), _nearest(melody, self.contours)]
        return torch.cat([torch.stack(first, dim=1), torch.stack(rows, dim=2)], dim=1), {"decoded": past}


@torch.no_grad()
def raw(codec: EnvelopeCodec, pcm: Tensor) -> Tensor:  # [B, 1, T] -> [B, frames, D]
    """What a codec would code of whole utterances, before it is coded and not centred."""
    latent, pitch, _ = codec.encoder.hear(pcm, codec.encoder.initial_state(pcm.shape[0]))
    parts = [
        codec.quantizer.semantic.input_proj(latent),
        stacked(contour(pitch), codec.config.steps),
        codec.quantizer.acoustic.input_proj(latent),
    ]
    return torch.cat(parts, dim=1).transpose(1, 2)


def _nearest(x: Tensor, book: Tensor) -> Tensor:  # [B, T, D], [N, D] -> [B, T]
    return nearest(x.flatten(0, 1), book).reshape(x.shape[:2])
