"""Plan databases for the benchmarks, filled by whole frames and sealed by the product itself; not timed here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.model.version import Label
from planner.store.database import Database
from planner.store.frames import quoted, registered
from planner.store.snapshots import seal_draft
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planner.model.plan import Plan

NOW = dt.datetime(2026, 10, 16, 9, tzinfo=dt.UTC)
FIRST = "FY27-Q1"


def fill_draft(db: Database, plan: Plan) -> None:
    """Make the draft this plan; straight into its tables, for the journal of a million rows is not the point."""
    with db.writing() as cursor:
        for name, table in TABLES.items():
            cursor.execute(f"DELETE FROM work_{name} WHERE version = 'draft'")
            if plan[name].height:
                columns = quoted(table.names)
                with registered(cursor, plan[name]):
                    cursor.execute(f"INSERT INTO work_{name} SELECT 'draft', {columns} FROM stage")
        cursor.execute("UPDATE drafts SET number = number + 1, quarter = ?", [FIRST])


def seal_plan(db: Database, plan: Plan, place: int) -> str:
    """Seal a plan as the snapshot `place` quarters after the first; returns its label."""
    fill_draft(db, plan)
    quarter = plan.calendar.parse(FIRST) + place
    version, _ = seal_draft(
        db,
        label=Label(quarter),
        as_of=NOW.date(),
        now=NOW,
        author="Benchmark",
        note="",
        findings={},
        number=load_version_header(db, "draft").number,
    )
    return version.label


def sealed_database(path: Path, plans: Iterable[Plan]) -> tuple[Database, list[str]]:
    """An open database with each plan sealed, one a quarter, and their labels."""
    db = Database.open(path, create=True)
    return db, [seal_plan(db, plan, place) for place, plan in enumerate(plans)]
