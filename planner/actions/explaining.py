"""Why a save changes what it changes, as rows of the plan's `reasons`; and what a person saved last, to be undone.

A reason is kept for each cell by its field, for a row that joins or leaves as a whole, and for the links of an
item as its `relinked`. A kind that has no cell of its own when a date moves is explained beside the date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions.unsaved import Rows
from planner.model.edit import Edit
from planner.model.tables import TABLE_OF_TIER
from planner.store.journal import find_last_changes, find_undoable, load_edits

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from planner.actions.importing import Reason
    from planner.model.plan import Plan
    from planner.store.database import Database

_ITEMS = frozenset(TABLE_OF_TIER.values()) | {"kpis"}
# A date that moves may stand under a kind of another field, on a row without a field (FORMAT 3).
_BESIDE = {
    "start_date": ("extended", "shortened", "refined"),
    "end_date": ("refined",),
}


@dataclass(frozen=True, slots=True)
class LastSave:
    """What a person saved last and can undo: its edits without their reasons, and when (UTC)."""

    edits: tuple[Edit, ...]
    saved_on: dt.datetime


def with_reason(plan: Plan, edits: Sequence[Edit], reason: Reason | None) -> list[Edit]:
    """The edits and, for what they change, the edits of `reasons`; without a reason none are added."""
    if reason is None:
        return list(edits)
    stored = Rows(plan, "reasons")
    explained = dict.fromkeys(key for edit in edits for key in _explained(edit))
    return [*edits, *(new for key in explained for new in _reason_edits(stored, key, reason))]


def _explained(edit: Edit) -> Iterator[tuple[str, str, str, str]]:
    """The table, id, kind and field of the reasons that explain one edit."""
    if edit.table == "links":
        from_type, from_id = edit.key[:2]
        yield TABLE_OF_TIER[from_type], from_id, "relinked", ""
    elif edit.table in _ITEMS:
        yield edit.table, edit.id, "", edit.field
        for kind in _BESIDE.get(edit.field, ()):
            yield edit.table, edit.id, kind, ""


def _reason_edits(stored: Rows, key: tuple[str, str, str, str], reason: Reason) -> Iterator[Edit]:
    said = {"reason_code": reason.code, "reason_text": reason.text or None}
    row = stored.find(key)
    if row is None:
        named = dict(zip(("table", "id", "kind", "field"), key, strict=True))
        yield Edit("reasons", key, "", None, {**named, **said})
        return
    for field, value in said.items():
        if row.get(field) != value:
            yield Edit("reasons", key, field, row.get(field), value)


def find_last_save(db: Database, actor: str) -> LastSave | None:
    """What `editing.undo` would take back, or None."""
    with db.reading() as cursor:
        save = find_undoable(cursor, actor)
        if save is None:
            return None
        edits = load_edits(cursor, save)
        first = edits[0]
        changes = find_last_changes(cursor, first.table, [first.id])
    saved_on = changes[first.id][first.field][-1]
    return LastSave(tuple(_without_reasons(edits)), saved_on)


def _without_reasons(edits: Sequence[Edit]) -> Iterable[Edit]:
    return [edit for edit in edits if edit.table != "reasons"] or edits
