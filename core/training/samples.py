"""Samples: a few sentences as a codec in training makes them, to be heard and looked at on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from core.audio.base import AudioFormat, Pcm
from core.audio.spectrogram import spectrogram_picture
from core.audio.wav import WavSink
from core.errors import PalukuError, StorageError
from core.nn.codecs.model import CodecModel
from core.training.corpus.reader import Corpus, Filter
from core.training.corpus.take import resampled

FOLDER = "samples"
SENTENCES, LONGEST_SECONDS = 3, 5.0


class Samples:
    """Sentences that are not learned from, and a folder of what became of them, step by step."""

    def __init__(self, sentences: Sequence[Pcm], rate: int, folder: Path) -> None:
        self._sentences, self._rate, self._folder = sentences, rate, folder / FOLDER

    @classmethod
    def of(cls, corpora: Sequence[Corpus], rate: int, folder: Path, seed: int) -> Samples:
        """Sentences for watching, from the corpora in turn; where all are for learning, some of those."""
        watched = [_watched(corpus) for corpus in corpora]
        rng = np.random.default_rng(seed)
        return cls([_sentence(watched[n % len(watched)], rng, rate) for n in range(SENTENCES)], rate, folder)

    def keep(self, codec: CodecModel, step: int) -> None:
        """What the codec makes of them now: a WAV and a picture each, beside the originals."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number, sentence in enumerate(self._sentences, 1):
                if not (self._folder / f"original-{number}.png").exists():
                    self._write(f"original-{number}", sentence)
                self._write(f"step-{step:07d}-{number}", _made(codec, sentence))
        except OSError as error:
            raise StorageError(
                f"The samples could not be saved: {error.strerror or error}.", "Is the disk full?"
            ) from error

    def _write(self, name: str, pcm: Pcm) -> None:
        with WavSink(self._folder / f"{name}.wav", AudioFormat(self._rate, self._rate)) as sink:
            sink.write(pcm)
        (self._folder / f"{name}.png").write_bytes(spectrogram_picture(pcm, self._rate))


def _watched(corpus: Corpus) -> Corpus:
    try:
        return Corpus(corpus.path, Filter(splits=("valid",)))
    except PalukuError:
        return corpus


def _sentence(corpus: Corpus, rng: np.random.Generator, rate: int) -> Pcm:
    at = corpus.draw(rng)
    samples = min(corpus.clips[at].samples, round(LONGEST_SECONDS * corpus.rate))
    return resampled(corpus.sound(at, 0, samples), corpus.rate, rate)


@torch.no_grad()
def _made(codec: CodecModel, sentence: Pcm) -> Pcm:
    size = codec.spec.format.frame_size
    whole = np.pad(sentence, (0, -len(sentence) % size))
    made = codec.eval()(torch.from_numpy(whole)[None, None]).pcm[0, 0]
    return np.asarray(made[: len(sentence)], np.float32)
