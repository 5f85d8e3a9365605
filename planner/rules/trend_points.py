"""How one snapshot stands, kept small, for trends over many: figures, statuses, finishes, outcomes; it compares no two.

What is kept of a snapshot of ten thousand projects are a few narrow frames, so that trends over many need no plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.forecast_accuracy import spend_of
from planner.rules.hit_rates import HitRates, hit_rates
from planner.rules.measures import aligned_share, live_cost, money_ahead, project_counts
from planner.rules.milestone_trend import finishes_of
from planner.rules.outcome_status import benefit_rate, outcome_status
from planner.rules.sight import orphan_projects, uncovered_outcomes, up_shares
from planner.rules.zones import ordinal_of_day, ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.home import Dated

NO_BENEFIT = "No project that stands in the plan says what it should bring a year."
NO_SERVED = "No project that serves it says what it should bring a year."
NO_OUTCOMES = "The plan has no outcomes, so nothing can lead up to one."
_IN_USE = ("active", "phase_out", "end_of_life")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One snapshot at its own quarter.

    `live_cost`, `money_ahead` and `benefit` (a year, of work that is not cancelled) are in whole currency units,
    `aligned` and `realised` (what benefits brought by what was promised) are shares. `live`, `in_progress` and `done`
    count projects, `orphans` live projects without a way up to an outcome, `uncovered` outcomes without a live
    project. `statuses` are the outcomes' by id.
    `outcomes` has outcome_id, name, short_name, need_by (ordinal), weight and value (yearly benefit x up share; null
    where none is known), in the plan's order; `finishes` and `golives` the points of a trend line by project
    and by enabler; `spend` what was forecast of what was spent; `hits` the hit rates against the first snapshot.
    """

    quarter: Quarter
    live_cost: Figure
    money_ahead: Figure
    benefit: Figure
    aligned: Figure
    realised: Figure
    orphans: Figure
    uncovered: Figure
    live: int
    in_progress: int
    done: int
    statuses: Mapping[str, str]
    outcomes: pl.DataFrame
    finishes: pl.DataFrame
    golives: pl.DataFrame
    spend: pl.DataFrame
    hits: HitRates


def trend_point(
    one: Dated, first: Plan, ledgers: Mapping[str, pl.DataFrame], spent: pl.DataFrame
) -> TrendPoint:
    """How a snapshot stands.

    `first` is the first snapshot's plan, `ledgers` has kpi_actuals and benefit_actuals, `spent` is what
    `forecast_accuracy.spend_recorded` says.
    """
    plan, quarter = one.plan, one.quarter
    shares = up_shares(plan)
    status = outcome_status(plan, quarter, ledgers["kpi_actuals"]).select("outcome_id", "status")
    counts = project_counts(plan)
    return TrendPoint(
        quarter=quarter,
        live_cost=live_cost(plan),
        money_ahead=money_ahead(plan, quarter),
        benefit=yearly_benefit(plan),
        aligned=aligned_share(plan, quarter, shares),
        realised=benefit_rate(quarter, ledgers["benefit_actuals"]),
        orphans=_where_outcomes(plan, orphan_projects(plan, shares)),
        uncovered=_where_outcomes(plan, uncovered_outcomes(plan, shares)),
        live=counts["live"],
        in_progress=int((plan["projects"]["status"].fill_null("") == "in_progress").sum()),
        done=counts["done"],
        statuses=dict(status.iter_rows()),
        outcomes=outcomes_of(plan, shares),
        finishes=finishes_of(one),
        golives=golives_of(one),
        spend=spend_of(one, spent),
        hits=_counted_only(hit_rates(first, plan, quarter)),
    )


def _counted_only(hits: HitRates) -> HitRates:
    """The rates without the projects behind them, which nobody asks a trend for."""
    return replace(hits, rows=hits.rows.clear())


def _where_outcomes(plan: Plan, found: Sequence[str]) -> Figure:
    """How many stand alone (DOMAIN 3.11); in a plan without outcomes nothing can do otherwise."""
    return Figure(float(len(found))) if plan["outcomes"].height else Figure.missing(NO_OUTCOMES)


def yearly_benefit(plan: Plan) -> Figure:
    """What all work that is not cancelled should bring in a full year, in whole currency units."""
    known = _standing(plan)["benefit_annual"].drop_nulls()
    return Figure(float(known.sum())) if len(known) else Figure.missing(NO_BENEFIT)


def outcomes_of(plan: Plan, shares: pl.DataFrame) -> pl.DataFrame:
    """Each outcome with what it is projected to bring and when it is needed; see `TrendPoint.outcomes`."""
    benefits = _standing(plan).select("project_id", "benefit_annual").drop_nulls()
    brings = (pl.col("benefit_annual") * pl.col("share")).sum().alias("value")
    value = shares.join(benefits, on="project_id").group_by("outcome_id").agg(brings)
    return (
        plan["outcomes"]
        .unique("outcome_id", keep="first", maintain_order=True)
        .select(
            "outcome_id",
            "name",
            pl.coalesce("short_name", "name").alias("short_name"),
            "weight",
            need_by=ordinal_of_day("need_by", plan.calendar),
        )
        .join(value, on="outcome_id", how="left", maintain_order="left")
    )


def golives_of(one: Dated) -> pl.DataFrame:
    """The go-live of each enabler: enabler_id, name, made, finish (ordinals), is_done (it is in use).

    What is phased in is in use once its go-live is over; what is only planned then never went live.
    """
    lifecycle, went = pl.col("lifecycle"), pl.col("finish") < one.quarter.ordinal
    in_use = lifecycle.is_in(_IN_USE) | ((lifecycle == "phase_in") & went)
    return (
        one.plan["enablers"]
        .filter(pl.col("golive_quarter").is_not_null())
        .unique("enabler_id", keep="first")
        .select(
            "enabler_id",
            "name",
            "lifecycle",
            made=pl.lit(one.quarter.ordinal, dtype=pl.Int64),
            finish=ordinal_of_label("golive_quarter"),
        )
        .with_columns(is_done=in_use.fill_null(value=False))
        .drop("lifecycle")
    )


def _standing(plan: Plan) -> pl.DataFrame:
    """The projects that are not cancelled, each once."""
    standing = plan["projects"].filter(pl.col("status").fill_null("") != "cancelled")
    return standing.unique("project_id", keep="first")


def positions(quarters: Sequence[Quarter]) -> list[float]:
    """Where snapshots stand on an axis of quarters, gaps to scale; sealings of one quarter share its width."""
    alike = {quarter: quarters.count(quarter) for quarter in quarters}
    seen: dict[Quarter, int] = {}
    places = []
    for quarter in quarters:
        before = seen.get(quarter, 0)
        seen[quarter] = before + 1
        places.append(quarter.ordinal + before / alike[quarter])
    return places
