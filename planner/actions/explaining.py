"""Why a save changes what it changes, as rows of the plan's `reasons`; it saves nothing.

A reason is kept for each cell by its field, for a row that joins or leaves as a whole, and for the links of an
item as its `relinked`; the quarters of a team's capacity together at the team. A kind that has no cell of its own
when a date moves is explained beside the date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.unsaved import Rows
from planner.model.edit import Edit
from planner.model.tables import TABLE_OF_TIER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.actions.importing import Reason
    from planner.model.plan import Plan

_ITEMS = frozenset(TABLE_OF_TIER.values()) | {"kpis"}
# A date that moves may stand under a kind of another field, on a row without a field (FORMAT 3).
_BESIDE = {
    "start_date": ("extended", "shortened", "refined"),
    "end_date": ("refined",),
}


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
    elif edit.table == "capacity":
        if edit.field:
            yield "teams", edit.key[0], "capacity_changed", edit.field
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
