"""Run: a model in use for a moment, to see which of its parts work, in what order and how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from core.nn.attention import Attention
from core.nn.codecs.centred import CentredConv1d, CentredConvTranspose1d
from core.nn.codecs.dualcodec import DualCodec
from core.nn.codecs.model import CodecModel
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.cross_attention import CrossAttention
from core.nn.fourier import Fourier
from core.nn.macs import count_macs
from core.nn.pitch import PitchTracker
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.s2s.conformer import Conformer
from core.nn.s2s.conformer_layers import ConformerStack
from core.nn.s2s.decoder import SpeechDecoder
from core.nn.s2s.voice import VoiceTokens
from core.nn.state import total_bytes
from core.nn.transformer import Transformer

TURN_SECONDS = 10.0  # of a user's turn that a Conformer's decoder looks back at
_TIME_FIRST = (nn.Linear, Transformer, ConformerStack, Attention, Fourier)  # [B, T, D]


@dataclass(frozen=True)
class Call:
    """One part at work: frames a second that go in and come out, and how wide they are."""

    name: str
    rate_in: float
    rate: float
    dim: int
    module: nn.Module


@dataclass
class Run:
    """What one way through a model did, for a second of sound."""

    macs: Counter[str] = field(default_factory=Counter)
    """Multiply-accumulates a second of each module by itself, under its dotted name."""
    calls: list[Call] = field(default_factory=list)
    """The parts that worked, in the order in which they were done."""
    state_bytes: int = 0

    @property
    def total(self) -> float:
        return self.macs.total()

    def below(self, path: str) -> float:
        """What the module of this name and all below it cost."""
        return sum(cost for name, cost in self.macs.items() if name == path or name.startswith(f"{path}."))

    def call(self, path: str) -> Call | None:
        """The last time the module of this name worked."""
        return next((call for call in reversed(self.calls) if call.name == path), None)


def run_codec(codec: CodecModel) -> tuple[Run, Run]:
    """Sound to codes and codes to sound: frame by frame if it streams, else a second at once."""
    frames = 1 if codec.spec.streaming else round(codec.spec.frame_rate)
    seconds = frames / codec.spec.frame_rate
    device = next(codec.parameters()).device
    pcm = torch.zeros(1, 1, frames * codec.spec.format.frame_size, device=device)
    codes = torch.zeros(1, codec.spec.n_codebooks, frames, dtype=torch.long, device=device)
    there = watch(codec, seconds, lambda: _encode(codec, pcm, frames))
    for name, part in codec.named_modules():  # to look for a frame in a table is no module's work
        if isinstance(part, EuclideanCodebook):
            there.macs[name] += round(codec.spec.frame_rate * part.embedding.numel())
        elif isinstance(part, nn.Embedding):
            there.macs[name] += round(codec.spec.frame_rate * part.weight.numel())
    there.state_bytes = total_bytes(codec.encoder_state(1))
    back = watch(codec, seconds, lambda: codec.decode(codes, codec.decoder_state(1)))
    back.state_bytes = total_bytes(codec.decoder_state(1))
    return there, back


def _encode(codec: CodecModel, pcm: Tensor, frames: int) -> None:
    state = codec.encoder_state(1)
    if isinstance(codec, DualCodec) and codec.features is None:
        config = codec.config
        features = pcm.new_zeros(1, config.semantic_dim, frames * config.semantic_downsample_factor)
        codec.encode_with(pcm, features, state)
    else:
        codec.encode(pcm, state)


def run_speech(model: Conformer | SpeechDecoder, frame_rate: float) -> tuple[Run, Run]:
    """A frame heard and a frame spoken; a duplex model does both at once, as speaking."""
    decoder = model.decoder if isinstance(model, Conformer) else model
    device, seconds = next(model.parameters()).device, 1 / frame_rate
    hearing, memory = Run(), None
    if isinstance(model, Conformer):
        heard = torch.zeros(1, len(model.config.heard_sizes), 1, dtype=torch.long, device=device)
        encoder = model.encoder
        hearing = watch(model, seconds, lambda: model.hear(heard, encoder.initial_state(1)))
        hearing.state_bytes = total_bytes(encoder.initial_state(1))
        turn = round(TURN_SECONDS * frame_rate)
        memory = torch.zeros(1, turn, model.config.encoder.dim, device=device)
    with torch.inference_mode():
        state = decoder.initial_state(1, memory)  # looking at the turn: once for an answer
    speaking = watch(model, seconds, lambda: _speak(decoder, state, device))
    speaking.state_bytes = total_bytes(state)
    return hearing, speaking


def _speak(decoder: SpeechDecoder, state: Any, device: torch.device) -> None:
    """All streams of one frame: the temporal model once, the depth model once for each code."""
    tokens = torch.zeros(1, decoder.config.streams.rows, 1, dtype=torch.long, device=device)
    one = tokens[:, 0]
    hidden, _ = decoder(tokens, state, VoiceTokens(one, one, one, torch.ones(1, 1, device=device)))
    heads = (decoder.text_head, decoder.heard_text_head, *decoder.heads, *decoder.extra_heads)
    for head in heads:
        if head is not None:
            head(hidden)
    if decoder.depth is None:
        return
    depth = decoder.depth
    memory = depth.transformer.initial_state(1)
    for step in range(len(decoder.config.streams.own_sizes)):  # the user's codes need not be made
        y, memory = depth.transformer(depth.inputs(hidden, step), memory, step)
        depth.heads[step](depth.norms[step](y))


def watch(model: nn.Module, seconds: float, work: Callable[[], object]) -> Run:
    """Do the work, which makes so many seconds of sound, and note who did it."""
    run = Run()
    with torch.inference_mode(), _noted(model, seconds, run):
        counts = count_macs(model, work)
    for name, cost in counts.items():
        run.macs[name] += round(cost / seconds)
    return run


@contextmanager
def _noted(model: nn.Module, seconds: float, run: Run) -> Iterator[None]:
    hooks = []
    for name, module in model.named_modules():

        def hook(module: nn.Module, inputs: tuple[Any, ...], output: object, name: str = name) -> None:
            out = output[0] if isinstance(output, tuple) else output
            if not (inputs and isinstance(inputs[0], Tensor) and isinstance(out, Tensor) and out.dim() == 3):
                return
            time, width = (1, 2) if _is_time_first(module) else (2, 1)
            time_in = 2 if isinstance(module, Fourier) else time
            frames_in = inputs[0].shape[time_in] if inputs[0].dim() == 3 else 0
            run.calls.append(
                Call(name, frames_in / seconds, out.shape[time] / seconds, out.shape[width], module)
            )
            if isinstance(module, CrossAttention):
                run.macs[name] += round(_looking_back(module, inputs) / seconds)

        hooks.append(module.register_forward_hook(hook))
    try:
        yield
    finally:
        for each in hooks:
            each.remove()


def _is_time_first(module: nn.Module) -> bool:
    return isinstance(module, _TIME_FIRST) or type(module) is nn.LayerNorm  # one of ours turns its frames


def _looking_back(module: CrossAttention, inputs: tuple[Any, ...]) -> int:
    """Scores and their weighing over the whole source."""
    keys = inputs[1]["keys"]  # [B, H, S, D / H]
    return int(2 * inputs[0].shape[1] * keys.numel())


def seconds_seen(run: Run, under: tuple[str, ...] = ("",)) -> tuple[float, float]:
    """How far convolutions and windows look back and ahead of a frame, in seconds, attention left out.

    Only parts below one of `under` count: paths that run side by side are asked one by one.
    """
    back = ahead = 0.0
    tracked = 0.0
    for call in run.calls:
        if not any(call.name == path or call.name.startswith(f"{path}.") or not path for path in under):
            continue
        module = call.module
        if isinstance(module, PitchTracker):
            tracked = module.config.window_seconds + 1 / module.config.f0_min
            continue
        before, after = _span(module)
        back += before / call.rate_in if call.rate_in else 0.0
        ahead += after / call.rate_in if call.rate_in else 0.0
    return max(back, tracked), ahead


def _span(module: nn.Module) -> tuple[float, float]:
    """Frames of its input that a part looks at before and after its own."""
    if isinstance(module, CausalConv1d):
        return max(0, module.overlap + module.stride - 1), 0.0
    if isinstance(module, CausalConvTranspose1d):
        return -(-module.overlap // module.stride), 0.0
    if isinstance(module, CentredConv1d):
        conv = module.conv
        before = int(conv.padding[0])
        return before, (conv.kernel_size[0] - 1) * conv.dilation[0] - before
    if isinstance(module, CentredConvTranspose1d):
        reach = module.conv.kernel_size[0] / module.conv.stride[0] / 2
        return reach, reach
    if isinstance(module, Fourier):
        return float(module.config.n_fft - 1), 0.0
    return 0.0, 0.0
