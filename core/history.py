"""History: saved conversations, as text and codec tokens, in one SQLite file of the user's own."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.codecs.base import Codes
from core.errors import StorageError
from core.folders import make_private

FILE_NAME = "conversations.db"
_MOST_BYTES = 64_000_000  # of the codes of a turn: an hour at 24 kbit/s is 11 million
_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS conversations (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, started REAL NOT NULL,
    codec TEXT NOT NULL, model TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, at REAL NOT NULL,
    heard TEXT NOT NULL, reply TEXT NOT NULL,
    speaker TEXT NOT NULL, emotion TEXT NOT NULL, language TEXT NOT NULL, seed INTEGER NOT NULL,
    first_sound_ms REAL NOT NULL, interrupted INTEGER NOT NULL,
    heard_codes BLOB NOT NULL, reply_codes BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS turns_of ON turns(conversation, number);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One exchange: what was heard and what was answered, as words and as codes."""

    number: int
    heard: str
    reply: str
    heard_codes: Codes
    reply_codes: Codes
    speaker: str
    emotion: str
    language: str
    seed: int
    first_sound_ms: float
    interrupted: bool
    at: float


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A saved conversation as a list shows it."""

    id: int
    title: str
    started: float
    codec: str
    model: str
    turns: int


class History:
    """The user's conversations. Each turn is on disk when `add` returns."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        with _storage("The conversations cannot be opened"):
            make_private(folder)
            self.path.touch(mode=0o600)
            self.path.chmod(0o600)  # an earlier version may have left it open
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=2.0, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA foreign_keys=ON")
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            if version > _VERSION:
                raise StorageError(
                    "Your conversations were written by a newer version of Paluku.",
                    "Update Paluku to read them.",
                )
            self._db.executescript(_TABLES)
            self._db.execute(f"PRAGMA user_version={_VERSION}")

    def close(self) -> None:
        self._db.close()

    def begin(self, codec: str, model: str, title: str = "") -> int:
        """Open a new conversation; its number."""
        with _storage("The conversation could not be saved"):
            row = self._db.execute(
                "INSERT INTO conversations (title, started, codec, model) VALUES (?, ?, ?, ?)",
                (title, time.time(), codec, model),
            )
        return int(row.lastrowid or 0)

    def add(self, conversation: int, turn: Turn) -> None:
        """Save a turn. The first words of the first turn become the title."""
        values = (
            conversation,
            turn.number,
            turn.at,
            turn.heard,
            turn.reply,
            turn.speaker,
            turn.emotion,
            turn.language,
            turn.seed,
            turn.first_sound_ms,
            int(turn.interrupted),
            pack(turn.heard_codes),
            pack(turn.reply_codes),
        )
        with _storage("The last turn could not be saved"), self._db:
            self._db.execute("BEGIN")
            self._db.execute(
                "INSERT INTO turns (conversation, number, at, heard, reply, speaker, emotion, language, seed,"
                " first_sound_ms, interrupted, heard_codes, reply_codes) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                values,
            )
            title = (turn.heard or turn.reply).strip()[:60]
            self._db.execute(
                "UPDATE conversations SET title = ? WHERE id = ? AND title = ''", (title, conversation)
            )

    def conversations(self, search: str = "") -> list[ConversationRow]:
        """The newest first; with `search`, those in which it was said."""
        like = f"%{search}%"
        with _storage("The conversations cannot be read"):
            rows = self._db.execute(
                "SELECT c.id, c.title, c.started, c.codec, c.model,"
                " (SELECT COUNT(*) FROM turns t WHERE t.conversation = c.id) FROM conversations c"
                " WHERE ? = '' OR c.title LIKE ? OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.id"
                " AND (t.heard LIKE ? OR t.reply LIKE ?)) ORDER BY c.started DESC, c.id DESC",
                (search, like, like, like),
            ).fetchall()
        return [ConversationRow(*row) for row in rows]

    def turns(self, conversation: int) -> Iterator[Turn]:
        """The turns of a conversation, in order."""
        with _storage("The conversation cannot be read"):
            rows = self._db.execute(
                "SELECT number, heard, reply, heard_codes, reply_codes, speaker, emotion, language, seed,"
                " first_sound_ms, interrupted, at FROM turns WHERE conversation = ? ORDER BY number, id",
                (conversation,),
            ).fetchall()
        for row in rows:
            yield Turn(
                number=row[0],
                heard=row[1],
                reply=row[2],
                heard_codes=unpack(row[3]),
                reply_codes=unpack(row[4]),
                speaker=row[5],
                emotion=row[6],
                language=row[7],
                seed=row[8],
                first_sound_ms=row[9],
                interrupted=bool(row[10]),
                at=row[11],
            )

    def rename(self, conversation: int, title: str) -> None:
        with _storage("The name could not be saved"):
            self._db.execute("UPDATE conversations SET title = ? WHERE id = ?", (title, conversation))

    def delete(self, conversation: int) -> None:
        """Delete for good: the pages are overwritten as well."""
        with _storage("The conversation could not be deleted"):
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def pack(codes: Codes) -> bytes:
    """Codes as a small blob: two counts, then 16-bit codes, deflated."""
    head = np.array(codes.shape, "<u4").tobytes()
    return head + zlib.compress(codes.astype("<u2").tobytes())


def unpack(blob: bytes) -> Codes:
    try:
        books, frames = (int(size) for size in np.frombuffer(blob[:8], "<u4"))
        size = 2 * books * frames
        if size > _MOST_BYTES:
            raise ValueError("no turn is so long")
        # never more than what the counts announce: a small blob may hold gigabytes of nothing
        unpacked = zlib.decompressobj().decompress(blob[8:], size + 1)
        return np.frombuffer(unpacked, "<u2").reshape(books, frames).astype(np.int64)
    except (TypeError, ValueError, zlib.error) as error:
        raise StorageError("A saved turn is damaged: its sound cannot be replayed.") from error


@contextmanager
def _storage(what: str) -> Iterator[None]:
    """Turns the failures of disk and database into a sentence."""
    try:
        yield
    except (sqlite3.Error, UnicodeError) as error:  # a damaged file may even damage what SQLite says of it
        if isinstance(error, UnicodeError) or "malformed" in str(error) or "not a database" in str(error):
            hint = "The file is damaged. Move it away and Paluku starts a new one."
        else:
            hint = "Is the disk full or read-only?"
        raise StorageError(f"{what}: {error}.", hint) from error
    except OSError as error:
        raise StorageError(f"{what}: {error.strerror or error}.", "Is the disk full or read-only?") from error
