"""Frames of stored rows: the tables of one version as the plan holds them; no header and no writing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from planner.model.plan import empty
from planner.model.tables import TABLES
from planner.model.version import SNAPSHOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb
    import polars as pl

    from planner.model.table import Table
    from planner.model.version import Version


def quoted(names: Iterable[str], alias: str = "") -> str:
    """Column names for a statement: `"a", "b"`, or `x."a", x."b"`."""
    before = f"{alias}." if alias else ""
    return ", ".join(f'{before}"{name}"' for name in names)


def source_of(version: Version, table: str) -> tuple[str, int | str]:
    """The table that holds the rows of a version and its condition, with one parameter, and that parameter."""
    if version.kind == SNAPSHOT:
        return f"sealed_{table} WHERE snapshot = ?", version.number
    return f"work_{table} WHERE version = ?", version.label


def query(cursor: duckdb.DuckDBPyConnection, statement: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
    """The result of a statement as a frame."""
    frame: pl.DataFrame = cursor.sql(statement, params=list(parameters)).pl()
    return frame


def load_frame(cursor: duckdb.DuckDBPyConnection, version: Version, table: Table) -> pl.DataFrame:
    """The rows of one table of a version, in the order of their keys; a snapshot's are stored in it."""
    if table.name not in version.rows:
        return empty(table)
    source, parameter = source_of(version, table.name)
    ordered = "" if version.kind == SNAPSHOT else f" ORDER BY {quoted(table.key)}"
    return query(cursor, f"SELECT {quoted(table.names)} FROM {source}{ordered}", [parameter])


def load_frames(cursor: duckdb.DuckDBPyConnection, version: Version) -> dict[str, pl.DataFrame]:
    """The rows of every table of a version."""
    return {name: load_frame(cursor, version, table) for name, table in TABLES.items()}


@contextmanager
def registered(cursor: duckdb.DuckDBPyConnection, frame: pl.DataFrame, name: str = "stage") -> Iterator[str]:
    """Let statements of this cursor read a frame as a table; gives its name."""
    cursor.register(name, frame.to_arrow())
    try:
        yield name
    finally:
        cursor.unregister(name)
