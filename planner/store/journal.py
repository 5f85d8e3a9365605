"""The journal: each save and its cells, written in the save's transaction and never changed; it applies nothing.

Values are kept as JSON: a cell as itself (a date as its ISO text), a row as an object of its filled cells.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import Edit, row_id
from planner.model.tables import TABLES
from planner.store.frames import registered
from planner.store.rows import first_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from planner.model.edit import Cell, Row

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SCHEMA = {
    "save": pl.Int64,
    "place": pl.Int64,
    "table": pl.String,
    "key": pl.String,
    "id": pl.String,
    "field": pl.String,
    "before": pl.String,
    "after": pl.String,
}


def as_utc(moment: dt.datetime) -> dt.datetime:
    """A moment as the database keeps it: UTC without a zone."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def next_save(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number that the next save will have."""
    return int(first_cell(cursor, "SELECT coalesce(max(save), 0) + 1 FROM saves"))


def append_save(
    cursor: duckdb.DuckDBPyConnection,
    save: int,
    *,
    version: str,
    actor: str,
    now: dt.datetime,
    reason: str,
    undoes: int | None = None,
) -> None:
    """Write the header of a save of the draft or a scenario."""
    cursor.execute(
        "INSERT INTO saves VALUES (?, ?, ?, ?, ?, ?)", [save, version, actor, as_utc(now), reason, undoes]
    )


def append_journal(cursor: duckdb.DuckDBPyConnection, save: int, edits: Sequence[Edit]) -> None:
    """Write down the edits of a save in the order in which they were applied."""
    rows = [
        (
            save,
            place,
            edit.table,
            json.dumps(edit.key, ensure_ascii=False),
            row_id(edit.table, edit.key),
            edit.field,
            as_json(edit.before),
            as_json(edit.after),
        )
        for place, edit in enumerate(edits)
    ]
    with registered(cursor, pl.DataFrame(rows, schema=_SCHEMA, orient="row")) as stage:
        cursor.execute(f"INSERT INTO journal SELECT * FROM {stage}")


def load_edits(cursor: duckdb.DuckDBPyConnection, save: int) -> list[Edit]:
    """The edits of a save in the order in which they were applied."""
    rows = cursor.execute(
        'SELECT "table", "key", field, "before", "after" FROM journal WHERE save = ? ORDER BY place', [save]
    ).fetchall()
    return [
        Edit(
            table, tuple(json.loads(key)), field, of_json(table, field, before), of_json(table, field, after)
        )
        for table, key, field, before, after in rows
    ]


def find_last_changes(
    cursor: duckdb.DuckDBPyConnection, version: str, table: str, ids: Iterable[str]
) -> dict[str, dict[str, tuple[int, str, dt.datetime]]]:
    """The save of a version that last changed each cell of some rows, who made it and when (UTC), by id and then field.

    Where the whole row joined or left, the field is empty.
    """
    rows = cursor.execute(
        """SELECT id, field, max(save), arg_max(actor, save), arg_max(saved_on, save)
        FROM journal JOIN saves USING (save)
        WHERE version = ? AND "table" = ? AND id IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL""",
        [version, table, list(ids)],
    ).fetchall()
    changes: defaultdict[str, dict[str, tuple[int, str, dt.datetime]]] = defaultdict(dict)
    for id_, field, save, actor, on in rows:
        changes[id_][field] = save, actor, on.replace(tzinfo=dt.UTC)
    return changes


def as_json(value: Cell | Row) -> str | None:
    """The JSON of a cell or of a row's filled cells; None for an empty cell, or no row."""
    if value is None:
        return None
    plain = _plain(value) if isinstance(value, (str, int, float, dt.date)) else _plain_row(value)
    return json.dumps(plain, ensure_ascii=False)


def of_json(table: str, field: str, said: str | None) -> Cell | Row:
    """Read a cell, or a row where `field` is empty, back from its JSON."""
    if said is None:
        return None
    value = json.loads(said)
    if field:
        return _typed(table, field, value)
    return {name: _typed(table, name, cell) for name, cell in value.items() if cell is not None}


def _plain(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, dt.date) else value


def _plain_row(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {name: _plain(cell) for name, cell in row.items() if cell is not None}


def _typed(table: str, field: str, value: Cell) -> Cell:
    kind = TABLES[table].by_name[field].kind
    if kind == "date" and isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):  # an unsaved edit may hold what was typed, such as 2026-06-31
            return dt.date.fromisoformat(value)
    return float(value) if kind == "number" and isinstance(value, int) else value
