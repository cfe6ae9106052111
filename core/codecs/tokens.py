"""Token files: a sound as codec codes on disk, packed to the bit, checked block by block.

Layout (little endian): magic, version, length and text of a JSON header with its CRC, then blocks of
{frames u32, bytes u32, crc32 u32, packed codes}; the last block has no frames and holds the totals.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import BinaryIO, Self

import numpy as np

from core.audio.base import AudioFormat
from core.codecs.base import CodecSpec, Codes
from core.errors import StorageError, TokenFileError

SUFFIX = ".plk"
_MAGIC = b"PLKU"
_VERSION = 1
_START = struct.Struct("<4sHI")  # magic, version, bytes of header
_CRC = struct.Struct("<I")
_BLOCK = struct.Struct("<III")  # frames, bytes, crc32
_TOTALS = struct.Struct("<QQ")  # frames, samples of the original sound
_BLOCK_FRAMES = 512
_MOST_BLOCK_BYTES = 16_000_000  # more is no block of ours, whatever the file says
_MOST_HEADER_BYTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenHeader:
    """Which codec's codes a token file holds."""

    codec: str
    sample_rate: int
    frame_size: int
    codebook_sizes: tuple[int, ...]
    """Of the codebooks that are stored, which may be fewer than the codec has."""

    @classmethod
    def of(cls, codec: str, spec: CodecSpec, n_codebooks: int | None = None) -> Self:
        return cls(
            codec=codec,
            sample_rate=spec.format.sample_rate,
            frame_size=spec.format.frame_size,
            codebook_sizes=spec.codebook_sizes[:n_codebooks],
        )

    @property
    def format(self) -> AudioFormat:
        return AudioFormat(self.sample_rate, self.frame_size)

    def check(self, codec: str, spec: CodecSpec) -> None:
        """Refuse the codes of another codec."""
        fits = TokenHeader.of(codec, spec, len(self.codebook_sizes))
        if fits != self:
            raise TokenFileError(
                f"These are the codes of {self.codec}, not of {codec}.",
                f"Decode them with --codec {self.codec}.",
            )


class TokenWriter:
    """A token file being written, under a temporary name until it is complete."""

    def __init__(self, path: Path, header: TokenHeader) -> None:
        self._path = path
        self._partial = path.with_name(f".{path.name}.partial")
        self._widths = _widths(header.codebook_sizes)
        self._waiting: list[Codes] = []
        self._frames = 0
        self.samples = 0
        """Of the original sound, so that decoding can end where it ended."""
        text = json.dumps(asdict(header)).encode()
        try:
            self._file: BinaryIO = self._partial.open("wb")
            self._file.write(_START.pack(_MAGIC, _VERSION, len(text)) + text + _CRC.pack(zlib.crc32(text)))
        except OSError as error:
            raise _refused(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exc: object) -> None:
        """Complete the file; after a failure leave nothing behind."""
        try:
            if kind is None:
                self._flush()
                totals = _TOTALS.pack(self._frames, self.samples)
                self._file.write(_BLOCK.pack(0, len(totals), zlib.crc32(totals)) + totals)
            self._file.close()
            if kind is None:
                self._partial.replace(self._path)
        except OSError as error:
            raise _refused(self._path, error) from error
        finally:
            self._file.close()
            self._partial.unlink(missing_ok=True)

    def push(self, codes: Codes) -> None:
        """Add frames; codebooks beyond those of the header are left out."""
        self._waiting.append(codes[: len(self._widths)])
        if sum(part.shape[1] for part in self._waiting) >= _BLOCK_FRAMES:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        codes = np.concatenate(self._waiting, axis=1)
        self._waiting = []
        self._frames += codes.shape[1]
        packed = _pack(codes, self._widths)
        try:
            self._file.write(_BLOCK.pack(codes.shape[1], len(packed), zlib.crc32(packed)) + packed)
        except OSError as error:
            raise _refused(self._path, error) from error


class TokenReader:
    """A token file being read, block by block, each checked before it is used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise TokenFileError(f"{path.name} cannot be opened: {error.strerror}.") from error
        try:
            self.header = self._read_header()
        except TokenFileError:
            self._file.close()
            raise
        self._widths = _widths(self.header.codebook_sizes)
        self.samples = 0
        """Of the original sound; known once all blocks were read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def blocks(self) -> Iterator[Codes]:
        """The codes in order. Ends only where the file says that it ends."""
        frames = 0
        while True:
            count, size, crc = _BLOCK.unpack(self._take(_BLOCK.size))
            if size > _MOST_BLOCK_BYTES:
                raise self._damaged()
            content = self._take(size)
            if zlib.crc32(content) != crc:
                raise self._damaged()
            if count == 0:
                break
            if size != (count * sum(self._widths) + 7) // 8:
                raise self._damaged()
            codes = _unpack(content, count, self._widths)
            if (codes >= np.array(self.header.codebook_sizes)[:, None]).any():
                raise self._damaged()
            frames += count
            yield codes
        if size != _TOTALS.size:
            raise self._damaged()
        total, self.samples = _TOTALS.unpack(content)
        if total != frames or self.samples > frames * self.header.frame_size:
            raise self._damaged()

    def _read_header(self) -> TokenHeader:
        magic, version, size = _START.unpack(self._take(_START.size))
        if magic != _MAGIC:
            raise TokenFileError(f"{self._path.name} is no token file.", "Make one with: paluku codec encode")
        if version > _VERSION:
            raise TokenFileError(
                f"{self._path.name} was written by a newer version of Paluku.", "Update Paluku."
            )
        if size > _MOST_HEADER_BYTES:
            raise self._damaged()
        text = self._take(size)
        if _CRC.unpack(self._take(_CRC.size))[0] != zlib.crc32(text):
            raise self._damaged()
        try:
            raw = json.loads(text)
            if set(raw) != {f.name for f in fields(TokenHeader)}:
                raise self._damaged()
            header = TokenHeader(**raw | {"codebook_sizes": tuple(raw["codebook_sizes"])})
            CodecSpec(format=header.format, codebook_sizes=header.codebook_sizes)
        except (ValueError, TypeError) as error:
            raise self._damaged() from error
        return header

    def _take(self, count: int) -> bytes:
        content = self._file.read(count)
        if len(content) < count:
            raise TokenFileError(f"{self._path.name} is cut short.", "Copy or encode it again.")
        return content

    def _damaged(self) -> TokenFileError:
        return TokenFileError(
            f"{self._path.name} is damaged: a checksum is wrong.", "Copy or encode it again."
        )


def _widths(sizes: tuple[int, ...]) -> list[int]:
    return [max(1, (size - 1).bit_length()) for size in sizes]


def _pack(codes: Codes, widths: list[int]) -> bytes:
    """Frame by frame, codebook by codebook, highest bit first."""
    bits = [(row[:, None] >> np.arange(width)[::-1]) & 1 for row, width in zip(codes, widths, strict=True)]
    return np.packbits(np.concatenate(bits, axis=1).astype(np.uint8)).tobytes()


def _unpack(content: bytes, frames: int, widths: list[int]) -> Codes:
    bits = np.unpackbits(np.frombuffer(content, np.uint8), count=frames * sum(widths))
    columns = np.split(bits.reshape(frames, -1).astype(np.int64), np.cumsum(widths)[:-1], axis=1)
    return np.stack([column @ (1 << np.arange(column.shape[1])[::-1]) for column in columns])


def _refused(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{path.name} cannot be written: {error.strerror or error}.", "Is the disk full or read-only?"
    )
