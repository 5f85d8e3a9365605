"""All ids that a table ever had: in the draft, in each snapshot, and in saves since; so that none is given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.store.frames import quoted

if TYPE_CHECKING:
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
    return [str(row[0]) for row in rows]
