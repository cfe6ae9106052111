"""What a published config.json says of a model of the Moshi family, as our config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import ModelError
from core.nn.feed_forward import FeedForwardKind, gated_width
from core.nn.rope import RopeStyle
from core.nn.s2s.decoder import DecoderConfig
from core.nn.s2s.depth import DepthConfig
from core.nn.s2s.duplex import MIMI_SILENCE
from core.nn.s2s.streams import StreamsConfig
from core.nn.s2s.voice import VoiceConfig
from core.nn.transformer import TransformerConfig

Published = Mapping[str, Any]

DEFAULTS: Published = {
    # of Moshi 7B, whose files come without a config
    "dim": 4096,
    "text_card": 32_000,
    "existing_text_padding_id": 3,
    "n_q": 16,
    "dep_q": 8,
    "card": 2048,
    "num_heads": 32,
    "num_layers": 32,
    "hidden_scale": 4.125,
    "context": 3000,
    "max_period": 10_000,
    "gating": "silu",
    "norm": "rms_norm_f32",
    "positional_embedding": "rope",
    "depformer_dim": 1024,
    "depformer_dim_feedforward": 4224,
    "depformer_num_heads": 16,
    "depformer_num_layers": 6,
    "depformer_multi_linear": True,
    "depformer_pos_emb": "none",
    "depformer_weights_per_step": True,
}

_ABOUT_FILES = {
    "moshi_name", "mimi_name", "mimi_config_name", "tokenizer_name", "lora_name", "model_type",
    "lm_gen_config", "tts_config", "stt_config", "model_id", "version",
}  # fmt: skip
_KNOWN = {
    "causal", "depformer_causal", "gradient_checkpointing", "depformer_gradient_checkpointing", "quantize",
    "depformer_context", "depformer_max_period", "cross_attention", "lora", "lora_rank", "lora_scaling",
    "conditioners", "fuser", "demux_second_stream", "demux_second_text_stream", "norm_emb", "text_card_out",
    "existing_text_end_padding_id", "layer_scale", "kv_repeat", "bias_proj", "delays",
    "extra_heads_num_heads", "extra_heads_dim", "depformer_layer_scale", "depformer_gating", "depformer_norm",
    "depformer_kv_repeat", "depformer_weights_per_step_schedule", "depformer_low_rank_embeddings",
}  # fmt: skip
_UNREADABLE = {
    "cross_attention": "it looks at a voice sample, as text-to-speech models do",
    "demux_second_stream": "it has two texts in one stream",
    "demux_second_text_stream": "it has two texts in one stream",
    "norm_emb": "its token vectors are normalised",
    "lora": "its weights come in two parts that must be merged first",
}
_NORMS: dict[str, tuple[str, float]] = {
    "rms_norm_f32": ("rms", 1e-8),
    "rms_norm": ("rms", 1e-5),
    "layer_norm": ("layer", 1e-5),
    "layer_norm_f32": ("layer", 1e-8),
}
_ROPES: dict[str, RopeStyle] = {"rope": "interleaved", "rope_concat": "split_half", "none": "none"}


def from_published(published: Published) -> DecoderConfig:
    """The config of a model whose config.json is in the moshi package's words."""
    given = {name: value for name, value in published.items() if name not in _ABOUT_FILES}
    if unknown := sorted(set(given) - set(DEFAULTS) - _KNOWN):
        raise ModelError(f"The model's config.json is not understood: it has {', '.join(unknown)}.")
    for name, why in _UNREADABLE.items():
        if given.get(name):
            raise ModelError(f"This model cannot be run: {why}.")
    if "dim" not in given:
        given = {**DEFAULTS, **given}
    try:
        return _checked(_read(given))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The model's config.json cannot be followed: {error}.") from error


def from_transformers(published: Published) -> DecoderConfig:
    """The config of transformers' copy of Moshi."""
    depth = published.get("depth_decoder_config") or {}
    rope = published.get("rope_parameters") or {}
    books = published.get("num_codebooks", 8)
    config = from_published(
        {
            **DEFAULTS,
            "dim": published.get("hidden_size", 4096),
            "num_layers": published.get("num_hidden_layers", 32),
            "num_heads": published.get("num_attention_heads", 32),
            "text_card": published.get("vocab_size", 32_000),
            "card": published.get("audio_vocab_size") or depth.get("audio_vocab_size", 2048),
            "context": published.get("sliding_window", 3000),
            "max_period": rope.get("rope_theta", published.get("rope_theta", 10_000)),
            "n_q": 2 * books,
            "dep_q": books,
            "positional_embedding": "rope_concat",  # its rows are moved so that halves turn, not neighbours
            "depformer_dim": depth.get("hidden_size", 1024),
            "depformer_num_layers": depth.get("num_hidden_layers", 6),
            "depformer_num_heads": depth.get("num_attention_heads", 16),
        }
    )
    heads = published.get("num_key_value_heads") or config.temporal.n_heads
    assert config.depth
    inner = replace(config.depth.transformer, hidden=depth.get("ffn_dim", 5632) // 2)
    return replace(
        config,
        temporal=replace(config.temporal, hidden=published.get("ffn_dim", 22_528) // 2, n_kv_heads=heads),
        depth=replace(config.depth, transformer=inner),
    )


def trait_names(published: Published) -> tuple[str, ...]:
    """The values of the one thing that a model can be told of the voice, such as Hibiki's quality."""
    conditioners = published.get("conditioners") or {}
    if not conditioners:
        return ()
    conditioner: Published = next(iter(conditioners.values()))
    if len(conditioners) > 1 or conditioner.get("type") != "lut":
        raise ModelError("This model cannot be run: it wants to be told things that Paluku does not know.")
    table = conditioner["lut"]
    return tuple(table.get("possible_values") or map(str, range(table["n_bins"])))


def _checked(config: DecoderConfig) -> DecoderConfig:
    """The same, once its parts agree with each other as far as that shows without building it."""
    for transformer in (config.temporal, config.depth.transformer if config.depth else config.temporal):
        assert transformer.attention.window.capacity
    return config


def _read(given: Published) -> DecoderConfig:
    n_q, dep_q, card = given["n_q"], given["dep_q"], given["card"]
    # where the model makes all codes, the second half are the user's
    n_own = n_q // 2 if dep_q == n_q else dep_q
    acoustic = (0, *(1,) * (max(n_own, 1) - 1))
    delays = given.get("delays") or (0, *(acoustic * (n_q // max(n_own, 1))))
    streams = StreamsConfig(
        own_sizes=(card,) * n_own,
        heard_sizes=(card,) * (n_q - n_own),
        text_size=given["text_card"],
        delays=tuple(delays),
        start_rows=True,
        text_pad=given.get("existing_text_padding_id", 3),
        text_pad_end=given.get("existing_text_end_padding_id", 0),
    )
    return DecoderConfig(
        streams=streams,
        temporal=_transformer(given, given["dim"], int(given.get("hidden_scale", 4) * given["dim"])),
        depth=_depth(given, dep_q) if dep_q else None,
        voice=VoiceConfig(n_speakers=len(trait_names(given))),
        head_bias=given.get("bias_proj", False),
        text_out_size=given.get("text_card_out") or 0,
        n_extra_heads=given.get("extra_heads_num_heads", 0),
        extra_head_size=given.get("extra_heads_dim", 6),
        silence=MIMI_SILENCE if card == 2048 and n_own == 8 else (),
    )


def _transformer(given: Published, dim: int, feed_forward: int) -> TransformerConfig:
    norm, eps = _NORMS[given.get("norm", "layer_norm")]
    kind: FeedForwardKind = "gelu" if given.get("gating", "none") == "none" else "gated_silu"
    return TransformerConfig(
        dim=dim,
        n_layers=given["num_layers"],
        n_heads=given["num_heads"],
        n_kv_heads=given["num_heads"] // given.get("kv_repeat", 1),
        hidden=gated_width(dim, feed_forward) if kind == "gated_silu" else feed_forward,
        context=given["context"],
        rope=_ROPES[given.get("positional_embedding", "sin")],
        rope_base=float(given.get("max_period", 10_000)),
        norm="rms" if norm == "rms" else "layer",
        norm_eps=eps,
        feed_forward=kind,
        layer_scale=given.get("layer_scale"),
    )


def _depth(given: Published, dep_q: int) -> DepthConfig:
    own = {
        name.removeprefix("depformer_"): value
        for name, value in given.items()
        if name.startswith("depformer_")
    }
    dim = own.get("dim", 256)
    width = own.get("dim_feedforward") or int(given.get("hidden_scale", 4) * dim)
    if isinstance(width, list):
        if len(set(width)) > 1:
            raise ModelError("This model cannot be run: its depth steps differ in width.")
        width = width[0]
    per_step = own.get("weights_per_step", False)
    steps = tuple(own.get("weights_per_step_schedule") or range(dep_q))
    inherited = {
        **given,
        **own,
        "context": dep_q,
        "positional_embedding": own.get("pos_emb", "sin"),
    }
    norm = own.get("norm")
    return DepthConfig(
        transformer=replace(
            _transformer(inherited | {"norm": given.get("norm", "layer_norm")}, dim, width),
            schedule=steps if per_step else (),
        ),
        n_codebooks=dep_q,
        inputs=steps if own.get("multi_linear", False) else (),
        embedding_dim=own.get("low_rank_embeddings"),
        norm="none" if norm is None else ("rms" if _NORMS[norm][0] == "rms" else "layer"),
    )
