"""FrameStep: one step of a decoder with the drawing of its tokens, as a graph would hold it."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.sampling import draw
from core.nn.s2s.streams import FREE, NOTHING
from core.nn.s2s.voice import VoiceTokens
from core.nn.streaming import State
from core.s2s.sampling import SpeechSampling


class StepInputs(NamedTuple):
    """All that a step is given beside its memory. M is the number of streams that the model makes."""

    tokens: Tensor  # [B, S]: of the step before
    forced: Tensor  # [B, M]: tokens that are given; FREE where the model draws
    word: Tensor  # [B]: the piece of text to be said next; NOTHING if the model speaks for itself
    patient: Tensor  # [B] of bool: whether the model chooses when that piece begins
    noise: Tensor  # [B, M] in [0, 1)
    voice: VoiceTokens


class StepResult(NamedTuple):
    """What came out of a step."""

    tokens: Tensor  # [B, M]
    word_said: Tensor  # [B] of bool: whether the piece that was to be said has begun
    sane: Tensor  # [B] of bool: whether all the model computed was finite
    extra: Tensor  # [B, heads, classes]: probabilities of the extra heads


class FrameStep(nn.Module):
    """One step of a speech decoder: tensors in, tensors out, nothing decided outside."""

    def __init__(self, decoder: SpeechDecoder, sampling: SpeechSampling) -> None:
        super().__init__()
        self.decoder = decoder
        self.sampling = sampling
        self.streams = decoder.config.streams
        self.n_own = len(self.streams.own_sizes)

    def forward(self, inputs: StepInputs, state: State) -> tuple[StepResult, State]:
        hidden, after = self.decoder(inputs.tokens[..., None], state, inputs.voice)
        hidden = hidden[:, 0]  # [B, D]
        sane = hidden.isfinite().all(dim=-1)
        made: list[Tensor] = []
        text, word_said = None, torch.zeros_like(inputs.patient)
        if self.decoder.text_head is not None:
            logits = self.decoder.text_head(hidden)
            sane = sane & logits.isfinite().all(dim=-1)
            text, word_said = self._text(logits, inputs)
            made.append(text[:, None])
        first = self.streams.own.start
        own = slice(first, first + self.n_own)
        if self.n_own:
            codes, finite = self._codes(hidden, text, inputs.forced[:, own], inputs.noise[:, own])
            sane = sane & finite
            made.append(codes)
        if self.decoder.heard_text_head is not None:
            logits = self.decoder.heard_text_head(hidden)
            sane = sane & logits.isfinite().all(dim=-1)
            heard = draw(logits, inputs.noise[:, -1], self.sampling.heard_text)
            made.append(_given(inputs.forced[:, -1], heard)[:, None])
        extra = [head(hidden).float().softmax(dim=-1) for head in self.decoder.extra_heads]
        size = self.decoder.config.extra_head_size
        return StepResult(
            tokens=torch.cat(made, dim=1),
            word_said=word_said,
            sane=sane,
            extra=torch.stack(extra, dim=1) if extra else hidden.new_zeros(len(hidden), 0, size),
        ), after

    def _text(self, logits: Tensor, inputs: StepInputs) -> tuple[Tensor, Tensor]:  # [B, V] -> [B], [B]
        """The piece of text, and whether it is the one that was to be said."""
        streams = self.streams
        drawn = draw(logits, inputs.noise[:, 0], self.sampling.text)
        rests = (drawn == streams.text_pad) | (drawn == streams.text_pad_end)
        says = (inputs.word != NOTHING) & ~(inputs.patient & rests) & (inputs.forced[:, 0] == FREE)
        text = torch.where(says, inputs.word, drawn)
        return _given(inputs.forced[:, 0], text), says

    def _codes(
        self, hidden: Tensor, text: Tensor | None, forced: Tensor, noise: Tensor
    ) -> tuple[Tensor, Tensor]:  # [B, D], [B], [B, K], [B, K] -> [B, K], [B]
        if self.decoder.depth is not None:
            return self.decoder.depth.make(hidden, text, forced, noise, self.sampling.codes)
        sane = torch.ones(len(hidden), dtype=torch.bool, device=hidden.device)
        codes = []
        for book, head in enumerate(self.decoder.heads):
            logits = head(hidden)
            sane = sane & logits.isfinite().all(dim=-1)
            codes.append(_given(forced[:, book], draw(logits, noise[:, book], self.sampling.codes)))
        return torch.stack(codes, dim=1), sane


def _given(forced: Tensor, drawn: Tensor) -> Tensor:
    return torch.where(forced == FREE, drawn, forced)
