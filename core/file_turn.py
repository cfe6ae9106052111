"""FileTurn: a sound file that is heard as a turn of a talk, in place of the microphone."""

from __future__ import annotations

from pathlib import Path

from core.audio.base import AudioFormat
from core.audio.wav import WavSource
from core.talks.base import FRAMES_AHEAD, Talk


class FileTurn:
    """A file on its way into a talk, some frames at a time so that orders are obeyed in between."""

    def __init__(self, path: Path, format: AudioFormat, talk: Talk) -> None:
        self._source = WavSource(path, format)
        self._talk = talk
        talk.hold(True)

    def feed(self) -> bool:
        """The next frames of the file; False once it has ended, and with it the turn."""
        for _ in range(FRAMES_AHEAD):
            frame = self._source.read()
            if frame is None:
                self.close()
                return False
            self._talk.hear(frame)
        return True

    def close(self) -> None:
        self._source.__exit__(None, None, None)
        self._talk.hold(False)
