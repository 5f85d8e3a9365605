"""The sidecar `<database>.lock`: which process owns the database, and the last commit it acknowledged; no DuckDB.

DuckDB's own lock is lost as soon as any code of this process opens and closes the database file; a `flock`
on another file is not. Its content is `<pid> <commit> <file_uid>`: a file of the same `file_uid` with
fewer commits has lost its log.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from pathlib import Path

from planner.errors import DatabaseBusy, DatabaseReadOnly, DiskFull

_WIDTH = 80
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


class Sidecar:
    """The held lock of one database; closing it, or the end of the process, gives it free."""

    def __init__(self, database: Path) -> None:
        """Take the lock, or raise DatabaseBusy naming the process that has it."""
        self.database = database
        self.path = Path(f"{os.path.realpath(database)}.lock")
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise _refusal(database, error) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(self._read())
            os.close(self._file)
            raise DatabaseBusy(database, holder) from error
        self._is_ours = not self._read()
        _, commit, uid = (*self._read(), "", "", "")[:3]
        self.acknowledged = {uid: int(commit)} if commit.isdecimal() else {}
        self.acknowledge(int(commit) if commit.isdecimal() else 0, uid)

    def acknowledge(self, commit: int, file_uid: str) -> None:
        """Write down the number of the last commit of a file."""
        said = f"{os.getpid()} {commit} {file_uid}"
        try:
            os.pwrite(self._file, said.ljust(_WIDTH).encode() + b"\n", 0)
        except OSError as error:
            raise _refusal(self.database, error) from error

    def remove(self) -> None:
        """Take the lock file away again where it was made now: what it was to lock is no database."""
        if self._is_ours:
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the lock free; the file stays, so that nobody locks a file that is about to go."""
        with suppress(OSError):
            os.close(self._file)

    def _read(self) -> list[str]:
        return os.pread(self._file, _WIDTH, 0).decode(errors="replace").split()


def _holder(said: list[str]) -> str:
    if not said or not said[0].isdecimal():
        return "another process"
    return f"process {said[0]}" + (" (this one)" if int(said[0]) == os.getpid() else "")


def _refusal(database: Path, error: OSError) -> DiskFull | DatabaseReadOnly:
    if error.errno in _NO_ROOM:
        return DiskFull(database)
    return DatabaseReadOnly(database, f"{error.strerror} for {error.filename or 'its lock file'}")


def make_folder(database: Path) -> None:
    """Make the folder of a new database; raises DatabaseReadOnly."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseReadOnly(database, f"{error.strerror} for {database.parent}") from error
