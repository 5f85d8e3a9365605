"""What a refresh to a quarter has to look at: work beyond the horizon, what is due, what was learnt since; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.quarter import Quarter
from planner.rules.registers import current_rows
from planner.rules.sight import live_projects
from planner.rules.zones import from_quarter, ordinal_of_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from planner.model.plan import Plan

LEDGERS = ("assumptions", "decisions", "insights", "kpi_actuals", "lessons")


@dataclass(frozen=True, slots=True)
class Since:
    """What a refresh came out of: the quarter and the as-of day of the snapshot before it, and what lived in it, by id."""

    quarter: Quarter
    as_of: dt.date
    live: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What a refresh has to look at, each a frame with id, name and when (a quarter's label, or empty).

    `beyond` are live projects that end after the horizon, `assumptions` and `decisions` those to look at by now,
    `insights` what was found since the last snapshot, `unmeasured` the measures without an actual for the
    quarter that has just passed, `unlearnt` the projects finished since, from which no lesson is written down (DOMAIN
    2.5: done comes with a lesson).
    """

    beyond: pl.DataFrame
    assumptions: pl.DataFrame
    decisions: pl.DataFrame
    insights: pl.DataFrame
    unmeasured: pl.DataFrame
    unlearnt: pl.DataFrame

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return sum(getattr(self, name).height for name in self.__slots__)


def find_due(plan: Plan, quarter: Quarter, since: Since, ledgers: Mapping[str, pl.DataFrame]) -> Due:
    """What is due in a refresh to `quarter`; `ledgers` holds those of `LEDGERS`."""
    return Due(
        beyond=_beyond(plan, quarter),
        assumptions=_assumptions(ledgers["assumptions"], quarter),
        decisions=_decisions(ledgers["decisions"], quarter, since),
        insights=_insights(ledgers["insights"], since),
        unmeasured=_unmeasured(plan, quarter, ledgers["kpi_actuals"]),
        unlearnt=_unlearnt(plan, since, ledgers["lessons"]),
    )


def _beyond(plan: Plan, quarter: Quarter) -> pl.DataFrame:
    last = quarter + (plan.settings.whole("horizon_quarters") - 1)
    ends = ordinal_of_day("end_date", plan.calendar)
    late = live_projects(plan).with_columns(at=ends).filter(pl.col("at") > last.ordinal)
    labels = {at: plan.calendar.label(Quarter(at)) for at in late["at"].unique()}
    said = pl.Series("when", [labels[at] for at in late["at"]], dtype=pl.String)
    return late.select(pl.col("project_id").alias("id"), "name").with_columns(said).sort("id")


def _assumptions(ledger: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Assumptions still open that should have been checked by now."""
    due = from_quarter("check_by_quarter", quarter) <= 0
    waiting = current_rows(ledger, "assumptions").filter((pl.col("state") == "open") & due)
    return _listed(waiting, "assumption_id", "statement", "check_by_quarter")


def _decisions(ledger: pl.DataFrame, quarter: Quarter, since: Since) -> pl.DataFrame:
    """Decisions whose second look fell due after the last snapshot; what came due before was its matter."""
    now = (from_quarter("review_quarter", quarter) <= 0) & (from_quarter("review_quarter", since.quarter) > 0)
    made = current_rows(ledger, "decisions").filter((pl.col("status") == "decided") & now)
    return _listed(made, "decision_id", "question", "review_quarter")


def _insights(ledger: pl.DataFrame, since: Since) -> pl.DataFrame:
    """Insights of the last snapshot's quarter or later, or written down after its day."""
    later = from_quarter("quarter", since.quarter) >= 0
    new = current_rows(ledger, "insights").filter(later | (pl.col("recorded_on") > since.as_of))
    return _listed(new, "insight_id", "title", "quarter")


def _unmeasured(plan: Plan, quarter: Quarter, actuals: pl.DataFrame) -> pl.DataFrame:
    passed = plan.calendar.label(quarter + -1)
    known = actuals.filter((pl.col("quarter") == passed) & pl.col("actual_value").is_not_null())
    lacking = plan["kpis"].join(known, on="kpi_id", how="anti").with_columns(when=pl.lit(passed))
    return _listed(lacking, "kpi_id", "name", "when")


def _unlearnt(plan: Plan, since: Since, lessons: pl.DataFrame) -> pl.DataFrame:
    is_new = pl.col("project_id").is_in(list(since.live)) & (pl.col("status") == "done")
    done = (
        plan["projects"].filter(is_new).join(lessons, left_on="project_id", right_on="source_id", how="anti")
    )
    ends = [day and plan.calendar.label(plan.calendar.of(day)) for day in done["end_date"]]
    return _listed(done.with_columns(when=pl.Series(ends, dtype=pl.String)), "project_id", "name", "when")


def _listed(rows: pl.DataFrame, key: str, name: str, when: str) -> pl.DataFrame:
    said = [pl.col(name).fill_null("").alias("name"), pl.col(when).fill_null("").alias("when")]
    return rows.select(pl.col(key).alias("id"), *said).sort("id")
