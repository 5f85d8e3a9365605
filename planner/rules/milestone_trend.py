"""Milestone trend analysis: forecast finishes over snapshots, and where their trend meets the day (DOMAIN 3.6); no chart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

from planner.rules.figure import Figure
from planner.rules.sight import live_projects
from planner.rules.zones import ordinal_of_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.home import Dated

TOO_FEW = "A trend needs the finish of two snapshots of different quarters."
NEVER = "Never at this rate: the finish moves away as fast as time passes, or faster."
_LINES = {
    "project_id": pl.String,
    "name": pl.String,
    "status": pl.String,
    "made": pl.Int64,
    "finish": pl.Int64,
    "is_done": pl.Boolean,
}
_TRENDS = {
    "project_id": pl.String,
    "name": pl.String,
    "planned": pl.Int64,
    "slope": pl.Float64,
    "trend_finish": pl.Int64,
    "reason": pl.String,
    "behind": pl.Int64,
}
_LEAST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Trend:
    """The straight line through the last finishes of a project, and the quarter (ordinal) where it meets the day.

    `slope` is quarters of finish for each quarter that passes: 0 is stable, 1 recedes as fast as time passes.
    """

    slope: Figure
    finish: Figure


def finish_lines(snapshots: Sequence[Dated]) -> pl.DataFrame:
    """The finish of each project in each snapshot: project_id, name, status, made, finish (ordinals), is_done.

    By project and snapshot; a project without a finish, or cancelled, has no point there. Of two sealings of a quarter
    the later one counts.
    """
    frames = [finishes_of(one) for one in {one.quarter: one for one in snapshots}.values()]
    return pl.concat([pl.DataFrame(schema=_LINES), *frames]).sort("project_id", "made")


def finishes_of(one: Dated) -> pl.DataFrame:
    """The points of `finish_lines` that one snapshot gives, one a project."""
    return (
        one.plan["projects"]
        .filter((pl.col("status").fill_null("") != "cancelled") & pl.col("end_date").is_not_null())
        .unique("project_id", keep="first")
        .select(
            "project_id",
            "name",
            "status",
            made=pl.lit(one.quarter.ordinal, dtype=pl.Int64),
            finish=ordinal_of_day("end_date", one.plan.calendar),
            is_done=(pl.col("status") == "done").fill_null(value=False),
        )
    )


def trend(points: Sequence[tuple[int, int]], most: int = 4) -> Trend:
    """Least squares over the last `most` points (snapshot, finish), as ordinals of quarters: y = m x + c.

    The trend finish is c / (1 - m), rounded up to a whole quarter; never where m is 1 or more.
    """
    last = sorted(points)[-most:]
    count = len(last)
    if len({x for x, _ in last}) < _LEAST_POINTS:
        return Trend(Figure.missing(TOO_FEW), Figure.missing(TOO_FEW))
    # whole numbers and fractions, so that a line that meets the day at the end of a quarter is not rounded past it
    mean_x, mean_y = (Fraction(sum(values), count) for values in zip(*last, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in last)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in last) / spread
    if slope >= 1:
        return Trend(Figure(float(slope)), Figure.missing(NEVER))
    crossing = (mean_y - slope * mean_x) / (1 - slope)
    return Trend(Figure(float(slope)), Figure(float(math.ceil(crossing))))


def trends(snapshots: Sequence[Dated], most: int = 4) -> pl.DataFrame:
    """The trend of each project that is live and has a finish in the last snapshot, the one furthest behind first.

    project_id, name, planned (the last finish), slope, trend_finish (ordinals; null where there is none), reason,
    behind (trend finish less planned, quarters); 'never' comes before all.
    """
    live = live_projects(snapshots[-1].plan).drop_nulls("end_date")
    lines = finish_lines(snapshots).join(live, on="project_id", how="semi", maintain_order="left")
    return trends_of_lines(lines, most)


def trends_of_lines(lines: pl.DataFrame, most: int = 4) -> pl.DataFrame:
    """The trends of `trends`, from the rows of `finish_lines` of the projects that are wanted."""
    last = lines.group_by("project_id", maintain_order=True).tail(most)
    moving = last.group_by("project_id").agg(pl.col("finish").n_unique() > 1, pl.len().alias("count"))
    # a finish that stood still needs no arithmetic: of ten thousand most do
    still = moving.filter(~pl.col("finish") & (pl.col("count") >= _LEAST_POINTS))
    flat = last.join(still, on="project_id", how="semi").unique("project_id", keep="last")
    found = [
        (key, name, planned, 0.0, planned, "", 0)
        for key, name, planned in flat.select("project_id", "name", "finish").iter_rows()
    ]
    bent = last.join(still, on="project_id", how="anti", maintain_order="left")
    found += [_trend_row(str(key), points) for (key,), points in bent.group_by("project_id")]
    rows = pl.DataFrame(found, schema=_TRENDS, orient="row")
    never = (pl.col("reason") == NEVER).alias("never")
    return (
        rows.with_columns(never)
        .sort(["never", "behind", "project_id"], descending=[True, True, False], nulls_last=True)
        .drop("never")
    )


def _trend_row(key: str, points: pl.DataFrame) -> tuple[Any, ...]:
    ordered = points.sort("made")
    told = trend(list(ordered.select("made", "finish").iter_rows()), ordered.height)
    planned = int(ordered["finish"][-1])
    finish = None if told.finish.value is None else int(told.finish.value)
    behind = None if finish is None else finish - planned
    return (key, ordered["name"][-1], planned, told.slope.value, finish, told.finish.reason, behind)
