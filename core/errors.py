"""What can go wrong, said to a person: one sentence, and what to do about it."""

from __future__ import annotations


class PalukuError(Exception):
    """A failure with a message for a person and a hint on what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class AudioFileError(PalukuError):
    """A sound file that cannot be read or written."""


class DeviceError(PalukuError):
    """A microphone or speaker that is missing, busy or gone."""


class ModelError(PalukuError):
    """Weights, graphs or checkpoints that cannot be used."""


class CardError(PalukuError):
    """A model card that is missing, unreadable or says something impossible."""


class TokenFileError(PalukuError):
    """A token file that is damaged, foreign or from a newer version."""


class StorageError(PalukuError):
    """The disk refused: full, read-only or not permitted."""


class NetworkError(PalukuError):
    """The net refused: not reachable, nothing there, too slow, or not allowed."""
