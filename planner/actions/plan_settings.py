"""Change the settings of the draft: its name, its currency, its fiscal year; what each means is for the model to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.draft_calendar import keeping_time
from planner.actions.editing import SaveOutcome, save
from planner.actions.import_guards import MONTH
from planner.actions.unsaved import Rows
from planner.errors import CalendarInUse
from planner.model.edit import Edit
from planner.model.ledgers import LEDGERS
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.store.ledgers import load_ledger
from planner.store.snapshots import load_plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    import polars as pl

    from planner.model.plan import Plan
    from planner.store.database import Database

REASON = "the settings of the plan"


def change_settings(
    db: Database, wanted: Mapping[str, str], *, actor: str, now: dt.datetime, reason: str = REASON
) -> SaveOutcome:
    """Save settings, given as they were typed; an empty one goes back to its default. All of them or none.

    The fiscal year changes only while nothing names a quarter and nothing is sealed: raises CalendarInUse,
    and PlanFrozen as every save does.
    """
    with keeping_time(db):
        plan = load_plan(db, DRAFT)
        edits = list(_edits(plan, wanted))
        if any(edit.key == (MONTH,) for edit in edits) and not _is_same_month(plan, wanted[MONTH]):
            _refuse_quarters(db, plan)
        return save(db, edits, actor=actor, now=now, reason=reason)


def _edits(plan: Plan, wanted: Mapping[str, str]) -> Iterator[Edit]:
    stored = Rows(plan, "settings")
    for key, value in wanted.items():
        row, typed = stored.find((key,)), value.strip()
        if row is None and typed:
            yield Edit("settings", (key,), "", None, {"key": key, "value": typed})
        elif row is not None and not typed:
            yield Edit("settings", (key,), "", row, None)
        elif row is not None and row.get("value") != typed:
            yield Edit("settings", (key,), "value", row.get("value"), typed)


def _is_same_month(plan: Plan, typed: str) -> bool:
    return typed.strip().lstrip("0") == str(plan.calendar.start_month)


def _refuse_quarters(db: Database, plan: Plan) -> None:
    """A quarter that was written would be another time in another fiscal year, or none at all."""
    ledgers = {name: load_ledger(db, name) for name in LEDGERS}
    for name, frame in {**plan.frames, **ledgers}.items():
        if label := _first_quarter(name, frame):
            raise CalendarInUse(name, label)


def _first_quarter(name: str, frame: pl.DataFrame) -> str:
    for column in (TABLES.get(name) or LEDGERS[name]).columns:
        if column.kind == "quarter":
            labels = frame[column.name].drop_nulls()
            if labels.len():
                return str(labels[0])
    return ""
