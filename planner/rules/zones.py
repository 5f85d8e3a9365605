"""Quarters, days and zones of certainty as columns of frames; the values themselves are in model/quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from planner.model.quarter import Calendar, Quarter
    from planner.model.settings import PlanSettings

ZONES = ("firm", "planned", "outline")
_SHORT_YEAR = 2  # digits: FY27 is 2027, FY1997 is itself


def ordinal_of_label(column: str) -> pl.Expr:
    """The ordinals (Int64, fiscal year x 4 + n - 1) of a column of canonical quarter labels."""
    digits = pl.col(column).str.extract(r"(\d{2,4})-Q", 1)
    year, is_short = digits.cast(pl.Int64), digits.str.len_bytes() == _SHORT_YEAR
    number = pl.col(column).str.slice(-1).cast(pl.Int64)
    return pl.when(is_short).then(year + 2000).otherwise(year) * 4 + number - 1


def ordinal_of_day(column: str, calendar: Calendar) -> pl.Expr:
    """The ordinals (Int64) of the quarters that a column of days lies in."""
    return fiscal_months(pl.col(column), calendar) // 3


def position_of_day(day: pl.Expr, calendar: Calendar) -> pl.Expr:
    """Where a day begins on an axis of ordinals: its months are thirds of a quarter, its days parts of them."""
    first = day.dt.month_start()
    length = day.dt.month_end().dt.day().cast(pl.Float64)
    within = (day - first).dt.total_days().cast(pl.Float64) / length
    return (fiscal_months(day, calendar).cast(pl.Float64) + within) / 3


def fiscal_months(day: pl.Expr, calendar: Calendar) -> pl.Expr:
    """Months since year 0 of the fiscal calendar, so that three make a quarter's ordinal."""
    shift = (13 - calendar.start_month) % 12
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1 + shift


def zone_of(distance: pl.Expr, settings: PlanSettings) -> pl.Expr:
    """The zone (firm, planned, outline) by the distance in quarters from the version's own."""
    planned, outline = settings.zone_edges
    firm = pl.when(distance < planned).then(pl.lit(ZONES[0]))
    return firm.when(distance < outline).then(pl.lit(ZONES[1])).otherwise(pl.lit(ZONES[2]))


def zone_weight(distance: pl.Expr, settings: PlanSettings) -> pl.Expr:
    """The weight of the zone (1, 0.5, 0.2 by default) by the distance in quarters."""
    planned, outline = settings.zone_edges
    firm, middle, far = (pl.lit(weight) for weight in settings.numbers("zone_weights"))
    return pl.when(distance < planned).then(firm).when(distance < outline).then(middle).otherwise(far)


def zone_spans(settings: PlanSettings, horizon: int) -> pl.DataFrame:
    """The zones on an axis of `horizon` quarters: zone, x0, x1 in quarters from its start; empty ones left out."""
    edges = [0, *settings.zone_edges, max(horizon, *settings.zone_edges)]
    rows = [
        (zone, float(min(edges[at], horizon)), float(min(edges[at + 1], horizon)))
        for at, zone in enumerate(ZONES)
    ]
    spans = pl.DataFrame(rows, schema={"zone": pl.String, "x0": pl.Float64, "x1": pl.Float64}, orient="row")
    return spans.filter(pl.col("x1") > pl.col("x0"))


def from_quarter(column: str, quarter: Quarter) -> pl.Expr:
    """The distance of a column of quarter labels from a quarter; negative before it."""
    return ordinal_of_label(column) - quarter.ordinal
