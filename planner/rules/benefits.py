"""What the benefits brought by what was promised at approval, for all, each outcome and each project (DOMAIN 3.16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.outcome_status import NO_BENEFITS, closed_benefits

if TYPE_CHECKING:
    from planner.model.quarter import Quarter


@dataclass(frozen=True, slots=True)
class BenefitRates:
    """Realised by promised money, in the same quarters, all over; a benefit that is not listed counts in the whole alone.

    `by_outcome` and `by_project` have the id, projected, actual and rate, by id.
    """

    projected: int
    actual: int
    whole: Figure
    by_outcome: pl.DataFrame
    by_project: pl.DataFrame


def benefit_rates(quarter: Quarter, benefits: pl.DataFrame, actuals: pl.DataFrame) -> BenefitRates:
    """The rates of quarters before `quarter`; `benefits` and `actuals` are the ledgers benefits and benefit_actuals.

    Later estimates do not change what was promised: of a restated quarter the last row counts as it is written.
    """
    closed = closed_benefits(quarter, actuals)
    listed = benefits.unique("benefit_id", keep="last").select("benefit_id", "project_id", "outcome_id")
    known = closed.join(listed, on="benefit_id", how="left")
    projected, actual = int(closed["projected"].sum()), int(closed["actual"].sum())
    return BenefitRates(
        projected,
        actual,
        Figure.ratio(actual, projected, NO_BENEFITS),
        _rates(known, "outcome_id"),
        _rates(known, "project_id"),
    )


def _rates(known: pl.DataFrame, key: str) -> pl.DataFrame:
    sums = known.drop_nulls(key).group_by(key).agg(pl.col("projected", "actual").sum())
    promised = sums.filter(pl.col("projected") != 0)
    return promised.with_columns(rate=pl.col("actual") / pl.col("projected")).sort(key)
