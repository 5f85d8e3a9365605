"""Whole tables of the draft replaced, as an import does: the differing rows found, written and journalled by sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.plan import settle
from planner.model.tables import TABLES
from planner.store.frames import quoted, registered
from planner.store.rows import first_cell

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
    with registered(cursor, settle(table, frame)):
        cursor.execute(_stage_differing(table))
    if not first_cell(cursor, "SELECT count(*) FROM differing"):
        cursor.execute("DROP TABLE differing")
        return 0
    written = _journal(cursor, table, save=save, place=place)
    same_key = " AND ".join(f'w."{key}" = d."_{key}"' for key in table.key)
    cursor.execute(
        f"""DELETE FROM work_{name} AS w USING (SELECT {_keys(table)} FROM differing WHERE c IS NULL) AS d
        WHERE w.version = 'draft' AND {same_key}"""
    )
    if table.fields:
        sets = ", ".join(f'"{field}" = d.c."{field}"' for field in table.fields)
        cursor.execute(
            f"""UPDATE work_{name} AS w SET {sets}
            FROM (SELECT c, {_keys(table)} FROM differing WHERE b IS NOT NULL AND c IS NOT NULL) AS d
            WHERE w.version = 'draft' AND {same_key}"""
        )
    columns, key = ", ".join(f'c."{column}"' for column in table.names), quoted(table.key)
    cursor.execute(
        f"INSERT INTO work_{name} SELECT 'draft', {columns} FROM differing WHERE b IS NULL ORDER BY {key}"
    )
    cursor.execute("DROP TABLE differing")
    return written


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


def _keys(table: Table) -> str:
    return ", ".join(f'"{name}" AS "_{name}"' for name in table.key)


def _journal(cursor: duckdb.DuckDBPyConnection, table: Table, *, save: int, place: int) -> int:
    """Write down removed rows, added rows and each changed cell; returns how many."""
    whole = f"""SELECT {_named(table)}, '' AS field, {_said("b")} AS before, {_said("c")} AS after
        FROM differing WHERE b IS NULL OR c IS NULL"""
    cells = [
        f"""SELECT {_named(table)}, '{field}', {_said(f'b."{field}"')}, {_said(f'c."{field}"')}
        FROM differing WHERE b IS NOT NULL AND c IS NOT NULL
            AND b."{field}" IS DISTINCT FROM c."{field}" """
        for field in table.fields
    ]
    rows = " UNION ALL ".join([whole, *cells])
    written: int = first_cell(
        cursor,
        f"""INSERT INTO journal
        SELECT {int(save)}, {int(place)} + row_number() OVER () - 1, '{table.name}', "key", id, field, before, after
        FROM ({rows})""",
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
