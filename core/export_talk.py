"""A saved conversation as a text that other programs read: subtitles, Markdown, JSON. Turns in, text out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.history import ConversationRow, Turn

GAP_SECONDS = 0.4  # between one voice and the other, in subtitles and in exported sound


@dataclass(frozen=True, slots=True)
class Line:
    """What one side said, and when, counted from the beginning of the exported sound."""

    side: str  # "heard" or "reply"
    words: str
    begins: float
    ends: float


def lines_of(turns: Sequence[Turn], frame_rate: float) -> Iterator[Line]:
    """Both sides of every turn, one after the other as they sound."""
    at = 0.0
    for turn in turns:
        for side, words, codes in (
            ("heard", turn.heard, turn.heard_codes),
            ("reply", turn.reply, turn.reply_codes),
        ):
            seconds = codes.shape[1] / frame_rate
            if words or seconds:
                yield Line(side, words, at, at + seconds)
                at += seconds + GAP_SECONDS


def to_srt(turns: Sequence[Turn], frame_rate: float, you: str, other: str) -> str:
    """Subtitles that fit the exported sound."""
    names = {"heard": you, "reply": other}
    spoken = [line for line in lines_of(turns, frame_rate) if line.words]
    return "\n".join(
        f"{number}\n{_clock(line.begins)} --> {_clock(line.ends)}\n{names[line.side]}: {line.words}\n"
        for number, line in enumerate(spoken, 1)
    )


def to_markdown(row: ConversationRow, turns: Sequence[Turn], you: str, other: str) -> str:
    """A page to read."""
    began = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.started))
    page = [f"# {row.title or began}", f"{began}, {row.model or row.codec}"]
    for turn in turns:
        if turn.heard:
            page.append(f"**{you}:** {turn.heard}")
        if turn.reply:
            page.append(f"**{other}:** {turn.reply}" + (" …" if turn.interrupted else ""))
    return "\n\n".join(page) + "\n"


def to_json(row: ConversationRow, turns: Sequence[Turn]) -> str:
    """Everything that was kept, except the sound."""
    return json.dumps(
        {
            "title": row.title,
            "started": row.started,
            "codec": row.codec,
            "model": row.model,
            "turns": [
                {
                    "number": turn.number,
                    "at": turn.at,
                    "heard": turn.heard,
                    "reply": turn.reply,
                    "speaker": turn.speaker,
                    "emotion": turn.emotion,
                    "language": turn.language,
                    "seed": turn.seed,
                    "interrupted": turn.interrupted,
                    "heard_frames": turn.heard_codes.shape[1],
                    "reply_frames": turn.reply_codes.shape[1],
                }
                for turn in turns
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _clock(seconds: float) -> str:
    """Hours, minutes, seconds and milliseconds as subtitles want them."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02},{whole % 1000:03}"
