"""The numbered migrations, forward only, and the ledger of those a file went through; no table's meaning.

A file name is `0001_initial.sql`; each runs in one transaction together with its row in the ledger. A file
that went through a migration we lack, or through another text of it, is refused.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import DatabaseForeign, DatabaseNewer, MigrationChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

FOLDER = Path(__file__).with_name("migrations")
_LEDGER = """CREATE TABLE migrations (
    number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """The digest that the ledger keeps of it."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """All migrations of this release, in order."""
    return tuple(
        Migration(int(file.name[:4]), file.stem, file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    )


def migrate(
    cursor: duckdb.DuckDBPyConnection,
    path: Path | str,
    migrations: tuple[Migration, ...],
    keep_copy: Callable[[int], None],
    *,
    is_new: bool = True,
) -> int:
    """Bring a file to this release; returns how many migrations ran.

    `keep_copy` is called with the number that the file stands at before the first one runs on a file that
    has data; a file without tables is taken only where it `is_new`. Raises DatabaseForeign, DatabaseNewer or MigrationChanged.
    """
    applied = _applied(cursor, path, is_new=is_new)
    known = {migration.number: migration for migration in migrations}
    if applied and max(applied) > max(known):
        raise DatabaseNewer(path, max(applied), max(known))
    for number, (name, sha256) in applied.items():
        if number not in known or known[number].sha256 != sha256:
            raise MigrationChanged(path, name)
    pending = [migration for migration in migrations if migration.number not in applied]
    if pending and applied:
        keep_copy(max(applied))
    for migration in pending:
        _run(cursor, migration, is_first=not applied and migration is pending[0])
    return len(pending)


def _applied(
    cursor: duckdb.DuckDBPyConnection, path: Path | str, *, is_new: bool
) -> dict[int, tuple[str, str]]:
    """The migrations that a file went through; none where the file is new and empty."""
    tables = {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables and is_new:
        return {}
    if not {"migrations", "meta", "snapshots"} <= tables:
        raise DatabaseForeign(path, "it does not hold the tables of a plan")
    rows = cursor.execute("SELECT number, name, sha256 FROM migrations ORDER BY number").fetchall()
    return {number: (name, sha256) for number, name, sha256 in rows}


def _run(cursor: duckdb.DuckDBPyConnection, migration: Migration, *, is_first: bool) -> None:
    cursor.begin()
    try:
        if is_first:
            cursor.execute(_LEDGER)
        cursor.execute(migration.sql)
        cursor.execute(
            "INSERT INTO migrations VALUES (?, ?, ?)", [migration.number, migration.name, migration.sha256]
        )
    except BaseException:
        cursor.rollback()
        raise
    cursor.commit()
