"""The money figures of Home and Drift: money ahead, what serves the outcomes, cost growth; each a number or why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.sight import is_live, live_projects, up_shares
from planner.rules.zones import from_quarter, ordinal_of_label

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NO_PHASING = "No money is phased by quarter from here on."
NO_COST = "No live project has a cost."
NO_COMMON = "No live project has a cost in both plans."


def future_phasing(plan: Plan, quarter: Quarter) -> pl.DataFrame:
    """The phasing of work that is not cancelled, from `quarter` on, with its distance `k` in quarters."""
    standing = plan["projects"].filter(pl.col("status").fill_null("") != "cancelled")
    ahead = plan["phasing"].with_columns(k=from_quarter("quarter", quarter)).filter(pl.col("k") >= 0)
    return ahead.join(standing, on="project_id", how="semi")


def money_ahead(plan: Plan, quarter: Quarter) -> Figure:
    """The money that is phased in `quarter` and later, in whole currency units."""
    costs = future_phasing(plan, quarter)["cost"].drop_nulls()
    return Figure(float(costs.sum())) if len(costs) else Figure.missing(NO_PHASING)


def money_by_year(plan: Plan, quarter: Quarter) -> dict[int, int]:
    """The money ahead by fiscal year, in whole currency units, the first year first; years without phased money left out."""
    costs = (
        future_phasing(plan, quarter).drop_nulls("cost").with_columns(year=ordinal_of_label("quarter") // 4)
    )
    return dict(costs.group_by("year").agg(pl.col("cost").sum()).sort("year").iter_rows())


def money_by_outcome(plan: Plan, quarter: Quarter, shares: pl.DataFrame | None = None) -> pl.DataFrame:
    """The money ahead that serves each outcome: outcome_id, money (DOMAIN 3.11: money x up share)."""
    spent = future_phasing(plan, quarter).group_by("project_id").agg(pl.col("cost").sum())
    found = spent.join(up_shares(plan) if shares is None else shares, on="project_id", how="inner")
    served = found.group_by("outcome_id").agg((pl.col("cost") * pl.col("share")).sum().alias("money"))
    return served.sort("outcome_id")


def aligned_share(plan: Plan, quarter: Quarter, shares: pl.DataFrame | None = None) -> Figure:
    """The share of the money ahead that has a line of sight to an outcome, 0 to 1."""
    ahead = money_ahead(plan, quarter)
    if ahead.value is None:
        return ahead
    served = money_by_outcome(plan, quarter, shares)["money"].sum()
    return Figure.ratio(float(served or 0), ahead.value, NO_PHASING)


def live_cost(plan: Plan) -> Figure:
    """The cost of all live projects, in whole currency units; those without a cost are not in it."""
    costs = live_projects(plan)["cost"].drop_nulls()
    return Figure(float(costs.sum())) if len(costs) else Figure.missing(NO_COST)


def project_counts(plan: Plan) -> dict[str, int]:
    """How many projects are live, done and cancelled, in that order."""
    status = plan["projects"]["status"].fill_null("")
    done, cancelled = int((status == "done").sum()), int((status == "cancelled").sum())
    return {"live": len(status) - done - cancelled, "done": done, "cancelled": cancelled}


@dataclass(frozen=True, slots=True)
class Bridge:
    """How the cost of the live plan became another (DOMAIN 3.9), in whole currency units.

    before + like_for_like + added + removed + appeared + vanished = after; after - finished = live_after.
    `removed` and `vanished` are negative or zero. `appeared` and `vanished` are the costs that were not known
    before, or no longer are: neither growth nor saving. `growth` is like-for-like by the cost before of the
    same work. `steps` has a row for each project that counts in one: project_id, name, step, amount.
    """

    before: int
    like_for_like: int
    added: int
    removed: int
    appeared: int
    vanished: int
    after: int
    finished: int
    live_after: int
    growth: Figure
    steps: pl.DataFrame

    @property
    def up(self) -> int:
        """How much dearer the same work got, where it got dearer: net zero would hide it."""
        return self._same(pl.col("amount") > 0)

    @property
    def down(self) -> int:
        """How much cheaper the same work got, where it got cheaper; zero or negative."""
        return self._same(pl.col("amount") < 0)

    def _same(self, wanted: pl.Expr) -> int:
        return _total(self.steps.filter((pl.col("step") == "like_for_like") & wanted)["amount"])


def cost_bridge(baseline: Plan, current: Plan) -> Bridge:
    """The bridge from the live cost of the baseline to that of the current plan."""
    both = _side_by_side(baseline, current)
    was, stays, now = pl.col("live_before"), pl.col("stands_after"), pl.col("live_after")
    before, after = pl.col("cost_before"), pl.col("cost_after")
    step = (
        pl.when(~was & now).then(pl.lit("added"))
        .when(was & ~stays).then(pl.lit("removed"))
        .when(was & before.is_null() & after.is_not_null()).then(pl.lit("appeared"))
        .when(was & before.is_not_null() & after.is_null()).then(pl.lit("vanished"))
        .when(was & (before != after)).then(pl.lit("like_for_like"))
    )  # fmt: skip
    gone = step.is_in(["removed", "vanished"])
    amount = pl.when(gone).then(-before).when(step == "like_for_like").then(after - before).otherwise(after)
    steps = both.with_columns(step=step, amount=amount).filter(pl.col("step").is_not_null())
    done = both.filter(was & stays & ~now).with_columns(step=pl.lit("finished"), amount=-after)
    sums = dict(steps.group_by("step").agg(pl.col("amount").sum()).iter_rows())
    same = both.filter(was & stays & before.is_not_null() & after.is_not_null())
    return _bridge(both.filter(was), sums, pl.concat([steps, done]), same)


def _bridge(was: pl.DataFrame, sums: dict[str, int], steps: pl.DataFrame, same: pl.DataFrame) -> Bridge:
    before, finished = (
        _total(was["cost_before"]),
        -_total(steps.filter(pl.col("step") == "finished")["amount"]),
    )
    after = before + sum(sums.values())
    like = sums.get("like_for_like", 0)
    return Bridge(
        before=before,
        like_for_like=like,
        added=sums.get("added", 0),
        removed=sums.get("removed", 0),
        appeared=sums.get("appeared", 0),
        vanished=sums.get("vanished", 0),
        after=after,
        finished=finished,
        live_after=after - finished,
        growth=Figure.ratio(like, _total(same["cost_before"]), NO_COMMON),
        steps=_largest_first(steps.filter(pl.col("amount").fill_null(0) != 0)),
    )


def _largest_first(steps: pl.DataFrame) -> pl.DataFrame:
    by_size = steps.with_columns(size=pl.col("amount").abs()).sort(
        ["size", "project_id"], descending=[True, False]
    )
    return by_size.select("project_id", "name", "step", "amount")


def _total(amounts: pl.Series) -> int:
    return int(amounts.sum() or 0)


def _side_by_side(baseline: Plan, current: Plan) -> pl.DataFrame:
    """Each project of either plan once: name, cost and standing in both."""
    frames = [
        plan["projects"]
        .unique("project_id", keep="first")
        .select(
            "project_id",
            pl.col("name").alias(f"name_{side}"),
            pl.col("cost").alias(f"cost_{side}"),
            is_live().alias(f"live_{side}"),
            (pl.col("status").fill_null("") != "cancelled").alias(f"stands_{side}"),
        )
        for side, plan in (("before", baseline), ("after", current))
    ]
    both = frames[0].join(frames[1], on="project_id", how="full", coalesce=True)
    flags = pl.col("live_before", "live_after", "stands_before", "stands_after").fill_null(value=False)
    return both.with_columns(flags, name=pl.coalesce("name_after", "name_before"))
