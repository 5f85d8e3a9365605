"""The database file: open, lock, migrate, read and write in transactions; the only caller of the driver, no table.

One process owns the file, and in it one writer at a time, from BEGIN to COMMIT; each read has a cursor and
a transaction of its own. Nothing in this process may open the file by its path: that would drop DuckDB's
lock. Only the standard library and the driver are imported here, so that a listing comes at once.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from planner.errors import DatabaseDamaged, DatabaseForeign, DatabaseMissing, LogLost
from planner.store.copying import copy_database
from planner.store.driver import connect, lock_down
from planner.store.driver_errors import refusal_of
from planner.store.guards import put_guards
from planner.store.migrating import migrate, read_migrations
from planner.store.rows import first_row
from planner.store.sidecar import Sidecar, make_folder
from planner.store.torn import open_or_mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.store.migrating import Migration

COPIES = ".copies"  # beside the database: the one folder that the driver may write copies to


class Database:
    """One open plan database; `path` is None in memory."""

    def __init__(
        self,
        path: Path | None,
        *,
        is_new: bool = True,
        log_may_be_lost: bool = False,
        checkpoint_at: str = "",
        migrations: tuple[Migration, ...] | None = None,
    ) -> None:
        """Use `open` or `in_memory`.

        `is_new` allows a file without tables, which is then made a plan's.
        `checkpoint_at` is the size of the log at which the driver moves it into the file ('16MB' by default).
        """
        self.path = path
        self._checkpoint_at = checkpoint_at
        self._migrations = migrations or read_migrations()
        self._is_new = is_new
        self._is_closed = False
        self.commits = 0  # in this file so far: what was read of it holds as long as this stays
        self._log_may_be_lost = log_may_be_lost
        self._file_uid = ""
        self._lock = threading.RLock()
        self._writer: duckdb.DuckDBPyConnection | None = None
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._sidecar = Sidecar(path) if path else None
        try:
            with self._told():
                self._root = self._connect()
                self._probe()
        except BaseException as error:
            if self._sidecar and isinstance(error, DatabaseForeign):
                self._sidecar.remove()
            self.close()
            raise

    @classmethod
    def open(
        cls, path: Path, *, create: bool = False, log_may_be_lost: bool = False, checkpoint_at: str = ""
    ) -> Database:
        """Open a plan database, and with `create` make one where none is.

        With `log_may_be_lost` a file whose log is gone is opened too, only to look at what it still has.
        A file that a killed process left with a half-written block is mended (planner.store.torn).
        Raises DatabaseMissing, DatabaseBusy, DatabaseForeign, DatabaseDamaged, DatabaseNewer,
        MigrationChanged, DatabaseReadOnly, DiskFull or LogLost.
        """
        path = Path(path)
        if path.is_dir():
            raise DatabaseForeign(path, "it is a folder")
        if not path.exists():
            if not create:
                raise DatabaseMissing(path)
            make_folder(path)
        elif path.stat().st_size == 0:
            raise DatabaseForeign(path, "it is empty")
        make = partial(cls, is_new=create, log_may_be_lost=log_may_be_lost, checkpoint_at=checkpoint_at)
        return open_or_mend(path, make)

    @classmethod
    def in_memory(cls) -> Database:
        """A database that lives as long as the object."""
        return cls(None)

    @property
    def name(self) -> Path | str:
        """What a sentence calls this database."""
        return self.path or "in memory"

    @property
    def copies(self) -> Path:
        """The folder beside the database in which the driver may make copies."""
        return Path(f"{self.path}{COPIES}").absolute()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees one state of the database; inside `writing` of this thread, the state being written."""
        if self.writes_here():
            assert self._writer is not None  # noqa: S101  told to the type checker
            yield self._writer
            return
        with self._told():
            cursor = self._cursor()
            try:
                cursor.begin()
                yield cursor
            finally:
                self._drop(cursor)

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction that is committed at the end and rolled back on any exception.

        Inside another `writing` of this thread it is the same transaction. After COMMIT the number of the
        commit is read back, for COMMIT of a transaction that had failed says nothing.
        """
        if self.writes_here():
            assert self._writer is not None  # noqa: S101  told to the type checker
            yield self._writer
            return
        with self._lock, self._told():
            cursor = self._cursor()
            try:
                cursor.begin()
                self._writer = cursor
                yield cursor
                self._writer = None
                self._commit(cursor)
            except BaseException:
                self._writer = None
                with suppress(duckdb.Error):
                    cursor.rollback()
                raise
            finally:
                self._drop(cursor)

    @contextmanager
    def copying(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor without a transaction, for a copy of the whole database; writers wait, readers go on."""
        with self._lock, self._told():
            cursor = self._cursor()
            try:
                yield cursor
            finally:
                self._drop(cursor)

    @contextmanager
    def noting(self) -> Iterator[duckdb.DuckDBPyConnection | None]:
        """A cursor for one statement that nobody waits for and no commit counts; None where a writer is at work."""
        if self._writer is not None or not self._lock.acquire(blocking=False):
            yield None
            return
        try:
            with self.copying() as cursor:
                yield cursor
        finally:
            self._lock.release()

    def checkpoint(self) -> None:
        """Move the log into the file. What was committed is safe without it, so a failure is only made good."""
        with self._lock, self._told():
            cursor = self._cursor()
            try:
                cursor.execute("CHECKPOINT")
            except duckdb.TransactionException:
                pass  # a reader holds an older state; the next checkpoint takes this one along
            except (duckdb.FatalException, duckdb.IOException):
                self._reopen()
            finally:
                self._drop(cursor)

    def close(self) -> None:
        """Close the file and give the lock free; closing twice does nothing."""
        with self._lock:
            self._is_closed = True
            self._close_connections()
            if self._sidecar:
                self._sidecar.close()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        """Open the file, bring it to this release, guard it and lock its configuration."""
        root = connect(self.path, self._checkpoint_at)
        try:
            keep_copy = partial(self._keep_copy, root)
            migrate(root, self.name, self._migrations, keep_copy, is_new=self._is_new)
            self._is_new = False
            put_guards(root)
            lock_down(root, self.copies)
        except BaseException:
            root.close()
            raise
        return root

    def _keep_copy(self, root: duckdb.DuckDBPyConnection, number: int) -> None:
        """Copy the file as it was before the migrations after `number`."""
        if self.path is None:
            return
        copy = Path(f"{self.path}.before-migration-{number + 1:04d}")
        unfinished = Path(f"{copy}.unfinished")
        unfinished.unlink(missing_ok=True)
        if not copy.exists():
            copy_database(root, unfinished)
            unfinished.rename(copy)

    def _probe(self) -> None:
        """Commit once, so that a folder that cannot be written is known now; tell a log that was lost."""
        row = first_row(self._root, "SELECT number, value FROM commits, meta WHERE key = 'file_uid'")
        if row is None:
            raise DatabaseDamaged(self.name, "its count of commits is gone")
        number, self._file_uid = row
        self.commits = number
        acknowledged = self._sidecar.acknowledged.get(self._file_uid, 0) if self._sidecar else 0
        if acknowledged > number:
            if self._log_may_be_lost:
                return
            raise LogLost(self.name, number, acknowledged)
        with self.writing():
            pass

    def _commit(self, cursor: duckdb.DuckDBPyConnection) -> None:
        row = first_row(cursor, "UPDATE commits SET number = number + 1 RETURNING number")
        cursor.commit()
        if row is None or first_row(cursor, "SELECT number FROM commits") != row:
            raise DatabaseDamaged(self.name, "a commit did not stay")
        self.commits = row[0]
        if self._sidecar:
            self._sidecar.acknowledge(row[0], self._file_uid)

    def writes_here(self) -> bool:
        """Whether this thread is inside `writing`; only its owner can take the lock again while a writer is there."""
        if self._writer is None or not self._lock.acquire(blocking=False):
            return False
        try:
            return self._writer is not None
        finally:
            self._lock.release()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """A new cursor; the file is opened again first where that had failed after the driver gave it up."""
        try:
            cursor = self._root.cursor()
        except duckdb.ConnectionException:
            if self._is_closed:
                raise
            with self._lock:
                self._reopen()
                cursor = self._root.cursor()
        self._cursors.add(cursor)
        return cursor

    def _drop(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursors.discard(cursor)
        with suppress(duckdb.Error):
            cursor.close()

    def _reopen(self) -> None:
        """Open the file anew after the driver gave it up; every cursor of before is dead anyway."""
        self._close_connections()
        self._root = self._connect()

    def _close_connections(self) -> None:
        for cursor in [*self._cursors, getattr(self, "_root", None)]:
            if cursor is not None:
                with suppress(duckdb.Error):
                    cursor.close()
        self._cursors.clear()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into refusals where a user can mend their cause."""
        try:
            yield
        except duckdb.Error as error:
            refusal = refusal_of(error, self.name)
            if isinstance(error, duckdb.FatalException) and self.path and hasattr(self, "_root"):
                with self._lock, suppress(duckdb.Error):
                    self._reopen()
            if refusal is None:
                raise
            raise refusal from error
