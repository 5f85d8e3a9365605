"""How many projects and how much value a refresh touched: volatility, value disturbed (DOMAIN 3.3); no money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.drift_events import ITEMS
from planner.rules.figure import Figure, Measured
from planner.rules.sight import live_projects, value_points

if TYPE_CHECKING:
    from planner.model.plan import Plan

QUIET = ("", "started", "completed", "refined")  # kinds that are no change of mind
SHAKEN = ("deferred", "accelerated", "extended", "shortened", "removed", "rescoped")
NO_LIVE = "The plan before has no live project."
NO_POINTS = "No outcome of the plan before has a weight and rests on a project."


def restless_projects(rows: pl.DataFrame) -> pl.DataFrame:
    """The projects that drift in more than progress and finer dates: id, kinds (joined by `|`), by id."""
    moved = rows.filter((pl.col("table") == "projects") & ~pl.col("kind").is_in(QUIET))
    return moved.group_by("id").agg(pl.col("kind").unique().sort().str.join("|").alias("kinds")).sort("id")


def volatility(baseline: Plan, rows: pl.DataFrame) -> Measured:
    """The projects of `restless_projects` by the live projects of before (DOMAIN 3.3); a count, blind to money.

    It may pass 1, as projects that join count above the line alone.
    """
    restless = restless_projects(rows)
    return Measured(Figure.ratio(restless.height, live_projects(baseline).height, NO_LIVE), restless)


def value_disturbed(baseline: Plan, rows: pl.DataFrame) -> Measured:
    """The outcome points (of 100) that rested on projects which moved, left or changed their scope (DOMAIN 3.3).

    Rows: project_id, points, the largest first.
    """
    shaken = rows.filter((pl.col("table") == "projects") & pl.col("kind").is_in(SHAKEN))["id"].unique()
    points = value_points(baseline)
    if points.is_empty():
        return Measured(Figure.missing(NO_POINTS), points)
    found = points.filter(pl.col("project_id").is_in(shaken.implode()) & (pl.col("points") > 0))
    ordered = found.sort(["points", "project_id"], descending=[True, False])
    return Measured(Figure(float(ordered["points"].sum())), ordered)


def changes_set(rows: pl.DataFrame) -> bool:
    """Whether a project joined the plan or left it."""
    left = (pl.col("table") == "projects") & pl.col("kind").is_in(["added", "removed"])
    return rows.filter(left).height > 0


def kinds_counted(rows: pl.DataFrame) -> dict[str, int]:
    """How often each kind of drift holds on the items of the plan, by its name.

    Items are projects, outcomes, measures, capabilities and enablers: the entity types of the domain's reference. A
    kind of another table (a team's capacity by quarter, a milestone's name) is drift as any other and wants its
    reason, but is not counted here: one team that loses a person would count once for each quarter of the horizon.
    """
    counted = events_of_items(rows).group_by("kind").len().sort("kind")
    return dict(counted.iter_rows())


def events_of_items(rows: pl.DataFrame) -> pl.DataFrame:
    """The drift rows with a planning meaning on the items of the plan, as `kinds_counted` counts them."""
    return rows.filter((pl.col("kind") != "") & pl.col("table").is_in(ITEMS))
