"""Mutations: files as they come from broken disks, cut downloads and people who mean no good."""

from __future__ import annotations

import random
import struct

_EVIL_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1)
_EVIL_WORDS = (
    *(b"../../../../outside", b"/outside", b"C:\\outside", b"\0", b"%s%n", b"nan", b"inf", b"-1", b"1e400"),
    *(b"9" * 400, b"[" * 2000, b'{"a":' * 500, b"\xff\xfe", "\U0001f600".encode(), b"''' \"\"\"", b"true"),
    *(b"\n[files.x]\npath = '../x'\n", b"99999999999999999999", b"' OR 1=1 --", b"\r\n", b"\\u0000"),
)


def mutated(original: bytes, seed: int) -> bytes:
    """One to six small changes, or now and then a large one."""
    dice = random.Random(seed)
    changed = bytearray(original)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        dice.choice(_WAYS)(changed, dice)
    return bytes(changed)


def _place(changed: bytearray, dice: random.Random) -> int:
    """Somewhere; half the time near the beginning, where files say what they are."""
    end = min(len(changed), 512) if dice.random() < 0.5 else len(changed)
    return dice.randrange(end) if end else 0


def _flip(changed: bytearray, dice: random.Random) -> None:
    if changed:
        changed[_place(changed, dice)] ^= 1 << dice.randrange(8)


def _overwrite(changed: bytearray, dice: random.Random) -> None:
    at = _place(changed, dice)
    changed[at : at + dice.randrange(1, 9)] = dice.randbytes(dice.randrange(1, 9))


def _number(changed: bytearray, dice: random.Random) -> None:
    form = dice.choice(("<B", "<H", "<I", "<Q", ">H", ">I", ">Q"))
    most = (1 << 8 * struct.calcsize(form)) - 1
    value = struct.pack(form, dice.choice(_EVIL_NUMBERS) & most)
    at = _place(changed, dice)
    changed[at : at + len(value)] = value


def _cut(changed: bytearray, dice: random.Random) -> None:
    del changed[_place(changed, dice) :]


def _remove(changed: bytearray, dice: random.Random) -> None:
    at = _place(changed, dice)
    del changed[at : at + dice.choice((1, 4, 16, 200))]


def _repeat(changed: bytearray, dice: random.Random) -> None:
    at = _place(changed, dice)
    changed[at:at] = changed[at : at + dice.choice((1, 8, 64, 1024))] * dice.choice((1, 2, 20))


def _word(changed: bytearray, dice: random.Random) -> None:
    at = _place(changed, dice)
    changed[at : at + dice.choice((0, 0, 4))] = dice.choice(_EVIL_WORDS)


def _digit(changed: bytearray, dice: random.Random) -> None:
    """Another number in a text."""
    digits = [at for at, byte in enumerate(changed[:4096]) if 0x30 <= byte <= 0x39]
    if digits:
        at = dice.choice(digits)
        changed[at : at + 1] = dice.choice((b"0", b"-7", b"9" * 12, b"0.5", b"1e9", b"x"))


_WAYS = (_flip, _flip, _overwrite, _number, _number, _cut, _remove, _repeat, _word, _digit)
