"""Figures: numbers as a person reads them, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

translate = QCoreApplication.translate


def size(count: float) -> str:
    """So many bytes."""
    if count >= 1e9:
        return translate("figures", "{n} GB").format(n=_short(count / 1e9))
    return translate("figures", "{n} MB").format(n=_short(count / 1e6))


def parameters(count: int) -> str:
    """So many parameters of a model."""
    if count >= 1_000_000_000:
        return translate("figures", "{n} billion parameters").format(n=f"{count / 1e9:.1f}")
    return translate("figures", "{n} million parameters").format(n=_short(count / 1e6))


def frame_rate(rate: float) -> str:
    return translate("figures", "{n} frames a second").format(n=f"{rate:g}")


def bitrate(bits: float) -> str:
    return translate("figures", "{n} kbit/s").format(n=f"{bits / 1000:.3g}")


def time_left(seconds: float) -> str:
    """How long something will go on."""
    if seconds < 60:
        return translate("figures", "{n} s left").format(n=max(1, round(seconds)))
    if seconds < 3600:
        return translate("figures", "{n} min left").format(n=round(seconds / 60))
    return translate("figures", "{n} h left").format(n=f"{seconds / 3600:.1f}")


def day(at: float) -> str:
    """A date and time, short."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)), "d MMM yyyy, HH:mm")


def clock(at: float) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)), "HH:mm")


def _short(number: float) -> str:
    """One digit after the point where it matters."""
    return f"{number:.{1 if number < 10 else 0}f}"
