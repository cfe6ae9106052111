"""Our Mimi as two graphs, without torch.

python -m core.workbench.peers.our_worker ENCODER DECODER K
"""

from __future__ import annotations

import sys
from pathlib import Path

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec
from core.codecs.onnx import OnnxCodec
from core.workbench.peers import worker


def run(encoder: Path, decoder: Path, n_codebooks: int) -> None:
    format = AudioFormat(worker.RATE, worker.FRAME)
    codec = OnnxCodec(CodecSpec(format=format, codebook_sizes=(2048,) * n_codebooks), encoder, decoder)
    listening, speaking = codec.encoder(), codec.decoder()
    worker.serve(
        lambda pcm: listening.push(pcm)[:, 0],
        lambda codes: speaking.push(codes[:, None]),
    )


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
