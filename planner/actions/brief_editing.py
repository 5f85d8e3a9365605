"""Change the brief of the draft: rewrite a line, leave it out, take the generated words back, write notes; it words nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.brief_edits import NOTES, paragraphs, place_of
from planner.store.briefs import append_brief_edit

if TYPE_CHECKING:
    import datetime as dt

    from planner.model.brief_edit import BriefEdit
    from planner.rules.brief import Line
    from planner.store.database import Database

LEFT_OUT = ""


def rewrite_line(
    db: Database, base: str, line: Line, said: str | None, *, seen: int, actor: str, now: dt.datetime
) -> BriefEdit | None:
    """Say a line in other words, leave it out with '', or take the generated words back with None.

    `base` is the snapshot that the draft follows, `seen` the number of the line's last edit that was looked at, 0 for
    none. What is the line's text already is no edit. Raises BriefLineStale or BriefFrozen.
    """
    text = None if said is None else " ".join(said.split())
    if text == line.generated:
        text = None
    if text is None and not seen:
        return None
    return append_brief_edit(
        db, base, place_of(line), generated=line.generated, said=text, seen=seen, actor=actor, now=now
    )


def write_notes(
    db: Database, base: str, notes: str, *, seen: int, actor: str, now: dt.datetime
) -> BriefEdit | None:
    """Write what else the brief shall say, blank lines between paragraphs; '' takes all away. Raises as a rewriting."""
    said = "\n\n".join(paragraphs(notes))
    if not said and not seen:
        return None
    return append_brief_edit(
        db, base, NOTES, generated="", said=said or None, seen=seen, actor=actor, now=now
    )
