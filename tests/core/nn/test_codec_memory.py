"""A codec that streams takes as much memory after an hour as after a second."""

from __future__ import annotations

import gc
import mmap
from collections.abc import Callable

import psutil
import pytest
import torch

from core.nn.codecs.mimi import Mimi, MimiConfig
from core.nn.codecs.model import CodecModel
from core.nn.codecs.telugu import TeluguCodec
from core.nn.codecs.voice import VoiceCodec
from core.nn.seanet import SeanetConfig
from core.nn.state import total_bytes
from core.nn.transformer import TransformerConfig
from tests.core.nn.test_dualcodec import live
from tests.core.nn.test_jodio import tiny as tiny_jodio
from tests.core.nn.test_telugu import tiny as tiny_telugu
from tests.core.nn.test_voice import tiny as tiny_voice


def tiny_mimi() -> Mimi:
    transformer = TransformerConfig(dim=16, n_layers=2, n_heads=2, hidden=32, context=20, step_size=2)
    seanet = SeanetConfig(dimension=16, n_filters=4)
    return Mimi(
        MimiConfig(seanet=seanet, transformer=transformer, n_codebooks=3, codebook_size=16, codebook_dim=8)
    )


CODECS: dict[str, Callable[[], CodecModel]] = {
    "mimi": tiny_mimi,
    "telugu-200hz": lambda: TeluguCodec(tiny_telugu("telugu-200hz")),
    "telugu-50hz": lambda: TeluguCodec(tiny_telugu("telugu-50hz")),
    "telugu-hybrid-50hz": lambda: TeluguCodec(tiny_telugu("telugu-hybrid-50hz")),
    "telugu-hybrid-12hz": lambda: TeluguCodec(tiny_telugu("telugu-hybrid-12hz")),
    "jodio": tiny_jodio,
    "dualcodec-live": live,
    "voice": lambda: VoiceCodec(tiny_voice("paluku-voice-transformer")),
    "voice-istft": lambda: VoiceCodec(tiny_voice("paluku-voice-istft")),
    "voice-seanet": lambda: VoiceCodec(tiny_voice("paluku-voice-seanet-12hz")),
}


class Stream:
    """A codec that hears noise and plays it back, for as long as it is asked to."""

    def __init__(self, codec: CodecModel, frames: int) -> None:
        self.codec = codec.eval()
        self.pcm = torch.randn(1, 1, frames * codec.spec.format.frame_size)
        self.up, self.down = codec.encoder_state(1), codec.decoder_state(1)

    def run(self, pushes: int) -> None:
        with torch.inference_mode():
            for _ in range(pushes):
                codes, self.up = self.codec.encode(self.pcm, self.up)
                _, self.down = self.codec.decode(codes, self.down)

    def memory(self) -> tuple[int, int, int]:
        """Bytes of the state, of the tensors it keeps alive, and of the process."""
        gc.collect()
        state = {"up": self.up, "down": self.down}
        return total_bytes(state), kept_bytes(state), psutil.Process().memory_info().rss


def kept_bytes(state: dict[str, object]) -> int:
    """The storage behind the state: a small view of a long chunk would keep all of it."""
    return sum(
        value.untyped_storage().nbytes() if isinstance(value, torch.Tensor) else kept_bytes(value)  # type: ignore[arg-type]
        for value in state.values()
    )


def level(readings: list[int]) -> int:
    """What a process holds for good: its lowest reading.

    Between two pushes the allocator keeps freed blocks of many megabytes, or has just given them back, so
    that two single readings of a talk that keeps nothing differ by 2 % either way. What is really kept
    raises the lowest reading as well.
    """
    return min(readings)


def watched(stream: Stream, pushes: int, looks: int) -> list[tuple[int, int, int]]:
    """The memory at so many moments, evenly over so many pushes."""
    found = []
    for _ in range(looks):
        stream.run(pushes // looks)
        found.append(stream.memory())
    return found


def assert_flat(stream: Stream, pushes: int, looks: int) -> None:
    """No more memory at the end of so many pushes than at their beginning."""
    found = watched(stream, pushes, looks)
    assert len({state for state, _, _ in found}) == 1
    kept = [kept for _, kept, _ in found]
    assert max(kept) <= kept[0] * 1.01
    process, third = [process for _, _, process in found], looks // 3
    assert level(process[-third:]) <= level(process[:third]) * 1.01


@pytest.mark.parametrize("name", CODECS)
def test_flat_over_a_long_talk(name: str) -> None:
    stream = Stream(CODECS[name](), frames=1)
    stream.run(10)
    assert_flat(stream, 60, looks=12)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", CODECS)
def test_flat_over_an_hour(name: str) -> None:
    codec = CODECS[name]()
    frames = round(2 * codec.spec.frame_rate)  # two seconds a push: whole frames at every rate
    stream = Stream(codec, frames)
    stream.run(30)
    assert_flat(stream, 1800, looks=60)


def test_what_is_kept_is_seen() -> None:
    """A talk that keeps a little of every push fails, however the allocator breathes."""
    stream = Stream(tiny_mimi(), frames=1)
    stream.run(10)
    kept: list[mmap.mmap] = []

    class Hoarder(Stream):
        def run(self, pushes: int) -> None:
            super().run(pushes)
            for _ in range(pushes):
                # straight from the system: the allocator of a busy process has much that it may use again
                kept.append(mmap.mmap(-1, 4 << 20))
                kept[-1].write(b"1" * (4 << 20))

    stream.__class__ = Hoarder
    with pytest.raises(AssertionError):
        assert_flat(stream, 60, looks=12)
