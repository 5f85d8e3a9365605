"""The saves that came after one, or after a moment: who saved, when, how much, and their edits; it writes nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.edit import Edit
from planner.model.version import DRAFT
from planner.store.journal import as_utc, of_json
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


def save_at(db: Database, moment: dt.datetime, actor: str, grace: dt.timedelta) -> int:
    """The number of the last save that was there at a moment; 0 where there was none.

    A save of `actor` in the first `grace` after it counts as there: who is here saves after having been noted.
    """
    begin, until = as_utc(moment), as_utc(moment + grace)
    with db.reading() as cursor:
        return int(
            first_cell(
                cursor,
                """SELECT coalesce(
                    (SELECT min(save) - 1 FROM saves WHERE saved_on > $begin AND NOT (actor = $actor AND saved_on <= $until)),
                    (SELECT max(save) FROM saves), 0)""",
                {"begin": begin, "until": until, "actor": actor},
            )
        )


def last_saves_of_snapshots(db: Database) -> dict[str, int]:
    """The last save that each snapshot holds, by label, the oldest snapshot first."""
    with db.reading() as cursor:
        return dict(cursor.execute("SELECT label, last_save FROM snapshots ORDER BY number").fetchall())


def load_edits_between(db: Database, after: int, upto: int) -> list[Edit]:
    """The edits of the draft's saves after one and up to another, in the order in which they were applied."""
    with db.reading() as cursor:
        rows = cursor.execute(
            """SELECT "table", "key", field, "before", "after" FROM journal JOIN saves USING (save)
            WHERE version = ? AND save > ? AND save <= ? ORDER BY save, place""",
            [DRAFT, after, upto],
        ).fetchall()
    return [
        Edit(
            table, tuple(json.loads(key)), field, of_json(table, field, before), of_json(table, field, after)
        )
        for table, key, field, before, after in rows
    ]
