"""One row read from a cursor; a result that is not read to its end would block the cursor's next statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb


def first_row(
    cursor: duckdb.DuckDBPyConnection,
    statement: str,
    parameters: Sequence[Any] | Mapping[str, Any] | None = None,
) -> tuple[Any, ...] | None:
    """The first row of a statement's result, None where it has none."""
    rows = cursor.execute(statement, parameters).fetchall()
    return rows[0] if rows else None


def first_cell(
    cursor: duckdb.DuckDBPyConnection,
    statement: str,
    parameters: Sequence[Any] | Mapping[str, Any] | None = None,
) -> Any:
    """The first cell of the first row, None where there is none."""
    row = first_row(cursor, statement, parameters)
    return row[0] if row else None
