"""The guards: triggers by which the file itself refuses to change what is sealed or written down; no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

GROWING = (
    "snapshots",
    "saves",
    "journal",
    "migrations",
    "refresh_steps",
    "attestations",
    "scenarios",
    "scenario_steps",
    "brief_edits",
    "briefs",
)
GUARDED_PREFIXES = ("sealed_", "ledger_")
_EVENTS = ("UPDATE", "DELETE")  # a DELETE guard refuses TRUNCATE too


def put_guards(cursor: duckdb.DuckDBPyConnection) -> int:
    """Put a guard on each table that only grows and lacks one; returns how many were put.

    A copy made by COPY FROM DATABASE has the rows but no triggers, so this runs at each opening.
    """
    there = {
        name for (name,) in cursor.execute("SELECT trigger_name FROM duckdb_triggers()").fetchall() if name
    }
    tables = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    missing = [
        (table, event)
        for (table,) in tables
        if table in GROWING or table.startswith(GUARDED_PREFIXES)
        for event in _EVENTS
        if f"{table}_no_{event.lower()}" not in there
    ]
    guards = [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH STATEMENT "
        f"INSERT INTO guarded SELECT error('{table} only grows: what is written there never changes')"
        for table, event in missing
    ]
    if guards:
        cursor.execute(f"BEGIN; {'; '.join(guards)}; COMMIT")
    return len(missing)


def drop_guards(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    """Take the guards off one table: for a migration that must change its columns, and for tests of verify."""
    for event in _EVENTS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event.lower()} ON {table}")
