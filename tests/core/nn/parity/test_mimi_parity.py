"""Mimi against the moshi package and against transformers, with random weights and no download."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor, nn

from core.nn.checkpoint import write_weights
from core.nn.codecs.mimi import Mimi
from core.nn.codecs.mimi_weights import MIMI
from core.nn.reader import read_model
from tests.core.nn.streams import assert_pieces_equal_whole

pytestmark = pytest.mark.parity

FRAMES, FRAME = 20, 1920


def package(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        pytest.skip(f"{name} cannot be imported ({error}); see tests/parity-requirements.txt")


@pytest.fixture(scope="module")
def moshi() -> nn.Module:
    """The moshi package's Mimi, filled where initialisation leaves zeros or ones that would hide mistakes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_TORCH_COMPILE", "1")
        loaders = package("moshi.models.loaders")
    torch.manual_seed(0)
    mimi: nn.Module = loaders.get_mimi(None, device="cpu", num_codebooks=32).eval()
    with torch.no_grad():
        for name, value in [*mimi.named_parameters(), *mimi.named_buffers()]:
            if name.endswith("embedding_sum"):
                value.normal_(0, 0.1)  # as large as what is quantised, so that the codes differ
            elif name.endswith("cluster_usage"):
                value.uniform_(0.5, 2)
            elif name.endswith("_initialized"):
                value.fill_(1)
            elif "layer_scale" in name:
                value.uniform_(0.2, 0.5)
            elif "norm" in name and name.endswith("bias"):
                value.normal_(0, 0.1)
            elif ".model." in name and name.endswith("weight"):
                value.mul_(1.5)  # the usual start of a convolution makes each layer quieter
    for module in mimi.modules():
        if hasattr(module, "embedding_sum"):
            module.register_buffer("_embedding", None, persistent=False)  # a table computed before the fill
    return mimi


@pytest.fixture(scope="module")
def on_disk(moshi: nn.Module) -> dict[str, Tensor]:
    """The weights under the names of the published file."""
    weights = {}
    for name, value in moshi.state_dict().items():
        name = name.replace("in_projs.0.weight", "in_proj_weight").replace("out_projs.0", "out_proj")
        weights[name] = value.clone().contiguous()
    return weights


@pytest.fixture(scope="module")
def ours(on_disk: dict[str, Tensor], tmp_path_factory: pytest.TempPathFactory) -> Mimi:
    path = tmp_path_factory.mktemp("mimi") / "moshi.safetensors"
    write_weights(path, on_disk, {})
    return read(path)


def read(path: Path) -> Mimi:
    model = read_model(path, [MIMI])
    assert isinstance(model, Mimi)
    return model


@pytest.fixture(scope="module")
def pcm() -> Tensor:
    """Noise whose loudness and colour change, so that its frames differ."""
    generator = torch.Generator().manual_seed(1)
    noise = torch.randn(1, 1, FRAMES * FRAME, generator=generator)
    loud = torch.rand(1, 1, 4 * FRAMES, generator=generator).repeat_interleave(FRAME // 4, dim=-1)
    return loud * (noise + 2 * torch.sin(torch.arange(FRAMES * FRAME) ** 1.3 * 0.01))


def encode(mimi: Mimi, pcm: Tensor) -> tuple[Tensor, Tensor]:
    """Latent frames and codes."""
    with torch.no_grad():
        latent, _ = mimi.encoder(pcm, mimi.encoder_state(len(pcm)))
        return latent, mimi.quantizer.encode(latent)


def decode(mimi: Mimi, codes: Tensor) -> Tensor:
    with torch.no_grad():
        return mimi.decode(codes, mimi.decoder_state(len(codes)))[0]


def test_the_published_file_has_318_tensors(on_disk: dict[str, Tensor]) -> None:
    assert len(on_disk) == 318


def test_moshi(moshi: nn.Module, ours: Mimi, pcm: Tensor) -> None:
    with torch.no_grad():
        latent = moshi.encode_to_latent(pcm, quantize=False)
        codes = moshi.encode(pcm)
        heard = moshi.decode(codes)
    our_latent, our_codes = encode(ours, pcm)
    assert codes.shape == (1, 32, FRAMES)
    assert all(len(level.unique()) >= FRAMES // 3 for level in codes[0]), "the codes are too much alike"
    assert heard.std() > 0.01, "the sound is too soft for the comparison"
    torch.testing.assert_close(our_latent, latent, atol=1e-5, rtol=0)
    assert torch.equal(our_codes, codes)
    torch.testing.assert_close(decode(ours, codes), heard, atol=1e-5, rtol=0)


@pytest.mark.parametrize("n_codebooks", [1, 8])
def test_moshi_with_fewer_codebooks(moshi: nn.Module, ours: Mimi, pcm: Tensor, n_codebooks: int) -> None:
    codes = encode(ours, pcm)[1][:, :n_codebooks]
    with torch.no_grad():
        heard = moshi.decode(codes)
    torch.testing.assert_close(decode(ours, codes), heard, atol=1e-5, rtol=0)


def test_moshi_frame_by_frame(moshi: nn.Module, ours: Mimi, pcm: Tensor) -> None:
    encoder, decoder, codes, heard = ours.encoder_state(1), ours.decoder_state(1), [], []
    with torch.inference_mode(), moshi.streaming(1):
        for frame in pcm.split(FRAME, dim=-1):
            theirs = moshi.encode(frame)
            found, encoder = ours.encode(frame, encoder)
            assert torch.equal(found, theirs)
            sound, decoder = ours.decode(found, decoder)
            torch.testing.assert_close(sound, moshi.decode(theirs), atol=1e-5, rtol=0)
            codes.append(found)
            heard.append(sound)
    whole = encode(ours, pcm)[1]
    assert torch.equal(torch.cat(codes, dim=-1), whole)
    torch.testing.assert_close(torch.cat(heard, dim=-1), decode(ours, whole), atol=1e-5, rtol=0)


def test_past_the_context_pieces_still_equal_the_whole(moshi: nn.Module, ours: Mimi) -> None:
    frames = 140  # 280 steps of attention, of which a query sees 250
    x = torch.randn(1, 2 * frames, 512)
    transformer = ours.encoder.transformer
    with torch.no_grad():
        (theirs,) = moshi.encoder_transformer(x.transpose(1, 2))
        found, _ = transformer(x, transformer.initial_state(1))
    torch.testing.assert_close(found, theirs.transpose(1, 2), atol=1e-5, rtol=1e-5)
    assert_pieces_equal_whole(transformer, x, [[2] * frames], axis=1)


@pytest.fixture(scope="module")
def transformers_mimi(on_disk: dict[str, Tensor]) -> nn.Module:
    transformers = package("transformers")
    mimi: nn.Module = transformers.MimiModel(transformers.MimiConfig()).eval()
    weights = transformers_names(on_disk)
    known = mimi.state_dict()
    moved = {in_memory(name, known): value for name, value in weights.items()}
    fit = mimi.load_state_dict(moved, strict=False)
    assert fit.unexpected_keys == []
    assert [name for name in fit.missing_keys if not name.endswith("inv_freq")] == []
    return mimi


def transformers_names(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The published table of names, applied to the moshi package's file."""
    table = (
        ("conv.conv.conv.", "conv."),
        ("convtr.convtr.convtr.", "conv."),
        ("conv.conv.", "conv."),
        ("convtr.convtr.", "conv."),
        ("quantizer.rvq_first.vq.", "quantizer.semantic_residual_vector_quantizer."),
        ("quantizer.rvq_first.", "quantizer.semantic_residual_vector_quantizer."),
        ("quantizer.rvq_rest.vq.", "quantizer.acoustic_residual_vector_quantizer."),
        ("quantizer.rvq_rest.", "quantizer.acoustic_residual_vector_quantizer."),
        ("_codebook", "codebook"),
        ("_initialized", "initialized"),
        ("embedding_sum", "embed_sum"),
        ("encoder.model", "encoder.layers"),
        ("decoder.model", "decoder.layers"),
        ("_transformer.transformer", "_transformer"),
        ("linear1", "mlp.fc1"),
        ("linear2", "mlp.fc2"),
        ("self_attn.out_proj", "self_attn.o_proj"),
        ("norm1", "input_layernorm"),
        ("norm2", "post_attention_layernorm"),
        ("layer_scale_1", "self_attn_layer_scale"),
        ("layer_scale_2", "mlp_layer_scale"),
    )
    theirs = {}
    for name, value in weights.items():
        for old, new in table:
            name = name.replace(old, new)
        if not name.endswith("in_proj_weight"):
            theirs[name] = value
            continue
        for part, rows in zip("qkv", value.chunk(3), strict=True):
            if part != "v":
                rows = rows.view(8, 32, 2, 512).transpose(1, 2).reshape(512, 512)
            theirs[name.replace("in_proj_weight", f"{part}_proj.weight")] = rows
    return theirs


def in_memory(name: str, known: dict[str, Tensor]) -> str:
    """Where the installed release keeps a tensor of the published file."""
    part = name.split(".")[0]
    side = {"downsample": "encoder", "upsample": "decoder"}.get(part, part.removesuffix("_transformer"))
    inner = name.replace(f"{side}.layers", f"{side}_seanet.layers") if part == side else name
    return next(choice for choice in (name, f"{side}.{name}", f"{side}.{inner}") if choice in known)


def test_transformers(transformers_mimi: nn.Module, ours: Mimi, pcm: Tensor) -> None:
    with torch.no_grad():
        codes = transformers_mimi.encode(pcm).audio_codes
        heard = transformers_mimi.decode(codes).audio_values
    assert torch.equal(encode(ours, pcm)[1], codes)
    torch.testing.assert_close(decode(ours, codes), heard, atol=1e-5, rtol=0)


def test_reads_the_layout_of_transformers(
    transformers_mimi: nn.Module, on_disk: dict[str, Tensor], ours: Mimi, tmp_path: Path
) -> None:
    published = transformers_names(on_disk)
    assert len(published) == 350
    for weights in (published, dict(transformers_mimi.state_dict())):
        write_weights(tmp_path / "hf.safetensors", weights, {})
        found = read(tmp_path / "hf.safetensors").state_dict()
        for name, value in ours.state_dict().items():
            torch.testing.assert_close(found[name], value)
