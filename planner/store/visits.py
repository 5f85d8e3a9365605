"""When each person was here: one row a visit, moved on while it lasts; who may know of it is not decided here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.store.journal import as_utc

if TYPE_CHECKING:
    from planner.store.database import Database


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a person: when it began, and when the person was last seen in it (UTC)."""

    began_on: dt.datetime
    seen_on: dt.datetime


def last_visits(db: Database, person: str, most: int = 2) -> list[Visit]:
    """The last visits of a person, the newest first."""
    with db.reading() as cursor:
        rows = cursor.execute(
            "SELECT began_on, seen_on FROM visits WHERE person = ? ORDER BY began_on DESC LIMIT ?",
            [person, most],
        ).fetchall()
    return [Visit(*(moment.replace(tzinfo=dt.UTC) for moment in row)) for row in rows]


def note_visit(db: Database, person: str, visit: Visit) -> bool:
    """Write a visit down, or that it goes on; False where a writer is at work: then nothing is written."""
    with db.noting() as cursor:
        if cursor is None:
            return False
        cursor.execute(
            """INSERT INTO visits VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET seen_on = greatest(seen_on, excluded.seen_on)""",
            [person, as_utc(visit.began_on), as_utc(visit.seen_on)],
        )
    return True
