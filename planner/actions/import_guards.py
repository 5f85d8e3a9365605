"""What an import may not do to the settings of a plan: change whose it is, or what its quarters mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.finding import Problem
from planner.model.ledgers import LEDGERS
from planner.model.settings import PlanSettings
from planner.model.tables import TABLES
from planner.store.ledgers import load_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar
    from planner.store.database import Database

FILE = "settings.csv"
UID, MONTH = "plan_uid", "fiscal_year_start_month"


def adopted_settings(current: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """The given settings; the plan's own id stays where they do not name one."""
    if given.filter(pl.col("key") == UID, pl.col("value").is_not_null()).height:
        return given
    return pl.concat([given.filter(pl.col("key") != UID), current.filter(pl.col("key") == UID)])


def guard_settings(plan: Plan, frames: Mapping[str, pl.DataFrame], sealed: Sequence[str]) -> list[Problem]:
    """The settings that would make another plan of one that has snapshots; empty where none is sealed."""
    if "settings" not in frames or not sealed:
        return []
    given = _typed(frames["settings"])
    problems = []
    if given.text(UID) != plan.settings.text(UID):
        said = (
            f"'{given.text(UID)}' is another plan than the one of this database, '{plan.settings.text(UID)}'. "
            "Import it into a database of its own, or remove the row plan_uid if it is meant for this one."
        )
        problems.append(Problem(FILE, 0, UID, given.text(UID), said))
    if given.calendar != plan.calendar:
        month = given.text(MONTH)
        said = (
            f"A fiscal year that starts in month {month} would give {sealed[-1]} another meaning. "
            f"Write {plan.settings.text(MONTH)}, as in the sealed versions."
        )
        problems.append(Problem(FILE, 0, MONTH, month, said))
    return problems


def guard_quarters(db: Database, plan: Plan, frames: Mapping[str, pl.DataFrame]) -> list[Problem]:
    """The tables that would keep quarters which the new calendar cannot read: 2026-Q3 in a fiscal plan, or FY27-Q3.

    They would be sealed with labels that nobody reads back, and no archive of them could be restored.
    """
    calendar = _typed(frames["settings"]).calendar if "settings" in frames else plan.calendar
    if calendar.is_calendar_year == plan.calendar.is_calendar_year:
        return []
    ledgers = {name: load_ledger(db, name) for name in LEDGERS}
    problems = []
    for name, frame in {**plan.frames, **frames, **ledgers}.items():
        label = _unlike_label(name, frame, calendar)
        if label:
            remedy = (
                "Import this into a database of its own, for a ledger only grows."
                if name in LEDGERS
                else f"Import {name}.csv with these settings, its quarters written anew."
            )
            said = f"{name} holds '{label}', and a year that starts in month {calendar.start_month} is written {calendar.example}. {remedy}"
            problems.append(Problem(FILE, 0, MONTH, str(calendar.start_month), said))
    return problems


def _unlike_label(name: str, frame: pl.DataFrame, calendar: Calendar) -> str:
    """The first quarter of a table that is not written as the calendar writes it, '' where there is none."""
    for column in (TABLES.get(name) or LEDGERS[name]).columns:
        if column.kind == "quarter":
            labels = frame[column.name].drop_nulls()
            unlike = labels.filter(labels.str.starts_with("FY") == calendar.is_calendar_year)
            if unlike.len():
                return str(unlike[0])
    return ""


def _typed(settings: pl.DataFrame) -> PlanSettings:
    return PlanSettings({key: value for key, value in settings.iter_rows() if value is not None})
