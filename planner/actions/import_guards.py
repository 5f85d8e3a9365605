"""What an import may not do to the settings of a plan: change whose it is, or what its sealed quarters mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.finding import Problem
from planner.model.settings import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar

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
    given = PlanSettings({key: value for key, value in frames["settings"].iter_rows() if value is not None})
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


def quarter_after(label: str, before: Calendar, after: Calendar) -> str:
    """The same time in another calendar: the quarter that the old one's first day lies in."""
    return after.label(after.of(before.first_day(before.parse(label))))
