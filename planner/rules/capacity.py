"""Capacity: what each team can do in a quarter against what the plan asks of it (DOMAIN 3.12); it moves no work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.sight import live_projects
from planner.rules.zones import from_quarter

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NO_CAPACITY = "No team has a capacity in these quarters."
NO_EFFORT = "No live project has person-days in these quarters."
TIGHT, HEALTHY = 0.85, 0.60


def change_capacity(plan: Plan) -> pl.DataFrame:
    """What each team has for change: team_id, quarter, capacity in person-days, null where it is not known.

    People x days a person x what running and insight leave, rounded half up in whole numbers (DOMAIN 3.12).
    An empty share takes nothing away; without people there is no capacity to know.
    """
    days = plan["teams"].select("team_id", "pd_per_fte_quarter").unique("team_id", keep="first")
    rows = plan["capacity"].unique(["team_id", "quarter"], keep="first").join(days, on="team_id", how="left")
    of_setting = plan.settings.whole("pd_per_fte_quarter")
    taken = pl.sum_horizontal(_percent("run_share"), _percent("insight_reserve"))
    # hundredths of people and whole percent keep the product whole, so that half a day rounds the same everywhere
    people = (pl.col("fte") * 100).round(0).cast(pl.Int64)
    each = pl.col("pd_per_fte_quarter").fill_null(of_setting)
    left = (100 - taken).clip(lower_bound=0)
    capacity = (people * each * left + 5_000) // 10_000
    return rows.select("team_id", "quarter", capacity.alias("capacity")).sort("team_id", "quarter")


def _percent(column: str) -> pl.Expr:
    return (pl.col(column) * 100).round(0).cast(pl.Int64).fill_null(0)


def team_load(plan: Plan, quarter: Quarter) -> pl.DataFrame:
    """The load of each team from `quarter` on, over the horizon.

    team_id, quarter, k (distance), capacity, demand (person-days of live work), utilisation (demand by capacity,
    null where the capacity is not known or nothing), over (person-days above it, 0 where it holds, null where
    not known), state: over, tight, healthy, slack or unknown.
    """
    horizon = plan.settings.whole("horizon_quarters")
    effort = plan["phasing"].join(live_projects(plan), on="project_id", how="semi")
    demand = effort.group_by("team_id", "quarter").agg(pl.col("person_days").sum().alias("demand"))
    load = change_capacity(plan).join(demand, on=["team_id", "quarter"], how="full", coalesce=True)
    ahead = load.with_columns(k=from_quarter("quarter", quarter)).filter(
        pl.col("k").is_between(0, horizon - 1)
    )
    demanded = pl.col("demand").fill_null(0)
    utilisation = pl.when(pl.col("capacity") > 0).then(demanded / pl.col("capacity"))
    over = (demanded - pl.col("capacity")).clip(lower_bound=0)
    known = ahead.with_columns(demand=demanded, utilisation=utilisation, over=over)
    return (
        known.with_columns(state=_state())
        .sort("team_id", "k")
        .select("team_id", "quarter", "k", "capacity", "demand", "utilisation", "over", "state")
    )


def _state() -> pl.Expr:
    used = pl.col("utilisation")
    over = (
        pl.when(pl.col("over") > 0)
        .then(pl.lit("over"))
        .when(pl.col("capacity").is_null())
        .then(pl.lit("unknown"))
    )
    tight = over.when(used > TIGHT).then(pl.lit("tight"))
    return tight.when(used >= HEALTHY).then(pl.lit("healthy")).otherwise(pl.lit("slack"))


def overloads(plan: Plan, quarter: Quarter) -> pl.DataFrame:
    """The team-quarters that are asked for more than they have, as `team_load`."""
    return team_load(plan, quarter).filter(pl.col("state") == "over")


def over_capacity(plan: Plan, quarter: Quarter, load: pl.DataFrame | None = None) -> Figure:
    """How many team-quarters from `quarter` on are over capacity; `load` is their `team_load`, where it is at hand."""
    load = team_load(plan, quarter) if load is None else load
    if load["capacity"].null_count() == load.height:
        return Figure.missing(NO_CAPACITY)
    if not load["demand"].sum():
        return Figure.missing(NO_EFFORT)
    return Figure(float((load["state"] == "over").sum()))
