"""Edits that hang on a row which somebody else made, or removed: they would land on another's row, or on none.

Two people may give one id to two new rows; and one may remove what the other links to. It writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planner.model.edit import Conflict
from planner.model.naming import hanging_on, named_rows
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

    from planner.model.edit import Edit
    from planner.model.naming import Named


def find_hanging(
    cursor: duckdb.DuckDBPyConnection, version: str, edits: Sequence[Edit], taken: Collection[Named]
) -> list[Conflict]:
    """The edits that hang on a row of `taken`, whose key another's row has, or on one that was removed."""
    joined = {(edit.table, edit.id) for edit in edits if edit.is_row and edit.before is None}
    names = {name for edit in edits for name in named_rows(edit)} - joined
    gone = _removed(cursor, version, names) if names else set()
    found = hanging_on(edits, taken) if taken else []
    seen = {id(edit) for edit, _ in found}
    found += [
        (edit, min(lost)) for edit in edits if id(edit) not in seen and (lost := named_rows(edit) & gone)
    ]
    return [Conflict(edit, None, is_gone=row in gone, hangs_on=row) for edit, row in found]


def _removed(cursor: duckdb.DuckDBPyConnection, version: str, names: Collection[Named]) -> set[Named]:
    """Which of some rows are not in a version and were removed from one once."""
    by_table: defaultdict[str, list[str]] = defaultdict(list)
    for table, row in names:
        by_table[table].append(row)
    found: set[Named] = set()
    for table, ids in by_table.items():
        key = TABLES[table].key[0]
        rows = cursor.execute(
            f"""SELECT DISTINCT id FROM journal
            WHERE "table" = ? AND field = '' AND "after" IS NULL AND id IN (SELECT unnest(?::VARCHAR[]))
                AND id NOT IN (SELECT "{key}" FROM work_{table} WHERE version = ?)""",
            [table, ids, version],
        ).fetchall()
        found |= {(table, row) for (row,) in rows}
    return found
