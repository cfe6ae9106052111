"""Components: a model as a tree that a person reads, each part with what it is and what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from torch import nn

from core.nn.attention import Attention
from core.nn.chain import Chain
from core.nn.codecs.centred import CentredConv1d, CentredConvTranspose1d
from core.nn.codecs.dac_layers import ResidualUnit
from core.nn.conv import CausalConv1d, CausalConvTranspose1d
from core.nn.convnext import ConvNeXtBlock
from core.nn.cross_attention import CrossAttention
from core.nn.per_step import PerStep
from core.nn.quantize.euclidean import EuclideanCodebook
from core.nn.quantize.factorised import FactorisedLevel
from core.nn.s2s.conformer_layers import ConformerBlock, ConformerStack
from core.nn.seanet import ResidualBlock
from core.nn.transformer import Transformer, TransformerLayer
from core.workbench.analysis.run import Run

_LONGEST = 58  # characters of a description
_CLOSED = (
    *(CausalConv1d, CausalConvTranspose1d, CentredConv1d, CentredConvTranspose1d),
    *(Transformer, TransformerLayer, ConformerBlock, Attention, CrossAttention, PerStep),
    *(EuclideanCodebook, FactorisedLevel, ConvNeXtBlock, ResidualBlock, ResidualUnit),
)  # of what is inside these, their line tells enough


@dataclass(frozen=True)
class Component:
    """A part of a model: its size, its work for a second of sound, and the frames that leave it."""

    name: str
    path: str
    what: str
    parameters: int
    buffers: int
    encode_macs: float
    decode_macs: float
    rate: float | None
    dim: int | None
    parts: tuple[Component, ...] = ()

    @property
    def macs(self) -> float:
        return self.encode_macs + self.decode_macs


def component_of(model: nn.Module, name: str, there: Run, back: Run, depth: int = 4) -> Component:
    """The tree of a model, cut at this depth."""
    return _component(model, name, "", there, back, depth)


def _component(module: nn.Module, name: str, path: str, there: Run, back: Run, depth: int) -> Component:
    parts: tuple[Component, ...] = ()
    if depth and not _is_closed(module):
        children = (
            _component(child, key, f"{path}.{key}" if path else key, there, back, depth - 1)
            for key, child in module.named_children()
        )
        parts = tuple(part for part in children if part.parameters or part.buffers or part.macs)
    call = back.call(path) or there.call(path)
    return Component(
        name=name,
        path=path,
        what=describe(module),
        parameters=sum(p.numel() for p in module.parameters()),
        buffers=_buffers(module),
        encode_macs=there.below(path) if path else there.total,
        decode_macs=back.below(path) if path else back.total,
        rate=call.rate if call else None,
        dim=call.dim if call else None,
        parts=parts,
    )


def _is_closed(module: nn.Module) -> bool:
    alike = isinstance(module, nn.ModuleList) and len({describe(child) for child in module}) == 1
    return alike or isinstance(module, _CLOSED)


def _buffers(module: nn.Module) -> int:
    """Numbers that are kept with the weights and are learned otherwise than by gradient."""
    learned = {name for name, _ in module.named_parameters()}
    kept = module.state_dict()
    return sum(value.numel() for name, value in kept.items() if name not in learned)


def describe(module: nn.Module) -> str:
    """What a part is, in a few words."""
    match module:
        case CausalConv1d() | CentredConv1d():
            way = "" if isinstance(module, CausalConv1d) else ", looks both ways"
            return _conv(module.conv) + way
        case CausalConvTranspose1d() | CentredConvTranspose1d():
            way = "" if isinstance(module, CausalConvTranspose1d) else ", looks both ways"
            return f"spread {_widths(module.conv)}, ×{module.conv.stride[0]}{way}"
        case nn.Conv1d():
            return _conv(module)
        case Transformer():
            c = module.config
            heads = f"{c.n_heads} heads of {c.attention.head_dim}"
            return f"{c.n_layers} layers of {c.dim}, {heads}, sees {c.context} steps"
        case ConformerStack():
            stack = module.config
            shape = f"{stack.n_layers} Conformer blocks of {stack.dim}, {stack.n_heads} heads"
            return f"{shape}, sees {stack.context} steps"
        case ConvNeXtBlock():
            return f"ConvNeXt block, {module.expand.in_features} wide, {module.expand.out_features} inside"
        case ResidualBlock() | ResidualUnit():
            first = next(link for link in module.branch.children() if hasattr(link, "conv"))
            return f"residual unit: {describe(first)}"
        case FactorisedLevel():
            table = module.codebook
            return f"codebook {table.num_embeddings} × {table.embedding_dim}, by direction"
        case EuclideanCodebook():
            return f"codebook {len(module.embedding)} × {module.embedding.shape[1]}, follows averages"
        case nn.Embedding():
            return f"table {module.num_embeddings} × {module.embedding_dim}"
        case nn.Linear():
            return f"linear {module.in_features} → {module.out_features}"
        case nn.ModuleList():
            return _list(module)
        case Chain() if type(module) is Chain:
            return f"{len(list(module.children()))} links"
    return _first_words(module)


def _conv(conv: nn.Module) -> str:
    kernel = f", kernel {conv.kernel_size[0]}" if conv.kernel_size[0] > 1 else ""  # type: ignore[index]
    stride = f", 1 in {conv.stride[0]}" if conv.stride[0] > 1 else ""  # type: ignore[index]
    wide = f", dilation {conv.dilation[0]}" if conv.dilation[0] > 1 else ""  # type: ignore[index]
    kind = "convolution" if conv.groups == 1 else "convolution a channel"
    return f"{kind} {_widths(conv)}{kernel}{stride}{wide}"


def _widths(conv: nn.Module) -> str:
    return f"{conv.in_channels} → {conv.out_channels}"


def _list(module: nn.ModuleList) -> str:
    kinds = {describe(child) for child in module}
    return f"{len(module)} × {kinds.pop()}" if len(kinds) == 1 else f"{len(module)} parts"


def _first_words(module: nn.Module) -> str:
    """The first clause of what its class says of itself."""
    if type(module).__module__.startswith("torch."):
        return type(module).__name__
    sentence = (type(module).__doc__ or type(module).__name__).strip().split("\n\n")[0]
    clause = re.split(r"[.:;]\s|[.:;]$|, \[| \[", re.sub(r"\s+", " ", sentence))[0]
    return clause if len(clause) <= _LONGEST else f"{clause[:_LONGEST].rsplit(' ', 1)[0]} …"
