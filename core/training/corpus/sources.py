"""Sources: who can speak on this machine, and who is left out because it is not installed."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import PalukuError
from core.training.corpus import espeak, festival, flite
from core.training.corpus.config import CorpusConfig

KINDS = ("named", "crowd", "flite", "festival")
ENGINE_OF = {"named": "espeak", "crowd": "espeak", "flite": "flite", "festival": "festival"}


@dataclass(frozen=True, slots=True)
class Sources:
    """The synthesizers of this machine: their versions, each kind's share, and what is missing."""

    versions: dict[str, str]
    shares: dict[str, float]
    left_out: tuple[str, ...]


def available_sources(config: CorpusConfig) -> Sources:
    """What the config asks for and this machine has; the share of what is missing goes to the others."""
    found = {
        "espeak": (espeak.Espeak.version(), espeak.MISSING),
        "flite": (flite.Flite.version(), flite.MISSING),
        "festival": (festival.Festival.version(), festival.MISSING),
    }
    wanted = {kind: float(getattr(config.mix, kind)) for kind in KINDS}
    if "en" not in config.language_shares():
        wanted["flite"] = 0.0  # it speaks nothing else
    asked = sorted({ENGINE_OF[kind] for kind, share in wanted.items() if share})
    versions = {engine: version for engine in asked if (version := found[engine][0]) is not None}
    left_out = [found[engine][1] for engine in asked if engine not in versions]
    shares = {kind: share for kind, share in wanted.items() if share and ENGINE_OF[kind] in versions}
    if "festival" in shares:
        installed = [
            voice for voice in festival.installed_voices() if voice.language in config.language_shares()
        ]
        left_out += [
            f"The festival voice {voice.package} is not installed: it is left out."
            for voice in festival.VOICES
            if voice.language in config.language_shares() and voice not in installed
        ]
        if not installed:
            del shares["festival"], versions["festival"]
    total = sum(shares.values())
    if not total and not config.recordings:
        raise PalukuError(
            "No synthesizer of the config's mix is installed, and it names no recordings.",
            "Install espeak-ng, or name a folder under [[recordings]].",
        )
    return Sources(versions, {kind: share / total for kind, share in shares.items()}, tuple(left_out))
