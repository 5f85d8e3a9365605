"""What was finished of what the first plan promised by now: execution index and hit rate (DOMAIN 3.7); no forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.sight import live_projects
from planner.rules.zones import ordinal_of_day

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NONE_DUE = "No work of the first snapshot was due before this quarter."


@dataclass(frozen=True, slots=True)
class HitRates:
    """Work that was live in the first plan: how much of it was due before a quarter, how much is done, how much in time.

    `done` counts what is done ahead of its time too, so `execution`, done by due (the baseline execution index),
    may pass 1; `hits` are due and done in time, `hit_rate` hits by due. `rows` are the projects that are due or
    done: project_id, name, due and finished (ordinals; null where not known), is_due, is_done, is_hit.
    """

    due: int
    done: int
    hits: int
    execution: Figure
    hit_rate: Figure
    rows: pl.DataFrame


def hit_rates(first: Plan, current: Plan, quarter: Quarter) -> HitRates:
    """The rates at `quarter`: due is what the first plan finishes before it; stopped or lost work was not done."""
    promised = live_projects(first).unique("project_id", keep="first")
    due = promised.select("project_id", "name", ordinal_of_day("end_date", first.calendar).alias("due"))
    done = (
        current["projects"]
        .filter(pl.col("status") == "done")
        .unique("project_id", keep="first")
        .select(
            "project_id",
            ordinal_of_day("end_date", current.calendar).alias("finished"),
            pl.lit(value=True).alias("is_done"),
        )
    )
    both = due.join(done, on="project_id", how="left").with_columns(
        pl.col("is_done").fill_null(value=False),
        is_due=(pl.col("due") < quarter.ordinal).fill_null(value=False),
        in_time=(pl.col("finished") <= pl.col("due")).fill_null(value=False),
    )
    told = both.with_columns(is_hit=pl.col("is_due") & pl.col("in_time")).drop("in_time")
    rows = told.filter(pl.col("is_due") | pl.col("is_done")).sort("due", "project_id")
    count, finished, hits = (int(rows[name].sum()) for name in ("is_due", "is_done", "is_hit"))
    return HitRates(
        due=count,
        done=finished,
        hits=hits,
        execution=Figure.ratio(finished, count, NONE_DUE),
        hit_rate=Figure.ratio(hits, count, NONE_DUE),
        rows=rows,
    )
