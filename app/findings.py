"""Findings: what a diagnosis says, in the words of the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.laboratory import Finding

translate = QCoreApplication.translate


def verdict(level: str) -> str:
    """What a whole diagnosis is worth, as a sentence."""
    return {
        "good": translate("findings", "Good: all that was judged is as it should be."),
        "fair": translate("findings", "Fair: usable, and short of what this bitrate allows."),
        "poor": translate("findings", "Poor: something that was judged is not as it should be."),
    }.get(level, translate("findings", "Not judged: nothing could be measured."))


def mark(level: str) -> str:
    """One judgement in a word."""
    return {
        "good": translate("findings", "good"),
        "fair": translate("findings", "fair"),
        "poor": translate("findings", "poor"),
    }.get(level, translate("findings", "not judged"))


def what(finding: Finding) -> str:
    """What was measured."""
    names = {
        "STOI": translate("findings", "Words understood (STOI)"),
        "PESQ": translate("findings", "How good it sounds (PESQ)"),
        "SI-SDR": translate("findings", "Waveform kept (SI-SDR)"),
        "silence": translate("findings", "Silence"),
        "click": translate("findings", "A click"),
        "streaming": translate("findings", "Frame by frame"),
        "codebooks": translate("findings", "Codebooks"),
        "retroflex / dental": translate("findings", "Retroflex or dental"),
        "aspirated / plain": translate("findings", "Aspirated or plain"),
        "long / short vowel": translate("findings", "Long or short vowel"),
        "geminate / single": translate("findings", "Double or single consonant"),
    }
    name, _, language = finding.what.partition(" (")
    known = names.get(finding.what) or names.get(name) or finding.what
    return translate("findings", "{contrast}, Hindi").format(contrast=known) if language == "hi)" else known


def words(finding: Finding) -> str:
    """What came out, as a sentence."""
    value = finding.value
    if value is None:
        without = translate("findings", "Not measured: its library is missing, or the sound is too short.")
        return {
            "STOI": without,
            "PESQ": without,
            "streaming": translate("findings", "It takes whole files and cannot be used live."),
            "codebooks": translate("findings", "Too little sound to call an unused code dead."),
        }.get(finding.what, translate("findings", "The original itself does not tell these words apart."))
    if finding.what == "SI-SDR" and finding.level == "not judged":
        return translate(
            "findings", "{n} dB. At this bitrate a new waveform is made that sounds alike; this is no fault."
        ).format(n=f"{value:.1f}")
    known = {
        "STOI": translate("findings", "{n} of 1"),
        "PESQ": translate("findings", "{n} of 4.6"),
        "SI-SDR": translate("findings", "{n} dB"),
        "silence": translate("findings", "{n} dBFS come out of silence"),
    }
    if finding.what in known:
        digits = 0 if finding.what == "silence" else 1 if finding.what == "SI-SDR" else 2
        return known[finding.what].format(n=f"{value:.{digits}f}")
    if finding.what == "streaming":
        return (
            translate("findings", "The same as all at once")
            if finding.level == "good"
            else translate("findings", "Not the same as all at once")
        )
    shares = {
        "click": translate("findings", "{n} % of its energy is smeared"),
        "codebooks": translate("findings", "The least used one uses {n} % of its codes"),
    }
    words = shares.get(finding.what, translate("findings", "{n} % of the word pairs stay apart"))
    return words.format(n=round(100 * value))


def step(name: str) -> str:
    """What long work is doing now."""
    known = {
        "loading": translate("findings", "Loading the codec"),
        "measuring": translate("findings", "Measuring"),
        "silence, a click, pieces": translate("findings", "Trying silence and a click"),
        "minimal pairs": translate("findings", "Comparing pairs of words"),
        "decoding": translate("findings", "Making sound of the codes"),
        "enhancing": translate("findings", "Adding the upper band"),
    }
    return known.get(name, translate("findings", "Sending speech through the codec"))
