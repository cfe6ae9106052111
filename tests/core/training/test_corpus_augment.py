import numpy as np
import pytest
import soundfile

from core.errors import AudioFileError, PalukuError
from core.training.corpus.augment import (
    AugmentConfig,
    Augmenter,
    band_limited,
    clipped,
    coded,
    coloured_noise,
    faster,
    gained,
    microphone,
    noisy,
    tilted,
)
from core.training.corpus.rooms import in_room, measured_rooms, simulated_room
from tests.core.training.corpus_fakes import hum

RATE = 24_000
EVERYTHING = AugmentConfig(room=1, microphone=1, band=1, noise=1, clip=1, codec=1, gain=1)


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.mark.parametrize("samples", [0, 1, 100, 24_000])
@pytest.mark.parametrize("silent", [False, True])
def test_everything_keeps_length_and_is_finite(samples, silent, rng):
    voice = np.zeros(samples, np.float32) if silent else hum(1.0, 120, RATE)[:samples]
    for _ in range(4):
        changed, names = Augmenter(EVERYTHING, RATE)(voice, rng)
        assert changed.shape == voice.shape and changed.dtype == np.float32
        assert np.isfinite(changed).all()
        assert names == ("room", "noise", "microphone", "band", "clip", "codec", "gain")


def test_the_same_rng_does_the_same():
    voice = hum(0.5, 120, RATE)
    first, second = (Augmenter(EVERYTHING, RATE)(voice, np.random.default_rng(3))[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_nothing_is_done_when_nothing_is_asked(rng):
    voice = hum(0.2, 120, RATE)
    changed, names = Augmenter(AugmentConfig(0, 0, 0, 0, 0, codec=0, clip=0, gain=0), RATE)(voice, rng)
    np.testing.assert_array_equal(changed, voice)
    assert names == ()


def test_a_simulated_room_begins_with_its_direct_sound(rng):
    for _ in range(20):
        response = simulated_room(RATE, rng)
        assert response[0] == 1.0 and np.isfinite(response).all()
        tail = np.square(response[RATE // 20 :]).sum()
        assert 0 < tail < 50


def test_a_room_stays_in_step(rng):
    click = np.zeros(RATE, np.float32)
    click[5000] = 1
    assert abs(int(np.argmax(np.abs(in_room(click, simulated_room(RATE, rng))))) - 5000) <= 1


def test_noise_comes_at_the_distance_asked(rng):
    voice = hum(1.0, 120, RATE)
    noise = noisy(voice, rng, (), 20.0, 20.0) - voice
    distance = 20 * np.log10(voice.std() / noise.std())
    assert abs(distance - 20) < 0.5


def test_pink_noise_falls(rng):
    power = np.abs(np.fft.rfft(coloured_noise(1 << 16, rng, 1.0))) ** 2
    assert power[100:200].mean() > 20 * power[10_000:20_000].mean()


def test_bands_and_tilts_move_energy(rng):
    noise = rng.standard_normal(RATE).astype(np.float32)

    def above(pcm, hz):
        power = np.abs(np.fft.rfft(pcm)) ** 2
        return power[hz:].sum() / power.sum()

    assert above(band_limited(noise, RATE, rng), 10_000) < 0.01
    assert above(tilted(noise, RATE, 3.0), 4000) > above(noise, 4000) > above(tilted(noise, RATE, -3.0), 4000)
    assert np.isfinite(microphone(noise, RATE, rng)).all()


def test_clipping_and_gain_stay_below_full_scale(rng):
    voice = hum(0.3, 120, RATE)
    assert np.abs(clipped(voice, rng)).max() < np.abs(voice).max()
    assert np.abs(gained(voice * 3, rng, 20, 20)).max() < 1.0


@pytest.mark.parametrize("codec", ["mulaw", "opus", "mp3"])
def test_codecs_stay_in_step(codec):
    voice = hum(1.0, 150, RATE)
    back = coded(voice, RATE, codec)
    assert back.shape == voice.shape
    middle = slice(6000, 18_000)
    assert np.corrcoef(voice[middle], back[middle])[0, 1] > 0.95


def test_faster_is_shorter():
    assert abs(len(faster(np.zeros(1000, np.float32), 1.25)) - 800) <= 1


def test_measured_rooms_are_read_and_trimmed(tmp_path):
    response = np.zeros(4000, np.float32)
    response[700:] = 0.5 * 0.99 ** np.arange(3300)
    soundfile.write(tmp_path / "hall.wav", response, RATE)
    (room,) = measured_rooms(tmp_path, RATE)
    assert room[0] == 1.0 and len(room) == 3300


def test_a_damaged_room_is_named(tmp_path):
    (tmp_path / "hall.wav").write_bytes(b"no sound")
    with pytest.raises(AudioFileError, match=r"hall\.wav"):
        measured_rooms(tmp_path, RATE)


def test_shares_beyond_one_are_refused():
    with pytest.raises(PalukuError, match="room"):
        AugmentConfig(room=1.5)
