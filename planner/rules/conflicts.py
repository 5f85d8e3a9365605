"""Dependencies that the dates break, and by how many quarters (DOMAIN 2.3, 3.18); it moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES
from planner.rules.sight import is_live
from planner.rules.zones import ordinal_of_day

if TYPE_CHECKING:
    from planner.model.plan import Plan

KINDS = tuple(TABLES["dependencies"].by_name["kind"].allowed)


def dependency_conflicts(plan: Plan) -> pl.DataFrame:
    """The broken dependencies of live work: predecessor_id, successor_id, kind, short_by (quarters, 1 and up).

    Finish to start: the start of what waits lies at least a quarter and the lag after the other's end. Start to start,
    finish to finish: at least the lag after. Other kinds have no rule of dates. What is cancelled holds nothing up, and
    what is done or cancelled waits no more. By kind, predecessor and successor.
    """
    dates = (
        plan["projects"]
        .unique("project_id", keep="first")
        .select(
            "project_id",
            "status",
            ordinal_of_day("start_date", plan.calendar).alias("start"),
            ordinal_of_day("end_date", plan.calendar).alias("end"),
        )
    )
    waiting = dates.filter(is_live()).rename({"project_id": "successor_id", "start": "starts", "end": "ends"})
    first = dates.filter(pl.col("status").fill_null("") != "cancelled").rename(
        {"project_id": "predecessor_id"}
    )
    both = (
        plan["dependencies"]
        .join(waiting, on="successor_id")
        .join(first, on="predecessor_id", suffix="_first")
    )
    lag, kind = pl.col("lag_quarters").fill_null(0), pl.col("kind")
    short = (
        pl.when(kind == "finish_to_start").then(pl.col("end") + 1 + lag - pl.col("starts"))
        .when(kind == "start_to_start").then(pl.col("start") + lag - pl.col("starts"))
        .when(kind == "finish_to_finish").then(pl.col("end") + lag - pl.col("ends"))
    )  # fmt: skip
    place = kind.replace_strict({word: at for at, word in enumerate(KINDS)}, return_dtype=pl.Int64)
    broken = both.with_columns(short_by=short).filter(pl.col("short_by") > 0)
    ordered = broken.sort(place, "predecessor_id", "successor_id")
    return ordered.select("predecessor_id", "successor_id", "kind", "short_by")
