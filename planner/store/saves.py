"""The saves that came after one: who saved, when, and how much; it reads no cell and writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.version import DRAFT
from planner.store.rows import first_cell

if TYPE_CHECKING:
    from planner.store.database import Database


@dataclass(frozen=True, slots=True)
class SaveNote:
    """A save: who made it, when (UTC), and how many changes it has.

    Reasons are counted only where a save changed nothing else.
    """

    actor: str
    saved_on: dt.datetime
    changes: int


def last_save(db: Database) -> int:
    """The number of the newest save; 0 where there is none."""
    with db.reading() as cursor:
        return int(first_cell(cursor, "SELECT coalesce(max(save), 0) FROM saves"))


def saves_after(db: Database, save: int, version: str = DRAFT) -> list[SaveNote]:
    """The saves of the draft, or of a scenario, that came after one, the oldest first; an undo that changed nothing is none."""
    with db.reading() as cursor:
        rows = cursor.execute(
            """SELECT actor, saved_on,
                coalesce(nullif(count(*) FILTER (WHERE "table" <> 'reasons'), 0), count(*))
            FROM saves JOIN journal USING (save) WHERE version = ? AND save > ?
            GROUP BY save, actor, saved_on ORDER BY save""",
            [version, save],
        ).fetchall()
    return [SaveNote(actor, on.replace(tzinfo=dt.UTC), changes) for actor, on, changes in rows]
