"""Windowed causal attention over a ring of keys and values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.nn.per_step import PerStep
from core.nn.rope import Rope, RopeStyle
from core.nn.state import tensor
from core.nn.streaming import State, Streaming
from core.nn.window import Window


@dataclass(frozen=True, kw_only=True)
class AttentionConfig:
    """How a causal attention is built."""

    dim: int
    n_heads: int
    context: int
    """Tokens that a query sees, itself included."""
    n_kv_heads: int | None = None
    """Heads of keys and values, each shared by several query heads; as many as query heads by default."""
    rope: RopeStyle = "split_half"
    rope_base: float = 10_000.0
    bias: bool = False
    step_size: int = 1
    """Tokens that a live step brings at most; longer chunks are right as well, and take more memory."""
    sinks: int = 0
    """First tokens of a talk that stay visible for ever."""
    schedule: tuple[int, ...] = ()
    """The set of weights that each step uses; empty for one set."""

    def __post_init__(self) -> None:
        if self.dim % self.n_heads or self.n_heads % self.kv_heads:
            raise ValueError(f"{self.dim} channels, {self.n_heads} heads, {self.kv_heads} for keys: no fit")

    @property
    def kv_heads(self) -> int:
        return self.n_kv_heads or self.n_heads

    @property
    def head_dim(self) -> int:
        return self.dim // self.n_heads

    @property
    def window(self) -> Window:
        return Window(context=self.context, step_size=self.step_size, sinks=self.sinks)


@dataclass(frozen=True)
class Moment:
    """Where a chunk stands in time: what all layers of a model have in common for it."""

    positions: Tensor  # [T]
    end: Tensor  # [1]: tokens heard with this chunk
    rotation: tuple[Tensor, Tensor] | None  # cos, sin: [T, D / 2]
    sink_rotation: tuple[Tensor, Tensor] | None  # cos, sin: [T, sinks, D / 2]
    ring_mask: Tensor | None  # [T, capacity]; None for a chunk too long for the ring


class Attention(Streaming):
    """Causal attention over the last `context` tokens, with its past in a ring that is written in place.

    A state is used up by the step it is given to: its ring is the ring of the state that comes out.
    """

    def __init__(self, config: AttentionConfig) -> None:
        super().__init__()
        self.config = config
        self.window = config.window
        width = (config.n_heads + 2 * config.kv_heads) * config.head_dim
        self.in_proj = PerStep(lambda: nn.Linear(config.dim, width, bias=config.bias), config.schedule)
        self.out_proj = PerStep(lambda: nn.Linear(config.dim, config.dim, bias=config.bias), config.schedule)
        self.rope = None if config.rope == "none" else Rope(config.rope, config.head_dim, config.rope_base)

    def initial_state(self, batch: int) -> State:
        weight = next(self.in_proj.parameters())
        position = torch.zeros(1, dtype=torch.long, device=weight.device)
        return {"position": position, **self.initial_memory(batch)}

    def initial_memory(self, batch: int) -> State:
        """The state but for the position."""
        weight = next(self.in_proj.parameters())
        heads, head_dim = self.config.kv_heads, self.config.head_dim
        room = {"keys": self.window.capacity, "values": self.window.capacity}
        if self.window.sinks:
            room |= {"sink_keys": self.window.sinks, "sink_values": self.window.sinks}
        return {name: weight.new_zeros(batch, heads, tokens, head_dim) for name, tokens in room.items()}

    def forward(self, x: Tensor, state: State, first_step: int = 0) -> tuple[Tensor, State]:  # [B, T, D]
        moment = self.moment(tensor(state, "position"), x.shape[1])
        y, memory = self.attend(x, state, moment, first_step)
        return y, {"position": moment.end, **memory}

    def moment(self, position: Tensor, length: int) -> Moment:
        """What `length` tokens from `position` on [1] see. The same for every layer built alike."""
        positions = position + torch.arange(length, device=position.device)
        end = position + length
        rope, sinks = self.rope, self.window.sinks
        in_ring = length <= self.window.step_size
        return Moment(
            positions=positions,
            end=end,
            rotation=rope.angles(positions) if rope else None,
            sink_rotation=rope.angles(self.window.sink_distance(positions)) if rope and sinks else None,
            ring_mask=self.window.visible(positions, self.window.held(end)) if in_ring else None,
        )

    def attend(self, x: Tensor, memory: State, moment: Moment, first_step: int = 0) -> tuple[Tensor, State]:
        """`forward` for a layer of a model that keeps the position once for all layers."""
        q, k, v = self._project(x, first_step)
        sinks = self._sinks(memory, k, v, moment)
        unturned = q
        if self.rope and moment.rotation:
            q, k = self.rope.rotate(q, *moment.rotation), self.rope.rotate(k, *moment.rotation)
        keys, values = tensor(memory, "keys"), tensor(memory, "values")
        scores = self._sink_scores(unturned, sinks, moment)
        if moment.ring_mask is not None:
            slots = self.window.slots(moment.positions)
            keys, values = _write(keys, slots, k), _write(values, slots, v)
            y = self._weigh(q, keys, values, moment.ring_mask, scores, sinks)
        else:
            y = self._attend_long(q, k, v, keys, values, moment, scores, sinks)
            kept = min(k.shape[2], self.window.capacity)
            slots = self.window.slots(moment.positions[-kept:])
            keys = keys.index_copy(2, slots, k[:, :, -kept:])
            values = values.index_copy(2, slots, v[:, :, -kept:])
        y = self.out_proj(y.transpose(1, 2).flatten(2), first_step)  # [B, T, D]
        return y, {"keys": keys, "values": values, **sinks}

    def _project(self, x: Tensor, first_step: int) -> tuple[Tensor, Tensor, Tensor]:
        config = self.config
        projected: Tensor = self.in_proj(x, first_step)
        heads = projected.reshape(*x.shape[:2], -1, config.head_dim).transpose(1, 2)
        q, k, v = torch.split(heads, [config.n_heads, config.kv_heads, config.kv_heads], dim=1)
        return q, k, v  # [B, H, T, D]

    def _attend_long(
        self,
        q: Tensor,
        k: Tensor,
        v: Tensor,
        keys: Tensor,
        values: Tensor,
        moment: Moment,
        scores: Tensor | None,
        sinks: State,
    ) -> Tensor:
        """A chunk longer than a live step, in blocks: the past laid out in order, then the chunk."""
        past = self.window.context - 1
        before = moment.positions[0] - past + torch.arange(past, device=q.device)
        slots = self.window.slots(before)
        positions = torch.cat([before, moment.positions])
        k = torch.cat([keys.index_select(2, slots), k], dim=2)  # [B, H, past + T, D]
        v = torch.cat([values.index_select(2, slots), v], dim=2)
        block = max(64, self.window.context)
        heard = []
        for start in range(0, q.shape[2], block):
            queries = slice(start, start + block)
            seen = slice(start, start + block + past)
            mask = self.window.visible(moment.positions[queries], positions[seen])
            block_scores = None if scores is None else scores[:, :, queries]
            heard.append(
                self._weigh(q[:, :, queries], k[:, :, seen], v[:, :, seen], mask, block_scores, sinks)
            )
        return torch.cat(heard, dim=2)

    def _weigh(
        self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, sink_scores: Tensor | None, sinks: State
    ) -> Tensor:  # [B, H, T, D], [B, Hkv, S, D] x 2, [T, S], [B, H, T, sinks] -> [B, H, T, D]
        shape, shared = q.shape, q.shape[1] // k.shape[1]
        # heads that share keys become more queries of one head: the keys are never copied
        q, mask = q.reshape(shape[0], k.shape[1], -1, shape[3]), mask.repeat(shared, 1)
        if sink_scores is None:
            return F.scaled_dot_product_attention(q, k, v, mask).reshape(shape)
        scores = (q @ k.transpose(-1, -2)) / math.sqrt(shape[3])
        scores = scores.masked_fill(~mask, -torch.inf)
        sink_scores = sink_scores.reshape(shape[0], k.shape[1], -1, self.window.sinks)
        weights = torch.cat([sink_scores, scores], dim=-1).softmax(dim=-1)
        values = torch.cat([tensor(sinks, "sink_values"), v], dim=2)
        return (weights @ values).reshape(shape)

    def _sinks(self, memory: State, k: Tensor, v: Tensor, moment: Moment) -> State:
        """The first tokens of the talk, those of this chunk included; keys before any rotation."""
        if not self.window.sinks:
            return {}
        chosen = moment.positions == torch.arange(self.window.sinks, device=k.device)[:, None]  # [sinks, T]
        arrived = chosen.any(dim=1)[:, None]
        pick = chosen.to(k.dtype)
        return {
            name: torch.where(arrived, pick @ new, tensor(memory, name))
            for name, new in (("sink_keys", k), ("sink_values", v))
        }

    def _sink_scores(self, q: Tensor, sinks: State, moment: Moment) -> Tensor | None:
        """Queries turned by their distance to each sink, against keys that are not turned."""
        if not sinks:
            return None
        turned = q[:, :, :, None]  # [B, H, T, 1, D]
        if self.rope and moment.sink_rotation:
            turned = self.rope.rotate(turned, *moment.sink_rotation)  # [B, H, T, sinks, D]
        keys = tensor(sinks, "sink_keys").repeat_interleave(q.shape[1] // self.config.kv_heads, dim=1)
        scores = (turned * keys[:, :, None]).sum(dim=-1) / math.sqrt(q.shape[-1])  # [B, H, T, sinks]
        ahead = moment.positions[:, None] < torch.arange(self.window.sinks, device=q.device)
        return scores.masked_fill(ahead, -torch.inf)


def _write(ring: Tensor, slots: Tensor, new: Tensor) -> Tensor:  # [B, H, capacity, D], [T], [B, H, T, D]
    if torch.is_grad_enabled() or torch.compiler.is_compiling():
        return ring.index_copy(2, slots, new)
    return ring.index_copy_(2, slots, new)
