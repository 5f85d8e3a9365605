"""What a project is worth in today's money: costs, benefits, NPV, payback (DOMAIN 3.15); it ranks nothing.

A benefit counts for its whole life from its own start, even past the horizon: cut at the horizon, every late
project looks bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.measures import future_phasing
from planner.rules.zones import ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.model.settings import PlanSettings

NO_COST = "No money is phased from here on."
NO_CHANCE = "Its chance of success is not known."
NEVER_PAID = "It does not pay back in the life of its benefit."


@dataclass(frozen=True, slots=True)
class Worth:
    """One project from a quarter on, in today's money: what it costs and brings, and what is left.

    `net` is benefit less cost, `ratio` benefit by cost, `risk_adjusted` the benefit times the chance of success less
    the cost, `payback` the first quarter from now (0 and up) in which the sum of all is not below zero.
    """

    cost: float
    benefit: float
    ratio: Figure
    risk_adjusted: Figure
    payback: Figure

    @property
    def net(self) -> float:
        """The net present value."""
        return self.benefit - self.cost


def worth(
    costs: Mapping[int, float],
    benefit: tuple[float, int] | None,
    settings: PlanSettings,
    chance: float | None = None,
) -> Worth:
    """The worth of a project, at the start of quarter 0.

    `costs` is money by quarter from now, `benefit` the money a year and its first quarter from now (negative where it
    began before), `chance` of success 0 to 1. Quarter k is discounted by (1 + rate) ^ (-k/4); the i-th quarter of a
    benefit brings a quarter of the year's x min(1, (i + 1) / ramp).
    """
    rate = settings.number("discount_rate_annual")
    gains = _gains(benefit, settings)
    spent = {k: cost / (1 + rate) ** (k / 4) for k, cost in costs.items() if k >= 0}
    brought = {k: gain / (1 + rate) ** (k / 4) for k, gain in gains.items() if k >= 0}
    cost, gain = sum(spent.values()), sum(brought.values())
    return Worth(
        cost=cost,
        benefit=gain,
        ratio=Figure.ratio(gain, cost, NO_COST),
        risk_adjusted=Figure.missing(NO_CHANCE) if chance is None else Figure(chance * gain - cost),
        payback=_payback(spent, brought),
    )


def _gains(benefit: tuple[float, int] | None, settings: PlanSettings) -> dict[int, float]:
    if benefit is None:
        return {}
    annual, first = benefit
    ramp = max(1, settings.whole("benefit_ramp_quarters"))
    return {
        first + i: annual / 4 * min(1.0, (i + 1) / ramp)
        for i in range(settings.whole("benefit_life_quarters"))
    }


def _payback(spent: Mapping[int, float], brought: Mapping[int, float]) -> Figure:
    if not spent:
        return Figure.missing(NO_COST)
    left = 0.0
    for k in range(max({*spent, *brought}) + 1):
        left += brought.get(k, 0.0) - spent.get(k, 0.0)
        # a sum is not below zero before anything is spent; it pays back only after
        if left >= 0 and k >= min(spent):
            return Figure(float(k))
    return Figure.missing(NEVER_PAID)


def worth_of_projects(plan: Plan, quarter: Quarter) -> dict[str, Worth]:
    """The worth of each project that is not cancelled and promises a benefit from a known quarter on, by id."""
    costs: dict[str, dict[int, float]] = {}
    spent = (
        future_phasing(plan, quarter).drop_nulls("cost").group_by("project_id", "k").agg(pl.col("cost").sum())
    )
    for key, k, cost in spent.sort("project_id", "k").iter_rows():
        costs.setdefault(key, {})[k] = cost
    promising = (pl.col("status").fill_null("") != "cancelled") & (pl.col("benefit_annual") > 0)
    first = ordinal_of_label("benefit_start_quarter") - quarter.ordinal
    rows = (
        plan["projects"]
        .unique("project_id", keep="first")
        .filter(promising & pl.col("benefit_start_quarter").is_not_null())
        .sort("project_id")
        .select("project_id", "benefit_annual", first.alias("first"), "success_probability")
    )
    return {
        key: worth(costs.get(key, {}), (annual, start), plan.settings, chance)
        for key, annual, start, chance in rows.iter_rows()
    }
