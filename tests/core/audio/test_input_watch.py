"""What is wrong with a microphone's sound is said once, in words."""

from __future__ import annotations

import numpy as np

from core.audio.input_watch import InputWatch, Trouble

RATE = 16_000


def watch(sound: np.ndarray, **wishes: bool) -> list[Trouble]:
    ear = InputWatch(RATE, **wishes)
    found = [ear.push(sound[at : at + 320].astype(np.float32)) for at in range(0, len(sound), 320)]
    return [trouble for trouble in found if trouble]


def syllables(seconds: int, level: float) -> np.ndarray:
    dice = np.random.default_rng(1)
    loud = np.repeat(dice.random(seconds * 5) > 0.5, RATE // 5)
    return dice.standard_normal(len(loud)) * (1e-4 + level * loud)


def test_nothing_at_all_is_told_after_two_seconds_and_once() -> None:
    assert watch(np.zeros(RATE * 19 // 10)) == []
    (trouble,) = watch(np.zeros(RATE * 21 // 10))
    assert trouble.kind == "silent" and trouble.hint
    assert watch(np.zeros(RATE * 20)) == [trouble]


def test_a_headset_that_is_silent_between_words_works() -> None:
    word = syllables(1, 0.05)
    assert watch(np.concatenate((word, np.zeros(20 * RATE), word, np.zeros(20 * RATE)))) == []
    (trouble,) = watch(np.concatenate((word, np.zeros(31 * RATE))))
    assert trouble.kind == "silent"


def test_one_short_word_in_a_long_silence_is_loud_enough() -> None:
    dice = np.random.default_rng(2)
    silence = 2e-5 * dice.standard_normal(14 * RATE)
    word = 0.05 * dice.standard_normal(RATE * 2 // 5)
    assert watch(np.concatenate((silence, word, silence))) == []


def test_a_good_voice_is_no_trouble() -> None:
    assert watch(syllables(20, 0.05)) == []


def test_silence_with_its_noise_is_no_trouble() -> None:
    assert watch(syllables(20, 0.0)) == []


def test_a_soft_voice_is_told_with_what_is_missing() -> None:
    (trouble,) = watch(syllables(20, 0.002))
    assert trouble.kind == "too_quiet"
    assert "dB" in trouble.hint


def test_a_voice_cut_off_at_its_peaks_is_told() -> None:
    (trouble,) = watch(np.clip(syllables(6, 0.8), -1, 1))
    assert trouble.kind == "clipping"


def test_telephone_quality_is_explained_at_once() -> None:
    (trouble,) = watch(syllables(2, 0.05), hands_free=True)
    assert trouble.kind == "hands_free"
