"""What the driver's errors mean to a user: the ones that a user can mend become refusals; bugs stay bugs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseRefused,
    DiskFull,
)

if TYPE_CHECKING:
    from pathlib import Path

_PID = re.compile(r"\(PID (\d+)\)")
_STORAGE = re.compile(r"version number (\d+), but we can only read versions? (?:between \d+ and )?(\d+)")
_GONE = re.compile(r"Table with name (\w+) does not exist")
_NO_ROOM = ("No space left", "File too large", "Disk quota exceeded")
_NO_RIGHT = ("Permission denied", "Read-only file system", "read-only mode", "Operation not permitted")
_NO_PLAN = ("not a valid DuckDB database file", "sqlite_scanner", "SQLite")
_BROKEN = (
    "Corrupt",
    "corrupt",
    "Could not read enough bytes",
    "checksum",
    "Serialization Error",
    "Failure while replaying WAL",
    "WAL file",
    "INTERNAL Error",
    "checkpoint iteration",
    "Read out of range",
)


def refusal_of(error: BaseException, path: Path | str) -> DatabaseRefused | None:
    """The refusal that an error of the driver amounts to, or None where it is no one's to mend but ours."""
    said = str(error)
    first = said.splitlines()[0] if said else type(error).__name__
    if "Could not set lock" in said:
        pid = _PID.search(said)
        return DatabaseBusy(path, f"process {pid[1]}" if pid else "another process")
    storage = _STORAGE.search(said)
    if storage:
        return DatabaseNewer(path, int(storage[1]), int(storage[2]))
    gone = _GONE.search(said)
    if gone:
        return DatabaseDamaged(path, f"its table {gone[1]} is gone")
    causes: tuple[tuple[tuple[str, ...], DatabaseRefused], ...] = (
        (_NO_ROOM, DiskFull(path)),
        (_NO_RIGHT, DatabaseReadOnly(path, _tail(first))),
        (_NO_PLAN, DatabaseForeign(path, "DuckDB cannot read it as one of its files")),
        (_BROKEN, DatabaseDamaged(path, _tail(first))),
    )
    return next((refusal for words, refusal in causes if _any(words, said)), None)


def _any(words: tuple[str, ...], said: str) -> bool:
    return any(word in said for word in words)


def _tail(line: str) -> str:
    """The driver's line without its class and final point, to stand inside our sentence."""
    return line.split("Error: ", 1)[-1].rstrip(". ")[:200]
