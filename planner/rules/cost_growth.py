"""Growth of each project's cost over its last and its first baseline, and the alarm (DOMAIN 3.9, part 0); no bridge.

The pair against the first baseline is there so that sealing a new one cannot reset the alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure, Measured
from planner.rules.measures import NO_COMMON
from planner.rules.sight import live_projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.plan import Plan
    from planner.model.settings import PlanSettings

AMBER, RED = "amber", "red"


def cost_growth(current: Plan, history: Sequence[Plan]) -> pl.DataFrame:
    """The growth of the cost of each live project over earlier plans, the most alarming first.

    `history` are the plans before, the oldest first; the last one is the last baseline. Gives project_id, name,
    cost, last (its cost in the last baseline), first (in the first plan that knows its cost), over_last and
    over_first (shares; null where not known, or where it cost nothing), alarm: red, amber or empty.
    """
    now = live_projects(current).unique("project_id", keep="first").filter(pl.col("cost").is_not_null())
    known = now.select("project_id", "name", "cost")
    known = known.join(_costs(history[-1:], "last"), on="project_id", how="left")
    known = known.join(_costs(history, "first"), on="project_id", how="left")
    grown = known.with_columns(
        # the difference first: 115 / 100 - 1 is a little less than 0.15
        ((pl.col("cost") - pl.col(base)) / pl.when(pl.col(base) > 0).then(pl.col(base))).alias(f"over_{base}")
        for base in ("last", "first")
    )
    worst = pl.max_horizontal("over_last", "over_first").fill_null(float("-inf"))
    alarmed = grown.with_columns(alarm=_alarm(current.settings), worst=worst)
    # 'red' comes before 'amber' before '' in falling order of the alphabet
    ordered = alarmed.sort(["alarm", "worst", "project_id"], descending=[True, True, False])
    return ordered.drop("worst")


def cost_alarms(current: Plan, history: Sequence[Plan]) -> Measured:
    """How many live projects are in a cost alarm, amber or red; rows as `cost_growth`, those in alarm."""
    grown = cost_growth(current, history)
    if grown["first"].null_count() == grown.height:
        return Measured(Figure.missing(NO_COMMON), grown.clear())
    alarmed = grown.filter(pl.col("alarm") != "")
    return Measured(Figure(float(alarmed.height)), alarmed)


def _costs(plans: Sequence[Plan], name: str) -> pl.DataFrame:
    """The first known cost of each project among plans, in their order: project_id and the cost by that name."""
    frames = [
        plan["projects"].select("project_id", pl.col("cost").alias(name)).drop_nulls() for plan in plans
    ]
    if not frames:
        return pl.DataFrame(schema={"project_id": pl.String, name: pl.Int64})
    return pl.concat(frames).unique("project_id", keep="first", maintain_order=True)


def _alarm(settings: PlanSettings) -> pl.Expr:
    def over(key: str) -> pl.Expr:
        last, first = settings.numbers(key)
        return ((pl.col("over_last") >= last) | (pl.col("over_first") >= first)).fill_null(value=False)

    red = pl.when(over("threshold_cost_red")).then(pl.lit(RED))
    return red.when(over("threshold_cost_amber")).then(pl.lit(AMBER)).otherwise(pl.lit(""))
