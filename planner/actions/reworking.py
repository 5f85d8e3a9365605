"""Change many at once: look at what a verb would do to the draft, then save it whole, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.exchange.cells import parse_cell
from planner.model.version import DRAFT
from planner.rules.checks import find_findings
from planner.rules.edited import with_edits
from planner.store import drafts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.model.columns import Column
    from planner.model.edit import Cell, Edit, Saved
    from planner.model.finding import Finding, Problem
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar, Quarter
    from planner.rules.rework import Rework
    from planner.store.database import Database


def read_value(column: Column, text: str | None, calendar: Calendar) -> Cell | Problem:
    """Read a value for many cells as one of a file would be read; a Problem where it does not read."""
    return parse_cell(column, text, calendar)


@dataclass(frozen=True)
class Preview:
    """What a rework would make of a draft: the plan afterwards, and the findings that join and leave."""

    after: Plan
    joining: tuple[Finding, ...]
    leaving: tuple[Finding, ...]


def preview(plan: Plan, rework: Rework, quarter: Quarter, baseline: Plan | None = None) -> Preview:
    """Look at a draft after a rework, from its quarter and the snapshot it came out of; nothing is written."""
    return look_after(plan, rework.edits, quarter, baseline)


def look_after(plan: Plan, edits: Sequence[Edit], quarter: Quarter, baseline: Plan | None = None) -> Preview:
    """Look at a plan after edits, from its quarter and the snapshot it came out of; nothing is written."""
    after = with_edits(plan, edits)
    before, then = (
        {(found.code, found.table, found.id, found.field): found for found in findings}
        for findings in (find_findings(side, quarter, baseline) for side in (plan, after))
    )
    joining = tuple(found for place, found in then.items() if place not in before)
    leaving = tuple(found for place, found in before.items() if place not in then)
    return Preview(after, joining, leaving)


def save_rework(
    db: Database,
    rework: Rework,
    *,
    number: int,
    actor: str,
    now: dt.datetime,
    reason: str = "",
    version: str = DRAFT,
) -> Saved:
    """Save all edits of a rework in one transaction, as one step that one undo takes back.

    `number` is the draft's number that it was looked at with. Raises PlanChanged where somebody saved since:
    half of a split or of a merge would be neither, so nothing is saved then.
    """
    return drafts.apply_edits(
        db, rework.edits, actor=actor, now=now, reason=reason, number=number, version=version
    )
