from __future__ import annotations

import pytest
import torch

from core.nn.codecs.envelope import EnvelopeCodec
from core.nn.codecs.envelope_config import ENVELOPE_50HZ
from core.nn.quantize.predictive import UNUSED, PredictiveVQ, PredictiveVQConfig
from core.nn.reader import read_model
from core.nn.readers import CODEC_READERS
from tests.core.nn.codec_laws import assert_streams, random_weights
from tests.core.training.codec_fakes import TINY
from tests.core.training.corpus_fakes import hum


def settled() -> EnvelopeCodec:
    torch.manual_seed(0)
    codec = EnvelopeCodec(TINY)
    codec.settle(torch.from_numpy(hum(8.0, 140)).reshape(4, 1, -1))
    return codec.eval()


def test_streams() -> None:
    codec = EnvelopeCodec(TINY)
    table = codec.pitch_code.contours.embedding.clone()
    random_weights(codec)
    codec.pitch_code.contours.embedding.copy_(table)
    assert_streams(codec.eval())


def test_speaks_before_it_is_trained() -> None:
    codec = settled()
    pcm = torch.from_numpy(hum(2.0, 140))[None, None]
    with torch.inference_mode():
        made = codec(pcm)
    assert made.pcm.shape == pcm.shape
    spectra = [torch.stft(x[0], 512, window=torch.hann_window(512), return_complex=True).abs().mean(-1)
               for x in (pcm[0], made.pcm[0])]  # fmt: skip
    assert torch.corrcoef(torch.stack(spectra).squeeze(1).log1p())[0, 1] > 0.9


def test_training_and_use_say_the_same() -> None:
    codec = settled()
    pcm = torch.from_numpy(hum(1.0, 140))[None, None]
    with torch.inference_mode():
        made = codec(pcm)
        codes, _ = codec.encode(pcm, codec.encoder_state(1))
        heard, _ = codec.decode(codes, codec.decoder_state(1))
    assert (codes == made.quantized.codes).all()
    delay = codec.spec.delay_samples
    # at the very end, training repeats the last frame and use has not heard more
    same = heard[..., delay : delay + 8_000], made.pcm[..., :8_000]
    torch.testing.assert_close(*same, atol=1e-4, rtol=1e-3)


def test_codebooks_may_be_left_out() -> None:
    codec = settled()
    codes = torch.randint(8, (1, codec.spec.n_codebooks, 5))
    with torch.inference_mode():
        fewer, _ = codec.decode(codes[:, :2], codec.decoder_state(1))
        codes[:, 2:] = UNUSED
        masked, _ = codec.decode_used(codes, codec.decoder_state(1))
    torch.testing.assert_close(fewer, masked)


def test_bitrate_and_size() -> None:
    with torch.device("meta"):
        codec = EnvelopeCodec(ENVELOPE_50HZ)
    assert codec.spec.bitrate() == 4050 and codec.spec.frame_rate == 50
    assert sum(p.numel() for p in codec.parameters()) < 6e6


def test_prediction_lowers_the_error() -> None:
    torch.manual_seed(1)
    slow = torch.randn(8, 6, 40).cumsum(dim=2) * 0.3 + torch.randn(8, 6, 1)
    errors = []
    for leak in (0.0, 0.9):
        config = PredictiveVQConfig(dim=6, codebook_dim=6, codebook_sizes=(16, 16), leak=leak)
        quantizer = PredictiveVQ(config).eval()
        for proj in (quantizer.input_proj, quantizer.output_proj):
            torch.nn.init.eye_(proj.weight.data[..., 0])
        quantizer.settle(slow)
        with torch.no_grad():
            errors.append(float((quantizer(slow).quantized - slow).square().mean()))
    assert errors[1] < 0.8 * errors[0]


def test_a_dropped_codebook_is_dropped_in_the_prediction_too() -> None:
    quantizer = PredictiveVQ(
        PredictiveVQConfig(dim=6, codebook_dim=6, codebook_sizes=(8, 8), quantizer_dropout=1.0)
    )
    quantizer.settle(torch.randn(4, 6, 50))
    made = quantizer.train()(torch.randn(2, 6, 10, requires_grad=True))
    made.quantized.sum().backward()
    assert made.codes.shape == (2, 2, 10) and torch.isfinite(made.losses["commitment"])


def test_saved_and_read(tmp_path: pytest.TempPathFactory) -> None:
    from core.nn.codecs.envelope import ENVELOPE

    codec = settled()
    ENVELOPE.save(codec, TINY, tmp_path / "w.safetensors")  # type: ignore[operator]
    again = read_model(tmp_path / "w.safetensors", CODEC_READERS)  # type: ignore[operator]
    assert isinstance(again, EnvelopeCodec)
    torch.testing.assert_close(again.pitches, codec.pitches)
