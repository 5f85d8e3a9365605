"""The brief of the draft with what people changed in it: rewritten, left out, taken back, notes; it saves nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.model.brief_edit import BriefEdit
    from planner.rules.brief import Brief, Line

NOTES: Final = ("notes", "")


@dataclass(frozen=True)
class EditedBrief:
    """A brief with its edits.

    `last` is the last edit of each line that has one; `outdated` are the lines whose generated words are others than
    when they were rewritten; `dormant` the edits of sentences that are no longer among those told.
    """

    brief: Brief
    last: Mapping[tuple[str, str], BriefEdit]
    outdated: frozenset[tuple[str, str]]
    dormant: tuple[BriefEdit, ...]


def place_of(line: Line) -> tuple[str, str]:
    """What an edit calls a line: its part, and the item that it is about."""
    return line.part, f"{line.table}:{line.id}" if line.id else ""


def edited_brief(brief: Brief, edits: Iterable[BriefEdit]) -> EditedBrief:
    """Put the last edit of each line on a generated brief."""
    last = {edit.place: edit for edit in edits}
    lines = (brief.lead, *brief.changes)
    places = {place_of(line) for line in lines}
    changed = {place: edit for place, edit in last.items() if edit.said is not None}
    outdated = {
        place_of(line)
        for line in lines
        if (edit := changed.get(place_of(line))) and edit.generated != line.generated
    }
    notes = last.get(NOTES)
    return EditedBrief(
        replace(
            brief,
            lead=_said(brief.lead, changed),
            changes=tuple(_said(line, changed) for line in brief.changes),
            notes=paragraphs(notes.said or "") if notes else brief.notes,
        ),
        last,
        frozenset(outdated),
        tuple(edit for place, edit in changed.items() if place != NOTES and place not in places),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: what blank lines part, each on one line."""
    parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(part for part in parts if part)


def _said(line: Line, changed: Mapping[tuple[str, str], BriefEdit]) -> Line:
    edit = changed.get(place_of(line))
    return replace(line, text=edit.said) if edit and edit.said is not None else line
