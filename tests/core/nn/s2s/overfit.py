"""Teach scripted exchanges to small speech models, then hold them: in codes, and from WAV to WAV.

    python -m tests.core.nn.s2s.overfit [duplex|conformer] [--steps N]

Not a measure of quality: it shows that training, streaming and run time are the same model.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from core.nn.s2s.conformer import Conformer, ConformerConfig
from core.nn.s2s.conformer_layers import ConformerStackConfig
from core.nn.s2s.decoder import DecoderConfig, Prediction, SpeechDecoder
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.duplex import duplex_streams
from core.nn.s2s.runtime import SpeechSettings
from core.nn.s2s.streams import StreamsConfig
from core.nn.s2s.torch_duplex import TorchDuplexModel
from core.nn.s2s.torch_turns import TorchTurnModel
from core.nn.transformer import TransformerConfig
from core.s2s.base import SpeechSpec, Voice
from core.s2s.sampling import ALL_GREEDY
from tests.core.nn.s2s.exchanges import (
    END,
    EXCHANGES,
    GAP,
    PAD,
    SIZES,
    TEXT,
    WORD_FRAMES,
    duplex_batch,
    spoken,
    turn_batch,
    understood,
)
from tests.core.nn.s2s.sounding import ask, make_world

Exchanges = tuple[tuple[str, str], ...]
SPEC = SpeechSpec(codec="words", codebook_sizes=SIZES, frame_rate=12.5, speakers=("asha",), max_seconds=3)
PAD_WEIGHT = 0.3  # there is much more silence than words


@dataclass(frozen=True)
class Said:
    """What a model made of one question."""

    heard: str
    text: str
    sound: str


def duplex_config(dim: int, n_layers: int) -> DecoderConfig:
    temporal = TransformerConfig(
        dim=dim, n_layers=n_layers, n_heads=4, hidden=4 * dim, bias=True, context=64, sinks=2
    )
    return DecoderConfig(
        streams=duplex_streams(SIZES, text_size=len(TEXT)),
        temporal=temporal,
        depth=DepthConfig(
            transformer=_depth(dim // 2), n_codebooks=len(SIZES), inputs=tuple(range(len(SIZES)))
        ),
    )


def conformer_config(dim: int, n_layers: int) -> ConformerConfig:
    temporal = TransformerConfig(
        dim=dim, n_layers=n_layers, n_heads=4, hidden=4 * dim, bias=True, context=64, source_dim=dim
    )
    streams = StreamsConfig(
        own_sizes=SIZES,
        text_size=len(TEXT),
        delays=tuple(range(1 + len(SIZES))),
        text_pad=PAD,
        text_end=END,
        text_pad_end=2,
    )
    encoder = ConformerStackConfig(
        dim=dim, n_layers=n_layers, n_heads=4, hidden=4 * dim, kernel_size=7, context=64, layer_scale=0.5
    )
    decoder = DecoderConfig(streams=streams, temporal=temporal, head_bias=True)
    return ConformerConfig(heard_sizes=SIZES, encoder=encoder, decoder=decoder, n_words=len(TEXT))


def _depth(dim: int) -> TransformerConfig:
    return TransformerConfig(
        dim=dim, n_layers=2, n_heads=2, hidden=2 * dim, bias=True, context=len(SIZES), rope="none"
    )


def teach_duplex(model: SpeechDecoder, exchanges: Exchanges, steps: int) -> float:
    random = np.random.default_rng(0)

    def loss() -> Tensor:
        return decoder_loss(model, model.predict(duplex_batch(exchanges, random)))

    return _teach(model, loss, steps)


def teach_conformer(model: Conformer, exchanges: Exchanges, steps: int) -> float:
    heard, visible, words, answers = turn_batch(exchanges)
    lengths, counts = visible.sum(dim=1), (words != PAD).sum(dim=1)

    def loss() -> Tensor:
        said, turn = model.predict(heard, answers, visible=visible)
        assert turn.words is not None
        spelt = turn.words.log_softmax(dim=-1).transpose(0, 1)  # [T, B, n_words]
        return decoder_loss(model.decoder, said) + 0.3 * F.ctc_loss(spelt, words, lengths, counts)

    return _teach(model, loss, steps)


def decoder_loss(model: SpeechDecoder, said: Prediction) -> Tensor:
    """Own text, own codes and the words heard, each weighing the same."""
    streams = model.config.streams
    text = torch.ones(streams.text_size)
    text[PAD] = PAD_WEIGHT
    total = _cross_entropy(said.text, said, 0, text)
    for book, logits in enumerate(said.codes):
        total = total + _cross_entropy(logits, said, streams.own.start + book) / len(said.codes)
    if said.heard_text is not None:
        total = total + _cross_entropy(said.heard_text, said, streams.rows - 1, text)
    return total


def _cross_entropy(logits: Tensor | None, said: Prediction, row: int, weight: Tensor | None = None) -> Tensor:
    assert logits is not None
    real = said.real[row]
    return F.cross_entropy(logits[:, real].flatten(0, 1), said.targets[:, row, real].flatten(), weight)


def _teach(model: torch.nn.Module, loss: object, steps: int) -> float:
    assert callable(loss)
    learner = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(learner, 3e-3, total_steps=steps, pct_start=0.1)
    model.train()
    value = torch.zeros(())
    for _ in range(steps):
        value = loss()
        learner.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        learner.step()
        pace.step()
    model.eval()
    return value.item()


def ask_duplex(model: SpeechDecoder, question: str, answer_words: int, wait: int = 2) -> Said:
    runtime = TorchDuplexModel(model, replace(SPEC, duplex=True), TEXT, SpeechSettings(ALL_GREEDY))
    conversation = runtime.converse(Voice("asha"), seed=0)
    asked = spoken(question)
    frames = np.pad(asked, ((0, 0), (wait, GAP + answer_words * WORD_FRAMES + 3)))
    made = [conversation.push(frames[:, at : at + 1]) for at in range(frames.shape[1])]
    codes = np.concatenate([frame.codes for frame in made], axis=1)
    text = "".join(frame.text for frame in made)
    return Said(conversation.words_heard().strip(), text.strip(), understood(codes))


def ask_conformer(model: Conformer, question: str) -> Said:
    runtime = TorchTurnModel(model, SPEC, TEXT, SpeechSettings(ALL_GREEDY))
    listener, asked = runtime.listen(), spoken(question)
    heard = "".join(listener.push(asked[:, at : at + 1]) for at in range(asked.shape[1]))
    made = list(runtime.reply(listener, Voice("asha"), seed=0))
    codes = (
        np.concatenate([frame.codes for frame in made], axis=1)
        if made
        else np.zeros((len(SIZES), 0), np.int64)
    )
    return Said(heard.strip(), "".join(frame.text for frame in made).strip(), understood(codes))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("kind", choices=("duplex", "conformer"), default="duplex", nargs="?")
    arguments.add_argument("--steps", type=int, default=400)
    wished = arguments.parse_args()
    torch.manual_seed(0)
    started = time.perf_counter()
    if wished.kind == "duplex":
        taught: SpeechDecoder | Conformer
        taught = decoder = SpeechDecoder(duplex_config(192, 4))
        loss = teach_duplex(decoder, EXCHANGES, wished.steps)
        found = [ask_duplex(decoder, question, len(answer.split())) for question, answer in EXCHANGES]
        size = sum(weight.numel() for weight in decoder.parameters())
    else:
        taught = conformer = Conformer(conformer_config(128, 3))
        loss = teach_conformer(conformer, EXCHANGES, wished.steps)
        found = [ask_conformer(conformer, question) for question, _ in EXCHANGES]
        size = sum(weight.numel() for weight in conformer.parameters())
    with tempfile.TemporaryDirectory() as folder:
        aloud = ask(make_world(Path(folder), taught, SPEC), [question for question, _ in EXCHANGES])
    right = sound = 0
    for (question, answer), said, told in zip(EXCHANGES, found, aloud, strict=True):
        right += said == Said(question, answer, answer)
        sound += told == (question, answer, answer)
        print(f"{question!r}: heard {said.heard!r}, wrote {said.text!r}, said {said.sound!r}")
    seconds = time.perf_counter() - started
    print(f"{size:,} parameters, {wished.steps} steps, loss {loss:.4f}, {seconds:.0f} s: {right} of 20 right")
    print(f"from WAV to WAV through the engine: {sound} of 20 right")


if __name__ == "__main__":
    main()
