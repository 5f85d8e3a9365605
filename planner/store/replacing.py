"""Whole tables of the draft replaced, as an import does: the differing rows found, written and journalled by sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.plan import settle
from planner.model.tables import TABLES
from planner.store.frames import quoted, registered
from planner.store.rows import first_cell, first_row

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from planner.model.table import Table


def replace_table(
    cursor: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, *, save: int, place: int
) -> int:
    """Make one table of the draft what a frame says; `place` counts the journal rows of the save so far.

    Returns how many cells and rows were changed.
    """
    table = TABLES[name]
    if frame.is_empty() and not first_row(
        cursor, f"SELECT 1 FROM work_{name} WHERE version = 'draft' LIMIT 1"
    ):
        return 0
    with registered(cursor, settle(table, frame)):
        cursor.execute(_stage_differing(table))
    removed, added, changed = _count_differing(cursor)
    written = 0
    if removed or added:
        written += _journal(cursor, _whole_rows(table), table, save=save, place=place)
    if changed:
        written += _journal(cursor, _changed_cells(table), table, save=save, place=place + written)
    _write(cursor, table, removed=removed, added=added, changed=changed)
    cursor.execute("DROP TABLE differing")
    return written


def _count_differing(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """How many rows leave, join and change."""
    row = first_row(
        cursor,
        """SELECT count(*) FILTER (c IS NULL), count(*) FILTER (b IS NULL),
            count(*) FILTER (b IS NOT NULL AND c IS NOT NULL) FROM differing""",
    )
    return row or (0, 0, 0)


def _write(
    cursor: duckdb.DuckDBPyConnection, table: Table, *, removed: int, added: int, changed: int
) -> None:
    key = ", ".join(f'"{name}" AS "_{name}"' for name in table.key)
    same_key = " AND ".join(f'w."{name}" = d."_{name}"' for name in table.key)
    if removed:
        cursor.execute(
            f"""DELETE FROM work_{table.name} AS w USING (SELECT {key} FROM differing WHERE c IS NULL) AS d
            WHERE w.version = 'draft' AND {same_key}"""
        )
    if changed:
        sets = ", ".join(f'"{field}" = d.c."{field}"' for field in table.fields)
        cursor.execute(
            f"""UPDATE work_{table.name} AS w SET {sets}
            FROM (SELECT c, {key} FROM differing WHERE b IS NOT NULL AND c IS NOT NULL) AS d
            WHERE w.version = 'draft' AND {same_key}"""
        )
    if added:
        columns = ", ".join(f'c."{column}"' for column in table.names)
        cursor.execute(
            f"""INSERT INTO work_{table.name}
            SELECT 'draft', {columns} FROM differing WHERE b IS NULL ORDER BY {quoted(table.key)}"""
        )


def _stage_differing(table: Table) -> str:
    """Keep the rows that differ: `b` the stored row, `c` the frame's, either NULL where there is none."""
    columns = quoted(table.names)
    key = quoted(table.key)
    unlike = " OR ".join(f'b."{field}" IS DISTINCT FROM c."{field}"' for field in table.fields)
    first = table.key[0]
    return f"""CREATE TEMP TABLE differing AS
        SELECT {key}, CASE WHEN b.there THEN {_packed(table, "b")} END AS b,
            CASE WHEN c.there THEN {_packed(table, "c")} END AS c
        FROM (SELECT {columns}, true AS there FROM work_{table.name} WHERE version = 'draft') AS b
        FULL JOIN (SELECT {columns}, true AS there FROM stage) AS c USING ({key})
        WHERE b.there IS NULL OR c.there IS NULL OR {unlike or f'"{first}" IS NULL'}"""


def _packed(table: Table, side: str) -> str:
    cells = ", ".join(f'"{name}" := {side}."{name}"' for name in table.names)
    return f"struct_pack({cells})"


def _whole_rows(table: Table) -> str:
    """Journal rows of the rows that leave or join."""
    return f"""SELECT {_named(table)}, '' AS field, {_said("b")} AS before, {_said("c")} AS after
        FROM differing WHERE b IS NULL OR c IS NULL"""


def _changed_cells(table: Table) -> str:
    """Journal rows of the cells that differ in rows that stay."""
    cells = ", ".join(
        f"""{{field: '{field}', before: {_said(f'b."{field}"')}, after: {_said(f'c."{field}"')}}}"""
        for field in table.fields
    )
    return f"""SELECT "key", id, cell.field, cell.before, cell.after
        FROM (SELECT {_named(table)}, unnest([{cells}]) AS cell
            FROM differing WHERE b IS NOT NULL AND c IS NOT NULL)
        WHERE cell.before IS DISTINCT FROM cell.after"""


def _journal(cursor: duckdb.DuckDBPyConnection, rows: str, table: Table, *, save: int, place: int) -> int:
    """Write rows down in the journal; returns how many."""
    written: int = first_cell(
        cursor,
        f"""INSERT INTO journal
        SELECT ?, ? + row_number() OVER () - 1, '{table.name}', "key", id, field, before, after FROM ({rows})""",
        [save, place],
    )
    return written


def _said(value: str) -> str:
    """The JSON of a value, NULL for NULL."""
    return f"CASE WHEN {value} IS NOT NULL THEN CAST(to_json({value}) AS VARCHAR) END"


def _named(table: Table) -> str:
    """The key of a row as JSON and its id as `planner.model.edit.row_id` writes it."""
    key = [f'"{name}"' for name in table.key]
    said = " || ':' || ".join(key)
    if table.name == "links":
        from_type, from_id, to_type, to_id, link_type = key
        said = f"{from_type} || ':' || {from_id} || '>' || {to_type} || ':' || {to_id} || ':' || {link_type}"
    return f'CAST(json_array({", ".join(key)}) AS VARCHAR) AS "key", {said} AS id'
