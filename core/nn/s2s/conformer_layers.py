"""The Conformer block: attention for what is far, a convolution for what is near (arXiv 2005.08100)."""

from __future__ import annotations

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.attention import Attention, AttentionConfig, Moment
from core.nn.conv import CausalConv1d
from core.nn.feed_forward import FeedForward
from core.nn.norm import LayerScale
from core.nn.state import part, tensor
from core.nn.streaming import State, Streaming


@dataclass(frozen=True, kw_only=True)
class ConformerStackConfig:
    """How a stack of Conformer blocks is built."""

    dim: int = 512
    n_layers: int = 6
    n_heads: int = 8
    hidden: int = 2048
    kernel_size: int = 31
    context: int = 125
    """Frames that a frame sees, itself included: ten seconds at 12.5 frames a second."""
    step_size: int = 4
    """Frames that a live chunk brings at most; every way of cutting gives the same."""
    layer_scale: float = 0.1

    @property
    def attention(self) -> AttentionConfig:
        return AttentionConfig(
            dim=self.dim,
            n_heads=self.n_heads,
            context=self.context,
            step_size=self.step_size,
            bias=True,
        )


class ConformerConv(Streaming):
    """A gated branch with a causal convolution for each channel.

    It is normalised frame by frame: a batch norm would let the other sounds of a batch be heard.
    """

    def __init__(self, config: ConformerStackConfig) -> None:
        super().__init__()
        dim = config.dim
        self.expand = nn.Linear(dim, 2 * dim)
        self.depthwise = CausalConv1d(dim, dim, config.kernel_size, groups=dim)
        self.norm = nn.LayerNorm(dim)
        self.contract = nn.Linear(dim, dim)

    def initial_state(self, batch: int) -> State:
        return {"depthwise": self.depthwise.initial_state(batch)}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, T, D]
        gated = F.glu(self.expand(x), dim=-1)
        y, past = self.depthwise(gated.transpose(1, 2), part(state, "depthwise"))
        y = self.contract(F.silu(self.norm(y.transpose(1, 2))))
        return y, {"depthwise": past}


class ConformerBlock(nn.Module):
    """Half a feed-forward network, attention, convolution, the other half, and a norm."""

    def __init__(self, config: ConformerStackConfig) -> None:
        super().__init__()
        dim = config.dim
        self.norm1, self.norm2, self.norm3, self.norm4 = (nn.LayerNorm(dim) for _ in range(4))
        self.feed_forward1 = FeedForward("gelu", dim, config.hidden, bias=True)
        self.attention = Attention(config.attention)
        self.conv = ConformerConv(config)
        self.feed_forward2 = FeedForward("gelu", dim, config.hidden, bias=True)
        self.scale1, self.scale2, self.scale3, self.scale4 = (
            LayerScale(dim, config.layer_scale) for _ in range(4)
        )
        self.norm = nn.LayerNorm(dim)

    def initial_memory(self, batch: int) -> State:
        return {"attention": self.attention.initial_memory(batch), "conv": self.conv.initial_state(batch)}

    def attend(self, x: Tensor, memory: State, moment: Moment) -> tuple[Tensor, State]:  # [B, T, D]
        after: State = {}
        x = x + 0.5 * self.scale1(self.feed_forward1(self.norm1(x)))
        y, after["attention"] = self.attention.attend(self.norm2(x), part(memory, "attention"), moment)
        x = x + self.scale2(y)
        y, after["conv"] = self.conv(self.norm3(x), part(memory, "conv"))
        x = x + self.scale3(y)
        x = x + 0.5 * self.scale4(self.feed_forward2(self.norm4(x)))
        return self.norm(x), after


class ConformerStack(Streaming):
    """Conformer blocks over one running position, and a last norm."""

    def __init__(self, config: ConformerStackConfig) -> None:
        super().__init__()
        self.config = config
        self.layers = nn.ModuleList(ConformerBlock(config) for _ in range(config.n_layers))
        self.norm = nn.LayerNorm(config.dim)

    def initial_state(self, batch: int) -> State:
        layers: State = {
            str(number): layer.initial_memory(batch) for number, layer in enumerate(self._blocks())
        }
        first = self._blocks()[0].attention.initial_state(batch)
        return {"position": first["position"], "layers": layers}

    def forward(self, x: Tensor, state: State) -> tuple[Tensor, State]:  # [B, T, D]
        blocks = self._blocks()
        moment = blocks[0].attention.moment(tensor(state, "position"), x.shape[1])
        memories, after = part(state, "layers"), State()
        for number, block in enumerate(blocks):
            name = str(number)
            x, after[name] = block.attend(x, part(memories, name), moment)
        return self.norm(x), {"position": moment.end, "layers": after}

    def _blocks(self) -> list[ConformerBlock]:
        return [block for block in self.layers if isinstance(block, ConformerBlock)]
