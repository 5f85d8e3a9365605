"""How the driver opens the database file, and what it may then touch beside it; no table, no transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "60%",
    "default_block_size": "32768",  # a plan is 45 small tables: large blocks would make every file 20 MB
}


def connect(path: Path | None, checkpoint_at: str = "") -> duckdb.DuckDBPyConnection:
    """Open the file, or a database in memory; `checkpoint_at` is the size at which the log goes into the file."""
    at = {"checkpoint_threshold": checkpoint_at} if checkpoint_at else {}
    return duckdb.connect(str(path or ":memory:"), config=_CONFIG | at)


def lock_down(root: duckdb.DuckDBPyConnection, copies: Path) -> None:
    """Let no statement reach a file outside the folder of copies, nor change that again."""
    folder = str(copies).replace("'", "''")
    root.execute(f"SET allowed_directories = ['{folder}']")
    root.execute("SET enable_external_access = false")
    root.execute("SET lock_configuration = true")
