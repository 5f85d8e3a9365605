"""Flow: how much is in progress against how much gets finished (DOMAIN 3.13, 3.14); it judges no single project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.quarter import Quarter
from planner.rules.figure import Figure
from planner.rules.zones import ordinal_of_day, ordinal_of_label

if TYPE_CHECKING:
    from planner.model.plan import Plan

NONE_FINISHED = "Nothing was finished in the last four quarters, so there is no pace to tell from."
NO_HISTORY = "Nothing is known of what was finished in the year before; add it to the delivery history."


@dataclass(frozen=True, slots=True)
class StartedFinished:
    """Projects in progress now, those delivered in the fiscal year before, and the first by the second.

    The ratio is years of work in hand at last year's pace: up to 1 is fine, above 1.5 too much was started.
    """

    in_progress: int
    delivered: int
    ratio: Figure


def started_finished(plan: Plan, quarter: Quarter, history: pl.DataFrame | None = None) -> StartedFinished:
    """Started against finished at `quarter`.

    `history` is the ledger delivery_history (project_id, actual_end_quarter): work that was finished before the
    first version; a project that is also in the plan counts once, by the plan.
    """
    status = plan["projects"]["status"].fill_null("")
    in_progress = int((status == "in_progress").sum())
    first = Quarter.of(quarter.year - 1, 1)
    finished = finishes(plan, history)
    delivered = int(finished["ordinal"].is_between(first.ordinal, first.ordinal + 3).sum())
    return StartedFinished(in_progress, delivered, Figure.ratio(in_progress, delivered, NO_HISTORY))


@dataclass(frozen=True, slots=True)
class Throughput:
    """Projects finished in the last four quarters, the same a quarter, and how long one in progress takes at that pace.

    `expected` is in quarters: work in progress by throughput (Little's law).
    """

    finished: int
    a_quarter: float
    expected: Figure


def throughput(plan: Plan, quarter: Quarter, history: pl.DataFrame | None = None) -> Throughput:
    """The throughput before `quarter` (DOMAIN 3.14); `history` as for `started_finished`."""
    in_progress = int((plan["projects"]["status"].fill_null("") == "in_progress").sum())
    last = finishes(plan, history)["ordinal"].is_between(quarter.ordinal - 4, quarter.ordinal - 1)
    finished = int(last.sum())
    expected = Figure.ratio(4 * in_progress, finished, NONE_FINISHED)
    return Throughput(finished, finished / 4, expected)


def finishes(plan: Plan, history: pl.DataFrame | None = None) -> pl.DataFrame:
    """The quarters in which work was finished, in the plan and before it: project_id, ordinal."""
    done = plan["projects"].filter((pl.col("status") == "done") & pl.col("end_date").is_not_null())
    of_plan = done.select("project_id", ordinal_of_day("end_date", plan.calendar).alias("ordinal"))
    if history is None or history.is_empty():
        return of_plan
    before = history.select("project_id", ordinal_of_label("actual_end_quarter").alias("ordinal"))
    older = before.join(plan["projects"], on="project_id", how="anti").unique("project_id", keep="last")
    return pl.concat([of_plan, older])
