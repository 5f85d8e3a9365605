"""The briefs: what people changed in that of the draft, and those that were frozen with a snapshot; it words none."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from planner.errors import BriefFrozen, BriefLineStale
from planner.model.brief_edit import BriefEdit
from planner.model.version import DRAFT
from planner.store.journal import as_utc
from planner.store.rows import first_row
from planner.store.versions import find_header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.store.database import Database


def load_brief_edits(db: Database, base: str) -> list[BriefEdit]:
    """All edits of the brief of the draft that follows the snapshot `base` ('' before the first), in their order."""
    with db.reading() as cursor:
        rows = cursor.execute(
            """SELECT edit, part, "key", generated, said, actor, edited_on FROM brief_edits
            WHERE base = ? ORDER BY edit""",
            [base],
        ).fetchall()
    return [
        BriefEdit(number, part, key, generated, said, actor, on.replace(tzinfo=dt.UTC))
        for number, part, key, generated, said, actor, on in rows
    ]


def append_brief_edit(
    db: Database,
    base: str,
    place: tuple[str, str],
    *,
    generated: str,
    said: str | None,
    seen: int,
    actor: str,
    now: dt.datetime,
) -> BriefEdit:
    """Write down what somebody says in one line, given as part and key, instead of the generated words.

    `seen` is the number of the last edit of that line that was looked at, 0 where there was none. What is said
    there already, in the same words, is returned as it is. Raises BriefLineStale where somebody else changed
    the line since, and BriefFrozen where the draft does not follow `base` any more.
    """
    with db.writing() as cursor:
        follows = find_header(cursor, DRAFT).previous
        if follows != base:
            raise BriefFrozen(follows)
        edits = load_brief_edits(db, base)
        last = next((edit for edit in reversed(edits) if edit.place == place), None)
        if last and last.said == said and last.generated == generated:
            return last
        if last and last.number != seen:
            theirs = last.generated if last.said is None else last.said
            raise BriefLineStale(theirs, said, last.actor, last.number)
        edit = BriefEdit(len(edits) + 1, *place, generated, said, actor, now.astimezone(dt.UTC))
        cursor.execute(
            "INSERT INTO brief_edits VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [base, edit.number, *place, generated, said, actor, as_utc(now)],
        )
        return edit


def append_frozen_brief(db: Database, snapshot: int, document: Mapping[str, Any]) -> None:
    """Freeze the brief of a snapshot, given by its number in the chain."""
    with db.writing() as cursor:
        text = json.dumps(document, ensure_ascii=False)
        cursor.execute("INSERT INTO briefs VALUES (?, ?)", [snapshot, text])


def find_frozen_brief(db: Database, snapshot: int) -> dict[str, Any] | None:
    """The brief that was frozen with a snapshot, None where there is none."""
    with db.reading() as cursor:
        row = first_row(cursor, "SELECT document FROM briefs WHERE snapshot = ?", [snapshot])
    return dict(json.loads(row[0])) if row else None
