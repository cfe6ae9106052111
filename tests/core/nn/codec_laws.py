"""The laws of a streaming codec: pieces make the whole, and the future changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from core.nn.codecs.model import CodecModel


def random_weights(codec: CodecModel) -> CodecModel:
    """Weights that let sound through: fresh ones are so small that every codec would be silent."""
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for name, value in codec.named_parameters():
            if value.dim() == 3 and value.shape[1:].numel() > 1 and not name.endswith("alpha"):
                value.normal_(0, 0.7 * value[0].numel() ** -0.5, generator=generator)
            elif "codebook" in name:
                value.normal_(0, 1, generator=generator)
        for name, value in codec.named_buffers():
            if name.endswith("embedding"):
                value.normal_(0, 1, generator=generator)
    return codec.eval()


def sound(codec: CodecModel, frames: int, batch: int = 1) -> Tensor:
    size = codec.spec.format.frame_size
    generator = torch.Generator().manual_seed(4)
    loud = torch.rand(batch, 1, frames, generator=generator).repeat_interleave(size, dim=-1)
    return loud * torch.randn(batch, 1, frames * size, generator=generator)


def pushed(codec: CodecModel, pcm: Tensor, cuts: Iterable[int]) -> tuple[Tensor, Tensor]:
    """Codes and sound of a stream that is cut into these numbers of frames (the last takes what is left)."""
    size, total = codec.spec.format.frame_size, pcm.shape[-1] // codec.spec.format.frame_size
    sizes, at = list(cuts), 0
    up, down = codec.encoder_state(pcm.shape[0]), codec.decoder_state(pcm.shape[0])
    codes, heard = [], []
    with torch.inference_mode():
        while at < total:
            frames = min(sizes.pop(0) if sizes else total, total - at)
            some, up = codec.encode(pcm[..., at * size : (at + frames) * size].clone(), up)
            piece, down = codec.decode(some, down)
            codes.append(some)
            heard.append(piece)
            at += frames
    return torch.cat(codes, -1), torch.cat(heard, -1)


def assert_streams(codec: CodecModel, frames: int = 12, atol: float = 1e-5) -> None:
    """Pieces equal the whole, both ways, and a prefix has the codes and sound of the whole's beginning."""
    pcm = sound(codec, frames, batch=2)
    codes, heard = pushed(codec, pcm, [frames])
    assert codes.shape == (2, codec.spec.n_codebooks, frames) and heard.shape == pcm.shape
    assert heard.std() > 1e-4
    for cuts in ([1] * frames, [3, 1, 5]):
        pieces, sounds = pushed(codec, pcm, cuts)
        assert (pieces == codes).all()
        torch.testing.assert_close(sounds, heard, atol=atol, rtol=1e-4)
    for early in (1, frames // 2):
        size = early * codec.spec.format.frame_size
        some, start = pushed(codec, pcm[..., :size], [early])
        assert (some == codes[..., :early]).all()
        torch.testing.assert_close(start, heard[..., :size], atol=atol, rtol=1e-4)
