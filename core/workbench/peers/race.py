"""A race: implementations of one shape doing the same in turns, each in a process of its own."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.workbench.peers.rival import Rival
from core.workbench.speed import figures

SECONDS = 2.0  # of sound that codecs take whole
STEP_MS = 80.0

_DAC = {
    "encoder_dim": 64, "encoder_rates": [2, 4, 5, 8], "decoder_dim": 1536, "decoder_rates": [8, 5, 4, 2],
    "n_codebooks": 12, "codebook_size": 1024, "codebook_dim": 8, "sample_rate": 16_000,
}  # fmt: skip
_DUALCODEC_WORDS = (
    "encoder_dim", "encoder_rates", "latent_dim", "decoder_dim", "decoder_rates", "n_codebooks",
    "codebook_size", "semantic_codebook_size", "codebook_dim", "semantic_codebook_dim", "sample_rate",
    "convnext_layers", "convnext_dim", "is_causal",
)  # fmt: skip
"""Of our config, those that the package has under the same names."""


class Racer(Rival):
    """An implementation that does laps of one shape."""

    def run(self, laps: int) -> None:
        found = self.ask(f"time {laps}")
        self.rss_mb = found["rss_mb"]
        for part, times in found["times"].items():
            self.rounds.setdefault(part, []).append(times)

    def typical(self, part: str) -> float:
        """The median over rounds of their medians."""
        return statistics.median(statistics.median(times) for times in self.rounds[part])


def race(
    what: str,
    racers: Sequence[Racer],
    rounds: int,
    laps: int,
    sound_ms: float,
    on_progress: Callable[[str], None],
) -> Iterator[dict[str, Any]]:
    """A line of figures for each and each part; a lap covers so many milliseconds of sound."""
    with ExitStack() as stack:
        for one in racers:
            on_progress(f"starting {one.name}")
            stack.enter_context(one)
        for turn in range(rounds):
            for one in racers:
                on_progress(f"round {turn + 1} of {rounds}: {one.name}")
                one.run(laps)
    for one in racers:
        for part, times in one.rounds.items():
            others = [other for other in racers if other is not one]
            yield {
                "what": f"{what} {part}",
                "who": one.name,
                **figures([time for turn in times for time in turn], sound_ms),
                "ratio": {other.name: round(other.typical(part) / one.typical(part), 2) for other in others},
                "clock": "processor",
                "rss_mb": one.rss_mb,
                "rounds": rounds,
            }


def compare_files(
    name: str, python: Path, rounds: int, on_progress: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """A codec that its package takes whole files with: `dac` or `dualcodec`."""
    preset = {"dac": "dac-16khz", "dualcodec": "dualcodec-12hz"}[name]
    arguments = (name, str(SECONDS), json.dumps(_DAC if name == "dac" else _dualcodec(preset)))
    racers = [
        Racer(f"{name} package", "package_worker", arguments, python),
        Racer("paluku", "our_laps_worker", ("codec", preset, str(SECONDS))),
    ]
    yield from race(f"{name} file", racers, rounds, 1, 1000 * SECONDS, on_progress)


def compare_duplex(
    python: Path, rounds: int, frames: int, on_progress: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """A step of moshi's shape at a small size: the package, our graphs in full precision and in 8 bits."""
    from core.workbench.random_speech import MOSHI_SMALL, random_speech

    config: dict[str, object] = {**MOSHI_SMALL, "causal": True, "depformer_max_period": 10_000}
    racers = [Racer("moshi", "package_worker", ("moshi", "0", json.dumps(config)), python)]
    with tempfile.TemporaryDirectory() as name:
        for label, int8 in (("paluku", False), ("paluku int8", True)):
            on_progress(f"exporting {label}")
            folder = Path(name) / label
            folder.mkdir()
            random_speech("moshi-small", folder, int8=int8)
            racers.append(Racer(label, "our_laps_worker", ("duplex", str(folder / "converse.onnx"))))
        yield from race("duplex", racers, rounds, frames, STEP_MS, on_progress)


def _dualcodec(preset: str) -> dict[str, object]:
    from core.nn.codecs.presets import CODEC_PRESETS

    config = asdict(CODEC_PRESETS[preset].config)
    return {word: config[word] for word in _DUALCODEC_WORDS if config.get(word) is not None}
