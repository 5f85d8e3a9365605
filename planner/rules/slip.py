"""Slip: how far the finishes of the same work moved between two plans (DOMAIN 3.5); names no reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.sight import is_live, live_projects
from planner.rules.zones import ordinal_of_day

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NO_FINISH = "No live project has a finish in both plans."
NO_MONEY = "No live project with a finish in both plans has a cost."
NO_TIME = "Both plans are of the same quarter."


@dataclass(frozen=True, slots=True)
class Slip:
    """Moves of finishes in quarters, later is positive.

    `count` projects have a finish in both plans. `mean` is the plain average, `median` the middle one,
    `weighted` weighs each by its cost in the baseline, `gross` too but without signs. `rate` is the mean by
    quarters elapsed. `later` and `earlier` count projects.
    """

    count: int
    mean: Figure
    median: Figure
    weighted: Figure
    gross: Figure
    rate: Figure
    later: int
    earlier: int


def finish_moves(baseline: Plan, current: Plan) -> pl.DataFrame:
    """The finishes of work that is live in the baseline and neither gone nor cancelled in the current plan.

    project_id, name, cost (of the baseline), end_before, end_after (dates), before, after (ordinals), moved
    (quarters, later is positive; null where a finish is not known in both), is_live (still live), by id.
    """
    was = live_projects(baseline).unique("project_id", keep="first")
    now = (
        current["projects"]
        .filter(pl.col("status").fill_null("") != "cancelled")
        .unique("project_id", keep="first")
    )
    both = was.select("project_id", "cost", pl.col("end_date").alias("end_before")).join(
        now.select("project_id", "name", pl.col("end_date").alias("end_after"), is_live().alias("is_live")),
        on="project_id",
    )
    placed = both.with_columns(
        before=ordinal_of_day("end_before", baseline.calendar),
        after=ordinal_of_day("end_after", current.calendar),
    )
    return placed.with_columns(moved=pl.col("after") - pl.col("before")).sort("project_id")


def slip(baseline: Plan, current: Plan, quarters: tuple[Quarter, Quarter]) -> Slip:
    """The slip from the baseline to the current plan; `quarters` are their own, in this order."""
    moves = finish_moves(baseline, current).filter(pl.col("moved").is_not_null())
    moved = moves["moved"].cast(pl.Float64)
    priced = moves.filter(pl.col("cost").is_not_null())
    mean = Figure.ratio(float(moved.sum()), len(moved), NO_FINISH)
    middle = moved.median()
    elapsed = abs(quarters[1] - quarters[0])
    reason = NO_MONEY if moves.height else NO_FINISH
    rate = mean if mean.value is None else Figure.ratio(mean.value, elapsed, NO_TIME)
    return Slip(
        count=len(moved),
        mean=mean,
        median=Figure(middle) if isinstance(middle, float) else Figure.missing(NO_FINISH),
        weighted=_weighted(priced, priced["moved"], reason),
        gross=_weighted(priced, priced["moved"].abs(), reason),
        rate=rate,
        later=int((moved > 0).sum()),
        earlier=int((moved < 0).sum()),
    )


def _weighted(priced: pl.DataFrame, moved: pl.Series, reason: str) -> Figure:
    cost = priced["cost"].cast(pl.Float64)
    return Figure.ratio(float((cost * moved).sum()), float(cost.sum()), reason)
