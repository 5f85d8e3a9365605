"""How good forecasts were by how early they were made: finishes and spend against what came (DOMAIN 3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure, Measured
from planner.rules.measures import future_phasing
from planner.rules.milestone_trend import finishes_of
from planner.rules.zones import ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.settings import PlanSettings
    from planner.rules.home import Dated

NONE_FINISHED = "No project that a snapshot forecast is finished yet."
NO_SPEND = "No spend is recorded for a quarter that a snapshot forecast."
_FINISHES = {"project_id": pl.String, "made": pl.Int64, "forecast": pl.Int64, "finished": pl.Int64}
_SPEND = {"project_id": pl.String, "made": pl.Int64, "at": pl.Int64, "forecast": pl.Int64, "actual": pl.Int64}


def finish_forecasts(snapshots: Sequence[Dated]) -> pl.DataFrame:
    """Every forecast of a finish that has come, by the last snapshot: one row a project and snapshot with it live.

    project_id, made, forecast, finished (ordinals), lead (quarters from making it to the finish, 0 and up), error
    (quarters; negative was too optimistic), by project and snapshot.
    """
    return finish_errors([finishes_of(one) for one in snapshots])


def finish_errors(finishes: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of `finish_forecasts`, from the `milestone_trend.finishes_of` each snapshot, the oldest first."""
    if not finishes:
        return _with_errors(pl.DataFrame(schema=_FINISHES))
    actual = finishes[-1].filter("is_done").select("project_id", finished="finish")
    made = [
        one.filter(~pl.col("is_done")).select("project_id", "made", forecast=pl.col("finish"))
        for one in finishes
    ]
    known = pl.concat(made).join(actual, on="project_id")
    return _with_errors(known.filter(pl.col("finished") >= pl.col("made")))


def _with_errors(forecasts: pl.DataFrame) -> pl.DataFrame:
    lead, error = pl.col("finished") - pl.col("made"), pl.col("forecast") - pl.col("finished")
    return forecasts.with_columns(lead=lead, error=error).sort("project_id", "made")


def finish_accuracy(forecasts: pl.DataFrame, settings: PlanSettings) -> Measured:
    """The accuracy of `finish_forecasts` by lead; the figure is the mean absolute error of all, in quarters.

    Rows: lead, n, bias (mean error, quarters), mae (mean absolute error), hit (share without error); the last three
    are null where there are fewer forecasts than the setting asks for (3).
    """
    error = pl.col("error")
    by_lead = forecasts.group_by("lead").agg(
        pl.len().alias("n"),
        error.mean().alias("bias"),
        error.abs().mean().alias("mae"),
        (error == 0).mean().alias("hit"),
    )
    whole = float(forecasts["error"].abs().sum())
    return Measured(
        Figure.ratio(whole, forecasts.height, NONE_FINISHED),
        _enough(by_lead, settings, ("bias", "mae", "hit")),
    )


def spend_forecasts(snapshots: Sequence[Dated], actuals: pl.DataFrame) -> pl.DataFrame:
    """Every forecast of a project's spend in a quarter whose spend is recorded, one row a snapshot.

    `actuals` is the ledger project_actuals (the last row of a project and quarter counts; capital and operating money
    together). In a quarter that has any record, a project without one spent nothing, and spend that a snapshot did not
    foresee was forecast as nothing: to leave either out would hide the largest errors. project_id, made, at (ordinals),
    forecast, actual (money), lead (quarters), error (money; negative was too little), by project, quarter, snapshot.
    """
    spent = spend_recorded(actuals)
    return spend_errors([spend_of(one, spent) for one in snapshots])


def spend_recorded(actuals: pl.DataFrame) -> pl.DataFrame:
    """What the ledger project_actuals says was spent: project_id, at (ordinal), actual (money)."""
    last = actuals.unique(["project_id", "quarter"], keep="last", maintain_order=True)
    spent = last.filter(pl.col("capex").is_not_null() | pl.col("opex").is_not_null()).select(
        "project_id", at=ordinal_of_label("quarter"), actual=pl.sum_horizontal("capex", "opex")
    )
    return spent.drop_nulls("at")


def spend_errors(foreseen: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows of `spend_forecasts`, from the `spend_of` each snapshot."""
    both = pl.concat([pl.DataFrame(schema=_SPEND), *foreseen])
    measured = both.with_columns(
        lead=pl.col("at") - pl.col("made"), error=pl.col("forecast") - pl.col("actual")
    )
    return measured.sort("project_id", "at", "made")


def spend_of(one: Dated, spent: pl.DataFrame) -> pl.DataFrame:
    """What a snapshot forecast for the quarters from its own on, beside `spend_recorded`: project_id, made, at, forecast, actual."""
    planned = future_phasing(one.plan, one.quarter).drop_nulls("cost")
    forecast = planned.group_by("project_id", (pl.col("k") + one.quarter.ordinal).alias("at")).agg(
        pl.col("cost").sum().alias("forecast")
    )
    recorded = forecast.join(spent.select("at").unique(), on="at", how="semi")
    since = spent.filter(pl.col("at") >= one.quarter.ordinal)
    both = recorded.join(since, on=["project_id", "at"], how="full", coalesce=True)
    known = both.with_columns(
        pl.col("forecast", "actual").fill_null(0), made=pl.lit(one.quarter.ordinal, dtype=pl.Int64)
    )
    return known.select(list(_SPEND))


def spend_accuracy(forecasts: pl.DataFrame, settings: PlanSettings) -> Measured:
    """The accuracy of `spend_forecasts` by lead; the figure is the weighted absolute error of all (WAPE).

    Rows: lead, n, wape (absolute errors by what was spent), bias (errors by what was spent); the last two are null
    where there are fewer forecasts than the setting asks for, or nothing was spent. Not MAPE, which explodes on
    small actuals.
    """
    error, actual = pl.col("error"), pl.col("actual").sum()
    spent = pl.when(actual != 0).then(actual)
    by_lead = forecasts.group_by("lead").agg(
        pl.len().alias("n"),
        (error.abs().sum() / spent).alias("wape"),
        (error.sum() / spent).alias("bias"),
    )
    whole, spent_whole = float(forecasts["error"].abs().sum()), float(forecasts["actual"].sum())
    return Measured(Figure.ratio(whole, spent_whole, NO_SPEND), _enough(by_lead, settings, ("wape", "bias")))


def _enough(by_lead: pl.DataFrame, settings: PlanSettings, told: tuple[str, ...]) -> pl.DataFrame:
    """The leads in order, their measures hidden where too few forecasts stand behind them."""
    least = settings.whole("threshold_least_cases")
    return by_lead.sort("lead").with_columns(
        pl.when(pl.col("n") >= least).then(pl.col(name)).alias(name) for name in told
    )
