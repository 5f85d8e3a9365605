"""What a refresh does to the line of sight: money that lost it, and work that now serves another outcome (DOMAIN 3.11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure, Measured
from planner.rules.measures import aligned_share, future_phasing
from planner.rules.sight import live_projects, main_of, up_shares

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NO_WAYS = "No work that is live in both plans leads to an outcome in both."
NO_WORK = "No work is live in both plans."
_LEAST = 1e-9  # shares that differ by less are the same


@dataclass(frozen=True, slots=True)
class SightErosion:
    """How the line of sight wore off or grew between two plans.

    `before` and `after` are the aligned shares of the money ahead (0 to 1), `change` the later less the earlier.
    `lost` has as its figure the money ahead, in the current plan, that no longer leads to an outcome though the
    same work's did; its rows: project_id, name, reach_before and reach_after (how much of the project reaches
    outcomes, 0 to 1), money (ahead), lost, the largest first.
    """

    before: Figure
    after: Figure
    change: Figure
    lost: Measured


def sight_erosion(baseline: Plan, current: Plan, quarters: tuple[Quarter, Quarter]) -> SightErosion:
    """The erosion from the baseline to the current plan; `quarters` are their own, in this order."""
    shares = (up_shares(baseline), up_shares(current))
    before, after = (
        aligned_share(plan, quarter, share)
        for plan, quarter, share in zip((baseline, current), quarters, shares, strict=True)
    )
    change = (
        Figure(after.value - before.value)
        if before.value is not None and after.value is not None
        else (before if before.value is None else after)
    )
    return SightErosion(before, after, change, _lost(baseline, current, quarters[1], shares))


def _lost(
    baseline: Plan, current: Plan, quarter: Quarter, shares: tuple[pl.DataFrame, pl.DataFrame]
) -> Measured:
    common = _common(baseline, current)
    if common.is_empty():
        empty = pl.DataFrame(schema={"project_id": pl.String, "name": pl.String, "lost": pl.Float64})
        return Measured(Figure.missing(NO_WORK), empty)
    money = future_phasing(current, quarter).group_by("project_id").agg(pl.col("cost").sum().alias("money"))
    reached = common.join(money, on="project_id", how="left")
    for name, share in zip(("reach_before", "reach_after"), shares, strict=True):
        summed = share.group_by("project_id").agg(pl.col("share").sum().alias(name))
        reached = reached.join(summed, on="project_id", how="left")
    filled = reached.with_columns(pl.col("reach_before", "reach_after", "money").fill_null(0))
    worn = pl.col("reach_before") - pl.col("reach_after")
    rows = (
        filled.with_columns(lost=worn * pl.col("money"))
        .filter(worn > _LEAST)
        .sort(["lost", "project_id"], descending=[True, False])
    )
    return Measured(Figure(float(rows["lost"].sum())), rows)


def justification_drift(baseline: Plan, current: Plan) -> Measured:
    """How many projects serve another outcome most than they did: the same work, another justification.

    Of the projects that are live in both plans and lead to an outcome in both. Rows: project_id, name, cost, before
    and after (outcome ids), share_before and share_after (of the main outcome), the dearest first.
    """
    sides = [
        main_of(up_shares(plan)).rename({"outcome_id": side, "share": f"share_{side}"})
        for side, plan in (("before", baseline), ("after", current))
    ]
    served = _common(baseline, current).join(sides[0], on="project_id").join(sides[1], on="project_id")
    rows = served.filter(pl.col("before") != pl.col("after")).sort(
        ["cost", "project_id"], descending=[True, False], nulls_last=True
    )
    figure = Figure(float(rows.height)) if served.height else Figure.missing(NO_WAYS)
    return Measured(figure, rows)


def _common(baseline: Plan, current: Plan) -> pl.DataFrame:
    """The projects that are live in both plans: project_id, name, cost (both of the current plan)."""
    now = live_projects(current).unique("project_id", keep="first").select("project_id", "name", "cost")
    return now.join(live_projects(baseline), on="project_id", how="semi").sort("project_id")
