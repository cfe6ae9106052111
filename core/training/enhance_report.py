"""What the live extender is worth, beside its baselines, on speakers that it never heard. Prints JSON lines.

python -m core.training.enhance_report --recordings FOLDER --held-out NAMES --graph extender.onnx
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soxr

from core.audio.base import Pcm
from core.enhance.base import OUT_RATE
from core.enhance.crossover import HALF_WIDTH_HZ
from core.enhance.features import crossover_hz
from core.enhance.live import LiveEnhancer
from core.errors import PalukuError
from core.training.enhance_baselines import BandReplication, resampled_only
from core.training.enhance_material import Clip, Material, MaterialConfig, gather

RATES = (8_000, 16_000, 24_000)

_WINDOW, _HOP = 2048, 512
_POWER_FLOOR = 1e-8
_ROOM_HZ = 1_500.0  # that the truth must reach above the input's band
_TIMED_SECONDS = 30
_CLIPS_EACH = 8

Method = Callable[[Pcm, int], Pcm]
Figures = tuple[float, float, float, float]  # distance, distance in the added band, level, low-band SNR


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one method at one input rate on one kind of speech."""

    method: str
    rate: int
    speech: str
    clips: int
    speakers: int
    lsd: float  # over all that is known of the truth
    lsd_added: float  # over the added band alone
    level_db: float  # of the added band against the truth's, over whole clips
    low_band_snr_db: float | None


def log_spectral_distance(made: Pcm, truth: Pcm, from_hz: float, to_hz: float) -> float:
    """Mean over frames of the root mean square difference of log10 power, between two frequencies."""
    spectra = []
    for pcm in (made, truth):
        windows = np.lib.stride_tricks.sliding_window_view(pcm, _WINDOW)[::_HOP] * np.hanning(_WINDOW)
        spectra.append(np.log10(np.maximum(np.abs(np.fft.rfft(windows)) ** 2, _POWER_FLOOR)))
    hertz = np.fft.rfftfreq(_WINDOW, 1 / OUT_RATE)
    band = (hertz >= from_hz) & (hertz < to_hz)
    squares = (spectra[0][:, band] - spectra[1][:, band]) ** 2
    return float(np.sqrt(squares.mean(axis=1)).mean())


def low_band_snr_db(made: Pcm, heard: Pcm, below_hz: float) -> float:
    """How far below the sound all that was changed in its own band lies."""
    hertz = np.fft.rfftfreq(len(heard), 1 / OUT_RATE)
    spectrum, change = (np.fft.rfft(x.astype(np.float64))[hertz < below_hz] for x in (heard, made - heard))
    return float(10 * np.log10((np.abs(spectrum) ** 2).sum() / max((np.abs(change) ** 2).sum(), 1e-20)))


def level_db(made: Pcm, truth: Pcm, from_hz: float, to_hz: float) -> float:
    """How much louder a band is than it should be."""
    hertz = np.fft.rfftfreq(len(truth), 1 / OUT_RATE)
    band = (hertz >= from_hz) & (hertz < to_hz)
    power = [(np.abs(np.fft.rfft(pcm)[band]) ** 2).sum() + 1e-12 for pcm in (made, truth)]
    return float(10 * np.log10(power[0] / power[1]))


def report(material: Material, graph: Path, say: Callable[[Row], None]) -> list[Row]:
    """Every method at every rate on real and synthetic speech."""
    live = LiveEnhancer(graph)

    def extended(pcm: Pcm, rate: int) -> Pcm:
        stream = live.begin(rate, rate / 2)
        return np.concatenate((stream.push(pcm), stream.finish()))

    rows = []
    for rate in RATES:
        methods: dict[str, Method] = {
            "resampled": resampled_only,
            "band replication": BandReplication(rate / 2, material.train),
            "live extender": extended,
        }
        for speech in ("real", "espeak", "world"):
            clips = [clip for clip in _few_of_each(material.held_out, rate) if clip.kind == speech]
            if not clips:
                continue
            for name, method in methods.items():
                rows.append(_row(name, method, rate, speech, clips))
                say(rows[-1])
    return rows


def speed(graph: Path) -> dict[str, float]:
    """Seconds of sound for a second of one core's time, by input rate."""
    found = {}
    live = LiveEnhancer(graph, threads=1)
    noise = np.random.default_rng(0).normal(0, 0.1, _TIMED_SECONDS * max(RATES)).astype(np.float32)
    for rate in RATES:
        stream = live.begin(rate, rate / 2)
        began = time.process_time()
        for start in range(0, _TIMED_SECONDS * rate, rate):
            stream.push(noise[start : start + rate])
        stream.finish()
        found[str(rate)] = _TIMED_SECONDS / (time.process_time() - began)
    return found


def _few_of_each(clips: Sequence[Clip], rate: int) -> list[Clip]:
    """Clips that reach above the input's band, a few of each speaker."""
    taken: dict[str, list[Clip]] = {}
    for clip in clips:
        of_speaker = taken.setdefault(clip.speaker, [])
        if clip.limit_hz > rate / 2 + _ROOM_HZ and len(of_speaker) < _CLIPS_EACH:
            of_speaker.append(clip)
    return [clip for of_speaker in taken.values() for clip in of_speaker]


def _row(name: str, method: Method, rate: int, speech: str, clips: Sequence[Clip]) -> Row:
    """Means over speakers, so that one who recorded much counts no more than one who recorded little."""
    by_speaker: dict[str, list[Figures]] = {}
    for clip in clips:
        by_speaker.setdefault(clip.speaker, []).append(_figures(method, rate, clip))
    means = np.mean([np.mean(figures, axis=0) for figures in by_speaker.values()], axis=0)
    worst = min(figures[-1] for each in by_speaker.values() for figures in each)
    return Row(
        name,
        rate,
        speech,
        len(clips),
        len(by_speaker),
        round(float(means[0]), 3),
        round(float(means[1]), 3),
        round(float(means[2]), 1),
        None if method is resampled_only else round(worst, 1),
    )


def _figures(method: Method, rate: int, clip: Clip) -> Figures:
    crossover = crossover_hz(rate / 2)
    low = np.asarray(soxr.resample(clip.pcm, OUT_RATE, rate), np.float32)
    made = method(low, rate)[: len(clip.samples)]
    truth = clip.pcm[: len(made)]
    return (
        log_spectral_distance(made, truth, 0, clip.limit_hz),
        log_spectral_distance(made, truth, crossover, clip.limit_hz),
        level_db(made, truth, crossover, clip.limit_hz),
        low_band_snr_db(made, resampled_only(low, rate)[: len(made)], crossover - HALF_WIDTH_HZ),
    )


def _material(args: argparse.Namespace) -> MaterialConfig:
    return MaterialConfig(recordings=tuple(args.recordings), held_out=tuple(args.held_out), seed=args.seed)


def main() -> int:
    parser = argparse.ArgumentParser(description="Judge the live extender beside its baselines.")
    parser.add_argument(
        "--recordings", action="append", required=True, metavar="FOLDER", help="full-band speech"
    )
    parser.add_argument(
        "--held-out", nargs="*", default=[], metavar="SPEAKER", help="speakers kept for judging"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--graph", type=Path, required=True, metavar="FILE.onnx")
    args = parser.parse_args()
    try:
        material = gather(_material(args), lambda line: print(line, file=sys.stderr))
        report(material, args.graph, lambda row: print(json.dumps(asdict(row)), flush=True))
        print(json.dumps({"real_time_factor": {r: round(x, 1) for r, x in speed(args.graph).items()}}))
    except PalukuError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
