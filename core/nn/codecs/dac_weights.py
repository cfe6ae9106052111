"""DAC's published weights: descript's layout and that of Hugging Face transformers."""

from __future__ import annotations

import math

from torch import Tensor

from core.errors import ModelError
from core.nn.checkpoint import Shapes, Weights
from core.nn.codecs.dac import Dac, DacConfig
from core.nn.reader import Layout, Reader, Renames, rename

_MOST_BLOCKS = 9


def _numbered(pattern: str, replacement: str) -> Renames:
    """Blocks that the others count from one: {theirs} and {ours}."""
    return tuple(
        (pattern.format(theirs=block + 1), replacement.format(ours=block)) for block in range(_MOST_BLOCKS)
    )


# Weights and biases stand one level deeper here, in the `conv` of a brick.
DESCRIPT_NAMES: Renames = (
    *_numbered(r"^encoder\.block\.{theirs}\.block\.", r"encoder.blocks.{ours}."),
    *_numbered(r"^decoder\.model\.{theirs}\.block\.", r"decoder.blocks.{ours}."),
    (r"^encoder\.block\.0\.", r"encoder.conv_in.conv."),
    (r"^encoder\.block\.\d+\.alpha$", r"encoder.snake.alpha"),
    (r"^encoder\.block\.\d+\.", r"encoder.conv_out.conv."),
    (r"^decoder\.model\.0\.", r"decoder.conv_in.conv."),
    (r"^decoder\.model\.\d+\.alpha$", r"decoder.snake.alpha"),
    (r"^decoder\.model\.\d+\.", r"decoder.conv_out.conv."),
    (r"\.(\d)\.block\.([02])\.", r".\1.branch.\2."),
    (r"\.(\d)\.block\.([13])\.", r".\1.branch.\2.conv."),
    (r"^(encoder\.blocks\.\d+\.4|decoder\.blocks\.\d+\.1)\.", r"\1.conv."),
    (r"^quantizer\.quantizers\.", r"quantizer.levels."),
)

TRANSFORMERS_NAMES: Renames = (
    (r"^(encoder|decoder)\.conv1\.", r"\1.conv_in.conv."),
    (r"^(encoder|decoder)\.conv2\.", r"\1.conv_out.conv."),
    (r"^(encoder|decoder)\.snake1\.", r"\1.snake."),
    (r"^(encoder|decoder)\.block\.", r"\1.blocks."),
    (r"^(encoder\.blocks\.\d+)\.snake1\.", r"\1.3."),
    (r"^(encoder\.blocks\.\d+)\.conv1\.", r"\1.4.conv."),
    (r"^(decoder\.blocks\.\d+)\.snake1\.", r"\1.0."),
    (r"^(decoder\.blocks\.\d+)\.conv_t1\.", r"\1.1.conv."),
    (r"^(encoder\.blocks\.\d+)\.res_unit1\.", r"\1.0."),
    (r"^(encoder\.blocks\.\d+)\.res_unit2\.", r"\1.1."),
    (r"^(encoder\.blocks\.\d+)\.res_unit3\.", r"\1.2."),
    (r"^(decoder\.blocks\.\d+)\.res_unit1\.", r"\1.2."),
    (r"^(decoder\.blocks\.\d+)\.res_unit2\.", r"\1.3."),
    (r"^(decoder\.blocks\.\d+)\.res_unit3\.", r"\1.4."),
    (r"\.snake1\.alpha$", r".branch.0.alpha"),
    (r"\.conv1\.", r".branch.1.conv."),
    (r"\.snake2\.alpha$", r".branch.2.alpha"),
    (r"(\.\d)\.conv2\.", r"\1.branch.3.conv."),
    (r"^quantizer\.quantizers\.", r"quantizer.levels."),
)

# The shapes do not tell the sample rate: the 24 kHz release has the hop of the 16 kHz one.
_RELEASED_RATES = {(320, 12): 16_000, (320, 32): 24_000, (512, 9): 44_100}


def _is_descript(shapes: Shapes) -> bool:
    return {"quantizer.quantizers.0.codebook.weight", "encoder.block.0.bias"} <= set(shapes)


def _is_transformers(shapes: Shapes) -> bool:
    return {"quantizer.quantizers.0.codebook.weight", "encoder.block.0.res_unit1.conv1.weight"} <= set(shapes)


def _from_descript(weights: Weights) -> tuple[DacConfig, dict[str, Tensor]]:
    ours = renamed(weights, DESCRIPT_NAMES)
    return _told_config(ours), ours


def _from_transformers(weights: Weights) -> tuple[DacConfig, dict[str, Tensor]]:
    ours = renamed(weights, TRANSFORMERS_NAMES)
    return _told_config(ours), ours


def renamed(weights: Weights, names: Renames) -> dict[str, Tensor]:
    """Weights under our names, with weight norm folded and Snake's alpha in our shape [C, 1]."""
    ours = {new: weights[old] for old, new in rename(weights, names).items()}
    folded = fold_stored(ours)
    return {
        name: value.reshape(-1, 1) if name.endswith(".alpha") else value for name, value in folded.items()
    }


def fold_stored(weights: Weights) -> dict[str, Tensor]:
    """Weights that are stored as length and direction, in the old way or the new, as one tensor each."""
    folded = {}
    for name, value in weights.items():
        plain = name.replace(".parametrizations.weight.original0", ".weight_g")
        if plain.endswith(".weight_g"):
            module = plain.removesuffix(".weight_g")
            new = f"{module}.parametrizations.weight.original1"
            direction = weights.get(f"{module}.weight_v", weights.get(new))
            if direction is None:
                raise ModelError(f"The weights lack the direction of {module}.", "The file may be cut.")
            norm = direction.flatten(1).norm(dim=1).reshape(value.shape)
            folded[f"{module}.weight"] = direction * (value / norm)
        elif not name.endswith((".weight_v", ".parametrizations.weight.original1")):
            folded[name] = value
    return folded


def told_rates(ours: Weights, side: str, link: int) -> tuple[int, ...]:
    """The rates that the kernels of the resampling convolutions tell: each is twice as long as its rate."""
    rates: list[int] = []
    while (name := f"{side}.blocks.{len(rates)}.{link}.conv.weight") in ours:
        rates.append(ours[name].shape[2] // 2)
    return tuple(rates)


def told_levels(ours: Weights, quantizer: str) -> tuple[int, int, int]:
    """How many codebooks a quantizer has, their size and their width."""
    books = [
        value
        for name, value in ours.items()
        if name.startswith(quantizer) and name.endswith("codebook.weight")
    ]
    if not books:
        raise ModelError(f"The weights hold no codebooks under {quantizer}.", "The file may be cut.")
    return len(books), books[0].shape[0], books[0].shape[1]


def seen(ours: Weights, name: str) -> Tensor:
    """A tensor that a config cannot be told without."""
    if name not in ours:
        raise ModelError(f"The weights do not fit (missing: {name}).", "The file may be cut or changed.")
    return ours[name]


def _told_config(ours: Weights) -> DacConfig:
    """The config that the shapes tell."""
    n_codebooks, size, dim = told_levels(ours, "quantizer.")
    rates = told_rates(ours, "encoder", 4)
    released = _RELEASED_RATES.get((math.prod(rates), n_codebooks), DacConfig.sample_rate)
    return DacConfig(
        sample_rate=released,
        encoder_dim=seen(ours, "encoder.conv_in.conv.weight").shape[0],
        encoder_rates=rates,
        latent_dim=seen(ours, "encoder.conv_out.conv.weight").shape[0],
        decoder_dim=seen(ours, "decoder.conv_in.conv.weight").shape[0],
        decoder_rates=told_rates(ours, "decoder", 1),
        n_codebooks=n_codebooks,
        codebook_size=size,
        codebook_dim=dim,
    )


DAC = Reader(
    "dac",
    DacConfig,
    Dac,
    (
        Layout("descript", _is_descript, _from_descript),
        Layout("transformers", _is_transformers, _from_transformers),
    ),
)
