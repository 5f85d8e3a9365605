"""All ids that a table ever had: in the draft, snapshots, saves and unsaved edits of anybody; so none is given twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.store.frames import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.store.database import Database


def known_ids(db: Database, table: str) -> list[str]:
    """The ids of a table whose key is one id, in no order."""
    key = quoted(TABLES[table].key)
    with db.reading() as cursor:
        rows = cursor.execute(
            f"""SELECT {key} FROM work_{table} UNION SELECT {key} FROM sealed_{table}
            UNION SELECT id FROM journal WHERE "table" = ? AND field = ''""",
            [table],
        ).fetchall()
        waiting = cursor.execute("SELECT edits FROM unsaved").fetchall()
    return list({str(row[0]) for row in rows} | _joining(table, [kept for (kept,) in waiting]))


def _joining(table: str, waiting: Iterable[str]) -> set[str]:
    """The ids of rows of a table that somebody added and did not save yet."""
    edits = (edit for kept in waiting for edit in json.loads(kept))
    return {key[0] for name, key, field, before, _ in edits if (name, field, before) == (table, "", None)}
