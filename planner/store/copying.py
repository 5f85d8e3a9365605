"""One database copied into a new file by the driver itself; no code of ours opens either file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.store.rows import first_cell

if TYPE_CHECKING:
    from pathlib import Path

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
