"""The plan on a page: its headline figures and who carries each outcome in which year; it words and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.capacity import over_capacity
from planner.rules.churn import churn
from planner.rules.figure import Figure
from planner.rules.flow import StartedFinished, started_finished
from planner.rules.measures import aligned_share, live_cost, money_ahead
from planner.rules.outcome_status import benefit_rate
from planner.rules.sight import live_projects, main_outcomes, up_shares
from planner.rules.slip import slip
from planner.rules.timeline_notes import LEAST_CARRIED
from planner.rules.zones import ordinal_of_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NO_BEFORE = "There is no plan before this one to compare with."


@dataclass(frozen=True, slots=True)
class Dated:
    """A plan with the quarter that it is the plan of."""

    plan: Plan
    quarter: Quarter


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """The figures of one version: each a number or why there is none.

    money_ahead and live_cost in currency units; money_moved is the weighted churn and finish_move the mean slip
    in quarters, both against the version before; over_capacity in team-quarters; benefits and aligned are shares.
    """

    money_ahead: Figure
    live_cost: Figure
    money_moved: Figure
    finish_move: Figure
    flow: StartedFinished
    over_capacity: Figure
    benefits: Figure
    aligned: Figure


def home_figures(now: Dated, before: Dated | None, ledgers: Mapping[str, pl.DataFrame]) -> HomeFigures:
    """The figures of a version, against the one before it.

    `ledgers` are frames by name: delivery_history and benefit_actuals are read, where they are there.
    """
    plan, quarter = now.plan, now.quarter
    moved = finish = Figure.missing(NO_BEFORE)
    if before is not None:
        quarters = (before.quarter, quarter)
        moved = churn(before.plan, plan, quarters).weighted
        finish = slip(before.plan, plan, quarters).mean
    return HomeFigures(
        money_ahead=money_ahead(plan, quarter),
        live_cost=live_cost(plan),
        money_moved=moved,
        finish_move=finish,
        flow=started_finished(plan, quarter, ledgers.get("delivery_history")),
        over_capacity=over_capacity(plan, quarter),
        benefits=benefit_rate(quarter, ledgers.get("benefit_actuals")),
        aligned=aligned_share(plan, quarter),
    )


def carriers(plan: Plan, *, least: float = LEAST_CARRIED) -> pl.DataFrame:
    """The live projects that carry each outcome, in the fiscal year in which they finish.

    outcome_id, project_id, name, share (up), is_main (it serves this outcome most), rag ("" where not known), year
    (the fiscal year, null without a finish), finish ("Q3", or ""). Of projects that serve another outcome more,
    only those that give at least `least` of themselves. By outcome, year, main ones first, finish, name.
    """
    live = live_projects(plan).unique("project_id", keep="first")
    shares = up_shares(plan).join(live.select("project_id", "name", "rag", "end_date"), on="project_id")
    main = main_outcomes(plan).select("project_id", "outcome_id", is_main=pl.lit(value=True))
    flagged = shares.join(main, on=["project_id", "outcome_id"], how="left").with_columns(
        pl.col("is_main").fill_null(value=False),
        pl.col("rag").fill_null(""),
        at=ordinal_of_day("end_date", plan.calendar),
    )
    number = pl.concat_str([pl.lit("Q"), (pl.col("at") % 4 + 1).cast(pl.String)]).fill_null("")
    kept = flagged.filter(pl.col("is_main") | (pl.col("share") >= least))
    placed = kept.with_columns(year=pl.col("at") // 4, finish=number).sort(
        ["outcome_id", "year", "is_main", "at", "name", "project_id"],
        descending=[False, False, True, False, False, False],
        nulls_last=True,
    )
    return placed.select("outcome_id", "project_id", "name", "share", "is_main", "rag", "year", "finish")
