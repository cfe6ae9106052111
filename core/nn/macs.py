"""How much a model computes: multiply-accumulates, counted from the shapes that pass its modules."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.nn.attention import Attention
from core.nn.codecs.dualcodec import DualCodec
from core.nn.codecs.mel_features import MelFeatures
from core.nn.codecs.model import CodecModel
from core.nn.conv import CausalConvTranspose1d
from core.nn.fourier import Fourier, InverseFourier
from core.nn.pitch import PitchTracker
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.transformer import Transformer


@dataclass(frozen=True, slots=True)
class CodecMacs:
    """Multiply-accumulates of a codec for a second of sound, there and back.

    The features that a DualCodec is given by another model are not in it.
    """

    encode: float
    decode: float


def codec_macs(codec: CodecModel) -> CodecMacs:
    """The cost of a codec in use: frame by frame if it streams, as its attention then sees its full past."""
    frame_rate = codec.spec.frame_rate
    frames = 1 if codec.spec.streaming else round(frame_rate)
    device = next(codec.parameters()).device
    pcm = torch.zeros(1, 1, frames * codec.spec.format.frame_size, device=device)
    codes = torch.zeros(1, codec.spec.n_codebooks, frames, dtype=torch.long, device=device)
    with torch.inference_mode():
        there = count_macs(codec, lambda: _encode(codec, pcm, frames)).total()
        back = count_macs(codec, lambda: codec.decode(codes, codec.decoder_state(1))).total()
    seconds = frames / frame_rate
    return CodecMacs(there / seconds + frame_rate * search_macs(codec), back / seconds)


def _encode(codec: CodecModel, pcm: Tensor, frames: int) -> None:
    state = codec.encoder_state(1)
    if isinstance(codec, DualCodec) and codec.features is None:
        config = codec.config
        length = frames * config.semantic_downsample_factor
        codec.encode_with(pcm, pcm.new_zeros(1, config.semantic_dim, length), state)
    else:
        codec.encode(pcm, state)


def search_macs(model: nn.Module) -> int:
    """What it costs to look for one frame in every codebook: codebooks are no modules that are called."""
    tables = [part.weight for part in model.modules() if isinstance(part, nn.Embedding)]
    tables += [part.embedding for part in model.modules() if isinstance(part, EuclideanCodebook)]
    return sum(table.numel() for table in tables)


def count_macs(model: nn.Module, run: Callable[[], object]) -> Counter[str]:
    """What each module below `model` multiplies by itself while `run` uses it, under its dotted name.

    Works on the meta device too: nothing but shapes is looked at.
    """
    counts: Counter[str] = Counter()
    with _watched(model, counts):
        run()
    return counts


@contextmanager
def _watched(model: nn.Module, counts: Counter[str]) -> Iterator[None]:
    hooks = []
    for name, module in model.named_modules():
        counter = _counter_for(module)
        if counter is None:
            continue

        def hook(
            module: nn.Module,
            inputs: tuple[Tensor, ...],
            output: object,
            name: str = name,
            counter: Count = counter,
        ) -> None:
            counts[name] += counter(module, inputs[0], output)

        hooks.append(module.register_forward_hook(hook))
    try:
        yield
    finally:
        for each in hooks:
            each.remove()


Count = Callable[[nn.Module, Tensor, object], int]


def _counter_for(module: nn.Module) -> Count | None:
    for kind, counter in COUNTERS.items():
        if isinstance(module, kind):
            return counter
    return None


def _conv(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, nn.Conv1d | nn.Conv2d) and isinstance(output, Tensor)
    return output.numel() * module.in_channels // module.groups * math.prod(module.kernel_size)


def _conv_transpose(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, nn.ConvTranspose1d | nn.ConvTranspose2d)
    return x.numel() * module.out_channels // module.groups * math.prod(module.kernel_size)


def _causal_conv_transpose(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, CausalConvTranspose1d)
    return _conv_transpose(module.conv, x, output)  # the inner module holds weights, it is never called


def _linear(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, nn.Linear)
    return x.numel() * module.out_features


def _attention(module: nn.Module, x: Tensor, output: object) -> int:
    """Scores and their weighing; the projections are Linears and count for themselves."""
    assert isinstance(module, Attention)
    config, window = module.config, module.window
    batch, length = x.shape[0], x.shape[1]
    keys = 0
    if length <= window.step_size:
        keys = length * window.capacity
    else:
        block = max(64, window.context)  # long chunks are computed block by block
        for start in range(0, length, block):
            queries = min(block, length - start)
            keys += queries * (queries + window.context - 1)
    return 2 * batch * keys * config.n_heads * config.head_dim


def _transformer(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, Transformer)  # its layers' attentions are not called as modules
    return sum(_attention(layer, x, output) for layer in module.modules() if isinstance(layer, Attention))


def _mel_features(module: nn.Module, x: Tensor, output: object) -> int:
    """The filters; the spectrum before and the blocks behind count for themselves."""
    assert isinstance(module, MelFeatures)
    return x.shape[0] * x.shape[-1] // module.config.hop * module.mel.numel()


def _fourier(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, Fourier)
    return x.shape[0] * x.shape[-1] // module.config.hop * module.basis.numel()


def _inverse_fourier(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, InverseFourier)
    return x.shape[0] * x.shape[1] * module.basis.numel()


def _pitch(module: nn.Module, x: Tensor, output: object) -> int:
    assert isinstance(module, PitchTracker)
    config = module.config
    lags = config.longest_lag - config.shortest_lag + 3
    filtered = x.numel() // config.decimation * module.taps
    return filtered + x.numel() // config.hop * config.window * lags


COUNTERS: dict[type[nn.Module], Count] = {
    nn.Conv1d: _conv,
    nn.Conv2d: _conv,
    nn.ConvTranspose1d: _conv_transpose,
    nn.ConvTranspose2d: _conv_transpose,
    CausalConvTranspose1d: _causal_conv_transpose,
    nn.Linear: _linear,
    Attention: _attention,
    Transformer: _transformer,
    MelFeatures: _mel_features,
    Fourier: _fourier,
    InverseFourier: _inverse_fourier,
    PitchTracker: _pitch,
}
