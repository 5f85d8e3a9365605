"""Edits applied to the draft or a scenario: each where the stored value is still its `before`; it begins no transaction.

All edits of one field are compared and written by one statement each. Edits of one row keep their order:
they are sorted into waves, and a wave holds no two edits that meet.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import Conflict, Edit
from planner.model.tables import TABLES
from planner.store.frames import quoted, registered
from planner.store.hanging import find_hanging
from planner.store.journal import find_last_changes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import duckdb

    from planner.model.columns import Column
    from planner.model.edit import Cell, Row
    from planner.model.table import Table

    Stored = dict[int, tuple[Cell, ...] | None]


@dataclass
class Applied:
    """What became of edits of a version: `written` changed a value, `agreed` found it there, `refused` are conflicts."""

    version: str
    written: list[Edit] = field(default_factory=list)
    agreed: int = 0
    refused: list[Conflict] = field(default_factory=list)


def apply_in_order(cursor: duckdb.DuckDBPyConnection, version: str, edits: Iterable[Edit]) -> Applied:
    """Apply edits of the draft, or of a scenario, inside the transaction of a cursor."""
    done = Applied(version)
    meant = [settled(edit) for edit in edits]
    done.refused = find_hanging(cursor, version, meant, _taken(cursor, version, meant))
    held = {id(conflict.edit) for conflict in done.refused}
    for table, name, group in _groups([edit for edit in meant if id(edit) not in held]):
        if name:
            _apply_cells(cursor, TABLES[table], TABLES[table].by_name[name], group, done)
        else:
            _remove_rows(cursor, TABLES[table], [edit for edit in group if edit.after is None], done)
            _add_rows(cursor, TABLES[table], [edit for edit in group if edit.before is None], done)
    done.refused = with_authors(cursor, version, done.refused)
    return done


def _taken(cursor: duckdb.DuckDBPyConnection, version: str, edits: Sequence[Edit]) -> set[tuple[str, str]]:
    """The rows that should join and whose key somebody else's row has already, by table and id."""
    leave = {(edit.table, edit.key) for edit in edits if edit.is_row and edit.after is None}
    join: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.is_row and edit.before is None and (edit.table, edit.key) not in leave:
            join[edit.table].append(edit)
    return {
        (table, edit.id)
        for table, joining in join.items()
        for edit, row in _beside_stored_rows(cursor, version, TABLES[table], joining)
        if row not in (None, edit.after)
    }


def settled(edit: Edit) -> Edit:
    """The edit with its values in the form in which the store keeps them: NFC, lists sorted, no empty text."""
    table = TABLES[edit.table]
    if edit.is_row:
        return Edit(
            edit.table,
            edit.key,
            "",
            _settled_row(table, edit, edit.before),
            _settled_row(table, edit, edit.after),
        )
    column = table.by_name[edit.field]
    if column.key:
        message = f"{edit.table}.{edit.field} identifies a row and is never edited"
        raise ValueError(message)
    return Edit(
        edit.table,
        edit.key,
        edit.field,
        _settled_cell(column, edit.before),
        _settled_cell(column, edit.after),
    )


def _settled_row(table: Table, edit: Edit, row: Cell | Row) -> Row | None:
    if row is None:
        return None
    assert not isinstance(row, (str, int, float)) and hasattr(row, "get")  # noqa: S101, PT018  told to the type checker
    cells = {column.name: _settled_cell(column, row.get(column.name)) for column in table.columns}
    filled = {name: cell for name, cell in cells.items() if cell is not None}
    return filled | dict(zip(table.key, edit.key, strict=True))


def _settled_cell(column: Column, cell: Cell | Row) -> Cell:
    if not isinstance(cell, str):
        return float(cell) if column.kind == "number" and isinstance(cell, int) else cell  # type: ignore[return-value]
    said = unicodedata.normalize("NFC", cell)
    if column.kind in {"list", "ids"} and "|" in said:
        said = "|".join(sorted({part.strip(" ") for part in said.split("|")} - {""}))
    return said or None


def _groups(edits: Sequence[Edit]) -> Iterator[tuple[str, str, list[Edit]]]:
    """Edits of one table and field that do not meet, in an order that keeps the edits of each row in theirs."""
    waves: defaultdict[tuple[int, str, str], list[Edit]] = defaultdict(list)
    whole: dict[tuple[str, tuple[str, ...]], int] = {}
    cells: dict[tuple[str, tuple[str, ...]], dict[str, int]] = defaultdict(dict)
    for edit in edits:
        row = (edit.table, edit.key)
        if edit.is_row:
            wave = 1 + max([whole.get(row, -1), *cells[row].values()])
            whole[row] = wave
        else:
            wave = 1 + max(whole.get(row, -1), cells[row].get(edit.field, -1))
            cells[row][edit.field] = wave
        waves[wave, edit.table, edit.field].append(edit)
    for (_, table, name), group in sorted(waves.items(), key=lambda item: item[0][0]):
        yield table, name, group


def _apply_cells(
    cursor: duckdb.DuckDBPyConnection, table: Table, column: Column, edits: Sequence[Edit], done: Applied
) -> None:
    stored = _stored(cursor, done.version, table, [column.name], edits)
    fitting = []
    for place, edit in enumerate(edits):
        row = stored[place]
        if row is None:
            done.refused.append(Conflict(edit, None, is_gone=True))
        elif row[0] == edit.before and edit.before != edit.after:
            fitting.append(edit)
        elif row[0] == edit.after:
            done.agreed += 1
        else:
            done.refused.append(Conflict(edit, row[0], is_gone=False))
    if not fitting:
        return
    said = {"before": column.polars_type, "after": column.polars_type}
    stage = _keys(table, fitting).with_columns(
        pl.Series(name, [getattr(edit, name) for edit in fitting], dtype=kind) for name, kind in said.items()
    )
    with registered(cursor, stage):
        cursor.execute(
            f"""UPDATE work_{table.name} AS w SET "{column.name}" = s."_after"
            FROM (SELECT {_renamed(table)}, "before" AS _before, "after" AS _after FROM stage) AS s
            WHERE w.version = ? AND {_same_key(table)} AND w."{column.name}" IS NOT DISTINCT FROM s._before""",
            [done.version],
        )
    done.written += fitting


def _remove_rows(
    cursor: duckdb.DuckDBPyConnection, table: Table, edits: Sequence[Edit], done: Applied
) -> None:
    fitting = []
    for edit, row in _beside_stored_rows(cursor, done.version, table, edits):
        if row is None:
            done.agreed += 1
        elif row == edit.before:
            fitting.append(edit)
        else:
            done.refused.append(Conflict(edit, row, is_gone=False))
    if fitting:
        with registered(cursor, _keys(table, fitting)):
            cursor.execute(
                f"""DELETE FROM work_{table.name} AS w USING (SELECT {_renamed(table)} FROM stage) AS s
                WHERE w.version = ? AND {_same_key(table)}""",
                [done.version],
            )
        done.written += fitting


def _add_rows(cursor: duckdb.DuckDBPyConnection, table: Table, edits: Sequence[Edit], done: Applied) -> None:
    fitting = []
    for edit, row in _beside_stored_rows(cursor, done.version, table, edits):
        if row is None:
            fitting.append(edit)
        elif row == edit.after:
            done.agreed += 1
        else:
            done.refused.append(Conflict(edit, row, is_gone=False))
    if fitting:
        schema = {column.name: column.polars_type for column in table.columns}
        rows = pl.DataFrame([dict(edit.after) for edit in fitting], schema=schema)  # type: ignore[arg-type]
        with registered(cursor, rows):
            cursor.execute(
                f"INSERT INTO work_{table.name} SELECT ?, {quoted(table.names)} FROM stage", [done.version]
            )
        done.written += fitting


def _beside_stored_rows(
    cursor: duckdb.DuckDBPyConnection, version: str, table: Table, edits: Sequence[Edit]
) -> Iterator[tuple[Edit, Row | None]]:
    """Each edit beside the filled cells of the row that is stored under its key."""
    if not edits:
        return
    stored = _stored(cursor, version, table, table.names, edits)
    for place, edit in enumerate(edits):
        row = stored[place]
        cells = None if row is None else dict(zip(table.names, row, strict=True))
        yield (
            edit,
            None if cells is None else {name: cell for name, cell in cells.items() if cell is not None},
        )


def _stored(
    cursor: duckdb.DuckDBPyConnection,
    version: str,
    table: Table,
    names: Sequence[str],
    edits: Sequence[Edit],
) -> Stored:
    """The stored cells for each edit, by its place in the list; None where there is no such row."""
    stage = _keys(table, edits).with_row_index("_place")
    with registered(cursor, stage):
        rows = cursor.execute(
            f"""SELECT s._place, w.version IS NOT NULL, {quoted(names, "w")}
            FROM (SELECT _place, {_renamed(table)} FROM stage) AS s
            LEFT JOIN work_{table.name} AS w ON w.version = ? AND {_same_key(table)}""",
            [version],
        ).fetchall()
    return {row[0]: row[2:] if row[1] else None for row in rows}


def _keys(table: Table, edits: Sequence[Edit]) -> pl.DataFrame:
    schema = dict.fromkeys(table.key, pl.String)
    return pl.DataFrame([edit.key for edit in edits], schema=schema, orient="row")


def _renamed(table: Table) -> str:
    return ", ".join(f'"{name}" AS "_{name}"' for name in table.key)


def _same_key(table: Table) -> str:
    return " AND ".join(f'w."{name}" = s."_{name}"' for name in table.key)


def with_authors(cursor: duckdb.DuckDBPyConnection, version: str, refused: list[Conflict]) -> list[Conflict]:
    """The conflicts with who last changed the stored value, and when."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for conflict in refused:
        table, row = _met(conflict)
        ids[table].add(row)
    changes = {table: find_last_changes(cursor, version, table, found) for table, found in ids.items()}
    return [_signed(conflict, changes[_met(conflict)[0]].get(_met(conflict)[1], {})) for conflict in refused]


def _met(conflict: Conflict) -> tuple[str, str]:
    """The row, by table and id, whose last change is what an edit met."""
    return conflict.hangs_on or (conflict.edit.table, conflict.edit.id)


def _signed(conflict: Conflict, changes: Mapping[str, tuple[int, str, dt.datetime]]) -> Conflict:
    """The conflict with the last save that touched its cell, or any cell of its row where it is about the row."""
    edit = conflict.edit
    is_whole = edit.is_row or conflict.is_gone or conflict.hangs_on is not None
    touching = [change for name, change in changes.items() if is_whole or name in {"", edit.field}]
    if not touching:
        return conflict
    _, changed_by, changed_on = max(touching)
    return replace(conflict, changed_by=changed_by, changed_on=changed_on)
