"""Churn: how much of the planned money moved between two plans, by project and quarter (DOMAIN 3.3); no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.zones import ZONES, from_quarter, zone_of, zone_weight

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NO_BASE = "The plan before has no money in the quarters that both plans share."
NO_SHARED = "The two plans share no quarter."


@dataclass(frozen=True, slots=True)
class Churn:
    """The share of planned money that moved: max(added, taken) by what was planned before, 0 and up.

    `weighted` counts each quarter by its zone's weight, `overall` counts each alike, `zones` has one figure for
    firm, planned and outline. It is above 1 where more moved than was planned. `disturbed` has the weighted
    money that moved by project, the largest first: project_id, money. `base_weighted` and `base` are the money
    that was planned before, with and without weights. `rows` are the moves that make the figures: project_id, k
    (quarters from the later plan's first), base, plus, minus, zone, weight.
    """

    weighted: Figure
    overall: Figure
    zones: dict[str, Figure]
    disturbed: pl.DataFrame
    base_weighted: float
    base: float
    rows: pl.DataFrame

    @property
    def stability(self) -> Figure:
        """One minus the churn, never below zero."""
        if self.weighted.value is None:
            return self.weighted
        return Figure(1 - min(1.0, self.weighted.value))


def churn(baseline: Plan, current: Plan, quarters: tuple[Quarter, Quarter]) -> Churn:
    """The churn from the baseline to the current plan; `quarters` are their own, in this order.

    Only quarters that lie on both axes count: from the later start to the earlier end.
    """
    start = max(quarters)
    shared = min(quarters) + baseline.settings.whole("horizon_quarters") - start
    moved = _moved(baseline, current, start, shared)
    settings = current.settings
    k = pl.col("k")
    by_weight = moved.with_columns(zone=zone_of(k, settings), weight=zone_weight(k, settings))
    reason = NO_BASE if shared > 0 else NO_SHARED
    zones = {zone: _ratio(by_weight.filter(pl.col("zone") == zone), reason) for zone in ZONES}
    weighted = by_weight.with_columns(pl.col("plus", "minus", "base") * pl.col("weight"))
    return Churn(
        weighted=_ratio(weighted, reason),
        overall=_ratio(moved, reason),
        zones=zones,
        disturbed=_disturbed(weighted),
        base_weighted=float(weighted["base"].sum()),
        base=float(moved["base"].sum()),
        rows=by_weight.filter((pl.col("plus") != 0) | (pl.col("minus") != 0)),
    )


def _moved(baseline: Plan, current: Plan, start: Quarter, shared: int) -> pl.DataFrame:
    """Money by project and quarter in both plans: project_id, k, base, plus, minus."""
    sides = [_money(plan, start, shared, side) for plan, side in ((baseline, "base"), (current, "now"))]
    both = sides[0].join(sides[1], on=["project_id", "k"], how="full", coalesce=True)
    filled = both.with_columns(pl.col("base", "now").fill_null(0)).sort("project_id", "k")
    gain = pl.col("now") - pl.col("base")
    return filled.with_columns(plus=gain.clip(lower_bound=0), minus=(-gain).clip(lower_bound=0))


def _money(plan: Plan, start: Quarter, shared: int, side: str) -> pl.DataFrame:
    k = from_quarter("quarter", start).alias("k")
    money = plan["phasing"].select("project_id", k, "cost").filter(pl.col("k").is_between(0, shared - 1))
    standing = plan["projects"].filter(pl.col("status").fill_null("") != "cancelled")
    planned = money.join(standing, on="project_id", how="semi")
    return planned.group_by("project_id", "k").agg(pl.col("cost").sum().alias(side))


def _ratio(moved: pl.DataFrame, reason: str) -> Figure:
    plus, minus, base = (float(moved[name].sum()) for name in ("plus", "minus", "base"))
    return Figure.ratio(max(plus, minus), base, reason)


def _disturbed(weighted: pl.DataFrame) -> pl.DataFrame:
    sums = weighted.group_by("project_id").agg(pl.col("plus", "minus").sum())
    money = sums.select("project_id", pl.max_horizontal("plus", "minus").alias("money"))
    return money.filter(pl.col("money") > 0).sort(["money", "project_id"], descending=[True, False])
