"""Give one field of many projects the same value, or cancel them; what has its own verb is refused with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.rules.rework import (
    Refused,
    Rework,
    cell_edits,
    for_each,
    joined,
    leaves,
    live,
    rows_of,
    told,
)
from planner.rules.rework_ranks import rank_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.edit import Cell, Edit
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.rework import Cells

_OWN_VERB = {
    "superseded_by": "Merge projects, or split one: that says what takes the place of what.",
    "split_from": "Split a project: that says what came of it.",
    "priority_rank": "Ranks are an order: each project has its own.",
    "name": "Each project has a name of its own.",
}
FIELDS = tuple(name for name in TABLES["projects"].fields if name not in _OWN_VERB)


def set_field(plan: Plan, projects: Sequence[str], field: str, value: Cell, quarter: Quarter) -> Rework:
    """Give a field of projects a value, or empty it; a closed project may be described but not opened again."""
    if field == "status" and value == "cancelled":
        return cancelled(plan, projects, quarter)
    return for_each(plan, projects, lambda _near, row: _set(row, field, value), closed=True)


def _set(row: Cells, field: str, value: Cell) -> Rework:
    if field in _OWN_VERB:
        raise Refused(_OWN_VERB[field])
    if field == "status":
        live(row)
    label, was = TABLES["projects"].by_name[field].label, _shown(row[field])
    if row[field] == value:
        message = f"{label} is {was} already."
        raise Refused(message)
    said = (
        f"{label} becomes {_shown(value)} (was {was})."
        if value is not None
        else f"{label} is emptied (was {was})."
    )
    return told(row, said, cell_edits("projects", row, {field: value}))


def _shown(value: Cell) -> str:
    return "not known" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def cancelled(plan: Plan, projects: Sequence[str], quarter: Quarter) -> Rework:
    """Stop projects: they stay in the plan as cancelled, their work ahead goes, and the ranks close up."""
    stopped = []

    def stop(near: Plan, row: Cells) -> Rework:
        stopped.append(str(row["project_id"]))
        return told(row, "Is stopped; its work ahead leaves the plan.", stopping(near, row, quarter))

    lines = for_each(plan, projects, stop)
    return joined([lines, Rework((), tuple(rank_edits(plan, leaving=stopped)))])


def stopping(plan: Plan, row: Cells, quarter: Quarter, superseded_by: str | None = None) -> list[Edit]:
    """The edits by which a project is cancelled: past work stays as it was (DOMAIN 2.2, 2.6), its cost stays on record."""
    after: dict[str, Cell] = {"status": "cancelled"}
    if superseded_by:
        after["superseded_by"] = superseded_by
    return [
        *cell_edits("projects", row, after),
        *(leaves("phasing", work) for work in work_ahead(plan, str(row["project_id"]), quarter)),
    ]


def work_ahead(plan: Plan, project: str, quarter: Quarter) -> list[dict[str, Cell]]:
    """The phasing of a project from a quarter on."""
    return [
        work
        for work in rows_of(plan, "phasing", "project_id", [project])
        if plan.calendar.parse(str(work["quarter"])) >= quarter
    ]
