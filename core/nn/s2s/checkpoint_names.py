"""What others call our weights: the moshi package's files and transformers' copy of them.

A star stands for the sets of weights that are stacked in one tensor.
"""

from __future__ import annotations

from core.nn.reader import Renames

MOSHI_NAMES: Renames = (
    (r"^(emb|depformer_emb)\.(\d+)\.weight$", r"\1.\2.table.weight"),
    (r"^(text_emb|depformer_text_emb)\.weight$", r"\1.table.weight"),
    (r"\.low_rank\.weight$", r".project.weight"),
    (r"^emb\.", r"embeddings."),
    (r"^text_emb\.", r"text_embedding."),
    (r"^text_linear\.", r"text_head."),
    (r"^transformer\.", r"temporal."),
    (r"^out_norm\.", r"norm."),
    (r"^depformer_in\.", r"depth.inputs.sets."),
    (r"^depformer_emb\.", r"depth.embeddings."),
    (r"^depformer_text_emb\.", r"depth.text_embedding."),
    (r"^depformer_norms\.", r"depth.norms."),
    (r"^depformer\.", r"depth.transformer."),
    (r"^linears\.", r"depth.heads."),
    (r"\.self_attn\.(in|out)_proj(\.|_)weight$", r".attention.\1_proj.sets.*.weight"),
    (r"\.self_attn\.(in|out)_projs\.(\d+)\.weight$", r".attention.\1_proj.sets.\2.weight"),
    (r"\.gating\.linear_(in|out)\.", r".feed_forward.sets.0.linear_\1."),
    (r"\.gating\.(\d+)\.linear_(in|out)\.", r".feed_forward.sets.\1.linear_\2."),
    (r"\.linear1\.", r".feed_forward.sets.0.linear_in."),
    (r"\.linear2\.", r".feed_forward.sets.0.linear_out."),
    (r"\.layer_scale_([12])\.", r".scale\1."),
)

TRANSFORMERS_NAMES: Renames = (
    (r"^embed_tokens\.(\d+)\.", r"embeddings.\1.table."),
    (r"^decoder\.model\.embed_tokens\.", r"text_embedding.table."),
    (r"^decoder\.model\.norm\.weight$", r"norm.alpha"),
    (r"^decoder\.model\.", r"temporal."),
    (r"^decoder\.lm_head\.", r"text_head."),
    (r"^depth_decoder\.text_embed_tokens\.", r"depth.text_embedding.table."),
    (r"^depth_decoder\.embed_tokens\.(\d+)\.", r"depth.embeddings.\1.table."),
    (r"^depth_decoder\.input_projections\.", r"depth.inputs.sets.*."),
    (r"^depth_decoder\.lm_heads\.", r"depth.heads.*."),
    (r"^depth_decoder\.", r"depth.transformer."),
    (r"\.self_attn\.q_proj\.linear\.", r".attention.in_proj.sets.*."),
    (r"\.self_attn\.o_proj\.linear\.", r".attention.out_proj.sets.*."),
    (r"\.mlp\.fc1\.", r".feed_forward.sets.*.linear_in."),
    (r"\.mlp\.fc2\.", r".feed_forward.sets.*.linear_out."),
    (r"\.input_layernorm\.weight$", r".norm1.alpha"),
    (r"\.post_attention_layernorm\.weight$", r".norm2.alpha"),
)
