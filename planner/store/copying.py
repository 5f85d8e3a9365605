"""Where a new database file is put, and one copied into it by the driver itself; no code of ours opens either file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import DatabaseReadOnly
from planner.store.rows import first_cell

if TYPE_CHECKING:
    import duckdb


def copy_database(cursor: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Copy the committed state of the open database into a new file, which is then detached and whole."""
    target = str(file).replace("'", "''")
    cursor.execute(f"ATTACH '{target}' AS planner_copy")
    try:
        source = first_cell(cursor, "SELECT current_database()")
        cursor.execute(f'COPY FROM DATABASE "{source}" TO planner_copy')
        cursor.execute("UPDATE planner_copy.meta SET value = CAST(uuid() AS VARCHAR) WHERE key = 'file_uid'")
    finally:
        cursor.execute("DETACH planner_copy")


def copy_before_migration(root: duckdb.DuckDBPyConnection, path: Path | None, number: int) -> None:
    """Copy the file as it was before the migrations after `number`, once; a database in memory has no file."""
    if path is None:
        return
    copy = Path(f"{path}.before-migration-{number + 1:04d}")
    unfinished = Path(f"{copy}.unfinished")
    unfinished.unlink(missing_ok=True)
    if not copy.exists():
        copy_database(root, unfinished)
        unfinished.rename(copy)


def make_folder(path: Path) -> None:
    """Make the folder of a new database file; raises DatabaseReadOnly."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseReadOnly(path, f"{error.strerror} for {path.parent}") from error
