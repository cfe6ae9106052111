from __future__ import annotations

import pytest
import torch

from core.nn.chain import Chain
from core.nn.fourier import Fourier, FourierConfig, InverseFourier
from tests.core.nn.streams import assert_causal, assert_pieces_equal_whole, whole


@pytest.mark.parametrize(("n_fft", "hop"), [(16, 4), (12, 6), (30, 5)])
def test_there_and_back(n_fft: int, hop: int) -> None:
    config = FourierConfig(n_fft=n_fft, hop=hop)
    both = Chain(Fourier(config), InverseFourier(config))
    x = torch.randn(2, 1, 20 * hop)
    heard, delay = whole(both, x), config.delay_samples
    assert heard.shape == x.shape
    torch.testing.assert_close(heard[..., delay:], x[..., : 20 * hop - delay], atol=1e-5, rtol=0)
    assert_pieces_equal_whole(both, x, [[hop] * 20, [3 * hop, hop, 7 * hop]])
    assert_causal(both, x, frame=hop)


def test_spectrum_is_that_of_the_last_samples() -> None:
    x = torch.randn(1, 1, 40)
    found = whole(Fourier(FourierConfig(n_fft=16, hop=4)), x)  # [1, 10, 18]
    expected = torch.fft.rfft(x[0, 0, 20:36] * torch.hann_window(16))
    torch.testing.assert_close(found[0, 8], torch.cat([expected.real, expected.imag]), atol=1e-5, rtol=0)


@pytest.mark.parametrize(("n_fft", "hop"), [(15, 5), (16, 16), (16, 5)])
def test_windows_that_do_not_fit(n_fft: int, hop: int) -> None:
    with pytest.raises(ValueError, match="hops"):
        FourierConfig(n_fft=n_fft, hop=hop)
